"""Facing pages: sheets of two pages, Chinese on the left, English on the right, each made a page of the PDF.

Laid out as one sheet, the two languages cannot fall out of step; here each sheet becomes its left and its right page. A
text belongs to the half in which it begins, and so do the tags, links, bookmarks and destinations that lead to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

_PIXEL = 0.75
"""PDF points in the CSS pixels that WeasyPrint draws in."""
Instruction = Any
"""An operator of a content stream with its operands; pikepdf has two types for it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's two pages."""

    left: Page
    right: Page
    middle: float
    """Where the fold is, in points."""

    def page(self, x: float) -> Page:
        """The page on which what begins `x` points from the sheet's left stands."""
        return self.right if x >= self.middle else self.left


@dataclass(frozen=True, slots=True)
class Text:
    """A text object of a content stream: instructions [start, stop), the marked content around it, and its place."""

    start: int
    stop: int
    mark: int | None
    x: float
    """Points from the sheet's left."""


def parted(pdf: Pdf) -> None:
    """Parts each sheet of a PDF, in place, into two pages, labelled 1v, 1r, 2v, 2r … (verso and recto)."""
    sheets = [_parted(pdf, page, number) for number, page in enumerate(tuple(pdf.pages))]
    at = {sheet.left.obj.objgen: sheet for sheet in sheets}
    for destination in _destinations(pdf):
        sheet = at[destination[0].objgen]
        destination[0] = sheet.page(float(destination[2])).obj
    labels = [f"{number}{side}" for number in range(1, len(sheets) + 1) for side in "vr"]
    numbered = [part for i, label in enumerate(labels) for part in (i, Dictionary(P=String(label)))]
    pdf.Root.PageLabels = Dictionary(Nums=Array(numbered))
    pdf.Root.PageLayout = Name.TwoPageLeft


def _parted(pdf: Pdf, left: Page, number: int) -> Sheet:
    """A sheet's own page becomes the left one; the right one follows it."""
    width, height = float(left.MediaBox[2]), float(left.MediaBox[3])
    pdf.pages.insert(number * 2 + 1, left)
    right = pdf.pages[number * 2 + 1]
    sheet = Sheet(left, right, width / 2)
    _box(left, 0, width / 2, height)
    _box(right, width / 2, width, height)
    _part_content(pdf, sheet)
    _part_links(pdf, sheet)
    return sheet


def _box(page: Page, left: float, right: float, height: float) -> None:
    for name in ("/MediaBox", "/TrimBox", "/BleedBox"):
        page[name] = Array([left, 0, right, height])


def _part_content(pdf: Pdf, sheet: Sheet) -> None:
    instructions = list(pikepdf.parse_content_stream(sheet.left))
    texts = tuple(_texts(instructions))
    for page in (sheet.left, sheet.right):
        foreign = [text for text in texts if sheet.page(text.x) != page]
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(_without(instructions, foreign)))
    tagged = _parent_tree(pdf)
    elements = tagged[int(sheet.left.StructParents)]
    for text in texts:
        if text.mark is not None:
            elements[text.mark].Pg = sheet.page(text.x).obj
    sheet.right.StructParents = _added(pdf, elements)


def _texts(instructions: Sequence[Instruction]) -> Iterator[Text]:
    marks: list[int | None] = []
    start, x = 0, 0.0
    for i, instruction in enumerate(instructions):
        match str(instruction.operator):
            case "BDC" | "BMC":
                marks.append(_mark(instruction.operands))
            case "EMC":
                marks.pop()
            case "BT":
                start = i
            case "Tm":
                x = float(instruction.operands[4]) * _PIXEL
            case "ET":
                yield Text(start, i + 1, marks[-1] if marks else None, x)


def _mark(operands: Sequence[Object]) -> int | None:
    properties = operands[1] if len(operands) > 1 else None
    return int(properties.MCID) if isinstance(properties, Dictionary) and "/MCID" in properties else None


def _without(instructions: Sequence[Instruction], texts: Iterable[Text]) -> list[Instruction]:
    dropped = {i for text in texts for i in range(text.start, text.stop)}
    return [instruction for i, instruction in enumerate(instructions) if i not in dropped]


def _part_links(pdf: Pdf, sheet: Sheet) -> None:
    links = list(sheet.left.get("/Annots", Array()))
    for page in (sheet.left, sheet.right):
        page.Annots = Array([link for link in links if sheet.page(float(link.Rect[0])) == page])
    tagged = _parent_tree(pdf)
    for link in sheet.right.Annots:
        element = tagged[int(link.StructParent)]
        for kid in element.K:
            if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR:
                kid.Pg = sheet.right.obj


def _parent_tree(pdf: Pdf) -> dict[int, Object]:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    return {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}


def _added(pdf: Pdf, elements: Object) -> int:
    """Enters the same elements in the tree under a new number, which is returned."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    key = int(numbers[-2]) + 1
    numbers.append(key)
    numbers.append(elements)
    return key


def _destinations(pdf: Pdf) -> Iterator[Object]:
    names = pdf.Root.get("/Names", Dictionary()).get("/Dests", Dictionary()).get("/Names", Array())
    yield from (names[i] for i in range(1, len(names), 2))
    entry = pdf.Root.get("/Outlines", Dictionary()).get("/First")
    while entry is not None:
        yield entry.Dest
        entry = entry.get("/Next")
