"""Where in the English a stretch of the source landed, by the model's attention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.english import Span
from pipeline.translate.engine import Attention


def landed(attention: Attention, text: str, source: Span, *, after: int = 0) -> Span | None:
    """The words of `text` from offset `after` on that the model wrote while it looked at the source's characters.

    Of several stretches the one that drew the most attention; an empty span where no word looked there first of all:
    the place that drew the most. None where no English is left. Attention as alignment after Bahdanau et al. 2015.
    """
    columns = [j for j, piece in enumerate(attention.source) if piece[0] < source[1] and source[0] < piece[1]]
    rows = [i for i, piece in enumerate(attention.target) if _begin(piece, text) >= after]
    if not rows or not columns:
        return None
    mass = {i: sum(attention.weights[i][j] for j in columns) for i in rows}
    looking = [i for i in rows if _strongest(attention.weights[i]) in columns]
    if not looking:
        most = max(rows, key=mass.__getitem__)
        at = max(after, _word_start(text, _begin(attention.target[most], text)))
        return at, at
    best = max(_stretches(looking), key=lambda stretch: sum(mass[i] for i in stretch))
    begin, end = _begin(attention.target[best[0]], text), attention.target[best[-1]][1]
    while begin < end and not text[end - 1].isalnum():  # a full stop looks back at anything
        end -= 1
    return max(after, _word_start(text, begin)), _word_end(text, end)


def _strongest(weights: Sequence[float]) -> int:
    return max(range(len(weights)), key=weights.__getitem__)


def _begin(piece: Span, text: str) -> int:
    """Where a piece's letters begin: SentencePiece counts the blank before a word to it."""
    begin, end = piece
    return begin + 1 if begin < end and text[begin].isspace() else begin


def _stretches(rows: Sequence[int]) -> Iterator[list[int]]:
    """Rows that follow one another, a gap of one allowed: the "of" in "Bank of China" looks elsewhere."""
    stretch: list[int] = []
    for row in rows:
        if stretch and row - stretch[-1] > 2:  # noqa: PLR2004 - a gap of one
            yield stretch
            stretch = []
        stretch.append(row)
    yield stretch


def _word_start(text: str, at: int) -> int:
    while 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    while 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum():
        at += 1
    return at
