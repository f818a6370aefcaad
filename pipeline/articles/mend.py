"""Lines that the printed page broke, put together again: each mending has its reason, from a named list of rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.articles.lines import Line
from pipeline.articles.setting import Lead, Page, cuts_word, fills, first_word, last_word, read_setting
from pipeline.articles.shapes import Shape, ends_sentence, is_dateline, shape
from pipeline.document import Repair
from pipeline.segment.brackets import BRACKETS, QUOTES, unclosed

SHOWN = 8
"""Characters of each side that a repair shows."""
_TAIL = 300
"""Characters of a paragraph that are looked at; so a page of megabytes stays linear."""
_CANNOT_BEGIN = tuple("，。、；：？！）》」』”’】,.;:?!)]%")
_NEVER_LAST = frozenset("和与及将也在对从向由把被是并而或就一的着以") | {"以及", "进一步", "着力"}
_NEVER_FIRST = frozenset("的了着和与及")
_NEVER_CONTINUED = frozenset({Shape.DATE, Shape.FOLIO, Shape.SOURCE, Shape.BYLINE})
_OWN_LINE = _NEVER_CONTINUED | {Shape.CAPTION, Shape.HEADING, Shape.LIST_ITEM, Shape.SUBHEAD}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A whole text of the page, its broken lines joined."""

    text: str
    line: int
    """Where it begins, from 1."""
    repairs: tuple[Repair, ...] = ()


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
        grown = self.shape == Shape.TITLE and self.i - self.first > 1
        return self.shape == Shape.TEXT or (grown and shape(self.tail) == Shape.TEXT)

    @property
    def lead(self) -> Lead:
        """What the lower line may begin."""
        return self.page.leads[self.i]

    @property
    def full(self) -> bool:
        """Whether the upper line fills its column, and the lower one follows at once."""
        return fills(self.upper, self.page.column) and not self.lower.blank_before


def _open_mark(at: Break) -> str:
    closing = {**QUOTES, **BRACKETS}.get(unclosed(at.tail))
    return "a quotation or bracket stays open" if closing and closing in at.lower.text else ""


def _cannot_begin(at: Break) -> str:
    return "no line begins with such a mark" if at.lower.text.startswith(_CANNOT_BEGIN) else ""


def _word_cut(at: Break) -> str:
    return "a word is cut in two" if cuts_word(at.tail, at.lower.text) else ""


def _cannot_part(at: Break) -> str:
    loose = last_word(at.tail) in _NEVER_LAST or first_word(at.lower.text) in _NEVER_FIRST
    return "no line ends or begins with such a word" if loose else ""


def _comma(at: Break) -> str:
    return "the sentence goes on after a comma" if at.tail.endswith(tuple("，,、—")) else ""


def _fills_column(at: Break) -> str:
    return "the line fills its column" if at.full and not _new_paragraph(at) else ""


def _goes_on(at: Break) -> str:
    return "the sentence goes on" if at.running and at.lead == Lead.NOTHING else ""


def _new_paragraph(at: Break) -> bool:
    return at.page.indents and at.lower.indented


Rule = Callable[[Break], str]

CERTAIN: tuple[Rule, ...] = (_open_mark, _cannot_begin, _word_cut, _comma, _cannot_part)
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
    page = read_setting(tuple(lines))
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
    if at.lower.blank_before:
        return (_cannot_begin, _word_cut, _cannot_part)
    return (_cannot_begin, _open_mark, _word_cut, _cannot_part, _fills_column)


def glue(upper: str, lower: str) -> str:
    """Two lines as one text: a space only between Latin letters, where the line end stood for one."""
    latin = re.search(r"[A-Za-z][,.;]?\Z", upper[-2:]) and re.match(r"[A-Za-z]", lower)
    acronym = upper[-1:].isupper() and lower[:1].isupper()
    return f"{upper} {lower}" if latin and not acronym else upper + lower


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
