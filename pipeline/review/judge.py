"""Whether an English sentence may be approved: what it would break. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.check import Check
from pipeline.check.constraints import dates, forbidden, names, terms
from pipeline.check.numbers import numbers
from pipeline.check.text import han, marks
from pipeline.document import Origin, Pair, PairOrigin, Severity
from pipeline.review.edits import Touched, touched

_FIXED: Mapping[Check, Origin | None] = {
    terms: Origin.GLOSSARY, numbers: None, dates: Origin.DATE, names: Origin.NAME, forbidden: Origin.GLOSSARY,
}  # fmt: skip
"""Checks of what must not be broken unasked, and of which constraints; that of numbers needs none."""
NAMES = frozenset(check.__name__ for check in _FIXED)
_FAR_EAST = re.compile(r"[\u2e80-\U0010ffff]")


def broken(pair: Pair, target: str, *, sound: bool = False) -> tuple[str, ...]:
    """What an English sentence would break, in the checks' words: none, or what a person must accept.

    Whether it is long or repeats itself is the reviewer's to decide. `sound` says that the checks named in NAMES found
    nothing in the pair as it was printed.
    """
    said = Pair(pair.sentence, target, pair.constraints, PairOrigin.REVIEWED, ())
    edit = touched(pair, target) if sound else Touched(numbers=True, terms=True)
    complaints = (complaint for check in _needed(pair, target, edit) for complaint in check(said))
    empty = ["The English has no word in it."] if _has_word(pair.sentence.text) and not _has_word(target) else []
    return tuple(dict.fromkeys([*empty, *(c.message for c in complaints if c.severity is not Severity.NOTE)]))


def _has_word(text: str) -> bool:
    return any(map(str.isalnum, text))


def _needed(pair: Pair, target: str, edit: Touched) -> Iterator[Check]:
    """The checks that may find something, in the order of `check.CHECKS`."""
    if edit.numbers or edit.terms:
        origins = {constraint.origin for constraint in pair.constraints}
        for check, origin in _FIXED.items():
            if edit.numbers if origin is None else origin in origins and (edit.terms or origin is Origin.DATE):
                yield check
    if _FAR_EAST.search(target):
        yield han
    yield marks
