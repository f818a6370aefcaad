"""HTML → PDF: tagged, each cell with its language, with bookmarks and page labels; same input, same bytes."""

from __future__ import annotations

import re

from pipeline.pdf.finish import finished
from pipeline.pdf.press import printed, uncollected

__all__ = ["to_pdf"]

_FACING = re.compile(r'\s*<!doctype html>\s*<html[^>]* data-layout="facing"')


def to_pdf(html: str, *, archival: bool = False) -> bytes:
    """The PDF of a page made by `pipeline.layout.to_html`.

    Args:
        html: the page; it holds everything it shows, and nothing is fetched.
        archival: whether it is to be PDF/A-2u rather than PDF/UA-1.

    Raises:
        LayoutError: what WeasyPrint would only have logged: a picture that is not in the page, a missing glyph.
    """
    with uncollected():
        pdf = printed(html, variant="pdf/a-2u" if archival else "pdf/ua-1")
    return finished(pdf, facing=_FACING.match(html) is not None)
