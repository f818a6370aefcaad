"""Whether an English sentence may be approved: what it would break, and characters that no sentence has. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from pipeline.check import Check
from pipeline.check.constraints import dates, forbidden, names, terms
from pipeline.check.numbers import numbers
from pipeline.check.text import han, marks
from pipeline.document import Pair, PairOrigin, Severity

_CHECKS: tuple[Check, ...] = (terms, numbers, dates, names, forbidden, han, marks)
"""What must not be broken unasked; whether the English is long or repeats itself is the reviewer's to decide."""
_LONGEST = 8_000
"""Characters of a sentence."""
_ODD = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def broken(pair: Pair, target: str) -> tuple[str, ...]:
    """What an English sentence would break, in the checks' words: none, or what a person must accept."""
    said = Pair(pair.sentence, target, pair.constraints, PairOrigin.REVIEWED, ())
    complaints = (complaint for check in _CHECKS for complaint in check(said))
    return tuple(dict.fromkeys(c.message for c in complaints if c.severity is not Severity.NOTE))


def unprintable(target: str) -> str:
    """Why a text can be no sentence on a page; empty where it can."""
    if len(target) > _LONGEST:
        return f"is {len(target):,} characters long, which no sentence is"
    odd = next(_strange(target), "")
    return f"has the control character U+{ord(odd):04X}, which nobody can see" if odd else ""


def _strange(target: str) -> Iterator[str]:
    return (letter for letter in target if unicodedata.category(letter) in _ODD)
