"""`bulletin build` and `bulletin check`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import config, system
from pipeline.cli.screen import counted, screen
from pipeline.document import Bulletin, Severity
from pipeline.errors import CheckFailure, PipelineError
from pipeline.project import Choices, Plan, Project

if TYPE_CHECKING:
    from pipeline.build import Outcome
    from pipeline.build.page import Page


def build(options: argparse.Namespace) -> int:
    """Builds what is not up to date, and says what was done."""
    project = Project.at(Path(), Choices(options.layout, options.model, options.clean))
    plan = project.plan(options.articles, force=options.force)
    if plan.idle:
        print(f"Nothing to do: {counted(len(plan.fresh), 'bulletin')} in output/ up to date.")
        return _end(_faulty(plan, ()))
    system.ready()
    from pipeline import build as order  # noqa: PLC0415 - engine and typesetting cost a second that the above must not

    with screen() as shown:
        run = order.Run(shown, debug=options.debug)
        outcome = order.build(project, plan, run, jobs=options.jobs, afresh=options.force)
        for line in _told(outcome, plan):
            shown.say(line)
    return _end(_faulty(plan, outcome.bulletins), outcome.failures)


def check(options: argparse.Namespace) -> int:
    """Reads, translates and checks, and lists what a person should look at as `file:line: message`."""
    project = Project.at(Path(), Choices(model=options.model))
    plan = project.plan(options.articles, force=True)
    from pipeline import build as order  # noqa: PLC0415 - as above

    with screen() as shown:
        run = order.Run(shown, debug=options.debug)
        for error in plan.errors:
            run.fail(error)
        pages = order.bulletins(project, plan.stale, run, afresh=options.force)
        made = [page.content for page in pages]
        lines = sorted(line for page in pages for line in _found(page))
        whole = not (options.articles or run.failures)
        for line in [*lines, *(_idle_ignores(project, made) if whole else ())]:
            shown.say(str(line))
        shown.say(_findings_summed(made))
    wrong = any(finding.severity is Severity.ERROR for bulletin in made for finding in bulletin.findings)
    return 1 if wrong or run.failures else 0


@dataclass(frozen=True, slots=True, order=True)
class _Line:
    """A line that an editor can jump from; sorted as an editor goes through files."""

    path: str
    line: int
    number: int
    """Its place among all findings of the file: those of one line stay in reading order."""
    severity: Severity
    message: str
    about: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.severity}: {self.message} ({self.about})"


def _found(page: Page[Bulletin]) -> Iterator[_Line]:
    """The findings of a bulletin, each at the line where its block of text begins."""
    bulletin, path = page.content, page.work.path.as_posix()
    blocks = [block for article in bulletin.articles for block in article.blocks]
    lines = {sentence.id: block.line for block in blocks for sentence in block.sentences}
    for number, finding in enumerate(bulletin.findings):
        about = f"{finding.check}, {finding.sentence_id}"
        yield _Line(path, lines[finding.sentence_id], number, finding.severity, finding.message, about)


def _idle_ignores(project: Project, bulletins: Sequence[Bulletin]) -> Iterator[_Line]:
    """What is set aside in `bulletin.toml` and is no longer found."""
    from pipeline import check as checks  # noqa: PLC0415 - as above
    from pipeline.build.stages import ignores  # noqa: PLC0415 - as above

    own = project.settings.checks
    for number in checks.unused(ignores(own), bulletins):
        one = own.ignore[number]
        yield _Line(
            config.NAME, one.line, number, Severity.WARNING, "Nothing is left to ignore here: remove it.", one.check
        )


def _findings_summed(bulletins: Sequence[Bulletin]) -> str:
    found = Counter(finding.severity for bulletin in bulletins for finding in bulletin.findings)
    ignored = sum(len(bulletin.ignored) for bulletin in bulletins)
    kinds = ", ".join(counted(found[severity], severity) for severity in Severity)
    aside = f"; {ignored} more ignored, with the reason" if ignored else ""
    return f"{counted(found.total(), 'finding')} in {counted(len(bulletins), 'bulletin')}: {kinds}{aside}."


def _end(faulty: Sequence[PipelineError], failures: Sequence[PipelineError] = ()) -> int:
    """Tells of the faulty bulletins (of failures the screen has told); 1 if there are any of either."""
    for failure in faulty:
        print(failure, file=sys.stderr)
    return 1 if failures or faulty else 0


def _told(outcome: Outcome, plan: Plan) -> Iterator[str]:
    """The summary, a line each."""
    yield from (f"Removed output/{slug}/: its article is gone." for slug in outcome.removed)
    yield from (f"Left {path}: it is in a removed bulletin's folder, but was not built here." for path in outcome.left)
    counts, up_to_date = _sum(outcome.bulletins), f" ({len(plan.fresh)} more up to date)" if plan.fresh else ""
    built = f"{counted(len(outcome.bulletins), 'bulletin')} built{up_to_date}"
    if outcome.bulletins:
        yield (
            f"{built}: {counted(counts['articles'], 'article')}, {counted(counts['sentences'], 'sentence')}: "
            f"{counts['memory']} from memory, {counts['model']} by the model, {counts['fixed']} by the terms alone, "
            f"{counts['reviewed']} reviewed; {counts['forced']} forced."
        )
        yield (
            f"{counts['realised']} of {counted(counts['terms'], 'fixed term')} enforced, "
            f"{counted(counts['repairs'], 'broken line')} mended, {counted(counts['errors'], 'error')} and "
            f"{counted(counts['warnings'], 'warning')} to look at."
        )
    else:
        yield f"{built}."
    stages = ", ".join(f"{name} {seconds:.1f}" for name, seconds in outcome.seconds.items())
    yield f"{sum(outcome.seconds.values()):.1f} s: {stages}."
    yield "Open output/index.html."


def _sum(bulletins: Iterable[Bulletin]) -> Counter[str]:
    from pipeline import report  # noqa: PLC0415 - it knows the checks, which a build with nothing to do must not load

    total: Counter[str] = Counter()
    for bulletin in bulletins:
        total.update(report.counts(bulletin.pairs.values(), bulletin.articles, bulletin.findings))
    return total


def _faulty(plan: Plan, bulletins: Iterable[Bulletin]) -> tuple[CheckFailure, ...]:
    """A failure for every bulletin whose checks found an error, in this run or when it was built."""
    errors = {work.slug: int(stamp.summary["errors"]) for work, stamp in plan.fresh}
    errors |= {b.slug: sum(f.severity is Severity.ERROR for f in b.findings) for b in bulletins}
    remedy = "run make check (bulletin check) to see where"
    return tuple(
        CheckFailure(f"the checks found {counted(number, 'error')}", path=f"output/{slug}", remedy=remedy)
        for slug, number in errors.items()
        if number
    )
