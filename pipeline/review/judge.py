"""Whether an English sentence may be approved: what it would break, and characters that no sentence has. Pure."""

from __future__ import annotations

import re
import unicodedata

from pipeline.check import Check
from pipeline.check.constraints import dates, forbidden, names, terms
from pipeline.check.numbers import numbers
from pipeline.check.text import han, marks
from pipeline.document import Pair, PairOrigin, Severity
from pipeline.review.edits import Touched, touched

_TERMS: tuple[Check, ...] = (terms, names, forbidden)
_NUMBERS: tuple[Check, ...] = (numbers, dates)
_CLEAN: tuple[Check, ...] = (han, marks)
"""What must not be broken unasked; whether the English is long or repeats itself is the reviewer's to decide."""
NAMES = frozenset(check.__name__ for check in (*_TERMS, *_NUMBERS))
_LONGEST = 8_000
"""Characters of a sentence."""
_UNUSUAL = re.compile(r"[^ -~]")
_ODD = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def broken(pair: Pair, target: str, *, sound: bool = False) -> tuple[str, ...]:
    """What an English sentence would break, in the checks' words: none, or what a person must accept.

    `sound` says that the checks named in NAMES found nothing in the pair as it was printed.
    """
    said = Pair(pair.sentence, target, pair.constraints, PairOrigin.REVIEWED, ())
    edit = touched(pair, target) if sound else Touched(numbers=True, terms=True)
    checks = (*(_TERMS if edit.terms else ()), *_numbers(edit), *_CLEAN)
    complaints = (complaint for check in checks for complaint in check(said))
    return tuple(dict.fromkeys(c.message for c in complaints if c.severity is not Severity.NOTE))


def _numbers(edit: Touched) -> tuple[Check, ...]:
    """The check of dates asks for their wording, as that of terms does, and then for their numbers."""
    return _NUMBERS if edit.numbers else (dates,) if edit.terms else ()


def unprintable(target: str) -> str:
    """Why a text can be no sentence on a page; empty where it can."""
    if len(target) > _LONGEST:
        return f"is {len(target):,} characters long, which no sentence is"
    odd = next((letter for letter in _UNUSUAL.findall(target) if unicodedata.category(letter) in _ODD), "")
    return f"has the control character U+{ord(odd):04X}, which nobody can see" if odd else ""
