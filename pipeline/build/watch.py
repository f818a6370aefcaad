"""Who is told what happens, what becomes of failures, and how long each stage took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pipeline.build.page import Content, Next, Page
from pipeline.errors import ArticleError, PipelineError


class Watch(Protocol):
    """Told of progress; `pipeline.cli.screen` shows it."""

    def begin(self, stage: str, total: int, unit: str) -> None:
        """A stage begins that will take `total` steps of `unit`: "translate", 221, "sentences"."""

    def advance(self, steps: int = 1) -> None:
        """That many steps of the stage are done."""

    def complain(self, message: object) -> None:
        """An error that costs one article, or a warning."""


@dataclass(slots=True)
class Run:
    """One run: its watch, the failures so far, seconds by stage. The only thing that changes while a build goes on."""

    watch: Watch
    debug: bool = False
    """Whether an unforeseen error ends the run, so that it can be looked at."""
    failures: list[PipelineError] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str, total: int, unit: str) -> Iterator[None]:
        """Times a stage and tells the watch of it."""
        self.watch.begin(name, total, unit)
        begun = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun

    def each(
        self, name: str, pages: Sequence[Page[Content]], step: Callable[[Page[Content]], Next]
    ) -> tuple[Page[Next], ...]:
        """The stage applied to every page; one that fails is told of and left out, and the others go on."""
        done = []
        with self.stage(name, len(pages), "bulletins"):
            for page in pages:
                with self.forgiving(page.work.path):
                    done.append(page.holding(step(page)))
                self.watch.advance()
        return tuple(done)

    @contextmanager
    def forgiving(self, path: Path) -> Iterator[None]:
        """Whatever fails inside costs the article at `path` and nothing else."""
        try:
            yield
        except PipelineError as error:
            error.path = error.path or path
            self.fail(error)
        except Exception as surprise:
            if self.debug:
                raise
            what = f"cannot be built ({type(surprise).__name__}: {surprise})"
            remedy = "run the same with --debug and report what it shows: this is a fault of the program"
            self.fail(ArticleError(what, path=path, remedy=remedy))

    def fail(self, error: PipelineError) -> None:
        """Tells of a failure and keeps it."""
        self.failures.append(error)
        self.watch.complain(error)
