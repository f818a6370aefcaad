"""A hand-out as CSV, for whoever has no office program; and tables of text as spreadsheets save them."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from pipeline.review.columns import DEEPEST, named, returned, table
from pipeline.review.handout import Handout
from pipeline.review.values import Returned, ReviewError

_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_DELIMITERS = ",\t;|"
_LONGEST = 1_000_000
"""Characters of a field."""
_AGAIN = "save it again as CSV UTF-8, or as .xlsx"
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def to_csv(sheet: Handout) -> bytes:
    """The hand-out as CSV in UTF-8 with a byte-order mark, by which Excel knows the encoding; no cell is a formula."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([guarded(cell) for cell in row] for row in table(sheet))
    return codecs.BOM_UTF8 + text.getvalue().encode("utf-8", "replace")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what would begin one."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`; an apostrophe that begins a word stays."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def from_text(data: bytes, *, name: str) -> Returned:
    """The rows of a CSV or tab-separated table in UTF-8, UTF-16 or GBK; raises ReviewError where it is none."""
    text = _decoded(data, name)
    if "\x00" in text:
        raise ReviewError("has NUL characters in it: it is damaged or no table", path=name, remedy=_AGAIN)
    first, _, rest = text.partition("\n")
    if re.match(r"sep=.\r?$", first):  # what Excel understands as its first line
        text = rest
    try:
        delimiter = max(_DELIMITERS, key=lambda one: named(list(islice(_rows(text, one), DEEPEST))))
        found = list(_rows(text, delimiter))
    except csv.Error as broken:
        raise ReviewError(f"is no table of text: {broken}", path=name, remedy=_AGAIN) from broken
    return returned(found, name=name)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield [unguarded(cell) for cell in row]


def _decoded(data: bytes, name: str) -> str:
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ReviewError("is text in none of UTF-8, UTF-16 and GBK, or no text at all", path=name, remedy=_AGAIN)


def _encodings(data: bytes) -> tuple[str, ...]:
    """What it may be written in; ASCII has a zero in every second byte in UTF-16, and a header is ASCII."""
    if data.startswith(_UTF16_MARKS):
        return ("utf-16",)
    head = data[:400]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) // 8 and min(even, odd) <= max(even, odd) // 8:
        return ("utf-16-be",) if even > odd else ("utf-16-le",)
    return ("utf-8-sig", "gb18030")
