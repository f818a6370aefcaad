"""Copies that went slightly wrong: a model told to write "Jiang Xueqing" may write "Jiang Xueeqing"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from pipeline import english
from pipeline.document import Constraint, Origin
from pipeline.english import Span
from pipeline.translate.passage import Passage
from pipeline.translate.verify import verify

ALIKE = 0.8
"""Share of letters that must agree, in order (twice those in common over all of both): "Princess Chin Yao" and
"Princess Chi Yao" agree by 0.97, "municipal committee" and "municipal commission" by 0.77."""

_WORD = re.compile(r"[\w’'-]+")


def mended(passage: Passage, text: str) -> str | None:
    """The text with each missing term or name in place of the words most like it; None where there are none.

    A number is never mended: figures that look alike say different things.
    """
    spans = verify(passage, text).spans
    known = {span.constraint for span in spans}
    missing = [c for i, c in enumerate(passage.constraints) if i not in known and _is_spelled(c)]
    taken, places = [(span.start, span.stop) for span in spans], []
    for constraint in sorted(missing, key=lambda c: -len(c.target)):
        if (place := _most_alike(text, constraint.target, taken)) is not None:
            taken.append(place)
            places.append((place, constraint))
    return exchanged(text, sorted(places, key=lambda found: found[0])) if places else None


def exchanged(text: str, places: Iterable[tuple[Span, Constraint]]) -> str:
    """The text with each constraint's English in its place; places in order, none overlapping."""
    made, at = "", 0
    for (start, stop), constraint in places:
        before = english.agreeing(english.followed(made + text[at:start], ""), constraint.target)
        made = before + english.written(before, constraint.target, constraint.case)
        at = stop
    return english.followed(made, text[at:].lstrip())


def _is_spelled(constraint: Constraint) -> bool:
    return constraint.origin in {Origin.GLOSSARY, Origin.NAME}


def _most_alike(text: str, target: str, taken: Sequence[Span]) -> Span | None:
    likeness = SequenceMatcher(None, b=target.casefold(), autojunk=False)
    best, place = ALIKE, None
    for start, stop in _windows(text, len(_WORD.findall(target))):
        likeness.set_seq1(text[start:stop].casefold())
        if likeness.quick_ratio() < best or any(start < b and a < stop for a, b in taken):
            continue
        if (ratio := likeness.ratio()) >= best:
            best, place = ratio, (start, stop)
    return place


def _windows(text: str, words: int) -> Iterable[Span]:
    """Runs of as many words as the target has, one fewer and one more."""
    spans = [found.span() for found in _WORD.finditer(text)]
    for size in range(max(1, words - 1), words + 2):
        for first in range(len(spans) - size + 1):
            yield spans[first][0], spans[first + size - 1][1]
