"""Edge: the table of a workbook that came back (xlsx, xls, ods). python-calamine reads it."""

from __future__ import annotations

import datetime as dt
import functools
import io
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain, product

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from pipeline.review.cells import Cell, Look, looks
from pipeline.review.columns import MOST_ROWS, NOTHING, Aside, is_written, named, returned
from pipeline.review.values import Returned, ReviewError

_MOST_CELLS = 10_000_000
_BOTH = 2
"""Chinese and Correction are named."""
_STDERR = 2
_AGAIN = "save it again as .xlsx"
_NO_TEXT: Mapping[type, str] = {
    bool: "true or false", dt.date: "a date", dt.datetime: "a date", dt.time: "a time of day",
    dt.timedelta: "a time of day",
}  # fmt: skip
"""What a cell can hold that no sentence is; a number may be one."""


@dataclass
class _Sheet:
    """A sheet as it was read."""

    title: str
    rows: list[list[str]]
    look: Look
    odd: dict[Cell, str] = field(default_factory=dict)
    """Cells that hold no text, and what they hold."""

    def aside(self, row: int, columns: Sequence[int]) -> Aside:
        """What stands beside the text of a row (from 0), where the reviewer writes in some columns (from 0)."""
        if row not in self._marked:
            return NOTHING
        fault = next((said for column in columns if (said := self._fault((row, column)))), "")
        notes = " / ".join(self.look.notes[cell] for cell in self._pinned.get(row, ()))
        return Aside(fault, notes, frozenset(column for _, column in self._struck.get(row, ())))

    @functools.cached_property
    def _marked(self) -> frozenset[int]:
        """Rows of which there is something to say."""
        cells = (*self.look.formulas, *self._merged, *self.odd)
        return frozenset({row for row, _ in cells} | self._pinned.keys() | self._struck.keys())

    @functools.cached_property
    def _pinned(self) -> Mapping[int, Sequence[Cell]]:
        return _by_row(self.look.notes)

    @functools.cached_property
    def _struck(self) -> Mapping[int, Sequence[Cell]]:
        return _by_row(self.look.struck)

    @functools.cached_property
    def _merged(self) -> frozenset[Cell]:
        """Cells of the table that share a text with a cell of another row."""
        width = max(map(len, self.rows), default=0)
        shared = (
            product(range(first[0], min(last[0] + 1, len(self.rows))), range(first[1], min(last[1] + 1, width)))
            for first, last in self.look.merged
            if last[0] > first[0] and self._holds(first)
        )
        return frozenset(chain.from_iterable(shared))

    def _holds(self, cell: Cell) -> bool:
        row, column = cell
        return row < len(self.rows) and column < len(self.rows[row]) and bool(self.rows[row][column].strip())

    def _fault(self, cell: Cell) -> str:
        if cell in self.look.formulas:
            return "there is a formula where text should be, and formulas are not read: write the text itself"
        if cell in self._merged:
            return "a cell to write in was merged with that of another row: give each sentence its own"
        if cell in self.look.struck:
            return "there is text struck out where a correction should be: delete what should not stand"
        held = self.odd.get(cell)
        return f"there is {held} where text should be: make the cell text, and write it again" if held else ""


def _by_row(cells: Iterable[Cell]) -> Mapping[int, Sequence[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for cell in sorted(cells):
        rows.setdefault(cell[0], []).append(cell)
    return rows


def from_workbook(data: bytes, opened: zipfile.ZipFile | None, *, name: str) -> Returned:
    """The hand-out on the sheet that looks like one; `opened` is the same file as a ZIP, where it is one.

    Raises ReviewError where there is none or two are written in, or the file is no workbook that can be read.
    """
    seen = looks(opened, name) if opened is not None else {}
    if any(look.size > _MOST_CELLS for look in seen.values()):
        what = "has something written so far down or to the right that its table would not fit into memory"
        raise ReviewError(what, path=name, remedy="delete what stands outside of the hand-out's columns")
    sheets = list(_sheets(data, seen, name))
    chosen = _chosen(sheets, name)
    return returned(chosen.rows, name=name, aside=chosen.aside)


def _chosen(sheets: Sequence[_Sheet], name: str) -> _Sheet:
    """Of several sheets the one that is written in, else the one that is most like a hand-out."""
    if len(sheets) == 1:
        return sheets[0]
    best = max(sheets, key=lambda sheet: named(sheet.rows), default=_Sheet("", [], Look()))
    written = [sheet for sheet in sheets if named(sheet.rows) == _BOTH and is_written(sheet.rows)]
    if len(written) > 1:
        what = f"has corrections on several sheets, {' and '.join(f'“{sheet.title}”' for sheet in written)}"
        raise ReviewError(what, path=name, remedy="save each as a file of its own")
    return written[0] if written else best


def _sheets(data: bytes, seen: Mapping[str, Look], name: str) -> Iterator[_Sheet]:
    try:
        with _muted(), CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for title in book.sheet_names:
                sheet = book.get_sheet_by_name(title)
                # Of an .xls calamine tells the merged cells, of other workbooks `cells` does.
                look = seen.get(title) or Look(merged=sheet.merged_cell_ranges or [])
                read = _Sheet(title, [], look)
                for row in sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 1):
                    _add(read, row)
                yield read
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


@contextmanager
def _muted() -> Iterator[None]:
    """Without what the reader writes of its own failures, past Python, before it raises them."""
    with open(os.devnull, "wb") as nowhere, ExitStack() as afterwards:  # noqa: PTH123 - a device
        with suppress(OSError):  # where it is closed, nothing is written
            outlet = os.dup(_STDERR)
            afterwards.callback(os.close, outlet)
            afterwards.callback(os.dup2, outlet, _STDERR)
            os.dup2(nowhere.fileno(), _STDERR)
        yield


def _add(sheet: _Sheet, row: Sequence[object]) -> None:
    at = len(sheet.rows)
    sheet.rows.append([cell if type(cell) is str else _text(cell) for cell in row])
    if {*map(type, row)} - {str, float, int}:
        sheet.odd.update({(at, column): _NO_TEXT[type(c)] for column, c in enumerate(row) if type(c) in _NO_TEXT})


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
