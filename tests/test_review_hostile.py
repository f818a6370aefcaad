"""Files that nobody should hand back, and somebody will: each ends in one clear sentence, and the memory is unharmed."""

import io
import os
import struct
import subprocess
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
import xlsxwriter
from review_files import FIVE, correct, english, handed, put, rows_of, source, taken, write_rows
from sample_bulletin import sample

from pipeline import review, tmx
from pipeline.approved import Approvals, Approved
from pipeline.document import Bulletin

GOOD = {"a3.p2.s1": FIVE["a3.p2.s1"]}
KEPT = Approved("另一句。", "Another sentence.", "Li", "20260101T000000Z")


@pytest.fixture
def desk(project):
    """A project with the sample bulletin printed and one sentence approved."""
    put(project)
    tmx.write(project / "memory.tmx", Approvals([KEPT]))
    return project


def table():
    """The CSV hand-out with one correction, as lists."""
    return rows_of(correct(handed("csv"), GOOD))


def column(rows, name):
    return rows[0].index(name)


def repacked(path, change):
    """An Office file with the text of some parts changed."""
    content = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    path.write_bytes(content.getvalue())
    return path


# What cannot be read as a whole. Each makes a file.


def deleted_columns():
    rows = table()
    gone = {column(rows, "Chinese"), column(rows, "Correction")}
    return write_rows(Path("a.csv"), [[c for i, c in enumerate(row) if i not in gone] for row in rows])


def no_correction_column():
    rows = table()
    return write_rows(
        Path("a.csv"), [[c for i, c in enumerate(row) if i != column(rows, "Correction")] for row in rows]
    )


def a_pdf():
    Path("a.xlsx").write_bytes(b"%PDF-1.7\n1 0 obj\n")
    return Path("a.xlsx")


def a_web_page():
    Path("a.xls").write_text("<!DOCTYPE html><html><table><tr><td>a1.h.s1</td></tr></table></html>", "utf-8")
    return Path("a.xls")


def a_zip_of_hand_outs():
    with zipfile.ZipFile("a.zip", "w") as archive:
        archive.write(handed("xlsx"))
    return Path("a.zip")


def a_translation_memory():
    Path("a.tmx").write_bytes(tmx.to_tmx([KEPT]))
    return Path("a.tmx")


def a_table_of_something_else():
    return write_rows(Path("a.csv"), [["Name", "Telephone"], ["Wang", "123"]])


def another_bulletins_file():
    bulletin = sample()
    text = "这是另一个项目的句子。"
    pairs = {i: pair_of(pair, text + i) for i, pair in bulletin.pairs.items()}
    articles = tuple(article_of(article, pairs) for article in bulletin.articles)
    other = Bulletin("another-page", articles, pairs, (), bulletin.colophon)
    return correct(handed("xlsx", bulletin=other), GOOD)


def pair_of(pair, text):
    from dataclasses import replace

    return replace(pair, sentence=replace(pair.sentence, text=text), constraints=(), target_spans=())


def article_of(article, pairs):
    from dataclasses import replace

    blocks = tuple(
        replace(block, sentences=tuple(pairs[sentence.id].sentence for sentence in block.sentences))
        for block in article.blocks
    )
    return replace(article, blocks=blocks)


def a_zip_bomb():
    handed("xlsx")
    return repacked(Path("back.xlsx"), lambda name, data: b"0" * 300_000_000 if name.endswith("sheet1.xml") else data)


def a_zip_that_lies_about_its_size():
    path = handed("docx")
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 10)  # the directory says that a part is ten bytes when unpacked
    path.write_bytes(data)
    return path


def an_entity_bomb():
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE xliff [<!ENTITY l0 "ha">{entities}]>'
    text = handed("xlf").read_text("utf-8").replace("<xliff ", f"{bomb}<xliff ", 1)
    Path("a.xlf").write_text(text.replace(english("a3.p2.s1"), "&l11;"), "utf-8")
    return Path("a.xlf")


def an_entity_that_reads_a_file():
    text = (
        handed("xlf").read_text("utf-8").replace("<xliff ", '<!DOCTYPE x [<!ENTITY f SYSTEM "/etc/passwd">]><xliff ', 1)
    )
    Path("a.xlf").write_bytes(text.replace(english("a3.p2.s1"), "&f;").replace("UTF-8", "UTF-16").encode("utf-16"))
    return Path("a.xlf")


def an_entity_bomb_in_a_document():
    def change(name, data):
        return (
            data.replace(b"<w:document", b'<!DOCTYPE d [<!ENTITY a "b">]><w:document', 1)
            if "document" in name
            else data
        )

    return repacked(handed("docx"), change)


def half_a_workbook():
    path = correct(handed("xlsx"), GOOD)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def half_an_xliff():
    path = correct(handed("xlf"), GOOD)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def a_password_protected_workbook():
    """The container that Excel writes: a compound file whose directory names the encrypted package."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    Path("a.xlsx").write_bytes(
        head + "EncryptionInfo".encode("utf-16-le") + "EncryptedPackage".encode("utf-16-le") + bytes(1024)
    )
    return Path("a.xlsx")


def an_empty_sheet():
    openpyxl.Workbook().save("a.xlsx")
    return Path("a.xlsx")


def an_empty_file():
    Path("a.csv").write_bytes(b"")
    return Path("a.csv")


def only_the_header():
    return write_rows(Path("a.csv"), table()[:1])


def nul_characters():
    Path("a.csv").write_bytes("Id,Chinese,Correction\na1.h.s1,全\x00力,Words\n".encode())
    return Path("a.csv")


def no_text_in_any_encoding():
    Path("a.csv").write_bytes(b"Id,Chinese,Correction\n" + b"\xff\xfe\xfa\x81\x30\xff" * 9)
    return Path("a.csv")


def a_deleted_table():
    document = docx.Document(handed("docx"))
    (only,) = document.tables
    only._element.getparent().remove(only._element)
    document.save("back.docx")
    return Path("back.docx")


def xliff_of_another_pair_of_languages():
    text = handed("xlf").read_text("utf-8").replace('trgLang="en"', 'trgLang="fr-FR"')
    Path("a.xlf").write_text(text, "utf-8")
    return Path("a.xlf")


def xliff_of_the_old_version():
    Path("a.xlf").write_text(
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file/></xliff>', "utf-8"
    )
    return Path("a.xlf")


def more_rows_than_anyone_has():
    header = "Id,Chinese,Correction\n"
    Path("a.csv").write_text(header + "a1.h.s1,句,x\n" * 250_001, "utf-8")
    return Path("a.csv")


def one_cell_at_the_end_of_the_sheet():
    book = openpyxl.load_workbook(handed("xlsx"))
    book.worksheets[0]["XFD1048576"] = "x"
    book.save("back.xlsx")
    return Path("back.xlsx")


def a_folder():
    Path("a.xlsx").mkdir()
    return Path("a.xlsx")


def a_file_that_is_not_there():
    return Path("nowhere.xlsx")


def a_file_of_a_gigabyte():
    with Path("a.csv").open("wb") as file:
        file.truncate(2**30)
    return Path("a.csv")


def a_picture():
    Path("a.docx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    return Path("a.docx")


def a_workbook_without_its_sheets():
    content = io.BytesIO()
    with zipfile.ZipFile(handed("xlsx")) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            if "worksheets" not in name:
                new.writestr(name, old.read(name))
    Path("back.xlsx").write_bytes(content.getvalue())
    return Path("back.xlsx")


WHOLE = [
    (deleted_columns, "a.csv: has no column Chinese and none Correction; the first row must name at least"),
    (no_correction_column, "a.csv: has no column Correction; the first row must name at least"),
    (a_pdf, "a.xlsx: is a PDF; write the corrections into the .xlsx or .docx that was handed out."),
    (a_web_page, "a.xls: is a web page; hand back"),
    (a_zip_of_hand_outs, "a.zip: is a ZIP archive; unpack it"),
    (a_translation_memory, "a.tmx: is a translation memory; take it in with `bulletin memory import`."),
    (a_table_of_something_else, "a.csv: has no column Chinese and none Correction;"),
    (another_bulletins_file, "back.xlsx: is of the bulletin “another-page”: none of its 28 sentences is in output/;"),
    (a_zip_bomb, "back.xlsx: would swell to 286 MB in"),
    (a_zip_that_lies_about_its_size, "back.docx: is damaged"),
    (an_entity_bomb, "a.xlf: declares a document type or entities, as no hand-out does;"),
    (an_entity_that_reads_a_file, "a.xlf: declares a document type or entities, as no hand-out does;"),
    (an_entity_bomb_in_a_document, "back.docx: declares a document type or entities"),
    (half_a_workbook, "back.xlsx: is damaged or not whole; ask for the file again"),
    (half_an_xliff, "back.xlf:"),
    (a_password_protected_workbook, "a.xlsx: is protected by a password; save it without one."),
    (an_empty_sheet, "a.xlsx: is empty; hand back the sheet that was handed out."),
    (an_empty_file, "a.csv: is empty;"),
    (only_the_header, "a.csv: has no row below its header; is half of the file missing?"),
    (nul_characters, "a.csv: has NUL characters in it"),
    (no_text_in_any_encoding, "a.csv: is text in none of UTF-8, UTF-16 and GBK"),
    (a_deleted_table, "back.docx: has no table with numbered sentences;"),
    (xliff_of_another_pair_of_languages, "a.xlf: translates from zh to fr, not from zh to en;"),
    (xliff_of_the_old_version, "a.xlf: is XLIFF 1.2, and 2.1 is read;"),
    (more_rows_than_anyone_has, "a.csv: has more than 250,000 rows; cut it into several files."),
    (one_cell_at_the_end_of_the_sheet, "back.xlsx: has something written so far down or to the right"),
    (a_folder, "a.xlsx: is a folder; name the files in it."),
    (a_file_that_is_not_there, "nowhere.xlsx: cannot be read: no such file or directory;"),
    (a_file_of_a_gigabyte, "a.csv: is 1024 MB large, and no more than 64 are read;"),
    (a_picture, "a.docx: is a picture;"),
    (a_workbook_without_its_sheets, "back.xlsx:"),
]


@pytest.mark.parametrize(("make", "said"), WHOLE, ids=[make.__name__ for make, _ in WHOLE])
def test_a_file_that_cannot_be_used_ends_in_one_sentence_and_the_memory_is_unharmed(desk, capfd, make, said):
    before = Path("memory.tmx").read_bytes()
    path = make()
    code, _ = taken(path)
    lines = [line for line in capfd.readouterr().err.splitlines() if not line.startswith(("thread", "note"))]
    assert code == 1
    assert len(lines) == 1
    assert lines[0].startswith(f"Refused: {said}")
    assert lines[0].endswith((".", "?."))
    assert Path("memory.tmx").read_bytes() == before


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
    import re

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
    rows = table()
    others = [
        [c if i != column(rows, "Id") else f"b{n}" for i, c in enumerate(rows[1])] for n in range(100_000 - len(rows))
    ]
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
    from pipeline import cli

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
    import sys

    done = subprocess.run([sys.executable, "-c", program], check=False, env={**os.environ, "PYTHONPATH": root()})
    assert done.returncode == -9
    assert Path("memory.tmx").read_bytes() == before
    assert taken(path)[0] == 0


def root():
    from conftest import ROOT

    return str(ROOT)


def test_reading_is_limited_to_what_a_sheet_can_be():
    assert review.SUFFIXES >= {".xlsx", ".ods", ".docx", ".xlf", ".csv"}
