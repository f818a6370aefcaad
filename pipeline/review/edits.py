"""Whether an edit can change what the checks of fixed things find. Most edits cannot, and checking anew is dear. Pure.

A newspaper's corrections come by the thousand, and a full check takes a millisecond. What was printed was checked when
it was built: an edit that touches neither a word of a term nor the surroundings of a number leaves the result alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Postfix, Prefix

from pipeline.check.reading import number_words
from pipeline.document import Pair

_NEAR = 3
"""Words on either side of an edit in which no number may stand: "3 to 5 percent", "two hundred and", "9 p.m."."""
_WORDS = re.compile(r"[^\W_]+")
_FIGURE = re.compile(r"\d|\b[IVXLCDM]+\b|(?i:ties\b)")
"""Digits, Roman numerals, and decades in words (the twenties)."""
_SMALL = frozenset({"the", "of", "and", "a", "an", "in", "for", "to", "on", "with", "by", "at", "from", "as", "or"})


@dataclass(frozen=True, slots=True)
class Touched:
    """What an edit of the printed English may have changed. True where that is uncertain; False is certain."""

    numbers: bool
    terms: bool
    """Terms, names, dates, and what is forbidden."""


def touched(pair: Pair, target: str) -> Touched:
    """What another English text may say otherwise than the printed one."""
    printed, edited = f" {pair.target} ", f" {target} "
    start = printed.rfind(" ", 0, Prefix.similarity(printed, edited))
    alike = Postfix.similarity(printed[start:], edited[start:])
    stop = printed.find(" ", len(printed) - alike)
    changed = f"{printed[start:stop]} {edited[start : stop - len(printed)]}"
    around = [*printed[:start].rsplit(None, _NEAR)[-_NEAR:], changed, *printed[stop:].split(None, _NEAR)[:_NEAR]]
    # One blank was put before the text: in the text itself the changed words are [start, stop - 1).
    return Touched(numbers=_numeric(" ".join(around)), terms=not _terms_alike(pair, start, stop - 1, changed))


def _numeric(text: str) -> bool:
    return bool(_FIGURE.search(text)) or not number_words().isdisjoint(_WORDS.findall(text.lower()))


def _terms_alike(pair: Pair, start: int, stop: int, changed: str) -> bool:
    """Whether an edit of [start, stop) leaves every term as it is written, and takes away or puts in no word of any."""
    constraints = pair.constraints
    if not constraints:
        return True
    if len({span.constraint for span in pair.target_spans}) < len(constraints):
        return False
    for span in pair.target_spans:
        if span.start < stop and start < span.stop:
            return False
        # One that is raised, but not as the head of the sentence, depends on what stands around it.
        if span.start and pair.target[span.start : span.stop] not in constraints[span.constraint].forms:
            return False
    words = _WORDS.findall(changed.lower())
    return not any(_speaks(words, *_vocabulary(c.target, c.allowed, c.forbidden)) for c in constraints)


def _speaks(words: Sequence[str], long: tuple[str, ...], small: frozenset[str]) -> bool:
    """Whether one of the words is of a vocabulary; Zones has Zone in it, and the term is no word of its own then."""
    return any(word in small or word.startswith(long) or word.endswith(long) for word in words)


@lru_cache(maxsize=4096)
def _vocabulary(target: str, *others: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words of a term's forms: those that others are made with, and those that stand everywhere."""
    words = frozenset(_WORDS.findall(" ".join((target, *(form for forms in others for form in forms))).lower()))
    return tuple(words - _SMALL), words & _SMALL
