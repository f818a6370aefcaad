"""Rows that cannot be taken, and what only looks wrong: nothing sound is lost, and nothing else gets in."""

import os
import re
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest
import xlsxwriter
from conftest import ROOT
from review_files import FIVE, GOOD, KEPT, column, correct, english, handed, put, rows_of, source, taken, write_rows

from pipeline import cli, tmx
from pipeline.approved import Approvals, Approved


@pytest.fixture
def desk(project):
    """A project with the sample bulletin printed and one sentence approved."""
    put(project)
    tmx.write(project / "memory.tmx", Approvals([KEPT]))
    return project


def table():
    """The CSV hand-out with one correction, as lists."""
    return rows_of(correct(handed("csv"), GOOD))


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


def a_row_with_a_cell_too_few():
    document = docx.Document(correct(handed("docx"), GOOD))
    row = next(row for row in document.tables[0].rows if "a1.p2.s1" in row.cells[0].text)
    row._tr.remove(row.cells[2]._tc)
    document.save("back.docx")
    return Path("back.docx")


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
    (a_formula, r"back.xlsx:7: a1.p2.s2: there is a formula where a correction should be"),
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
        r"back.xlsx:10: a2.k.s1: 高新区 must be “High-tech Zone”, which the English does not say often enough; c",
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
    (a_row_with_a_cell_too_few, r"back.docx:6: a1.p2.s1: this row has 2 cells instead of 3"),
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


# What looks wrong and is not.


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
    a_correction_that_looks_like_a_formula_in_csv, a_hundred_thousand_rows,
]  # fmt: skip


@pytest.mark.parametrize("make", SOUND, ids=[make.__name__ for make in SOUND])
def test_what_only_looks_wrong_is_taken(desk, capsys, make):
    code, memory = taken(make())
    assert capsys.readouterr().err == ""
    assert code == 0
    assert {one.target for one in memory.values()} == {KEPT.target, FIVE["a3.p2.s1"]}


# What is wrong with the place where it goes.


def test_a_write_protected_memory_is_left_as_it_is(desk, capsys):
    before = Path("memory.tmx").read_bytes()
    Path("memory.tmx").chmod(0o444)
    code, _ = taken(correct(handed("xlsx"), GOOD))
    assert code == 1
    assert capsys.readouterr().err == "memory.tmx: is protected against writing; allow it, and import again.\n"
    assert Path("memory.tmx").read_bytes() == before


def test_a_folder_that_cannot_be_written_to_loses_nothing(desk, capsys, monkeypatch):
    before = Path("memory.tmx").read_bytes()
    path = correct(handed("xlsx"), GOOD)

    def refused(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refused)
    code, _ = taken(path)
    assert code == 1
    assert "memory.tmx: cannot be written: permission denied; check the free space" in capsys.readouterr().err
    assert Path("memory.tmx").read_bytes() == before


def test_a_damaged_memory_is_not_written_over(desk, capsys):
    Path("memory.tmx").write_text("<tmx><body><tu>", "utf-8")
    assert taken_code(correct(handed("xlsx"), GOOD)) == 3
    assert "memory.tmx:1: is not well-formed XML" in capsys.readouterr().err
    assert Path("memory.tmx").read_text("utf-8") == "<tmx><body><tu>"


def taken_code(path):
    return cli.main(["review", "import", str(path)])


def test_one_file_that_cannot_be_used_keeps_no_other_from_being_taken(desk, capsys):
    Path("bad.xlsx").write_bytes(b"%PDF-1.7")
    code, memory = taken("bad.xlsx", correct(handed("xlsx"), GOOD))
    assert code == 1
    assert source("a3.p2.s1") in memory
    assert capsys.readouterr().err.startswith("Refused: bad.xlsx: is a PDF;")


def test_what_breaks_a_term_is_taken_when_it_is_accepted_and_says_so(desk, capsys):
    code, memory = taken(a_broken_term(), options=["--accept"])
    assert code == 0
    (said,) = memory[source("a2.k.s1")].accepted
    assert said == "高新区 must be “High-tech Zone”, which the English does not say often enough."
    assert f"(accepted: {said})" in capsys.readouterr().out


def test_a_kill_while_it_is_written_leaves_the_memory_whole(desk):
    """The process is killed as soon as the new file lies beside the old one, before it takes its place."""
    before = Path("memory.tmx").read_bytes()
    path = correct(handed("xlsx"), GOOD)
    program = (
        "import os, signal, pathlib\n"
        "pathlib.Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"from pipeline import cli; cli.main(['review', 'import', {str(path)!r}])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == -9
    assert Path("memory.tmx").read_bytes() == before
    assert taken(path)[0] == 0
