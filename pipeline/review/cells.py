"""What a workbook has besides the texts of its cells: formulas, merged cells, notes, text struck out. lxml reads it.

calamine, which reads the texts, does not tell of these. Of an .xls there are only the merged cells, which it does tell.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from pipeline.review import guard
from pipeline.review.values import ReviewError, shown

Cell: TypeAlias = tuple[int, int]
"""Row and column, from 0."""
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>(\s*<(?:\w+:)?f\b)?')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_REPEATED = re.compile(
    rb'<table:table-(?:row|cell)\b[^>]*?number-(?:rows|columns)-repeated="([0-9]+)"[^>]*(?<!/)>(.*?)</table:table-(?:row|cell)>',
    re.DOTALL,
)
_MOST_REPEATED = 1_000
_THREAD = "[Threaded comment]"
"""How the copy of a conversation begins that Excel leaves for programs that know only notes."""
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ODS_SAYS = (b"table:formula=", b"office:annotation", b"number-rows-spanned=")


@dataclass(slots=True)
class Look:
    """What a sheet has, seen without its texts."""

    size: int = 0
    """How many cells the rectangle around everything written has."""
    formulas: set[Cell] = field(default_factory=set)
    merged: list[tuple[Cell, Cell]] = field(default_factory=list)
    """The first and last of cells that are one, where they reach over several rows."""
    struck: set[Cell] = field(default_factory=set)
    """Cells with text that is struck out."""
    notes: dict[Cell, str] = field(default_factory=dict)
    """What is pinned to a cell: notes, comments, conversations."""


def looks(opened: zipfile.ZipFile, name: str) -> Mapping[str, Look]:
    """What each sheet of an .xlsx or .ods has, by its title.

    Raises ReviewError where a part is missing or damaged, or an .ods repeats what is written beyond measure.
    """
    present = frozenset(opened.namelist())
    if "content.xml" in present:
        return _of_ods(opened, name)
    struck = _Struck(opened, present, name)
    return {title: _look(opened, part, struck, name) for title, part in _sheets(opened, name) if part in present}


def _sheets(opened: zipfile.ZipFile, name: str) -> Iterator[tuple[str, str]]:
    """Each sheet's title and the part it is in."""
    book = guard.member(opened, "xl/workbook.xml", name)
    targets = {key: target for key, _, target in _relations(opened, "xl/workbook.xml", name)}
    for sheet in book.iter("{*}sheet"):
        key = next((str(value) for at, value in sheet.attrib.items() if str(at).endswith("}id")), "")
        yield sheet.get("name", ""), targets.get(key, "")


def _relations(opened: zipfile.ZipFile, part: str, name: str) -> Iterator[tuple[str, str, str]]:
    """What a part refers to: the name it has there, its kind, and which part it is."""
    folder, file = posixpath.split(part)
    for one in guard.member(opened, f"{folder}/_rels/{file}.rels", name):
        target = posixpath.normpath(posixpath.join(f"/{folder}", one.get("Target", ""))).removeprefix("/")
        yield one.get("Id", ""), one.get("Type", "").rpartition("/")[2], target


def _look(opened: zipfile.ZipFile, part: str, struck: _Struck, name: str) -> Look:
    sheet = opened.read(part)
    found = _CELL.findall(sheet)
    deepest = max((int(digits) for digits in {digits for _, digits, _ in found}), default=0)
    widest = max((_column(letters) for letters in {letters for letters, _, _ in found}), default=0)
    look = Look(deepest * (widest + 1))
    look.formulas = {(int(digits) - 1, _column(letters)) for letters, digits, formula in found if formula}
    for found in _MERGED.findall(sheet):
        first, last = _places(found.decode())
        if last[0] > first[0]:
            look.merged.append((first, last))
    look.struck = set(struck.cells(sheet, name))
    look.notes = _notes(opened, part, name)
    return look


def _places(reference: str) -> Iterator[Cell]:
    """The cell that is called so, or the first and last of a range; none where it is no name of a cell."""
    for letters, digits in _REFERENCE.findall(reference):
        yield int(digits) - 1, _column(letters.encode())


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _notes(opened: zipfile.ZipFile, part: str, name: str) -> dict[Cell, str]:
    """Notes and conversations of a sheet of an .xlsx."""
    folder, file = posixpath.split(part)
    if f"{folder}/_rels/{file}.rels" not in opened.namelist():
        return {}
    kinds = {kind: target for _, kind, target in _relations(opened, part, name)}
    notes = _pinned(opened, kinds.get("comments"), "{*}comment", name)
    said = _pinned(opened, kinds.get("threadedComment"), "{*}threadedComment", name)
    return {cell: text for cell, text in notes.items() if not text.startswith(_THREAD)} | said


def _pinned(opened: zipfile.ZipFile, part: str | None, element: str, name: str) -> dict[Cell, str]:
    notes: dict[Cell, list[str]] = {}
    for one in guard.member(opened, part, name).iter(element) if part else ():
        for cell in _places(one.get("ref", "")):
            texts = (str(piece) for text in one.iterfind("{*}text") for piece in text.itertext())
            notes.setdefault(cell, []).append(shown("".join(texts)))
    return {cell: " / ".join(texts) for cell, texts in notes.items()}


class _Struck:
    """Which texts and which styles of an .xlsx are struck out; most have none, and then nothing more is looked for."""

    def __init__(self, opened: zipfile.ZipFile, present: frozenset[str], name: str) -> None:
        strings, styles = (
            guard.member(opened, part, name) if part in present and b"strike" in opened.read(part) else None
            for part in ("xl/sharedStrings.xml", "xl/styles.xml")
        )
        texts = strings.iterchildren("{*}si") if strings is not None else ()
        self._texts = {str(number) for number, text in enumerate(texts) if _is_struck(text)}
        self._styles = set(_struck_styles(styles)) if styles is not None else set()

    def cells(self, sheet: bytes, name: str) -> Iterator[Cell]:
        """Those of a sheet that have such a text or such a style."""
        if not self._texts and not self._styles and b"strike" not in sheet:
            return
        for cell in guard.xml(sheet, name).iter("{*}c"):
            text = cell.findtext("{*}v") if cell.get("t") == "s" else None
            if text in self._texts or guard.number(cell.get("s"), 0) in self._styles or _is_struck(cell):
                yield from _places(cell.get("r", ""))


def _struck_styles(styles: etree._Element) -> Iterator[int]:
    fonts = list(map(_is_struck, styles.iterfind("{*}fonts/{*}font")))
    for number, style in enumerate(styles.iterfind("{*}cellXfs/{*}xf")):
        font = guard.number(style.get("fontId"), 0)
        if font < len(fonts) and fonts[font]:
            yield number


def _is_struck(element: etree._Element) -> bool:
    return any(mark.get("val", "1") not in {"0", "false"} for mark in element.iter("{*}strike"))


def _of_ods(opened: zipfile.ZipFile, name: str) -> dict[str, Look]:
    """Refuses what says that written cells are to be repeated: only empty ones are, to fill up the sheet."""
    content = opened.read("content.xml")
    for times, inside in _REPEATED.findall(content):
        if guard.number(times.decode(), _MOST_REPEATED + 1) > _MOST_REPEATED and b"<text:p" in inside:
            raise ReviewError("repeats one cell or row without end", path=name, remedy="save it again as .xlsx")
    if not any(word in content for word in _ODS_SAYS):
        return {}
    tables = guard.member(opened, "content.xml", name).iter(f"{_TABLE}table")
    return {table.get(f"{_TABLE}name", ""): _ods_look(table) for table in tables}


def _ods_look(table: etree._Element) -> Look:
    look, at = Look(), 0
    for row in table.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in row:
            if cell.get(f"{_TABLE}formula"):
                look.formulas.add((at, column))
            rows = guard.number(cell.get(f"{_TABLE}number-rows-spanned"), 1)
            columns = guard.number(cell.get(f"{_TABLE}number-columns-spanned"), 1)
            if rows > 1:
                look.merged.append(((at, column), (at + rows - 1, column + columns - 1)))
            if texts := [shown("".join(map(str, p.itertext()))) for p in cell.iterfind("{*}annotation/{*}p")]:
                look.notes[at, column] = " ".join(texts)
            column += guard.number(cell.get(f"{_TABLE}number-columns-repeated"), 1)
        at += guard.number(row.get(f"{_TABLE}number-rows-repeated"), 1)
    return look
