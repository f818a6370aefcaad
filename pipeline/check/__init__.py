"""Checks of finished pairs: a named list of rules, each a function of one pair, and of rules over all pairs.

docs/checks.md says what each severity means and what was measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.check.consistency import consistency
from pipeline.check.constraints import dates, forbidden, names, terms
from pipeline.check.doubt import DOUBTED_BELOW, doubtful, signs
from pipeline.check.finding import Check, CheckOfAll, Complaint, note, warning
from pipeline.check.ignoring import Ignore, parted, unused
from pipeline.check.numbers import Compared, compared, numbers
from pipeline.check.text import (
    LONG,
    SHORT,
    brackets,
    characters,
    doubled,
    forced,
    han,
    length,
    marks,
    ratio,
    repetition,
)
from pipeline.document import Finding, Pair, PairOrigin, Severity

__all__ = [
    "CHECKS",
    "CHECKS_OF_ALL",
    "DOUBTED_BELOW",
    "LONG",
    "NAMES",
    "SHORT",
    "Check",
    "CheckOfAll",
    "Compared",
    "Complaint",
    "Ignore",
    "characters",
    "check",
    "compared",
    "doubtful",
    "parted",
    "ratio",
    "signs",
    "unused",
]

CHECKS: tuple[Check, ...] = (
    terms, numbers, dates, names, forbidden, han, marks, repetition, length, forced, doubled, brackets, doubtful,
)  # fmt: skip
CHECKS_OF_ALL: tuple[CheckOfAll, ...] = (consistency,)
NAMES = tuple(rule.__name__ for rule in (*CHECKS, *CHECKS_OF_ALL))
"""What findings are named after: their checks' functions."""

_CONFLICTS = frozenset({"terms", "numbers", "dates", "names", "forbidden"})
_GUESSES = frozenset({"repetition", "length", "forced", "doubled", "doubtful", "consistency"})
_STANDS, _ACCEPTED = "The reviewer's English stands: ", "Accepted by the reviewer: "


def check(pairs: Sequence[Pair]) -> tuple[Finding, ...]:
    """What the checks find, each thing once, in the order of the pairs and of NAMES."""
    of_all = [(rule.__name__, tuple(rule(pairs))) for rule in CHECKS_OF_ALL]
    found = (
        (pair, name, complaint)
        for pair in pairs
        for name, complaint in (
            *_of_one(pair),
            *((name, said) for name, all_said in of_all for its, said in all_said if its == pair.sentence.id),
        )
    )
    weighed = ((pair, name, _weighed(name, complaint, pair)) for pair, name, complaint in found)
    findings = (
        Finding(name, complaint.severity, pair.sentence.id, complaint.message)
        for pair, name, complaint in weighed
        if complaint is not None
    )
    return tuple(dict.fromkeys(findings))


def _of_one(pair: Pair) -> Iterator[tuple[str, Complaint]]:
    for rule in CHECKS:
        for complaint in rule(pair):
            yield rule.__name__, complaint


def _weighed(name: str, complaint: Complaint, pair: Pair) -> Complaint | None:
    """What a complaint weighs against the word of a person: None where it is a mere guess.

    A reviewer's sentence is not changed and fails nothing that it says on purpose: a conflict with what is fixed is a
    warning, and what the reviewer accepted, in these words or in the check's, a note. Left-over Chinese, marks of the
    translation and open brackets are slips in anyone's sentence.
    """
    if pair.origin is not PairOrigin.REVIEWED:
        return complaint
    words = complaint.message, _STANDS + complaint.message, _ACCEPTED + complaint.message
    if not set(words).isdisjoint(pair.accepted):
        return note(_ACCEPTED + complaint.message)
    if name in _GUESSES and pair.target.strip():
        return None
    if name in _CONFLICTS and complaint.severity is not Severity.NOTE:
        return warning(_STANDS + complaint.message)
    return complaint
