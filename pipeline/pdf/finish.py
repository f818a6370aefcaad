"""What WeasyPrint leaves out of a PDF: page labels, what a link is called, an identifier made from the content."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String


def finished(pdf: bytes) -> bytes:
    """The PDF with page labels and named links, saved so that the same content gives the same bytes."""
    with Pdf.open(io.BytesIO(pdf)) as opened:
        opened.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        for page in opened.pages:
            _name_links(page)
        written = io.BytesIO()
        opened.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


def _name_links(page: pikepdf.Page) -> None:
    """PDF/UA-1, 7.18.5: a link says where it leads."""
    for annotation in page.get("/Annots", Array()):
        if annotation.get("/Subtype") == Name.Link and "/Contents" not in annotation:
            annotation.Contents = String(f"→ {annotation.get('/Dest', '')}")
