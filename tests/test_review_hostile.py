"""Files that nobody should hand back, and somebody will: each ends in one clear sentence, the memory is unharmed."""

import csv
import gzip
import io
import os
import re
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_files import (
    GOOD,
    KEPT,
    column,
    correct,
    english,
    handed,
    packed,
    put,
    repacked,
    sheet,
    table,
    taken,
    write_rows,
)
from sample_bulletin import sample

from pipeline import review, tmx
from pipeline.approved import Approvals
from pipeline.document import Bulletin


@pytest.fixture
def desk(project):
    """A project with the sample bulletin printed and one sentence approved."""
    put(project)
    tmx.write(project / "memory.tmx", Approvals([KEPT]))
    return project


def sheet_of(path):
    """A workbook and its one sheet."""
    book = openpyxl.load_workbook(path)
    return book, book.worksheets[0]


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
    return replace(pair, sentence=replace(pair.sentence, text=text), constraints=(), target_spans=())


def article_of(article, pairs):
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


def xliff_without_targets():
    path = handed("xlf")
    path.write_text(re.sub(r"(<target[^>]*>).*?</target>", r"\1</target>", path.read_text("utf-8")), "utf-8")
    return path


def xliff_as_deep_as_a_well():
    Path("a.xlf").write_text("<xliff>" + "<a>" * 100_000 + "</a>" * 100_000 + "</xliff>", "utf-8")
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


def a_pipe_that_nobody_writes_into():
    os.mkfifo("a.xlsx")
    return Path("a.xlsx")


def a_device_without_end():
    Path("a.csv").symlink_to("/dev/zero")
    return Path("a.csv")


def a_link_to_itself():
    Path("a.xlsx").symlink_to("a.xlsx")
    return Path("a.xlsx")


def a_file_packed_for_mail():
    path = correct(handed("xlsx"), GOOD)
    Path("a.xlsx").write_bytes(gzip.compress(path.read_bytes()))
    return Path("a.xlsx")


def chinese_of_taiwan():
    """Somebody saved it in the encoding of another Windows: what that lacks is question marks, the rest other signs."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(table())
    Path("a.csv").write_bytes(text.getvalue().encode("big5", "replace"))
    return Path("a.csv")


def a_part_twice():
    path = correct(handed("xlsx"), GOOD)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<worksheet/>")
    return path


def a_document_without_its_chinese():
    document = docx.Document(handed("docx"))
    for row in document.tables[0].rows:
        row._tr.remove(row.cells[1]._tc)
    document.save("back.docx")
    return Path("back.docx")


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


def a_column_for_a_second_opinion():
    """The second reviewer put in a column of his own and called it the same."""
    rows = table()
    at = column(rows, "Correction") + 1
    second = ["Correction", *("" if row[1] != "a1.p2.s1" else "The zone is a nest." for row in rows[1:])]
    return write_rows(Path("a.csv"), [[*row[:at], said, *row[at:]] for row, said in zip(rows, second, strict=True)])


def two_sheets_that_are_written_in():
    book, page = sheet_of(correct(handed("xlsx"), GOOD))
    book.copy_worksheet(page).title = "Ms Li"
    book.save("back.xlsx")
    return Path("back.xlsx")


def a_binary_workbook():
    with zipfile.ZipFile("a.xlsb", "w") as archive:
        archive.writestr("xl/workbook.bin", b"\x83\x01\x00")
    return Path("a.xlsb")


def a_sheet_of_numbers():
    with zipfile.ZipFile("a.numbers", "w") as archive:
        archive.writestr("Index/Document.iwa", b"\x00")
    return Path("a.numbers")


WHOLE = [
    (a_sheet_of_numbers, "a.numbers: is of Apple's Numbers or Pages; export it as .xlsx or .docx."),
    (a_column_for_a_second_opinion, "a.csv: has more than one column Correction (“Correction” and “Correction”);"),
    (two_sheets_that_are_written_in, "back.xlsx: has corrections on several sheets, “review” and “Ms Li”; save each"),
    (a_binary_workbook, "a.xlsb: is a binary workbook (.xlsb); save it as .xlsx."),
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
    (xliff_of_the_old_version, "a.xlf: is XLIFF 1.2, and 2.0 to 2.2 are read;"),
    (xliff_without_targets, "back.xlf: has no target in any of its units; export it from the CAT tool"),
    (xliff_as_deep_as_a_well, "a.xlf:1: is not well-formed XML;"),
    (more_rows_than_anyone_has, "a.csv: has more than 250,000 rows; cut it into several files."),
    (one_cell_at_the_end_of_the_sheet, "back.xlsx: has something written so far down or to the right"),
    (a_folder, "a.xlsx: is a folder; name the files in it."),
    (a_pipe_that_nobody_writes_into, "a.xlsx: is no file but a pipe or a device; save it as a file first."),
    (a_device_without_end, "a.csv: is no file but a pipe or a device;"),
    (a_link_to_itself, "a.xlsx: cannot be read: "),
    (a_file_packed_for_mail, "a.xlsx: is text in none of UTF-8, UTF-16 and GBK, or no text at all; save it again"),
    (
        chinese_of_taiwan,
        "a.csv: is of the bulletin “gaoxin-shibao-page”, and none of its 28 Chinese sentences is as it",
    ),
    (a_part_twice, "back.xlsx: is "),
    (a_document_without_its_chinese, "back.docx: has a table of 2 columns instead of 3; hand back the document"),
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
    lines = capfd.readouterr().err.splitlines()
    assert code == 1
    assert len(lines) == 1
    assert lines[0].startswith(f"Refused: {said}")
    assert lines[0].endswith((".", "?"))
    assert Path("memory.tmx").read_bytes() == before


WHOLE_FILES = {form: review.FORMATS[form](sheet()) for form in review.FORMATS}
DAMAGE = st.tuples(
    st.floats(0, 1),
    st.integers(0, 300),
    st.sampled_from([b"", b"<", b">", b'"', b"&", b"\x00", b"\xff", b"-1", b"9" * 40, b"]]>", b"</w:tc>", b"<f>1</f>"])
    | st.binary(max_size=3),
)


def damaged(data, damages):
    """Bytes of which some are others: from a place on, as many as said are taken out and others put in."""
    for place, length, instead in damages:
        at = int(place * len(data))
        data = data[:at] + instead + data[at + length :]
    return data


@pytest.mark.parametrize("form", WHOLE_FILES)
@given(st.data())
def test_whatever_happens_to_a_file_on_its_way_it_is_read_or_refused_in_one_sentence(tmp_path_factory, form, data):
    whole, damages = WHOLE_FILES[form], data.draw(st.lists(DAMAGE, max_size=3))
    if whole.startswith(b"PK") and data.draw(st.integers(0, 9)):
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        name = data.draw(st.sampled_from(sorted(parts)))
        whole = packed(parts | {name: damaged(parts[name], damages)})
    else:
        whole = damaged(whole, damages)
    path = tmp_path_factory.mktemp("damaged") / f"back.{form}"
    path.write_bytes(whole)
    try:
        assert review.read(path).name == str(path)
    except review.ReviewError as refusal:
        assert "\n" not in str(refusal)  # noqa: PT017 - either is right
