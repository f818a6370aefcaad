"""Builds in the background what became stale, one bulletin after the other, and tells the pages how it stands."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Final, Literal

from pipeline import build as order
from pipeline import files
from pipeline.build.terms import terms_of
from pipeline.errors import PipelineError
from pipeline.project import Plan, Project, Work
from pipeline.serve.desk import Desk
from pipeline.serve.news import News

_QUIET: Final = 0.15
"""Seconds in which more may come before a build begins: a save is seldom alone."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a bulletin stands against what it is made of."""

    state: Literal["waiting", "building", "fresh", "failed"]
    stage: str = ""
    """Of one that is building: read, translate, layout, pdf …"""
    message: str = ""
    """Of one that failed: why, in one sentence."""
    version: str = ""
    """Names the page as it was last built."""


class Workshop:
    """One thread that builds whenever something was `wanted`; it never ends by an error, which the pages show."""

    def __init__(self, desk: Desk, news: News, again: Callable[[], Project]) -> None:
        """`again` reads the project's settings anew, and raises where they cannot be used."""
        self._desk, self._news, self._again = desk, news, again
        self._standings: dict[str, Standing] = {}
        self._trouble = ""
        self._awaited: set[str] = set()
        """Bulletins in which something was saved since their last build began."""
        self._lock, self._wanted, self._ended = threading.Lock(), threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._work, name="workshop", daemon=True)

    def start(self) -> None:
        """Begins, with whatever is stale."""
        self._thread.start()
        self.wanted()

    def stop(self, patience: float) -> bool:
        """No further build is begun; whether the one in progress, if any, ended in so many seconds."""
        self._ended.set()
        self._wanted.set()
        self._thread.join(patience)
        return not self._thread.is_alive()

    def wanted(self, slug: str = "") -> None:
        """Something changed; the bulletin that is named is waited for, and comes first."""
        with self._lock:
            if slug:
                self._awaited.add(slug)
                self.stands_at(slug, Standing("waiting"))
            self._wanted.set()

    def stands(self) -> dict[str, object]:
        """How everything stands, as JSON values: what a page hears first."""
        bulletins = {slug: asdict(self._of(slug)) for slug in self._desk.slugs()}
        known = tuple(self._standings.items())  # the workshop's thread changes them
        failed = {slug: asdict(one) for slug, one in known if one.state == "failed"}
        return {"trouble": self._trouble, "bulletins": failed | bulletins}

    def _of(self, slug: str) -> Standing:
        return replace(self._standings.get(slug, Standing("fresh")), version=self.version(slug))

    def version(self, slug: str) -> str:
        """Names the page of a bulletin as it is on the disk."""
        return files.seal(self._desk.page(slug))

    def _work(self) -> None:
        while not self._ended.is_set():
            self._wanted.wait()
            self._ended.wait(_QUIET)
            self.attempt()

    def attempt(self) -> None:
        """Builds everything stale; what went wrong is told, and remembered until it goes well."""
        self._wanted.clear()
        try:
            self._build_all()
            trouble = ""
        except PipelineError as error:
            trouble = " ".join(str(error).splitlines())
        except Exception as surprise:  # noqa: BLE001 - the thread must live, and the reviewer must know
            trouble = f"The program met an error it does not know ({type(surprise).__name__}: {surprise})."
        if trouble != self._trouble:
            self._trouble = trouble
            self._news.publish({"trouble": trouble})

    def _build_all(self) -> None:
        """Everything stale, each once; the plan is made anew each time, for the reviewer goes on meanwhile."""
        project = self._desk.project = self._again()
        terms = terms_of(project, _Told(lambda _: None))
        if terms.sha256 != self._desk.terms.sha256:  # under the same ones, what was masked for comparing stays so
            self._desk.terms = terms
        tried: set[str] = set()
        while not self._ended.is_set():
            plan = project.plan()
            stale = sorted((w for w in plan.stale if w.slug not in tried), key=lambda w: w.slug not in self._awaited)
            if not stale:
                break
            tried.add(stale[0].slug)
            self._build(project, replace(plan, stale=(stale[0],), gone=(), errors=()), stale[0])
        if plan.gone or plan.errors or not plan.indexed:
            order.build(project, replace(plan, stale=()), order.Run(_Told(lambda _: None)))
        self._settled(plan)
        self._desk.searchable()
        if plan.errors:
            raise plan.errors[0]

    def _build(self, project: Project, plan: Plan, work: Work) -> None:
        def stage(name: str) -> None:
            self.stands_at(work.slug, Standing("building", stage=name))

        self._awaited.discard(work.slug)  # what was saved by now, this build takes in
        outcome = order.build(project, plan, order.Run(_Told(stage)))
        failed = "; ".join(" ".join(str(failure).splitlines()) for failure in outcome.failures)
        with self._lock:
            built = Standing("failed", message=failed) if failed else Standing("fresh")
            self.stands_at(work.slug, Standing("waiting") if work.slug in self._awaited else built)

    def _settled(self, plan: Plan) -> None:
        """Bulletins that were waited for and turned out to be as they should be, and those that are gone."""
        with self._lock:
            if self._wanted.is_set():
                return
            for work, _ in plan.fresh:
                self._awaited.discard(work.slug)
                if self._of(work.slug).state != "fresh":
                    self.stands_at(work.slug, Standing("fresh"))
            for slug in set(self._standings) - {w.slug for w in plan.stale} - {w.slug for w, _ in plan.fresh}:
                del self._standings[slug]
                self._news.publish({"gone": slug})

    def stands_at(self, slug: str, standing: Standing) -> None:
        """Keeps how a bulletin stands, and tells the pages."""
        self._standings[slug] = standing
        self._news.publish({"bulletins": {slug: asdict(self._of(slug))}})


class _Told:
    """A build's watch that passes on the stages; failures are among the outcome."""

    def __init__(self, stage: Callable[[str], None]) -> None:
        self._stage = stage

    def begin(self, stage: str, total: int, unit: str) -> None:
        """Passed on."""
        del total, unit
        self._stage(stage)

    def advance(self, steps: int = 1) -> None:
        """Nobody counts."""

    def complain(self, message: object) -> None:
        """Kept by the run."""
