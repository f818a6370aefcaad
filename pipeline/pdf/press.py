"""WeasyPrint, made to fail where it would log and go on; only this package knows it."""

from __future__ import annotations

import gc
import logging
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fontpkg_source_sans_3

from pipeline.errors import LayoutError

_TOLERATED = ("Ignored ", "Expected a media type", "Invalid media type", "Unsupported ")
"""Beginnings of what WeasyPrint says of style that is meant for browsers."""


def printed(html: str, *, variant: str) -> bytes:
    """The HTML as WeasyPrint prints it, before our finishing.

    Args:
        html: a self-contained page.
        variant: WeasyPrint's name of the kind of PDF, such as `pdf/ua-1`.

    Raises:
        LayoutError: a picture or style that is not in the page, a font that cannot be read, a glyph that is missing.
    """
    with _surroundings(), _complaints() as complaints:
        # Here, since WeasyPrint reads the fonts' configuration as it is imported.
        import weasyprint  # noqa: PLC0415
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
        from weasyprint.urls import URLFetcher  # noqa: PLC0415

        from pipeline.pdf.embedding import fonts_as_they_are  # noqa: PLC0415
        from pipeline.pdf.justify import flush_chinese  # noqa: PLC0415
        from pipeline.pdf.pages import pages_known  # noqa: PLC0415
        from pipeline.pdf.rows import rows_in_step  # noqa: PLC0415
        from pipeline.pdf.spaces import hanging_spaces  # noqa: PLC0415
        from pipeline.pdf.tags import cell_languages  # noqa: PLC0415

        fonts = FontConfiguration()
        fetcher = URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
        page = weasyprint.HTML(string=html, url_fetcher=fetcher, media_type="print")
        with flush_chinese(), hanging_spaces(), rows_in_step(), cell_languages(), fonts_as_they_are(), pages_known():
            document = page.render(font_config=fonts, pdf_variant=variant, pdf_tags=True)
            _refuse(complaints)
            pdf: bytes = document.write_pdf(pdf_variant=variant, pdf_tags=True)
            _refuse(complaints)
    return pdf


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector of garbage, which walks over all boxes of all pages again and again and frees next to none.

    To be had around the whole of WeasyPrint's work: then its boxes are garbage, and young, when the collector is back.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _refuse(complaints: Sequence[str]) -> None:
    for complaint in complaints:
        raise LayoutError(
            f"the page cannot be printed: {complaint}", remedy="see the theme's templates and style sheet"
        )


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """What WeasyPrint logs as a warning or an error, but for style meant for browsers."""
    told: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            message = record.getMessage()
            if not message.startswith(_TOLERATED):
                told.append(message)

    ear, log = Ear(logging.WARNING), logging.getLogger("weasyprint")
    log.addHandler(ear)
    try:
        yield told
    finally:
        log.removeHandler(ear)


@contextmanager
def _surroundings() -> Iterator[None]:
    """The system's fonts are out of sight and time stands still: a page gives the same bytes on every machine."""
    with tempfile.TemporaryDirectory(prefix="bulletin-fonts-") as folder:
        configuration = Path(folder) / "fonts.conf"
        configuration.write_text(
            f"<fontconfig><dir>{fontpkg_source_sans_3.ROOT / 'files'}</dir><cachedir>{folder}</cachedir></fontconfig>",
            encoding="utf-8",
        )
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "0")
        with _environment({"FONTCONFIG_FILE": str(configuration), "SOURCE_DATE_EPOCH": epoch}):
            yield


@contextmanager
def _environment(values: Mapping[str, Any]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
