"""Edge: a glossary as an Excel workbook. XlsxWriter writes, python-calamine reads."""

from __future__ import annotations

import datetime as dt
import io

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from pipeline.errors import GlossaryError
from pipeline.glossary import Glossary, Row, from_rows, table

_WIDTHS = {"source": 24, "target": 48, "allowed": 36, "forbidden": 24, "except": 20, "note": 48}
# A workbook states when it was made; a fixed day keeps the same terms the same bytes.
_DAY = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook knows no time zone


def to_xlsx(glossary: Glossary) -> bytes:
    """The glossary's table as a workbook of one sheet; every cell is text, so none can be a formula."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": _DAY})
        sheet = book.add_worksheet("glossary")
        rows = table(glossary)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
        for column, name in enumerate(rows[0]):
            sheet.set_column(column, column, _WIDTHS.get(name, 12))
        sheet.freeze_panes(1, 1)
    return content.getvalue()


def from_xlsx(content: bytes, *, name: str) -> Glossary:
    """The glossary on the first sheet of a workbook; a line number in messages is the row.

    Raises GlossaryError where it is no workbook, Mistakes of GlossaryError where the glossary is wrong.
    """
    try:
        rows = (
            CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
        )
    except CalamineError as error:
        raise GlossaryError("is no workbook that can be read", path=name, remedy="save it again as .xlsx") from error
    filled = [Row(number, tuple(map(_text, row))) for number, row in enumerate(rows, start=1)]
    return from_rows([row for row in filled if any(map(str.strip, row.cells))], name=name)


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
