"""A hand-out as a Word document: Chinese and English side by side, corrected in place. python-docx writes it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from pipeline.review.handout import Handout, Line
from pipeline.review.values import mark, writable

CHECKS = "bilingual-bulletin"
"""Who wrote the comments that are in the document when it is handed out."""
TITLE = "Review: "
HOW = (
    "Correct the English where it is wrong, with or without tracked changes, and hand this file back. "
    "Leave the first column and the Chinese as they are: by them your sentences are found again."
)
_WIDTHS = (Mm(22), Mm(74), Mm(90))
_LATIN, _CHINESE = "Times New Roman", "SimSun"
_QUIET, _HEAD = RGBColor(0x59, 0x59, 0x59), "D9D9D9"
_DAY = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_ZIP_DAY = (2000, 1, 1, 0, 0, 0)


def to_docx(sheet: Handout) -> bytes:
    """The hand-out as a document with one table; the same print gives the same bytes."""
    document = docx.Document()
    _dress(document, sheet)
    table = document.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    for cell, text, width in zip(table.rows[0].cells, ("No.", "中文", "English"), _WIDTHS, strict=True):
        cell.width = width
        _write(cell.paragraphs[0], text, bold=True)
        _shade(cell)
    _keep(table.rows[0], "w:tblHeader")
    for line in sheet.lines:
        _row(document, table, line)
    return _same_bytes(document)


def _row(document: Document, table: Table, line: Line) -> None:
    row = table.add_row()  # type: ignore[no-untyped-call]
    _keep(row, "w:cantSplit")
    cells = row.cells
    for cell, width in zip(cells, _WIDTHS, strict=True):
        cell.width = width
    if line.number:
        _write(cells[0].paragraphs[0], line.number, bold=True)
        cells[0].paragraphs[0].add_run().add_break()
    _write(cells[0].paragraphs[0], f"{line.id} {mark(line.target)}", size=6, quiet=True)
    _write(cells[1].paragraphs[0], line.source, chinese=True)
    run = _write(cells[2].paragraphs[0], line.target)
    for remark in line.remarks:
        comment = document.add_comment(
            run, text=writable(f"{remark.severity}: {remark.message}"), author=CHECKS, initials="BB"
        )
        comment._comment_elm.set(qn("w:date"), f"{_DAY:%Y-%m-%dT%H:%M:%SZ}")  # noqa: SLF001 - the same print, the same bytes


def _write(
    paragraph: Paragraph, text: str, *, bold: bool = False, chinese: bool = False, size: float = 0, quiet: bool = False
) -> Run:
    """A run with its fonts and its language said outright, so that nothing depends on the reviewer's own template."""
    run = paragraph.add_run(writable(text))
    run.font.name = _LATIN
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    if quiet:
        run.font.color.rgb = _QUIET
    properties = run._element.get_or_add_rPr()  # noqa: SLF001 - python-docx has no word for East Asian fonts and languages
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), _CHINESE)
    if chinese:
        fonts.set(qn("w:hint"), "eastAsia")
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "zh-CN" if chinese else "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)
    return run


def _shade(cell: _Cell) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", _HEAD)):
        shading.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shading)  # noqa: SLF001 - as above


def _keep(row: _Row, what: str) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - as above
    properties.append(OxmlElement(what))


def _dress(document: Document, sheet: Handout) -> None:
    """A4, its title and how it is used; dates that say nothing."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(12)
    section.top_margin = section.bottom_margin = Mm(15)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = f"{TITLE}{sheet.slug}", CHECKS, ""
    properties.created = properties.modified = _DAY.replace(tzinfo=None)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _LATIN, Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _CHINESE)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
    _write(document.add_paragraph(), f"{TITLE}{sheet.slug}", bold=True, size=14)
    _number(section.footer.paragraphs[0], sheet.slug)
    _write(document.add_paragraph(), HOW, size=9, quiet=True)


def _number(footer: Paragraph, title: str) -> None:
    """The name of the bulletin, and which page of how many."""
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for before, field in ((f"{title}  ·  ", "PAGE"), (" / ", "NUMPAGES")):
        _write(footer, before, size=9, quiet=True)
        counted = OxmlElement("w:fldSimple")
        counted.set(qn("w:instr"), field)
        counted.append(_write(footer, "1", size=9, quiet=True)._element)  # noqa: SLF001 - python-docx has no word for fields
        footer._p.append(counted)  # noqa: SLF001 - as above


def _same_bytes(document: Document) -> bytes:
    """The document packed once more, each part on a fixed day: ZIP files state when they were made."""
    packed, again = io.BytesIO(), io.BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as parts, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in parts.namelist():
            member = zipfile.ZipInfo(name, _ZIP_DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(member, parts.read(name))
    return again.getvalue()
