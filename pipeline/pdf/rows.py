"""A row begins on one page in both languages, which WeasyPrint 70 does not see to.

Where a page's rest takes two lines of English but not two of Chinese, whose lines are further apart, or where a short
paragraph is not to be parted, WeasyPrint begins a row in one cell only and the other cell on the next page. Here the
whole row goes there. What this leans on in WeasyPrint, and tests/test_pdf_justify.py holds: `layout.block.
block_container_layout`, and that a row is not parted where a cell's `break_inside` is `avoid`, asked after its cells
are laid out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block

_block_container_layout = block.block_container_layout


@contextmanager
def rows_in_step() -> Iterator[None]:
    """While the context lasts, no row of a table begins on a page on which one of its cells cannot."""
    block.block_container_layout = block_container_layout
    try:
        yield
    finally:
        block.block_container_layout = _block_container_layout


def block_container_layout(
    context: Any,  # noqa: ANN401  (WeasyPrint's own signature)
    box: Any,  # noqa: ANN401
    bottom_space: float,
    skip_stack: Any,  # noqa: ANN401
    page_is_empty: bool,  # noqa: FBT001
    *how: Any,  # noqa: ANN401
    **more: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """WeasyPrint's `block_container_layout`; a cell that cannot begin here asks that its row be kept whole."""
    begins = isinstance(box, boxes.TableCellBox) and skip_stack is None and box.children
    if begins:
        # Asked anew each time the cell is laid out: on the next page it may be parted again.
        box.own_break_inside = getattr(box, "own_break_inside", box.style["break_inside"])
        box.style["break_inside"] = box.own_break_inside
    laid_out = _block_container_layout(context, box, bottom_space, skip_stack, page_is_empty, *how, **more)
    if begins and not page_is_empty and (laid_out[0] is None or (laid_out[1] and _is_empty(laid_out[0]))):
        box.style["break_inside"] = "avoid"
    return laid_out


def _is_empty(cell: Any) -> bool:  # noqa: ANN401
    return not any(child.is_in_normal_flow() for child in cell.children)
