"""Hand-outs that LibreOffice has opened and saved, as Excel's and Word's users do, come back as they must."""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from openpyxl.comments import Comment
from review_files import FIVE, GOOD, correct, handed, printed, put, source, taken

pytestmark = pytest.mark.office


@pytest.fixture
def desk(project):
    put(project)
    return project


@pytest.fixture
def converted(tmp_path):
    """A file as LibreOffice saves it in another format."""
    if shutil.which("soffice") is None:
        pytest.skip("no LibreOffice here: apt-get install libreoffice-calc-nogui libreoffice-writer-nogui")

    def convert(path, form):
        home, out = tmp_path / "office", tmp_path / f"as-{form.partition(':')[0]}"
        command = ["soffice", f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to", form]
        done = subprocess.run([*command, "--outdir", out, path], check=True, capture_output=True, timeout=300)
        made = out / f"{Path(path).stem}.{form.partition(':')[0]}"
        assert made.exists(), done.stderr
        return made

    return convert


CSV_UTF8, TABS_GBK = "csv:Text - txt - csv (StarCalc):44,34,76,1", "csv:Text - txt - csv (StarCalc):9,34,67,1"
"""Comma and tab; 76 and 67 are LibreOffice's numbers of UTF-8 and GBK."""


@pytest.mark.parametrize("form", ["xlsx", "ods", "xls", CSV_UTF8])
def test_a_corrected_sheet_saved_by_libreoffice_is_taken_in(desk, converted, form):
    back = converted(correct(handed("xlsx"), FIVE), form)
    code, memory = taken(back)
    assert code == 0
    assert {one.source: one.target for one in memory.values()} == {source(i): text for i, text in FIVE.items()}


@pytest.mark.parametrize("form", ["xlsx", "ods", "xls", CSV_UTF8])
def test_an_untouched_sheet_saved_by_libreoffice_changes_nothing(desk, converted, form, capsys):
    assert taken(converted(handed("xlsx"), form)) == (0, {})
    assert f"{len(printed().pairs)} left as they were" in capsys.readouterr().out


def test_a_sheet_saved_as_csv_in_the_encoding_of_chinese_windows_is_taken_in(desk, converted):
    code, memory = taken(converted(correct(handed("xlsx"), FIVE), TABS_GBK))
    assert code == 0
    assert {one.target for one in memory.values()} == set(FIVE.values())


@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_formulas_merged_cells_and_notes_are_seen_in_whatever_libreoffice_makes_of_them(desk, converted, form, capsys):
    book = openpyxl.load_workbook(correct(handed("xlsx"), {**GOOD, "a2.p3.s2": "Merged.", "a1.p1.s1": '=D2&" so"'}))
    page = book.worksheets[0]
    page.merge_cells("H17:H18")
    page["D6"].comment = Comment("Say home.", "Li")
    book.save("back.xlsx")
    code, memory = taken(converted("back.xlsx", form))
    told = capsys.readouterr()
    assert code == 1
    assert {one.target for one in memory.values()} == set(GOOD.values())
    lines = [line.partition(f".{form}:")[2].partition(":")[0] for line in told.err.splitlines()]
    assert lines == ["4", "17", "18"]
    if form != "xls":  # of which nobody tells more than the texts and the merged cells
        assert "there is a formula where text should be" in told.err
        assert ":6: a1.p2.s1: Say home.\n" in told.out


@pytest.mark.parametrize("form", ["docx", "docx:MS Word 2007 XML"])
def test_a_corrected_document_saved_by_libreoffice_is_taken_in(desk, converted, form):
    code, memory = taken(converted(correct(handed("docx"), FIVE), form))
    assert code == 0
    assert {one.source: one.target for one in memory.values()} == {source(i): text for i, text in FIVE.items()}


MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Main
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Dim form(0) As New com.sun.star.beans.PropertyValue
  form(0).Name = "FilterName"
  form(0).Value = "MS Word 2007 XML"
  document = StarDesktop.loadComponentFromURL("{there}", "_blank", 0, hidden())
  document.RecordChanges = True
  change = document.createReplaceDescriptor()
  change.SearchString = "commended the recent work"
  change.ReplaceString = "praised the recent work"
  document.replaceAll(change)
  document.storeToURL("{back}", form())
  document.close(True)
End Sub
</script:module>
"""


def test_tracked_changes_made_in_libreoffice_are_read_as_made(desk, converted, tmp_path):
    path, back = handed("docx").absolute(), tmp_path / "tracked.docx"
    converted(path, "docx")  # the first start makes the folder of LibreOffice's settings, where its macros are
    basic = tmp_path / "office" / "user" / "basic" / "Standard"
    (basic / "Module1.xba").write_text(MODULE.format(there=path.as_uri(), back=back.as_uri()), "utf-8")
    library = (basic / "script.xlb").read_text("utf-8")
    if "Module1" not in library:
        element = '<library:element library:name="Module1"/></library:library>'
        (basic / "script.xlb").write_text(re.sub(r"\s*/>\s*$", f">{element}", library), "utf-8")
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    # It falls over its own feet when it ends; the file has been saved by then.
    command = ["soffice", home, "--headless", "macro:///Standard.Module1.Main"]
    subprocess.run(command, check=False, capture_output=True, timeout=300)
    with zipfile.ZipFile(back) as parts:
        assert b"<w:del " in parts.read("word/document.xml")
    code, memory = taken(back)
    assert code == 0
    assert {one.source: one.target for one in memory.values()} == {source("a3.p2.s1"): FIVE["a3.p2.s1"]}


def test_an_untouched_document_saved_by_libreoffice_changes_nothing(desk, converted):
    assert taken(converted(handed("docx"), "docx")) == (0, {})


def test_a_document_that_went_through_opendocument_is_taken_in(desk, converted):
    there = converted(correct(handed("docx"), FIVE), "odt")
    code, memory = taken(converted(there, "docx"))
    assert code == 0
    assert {one.target for one in memory.values()} == set(FIVE.values())


def test_the_saved_sheet_still_says_what_may_be_written_where(desk, converted):
    page = openpyxl.load_workbook(converted(handed("xlsx"), "xlsx")).worksheets[0]
    assert page.protection.sheet
    assert [v.formula1 for v in page.data_validations.dataValidation if v.type == "list"] == ['"ok,correct,question"']


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_it_can_be_printed(desk, converted, form):
    """Every sentence is on the paper, and the sheet is one page wide."""
    pdf = pypdfium2.PdfDocument(converted(handed(form), "pdf"))
    text = "".join("".join(page.get_textpage().get_text_range() for page in pdf).split())
    assert all("".join(pair.target.split()) in text for pair in printed().pairs if len(pair.target) < 60)
    if form == "xlsx":
        assert {page.get_width() > page.get_height() for page in pdf} == {True}
    pdf.close()
