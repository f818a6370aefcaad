"""Chinese set flush on both sides, which WeasyPrint 70 does not do: it stretches spaces, and Chinese has none.

`flush_chinese` puts our way of aligning a line in the place of WeasyPrint's own for as long as a PDF is made. What is left of
a Chinese line's width is spread over its characters, never inside a Western word or figure; an opening mark at its start and a
closing one at its end give up the blank half of their square; a gap before or after a Western word vanishes at the line's edge
(W3C *Requirements for Chinese Text Layout*, §§ 3.1.6 and 3.2). Nothing is added to the text, so it is copied as it was written.

What this leans on in WeasyPrint, and tests/test_pdf_justify.py holds: `layout.inline.text_align` and `justify_line`, boxes
with `position_x`, `width`, margins and `children`, text boxes with `text`, `style` and `pango_layout`, and
`text.line_break.Layout.get_first_line()`, from whose glyphs the PDF is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, pairwise
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.ffi import TO_UNITS, ffi
from weasyprint.text.line_break import Layout

WIDEST = 0.5
"""A gap that would grow by more than this share of the type size is worse than a ragged line, so such a line stays ragged."""
OPENING = "（【《「『〈“‘〔"
CLOSING = "。，、）】》」』〉”’〕,"
"""At a line's edge these are half a square; the comma is here since Chinese typed with it is set with the Chinese one."""

Box = Any
"""WeasyPrint's boxes carry no types."""

_WESTERN = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff%‰.\-/&@#$_'+]")
_TWINS = frozenset("—…")

_text_align, _justify_line = inline.text_align, inline.justify_line


@contextmanager
def flush_chinese() -> Iterator[None]:
    """Chinese lines are aligned by this module while the context lasts; all others by WeasyPrint as ever."""
    inline.text_align, inline.justify_line = align, justify
    try:
        yield
    finally:
        inline.text_align, inline.justify_line = _text_align, _justify_line


def align(context: Any, line: Box, available: float, last: bool) -> float:  # noqa: ANN401, FBT001  (WeasyPrint's own signature)
    """WeasyPrint's `text_align`, after a Chinese line's edges are trimmed; returns the line's offset in CSS pixels."""
    if is_chinese(line):
        _trim_start(line)
        _trim_end(line)
        available += _hang(line)
    offset: float = _text_align(context, line, available, last)
    return offset


def justify(context: Any, line: Box, extra: float) -> None:  # noqa: ANN401  (WeasyPrint's own signature)
    """WeasyPrint's `justify_line`: widens a line by `extra` CSS pixels, a Chinese one between its characters."""
    if not is_chinese(line):
        _justify_line(context, line, extra)
        return
    texts = tuple(_texts(line))
    places = growing("".join(box.text for box in texts))
    if not any(places) or extra / sum(places) > WIDEST * line.style["font_size"]:
        return
    gap = extra / sum(places)
    _spread(line, 0.0, iter([gap if place else 0.0 for place in places]))


def is_chinese(line: Box) -> bool:
    """Whether a line belongs to a block whose language is Chinese."""
    return (line.style["lang"] or "").startswith("zh")


def growing(text: str) -> tuple[bool, ...]:
    """For each character whether a gap may grow after it: not inside a Western word, between twin dashes, before a space, at the end."""
    between = (
        right != " " and not (left in _TWINS and left == right) and not (_WESTERN.match(left) and _WESTERN.match(right))
        for left, right in pairwise(text)
    )
    return tuple(chain(between, [False] * bool(text)))


class SpacedLayout(Layout):  # type: ignore[misc]  (WeasyPrint is not typed)
    """A text's Pango layout whose characters stand further apart when drawn: by `gaps`, in CSS pixels, one after each character."""

    def __init__(self, layout: Layout, gaps: Sequence[float]) -> None:
        """Takes the place of a deactivated `layout`; `gaps` is as long as its text."""
        self.text, self.gaps = layout.text, gaps
        self.justification_spacing, self.max_width = layout.justification_spacing, layout.max_width
        self.first_line_direction = layout.first_line_direction
        self.spaced = False

    def setup(self, style: Any) -> None:  # noqa: ANN401  (WeasyPrint's own signature)
        """A new Pango layout, not yet spaced."""
        super().setup(style)
        self.spaced = False

    def get_first_line(self) -> tuple[Any, int | None]:
        """The Pango line, its glyphs widened once."""
        line, index = super().get_first_line()
        if not self.spaced:
            self._space(line)
            self.spaced = True
        return line, index

    def _space(self, line: Any) -> None:  # noqa: ANN401  (a C structure)
        gap_at = dict(zip(_offsets(self.text), self.gaps, strict=True))
        run = line.runs[0]
        while run != ffi.NULL:
            item, glyphs = run.data.item, run.data.glyphs
            starts = [item.offset + glyphs.log_clusters[i] for i in range(glyphs.num_glyphs)]
            for i, start in enumerate(starts):
                if i + 1 == len(starts) or starts[i + 1] != start:
                    glyphs.glyphs[i].geometry.width += round(gap_at[start] * TO_UNITS)
            run = run.next


def _offsets(text: str) -> Iterator[int]:
    """Where each character begins in UTF-8."""
    offset = 0
    for character in text:
        yield offset
        offset += len(character.encode())


def _texts(box: Box) -> Iterator[Box]:
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from _texts(child)


def _spread(box: Box, shift: float, gaps: Iterator[float]) -> float:
    """Moves a box right by `shift` and widens its texts by the next of `gaps`; returns how far what follows it must move."""
    if isinstance(box, boxes.TextBox):
        own = [next(gaps) for _ in box.text]
        box.position_x += shift
        box.width += sum(own)
        box.pango_layout = SpacedLayout(box.pango_layout, own)
        return shift + sum(own)
    if not isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.translate(shift, 0)
        return shift
    box.position_x += 0 if isinstance(box, boxes.LineBox) else shift
    moved = shift
    for child in box.children:
        if child.is_in_normal_flow():
            moved = _spread(child, moved, gaps)
    box.width += moved - shift
    return moved


def _trim_start(line: Box) -> None:
    """Takes away the gap before a Western word that begins the line, and the blank half of an opening mark that does."""
    path = tuple(_path(line, 0))
    first = path[-1]
    # A paragraph's first line is indented: there the mark keeps its whole square.
    taken = _half(first, 0, OPENING) if first.position_x <= line.position_x else 0.0
    first.translate(-taken, 0)
    for parent, box in reversed(tuple(pairwise(path))):
        taken += _without_left_margin(box)
        for later in parent.children[parent.children.index(box) + 1 :]:
            if later.is_in_normal_flow():
                later.translate(-taken, 0)
        parent.width -= taken


def _without_left_margin(box: Box) -> float:
    if not isinstance(box, boxes.InlineBox) or not box.margin_left:
        return 0.0
    margin: float = box.margin_left
    box.margin_left = 0
    for child in box.children:
        child.translate(-margin, 0)
    return margin


def _trim_end(line: Box) -> None:
    """Takes away the gap after a Western word that ends the line."""
    taken = 0.0
    for parent, box in reversed(tuple(pairwise(_path(line, -1)))):
        if isinstance(box, boxes.InlineBox):
            taken += box.margin_right
            box.margin_right = 0
        parent.width -= taken


def _hang(line: Box) -> float:
    """How far a closing mark's blank half may stand out over the line's end."""
    return _half(tuple(_path(line, -1))[-1], -1, CLOSING)


def _half(box: Box, index: int, marks: str) -> float:
    """Half a square if the box's first or last character is one of `marks` and is not yet set half-width."""
    if not isinstance(box, boxes.TextBox) or not box.text or box.text[index] not in marks:
        return 0.0
    features = box.style["font_feature_settings"]
    return 0.0 if features != "normal" and ("halt", 1) in features else box.style["font_size"] / 2


def _path(box: Box, index: int) -> Iterator[Box]:
    """A line and the boxes that begin (index 0) or end (index -1) it, each inside the one before."""
    yield box
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        children = [child for child in box.children if child.is_in_normal_flow()]
        if children:
            yield from _path(children[index], index)
