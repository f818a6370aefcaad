"""`make gallery`: pictures of the shipped articles' pages in several layouts, for the README and for looking at."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image

from pipeline import build, layout, pdf
from pipeline.build.press import style_of
from pipeline.cli.screen import screen
from pipeline.document import Bulletin
from pipeline.project import Choices, Project

GALLERY = Path("docs") / "gallery"
PICTURES = {
    "side-by-side": ("side-by-side", "gazette", (1,)),
    "side-by-side-inner": ("side-by-side", "gazette", (4,)),
    "facing": ("facing", "gazette", (1, 2)),
    "stacked": ("stacked", "brief", (1,)),
    "chinese": ("chinese", "gazette", (1,)),
    "english": ("english", "brief", (1,)),
}
"""File name to layout, theme, and the pages that stand beside each other on the picture."""
SCALE = 100 / 72
"""Pixels a point: 100 a printed inch can be read on a screen and weigh little."""
COLOURS = 64


def main() -> None:
    """Draws the first article's pages; other pictures in the gallery are left as they are."""
    project = Project.at(Path(), Choices())
    with screen() as shown:
        run = build.Run(shown, debug=False)
        bulletin = next(iter(build.bulletins(project, project.plan(force=True).stale, run))).content
    style = style_of(project.settings)
    drawn = {name: picture(bulletin, style, *wanted) for name, wanted in PICTURES.items()}
    GALLERY.mkdir(exist_ok=True)
    for name, page in drawn.items():
        # The octree keeps the one colour among the greys, which is on few dots.
        small = page.quantize(COLOURS, method=Image.Quantize.FASTOCTREE)
        small.save(GALLERY / f"{name}.png", optimize=True)


def picture(bulletin: Bulletin, style: layout.Style, name: str, theme: str, pages: tuple[int, ...]) -> Image.Image:
    """Pages, from 1, of the bulletin in a layout and a theme."""
    printed = pdf.to_pdf(layout.to_html(bulletin, replace(style, layout=name, theme=theme)))
    with pypdfium2.PdfDocument(printed) as document:
        parts = [document[number - 1].render(scale=SCALE).to_pil() for number in pages]
    whole = Image.new("RGB", (sum(part.width for part in parts), parts[0].height), "white")
    for number, part in enumerate(parts):
        whole.paste(part, (number * parts[0].width, 0))
    return whole


if __name__ == "__main__":
    main()
