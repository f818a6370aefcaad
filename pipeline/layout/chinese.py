"""Where Chinese text needs setting by hand: half-width marks in runs, Latin words and figures among Han.

The rules are those of W3C *Requirements for Chinese Text Layout* (clreq): adjacent marks share the blank halves of
their squares (§ 3.1.6.1), and a quarter em stands between Han and Western letters or figures where no space is written
(§ 3.2.2). Nothing is added to or taken from the text: the result only says which characters are set how.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

CLOSING = frozenset("。，、）】》」』〉”’〕｝,)")
"""Marks that fill the left half of their square; the ASCII ones are set as their Chinese forms (see `wide`)."""
OPENING = frozenset("（【《「『〈“‘〔｛(")
"""Marks that fill the right half."""
MIDDLE = frozenset("：；！？:;!?")
"""Marks that stand in the middle."""
WIDE_ASCII = frozenset(",;:?!()")
"""ASCII marks that Chinese typists put for the Chinese ones."""

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇々]")
_BREAK = re.compile(r"(?<=[^（【《「『〈“‘〔｛(\s])(?=[“‘])|(?<=[”’])(?=[^。，、）】》」』〉”’〕｝：；！？,):;!?\s])")
_DASH = re.compile("—+")
_WESTERN = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff%‰°+\-./&@#$€£'_=~*\\^|<>\[\]]+")
_WESTERN_LETTER = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]")
_INSIDE_WESTERN = re.compile(
    r"(?<=[0-9A-Za-z])[,:;](?=[0-9A-Za-z])|(?<=[A-Za-z])[,;:](?= [0-9A-Za-z])|(?<=[A-Za-z])[?!](?= [A-Z])"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """Characters [start, stop) of a text and the classes (CSS) that say how they are set."""

    start: int
    stop: int
    classes: str
    """`h`: half a square; `m`: an ASCII mark; `w`: Western; `g`: with a quarter em after it; `d`: a dash; `k`: kept.

    In English: `k` alone."""


def is_han(character: str) -> bool:
    """Whether it is a Chinese character proper: no mark, letter or figure."""
    return _HAN.match(character) is not None


def settings(text: str) -> tuple[Setting, ...]:
    """What in a paragraph of Chinese is not set as plain squares: in order, none overlapping, none empty."""
    western = tuple(_western(text))
    half = tuple(s for s in _half_width(text) if not any(w.start <= s.start < w.stop for w in western))
    dashes = (Setting(hit.start(), hit.end(), "d") for hit in _DASH.finditer(text))
    # An ASCII mark has a font of its own, so it is a run: some readers lose character spacing at a change of font.
    marks = (Setting(i, i + 1, "m") for i in wide(text) - {s.start for s in half})
    return tuple(sorted((*western, *half, *dashes, *marks), key=lambda s: s.start))


def breaks(text: str) -> tuple[int, ...]:
    """Offsets where a line may break at a quotation mark: UAX 14 knows no sides of “ and ”, so Pango never does."""
    return tuple(hit.start() for hit in _BREAK.finditer(text) if 0 < hit.start() < len(text))


def wide(text: str) -> frozenset[int]:
    """Offsets of the ASCII marks that stand for Chinese ones: all but those inside Western words and figures."""
    inside = {hit.start() for hit in _INSIDE_WESTERN.finditer(text)}
    return frozenset(i for i, c in enumerate(text) if c in WIDE_ASCII and i not in inside)


def _half_width(text: str) -> Iterator[Setting]:
    chinese = wide(text)
    marks = [c if c not in WIDE_ASCII or i in chinese else "" for i, c in enumerate(text)]
    narrow: set[int] = set()
    for i, (left, right) in enumerate(pairwise(marks)):
        if left in CLOSING and right in CLOSING | OPENING | MIDDLE:
            narrow.add(i)
        elif left in OPENING | MIDDLE and right in OPENING:
            narrow.add(i + 1)
    return (Setting(i, i + 1, "h") for i in sorted(narrow))


def _western(text: str) -> Iterator[Setting]:
    """Runs of letters and figures, `1,500` and `3:30` whole, and the characters that carry the gaps around them."""
    for start, stop in _western_runs(text):
        if start > 0 and is_han(text[start - 1]):
            yield Setting(start - 1, start, "g")
        followed = stop < len(text) and is_han(text[stop])
        if stop - followed > start:
            yield Setting(start, stop - followed, "w")
        if followed:
            yield Setting(stop - 1, stop, "w g")


def _western_runs(text: str) -> Iterator[tuple[int, int]]:
    inside = {hit.start() for hit in _INSIDE_WESTERN.finditer(text)}
    shown = "".join("." if i in inside else c for i, c in enumerate(text))
    return (hit.span() for hit in _WESTERN.finditer(shown) if _WESTERN_LETTER.search(hit[0]))


def last_line(text: str, *, least: int = 5) -> int:
    """Offset from which a paragraph stays together, so that its last line has `least` characters."""
    return len(text) - least if len(text) > least * 4 else len(text)
