"""Whether an edit can change what the checks of fixed things find. Most edits cannot, and checking anew is dear. Pure.

A newspaper's corrections come by the thousand, and a full check takes a millisecond. What was printed was checked when
it was built: an edit that touches neither a word of a term nor the surroundings of a number leaves the result alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.check.reading import number_words
from pipeline.document import Constraint, Pair, TargetSpan

_NEAR = 3
"""Words on either side of an edit in which no number may stand: "3 to 5 percent", "two hundred and", "9 p.m."."""
_WORDS = re.compile(r"[a-z\u00c0-\u024f]+")
_DIGIT = re.compile(r"\d")
_ROMAN = re.compile(r"\b[IVXLCDM]+\b")
_SMALL = frozenset({"the", "of", "and", "a", "an", "in", "for", "to", "on", "with", "by", "at", "from", "as", "or"})


@dataclass(frozen=True, slots=True)
class Touched:
    """What an edit of the printed English may have changed. True where that is uncertain; False is certain."""

    numbers: bool
    terms: bool
    """Terms, names, dates, and what is forbidden."""


def touched(pair: Pair, target: str) -> Touched:
    """What another English text may say otherwise than the printed one."""
    before, after = pair.target.split(), target.split()
    head = _shared(before, after)
    tail = _shared(before[: head - 1 if head else None : -1], after[: head - 1 if head else None : -1])
    end = len(before) - tail
    changed = [*before[head:end], *after[head : len(after) - tail]]
    around = [*before[max(0, head - _NEAR) : head], *changed, *before[end : end + _NEAR]]
    return Touched(_numeric(around), not _terms_alike(pair, target, changed))


def _shared(first: Sequence[str], second: Sequence[str]) -> int:
    """How many words two texts begin with alike."""
    for number, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return number
    return min(len(first), len(second))


def _numeric(words: Iterable[str]) -> bool:
    text = " ".join(words)
    lower = text.lower()
    return (
        bool(_DIGIT.search(text))
        or not number_words().isdisjoint(_WORDS.findall(lower))
        or "ties" in lower
        or bool(_ROMAN.search(text))
    )


def _terms_alike(pair: Pair, target: str, changed: Sequence[str]) -> bool:
    """Whether every term stands as it is written, and no word of any of them was taken away or put in."""
    placed = {span.constraint: span for span in pair.target_spans}
    if not all(_kept(placed.get(index), c, pair.target, target) for index, c in enumerate(pair.constraints)):
        return False
    forms = _forms(pair.constraints)
    words = _WORDS.findall(" ".join(changed).lower())
    # Zones has Zone in it, and the term is no longer a word of its own.
    vocabulary = _vocabulary(forms)
    if any(word.startswith(vocabulary) or word.endswith(vocabulary) for word in words):
        return False
    before, after = pair.target.lower(), target.lower()
    return all(before.count(form) == after.count(form) for form in forms)


def _kept(span: TargetSpan | None, constraint: Constraint, before: str, after: str) -> bool:
    """Whether a term is there as it is written; or raised at the head of the sentence, and there it still is."""
    if span is None:
        return False
    found = before[span.start : span.stop]
    return found in constraint.forms or (span.start == 0 and after.startswith(found))


def _forms(constraints: Sequence[Constraint]) -> tuple[str, ...]:
    return tuple({form.lower(): None for c in constraints for form in (*c.forms, *c.forbidden)})


@lru_cache(maxsize=4096)
def _vocabulary(forms: tuple[str, ...]) -> tuple[str, ...]:
    """The words of terms, those left out that stand between words of any kind."""
    return tuple(frozenset(word for form in forms for word in _WORDS.findall(form)) - _SMALL)
