"""A project with the sample bulletin printed, its hand-outs, and reviewers with programs of their own."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import docx
import openpyxl
from lxml import etree
from sample_bulletin import sample

from pipeline import cli, report, review, tmx
from pipeline.approved import Approved
from pipeline.layout.inline import label

SLUG = "gaoxin-shibao-page"
FIVE = {
    "a1.p2.s1": "The zone is building a home for young innovators.",
    "a2.h.s1": "Ground Is Broken for the Gaoxin Campus of Zhengzhou Central Hospital",
    "a2.p3.s2": "As care is to grow and spread evenly, a new campus is all the more urgent.",
    "a2.p4.s1": "Zhang Hongjun said in his speech that people had long been waiting for the hospital.",
    "a3.p2.s1": "Zhang Hongjun praised the recent work of the industry-city renewal project company.",
}
"""Corrections that break nothing, by sentence."""
GOOD = {"a3.p2.s1": FIVE["a3.p2.s1"]}
"""One of them."""
KEPT = Approved("另一句。", "Another sentence.", "Li", "20260101T000000Z")
"""What was approved before."""
X = "{urn:oasis:names:tc:xliff:document:2.0}"


def printed(bulletin=None):
    """What the bulletin says on paper."""
    return report.from_json(report.to_json(bulletin or sample()), name="report.json")


def sheet(bulletin=None):
    """Its hand-out."""
    return review.handout(printed(bulletin), label=label)


def put(project, bulletin=None):
    """Makes the project have the bulletin in output/, as a build leaves it."""
    bulletin = bulletin or sample()
    path = project / "output" / bulletin.slug / "report.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(report.to_json(bulletin), "utf-8")


def handed(form, folder=Path(), bulletin=None):
    """A hand-out as a file, outside of output/."""
    path = folder / f"back.{form}"
    path.write_bytes(review.FORMATS[form](sheet(bulletin)))
    return path


def source(sentence_id):
    """The Chinese of a sentence."""
    return next(pair.sentence.text for pair in printed().pairs if pair.sentence.id == sentence_id)


def english(sentence_id):
    """Its English as it was printed."""
    return next(pair.target for pair in printed().pairs if pair.sentence.id == sentence_id)


def correct(path, wanted, column="Correction"):
    """Writes into a hand-out, as the programs that open it do: what is wanted by sentence id."""
    {".xlsx": _in_xlsx, ".csv": _in_csv, ".docx": _in_docx, ".xlf": _in_xliff}[path.suffix](path, wanted, column)
    return path


def _in_xlsx(path, wanted, column):
    book = openpyxl.load_workbook(path)
    (page,) = book.worksheets
    header = [cell.value for cell in page[1]]
    for row in page.iter_rows(min_row=2):
        if row[header.index("Id")].value in wanted:
            row[header.index(column)].value = wanted[row[header.index("Id")].value]
    book.save(path)


def column(rows, name):
    """Where a table has a column."""
    return rows[0].index(name)


def rows_of(path):
    """A CSV hand-out as lists."""
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def write_rows(path, rows, encoding="utf-8-sig", delimiter=","):
    """Lists as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def _in_csv(path, wanted, column):
    header, *rows = rows_of(path)
    for row in rows:
        if row[header.index("Id")] in wanted:
            row[header.index(column)] = wanted[row[header.index("Id")]]
    write_rows(path, [header, *rows])


def _in_docx(path, wanted, _column):
    document = docx.Document(path)
    (table,) = document.tables
    for row in table.rows[1:]:
        sentence_id = row.cells[0].text.split()[-2]
        if sentence_id in wanted:
            row.cells[2].paragraphs[0].runs[0].text = wanted[sentence_id]
    document.save(path)


def _in_xliff(path, wanted, _column):
    tree = etree.parse(path)
    for unit in tree.iter(f"{X}unit"):
        if unit.get("id") in wanted:
            unit.find(f"{X}segment/{X}target").text = wanted[unit.get("id")]
    tree.write(path, encoding="UTF-8", xml_declaration=True)


def packed(parts):
    """A ZIP file of parts, by name."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def repacked(path, change):
    """An Office file with the text of some parts changed."""
    with zipfile.ZipFile(path) as old:
        path.write_bytes(packed({name: change(name, old.read(name)) for name in old.namelist()}))
    return path


def taken(*files, options=()):
    """Imports files; what is approved afterwards, by its Chinese."""
    code = cli.main(["review", "import", *map(str, files), "--by", "Wang", *options])
    return code, approved()


def approved():
    """What is approved in the project, by its Chinese."""
    return {one.source: one for one in tmx.read(Path("memory.tmx"))}


def table():
    """The CSV hand-out with one correction, as lists."""
    return rows_of(correct(handed("csv"), GOOD))


def sheet_with(change, wanted=GOOD):
    """An .xlsx hand-out in which a function of its sheet and of where a sentence stands has changed something."""
    book = openpyxl.load_workbook(correct(handed("xlsx"), wanted))
    page = book.worksheets[0]
    change(page, {row[1].value: row[0].row for row in page.iter_rows()})
    book.save("back.xlsx")
    return Path("back.xlsx")
