"""A hand-out as an Excel workbook: one row a sentence, three columns to fill in. XlsxWriter writes it."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pipeline.review.columns import HEADER, STATUSES, WRITABLE, table
from pipeline.review.handout import Handout

# A workbook states when it was made; a fixed day keeps the same print the same bytes.
_DAY = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook knows no time zone
_WIDTHS = {
    "No.": 7, "Id": 10, "Chinese": 38, "English": 52, "Terms": 28, "Findings": 26, "Similar": 28, "Correction": 52,
    "Comment": 24, "Status": 11, "Bulletin": 12, "Print": 12,
}  # fmt: skip
_HELP = {
    "Correction": "The whole English sentence as it must be. Leave it empty where nothing is wrong.",
    "Comment": "Anything you want to say; it is kept with the sentence.",
    "Status": "ok: approved. correct: as the correction says. question: somebody must answer first.",
}
_COLOURS = {"error": "#F8CBAD", "warning": "#FFE699", "note": "#DDEBF7"}
_QUIET, _CHANGED, _HEAD, _EDGE = "#595959", "#E2EFDA", "#D9D9D9", "#BFBFBF"
_LINE, _SMALL_LINE, _HIGHEST, _GAPS = 15.0, 12.5, 405.0, 1.04
_WIDE, _NARROW = 2.1, 0.9
"""Widths of a Chinese character and of a letter; a figure has 1, and few letters are as wide."""
_SIZE, _SMALL_SIZE = 11, 9
_INDENT = 2
"""Characters of a cell's width that its margins take."""
_LONGEST = 32_000
"""Characters of a cell; Excel takes 32,767."""
_AT = {column: at for at, column in enumerate(HEADER)}
_LAST_PRINTED = _AT["Status"]


def to_xlsx(sheet: Handout) -> bytes:
    """The hand-out as a workbook of one sheet, every cell text, so that none is a formula; the same each time."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": sheet.slug, "created": _DAY})
        page = book.add_worksheet("review")
        formats = _formats(book)
        last = 0
        for last, row in enumerate(table(sheet)):
            page.set_row(last, _height(row))
            for at, cell in enumerate(row):
                style = "head" if last == 0 else _style(HEADER[at])
                page.write_string(last, at, cell[:_LONGEST], formats[style])
        _dress(page, formats, last, sheet.slug)
    return content.getvalue()


def _height(row: Sequence[str]) -> float:
    """Points that a row needs for its longest cell: said outright, since not every program finds it by itself."""
    needed = (
        _SMALL_LINE * _lines(cell, (_WIDTHS[column] - _INDENT) * _SIZE / _SMALL_SIZE)
        if _style(column) == "quiet"
        else _LINE * _lines(cell, _WIDTHS[column] - _INDENT)
        for cell, column in zip(row, HEADER, strict=True)
    )
    return min(max(needed) + 5, _HIGHEST)


def _lines(cell: str, width: float) -> int:
    return sum(map(ceil, _widths(cell, width)))


def _widths(cell: str, width: float) -> Iterator[float]:
    """Each paragraph of a cell in lines; words leave gaps at their ends."""
    for part in cell.split("\n"):
        letters = sum(_WIDE if unicodedata.east_asian_width(letter) in "WF" else _NARROW for letter in part)
        yield max(1.0, letters * _GAPS / width)


def _style(column: str) -> str:
    if column in WRITABLE:
        return "open"
    return "chinese" if column == "Chinese" else "text" if column == "English" else "quiet"


def _formats(book: xlsxwriter.Workbook) -> dict[str, Any]:
    cell = {
        "text_wrap": True,
        "valign": "top",
        "border": 1,
        "border_color": _EDGE,
        "num_format": "@",
        "align": "left",
        "indent": 1,
    }
    return {
        "head": book.add_format(cell | {"bold": True, "bg_color": _HEAD}),
        "text": book.add_format(cell),
        "chinese": book.add_format(cell | {"font_name": "SimSun"}),
        "quiet": book.add_format(cell | {"font_size": _SMALL_SIZE, "font_color": _QUIET}),
        "open": book.add_format(cell | {"locked": False}),
        "changed": book.add_format({"bg_color": _CHANGED}),
        **{severity: book.add_format({"bg_color": colour}) for severity, colour in _COLOURS.items()},
    }


def _dress(page: Worksheet, formats: dict[str, Any], last: int, title: str) -> None:
    """Widths, colours, what may be written where, and how it is printed; `last` is the last row, from 0."""
    for column, at in _AT.items():
        page.set_column(at, at, _WIDTHS[column])
    page.freeze_panes(1, _AT["Terms"])  # whoever writes a correction sees the Chinese and the English beside it
    page.autofilter(0, 0, last, len(HEADER) - 1)
    page.ignore_errors({"number_stored_as_text": f"A1:L{last + 1}"})
    page.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    if last:
        _colour(page, formats, last)
        page.data_validation(
            1,
            _AT["Status"],
            last,
            _AT["Status"],
            {
                "validate": "list",
                "source": list(STATUSES),
                "input_title": "Status",
                "input_message": _HELP["Status"],
                "error_title": "Status",
                "error_message": "Choose ok, correct or question, or leave it empty.",
            },
        )
        for column in ("Correction", "Comment"):
            said = {"validate": "any", "input_title": column, "input_message": _HELP[column]}
            page.data_validation(1, _AT[column], last, _AT[column], said)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.print_area(0, 0, last, _LAST_PRINTED)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer(f"&L{title.replace('&', '&&')}&RPage &P of &N")


def _colour(page: Worksheet, formats: dict[str, Any], last: int) -> None:
    """Findings by how much they matter, and whatever the reviewer has written."""
    findings = _AT["Findings"]
    for severity in _COLOURS:
        rule = {"type": "text", "criteria": "containing", "value": f"{severity}:", "format": formats[severity]}
        page.conditional_format(1, findings, last, findings, {**rule, "stop_if_true": True})
    first = _AT["Correction"]
    written = {"type": "formula", "criteria": "=LEN(TRIM($H2&$I2&$J2))>0", "format": formats["changed"]}
    page.conditional_format(1, first, last, first + len(WRITABLE) - 1, written)
