"""A page laid out as for the PDF but not drawn: its cells and lines with their places, for tests of many pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import weasyprint  # noqa: TID251  (what it lays out is what is measured)
from weasyprint.formatting_structure import boxes  # noqa: TID251

from pipeline.pdf.justify import flush_chinese
from pipeline.pdf.press import uncollected
from pipeline.pdf.rows import rows_in_step
from pipeline.pdf.spaces import hanging_spaces

MILLIMETRE = 96 / 25.4
"""CSS pixels."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; places in millimetres from the page's top left."""

    page: int
    """From 1."""
    text: str
    baseline: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Part:
    """What of an element of the page stands on one page."""

    page: int
    classes: str
    """Its class attribute."""
    top: float
    bottom: float
    lines: tuple[Line, ...]


def parts(html: str, tags: tuple[str, ...]) -> tuple[int, list[Part]]:
    """How many pages there are, and the parts of all elements with these tags, page by page in reading order."""
    with uncollected(), flush_chinese(), hanging_spaces(), rows_in_step():
        document = weasyprint.HTML(string=html, media_type="print").render()
    found = [
        part for number, page in enumerate(document.pages, start=1) for part in _parts(page._page_box, tags, number)
    ]
    return len(document.pages), found


def _parts(box: Any, tags: tuple[str, ...], page: int) -> Iterator[Part]:
    for child in getattr(box, "children", ()):
        if child.element_tag in tags and child.element is not box.element:
            classes = child.element.get("class", "")
            top, bottom = child.position_y / MILLIMETRE, (child.position_y + child.margin_height()) / MILLIMETRE
            yield Part(page, classes, top, bottom, tuple(_lines(child, page)))
        else:
            yield from _parts(child, tags, page)


def _lines(box: Any, page: int) -> Iterator[Line]:
    """Lines of the text itself; numbers and marks, which stand outside of it, have none."""
    for child in getattr(box, "children", ()):
        if not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.LineBox):
            yield _line(child, page)
        else:
            yield from _lines(child, page)


def _line(box: Any, page: int) -> Line:
    texts = [text for text in _texts(box) if text.text.strip("\u200b ")]
    return Line(
        page,
        "".join(text.text for text in texts),
        (box.position_y + box.baseline) / MILLIMETRE,
        min((text.position_x for text in texts), default=0) / MILLIMETRE,
        max((text.position_x + text.width for text in texts), default=0) / MILLIMETRE,
    )


def _texts(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.TextBox):
            yield child
        elif child.is_in_normal_flow():
            yield from _texts(child)
