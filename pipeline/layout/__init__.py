"""Bulletin → HTML: one self-contained file, which is also what the PDF is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document import Bulletin
from pipeline.layout import theme
from pipeline.layout.fonts import faces_css
from pipeline.layout.page import page
from pipeline.layout.style import LAYOUTS, PAPERS, Style

__all__ = ["LAYOUTS", "PAPERS", "Entry", "Style", "index_html", "to_html"]

_FONTS = "/* fonts */"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of `output/index.html`."""

    href: str
    """Relative address of the bulletin's HTML."""
    pdf: str
    """Relative address of its PDF; empty where there is none."""
    title_zh: str
    title_en: str
    articles: int
    sentences: int
    findings: int
    date: str = ""
    report: str = ""
    """Relative address of its quality report; empty where there is none."""


def to_html(bulletin: Bulletin, style: Style | None = None) -> str:
    """The bulletin as one HTML file that fetches nothing: fonts, style and script inside, every text escaped.

    Raises:
        LayoutError: a character that no font has.
        ConfigError: a theme that cannot be used.
    """
    style = style or Style()
    return _filled(style, "bulletin.html", page=page(bulletin, style))


def index_html(entries: Sequence[Entry], style: Style | None = None) -> str:
    """The list of bulletins, `output/index.html`; raises as `to_html` does."""
    style = style or Style()
    return _filled(style, "index.html", entries=entries)


def _filled(style: Style, template: str, **values: object) -> str:
    """Fonts are cut from what the page then shows, so they come last."""
    css = theme.text(style.theme, "page.css") + theme.text(style.theme, "bulletin.css")
    script = theme.text(style.theme, "bulletin.js")
    html = theme.render(style.theme, template, css=css, script=script, style=style, **values)
    return html.replace(_FONTS, faces_css(html, css), 1)
