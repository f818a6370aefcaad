"""Lines of a text as an editor sees them: numbered, trimmed, blanks between them noted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_LINE_END = re.compile(r"\r\n|\r|\n")
_SOFT_END = re.compile("[\v\f\x85\u2028\u2029]")
"""Line and page breaks that word processors leave inside a line; they do not count as lines in an editor."""
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
"""Format characters: zero width and direction marks, which would hide in a term and part it."""
_SPACES = re.compile(r"\s+")
_WIDE = 200
"""Characters; a line of so many is wider than any headline or column."""
_INDENT = re.compile(r"\u3000|\t|[ \u00a0\u2002\u2003]{2}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank."""

    number: int
    """From 1."""
    text: str
    """Without white space around it; a run of white space inside is one space."""
    indented: bool
    blank_before: bool
    """Whether a blank line stands above it; true for the first line."""


def lines(text: str) -> tuple[Line, ...]:
    """The lines of `text` that are not blank."""
    return tuple(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    blank_before = True
    for number, raw in enumerate(_LINE_END.split(text), 1):
        for piece in _SOFT_END.split(raw):
            clean = tidy(piece)
            if clean:
                yield Line(number, clean, bool(_INDENT.match(piece)), blank_before)
            blank_before = not clean


def tidy(text: str) -> str:
    """`text` without invisible characters, each run of white space one space, none around it."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def width(text: str) -> float:
    """In em: a Chinese character or mark is 1 wide, a Latin letter or digit a half; counted to `_WIDE` characters."""
    return sum(0.5 if unicodedata.east_asian_width(char) in {"Na", "H", "N"} else 1.0 for char in text[:_WIDE])
