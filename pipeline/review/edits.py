"""Whether an edit can change what the checks of fixed things find. Most edits cannot, and checking anew is dear. Pure.

A newspaper's corrections come by the thousand, and a full check takes a millisecond. What was printed was checked when
it was built: an edit that touches neither a word of a term nor the surroundings of a number leaves the result alone.
"""

from __future__ import annotations

import re
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
    before, after = printed[:start].rsplit(None, _NEAR)[-_NEAR:], printed[stop:].split(None, _NEAR)[:_NEAR]
    meeting = _words(" ".join(before[-1:])), _words(" ".join(after[:1]))
    # One blank was put before the text: in the text itself the changed words are [start, stop - 1).
    terms = not _kept(pair, start, stop - 1) or not _apart(pair, _words(changed), *meeting)
    return Touched(numbers=_numeric(" ".join((*before, changed, *after))), terms=terms)


def _numeric(text: str) -> bool:
    return bool(_FIGURE.search(text)) or not number_words().isdisjoint(_words(text))


def _kept(pair: Pair, start: int, stop: int) -> bool:
    """Whether an edit of [start, stop) leaves every term as it is written."""
    if len({span.constraint for span in pair.target_spans}) < len(pair.constraints):
        return False
    for span in pair.target_spans:
        if span.start < stop and start < span.stop:
            return False
        # One that is raised, but not as the head of the sentence, depends on what stands around it.
        if span.start and pair.target[span.start : span.stop] not in pair.constraints[span.constraint].forms:
            return False
    return True


def _apart(pair: Pair, changed: frozenset[str], before: frozenset[str], after: frozenset[str]) -> bool:
    """Whether no form of a term lost a word, was given one, or was made by words on either side that now meet."""
    vocabularies = (_vocabulary(c.target, c.allowed, c.forbidden) for c in pair.constraints)
    return all(
        changed.isdisjoint(words) and (before.isdisjoint(words) or after.isdisjoint(words)) for words in vocabularies
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(text.lower()))


@lru_cache(maxsize=4096)
def _vocabulary(target: str, *others: tuple[str, ...]) -> frozenset[str]:
    """The words of a term's forms, and of what is forbidden for it."""
    return _words(" ".join((target, *(form for forms in others for form in forms))))
