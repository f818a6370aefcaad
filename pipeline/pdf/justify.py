"""Chinese set flush on both sides, which WeasyPrint 70 does not do: it stretches spaces, and Chinese has none.

`flush_chinese` puts our way of aligning a line in the place of WeasyPrint's for as long as a PDF is made. What is left
of a Chinese line's width is spread over its characters, never inside a Western word or figure. At the line's edges a
mark gives up the blank half of its square, and a Western word its gap (W3C *Requirements for Chinese Text Layout*,
§§ 3.1.6 and 3.2). The space is PDF's own character spacing (operator Tc), which readers do not take for spaces between
words: the text is copied as it was written.

What this leans on in WeasyPrint, and tests/test_pdf_justify.py holds: `layout.inline.text_align` and `justify_line`,
`draw.text.draw_first_line` and `draw_text_decoration`, boxes with `position_x`, `width` and `children`, text boxes with
`text` and `style`, and a stream that is a list of PDF operators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

WIDEST = 0.5
"""Where a gap would grow by more than this share of the type size, the line stays ragged."""
OPENING = "（【《「『〈“‘〔("
CLOSING = "。，、）】》」』〉”’〕,)"
"""At a line's edge these are half a square; the ASCII ones stand for the Chinese ones (see `pipeline.layout.fonts`)."""
GAP = 0.25
"""What a character of a gap font carries after it, in em; see `pipeline.layout.fonts`."""

Box = Any
"""WeasyPrint's boxes carry no types."""

_BREAK = "\u200b"
"""What WeasyPrint makes of <wbr>."""
_UNDIVIDED = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff%‰°+.,:/&@#$€£'_=~*^|<>\[\]\- ]+|[—…]+")
"""What no gap grows inside of: Western words and figures, dashes."""

_text_align, _justify_line = inline.text_align, inline.justify_line
_draw_first_line, _draw_decoration = drawing.draw_first_line, drawing.draw_text_decoration


@contextmanager
def flush_chinese() -> Iterator[None]:
    """Chinese lines are aligned by this module while the context lasts; all others by WeasyPrint as ever."""
    inline.text_align, inline.justify_line = align, justify
    drawing.draw_first_line, drawing.draw_text_decoration = draw, underline
    try:
        yield
    finally:
        inline.text_align, inline.justify_line = _text_align, _justify_line
        drawing.draw_first_line, drawing.draw_text_decoration = _draw_first_line, _draw_decoration


def align(context: Any, line: Box, available: float, last: bool) -> float:  # noqa: ANN401, FBT001  (WeasyPrint's own signature)
    """WeasyPrint's `text_align`, after a Chinese line's edges are trimmed; returns the line's offset in CSS pixels."""
    if is_chinese(line):
        _trim_start(line)
        end = tuple(_path(line, -1))[-1]
        end.blank_right = blank_end(end)
        available += end.blank_right
    offset: float = _text_align(context, line, available, last)
    return offset


def justify(context: Any, line: Box, extra: float) -> None:  # noqa: ANN401  (WeasyPrint's own signature)
    """WeasyPrint's `justify_line`: widens a line by `extra` CSS pixels, a Chinese one between its characters."""
    if not is_chinese(line):
        _justify_line(context, line, extra)
        return
    places = growing([box.text for box in _texts(line)])
    if sum(places) and extra / sum(places) <= WIDEST * line.style["font_size"]:
        _spread(line, 0.0, extra / sum(places), iter(places))


def draw(stream: Any, textbox: Box, *how: Any) -> Any:  # noqa: ANN401  (WeasyPrint's own signature)
    """WeasyPrint's `draw_first_line`, with the character spacing that `justify` gave the text."""
    spacing = getattr(textbox, "character_spacing", 0.0)
    if not spacing:
        return _draw_first_line(stream, textbox, *how)
    stream.stream.append(f"{spacing:.4f} Tc".encode())
    drawn = _draw_first_line(stream, textbox, *how)
    stream.stream.append(b"0 Tc")
    return drawn


def underline(stream: Any, textbox: Box, *how: Any) -> None:  # noqa: ANN401  (WeasyPrint's own signature)
    """WeasyPrint's `draw_text_decoration`, under what shows of a text: blank halves that stand out have no line."""
    place = textbox.position_x, textbox.width
    left, right = getattr(textbox, "blank_left", 0.0), getattr(textbox, "blank_right", 0.0)
    textbox.position_x, textbox.width = place[0] + left, place[1] - left - right
    _draw_decoration(stream, textbox, *how)
    textbox.position_x, textbox.width = place


def is_chinese(line: Box) -> bool:
    """Whether a line belongs to a block whose language is Chinese."""
    return (line.style["lang"] or "").startswith("zh")


def growing(texts: Sequence[str]) -> list[int]:
    """After how many characters of each text of a line a gap may grow.

    After all, but only the last of a Western word or a dash, and only if its word is not going on in the next text.
    """
    places = []
    for text, following in pairwise([*texts, ""]):
        whole = _UNDIVIDED.fullmatch(text) is not None
        goes_on = whole and _UNDIVIDED.match(following) is not None
        places.append(0 if text == _BREAK or goes_on else 1 if whole else len(text))
    last = max((i for i, count in enumerate(places) if count), default=None)
    return [count - (i == last) for i, count in enumerate(places)]


def blank_end(box: Box) -> float:
    """How far a line's last text may stand out, in CSS pixels: a closing mark's blank half, or a gap."""
    if isinstance(box, boxes.TextBox) and " Gap" in box.style["font_family"][0]:
        return float(box.style["font_size"]) * GAP
    return _half(box, -1, CLOSING)


def _is_break(box: Box) -> bool:
    return all(text.text == _BREAK for text in _texts(box))


def _texts(box: Box) -> Iterator[Box]:
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from _texts(child)


def _spread(box: Box, shift: float, gap: float, places: Iterator[int]) -> float:
    """Moves a box right by `shift`, widens its texts; returns how far what follows must move. In CSS pixels."""
    if isinstance(box, boxes.TextBox):
        grown = gap * next(places)
        box.position_x += shift
        box.width += grown
        box.character_spacing = 0.0 if _UNDIVIDED.fullmatch(box.text) else gap
        return shift + grown
    if not isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.translate(shift, 0)
        return shift
    box.position_x += 0 if isinstance(box, boxes.LineBox) else shift
    moved = shift
    for child in box.children:
        if child.is_in_normal_flow():
            moved = _spread(child, moved, gap, places)
    box.width += moved - shift
    return moved


def _trim_start(line: Box) -> None:
    """Takes away the blank half of an opening mark that begins the line."""
    path = tuple(_path(line, 0))
    first = path[-1]
    # A paragraph's first line is indented: there the mark keeps its whole square.
    blank = _half(first, 0, OPENING) if first.position_x <= line.position_x else 0.0
    first.translate(-blank, 0)
    first.blank_left = blank
    for parent, box in pairwise(path):
        parent.width -= blank
        for later in parent.children[parent.children.index(box) + 1 :]:
            if later.is_in_normal_flow():
                later.translate(-blank, 0)


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
        children = [child for child in box.children if child.is_in_normal_flow() and not _is_break(child)]
        if children:
            yield from _path(children[index], index)
