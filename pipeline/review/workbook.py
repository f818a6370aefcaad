"""Edge: the table of a workbook that came back (xlsx, xls, ods). python-calamine reads it."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from pipeline.review import guard
from pipeline.review.columns import MOST_ROWS, has_header, returned
from pipeline.review.values import Returned, ReviewError

_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>(\s*<(?:\w+:)?f\b)?')
_REPEATED = re.compile(
    rb'<table:table-(?:row|cell)\b[^>]*?number-(?:rows|columns)-repeated="([0-9]+)"[^>]*(?<!/)>(.*?)</table:table-(?:row|cell)>',
    re.DOTALL,
)
_MOST_CELLS = 10_000_000
_MOST_REPEATED = 1_000
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_AGAIN = "save it again as .xlsx"
_FORMULA = "there is a formula where a correction should be, and formulas are not read: write the text itself"


class _Look(NamedTuple):
    """What a sheet has, seen before it is read."""

    cells: int
    """How many cells the rectangle around everything written has."""
    formulas: frozenset[tuple[int, int]]
    """Row and column, from 0."""


def from_workbook(data: bytes, opened: zipfile.ZipFile | None, *, name: str) -> Returned:
    """The hand-out on the first sheet that looks like one; `opened` is the same file as a ZIP, where it is one.

    Raises ReviewError where there is none, or the file is no workbook that can be read.
    """
    looks = _looks(opened, name) if opened is not None else {}
    if any(look.cells > _MOST_CELLS for look in looks.values()):
        what = "has something written so far down or to the right that its table would not fit into memory"
        raise ReviewError(what, path=name, remedy="delete what stands outside of the hand-out's columns")
    tables = [(title, [_texts(row) for row in rows]) for title, rows in _sheets(data, name)]
    title, rows = next(((t, r) for t, r in tables if has_header(r)), tables[0] if tables else ("", []))
    formulas = looks[title].formulas if title in looks else frozenset()

    def fault(row: int, columns: Sequence[int]) -> str:
        return _FORMULA if any((row, column) in formulas for column in columns) else ""

    return returned(rows, name=name, fault=fault)


def _sheets(data: bytes, name: str) -> Iterator[tuple[str, list[list[object]]]]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for title in book.sheet_names:
                sheet = book.get_sheet_by_name(title)
                yield title, sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)  # type: ignore[misc]
    except PasswordError as locked:
        raise ReviewError("is protected by a password", path=name, remedy="save it without one") from locked
    except (CalamineError, OSError, ValueError) as broken:
        raise ReviewError("is no workbook that can be read", path=name, remedy=_AGAIN) from broken
    except BaseException as broken:
        if (
            type(broken).__name__ != "PanicException"
        ):  # how an assertion of the reader's own ends, which is no Exception
            raise
        raise ReviewError("is a damaged workbook", path=name, remedy=_AGAIN) from broken


def _texts(row: Sequence[object]) -> list[str]:
    return [str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell) for cell in row]


def _looks(opened: zipfile.ZipFile, name: str) -> dict[str, _Look]:
    """What each sheet of an xlsx has; of an ods, whether it repeats cells beyond measure."""
    present = frozenset(opened.namelist())
    if "content.xml" in present:
        return _of_ods(opened, name)
    return {title: _look(opened.read(part)) for title, part in _parts(opened, name) if part in present}


def _parts(opened: zipfile.ZipFile, name: str) -> Iterator[tuple[str, str]]:
    """Each sheet's title and the part it is in."""
    book = guard.member(opened, "xl/workbook.xml", name)
    relations = guard.member(opened, "xl/_rels/workbook.xml.rels", name)
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    for sheet in book.iter("{*}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        yield sheet.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).removeprefix("/")


def _look(sheet: bytes) -> _Look:
    found = _CELL.findall(sheet)
    deepest = max((int(digits) for digits in {digits for _, digits, _ in found}), default=0)
    widest = max((_column(letters) for letters in {letters for letters, _, _ in found}), default=0)
    formulas = ((int(digits) - 1, _column(letters)) for letters, digits, formula in found if formula)
    return _Look(deepest * (widest + 1), frozenset(formulas))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _of_ods(opened: zipfile.ZipFile, name: str) -> dict[str, _Look]:
    """Refuses what says that written cells are to be repeated: only empty ones are, to fill up the sheet."""
    for times, inside in _REPEATED.findall(opened.read("content.xml")):
        if int(times) > _MOST_REPEATED and b"<text:p" in inside:
            raise ReviewError("repeats one cell or row without end", path=name, remedy=_AGAIN)
    return {}
