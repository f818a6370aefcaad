"""The columns of a hand-out as a table: how they are called, how they are found again, how a row of them is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pipeline.approved import plain
from pipeline.review.handout import Handout, Line
from pipeline.review.values import Returned, ReviewError, Row, mark

HEADER = (
    "No.", "Id", "Chinese", "English", "Terms", "Findings", "Similar", "Correction", "Comment", "Status", "Bulletin",
    "Print",
)  # fmt: skip
WRITABLE = ("Correction", "Comment", "Status")
"""What the reviewer fills in."""
STATUSES = ("ok", "correct", "question")
MOST_ROWS = 250_000
_NEEDED = ("Chinese", "Correction")
_DEEPEST = 20
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


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table could be a hand-out: one of its first rows names the Chinese or the correction."""
    return any(_named(row).keys() & set(_NEEDED) for row in rows[:_DEEPEST])


def returned(
    rows: Sequence[Sequence[str]], *, name: str, fault: Callable[[int, Sequence[int]], str] = lambda _row, _columns: ""
) -> Returned:
    """The filled rows of a table below its header; columns may stand in any order, others are passed over.

    `fault` may say what is wrong with a row (from 0) in the columns (from 0) that the reviewer fills in. Raises
    ReviewError where there is no such table, a needed column is missing, or the table is too long.
    """
    if not any(any(cell.strip() for cell in row) for row in rows):
        raise ReviewError("is empty", path=name, remedy="hand back the sheet that was handed out")
    at, places = _header(rows, name)
    if len(rows) > MOST_ROWS:
        raise ReviewError(f"has more than {MOST_ROWS:,} rows", path=name, remedy="cut it into several files")
    writable = [places[column] for column in WRITABLE if column in places]
    body = enumerate(rows[at + 1 :], start=at + 1)
    filled = ((number, row) for number, row in body if any(map(str.strip, row)) and not _is_header(row, places))
    return Returned(name, [_row(number, row, places, fault(number, writable)) for number, row in filled])


def _header(rows: Sequence[Sequence[str]], name: str) -> tuple[int, Mapping[str, int]]:
    best: tuple[int, Mapping[str, int]] = (0, {})
    for number, row in enumerate(rows[:_DEEPEST]):
        places = _named(row)
        if all(column in places for column in _NEEDED):
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


def _is_header(row: Sequence[str], places: Mapping[str, int]) -> bool:
    """Whether it is the header once more, as it comes in where sheets were put one below the other."""
    for column in _NEEDED:
        cell = row[places[column]] if places[column] < len(row) else ""
        if not 0 < len(cell) <= _LONGEST_NAME or _NAMES.get(plain(cell).casefold()) != column:
            return False
    return True


def _row(number: int, row: Sequence[str], places: Mapping[str, int], fault: str) -> Row:
    said = {column: row[at] for column, at in places.items() if at < len(row)}
    if not fault and not said.get("Chinese", "").strip() and any(said.get(c, "").strip() for c in WRITABLE):
        fault = "there is no Chinese in this row (were cells merged or deleted?), so nobody can tell what is meant"
    return Row(
        line=number + 1,
        id=plain(said.get("Id", "")),
        source=said.get("Chinese", ""),
        english=plain(said.get("English", "")),
        mark=plain(said.get("Print", "")),
        correction=plain(said.get("Correction", "")),
        comment=plain(said.get("Comment", "")),
        status=plain(said.get("Status", "")),
        slug=plain(said.get("Bulletin", "")),
        fault=fault,
    )


def table(sheet: Handout) -> Iterator[tuple[str, ...]]:
    """Header and rows."""
    yield HEADER
    for line in sheet.lines:
        yield cells(sheet, line)
