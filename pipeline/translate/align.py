"""Where in the English a stretch of the source landed, by the model's attention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.english import Span
from pipeline.translate.engine import Attention

_FAINT = 0.1
"""Attention to any word of the source below which an English word belongs to none: "of", "the" and hyphens look at the
full stop and the end of the sentence, where a model rests its eyes."""


def landed(attention: Attention, source: str, text: str, span: Span, *, after: int = 0) -> Span | None:
    """The words of `text` from offset `after` on that the model wrote while it looked at this span of the source.

    Of several stretches the one that drew the most attention; an empty span where no word looked there first of all:
    the place that drew the most. None where no English is left. Attention as alignment after Bahdanau et al. 2015.
    """
    columns = frozenset(j for j, piece in enumerate(attention.source) if piece[0] < span[1] and span[0] < piece[1])
    rows = [i for i, piece in enumerate(attention.target) if _begin(piece, text) >= after]
    if not rows or not columns:
        return None
    solid = [j for j, (a, b) in enumerate(attention.source) if any(letter.isalnum() for letter in source[a:b])]
    mass = {i: sum(attention.weights[i][j] for j in columns) for i in rows}
    stretches = list(_stretches(rows, [_looks_at(attention.weights[i], columns, solid) for i in rows]))
    if not stretches:
        at = max(after, _word_start(text, _begin(attention.target[max(rows, key=mass.__getitem__)], text)))
        return at, at
    first, last = max(stretches, key=lambda stretch: sum(mass[i] for i in range(stretch[0], stretch[1] + 1)))
    begin, end = _begin(attention.target[first], text), attention.target[last][1]
    while begin < end and not text[end - 1].isalnum():  # a full stop looks back at anything
        end -= 1
    return max(after, _word_start(text, begin)), _word_end(text, end)


def _looks_at(weights: Sequence[float], columns: frozenset[int], solid: Sequence[int]) -> bool | None:
    """Whether an English piece looks at these columns first of all; None where it looks at no word of the source."""
    strongest = max(solid, key=weights.__getitem__, default=None)
    return None if strongest is None or weights[strongest] < _FAINT else strongest in columns


def _stretches(rows: Sequence[int], looks: Sequence[bool | None]) -> Iterator[tuple[int, int]]:
    """First and last row of each run that looks there, rows that look at no word included between: "Bank of China"."""
    first, last, misses = -1, -1, 0
    for row, look in zip(rows, looks, strict=True):
        if look:
            first, last, misses = row if first < 0 else first, row, 0
        elif look is False and first >= 0:
            misses += 1
            if misses > 1:  # one word that looks elsewhere is a slip; two are another stretch
                yield first, last
                first = -1
    if first >= 0:
        yield first, last


def _begin(piece: Span, text: str) -> int:
    """Where a piece's letters begin: SentencePiece counts the blank before a word to it."""
    begin, end = piece
    return begin + 1 if begin < end and text[begin].isspace() else begin


def _word_start(text: str, at: int) -> int:
    while 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    while 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum():
        at += 1
    return at
