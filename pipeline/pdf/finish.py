"""What WeasyPrint leaves out of a PDF: page labels, what a link is called, an identifier made from the content."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from pipeline.errors import LayoutError
from pipeline.pdf.facing import parted

FALLBACK = "Source-Sans-3"
"""PostScript name of the font that `pipeline.pdf.press` leaves in sight of fontconfig, which needs one."""


def finished(pdf: bytes, *, facing: bool) -> bytes:
    """The PDF with page labels and named links, its sheets parted where pages are to face each other."""
    with Pdf.open(io.BytesIO(pdf)) as opened:
        _refuse_fallback(opened)
        if facing:
            parted(opened)
        else:
            opened.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        for page in opened.pages:
            _name_links(page)
        written = io.BytesIO()
        opened.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


def _refuse_fallback(opened: Pdf) -> None:
    """The one font that lies outside of the page stands in for what the page's own have not."""
    for font in opened.objects:
        if isinstance(font, Dictionary) and FALLBACK in str(font.get("/FontName", "")):
            raise LayoutError(
                f"the page's own fonts lack a character, and it was set in {FALLBACK}",
                remedy="write every character that the style sheet makes into the style sheet as itself",
            )


def _name_links(page: pikepdf.Page) -> None:
    """PDF/UA-1, 7.18.5: a link says where it leads."""
    for annotation in page.get("/Annots", Array()):
        if annotation.get("/Subtype") == Name.Link and "/Contents" not in annotation:
            annotation.Contents = String(f"→ {annotation.get('/Dest', '')}")
