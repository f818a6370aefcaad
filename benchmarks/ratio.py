"""Which share of the width the Chinese column should have: what is in output/, laid out at one share after another.

    .venv/bin/python benchmarks/ratio.py [HTML …]       (all of output/ where none are given)

Each row of the page is as high as its higher cell, so a share is good when the sum over all rows is small. The rows are
WeasyPrint's own boxes on one endless sheet, with flush Chinese as in the PDF; heights are exact, nothing is estimated.
Further columns say how much of the cells' height is blank; by how much of an em a gap between Chinese characters grew
on a usual line (the median) and on a loose one (one in twenty is looser), for the fewer characters stand on a line, the
more its rest shows: that is what the least height is weighed against; and how many lines stayed ragged.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from pipeline.layout import Style  # noqa: E402  (found from here on)

SHARES = (0.30, 0.32, 0.34, 0.36, 0.38, 0.40, 0.42, 0.44, 0.46, 0.50)
ONE_SHEET = """
@page { size: 210mm 9000mm !important }
.masthead, .contents, .terms, .colophon, .notes { display: none }
"""
POINT = 0.75
"""Points in a CSS pixel."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One page at one share."""

    height: float
    """Of all rows, in points."""
    blank: float
    """Share of the cells' height that holds no text."""
    ragged: int
    """Chinese lines, last ones aside, that could not be made flush."""
    gaps: tuple[float, ...]
    """By how much of an em the gaps of each Chinese line grew, last lines aside."""


def measured(html: str, share: float) -> Measured:
    """The rows of a side-by-side page, the Chinese column having `share` of both columns' width."""
    set_ = re.sub(r"--zh: [\d.]+%", f"--zh: {Style(ratio=share).chinese_share:.3f}%", html, count=1)
    rows = list(_rows(set_.replace("</head>", f"<style>{ONE_SHEET}</style></head>", 1)))
    heights = [[cell.children[0].height * POINT if cell.children else 0.0 for cell in row.children] for row in rows]
    highest = sum(max(cells) for cells in heights)
    chinese = [line for row in rows for line in _lines(row.children[0])]
    return Measured(
        height=sum(row.height * POINT for row in rows),
        blank=1 - sum(map(sum, heights)) / (2 * highest),
        ragged=sum(short > 1 for short, _ in chinese),
        gaps=tuple(gap for _, gap in chinese),
    )


def _rows(html: str) -> Iterator[Any]:
    """WeasyPrint's boxes of the rows that hold the pairs."""
    import weasyprint  # noqa: PLC0415, TID251
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415, TID251

    from pipeline.pdf.justify import flush_chinese  # noqa: PLC0415

    with flush_chinese():
        document = weasyprint.HTML(string=html, media_type="print").render()
    for page in document.pages:
        for box in page._page_box.descendants():  # noqa: SLF001  (there is no public way to the boxes)
            if isinstance(box, boxes.TableRowBox) and [cell.element_tag for cell in box.children] == ["td", "td"]:
                yield box


def _lines(cell: Any) -> Iterator[tuple[float, float]]:  # noqa: ANN401  (WeasyPrint is not typed)
    """For each line of a cell but the last: CSS pixels by which it is too short, and em that its gaps grew."""
    for paragraph in cell.children:
        for line in paragraph.children[:-1]:
            texts = [box for box in line.descendants() if hasattr(box, "text") and box.is_in_normal_flow()]
            last = texts[-1]
            grown = max(getattr(box, "character_spacing", 0.0) for box in texts)
            short = paragraph.position_x + paragraph.width - last.position_x - last.width
            yield short, grown / line.style["font_size"]


def main(paths: list[Path]) -> None:
    """A line for each share, all pages together, the least height marked."""
    htmls = [path.read_text(encoding="utf-8") for path in paths]
    table = {}
    print(f"{'share':<7}{'height pt':>10}{'blank':>8}{'gap em':>8}{'loose':>7}{'ragged':>8}{'lines':>7}")
    for share in SHARES:
        pages = [measured(html, share) for html in htmls]
        table[share] = sum(page.height for page in pages)
        blank = sum(page.blank * page.height for page in pages) / table[share]
        gaps = quantiles([gap for page in pages for gap in page.gaps], n=20)
        ragged, lines = sum(page.ragged for page in pages), sum(len(page.gaps) for page in pages)
        print(
            f"{share:<7.2f}{table[share]:>10.0f}{blank:>8.1%}{gaps[9]:>8.3f}{gaps[18]:>7.3f}{ragged:>8}{lines:>7}",
            flush=True,
        )
    best = min(table, key=lambda share: table[share])
    near = [share for share in SHARES if table[share] <= table[best] * 1.02]
    print(f"least at {best:.2f}; within 2 % of it: {', '.join(f'{share:.2f}' for share in near)}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or sorted((ROOT / "output").glob("*/*.html")))
