"""How a page is set: its columns and indents, and what its short lines lead to."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, zip_longest

from pipeline.articles.lines import Line, width
from pipeline.articles.shapes import Shape, ends_sentence, is_dateline, shape
from pipeline.segment import Cut, dictionary_cutter

MOST_TITLES = 4
"""Short lines above an article that can be its kicker, headline and subhead; more are no titles."""
TITLES = frozenset({Shape.TITLE, Shape.SUBHEAD})
_SLACK = 2.5
"""Em by which a full line may be short: a mark or a number that would not fit went to the next."""
_WIDEST_COLUMN = 60
_BREAKS_TRIED = 60
_NEAR = 12
"""Characters on each side of a break in which a cut word is looked for."""


class Lead(enum.IntEnum):
    """What a short line may be by what follows it."""

    NOTHING = 0
    HEADING = 1
    """One line above text: a heading, or a headline."""
    TITLES = 2
    """Several short lines above text, or one above a byline and text."""
    ARTICLE = 3
    """Short lines above a dateline: the beginning of an article."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page's lines have in common."""

    lines: tuple[Line, ...]
    shapes: tuple[Shape, ...]
    leads: tuple[Lead, ...]
    column: float
    """Width of its columns in em; 0 where lines are no column lines."""
    indents: bool
    """Whether it indents its paragraphs, and only them."""

    @property
    def parts_paragraphs(self) -> bool:
        """Whether indents or blank lines show where its paragraphs begin."""
        return self.indents or any(line.blank_before for line in self.lines[1:])


def read_setting(lines: tuple[Line, ...]) -> Page:
    """The setting of a page from its lines."""
    column = _column(lines)
    shapes = tuple(_shape(line, following, column) for line, following in zip_longest(lines, lines[1:]))
    indented = sum(line.indented for line in lines)
    indents = 0 < indented < len(lines) and indented >= len(lines) / 20
    return Page(lines, shapes, _leads(lines, shapes), column, indents)


def _shape(line: Line, following: Line | None, column: float) -> Shape:
    """A short line that fills its column, its paragraph going on below it, is no title."""
    goes_on = following is not None and not (following.blank_before or following.indented) and fills(line, column)
    found = shape(line.text)
    return Shape.TEXT if goes_on and found == Shape.TITLE else found


def fills(line: Line, column: float) -> bool:
    """Whether a line fills its column of so many em; never where there are no columns."""
    return column > 0 and width(line.text) + 2 * line.indented >= column - _SLACK


def _leads(lines: Sequence[Line], shapes: Sequence[Shape]) -> tuple[Lead, ...]:
    """For each line what it may begin, walking upwards."""
    leads: list[Lead] = []
    no_byline = below = past = len(lines)  # the next line that is no byline; that is no title; and behind its bylines
    for i in range(len(lines) - 1, -1, -1):
        is_title = shapes[i] in TITLES
        leads.append(_lead(lines, shapes, range(i, below), past) if is_title else Lead.NOTHING)
        no_byline = no_byline if shapes[i] == Shape.BYLINE else i
        if not is_title:
            below, past = i, no_byline
    return tuple(reversed(leads))


def _lead(lines: Sequence[Line], shapes: Sequence[Shape], titles: range, past: int) -> Lead:
    if len(titles) > MOST_TITLES or past == len(lines):
        return Lead.NOTHING
    if past > titles.stop:
        return Lead.TITLES if shapes[past] == Shape.TEXT else Lead.NOTHING
    if is_dateline(lines[past].text):
        return Lead.ARTICLE
    if len(titles) > 1:
        return Lead.TITLES
    title, text = lines[titles.start], lines[past]
    return Lead.HEADING if title.blank_before or (text.indented and not title.indented) else Lead.NOTHING


def _column(lines: Sequence[Line]) -> float:
    """The width in em to which the page's lines are set, or 0 where each line is a text of its own.

    Lines are set to a width if most are about as wide as the widest and their breaks cut words: a list of slogans of
    equal length has such lines too, but cuts none.
    """
    widths = sorted(width(line.text) + 2 * line.indented for line in lines)
    widest = widths[len(widths) * 9 // 10] if widths else 0
    if not 0 < widest <= _WIDEST_COLUMN:
        return 0
    full = [at for at in pairwise(lines) if abs(width(at[0].text) + 2 * at[0].indented - widest) <= _SLACK]
    broken = [(upper.text, lower.text) for upper, lower in full if not ends_sentence(upper.text)][:_BREAKS_TRIED]
    cut = sum(cuts_word(upper, lower) for upper, lower in broken)
    return widest if len(full) >= len(lines) / 3 and cut >= max(2, len(broken) / 5) else 0


def cuts_word(upper: str, lower: str) -> bool:
    """Whether a word of jieba's dictionary lies across the break."""
    place, start = len(upper[-_NEAR:]), 0
    for word in _cut()(upper[-_NEAR:] + lower[:_NEAR]):
        if start < place < start + len(word):
            return not word.isascii()
        start += len(word)
    return False


def last_word(text: str) -> str:
    """The word with which `text` ends."""
    return _cut()(text[-_NEAR:])[-1]


def first_word(text: str) -> str:
    """The word with which `text` begins."""
    return _cut()(text[:_NEAR])[0]


@cache
def _cut() -> Cut:
    return dictionary_cutter()
