"""`make gallery`: pictures of the first pages of every bulletin in output/, for the README and for looking at."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

OUTPUT, GALLERY = Path("output"), Path("docs") / "gallery"
PAGES = 2
"""First pages of each bulletin."""
SCALE = 110 / 72
"""Pixels a point: 110 a printed inch can be read on a screen and weigh little."""


def main() -> None:
    """Draws the pages; what was in the gallery before is replaced."""
    GALLERY.mkdir(exist_ok=True)
    for old in GALLERY.glob("*.png"):
        old.unlink()
    for path in sorted(OUTPUT.glob("*/*.pdf")):
        with pypdfium2.PdfDocument(path) as document:
            for number in range(min(PAGES, len(document))):
                picture = document[number].render(scale=SCALE).to_pil().convert("P", palette=1, colors=64)
                picture.save(GALLERY / f"{path.stem}-{number + 1}.png", optimize=True)


if __name__ == "__main__":
    main()
