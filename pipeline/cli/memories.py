"""`bulletin memory`: the approved sentences, as a translator's tools want them."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline import files, tmx
from pipeline.approved import Approvals, Approved, key
from pipeline.cli.screen import counted
from pipeline.errors import PipelineError, UsageError
from pipeline.project import Choices, Project, lacking

_DAY = slice(0, 8)
_SUFFIX = ".tmx"


def take(options: argparse.Namespace) -> int:
    """Takes the sound Chinese-English units of a TMX file; what is approved already is kept, and told like the rest."""
    project = Project.at(Path(), Choices())
    path: Path = options.file
    if not path.is_file():
        raise UsageError("there is no such file", path=path, remedy="give a TMX file")
    come, mistakes = tmx.sift(path, lacking=lacking)
    before = Approvals()

    def merged(known: Approvals) -> Approvals:
        nonlocal before
        before = known
        return known.having(one for one in come if _is_taken(known.get(one.source), one, replace=options.replace))

    after = tmx.update(project.memory, merged)
    against = [one for one in come if (old := before.get(one.source)) and old.target != one.target]
    for one in () if options.replace else against:
        print(_kept(before, one.source, one.target, path), file=sys.stderr)
    new, changed = len(after) - len(before), len(against) if options.replace else 0
    same = len(come) - new - len(against)
    print(f"{tmx.NAME}: {counted(new, 'sentence')} new, {changed} changed, {same} known before, {len(after)} in all.")
    for mistake in mistakes:
        print(f"Refused: {mistake}", file=sys.stderr)
    return 1 if mistakes or (against and not options.replace) else 0


def _is_taken(known: Approved | None, one: Approved, *, replace: bool) -> bool:
    return known is None or (replace and known.target != one.target)


def _kept(before: Approvals, source: str, target: str, path: Path) -> PipelineError:
    known = before.get(source)
    what = f"“{source}” is approved as “{known.target if known else ''}”, and the file says “{target}”"
    return PipelineError(what, path=path, remedy="what is approved was kept; --replace takes the file's")


def give(options: argparse.Namespace) -> int:
    """Writes the approved sentences as TMX 1.4b."""
    path: Path = options.file
    if path.suffix.lower() != _SUFFIX:
        raise UsageError("is no name for a translation memory", path=path, remedy=f"give a name that ends in {_SUFFIX}")
    approvals = Project.at(Path(), Choices()).approvals()
    files.write_whole(path, tmx.to_tmx(approvals))
    print(f"{path}: {len(approvals)} sentences.")
    return 0


def stats(_options: argparse.Namespace) -> int:
    """How many sentences are approved, by whom and when, and how much of the built bulletins they cover."""
    project = Project.at(Path(), Choices())
    approvals = project.approvals()
    print(f"{tmx.NAME}: {counted(len(approvals), 'sentence')} approved.")
    for line in (*_by_person(approvals), *_by_bulletin(project, approvals)):
        print(f"  {line}")
    return 0


def _by_person(approvals: Approvals) -> Iterator[str]:
    people = Counter(one.by or "(no name)" for one in approvals)
    for person, number in people.most_common():
        days = sorted(one.when[_DAY] for one in approvals if (one.by or "(no name)") == person and one.when)
        span = f", {_day(days[0])} to {_day(days[-1])}" if days else ""
        yield f"{person}: {number}{span}"
    if accepted := sum(bool(one.accepted) for one in approvals):
        yield f"{accepted} of them accepted against a check"


def _by_bulletin(project: Project, approvals: Approvals) -> Iterator[str]:
    known = {key(one.source) for one in approvals}
    used: set[str] = set()
    for name in project.stamps.names():
        if stamp := project.stamps.read(name):
            own = set(stamp.sentences)
            used |= own & known
            yield f"output/{name}: {len(own & known)} of {counted(len(own), 'different sentence')} approved"
    if idle := len(known - used):
        yield f"{counted(idle, 'sentence')} in no bulletin of output/"


def _day(day: str) -> str:
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"
