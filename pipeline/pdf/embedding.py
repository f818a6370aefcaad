"""Fonts go into the PDF as they are in the page: cut already, and so the same with or without a library to cut them.

WeasyPrint cuts each font once more: with libharfbuzz-subset where that is installed; with fontTools, slowly, to other
bytes, where it is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.pdf import fonts

_subset = fonts.Font.subset


@contextmanager
def fonts_as_they_are() -> Iterator[None]:
    """WeasyPrint leaves fonts uncut while the context lasts."""
    fonts.Font.subset = _leave
    try:
        yield
    finally:
        fonts.Font.subset = _subset


def _leave(font: Any, to_unicode: Any, hinting: Any) -> None:  # noqa: ANN401  (WeasyPrint is not typed)
    """WeasyPrint's `Font.subset`, doing nothing for the page's own fonts, none of which is variable."""
    if "fvar" in font.tables:
        _subset(font, to_unicode, hinting)
