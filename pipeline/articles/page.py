"""A plain-text newspaper page: whole paragraphs to articles, each with its titles, body and bylines."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, zip_longest

from pipeline.articles.credits import bracketed_byline
from pipeline.articles.lines import lines
from pipeline.articles.mend import Paragraph, mend
from pipeline.articles.setting import MOST_TITLES
from pipeline.articles.shapes import BULLET, Shape, fields, is_dateline, said_date, said_source, shape
from pipeline.document import BlockKind, Draft, DraftBlock

_BODY = {
    Shape.TEXT: BlockKind.PARAGRAPH,
    Shape.TITLE: BlockKind.PARAGRAPH,
    Shape.SUBHEAD: BlockKind.PARAGRAPH,
    Shape.DATE: BlockKind.PARAGRAPH,
    Shape.CAPTION: BlockKind.CAPTION,
    Shape.HEADING: BlockKind.HEADING,
    Shape.LIST_ITEM: BlockKind.LIST_ITEM,
    Shape.BYLINE: BlockKind.BYLINE,
}


_SOURCES = frozenset({Shape.SOURCE, Shape.FOLIO})


class Part(enum.Enum):
    """What a run of paragraphs is to its article."""

    NOTE = enum.auto()
    """Date, source or folio."""
    TITLES = enum.auto()
    BYLINES = enum.auto()
    BODY = enum.auto()


_PART = {
    Shape.DATE: Part.NOTE,
    Shape.FOLIO: Part.NOTE,
    Shape.SOURCE: Part.NOTE,
    Shape.TITLE: Part.TITLES,
    Shape.SUBHEAD: Part.TITLES,
    Shape.BYLINE: Part.BYLINES,
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph and its shape."""

    paragraph: Paragraph
    shape: Shape

    def block(self, kind: BlockKind) -> DraftBlock:
        """As a block; a list item without its bullet, which the page draws."""
        text = self.paragraph.text
        return DraftBlock(
            kind, BULLET.sub("", text, count=1) if kind == BlockKind.LIST_ITEM else text, self.paragraph.line
        )


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbours that are the same part of an article."""

    part: Part
    pieces: tuple[Piece, ...]


def read_page(text: str) -> tuple[Draft, ...]:
    """The articles of a page, in order.

    Titles are the short lines above a text: the one nearest the text is the headline, what stands above it is kicker,
    a line that begins with a dash is the subhead. An article ends where bylines stand below its text, or where short
    lines lead to a dateline, to a byline above a text, or are two and more; one short line inside an article is a
    heading. Bylines come last, wherever they stood. A date or source above the first title is that of all articles.
    """
    runs = _runs(mend([replace(line, text=part) for line in lines(text) for part in fields(line.text)]))
    starts = [k for k, begins in enumerate(_begins(runs)) if begins]
    head = runs[0].pieces if runs and runs[0].part == Part.NOTE else ()
    return tuple(_draft(runs[a:b], head) for a, b in pairwise([*starts, len(runs)]))


def _runs(paragraphs: Iterable[Paragraph]) -> list[Run]:
    pieces = (Piece(part, shape(part.text)) for paragraph in paragraphs for part in _apart(paragraph))
    return [Run(part, tuple(run)) for part, run in groupby(pieces, lambda piece: _PART.get(piece.shape, Part.BODY))]


def _apart(paragraph: Paragraph) -> tuple[Paragraph, ...]:
    """A paragraph, and apart from it the byline in brackets with which it may end."""
    byline = bracketed_byline(paragraph.text) if shape(paragraph.text) == Shape.TEXT else ""
    if not byline:
        return (paragraph,)
    last_line = paragraph.repairs[-1].last_line if paragraph.repairs else paragraph.line
    body = replace(paragraph, text=paragraph.text.removesuffix(byline).rstrip())
    return body, Paragraph(byline, last_line)


def _begins(runs: Sequence[Run]) -> Iterator[bool]:
    """For each run whether an article begins with it."""
    has_body = closed = False
    for k, run in enumerate(runs):
        begins = k == 0 or (has_body and _begins_article(runs, k, closed=closed))
        if begins:
            has_body = closed = False
        has_body = has_body or run.part == Part.BODY
        closed = closed or (has_body and run.part == Part.BYLINES)
        yield begins


def _begins_article(runs: Sequence[Run], k: int, *, closed: bool) -> bool:
    if runs[k].part == Part.BODY:
        return closed and is_dateline(runs[k].pieces[0].paragraph.text)
    if runs[k].part != Part.TITLES:
        return False
    return closed or _leads_to_article(runs, k)


def _leads_to_article(runs: Sequence[Run], k: int) -> bool:
    following = [run for run in runs[k + 1 : k + 5] if run.part != Part.NOTE]
    if not following:
        return False
    if following[0].part == Part.BYLINES:
        return len(following) > 1 and following[1].part == Part.BODY
    return 1 < len(runs[k].pieces) <= MOST_TITLES or is_dateline(following[0].pieces[0].paragraph.text)


def _draft(runs: Sequence[Run], head: Sequence[Piece]) -> Draft:
    """One article from its runs; `head` is what stands above the page's first title."""
    above = next((k for k, run in enumerate(runs) if run.part == Part.BODY), len(runs))
    notes = [*head, *(piece for run in runs[:above] if run.part == Part.NOTE for piece in run.pieces)]
    titles = [piece for run in runs[:above] if run.part == Part.TITLES for piece in run.pieces]
    bylines = [piece.block(BlockKind.BYLINE) for run in runs if run.part == Part.BYLINES for piece in run.pieces]
    pieces = [piece for run in runs for piece in run.pieces]
    return Draft(
        blocks=(*_titles(titles), *_body(runs[above:]), *bylines),
        date=_said([piece for piece in notes if piece.shape != Shape.SOURCE], said_date),
        source=_said([piece for piece in [*notes, *pieces] if piece.shape in _SOURCES], said_source),
        repairs=tuple(repair for piece in pieces for repair in piece.paragraph.repairs),
    )


def _said(pieces: Iterable[Piece], said: Callable[[str], str]) -> str:
    """The last thing said: what stands nearest to the article is its own."""
    return next((found for piece in reversed(list(pieces)) if (found := said(piece.paragraph.text))), "")


def _titles(titles: Sequence[Piece]) -> Iterator[DraftBlock]:
    """Kickers, the headline, subheads; of too many short lines the first is the headline."""
    if len(titles) > MOST_TITLES:
        yield titles[0].block(BlockKind.HEADLINE)
        yield from (piece.block(BlockKind.PARAGRAPH) for piece in titles[1:])
        return
    plain = [piece for piece in titles if piece.shape == Shape.TITLE] or titles
    yield from (piece.block(BlockKind.KICKER) for piece in plain[:-1])
    yield from (piece.block(BlockKind.HEADLINE) for piece in plain[-1:])
    yield from (piece.block(BlockKind.SUBHEAD) for piece in titles if piece not in plain)


def _body(runs: Sequence[Run]) -> Iterator[DraftBlock]:
    for run, following in zip_longest(runs, runs[1:]):
        heads = len(run.pieces) == 1 and following is not None and following.part == Part.BODY
        for piece in run.pieces:
            if run.part == Part.TITLES and heads:
                yield piece.block(BlockKind.HEADING)
            elif run.part != Part.BYLINES and piece.shape not in _SOURCES:
                yield piece.block(_BODY[piece.shape])
