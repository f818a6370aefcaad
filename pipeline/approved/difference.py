"""What changed between two texts, word by word, for people to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

_TOKENS = re.compile(r"\s+|[a-zA-Z\u00c0-\u024f'’]+|\d[\d.,]*|.", re.DOTALL)

_REWRITTEN = 2 / 3
"""Of the words of both texts: where more differ, the few that are the same by chance only confuse."""


class Piece(NamedTuple):
    """A stretch of text: in both, only in the old, or only in the new."""

    kind: Literal["same", "old", "new"]
    text: str


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of both texts in order; those of kind same and old make `old`, those of same and new `new`.

    Words of English, figures, and single Chinese characters are never cut. The fewest insertions and deletions
    (Hyyrö 2004, by rapidfuzz).
    """
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    return tuple(_joined(_pieces(before, after)))


def readable(old: str, new: str) -> tuple[Piece, ...]:
    """`difference` in fewer pieces, the old before the new: changes that no more than one word parts are one.

    Where more than two thirds of the words differ, both texts are shown whole.
    """
    runs = tuple(_runs(difference(old, new)))
    differ = sum(_words(before) + _words(after) for changed, before, after in runs if changed)
    if differ > _REWRITTEN * (_words(old) + _words(new)):
        runs = ((True, old, new),)
    return tuple(piece for run in runs for piece in _shown(*run))


def _runs(pieces: tuple[Piece, ...]) -> Iterator[tuple[bool, str, str]]:
    """Whether a stretch differs, and what it is in the old and in the new text."""

    def differs(at: int) -> bool:
        return pieces[at].kind != "same" or (0 < at < len(pieces) - 1 and _words(pieces[at].text) <= 1)

    for changed, places in groupby(range(len(pieces)), differs):
        run = [pieces[at] for at in places]
        before, after = ("".join(piece.text for piece in run if piece.kind != other) for other in ("new", "old"))
        yield changed, before, after


def _shown(changed: bool, before: str, after: str) -> Iterator[Piece]:  # noqa: FBT001 - a run, taken apart
    if not changed:
        yield Piece("same", before)
        return
    if before:
        yield Piece("old", before)
    if after:
        yield Piece("new", after)


def _words(text: str) -> int:
    """Words, figures and Chinese characters; no marks and blanks."""
    return sum(token[0].isalnum() for token in _TOKENS.findall(text))


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    for step in Indel.opcodes(before, after):
        if step.tag == "equal":
            yield Piece("same", "".join(before[step.src_start : step.src_end]))
            continue
        if gone := "".join(before[step.src_start : step.src_end]):
            yield Piece("old", gone)
        if come := "".join(after[step.dest_start : step.dest_end]):
            yield Piece("new", come)


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """Neighbours of one kind as one piece."""
    runs: list[Piece] = []
    for piece in pieces:
        if runs and runs[-1].kind == piece.kind:
            runs[-1] = Piece(piece.kind, runs[-1].text + piece.text)
        else:
            runs.append(piece)
    return runs
