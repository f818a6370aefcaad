"""The language of each part in the PDF's tags, which WeasyPrint 70 writes for the document only (PDF/UA-1, 7.2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
from weasyprint.pdf import tags

_build_box_tree = tags._build_box_tree  # noqa: SLF001  (there is no other way in; tests/test_pdf.py holds it)


@contextmanager
def cell_languages() -> Iterator[None]:
    """While the context lasts, each tag made from an HTML element with a `lang` says that language."""
    tags._build_box_tree = _with_language  # noqa: SLF001
    try:
        yield
    finally:
        tags._build_box_tree = _build_box_tree  # noqa: SLF001


def _with_language(box: Any, *context: Any) -> Iterator[Any]:  # noqa: ANN401  (WeasyPrint is not typed)
    language = None if box.element is None else box.element.get("lang")
    for element in _build_box_tree(box, *context):
        if language and "Lang" not in element:
            element["Lang"] = pydyf.String(language)
        yield element
