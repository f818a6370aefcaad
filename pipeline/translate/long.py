"""Sentences beyond the model's window: cut into clauses, translated one by one, joined again; nothing is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline import english
from pipeline.segment import Fits, clauses
from pipeline.translate.passage import Passage

_STOPS = {"，": ",", ",": ",", "、": ",", "；": ";", ";": ";", "：": ":", ":": ":"}


def parts(passage: Passage, fits: Fits) -> tuple[Passage, ...]:
    """The passage as passages that fit; cut where clauses end, never inside a constraint.

    A constraint that no clause can hold whole is given up: it cannot be obeyed, and the missing term is reported.
    """
    if fits(passage.text):
        return (passage,)
    return tuple(passage.part(start, stop) for start, stop in _bounds(passage, fits))


def _bounds(passage: Passage, fits: Fits) -> Iterator[tuple[int, int]]:
    start = stop = 0
    for clause in clauses(passage.text, fits):
        following = stop + len(clause)
        if start < stop and not (_crossed(passage, stop) and fits(passage.text[start:following])):
            yield start, stop
            start = stop
        stop = following
    yield start, stop


def _crossed(passage: Passage, at: int) -> bool:
    return any(constraint.start < at < constraint.stop for constraint in passage.constraints)


def joined(sources: Sequence[Passage], targets: Sequence[str]) -> str:
    """The English of the parts as one sentence."""
    return english.joined(targets, [_STOPS.get(source.text.rstrip()[-1:], "") for source in sources])
