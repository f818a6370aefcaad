"""What only looks wrong: such files and rows are taken all the same."""

from pathlib import Path

import docx
import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from review_files import FIVE, GOOD, KEPT, column, correct, handed, put, repacked, sheet_with, table, taken, write_rows

from pipeline import tmx
from pipeline.approved import Approvals

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture
def desk(project):
    """A project with the sample bulletin printed and one sentence approved."""
    put(project)
    tmx.write(project / "memory.tmx", Approvals([KEPT]))
    return project


def a_sheet_of_notes_before_it():
    book = openpyxl.load_workbook(correct(handed("xlsx"), GOOD))
    book.create_sheet("Notes", 0).append(["Chinese", "is hard"])
    book.save("back.xlsx")
    return Path("back.xlsx")


def a_copy_that_nobody_wrote_in_before_it():
    book = openpyxl.load_workbook(handed("xlsx"))
    copied = book.copy_worksheet(book.worksheets[0])
    copied["H25"] = FIVE["a3.p2.s1"]
    book.save("back.xlsx")
    return Path("back.xlsx")


def hidden_rows_and_a_filter():
    def change(page, at):
        page.row_dimensions[at["a3.p2.s1"]].hidden = True
        page.auto_filter.add_filter_column(5, ["nothing"])

    return sheet_with(change)


def a_sheet_locked_with_a_password():
    return sheet_with(lambda page, _: page.protection.set_password("secret"))


def english_struck_out_beside_its_correction():
    """How people say: not this, that."""

    def change(page, at):
        page[f"D{at['a3.p2.s1']}"].font = Font(strike=True)

    return sheet_with(change)


def bold_and_red():
    text = FIVE["a3.p2.s1"]
    rich = CellRichText(text[:9], TextBlock(InlineFont(b=True, color="FF0000", strike=False), text[9:]))
    return sheet_with(lambda page, at: page[f"H{at['a3.p2.s1']}"].__setattr__("value", rich), {})


def words_struck_out_by_hand_in_a_document():
    return marked_by_hand("strike")


def hidden_words_in_a_document():
    return marked_by_hand("hidden")


def marked_by_hand(how):
    """Somebody formats the old words so that they count no more, and writes the new ones beside them."""
    document = docx.Document(handed("docx"))
    row = next(row for row in document.tables[0].rows if "a3.p2.s1" in row.cells[0].text)
    paragraph, text = row.cells[2].paragraphs[0], FIVE["a3.p2.s1"]
    paragraph.runs[0].text = text.partition("praised")[0]
    setattr(paragraph.add_run("commended ").font, how, True)
    for part in ("praised", text.partition("praised")[2]):
        setattr(paragraph.add_run(part).font, how, False)
    document.save("back.docx")
    return Path("back.docx")


def a_strict_document():
    strict, usual = b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.encode()
    return repacked(correct(handed("docx"), GOOD), lambda _, part: part.replace(usual, strict))


def a_table_pasted_into_another_document():
    other = docx.Document()
    other.add_table(2, 2).cell(0, 0).text = "Agenda"
    other.element.body.insert(1, docx.Document(correct(handed("docx"), GOOD)).tables[0]._tbl)
    other.save("back.docx")
    return Path("back.docx")


def a_table_cut_in_two():
    document = docx.Document(correct(handed("docx"), GOOD))
    (page,) = document.tables
    rest = document.add_table(0, 3)
    for row in page.rows[20:]:
        rest._tbl.append(row._tr)
    document.save("back.docx")
    return Path("back.docx")


def lines_broken_within_a_cell():
    return correct(handed("xlsx"), {"a3.p2.s1": FIVE["a3.p2.s1"].replace(" the ", "\n\u2028 the\x85\u00a0")})


def renumbered_rows():
    rows = table()
    for number, row in enumerate(rows[1:], start=1):
        row[0], row[column(rows, "Id")] = str(number), f"a7.p{number}.s1"
    return write_rows(Path("a.csv"), rows)


def rows_in_another_order():
    rows = table()
    return write_rows(Path("a.csv"), [rows[0], *reversed(rows[1:])])


def two_header_rows():
    rows = table()
    return write_rows(Path("a.csv"), [rows[0], *rows])


def every_row_twice():
    rows = table()
    return write_rows(Path("a.csv"), [*rows, *rows])


def gbk_from_excel_in_chinese():
    return write_rows(Path("a.csv"), [[cell.replace("²", "2") for cell in row] for row in table()], "gbk")


def utf_16_without_a_mark():
    return write_rows(Path("a.txt"), table(), "utf-16-le", "\t")


def smart_quotes_changed_by_excel():
    rows = [[cell.replace("“", '"').replace("”", '"').replace("’", "'") for cell in row] for row in table()]
    return write_rows(Path("a.csv"), rows)


def a_workbook_called_xls():
    return correct(handed("xlsx"), GOOD).rename("back.xls")


def a_correction_that_looks_like_a_formula_in_csv():
    rows = table()
    row = next(row for row in rows if row[column(rows, "Id")] == "a3.p2.s1")
    row[column(rows, "Chinese")] = row[column(rows, "Chinese")]
    row[column(rows, "Comment")] = "=HYPERLINK(1)"
    return write_rows(Path("a.csv"), rows)


def a_hundred_thousand_rows():
    wanted = [column(table(), name) for name in ("Id", "Chinese", "Correction")]
    rows = [[row[at] for at in wanted] for row in table()]
    others = [[f"b{number}", *rows[1][1:]] for number in range(100_000 - len(rows))]
    path = Path("a.xlsx")
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        for at, row in enumerate([*rows, *others]):
            for column_, cell in enumerate(row):
                page.write_string(at, column_, cell)
    return path


SOUND = [
    renumbered_rows, rows_in_another_order, two_header_rows, every_row_twice, gbk_from_excel_in_chinese,
    utf_16_without_a_mark, smart_quotes_changed_by_excel, a_workbook_called_xls,
    a_correction_that_looks_like_a_formula_in_csv, a_hundred_thousand_rows, a_sheet_of_notes_before_it,
    a_copy_that_nobody_wrote_in_before_it, hidden_rows_and_a_filter, a_sheet_locked_with_a_password, bold_and_red,
    english_struck_out_beside_its_correction,
    lines_broken_within_a_cell, words_struck_out_by_hand_in_a_document, hidden_words_in_a_document, a_strict_document,
    a_table_pasted_into_another_document, a_table_cut_in_two,
]  # fmt: skip


@pytest.mark.parametrize("make", SOUND, ids=[make.__name__ for make in SOUND])
def test_what_only_looks_wrong_is_taken(desk, capsys, make):
    code, memory = taken(make())
    assert capsys.readouterr().err == ""
    assert code == 0
    assert {one.target for one in memory.values()} == {KEPT.target, FIVE["a3.p2.s1"]}
