"""The order of a build: `build` and `bulletins` read top to bottom as the picture in docs/architecture.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import argos
from pipeline.build import press, stages
from pipeline.build.colophon import colophon
from pipeline.build.page import Page
from pipeline.build.terms import Cutter, terms_of
from pipeline.build.watch import Run, Watch
from pipeline.constrain import NameRules
from pipeline.document import Bulletin
from pipeline.errors import PipelineError
from pipeline.memory import Memory
from pipeline.project import Plan, Project, Work
from pipeline.translate import Decoding

__all__ = ["Outcome", "Run", "Watch", "build", "bulletins"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did."""

    bulletins: tuple[Bulletin, ...]
    failures: tuple[PipelineError, ...]
    removed: tuple[str, ...]
    """Slugs of bulletins whose article was gone."""
    left: tuple[Path, ...]
    """What stays in their folders, because it was not built here."""
    seconds: Mapping[str, float]
    """By stage, in order."""


def build(project: Project, plan: Plan, run: Run, *, jobs: int = 1, afresh: bool = False) -> Outcome:
    """Builds what the plan says; an article that fails is among the failures and costs no other.

    With `afresh` nothing is remembered from earlier runs. Raises PipelineError where nothing can be built: a glossary
    or a model that cannot be used.
    """
    for error in plan.errors:
        run.fail(error)
    style, archival = press.style_of(project.settings, project.root), project.settings.page.archival
    made = bulletins(project, plan.stale, run, afresh=afresh)
    sheets = press.pages_set(run, made, style, archival=archival, jobs=jobs)
    done = run.each("write", sheets, lambda page: press.written(project, page))
    left = tuple(path for slug in plan.gone for path in press.removed(project, slug))
    press.index_written(project, style)
    return Outcome(tuple(page.content for page in done), tuple(run.failures), plan.gone, left, dict(run.seconds))


def bulletins(project: Project, works: Sequence[Work], run: Run, *, afresh: bool = False) -> tuple[Page[Bulletin], ...]:
    """Reads, translates and checks articles: every stage up to the page. Raises as `build` does."""
    terms = terms_of(project, run.watch)
    cutter, names = Cutter(terms), NameRules(u_umlaut=project.settings.names.u_umlaut)
    package, options = argos.find(project.model, cache=project.cache), Decoding(beam=project.settings.engine.beam)
    made = colophon(package, terms, options)

    pages = tuple(Page(work, work.path) for work in works)
    drafts = run.each("read", pages, lambda page: stages.read(page.content))
    articles = run.each("segment", drafts, lambda page: stages.segment(page.content, cutter))
    asked = run.each("constrain", articles, lambda page: stages.constrain(page.content, terms, names))
    with Memory(project.cache / "memory.sqlite") as memory:
        known = stages.Unasked(memory) if afresh else memory
        sources = stages.Sources(project.approvals(), known, argos.Argos(package))
        answered = stages.translate(run, asked, sources, options)
    ignores = stages.ignores(project.settings.checks)
    return run.each("check", answered, lambda page: stages.check(page, made, ignores))
