"""How a bulletin looks: the values that `bulletin.toml` and the command line may set."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.errors import ConfigError

LAYOUTS = ("side-by-side", "stacked", "facing", "chinese", "english")
"""Names of the layouts, the default first."""
PAPERS = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4), "A3": (297.0, 420.0)}
"""Papers by name: width and height in millimetres."""

MARGINS, GUTTER = 42.0, 9.0
"""Millimetres beside the text and between its columns, as the shipped themes have them."""
POINT = 25.4 / 72
"""Millimetres in a point."""

_HAIR = 0.05
"""Millimetres by which a column is wider than its squares, so that no rounding takes the last one away."""
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_SMALLEST, _LARGEST = 7.0, 16.0
_NARROWEST, _WIDEST = 0.3, 0.6


@dataclass(frozen=True, slots=True)
class Style:
    """Everything about the page that is not the bulletin itself."""

    name_zh: str = "双语公报"
    """The masthead, in Chinese."""
    name_en: str = "The Bilingual Bulletin"
    """The masthead, in English."""
    issue: str = ""
    """Number of the issue, as it is to be printed; may be empty."""
    date: str = ""
    """Date of the issue, as it is to be printed; may be empty."""
    publisher: str = ""
    """Author in the PDF's properties; the masthead's names where empty."""
    layout: str = "side-by-side"
    """One of LAYOUTS."""
    theme: str = "gazette"
    """A shipped theme's name, or the path of a folder made by `bulletin theme copy`."""
    paper: str = "A4"
    """One of PAPERS; for facing pages, the size of one page."""
    size: float = 10.0
    """Size of the Chinese text in points; the English goes with it."""
    ratio: float = 0.36
    """Share of the Chinese column in the width of both; see docs/typography.md for how the default was measured."""
    accent: str = "#7a1f1f"
    """Colour of rules and kickers, #rrggbb."""
    logo: str = ""
    """A data: URI of an SVG or PNG picture for the masthead; empty for none."""
    clean: bool = False
    """Whether review marks, numbers in the gutter and the findings are left out."""

    def __post_init__(self) -> None:
        """Refuses what no page can be set with.

        Raises:
            ConfigError: naming the value and what is possible.
        """
        for problem in self._problems():
            raise ConfigError(problem[0], remedy=problem[1])

    @property
    def chinese_share(self) -> float:
        """The Chinese column's share of the text's width in percent; the gutter belongs to the English column.

        Side by side the column is a whole number of squares wide (clreq 2.3), the nearest to `ratio`.
        """
        width = PAPERS[self.paper][0]
        if self.layout == "facing":
            return 100 * (width - MARGINS) / (width * 2 - MARGINS)
        em = self.size * POINT
        squares = round(self.ratio * (width - MARGINS - GUTTER) / em)
        return 100 * (squares * em + _HAIR) / (width - MARGINS)

    def _problems(self) -> tuple[tuple[str, str], ...]:
        checks = (
            (self.layout in LAYOUTS, f"there is no layout “{self.layout}”", f"choose one of {', '.join(LAYOUTS)}"),
            (self.paper in PAPERS, f"there is no paper “{self.paper}”", f"choose one of {', '.join(PAPERS)}"),
            (_SMALLEST <= self.size <= _LARGEST, f"{self.size} pt is no size to read", "choose 7 to 16"),
            (
                _NARROWEST <= self.ratio <= _WIDEST,
                f"a ratio of {self.ratio} leaves a column too narrow",
                "choose 0.3 to 0.6",
            ),
            (_COLOUR.match(self.accent), f"“{self.accent}” is no colour", "write it as #rrggbb"),
            (
                self.logo == "" or self.logo.startswith("data:image/"),
                "the logo is not a picture in the file",
                "give a data: URI",
            ),
        )
        return tuple((what, remedy) for holds, what, remedy in checks if not holds)
