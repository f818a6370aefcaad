"""The text of a glossary.csv → Glossary, or everything that is wrong with it, all at once and by line."""

from __future__ import annotations

import csv
import difflib
import enum
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from pipeline.document import Case
from pipeline.errors import GlossaryError, Mistakes
from pipeline.glossary.entry import Entry, Status
from pipeline.glossary.glossary import Glossary
from pipeline.glossary.mistakes import Mistake, as_error, errors

COLUMNS = ("source", "target", "allowed", "forbidden", "except", "case", "note", "status")
"""The columns that mean something, in the order in which they are written."""

_NEEDED = COLUMNS[:2]
_LISTS = ("allowed", "forbidden", "except")
_CHOICES: Mapping[str, type[enum.StrEnum]] = {"case": Case, "status": Status}
_Choice = TypeVar("_Choice", bound=enum.StrEnum)


class Row(NamedTuple):
    """One record of the file: its cells, and the line in which it begins."""

    line: int
    cells: tuple[str, ...]


def parse(text: str, *, name: str = "glossary.csv", layer: str | None = None) -> Glossary:
    """Reads `source,target` and the optional columns; unknown columns are kept in `Entry.extra`.

    `name` is the file as messages call it; `layer` what its terms are called, by default the same.
    Raises Mistakes of GlossaryError, in order of lines, with everything that is wrong.
    """
    rows, broken = _rows(text.removeprefix("\ufeff"), name)
    return from_rows(rows, name=name, layer=layer, broken=broken)


def from_rows(
    rows: Sequence[Row], *, name: str, layer: str | None = None, broken: Sequence[GlossaryError] = ()
) -> Glossary:
    """The glossary of a table whose first row names the columns; as `parse`, which says what `name` and `layer` are.

    `broken` are mistakes already found, raised with the others.
    """
    header, records = _header(rows)
    found = [*broken, *(as_error(mistake, name, 1) for mistake in _wrong_header(header))]
    if not set(_NEEDED) <= set(header):  # what the cells mean cannot be known
        raise Mistakes(tuple(found))
    entries = []
    for row in records:
        found += [as_error(mistake, name, row.line) for mistake in _wrong_row(row, header)]
        if _fits(row, header):
            entries.append(_entry(row, header, layer or name))
    return checked(entries, name=name, broken=found)


def checked(entries: Sequence[Entry], *, name: str, broken: Sequence[GlossaryError] = ()) -> Glossary:
    """A glossary of entries that come from elsewhere than a table; raises Mistakes like `parse`."""
    if found := [*broken, *errors(entries, name)]:
        raise Mistakes(tuple(sorted(found, key=lambda error: error.line or 0)))
    return Glossary(entries)


def of_article(terms: Mapping[str, str], *, name: str = "front matter") -> Glossary:
    """The terms that an article's front matter fixes, source to target, as a layer of their own.

    `name` is the article's file, for the messages; raises Mistakes like `parse`.
    """
    return checked([Entry(source, target, layer="article") for source, target in terms.items()], name=name)


def _rows(text: str, name: str) -> tuple[list[Row], list[GlossaryError]]:
    """The records that are not blank; a record that no CSV reader could read ends them with an error."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, line = [], 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                rows.append(Row(line, tuple(cells)))
            line = reader.line_num + 1
    except csv.Error:
        what = "from here on the file cannot be read: a double quote opens a cell and does not close it properly"
        remedy = "close it, and write a quote inside a quoted cell twice"
        return rows, [GlossaryError(what, path=name, line=line, remedy=remedy)]
    return rows, []


def _header(rows: Sequence[Row]) -> tuple[tuple[str, ...], Sequence[Row]]:
    names = tuple(cell.strip().casefold() for cell in rows[0].cells) if rows else ()
    return names, rows[1:]


def _wrong_header(header: Sequence[str]) -> Iterator[Mistake]:
    for name in _NEEDED:
        if name not in header:
            yield Mistake(f"there is no column “{name}”", _column_remedy(name, header))
    for at, name in enumerate(header):
        if name and name in header[:at]:
            yield Mistake(f"there are two columns “{name}”", "rename one of them")


def _column_remedy(name: str, header: Sequence[str]) -> str:
    if len(header) == 1 and (mark := next((m for m in ";\t，" if m in header[0]), None)):
        called = {";": "semicolons", "\t": "tabs"}.get(mark, "full-width commas")
        return f"the cells are separated by {called}: save the file as CSV with commas"
    near = difflib.get_close_matches(name, header, n=1)
    return f"rename “{near[0]}” to “{name}”" if near else "begin the file with the line source,target"


def _fits(row: Row, header: Sequence[str]) -> bool:
    """Whether each cell can be told by its column; else what they say would only mislead."""
    return max(map(header.index, _NEEDED)) < len(row.cells) and not any(map(str.strip, row.cells[len(header) :]))


def _wrong_row(row: Row, header: Sequence[str]) -> Iterator[Mistake]:
    if any(cell.strip() for cell in row.cells[len(header) :]):
        what = f"the row has {len(row.cells)} cells and the header {len(header)}"
        yield Mistake(what, "put double quotes around a text that contains a comma")
    elif len(row.cells) <= max(map(header.index, _NEEDED)):
        yield Mistake("the row has no cell for source or target", "write both, with a comma between them")
    else:
        yield from _wrong_cells(_named(row, header))


def _wrong_cells(cells: Mapping[str, str]) -> Iterator[Mistake]:
    for name in _NEEDED:
        if cells[name] != cells[name].strip():
            yield Mistake(f"the {name} “{cells[name]}” begins or ends with a blank", "delete the blank")
    for name in _LISTS:
        if cells.get(name, "").strip() and not all(map(str.strip, cells[name].split("|"))):
            yield Mistake(f"“{cells[name]}” in {name} has nothing before or after a stroke", "delete the stroke")
    for name, kind in _CHOICES.items():
        if (value := _choice(cells, name)) and value not in set(kind):
            yield Mistake(f"“{value}” is no {name}", _choice_remedy(value, kind))


def _choice_remedy(value: str, kind: type[enum.StrEnum]) -> str:
    near = difflib.get_close_matches(value, list(kind), n=1)
    return f"did you mean “{near[0]}”" if near else f"write {' or '.join(kind)}, or nothing"


def _entry(row: Row, header: Sequence[str], layer: str) -> Entry:
    cells = _named(row, header)
    allowed, forbidden, excepted = (_forms(cells.get(name, "")) for name in _LISTS)
    return Entry(
        cells["source"].strip(),
        cells["target"].strip(),
        allowed,
        forbidden,
        excepted,
        case=_chosen(cells, "case", Case.SENTENCE),
        note=cells.get("note", "").strip(),
        status=_chosen(cells, "status", Status.APPROVED),
        line=row.line,
        layer=layer,
        extra=tuple((name, cells[name]) for name in header if name and name not in COLUMNS),
    )


def _named(row: Row, header: Sequence[str]) -> dict[str, str]:
    cells = (*row.cells, *[""] * len(header))
    return dict(zip(header, cells, strict=False))


def _forms(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, cell.split("|"))))


def _choice(cells: Mapping[str, str], name: str) -> str:
    return cells.get(name, "").strip().casefold()


def _chosen(cells: Mapping[str, str], name: str, default: _Choice) -> _Choice:
    kind, value = type(default), _choice(cells, name)
    return kind(value) if value in set(kind) else default
