"""A space at a line's end takes no room, which WeasyPrint 70 forgets where a text ends with it.

A text before a link or another element often ends with a space. Where it fits into the line but for that space, Pango
lets the space hang out; WeasyPrint finds the line too long, starts anew, and breaks it after the first word. What this
leans on in WeasyPrint, and tests/test_pdf_justify.py holds, is `layout.inline.split_first_line`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import inline

_NARROWEST = 0.3
"""No English text of more than a few letters is narrower, in em a letter: longer ones need not be tried."""
_RESUME = 2
"""Where `split_first_line` says at which byte the next line goes on; None if there is none."""

_split_first_line = inline.split_first_line


@contextmanager
def hanging_spaces() -> Iterator[None]:
    """While the context lasts, a text that fits into a line but for the space at its end is left whole."""
    inline.split_first_line = split_first_line
    try:
        yield
    finally:
        inline.split_first_line = _split_first_line


def split_first_line(text: str, style: Any, context: Any, max_width: float | None, *how: Any, **more: Any) -> Any:  # noqa: ANN401  (WeasyPrint's own signature)
    """WeasyPrint's `split_first_line`, asked again without the space where it broke a text that ends with one."""
    split = _split_first_line(text, style, context, max_width, *how, **more)
    if split[_RESUME] is None or max_width is None or not text.endswith(" "):
        return split
    if len(text) * _NARROWEST * style["font_size"] > max_width:
        return split
    bare = _split_first_line(text.rstrip(" "), style, context, max_width, *how, **more)
    if bare[_RESUME] is not None:
        return split
    return _split_first_line(text, style, context, max_width + style["font_size"], *how, **more)
