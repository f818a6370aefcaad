"""Hand-outs that LibreOffice has opened and saved, as Excel's and Word's users do, come back as they must."""

import re
import shutil
import subprocess
import zipfile
from functools import cache

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


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A folder of hand-outs as reviewers leave them: untouched, corrected, and a sheet with more than text in it."""
    if shutil.which("soffice") is None:
        pytest.skip("no LibreOffice here: apt-get install libreoffice-calc-nogui libreoffice-writer-nogui")
    folder = tmp_path_factory.mktemp("office")
    for form in ("xlsx", "docx"):
        handed(form, folder).rename(folder / f"untouched.{form}")
        correct(handed(form, folder), FIVE).rename(folder / f"corrected.{form}")
    more = correct(handed("xlsx", folder), {**GOOD, "a2.p3.s2": "Merged.", "a1.p1.s1": '=D2&" so"'})
    book = openpyxl.load_workbook(more)
    book.worksheets[0].merge_cells("H17:H18")
    book.worksheets[0]["D6"].comment = Comment("Say home.", "Li")
    book.save(more.rename(folder / "more.xlsx"))
    return folder


@pytest.fixture(scope="module")
def saved(office):
    """A file as LibreOffice saves it in another format: all of one kind at one start, which is what takes time."""

    @cache
    def together(folder, suffix, form):
        out = folder / f"{suffix} as {form}"
        command = ["soffice", f"-env:UserInstallation={(office / 'home').as_uri()}", "--headless", "--convert-to", form]
        files = sorted(folder.glob(f"*{suffix}"))
        return out, subprocess.run([*command, "--outdir", out, *files], check=True, capture_output=True, timeout=300)

    def save(path, form):
        path = office / path
        out, done = together(path.parent, path.suffix, form)
        made = out / f"{path.stem}.{form.partition(':')[0]}"
        assert made.exists(), done.stderr
        return made

    return save


CSV_UTF8, TABS_GBK = "csv:Text - txt - csv (StarCalc):44,34,76,1", "csv:Text - txt - csv (StarCalc):9,34,67,1"
"""Comma and tab; 76 and 67 are LibreOffice's numbers of UTF-8 and GBK."""


@pytest.mark.parametrize("form", ["xlsx", "ods", "xls", CSV_UTF8])
def test_a_corrected_sheet_saved_by_libreoffice_is_taken_in(desk, saved, form):
    code, memory = taken(saved("corrected.xlsx", form))
    assert code == 0
    assert {one.source: one.target for one in memory.values()} == {source(i): text for i, text in FIVE.items()}


@pytest.mark.parametrize("form", ["xlsx", "ods", "xls", CSV_UTF8])
def test_an_untouched_sheet_saved_by_libreoffice_changes_nothing(desk, saved, form, capsys):
    assert taken(saved("untouched.xlsx", form)) == (0, {})
    assert f"{len(printed().pairs)} left as they were" in capsys.readouterr().out


def test_a_sheet_saved_as_csv_in_the_encoding_of_chinese_windows_is_taken_in(desk, saved):
    code, memory = taken(saved("corrected.xlsx", TABS_GBK))
    assert code == 0
    assert {one.target for one in memory.values()} == set(FIVE.values())


@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_formulas_merged_cells_and_notes_are_seen_in_whatever_libreoffice_makes_of_them(desk, saved, form, capsys):
    code, memory = taken(saved("more.xlsx", form))
    told = capsys.readouterr()
    assert code == 1
    assert {one.target for one in memory.values()} == set(GOOD.values())
    lines = [line.partition(f".{form}:")[2].partition(":")[0] for line in told.err.splitlines()]
    assert lines == ["4", "17", "18"]
    if form != "xls":  # of which nobody tells more than the texts and the merged cells
        assert "there is a formula where text should be" in told.err
        assert ":6: a1.p2.s1: Say home.\n" in told.out


@pytest.mark.parametrize("left", [100, 0.5, 0.9, 0.97])
def test_of_an_old_workbook_that_was_cut_off_one_sentence_is_said(desk, saved, tmp_path, left, capfd):
    whole = saved("corrected.xlsx", "xls").read_bytes()
    cut = tmp_path / "cut.xls"
    cut.write_bytes(whole[: left if left > 1 else int(left * len(whole))])
    capfd.readouterr()
    assert taken(cut) == (1, {})
    (line,) = capfd.readouterr().err.splitlines()
    assert "workbook" in line


@pytest.mark.parametrize("form", ["docx", "docx:MS Word 2007 XML"])
def test_a_corrected_document_saved_by_libreoffice_is_taken_in(desk, saved, form):
    code, memory = taken(saved("corrected.docx", form))
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


def test_tracked_changes_made_in_libreoffice_are_read_as_made(desk, office, saved, tmp_path):
    path, back = office / "untouched.docx", tmp_path / "tracked.docx"
    saved(path, "docx")  # the first start makes the folder of LibreOffice's settings, where its macros are
    basic = office / "home" / "user" / "basic" / "Standard"
    (basic / "Module1.xba").write_text(MODULE.format(there=path.as_uri(), back=back.as_uri()), "utf-8")
    library = (basic / "script.xlb").read_text("utf-8")
    if "Module1" not in library:
        element = '<library:element library:name="Module1"/></library:library>'
        (basic / "script.xlb").write_text(re.sub(r"\s*/>\s*$", f">{element}", library), "utf-8")
    home = f"-env:UserInstallation={(office / 'home').as_uri()}"
    # It falls over its own feet when it ends; the file has been saved by then.
    command = ["soffice", home, "--headless", "macro:///Standard.Module1.Main"]
    subprocess.run(command, check=False, capture_output=True, timeout=300)
    with zipfile.ZipFile(back) as parts:
        assert b"<w:del " in parts.read("word/document.xml")
    code, memory = taken(back)
    assert code == 0
    assert {one.source: one.target for one in memory.values()} == {source("a3.p2.s1"): FIVE["a3.p2.s1"]}


def test_an_untouched_document_saved_by_libreoffice_changes_nothing(desk, saved):
    assert taken(saved("untouched.docx", "docx")) == (0, {})


def test_a_document_that_went_through_opendocument_is_taken_in(desk, saved):
    code, memory = taken(saved(saved("corrected.docx", "odt"), "docx"))
    assert code == 0
    assert {one.target for one in memory.values()} == set(FIVE.values())


def test_the_saved_sheet_still_says_what_may_be_written_where(desk, saved):
    page = openpyxl.load_workbook(saved("untouched.xlsx", "xlsx")).worksheets[0]
    assert page.protection.sheet
    assert [v.formula1 for v in page.data_validations.dataValidation if v.type == "list"] == ['"ok,correct,question"']


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_it_can_be_printed(desk, saved, form):
    """Every sentence is on the paper, and the sheet is one page wide."""
    pdf = pypdfium2.PdfDocument(saved(f"untouched.{form}", "pdf"))
    text = "".join("".join(page.get_textpage().get_text_range() for page in pdf).split())
    assert all("".join(pair.target.split()) in text for pair in printed().pairs if len(pair.target) < 60)
    if form == "xlsx":
        assert {page.get_width() > page.get_height() for page in pdf} == {True}
    pdf.close()
