"""Bulletin → `report.html`: one self-contained page on how good a bulletin is, and one over all bulletins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.check import DOUBTED_BELOW
from pipeline.document import Bulletin, PairOrigin
from pipeline.quality.facts import facts
from pipeline.quality.plots import HEIGHT, WIDTH, histogram, scatter, stacked

__all__ = ["Entry", "Look", "overview_html", "to_html"]

_TEMPLATES = Path(__file__).parent / "templates"
_FONTS = "/* fonts */"


@dataclass(frozen=True, slots=True)
class Look:
    """What the report takes from the settings of the page."""

    name_zh: str = "双语公报"
    name_en: str = "The Bilingual Bulletin"
    accent: str = "#7a1f1f"
    faces: Callable[[str, str], str] = lambda _text, _css: ""
    """From a page's text and style sheet to the @font-face rules for it; without them a reader's own fonts must do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A bulletin's line in the overview."""

    href: str
    """Relative address of its report."""
    title_zh: str
    title_en: str
    date: str
    counts: Mapping[str, int]
    """sentences, reviewed, fixed, memory, model, forced, errors, warnings, notes, ignored, doubtful."""


def to_html(bulletin: Bulletin, *, href: str, look: Look | None = None) -> str:
    """The report on a bulletin as one HTML file that fetches nothing and runs nothing; `href` leads to its page."""
    told = facts(bulletin)
    pairs = [bulletin.pairs[sentence.id] for article in bulletin.articles for sentence in article.sentences()]
    doubtful = frozenset(doubt.pair.sentence.id for doubt in told.doubts)
    return _filled(
        "report.html",
        look or Look(),
        facts=told,
        href=href,
        histogram=histogram(pairs, DOUBTED_BELOW),
        scatter=scatter(pairs, doubtful),
        size=(WIDTH, HEIGHT),
        stacked=stacked,
    )


def overview_html(entries: Sequence[Entry], *, look: Look | None = None) -> str:
    """The overview of all bulletins, `output/report.html`: a line each, those that most need a look first."""
    ranked = sorted(entries, key=lambda entry: (-entry.counts["errors"], -entry.counts["warnings"], entry.href))
    names = sorted({name for entry in entries for name in entry.counts})
    sums = {name: sum(entry.counts[name] for entry in entries) for name in names}
    origins = [str(origin) for origin in PairOrigin]
    return _filled("overview.html", look or Look(), entries=ranked, sums=sums, origins=origins, stacked=stacked)


def _decimal(value: float | None, places: int) -> str:
    """A number as it is printed, with a minus sign that is none of a hyphen; a dash for None."""
    return "–" if value is None else f"{value:.{places}f}".replace("-", "−")


@cache
def _environment() -> Environment:
    """Compiles the templates once."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["decimal"] = _decimal
    return environment


def _filled(template: str, look: Look, **values: object) -> str:
    css = (_TEMPLATES / "report.css").read_text("utf-8")
    html = _environment().get_template(template).render(css=css, look=look, **values)
    return html.replace(_FONTS, look.faces(html, css), 1)
