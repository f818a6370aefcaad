"""`bulletin review`: hand-outs for reviewers, and taking in what they give back."""

from __future__ import annotations

import argparse
import functools
import gc
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import groupby
from pathlib import Path

from pipeline import files, report, review, tmx
from pipeline.approved import Approvals
from pipeline.approved.fuzzy import Fuzzy, Match, masked
from pipeline.cli.screen import Lines
from pipeline.cli.who import now, user
from pipeline.cores import on_all_cores
from pipeline.project import Choices, Project, lacking
from pipeline.review import Fate, Keeping, Put, ReviewError

FOLDER = "review"
"""In each bulletin's folder."""
_LITTER = frozenset({"thumbs.db", "desktop.ini"})
_FILES_A_CORE, _SENTENCES_A_CORE = 40, 1_000
"""Fewer are read or weighed sooner than a child is begun."""
_MOST_SHOWN = 200
"""Changes that are shown one by one."""


def export(options: argparse.Namespace) -> int:
    """Writes the hand-outs of all bulletins, one after the other; 1 where a bulletin must be built first."""
    project = Project.at(Path(), Choices())
    plan = project.plan(options.articles)
    for error in plan.errors:
        print(error, file=sys.stderr)
    for work in plan.stale:
        what = "is not built yet, or its article, terms, settings or approved sentences changed since"
        print(
            ReviewError(what, path=project.output / work.slug, remedy="run make (bulletin build) first"),
            file=sys.stderr,
        )
    formats = options.format or ("xlsx", "docx", "xlf")
    puts = handed(project, [work.slug for work, _ in plan.fresh], formats)
    fates = Counter(_told(put) for put in puts)
    bulletins = f"{len(plan.fresh)} {'bulletin' if len(plan.fresh) == 1 else 'bulletins'}"
    print(
        f"{bulletins}: {fates[Fate.WRITTEN] + fates[Fate.BESIDE]} hand-outs written, {fates[Fate.CURRENT]} up to date."
    )
    print(f"They are in output/NAME/{FOLDER}/. When they come back: make apply (bulletin review import).")
    return 1 if plan.stale or plan.errors else 0


def handed(project: Project, slugs: Sequence[str], formats: Sequence[str]) -> Iterator[Put]:
    """Hands out one bulletin after the other: no more than one is held at a time."""
    from pipeline.layout.inline import label  # noqa: PLC0415 - brings fonts and templates, which taking in does without

    keeping, approvals = _keeping(project), project.approvals()
    matches = _matches(project, approvals)
    for slug in slugs:
        folder = project.output / slug
        printed = _printed(folder / "report.json")
        sheet = review.handout(printed, label=label, matches=matches, approved=approvals.get)
        state = f"{sheet.printed()} {sheet.digest()}"
        for form in formats:
            make = functools.partial(review.FORMATS[form], sheet)
            yield keeping.put(folder / FOLDER / f"{slug}.{form}", slug, state, make)


def _told(put: Put) -> Fate:
    if put.fate is Fate.IN_USE:
        print(f"Left {put.path} as it is: somebody has written in it, and it is of this print.")
    elif put.fate is Fate.BESIDE:
        print(f"Written {put.path}: somebody has written in the one of an older print.")
    return put.fate


def _matches(project: Project, approvals: Approvals) -> Callable[[str], Sequence[Match]]:
    """Approved sentences much like a Chinese one; where nothing is approved, nothing is asked."""
    if not len(approvals):
        return lambda _: ()
    from pipeline.build.terms import terms_of  # noqa: PLC0415 - brings the engine with it, which the rest does without

    terms = terms_of(project, Lines())
    return Fuzzy(approvals, functools.partial(masked, terms=terms)).matches


def _printed(path: Path) -> report.Printed:
    return report.from_json(files.read_bytes(path), name=str(path))


def _keeping(project: Project) -> Keeping:
    return Keeping(project.cache / "handed")


def take(options: argparse.Namespace) -> int:
    """Takes in what came back, shows what changed and what is refused; 1 where anything is refused."""
    project = Project.at(Path(), Choices())
    looked = tuple(_in_folders(project)) if options.found or not options.files else ()
    found = dict(_found(project, looked))
    named = {path.absolute(): path for path in (*options.files, *found)}
    asked = tuple(_asked(project, [path for path in looked if path.absolute() not in named]))
    if not named:
        print(*map(_said, asked), sep="\n", end="\n" if asked else "")
        print(f"Nothing to take in: nobody has written anything new in output/*/{FOLDER}/, and no file is named.")
        return 0
    _writable(project.memory)
    with _uninterrupted():
        returned, failures = _read(tuple(named.values()))
        taken, approvals = taken_in(project, returned, _terms(options), dry=options.dry_run)
    for line in _summary(taken, asked, len(approvals), dry=options.dry_run):
        print(line)
    for refusal in (*failures, *taken.refusals):
        print(f"Refused: {refusal}", file=sys.stderr)
    if outdated := project.outdated({row.slug for file in returned for row in file.rows}):
        print(_outdated(project, outdated), file=sys.stderr)
    if not options.dry_run:
        refused = {str(failure.path) for failure in (*failures, *taken.refusals)}
        for path, digest in found.items():
            if str(path) not in refused:
                questions = [one for one in taken.questions if one.name == str(path)]
                _keeping(project).done(_slug(path), digest, questions)
    return 1 if failures or taken.refusals else 0


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Without the collector of garbage, of which there is none here, and which walks over all that was read again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _in_folders(project: Project) -> Iterator[Path]:
    """Files in review folders; not what programs leave beside them."""
    for path in sorted(project.output.glob(f"*/{FOLDER}/[!.~]*")):
        if path.is_file() and path.name.lower() not in _LITTER:
            yield path


def _slug(path: Path) -> str:
    return path.parent.parent.name


def _found(project: Project, paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Those in which somebody has written something new, with their digest."""
    keeping = _keeping(project)
    for path in paths:
        if digest := keeping.waiting(path, _slug(path)):
            yield path, digest


def _asked(project: Project, paths: Sequence[Path]) -> Iterator[review.Question]:
    """What those of them that were taken in before ask still."""
    keeping = _keeping(project)
    for path in paths:
        yield from keeping.asked(path, _slug(path))


def _outdated(project: Project, slugs: Sequence[str]) -> ReviewError:
    """A warning: what was taken is sound by the terms of the print, and the next one may find fault with it."""
    more = f" and {len(slugs) - 1} more" if len(slugs) > 1 else ""
    what = "article, terms or settings changed since it was printed, and corrections were compared with that print"
    return ReviewError(what, path=f"{project.output / slugs[0]}{more}", remedy="run make, and see what the checks say")


def _writable(memory: Path) -> None:
    """Says it before the work is done; a folder that cannot be written to says it when it comes to it."""
    with suppress(OSError):
        if not memory.stat().st_mode & 0o222:
            raise ReviewError("is protected against writing", path=memory, remedy="allow it, and import again")


def _read(paths: Sequence[Path]) -> tuple[list[review.Returned], list[ReviewError]]:
    """What can be read, and why the rest cannot."""
    came = on_all_cores(_returned, paths, least=_FILES_A_CORE)
    returned = [one for one in came if isinstance(one, review.Returned)]
    return returned, [one for one in came if isinstance(one, ReviewError)]


def _returned(path: Path) -> review.Returned | ReviewError:
    try:
        return review.read(path)
    except ReviewError as error:
        return error


def _terms(options: argparse.Namespace) -> review.Terms:
    by = " ".join((options.by or "").split())
    return review.Terms(by, user(), now(), accept=options.accept, lacking=lacking)


def taken_in(
    project: Project, returned: Sequence[review.Returned], terms: review.Terms, *, dry: bool
) -> tuple[review.Taken, Approvals]:
    """Compares with what is printed and approved, and writes `memory.tmx` once, at the end, whole or not at all.

    Returns what is approved afterwards, too. Raises as `tmx.update` does.
    """
    prints, taken = tuple(_prints(project)) if returned else (), review.Taken()
    each = functools.partial(on_all_cores, least=_SENTENCES_A_CORE)

    def changed(approvals: Approvals) -> Approvals:
        nonlocal taken
        taken = review.take(returned, prints, approvals, terms, each=each)
        return approvals.having(taken.approved)

    after = changed(project.approvals()) if dry else tmx.update(project.memory, changed)
    return taken, after


def _prints(project: Project) -> Iterator[report.Printed]:
    return (_printed(path) for path in sorted(project.output.glob("*/report.json")))


def _summary(taken: review.Taken, asked: Sequence[review.Question], approved: int, *, dry: bool) -> Iterator[str]:
    shown = 0
    for name, of_file in groupby(taken.changes, key=lambda change: change.name):
        yield f"{name}:"
        for change in of_file:
            shown += 1
            if shown <= _MOST_SHOWN:
                yield f"  {change.id} {_difference(change)}"
    if shown > _MOST_SHOWN:
        yield f"  … and {shown - _MOST_SHOWN} more."
    questions = (*taken.questions, *asked)
    yield from map(_said, questions)
    corrected = sum(change.before != change.after for change in taken.changes)
    yield (
        f"{corrected} corrected, {len(taken.changes) - corrected} approved as printed, {taken.known} known already, "
        f"{taken.unchanged} left as they were, {len(questions)} questions and remarks, "
        f"{len(taken.refusals)} refused."
    )
    if dry:
        yield "Nothing was written: that was --dry-run."
    elif taken.approved:
        yield f"{tmx.NAME}: {approved} {'sentence' if approved == 1 else 'sentences'} approved. Run make to print them."


def _said(one: review.Question) -> str:
    return f"{'Question' if one.asks else 'Remark'}: {one.name}:{one.line}: {one.id}: {one.text}"


def _difference(change: review.Change) -> str:
    accepted = f"  (accepted: {' '.join(change.accepted)})" if change.accepted else ""
    if change.before == change.after:
        return f"approved: {change.after}{accepted}"
    return f"{review.changes(change.before, change.after)}{accepted}"
