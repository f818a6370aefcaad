"""Checks of finished pairs: a named list of rules, each a function of one pair.

docs/checks.md says what each severity means and what was measured.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.check.constraints import dates, forbidden, names, terms
from pipeline.check.finding import Check, Complaint
from pipeline.check.numbers import numbers
from pipeline.check.text import brackets, doubled, forced, han, length, marks, repetition
from pipeline.document import Finding, Pair

__all__ = ["CHECKS", "Check", "Complaint", "check"]

CHECKS: tuple[Check, ...] = (
    terms, numbers, dates, names, forbidden, han, marks, repetition, length, forced, doubled, brackets,
)  # fmt: skip


def check(pairs: Sequence[Pair]) -> tuple[Finding, ...]:
    """What the checks find, in the order of the pairs and of CHECKS; a finding is named after its check's function."""
    return tuple(
        Finding(rule.__name__, complaint.severity, pair.sentence.id, complaint.message)
        for pair in pairs
        for rule in CHECKS
        for complaint in rule(pair)
    )
