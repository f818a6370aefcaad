"""Which hits are terms: whole words, outside their `except` contexts, leftmost first and longest."""

from __future__ import annotations

import enum
import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pipeline.glossary.entry import Entry
from pipeline.glossary.scan import Hit


class Reason(enum.StrEnum):
    """Why the characters of a term were not taken as the term."""

    WORD_BOUNDARY = "it begins or ends inside a word"
    EXCEPTION = "its entry excepts this context"
    OVERLAP = "it overlaps a term that begins further left"
    NESTED = "it lies inside a longer term"


@dataclass(frozen=True, slots=True)
class Rejection:
    """Characters [start, stop) of a sentence read like a term, and were not taken as one."""

    start: int
    stop: int
    entry: Entry
    reason: Reason
    context: str
    """What decided: the words at its edges, the excepted text, or the term that was taken instead."""


def edges(words: Iterable[str]) -> frozenset[int]:
    """Offsets at which a word begins or ends."""
    return frozenset(itertools.accumulate(map(len, words), initial=0))


def whole_words(text: str, at: Collection[int], hit: Hit) -> bool:
    """Whether a hit begins and ends at word edges, and cuts no run of Latin letters or digits."""
    return hit.start in at and hit.stop in at and not cuts_latin(text, hit)


def at_edge(hit: Hit, around: Hit) -> bool:
    """Whether a hit is the beginning or the end of another one."""
    return (hit.start == around.start and hit.stop < around.stop) or (
        around.start < hit.start and hit.stop == around.stop
    )


def straddled(words: Sequence[str], hit: Hit) -> str:
    """The words that a hit touches, a stroke between them: 高新|区域."""
    stops = list(itertools.accumulate(map(len, words)))
    return "|".join(w for w, stop in zip(words, stops, strict=True) if stop > hit.start and stop - len(w) < hit.stop)


def excepted(text: str, contexts: Iterable[str], hit: Hit) -> str | None:
    """The first of the contexts that surrounds the hit, if one does; `text` and `contexts` are folded."""
    return next((context for context in contexts if _surrounds(text, context, hit)), None)


def longest(hits: Sequence[Hit], ranks: Sequence[int]) -> list[Hit]:
    """Hits that do not overlap, in order: the leftmost first, of those that begin together the longest, and so on.

    `ranks` is the layer of each term, 0 the strongest. A hit of a stronger layer comes before all of weaker ones, and
    brings with it the hit that holds it, which would not be here if it did not agree (`precedence`).
    """
    strength = {hit: min(ranks[h.term] for h in hits if hit.start <= h.start and h.stop <= hit.stop) for hit in hits}
    taken: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (strength[h], h.start, -h.stop)):
        if all(hit.stop <= t.start or t.stop <= hit.start for t in taken):
            taken.append(hit)
    return sorted(taken)


def nesting(text: str, hit: Hit, taken: Iterable[Hit]) -> tuple[Reason, str] | None:
    """That a hit lies inside one that was taken, if it does."""
    around = (t for t in taken if t.start <= hit.start and hit.stop <= t.stop)
    return next(((Reason.NESTED, text[t.start : t.stop]) for t in around), None)


def overlap(text: str, hit: Hit, taken: Iterable[Hit]) -> tuple[Reason, str]:
    """The taken hit that keeps `hit` out; there is one, for `longest` passes over a hit for no other reason."""
    winner = next(t for t in taken if t.start < hit.stop and hit.start < t.stop)
    return Reason.OVERLAP, text[winner.start : winner.stop]


def cuts_latin(text: str, hit: Hit) -> bool:
    """Whether a hit begins or ends within a run of Latin letters or digits."""
    inside = (at for at in (hit.start, hit.stop) if 0 < at < len(text))
    return any(_latin(text[at - 1]) and _latin(text[at]) for at in inside)


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _surrounds(text: str, context: str, hit: Hit) -> bool:
    width = hit.stop - hit.start
    source = text[hit.start : hit.stop]
    offsets = (at for at in range(len(context) - width + 1) if context.startswith(source, at))
    return any(hit.start >= at and text.startswith(context, hit.start - at) for at in offsets)
