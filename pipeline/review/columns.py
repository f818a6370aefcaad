"""The columns of a hand-out as a table: how they are called, how they are found again, how a row of them is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from pipeline.approved import plain
from pipeline.review.handout import Handout, Line
from pipeline.review.values import GENERAL, Returned, ReviewError, Row, mark, shown

HEADER = (
    "No.", "Id", "Chinese", "English", "Terms", "Findings", "Similar", "Correction", "Comment", "Status", "Bulletin",
    "Print",
)  # fmt: skip
WRITABLE = ("Correction", "Comment", "Status")
"""What the reviewer fills in."""
STATUSES = ("ok", "correct", "question")
MOST_ROWS = 250_000
_NEEDED = ("Chinese", "Correction")
DEEPEST = 20
"""Rows in which the header is looked for: people put titles above their tables."""
_ALSO = {
    "Id": ("编号", "句号", "sentence"),
    "Chinese": ("中文", "原文", "源文", "source"),
    "English": ("英文", "译文", "target"),
    "Correction": ("修改", "更正", "修改后", "改正", "corrected"),
    "Comment": ("批注", "备注", "意见", "comments", "note"),
    "Status": ("状态", "结果"),
}
_NAMES = {name.casefold(): column for column in HEADER for name in (column, *_ALSO.get(column, ()))}
_LONGEST_NAME = 40
_NO_CHINESE = "there is no Chinese in this row (were cells merged or deleted?), so nobody can tell what is meant"
_SEVERAL = "\n"


def cells(sheet: Handout, line: Line) -> tuple[str, ...]:
    """The row of a sentence, in the order of HEADER."""
    return (
        line.number,
        line.id,
        line.source,
        line.target,
        _SEVERAL.join(f"{term.source} → {term.target}" for term in line.terms),
        _SEVERAL.join(f"{remark.severity}: {remark.message}" for remark in line.remarks),
        _SEVERAL.join(f"{offer.percent} %: {offer.difference}\n→ {offer.target}" for offer in line.offers[:1]),
        "",
        "",
        "",
        sheet.slug,
        mark(line.target),
    )


class Aside(NamedTuple):
    """What a row has besides the texts of its cells."""

    fault: str = ""
    """Why it cannot be used; empty where it can."""
    notes: str = ""
    """What is pinned to its cells."""
    struck: frozenset[int] = frozenset()
    """The columns (from 0) in which words are struck out."""


NOTHING = Aside()


def named(rows: Sequence[Sequence[str]]) -> int:
    """How many of the columns that a hand-out needs are named in one of a table's first rows."""
    return max((len(_named(row).keys() & set(_NEEDED)) for row in rows[:DEEPEST]), default=0)


def is_written(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a reviewer has written something in a hand-out."""
    at, places = next((n, _named(row)) for n, row in enumerate(rows) if _named(row).keys() >= set(_NEEDED))
    writable = [places[column] for column in WRITABLE if column in places]
    body = (row for row in rows[at + 1 :] if not _is_header(row, places))
    return any(row[column].strip() for row in body for column in writable if column < len(row))


def returned(
    rows: Sequence[Sequence[str]], *, name: str, aside: Callable[[int, Sequence[int]], Aside] = lambda *_: NOTHING
) -> Returned:
    """The filled rows of a table below its header; columns may stand in any order, others are told of.

    `aside` may say what else there is of a row (from 0), whose reviewer writes in some columns (from 0). Raises
    ReviewError where there is no such table, a column is missing or there twice, or the table is too long.
    """
    if not any(any(cell.strip() for cell in row) for row in rows):
        raise ReviewError("is empty", path=name, remedy="hand back the sheet that was handed out")
    at, places = _header(rows, name)
    if len(rows) > MOST_ROWS:
        raise ReviewError(f"has more than {MOST_ROWS:,} rows", path=name, remedy="cut it into several files")
    writable = [places[column] for column in WRITABLE if column in places]
    body = enumerate(rows[at + 1 :], start=at + 1)
    filled = [(number, row) for number, row in body if any(map(str.strip, row)) and not _is_header(row, places)]
    told = _torn([_row(number, row, places, aside(number, writable)) for number, row in filled])
    return Returned(name, [*_unread(at, rows[at], places, [row for _, row in filled]), *told])


def _unread(at: int, header: Sequence[str], places: Mapping[str, int], rows: Sequence[Sequence[str]]) -> Iterator[Row]:
    """Says in which columns of their own people wrote something: whoever takes it in may want to read it."""
    others = set(range(max(map(len, rows), default=0))) - set(places.values())
    names = [
        f"“{shown(header[n])}”" if n < len(header) and header[n].strip() else f"number {n + 1}"
        for n in sorted(others)
        if any(row[n].strip() for row in rows if n < len(row))
    ]
    if names:
        what = f"the column {' and '.join(names)} was not read: what is meant for a sentence belongs into Comment"
        yield Row(line=at + 1, id=GENERAL, source="", comment=what)


def _torn(rows: list[Row]) -> list[Row]:
    """The rows; one whose correction goes on in a row without Chinese below it is refused like that one."""
    for at, (above, row) in enumerate(pairwise(rows)):
        if row.fault == _NO_CHINESE and row.correction and above.correction and not above.fault:
            rows[at] = replace(
                above, fault="its correction goes on in the row below: write the whole sentence into one"
            )
    return rows


def _header(rows: Sequence[Sequence[str]], name: str) -> tuple[int, Mapping[str, int]]:
    best: tuple[int, Mapping[str, int]] = (0, {})
    for number, row in enumerate(rows[:DEEPEST]):
        places = _named(row)
        if all(column in places for column in _NEEDED):
            _once(row, name)
            return number, places
        best = max(best, (number, places), key=lambda one: len(one[1]))
    missing = [column for column in _NEEDED if column not in best[1]]
    what = f"has no column {' and none '.join(missing)}"
    remedy = f"the first row must name at least {' and '.join(_NEEDED)}, as the sheet that was handed out does"
    raise ReviewError(what, path=name, remedy=remedy)


def _named(row: Sequence[str]) -> dict[str, int]:
    """Where each known column stands; of two of one name, the first."""
    places: dict[str, int] = {}
    for at, cell in enumerate(row):
        if column := _NAMES.get(plain(cell).casefold()):
            places.setdefault(column, at)
    return places


def _once(header: Sequence[str], name: str) -> None:
    """Raises ReviewError where two columns are called the same, and nobody can tell in which the corrections are."""
    columns = [_NAMES.get(plain(cell).casefold()) for cell in header]
    if twice := next((column for column in ("Chinese", "Correction", "Status") if columns.count(column) > 1), None):
        said = " and ".join(f"“{plain(cell)}”" for cell, column in zip(header, columns, strict=True) if column == twice)
        what = f"has more than one column {twice} ({said})"
        raise ReviewError(what, path=name, remedy="give all but one of them another name")


def _is_header(row: Sequence[str], places: Mapping[str, int]) -> bool:
    """Whether it is the header once more, as it comes in where sheets were put one below the other."""
    for column in _NEEDED:
        cell = row[places[column]] if places[column] < len(row) else ""
        if not 0 < len(cell) <= _LONGEST_NAME or _NAMES.get(plain(cell).casefold()) != column:
            return False
    return True


def _row(number: int, row: Sequence[str], places: Mapping[str, int], aside: Aside) -> Row:
    fault, notes, struck = aside
    said = {column: row[at] for column, at in places.items() if at < len(row)}
    if not fault and not said.get("Chinese", "").strip() and any(said.get(c, "").strip() for c in WRITABLE):
        fault = _NO_CHINESE
    if not fault and places.get("English") in struck and not said.get("Correction", "").strip():
        fault = "words are struck out in its English, and there is no correction: write the sentence as it must be"
    return Row(
        line=number + 1,
        id=shown(said.get("Id", "")),
        source=said.get("Chinese", ""),
        english=plain(said.get("English", "")),
        mark=plain(said.get("Print", "")),
        correction=plain(said.get("Correction", "")),
        comment=" / ".join(filter(None, [shown(said.get("Comment", "")), notes])),
        status=shown(said.get("Status", "")),
        slug=shown(said.get("Bulletin", "")),
        fault=fault,
    )


def table(sheet: Handout) -> Iterator[tuple[str, ...]]:
    """Header and rows."""
    yield HEADER
    for line in sheet.lines:
        yield cells(sheet, line)
