"""The references of a PDF's pages, made once and not once a tag.

pydyf 0.13 makes all of them whenever one is asked for, and WeasyPrint asks with every element of a tagged page: the
time grew with the square of the pages, and at 170 of them this was a fourteenth of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pydyf

_references = pydyf.PDF.page_references


@contextmanager
def pages_known() -> Iterator[None]:
    """While the context lasts, a PDF makes its pages' references anew only where it has more pages than before."""
    pydyf.PDF.page_references = property(references)
    try:
        yield
    finally:
        pydyf.PDF.page_references = _references


def references(pdf: pydyf.PDF) -> tuple[bytes, ...]:
    """As pydyf's own."""
    known: tuple[bytes, ...] = pdf.__dict__.get("_pages_known", ())
    if len(known) * 3 != len(pdf.pages["Kids"]):  # number, generation and R of each page
        known = pdf.__dict__["_pages_known"] = _references.fget(pdf)
    return known
