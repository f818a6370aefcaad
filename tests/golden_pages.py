"""The golden pages: which pages are kept as pictures, how they are drawn, and how two pictures are compared.

    make golden        draws tests/golden/ anew; look at what changed (git diff shows pictures) before you commit it

Compared is what a reader sees from a step away: both pictures are blurred by about a millimetre, so that antialiasing
and shifts of less than half a dot even out, and nowhere may they differ by more than THRESHOLD. Measured on the page
with findings, in parts of the way from black to white: another antialiasing 0.02 to 0.04, half a dot (0.14 mm) to the
right 0.04, a tenth darker 0.03; against a sentence number that is missing 0.08, a column moved by 0.3 mm 0.10, rows
0.3 mm further apart 0.3, a mark that is missing 0.8.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter, ImageOps

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from sample_bulletin import sample  # noqa: E402  (the path first)

from pipeline.layout import Style, to_html  # noqa: E402
from pipeline.pdf import to_pdf  # noqa: E402

GOLDEN = ROOT / "tests" / "golden"
LEFT = ROOT / ".cache" / "golden"
"""Where pictures of pages that differ are left."""
DPI = 90
"""Of the pictures; pages are drawn with FINER times as many dots and then shrunk."""
FINER = 3
INK, STEP = 26, 229 / 15
"""The pictures have 16 shades of grey: the ink's, and from there to white in equal steps."""
BLUR = 3
"""Standard deviation of the blur in dots."""
THRESHOLD = 0.06
"""Share of the way from black to white by which blurred pictures may differ."""

STYLE = Style(name_zh="高新时报", name_en="Gaoxin Times", issue="总第1024期", date="2022-03-05")


@dataclass(frozen=True, slots=True)
class Golden:
    """A page, or two that face each other, of the sample bulletin."""

    style: Style
    pages: tuple[int, ...]
    """From 1; side by side on the picture."""


PAGES: Mapping[str, Golden] = {
    "first": Golden(STYLE, (1,)),
    "inner": Golden(replace(STYLE, clean=True), (2,)),
    "findings": Golden(STYLE, (2,)),
    "facing": Golden(replace(STYLE, layout="facing"), (3, 4)),
    "brief": Golden(replace(STYLE, theme="brief", layout="stacked"), (1,)),
}


@cache
def _pdf(page: str) -> bytes:
    return to_pdf(page)


@cache
def html(style: Style) -> str:
    """The sample bulletin in a style."""
    return to_html(sample(), style)


def drawn(page: str, pages: tuple[int, ...]) -> Image.Image:
    """Pages of an HTML page's PDF, as a grey picture."""
    with pypdfium2.PdfDocument(_pdf(page)) as document:
        scale = FINER * DPI / 72
        fine = [document[n - 1].render(scale=scale, grayscale=True).to_pil().convert("L") for n in pages]
    parts = [picture.reduce(FINER) for picture in fine]
    whole = Image.new("L", (sum(part.width for part in parts), parts[0].height))
    for number, part in enumerate(parts):
        whole.paste(part, (number * parts[0].width, 0))
    return whole


def kept(name: str) -> Image.Image:
    """The picture in tests/golden/."""
    with Image.open(GOLDEN / f"{name}.png") as picture:
        return picture.convert("L")


def differing(before: Image.Image, after: Image.Image) -> Image.Image:
    """By how much each dot differs for the eye; white is from black to white."""
    blur = ImageFilter.GaussianBlur(BLUR)
    return ImageChops.difference(before.filter(blur), after.filter(blur))


def difference(before: Image.Image, after: Image.Image) -> float:
    """The greatest difference of any dot, from 0 to 1; 1 where the pictures are not of one size."""
    return differing(before, after).getextrema()[1] / 255 if before.size == after.size else 1.0


def shown(before: Image.Image, after: Image.Image) -> Image.Image:
    """The page as it is now, pale; on red, with what was there before in blue, where it differs too much."""
    pale = ImageOps.colorize(after, (150, 150, 150), "white")
    if before.size != after.size:
        return pale
    far = differing(before, after).point(lambda level: 255 if level > THRESHOLD * 255 else 0)
    now, then = ImageOps.colorize(after, (120, 0, 0), (255, 190, 190)), ImageOps.colorize(before, (0, 0, 200), "white")
    return Image.composite(ImageChops.multiply(now, then), pale, far)


def save(picture: Image.Image, path: Path) -> None:
    """As a PNG; a grey picture in 16 shades, half a byte a dot."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if picture.mode == "L":
        picture = picture.point(lambda level: max(0, round((level - INK) / STEP)))
        picture.putpalette([level for shade in range(16) for level in [round(INK + shade * STEP)] * 3])
    picture.save(path, optimize=True, bits=4 if picture.mode == "P" else 8)


def main() -> None:
    """Draws every golden page anew."""
    for name, golden in PAGES.items():
        save(drawn(html(golden.style), golden.pages), GOLDEN / f"{name}.png")
        print(f"tests/golden/{name}.png")  # noqa: T201  (a program)


if __name__ == "__main__":
    main()
