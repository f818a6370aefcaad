"""Lines that the printed page broke, put together again: each mending has its reason, from a named list of rules."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, zip_longest

from pipeline.articles.lines import Line, width
from pipeline.articles.shapes import Shape, ends_sentence, is_dateline, shape
from pipeline.document import Repair
from pipeline.segment import Cut, dictionary_cutter
from pipeline.segment.brackets import BRACKETS, QUOTES, unclosed

SHOWN = 8
"""Characters of each side that a repair shows."""
_NEAR = 12
"""Characters on each side of a break in which a cut word is looked for."""
_TAIL = 300
"""Characters of a paragraph that are looked at; so a page of megabytes stays linear."""
_WIDEST_COLUMN = 60
_CANNOT_BEGIN = tuple("，。、；：？！）》」』”’】,.;:?!)]%")
_NEVER_CONTINUED = frozenset({Shape.DATE, Shape.FOLIO, Shape.SOURCE, Shape.BYLINE})
_OWN_LINE = _NEVER_CONTINUED | {Shape.CAPTION, Shape.HEADING, Shape.LIST_ITEM, Shape.SUBHEAD}
_TITLES = frozenset({Shape.TITLE, Shape.SUBHEAD})
MOST_TITLES = 4
"""Short lines above an article that can be its kicker, headline and subhead; more are no titles."""
_SLACK = 2.5
"""Em by which a full line may be short: a mark or a number that would not fit went to the next."""
_BREAKS_TRIED = 60


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A whole text of the page, its broken lines joined."""

    text: str
    line: int
    """Where it begins, from 1."""
    repairs: tuple[Repair, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Break:
    """A place between two lines of a page."""

    page: Page
    i: int
    """Index of the lower line."""
    first: int
    """Index of the line with which the paragraph above begins."""
    tail: str
    """Its end."""

    @property
    def upper(self) -> Line:
        """The line above."""
        return self.page.lines[self.i - 1]

    @property
    def lower(self) -> Line:
        """The line below."""
        return self.page.lines[self.i]

    @property
    def shape(self) -> Shape:
        """What the paragraph above began as."""
        return self.page.shapes[self.first]

    @property
    def running(self) -> bool:
        """Whether a paragraph of text stands above, no line of its own."""
        return self.shape == Shape.TEXT or (self.shape == Shape.TITLE and self.i - self.first > 1)

    @property
    def lead(self) -> Lead:
        """What the lower line may begin."""
        return self.page.leads[self.i]

    @property
    def full(self) -> bool:
        """Whether the upper line fills its column, and the lower one follows at once."""
        return _fills(self.upper, self.page.column) and not self.lower.blank_before


def _open_mark(at: Break) -> str:
    closing = {**QUOTES, **BRACKETS}.get(unclosed(at.tail))
    return "a quotation or bracket stays open" if closing and closing in at.lower.text else ""


def _cannot_begin(at: Break) -> str:
    return "no line begins with such a mark" if at.lower.text.startswith(_CANNOT_BEGIN) else ""


def _word_cut(at: Break) -> str:
    return "a word is cut in two" if cuts_word(at.tail, at.lower.text) else ""


def _comma(at: Break) -> str:
    return "the sentence goes on after a comma" if at.tail.endswith(tuple("，,、—")) else ""


def _fills_column(at: Break) -> str:
    return "the line fills its column" if at.full and not _new_paragraph(at) else ""


def _goes_on(at: Break) -> str:
    return "the sentence goes on" if at.running and at.lead == Lead.NOTHING else ""


def _new_paragraph(at: Break) -> bool:
    return at.page.indents and at.lower.indented


Rule = Callable[[Break], str]

CERTAIN: tuple[Rule, ...] = (_open_mark, _cannot_begin, _word_cut, _comma)
"""Signs in the text itself."""
REASONS: tuple[Rule, ...] = (*CERTAIN, _fills_column, _goes_on)
"""Why two lines are one text: the first rule with an answer gives the reason that the report shows."""


def mend(lines: Sequence[Line]) -> tuple[Paragraph, ...]:
    """Join the lines that belong together, in time linear in the text.

    A finished sentence ends its paragraph; titles, bylines, numbered lines and captions stand alone. Two other lines
    are joined where one of `REASONS` holds. The strongest is a word of jieba's dictionary that lies across the break:
    between a headline and another text that happens by chance in 0.2 % of pairs, at a random place of a sentence in
    45 % (measured on 4,000 pairs each of `domain_news`, our own news sentences).
    """
    page = _page(tuple(lines))
    reasons = _reasons(page)
    starts = [i for i, reason in enumerate(reasons) if not reason]
    return tuple(_paragraph(page.lines[a:b], reasons[a:b]) for a, b in pairwise([*starts, len(lines)]))


def _reasons(page: Page) -> list[str]:
    """For each line why it is joined to the one above; empty where a paragraph begins."""
    reasons: list[str] = []
    tail, first = "", 0
    for i, line in enumerate(page.lines):
        reason = why_joined(Break(page, i, first, tail)) if i else ""
        if not reason:
            tail, first = "", i
        tail = glue(tail, line.text)[-_TAIL:]
        reasons.append(reason)
    return reasons


def why_joined(at: Break) -> str:
    """The reason to join the lines at this break; empty where they stay apart."""
    if _stands_alone(at):
        return ""
    if ends_sentence(at.tail):
        hangs = at.full and at.page.parts_paragraphs and not _new_paragraph(at) and at.lead == Lead.NOTHING
        return "the paragraph goes on: nothing parts the lines" if hangs else ""
    return next(filter(None, (rule(at) for rule in _rules(at))), "")


def _stands_alone(at: Break) -> bool:
    lower = at.page.shapes[at.i]
    begins = lower in _OWN_LINE or is_dateline(at.lower.text) or (at.lead == Lead.ARTICLE and not at.full)
    return begins or at.shape in _NEVER_CONTINUED


def _rules(at: Break) -> tuple[Rule, ...]:
    """Which rules may speak: a short line of its own is probably a title, and must not swallow what follows."""
    if at.running:
        return REASONS
    if at.shape in {Shape.LIST_ITEM, Shape.CAPTION}:
        return (*CERTAIN, _fills_column)
    if at.lower.blank_before and "，" not in at.tail:
        return ()
    return (_open_mark, _word_cut, _fills_column)


def cuts_word(upper: str, lower: str) -> bool:
    """Whether a word of jieba's dictionary lies across the break."""
    place, start = len(upper[-_NEAR:]), 0
    for word in _cut()(upper[-_NEAR:] + lower[:_NEAR]):
        if start < place < start + len(word):
            return not word.isascii()
        start += len(word)
    return False


@cache
def _cut() -> Cut:
    return dictionary_cutter()


def glue(upper: str, lower: str) -> str:
    """Two lines as one text: a space only between Latin letters, where the line end stood for one."""
    latin = re.search(r"[A-Za-z,.;]\Z", upper[-1:]) and re.match(r"[A-Za-z]", lower) and upper[-2:].isascii()
    return f"{upper} {lower}" if latin else upper + lower


def _paragraph(lines: Sequence[Line], reasons: Sequence[str]) -> Paragraph:
    repairs = tuple(
        Repair(upper.number, lower.number, upper.text[-SHOWN:], lower.text[:SHOWN], reason)
        for (upper, lower), reason in zip(pairwise(lines), reasons[1:], strict=True)
    )
    return Paragraph(glued([line.text for line in lines]), lines[0].number, repairs)


def glued(texts: Sequence[str]) -> str:
    """Lines as one text."""
    spaced = [
        lower if glue(upper[-2:], lower) == upper[-2:] + lower else f" {lower}" for upper, lower in pairwise(texts)
    ]
    return "".join([*texts[:1], *spaced])


def _page(lines: tuple[Line, ...]) -> Page:
    column = _column(lines)
    shapes = tuple(_shape(line, following, column) for line, following in zip_longest(lines, lines[1:]))
    indented = sum(line.indented for line in lines)
    indents = 0 < indented < len(lines) and indented >= len(lines) / 20
    return Page(lines, shapes, _leads(lines, shapes), column, indents)


def _shape(line: Line, following: Line | None, column: float) -> Shape:
    """A short line that fills its column, its paragraph going on below it, is no title."""
    goes_on = following is not None and not (following.blank_before or following.indented) and _fills(line, column)
    found = shape(line.text)
    return Shape.TEXT if goes_on and found == Shape.TITLE else found


def _fills(line: Line, column: float) -> bool:
    return column > 0 and width(line.text) + 2 * line.indented >= column - _SLACK


def _leads(lines: Sequence[Line], shapes: Sequence[Shape]) -> tuple[Lead, ...]:
    """For each line what it may begin, walking upwards."""
    leads: list[Lead] = []
    no_byline = below = past = len(lines)  # the next line that is no byline; that is no title; and behind its bylines
    for i in range(len(lines) - 1, -1, -1):
        is_title = shapes[i] in _TITLES
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
