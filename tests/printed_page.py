"""A printed page's characters with their places, gathered into lines. Millimetres from the page's top left."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import pdfplumber

POINT = 25.4 / 72
CLOSING = "。，、）】》」』〉”’〕,)"
OPENING = "（【《「『〈“‘〔("


@dataclass(frozen=True, slots=True)
class Character:
    """One character of a page."""

    text: str
    font: str
    """Its family: `Han Serif`."""
    size: float
    """In points."""
    left: float
    right: float
    """Where its advance ends: the blank half of a mark and the gap of a gap font are inside."""
    baseline: float


@dataclass(frozen=True, slots=True)
class Line:
    """Characters on one baseline of one column."""

    page: int
    characters: tuple[Character, ...]

    @property
    def text(self) -> str:
        return "".join(c.text for c in self.characters)

    @property
    def left(self) -> float:
        return self.characters[0].left

    @property
    def end(self) -> float:
        """Where the line ends for the eye: without a closing mark's blank half, without a gap."""
        last = self.characters[-1]
        em = last.size * POINT
        half_set = last.right - last.left < 0.9 * em
        blank = 0.5 * em if last.text in CLOSING and not half_set else 0.25 * em if "Gap" in last.font else 0.0
        return last.right - blank


class Pages:
    """A PDF's characters."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf

    @cached_property
    def characters(self) -> list[list[Character]]:
        """Page by page, in the order they are drawn."""
        with pdfplumber.open(io.BytesIO(self._pdf)) as opened:
            return [[_character(c, page.height) for c in page.chars] for page in opened.pages]

    def lines(self, fonts: Sequence[str], size: float, left: float, right: float) -> Iterator[Line]:
        """Lines of a column between `left` and `right`, in these fonts and this size, in reading order."""
        for number, page in enumerate(self.characters, start=1):
            chosen = [c for c in page if c.font in fonts and abs(c.size - size) < 0.1 and left <= c.left < right]
            chosen.sort(key=lambda c: (round(c.baseline, 1), c.left))
            for _, line in groupby(chosen, key=lambda c: round(c.baseline, 1)):
                yield Line(number, tuple(line))


def _character(c: dict, height: float) -> Character:
    font = c["fontname"].partition("+")[2].replace("-", " ").removesuffix(" Semi Bold").strip()
    baseline = (height - c["matrix"][5]) * POINT
    return Character(c["text"], font, c["size"], c["x0"] * POINT, c["x1"] * POINT, baseline)
