"""Rows that cannot be taken, and what only looks wrong: nothing sound is lost, and nothing else gets in."""

import datetime as dt
import re
import time
from itertools import pairwise
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.formula import ArrayFormula
from review_files import (
    FIVE,
    GOOD,
    KEPT,
    column,
    correct,
    english,
    handed,
    put,
    repacked,
    sheet_with,
    source,
    table,
    taken,
    write_rows,
)

from pipeline import tmx
from pipeline.approved import Approvals, Approved


@pytest.fixture
def desk(project):
    """A project with the sample bulletin printed and one sentence approved."""
    put(project)
    tmx.write(project / "memory.tmx", Approvals([KEPT]))
    return project


# What is wrong with a row. The sound row beside it is taken all the same.


def a_changed_source():
    rows = table()
    row = next(row for row in rows if row[column(rows, "Id")] == "a1.p1.s1")
    row[column(rows, "Chinese")] = row[column(rows, "Chinese")].replace("新发展阶段", "新阶段")
    row[column(rows, "Correction")] = "Something."
    return write_rows(Path("a.csv"), rows)


def a_source_that_is_gone():
    rows = table()
    rows.append([
        "",
        "a9.p9.s9",
        "高新医院的总建筑面积212805平方米。",
        "",
        "",
        "",
        "",
        "Its area is 212,805 square metres.",
        "",
        "",
        "",
        "",
    ])
    return write_rows(Path("a.csv"), rows)


def merged_cells():
    book = openpyxl.load_workbook(correct(handed("xlsx"), {**GOOD, "a1.p2.s2": "Lost."}))
    page = book.worksheets[0]
    row = next(row[0].row for row in page.iter_rows() if row[1].value == "a1.p2.s2")
    page.merge_cells(start_row=row - 1, end_row=row, start_column=3, end_column=3)
    book.save("back.xlsx")
    return Path("back.xlsx")


def a_formula():
    path = correct(handed("xlsx"), {**GOOD, "a1.p2.s2": '=D2&" and more"'})
    assert openpyxl.load_workbook(path).worksheets[0]["H7"].data_type == "f"
    return path


def an_array_formula():
    def change(page, at):
        page[f"H{at['a1.p2.s2']}"] = ArrayFormula(f"H{at['a1.p2.s2']}", "=D2")

    return sheet_with(change)


def text_struck_out():
    old = TextBlock(InlineFont(strike=True), "a house ")
    text = CellRichText("The zone is building ", old, "a home for young innovators.")
    return sheet_with(lambda page, at: page[f"H{at['a1.p2.s1']}"].__setattr__("value", text))


def a_correction_struck_out_as_a_whole():
    def change(page, at):
        page[f"H{at['a1.p2.s1']}"].font = Font(strike=True)

    return sheet_with(change, {**GOOD, "a1.p2.s1": "The zone is a home."})


def words_struck_out_in_the_english():
    old = TextBlock(InlineFont(strike=True), "an ecosystem ")
    text = CellRichText("The zone builds ", old, "for young innovators.")
    return sheet_with(lambda page, at: page[f"D{at['a1.p2.s1']}"].__setattr__("value", text))


def english_and_print_sorted_without_the_chinese():
    rows = table()
    first, second = (next(row for row in rows if row[column(rows, "Id")] == i) for i in ("a1.p2.s1", "a2.p4.s1"))
    for name in ("English", "Print"):
        at = column(rows, name)
        first[at], second[at] = second[at], first[at]
    first[column(rows, "Status")] = "ok"
    return write_rows(Path("a.csv"), rows)


def a_print_copied_down_by_the_mouse():
    """The English is as it was printed; only the mark that says so is that of the row above."""
    rows = table()
    for above, row in pairwise(rows):
        if row[column(rows, "Id")] == "a1.p2.s1":
            row[column(rows, "Print")] = above[column(rows, "Print")]
    return write_rows(Path("a.csv"), rows)


def true_where_a_correction_should_be():
    return sheet_with(lambda page, at: page[f"H{at['a1.p2.s1']}"].__setattr__("value", True))


def a_date_where_a_correction_should_be():
    return sheet_with(lambda page, at: page[f"H{at['a1.p2.s1']}"].__setattr__("value", dt.date(2022, 3, 4)))


def chinese_in_the_correction():
    return correct(handed("xlsx"), {**GOOD, "a1.p2.s1": "The zone builds a 创新 zone for the young."})


def a_mark_in_the_correction():
    return correct(handed("xlsx"), {**GOOD, "a1.p2.s1": "The zone builds a ⟦home⟧ for the young."})


def a_control_character():
    return correct(handed("csv"), {**GOOD, "a1.p2.s1": "The zone builds a \x07home for the young."})


def a_character_that_turns_the_line_round():
    return correct(handed("docx"), {**GOOD, "a1.p2.s1": "The zone builds a \u202ehome for the young."})


def a_smiley():
    return correct(handed("xlsx"), {**GOOD, "a1.p2.s1": "The zone is a home for the young. 😀"})


def a_broken_number():
    return correct(handed("xlsx"), {**GOOD, "a2.p3.s1": english("a2.p3.s1").replace("149,100", "194,100")})


def a_broken_term():
    return correct(handed("xlsx"), {**GOOD, "a2.k.s1": "Hi-Tech Park Gains Another Large General Hospital"})


def two_corrections_of_one_sentence():
    rows = table()
    row = next(row for row in rows if row[column(rows, "Id")] == "a1.p2.s1")
    at = column(rows, "Correction")
    rows += [[*row[:at], text, *row[at + 1 :]] for text in ("The zone is a home.", "The zone is a nest.")]
    return write_rows(Path("a.csv"), rows)


def a_status_that_nobody_knows():
    return correct(correct(handed("xlsx"), GOOD), {"a1.p2.s1": "maybe"}, "Status")


def correct_without_a_correction():
    return correct(correct(handed("xlsx"), GOOD), {"a1.p2.s1": "correct"}, "Status")


def a_row_with_its_english_deleted():
    return correct(handed("docx"), {**GOOD, "a1.p2.s1": ""})


def english_changed_beside_another_correction():
    path = correct(correct(handed("xlsx"), GOOD), {"a1.p2.s1": "The zone is a home for young innovators."})
    return correct(path, {"a1.p2.s1": "The zone is a nest for young innovators."}, "English")


def a_unit_with_its_target_deleted():
    return correct(handed("xlf"), {**GOOD, "a1.p2.s1": ""})


def a_row_with_a_cell_too_few():
    document = docx.Document(correct(handed("docx"), GOOD))
    row = next(row for row in document.tables[0].rows if "a1.p2.s1" in row.cells[0].text)
    row._tr.remove(row.cells[2]._tc)
    document.save("back.docx")
    return Path("back.docx")


def document_with(change, wanted=GOOD):
    """A .docx hand-out in which a function of a sentence's row, a1.p2.s1, has changed something."""
    document = docx.Document(correct(handed("docx"), wanted))
    change(next(row for row in document.tables[0].rows if "a1.p2.s1" in row.cells[0].text))
    document.save("back.docx")
    return Path("back.docx")


def a_row_whose_number_was_deleted():
    return document_with(lambda row: row.cells[0].__setattr__("text", "2.1"), {**GOOD, "a1.p2.s1": "A home."})


def a_second_version_below_the_first():
    return document_with(lambda row: row.cells[2].add_paragraph("Better: The zone is a home."))


def a_table_within_the_english():
    return document_with(lambda row: row.cells[2].add_table(1, 2))


def an_arrow_of_wingdings():
    def change(row):
        run = row.cells[2].paragraphs[0].add_run()
        symbol = docx.oxml.OxmlElement("w:sym")
        symbol.set(docx.oxml.ns.qn("w:char"), "F0E0")
        run._element.append(symbol)

    return document_with(change)


def only_the_word_that_is_better():
    return correct(handed("xlsx"), {**GOOD, "a1.p2.s1": "nurturing"})


def ok_in_the_column_for_corrections():
    return correct(handed("xlsx"), {**GOOD, "a1.p2.s1": "OK"})


def punctuation_of_a_chinese_keyboard():
    return correct(handed("docx"), {**GOOD, "a1.p2.s1": "The zone is a home，for young innovators。"})


def letters_of_a_chinese_keyboard():
    return correct(handed("xlsx"), {**GOOD, "a1.p2.s1": "The zone is a Ｈｏｍｅ for young innovators."})


def a_correction_that_slipped_to_the_next_row():
    return correct(handed("xlsx"), {**GOOD, "a3.p2.s2": FIVE["a3.p2.s1"].replace("praised", "lauded")})


def a_correction_as_long_as_a_book():
    return correct(handed("csv"), {**GOOD, "a1.p2.s1": "On and on. " * 2000})


def another_english_was_approved_meanwhile():
    tmx.update(
        Path("memory.tmx"), lambda known: known.having([Approved(source("a1.p2.s1"), "The zone is a nest.", "Li")])
    )
    return correct(handed("xlsx"), {**GOOD, "a1.p2.s1": "The zone is a home."})


ROWS = [
    (
        a_changed_source,
        r"a.csv:4: a1.p1.s1: “.*” is in no bulletin; a1.p1.s1 now reads “如何把握新发展阶段.*”; look at",
    ),
    (
        a_source_that_is_gone,
        r"a.csv:30: a9.p9.s9: “.*” is in no bulletin; the nearest is a2.p2.s2 “高新医院建设项目.*”; look at",
    ),
    (merged_cells, r"back.xlsx:7: a1.p2.s2: there is no Chinese in this row \(were cells merged or deleted\?\)"),
    (a_formula, r"back.xlsx:7: a1.p2.s2: there is a formula where text should be"),
    (an_array_formula, r"back.xlsx:7: a1.p2.s2: there is a formula where text should be"),
    (text_struck_out, r"back.xlsx:6: a1.p2.s1: there is text struck out where a correction should be: delete what"),
    (a_correction_struck_out_as_a_whole, r"back.xlsx:6: a1.p2.s1: there is text struck out where a correction"),
    (words_struck_out_in_the_english, r"back.xlsx:6: a1.p2.s1: words are struck out in its English, and there is no"),
    (
        english_and_print_sorted_without_the_chinese,
        r"a.csv:6: a1.p2.s1: beside the Chinese of a1.p2.s1 stands what belongs to a2.p4.s1; sort all columns together",
    ),
    (
        a_print_copied_down_by_the_mouse,
        r"a.csv:6: a1.p2.s1: beside the Chinese of a1.p2.s1 stands what belongs to a1.p1.s2; sort all columns",
    ),
    (true_where_a_correction_should_be, r"back.xlsx:6: a1.p2.s1: there is true or false where text should be: make"),
    (a_date_where_a_correction_should_be, r"back.xlsx:6: a1.p2.s1: there is a date where text should be: make"),
    (
        chinese_in_the_correction,
        r"back.xlsx:6: a1.p2.s1: Chinese is left in the English: 创新; change it, or import with --acc",
    ),
    (
        a_mark_in_the_correction,
        r"back.xlsx:6: a1.p2.s1: A mark of the translation was left in the English: ⟦ ⟧; change it",
    ),
    (a_control_character, r"back.csv:6: a1.p2.s1: its English has the control character U\+0007, which nobody can see"),
    (a_character_that_turns_the_line_round, r"back.docx:6: a1.p2.s1: its English has the control character U\+202E"),
    (a_smiley, r"back.xlsx:6: a1.p2.s1: no font has a glyph for “😀” \(U\+1F600, GRINNING FACE\), which stands in its"),
    (
        a_broken_number,
        r"back.xlsx:16: a2.p3.s1: The Chinese says .*, the English 194,100 instead; change it, or import with",
    ),
    (
        a_broken_term,
        r"back.xlsx:10: a2.k.s1: 高新区 must be “High-tech Zone”, which the English does not say; c",
    ),
    (
        two_corrections_of_one_sentence,
        r"a.csv:30: a1.p2.s1: “The zone is a home.” here and “The zone is a nest.” in a.csv:31 ",
    ),
    (
        a_status_that_nobody_knows,
        r"back.xlsx:6: a1.p2.s1: its status is “maybe”; write ok, correct or question, or nothing.",
    ),
    (
        correct_without_a_correction,
        r"back.xlsx:6: a1.p2.s1: its status is “correct”, and there is no correction; write the wh",
    ),
    (a_row_with_its_english_deleted, r"back.docx:6: a1.p2.s1: the English was deleted, and a sentence must have some"),
    (
        english_changed_beside_another_correction,
        r"back.xlsx:6: a1.p2.s1: its English was changed, and there is another correction; leave one of the two",
    ),
    (a_unit_with_its_target_deleted, r"back.xlf:65: a1.p2.s1: its target is empty, and a sentence must have some"),
    (a_row_with_a_cell_too_few, r"back.docx:6: a1.p2.s1: this row lacks 1 of its 3 cells"),
    (
        a_row_whose_number_was_deleted,
        r"back.docx:6: its English is not what is printed now \(“The zone builds .*”\), and nothing says what",
    ),
    (a_second_version_below_the_first, r"back.docx:6: a1.p2.s1: below its English as it was printed stands another"),
    (a_table_within_the_english, r"back.docx:6: a1.p2.s1: there is a table in its English: a sentence has none"),
    (
        an_arrow_of_wingdings,
        r"back.docx:6: a1.p2.s1: there is a sign of Wingdings or another font of pictures in its English: type",
    ),
    (only_the_word_that_is_better, r"back.xlsx:6: a1.p2.s1: The English is only “nurturing”, too short for the whole"),
    (ok_in_the_column_for_corrections, r"back.xlsx:6: a1.p2.s1: The English is only “OK”, too short for the whole"),
    (
        punctuation_of_a_chinese_keyboard,
        r"back.docx:6: a1.p2.s1: Marks of Chinese are left in the English: ， 。; change it, or import with --acc",
    ),
    (
        letters_of_a_chinese_keyboard,
        r"back.xlsx:6: a1.p2.s1: Marks of Chinese are left in the English: Ｈｏｍｅ; change it, or",
    ),
    (
        a_correction_that_slipped_to_the_next_row,
        r"back.xlsx:26: a3.p2.s2: The English looks like a correction of a3.p2.s1, not of this sentence; change it",
    ),
    (
        a_correction_as_long_as_a_book,
        r"back.csv:6: a1.p2.s1: its English is 21,999 characters long, which no sentence is;",
    ),
    (
        another_english_was_approved_meanwhile,
        r"back.xlsx:6: a1.p2.s1: “The zone is a home.” is wanted, and “The zone is a nes",
    ),
]


@pytest.mark.parametrize(("make", "said"), ROWS, ids=[make.__name__ for make, _ in ROWS])
def test_a_row_that_cannot_be_taken_is_refused_in_one_sentence_and_the_others_are_taken(desk, capsys, make, said):
    path = make()
    before = {one.source: one for one in tmx.read(Path("memory.tmx"))}
    code, memory = taken(path)
    (line,) = capsys.readouterr().err.splitlines()
    assert code == 1
    assert re.match(f"Refused: {said}", line), line
    assert line.endswith(".")
    wanted = memory.pop(source("a3.p2.s1"))
    assert wanted.target == FIVE["a3.p2.s1"]
    assert memory == before


def refused(path, capsys):
    """What is said of the rows that are refused, one line each; the memory has the sound one beside them."""
    code, memory = taken(path)
    assert code == 1
    assert {one.target for one in memory.values()} == {KEPT.target, FIVE["a3.p2.s1"]}
    return [line.partition(": ")[2] for line in capsys.readouterr().err.splitlines()]


def test_a_correction_merged_over_several_rows_is_taken_for_none_of_them(desk, capsys):
    def change(page, at):
        page.merge_cells(f"H{at['a1.p2.s1']}:H{at['a1.p2.s3']}")
        page.merge_cells(f"I{at['a2.p3.s1']}:I{at['a2.p3.s2']}")  # nothing is written there

    path = sheet_with(change, {**GOOD, "a1.p2.s1": "The zone is a home."})
    assert refused(path, capsys) == [
        f"back.xlsx:{row}: a1.p2.s{row - 5}: a cell to write in was merged with that of another row: "
        "give each sentence its own."
        for row in (6, 7, 8)
    ]


@pytest.mark.parametrize("cells", ["H6:XFD1048576", "C1:C1048576"])
def test_cells_merged_down_to_the_end_of_the_sheet_take_no_longer_than_others(desk, capsys, cells):
    path = correct(handed("xlsx"), {**GOOD, "a1.p2.s1": "The zone is a home."})
    merged = f'<mergeCells count="1"><mergeCell ref="{cells}"/></mergeCells><dataValidations'.encode()
    repacked(path, lambda _, part: part.replace(b"<dataValidations", merged, 1))
    before = time.process_time()
    assert taken(path)[0] in {0, 1}
    assert time.process_time() - before < 5


def test_english_merged_over_two_rows_of_a_document_is_taken_for_neither(desk, capsys):
    document = docx.Document(correct(handed("docx"), GOOD))
    (page,) = document.tables
    page.cell(5, 2).merge(page.cell(6, 2))
    document.save("back.docx")
    assert refused("back.docx", capsys) == [
        f"back.docx:{row}: a1.p2.s{row - 5}: its cells were merged with those of another row: "
        "give each sentence its own."
        for row in (6, 7)
    ]


def test_a_file_of_somebody_else_s_does_not_steer_the_terminal(desk, capsys):
    rows = table()
    for row in rows[1:4]:
        row[column(rows, "Comment")] = "\x1b]0;owned\x07 why?\x9b2J\u202e"
    rows[4][column(rows, "Status")] = "\x1b[2Jmaybe"
    rows[5][column(rows, "Chinese")], rows[5][column(rows, "Correction")] = "没有\x1b[2J。", "None."
    rows[25][column(rows, "Comment")] = "because\x1b[2J"
    _, memory = taken(write_rows(Path("a.csv"), rows))
    told = capsys.readouterr()
    assert all(map(str.isprintable, (told.out + told.err).split("\n")))
    assert all(one.note.isprintable() for one in memory.values())


def test_a_correction_that_goes_on_in_a_row_of_its_own_is_not_taken_by_half(desk, capsys):
    rows = table()
    at, correction = next(n for n, row in enumerate(rows) if row[1] == "a1.p2.s1"), column(rows, "Correction")
    rows[at][correction] = "The zone is building a home"
    rows.insert(at + 1, ["for young innovators." if n == correction else "" for n in range(len(rows[0]))])
    above, below = refused(write_rows(Path("a.csv"), rows), capsys)
    assert above.startswith("a.csv:6: a1.p2.s1: its correction goes on in the row below: write the whole sentence")
    assert below.startswith("a.csv:7: there is no Chinese in this row")
