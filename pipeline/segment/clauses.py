"""Parts of a sentence that is too long for the model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.segment.brackets import CLOSERS, Nesting, nesting

Fits = Callable[[str], bool]
"""Whether a text is within the model's window."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """A kind of place where a sentence may be cut: after `marks`."""

    name: str
    marks: re.Pattern[str]
    outside: bool = True
    """Only outside brackets and quotation marks."""
    with_closers: bool = True
    """Closing marks and white space behind it stay with the part before."""


_MOST_CLOSERS = 8
"""Closing marks and spaces in a row that are looked at behind a boundary."""
_SEMICOLON = re.compile(r"[;；]")
_COMMA = re.compile(r"，|(?<!\d),|,(?!\d)")
_COLON = re.compile(r"：|(?<!\d):|:(?!\d)")
_PAUSE = re.compile(r"[、—…。！？!?]+")
_WORD_EDGE = re.compile(r"[^A-Za-z0-9.,%]|.(?![A-Za-z0-9.,%])", re.DOTALL)

BOUNDARIES = (
    Boundary("semicolon", _SEMICOLON),
    Boundary("comma", _COMMA),
    Boundary("colon", _COLON),
    Boundary("pause", _PAUSE),
    Boundary("semicolon in brackets", _SEMICOLON, outside=False),
    Boundary("comma in brackets", _COMMA, outside=False),
    Boundary("pause in brackets", _PAUSE, outside=False),
    Boundary("between characters, no number or Latin word cut", _WORD_EDGE, outside=False),
    Boundary("anywhere", re.compile(".", re.DOTALL), outside=False, with_closers=False),
)
"""Strongest first: a weaker one is used only where the stronger ones leave a part that does not fit."""


GENTLE = BOUNDARIES[:2]
"""Where a sentence may be cut though it need not be."""


def clauses(text: str, fits: Fits, boundaries: Sequence[Boundary] = BOUNDARIES) -> tuple[str, ...]:
    """Cut `text` so that each part `fits`; joined, the parts are `text`.

    A part that does not fit is halved at the strongest boundary it has, the one nearest its middle: two parts of
    like length translate better than a full one and a stump. `fits` is asked once about each part tried. A part that
    has none of the `boundaries` stays whole; of all of them every text has one.

    Raises:
        ValueError: Even a single character does not fit.
    """
    nested = nesting(text)
    parts: list[str] = []
    waiting = [(0, len(text))] if text else []
    while waiting:
        start, stop = waiting.pop()
        middle = None if fits(text[start:stop]) else _cut(text, (start, stop), nested, boundaries)
        if middle is None:
            parts.append(text[start:stop])
        else:
            waiting += [(middle, stop), (start, middle)]
    return tuple(parts)


def _cut(text: str, span: tuple[int, int], nested: Nesting, boundaries: Sequence[Boundary]) -> int | None:
    start, stop = span
    for boundary in boundaries:
        # Near the middle first: a text of megabytes is not searched whole at every halving.
        for reach in (64, 1024, stop - start):
            middle = (start + stop) // 2
            places = [
                place
                for place in _places(boundary, text, (max(start, middle - reach), min(stop, middle + reach)), nested)
                if start < place < stop
            ]
            if places:
                return min(places, key=lambda place: abs(place - middle))
    if boundaries is BOUNDARIES:
        msg = f"no part of {text[start:stop]!r} fits"
        raise ValueError(msg)
    return None


def _places(boundary: Boundary, text: str, window: tuple[int, int], nested: Nesting) -> Iterator[int]:
    first, last = window
    # Two characters beyond the window, so that what must not follow a mark is seen.
    for match in boundary.marks.finditer(text, first, last + 2):
        place = match.end()
        if place > last or (boundary.outside and _inside(nested, place - 1)):
            continue
        yield _past_closers(text, place, nested) if boundary.with_closers else place


def _inside(nested: Nesting, i: int) -> bool:
    return bool(nested.quotes[i] or nested.brackets[i])


def _past_closers(text: str, place: int, nested: Nesting) -> int:
    for i in range(place, min(len(text), place + _MOST_CLOSERS)):
        if not (text[i].isspace() or (text[i] in CLOSERS and nested.partner[i] < i)):
            return i
    return min(len(text), place + _MOST_CLOSERS)
