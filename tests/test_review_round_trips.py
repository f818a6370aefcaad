"""Out and back, each time with real files and the programs that reviewers use."""

import re
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.comments import Comment
from review_files import (
    FIVE,
    SLUG,
    approved,
    correct,
    english,
    handed,
    printed,
    put,
    rows_of,
    sheet,
    source,
    taken,
    write_rows,
)  # fmt: skip
from translate.storage.xliff2 import Xliff2File

from pipeline import cli, review

FORMS = ("xlsx", "docx", "csv", "xlf")


@pytest.fixture
def desk(project):
    """A project with the sample bulletin printed."""
    put(project)
    return project


@pytest.mark.parametrize("form", FORMS)
def test_five_corrected_sentences_come_back_as_five_approved_ones(desk, form, capsys):
    code, memory = taken(correct(handed(form), FIVE))
    assert code == 0
    assert {one.source: one.target for one in memory.values()} == {source(i): text for i, text in FIVE.items()}
    assert {one.by for one in memory.values()} == {"Wang"}
    assert all(re.fullmatch(r"\d{8}T\d{6}Z", one.when) for one in memory.values())
    assert "5 corrected, 0 approved as printed, 0 known already" in capsys.readouterr().out


@pytest.mark.parametrize("form", FORMS)
def test_what_comes_back_unchanged_changes_nothing(desk, form, capsys):
    code, _ = taken(handed(form))
    assert code == 0
    assert not Path("memory.tmx").exists()
    told = capsys.readouterr().out
    assert f"0 corrected, 0 approved as printed, 0 known already, {len(printed().pairs)} left as they were" in told


@pytest.mark.parametrize("form", FORMS)
def test_importing_twice_is_the_same_as_once(desk, form, capsys, monkeypatch):
    path = correct(handed(form), FIVE)
    taken(path)
    once = Path("memory.tmx").read_bytes()
    monkeypatch.setattr("pipeline.cli.reviews.now", lambda: "20310101T000000Z")
    code, _ = taken(path)
    assert code == 0
    assert Path("memory.tmx").read_bytes() == once
    assert "0 corrected, 0 approved as printed, 5 known already" in capsys.readouterr().out


@pytest.mark.parametrize("form", FORMS)
def test_what_is_shown_is_the_difference_word_by_word(desk, form, capsys):
    taken(correct(handed(form), {"a3.p2.s1": FIVE["a3.p2.s1"]}))
    assert (
        f"back.{form}:\n  a3.p2.s1 Zhang Hongjun [-commended-]{{+praised+}} the recent work" in capsys.readouterr().out
    )


@pytest.mark.parametrize("form", FORMS)
def test_a_dry_run_shows_everything_and_writes_nothing(desk, form, capsys):
    code, memory = taken(correct(handed(form), FIVE), options=["--dry-run"])
    assert (code, memory) == (0, {})
    assert "5 corrected" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_ok_approves_the_english_as_it_is_printed(desk, form, capsys):
    code, memory = taken(correct(handed(form), {"a1.p1.s1": "ok", "a2.p3.s2": "通过"}, "Status"))
    assert code == 0
    assert {one.target for one in memory.values()} == {english("a1.p1.s1"), english("a2.p3.s2")}
    assert "0 corrected, 2 approved as printed" in capsys.readouterr().out


def test_a_unit_that_the_cat_tool_marks_as_reviewed_is_approved(desk):
    path = handed("xlf")
    text = path.read_text("utf-8")
    before, at, after = text.partition('<unit id="a1.p1.s1"')
    path.write_text(before + at + after.replace('state="translated"', 'state="reviewed"', 1), "utf-8")
    assert [one.target for one in taken(path)[1].values()] == [english("a1.p1.s1")]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_comments_are_kept_with_the_sentence_and_questions_are_shown(desk, form, capsys):
    path = correct(handed(form), {"a3.p2.s1": FIVE["a3.p2.s1"]})
    correct(path, {"a3.p2.s1": "praised is better", "a1.p1.s1": "Who says so?"}, "Comment")
    correct(path, {"a2.h.s1": "question"}, "Status")
    code, memory = taken(path)
    assert code == 0
    assert [one.note for one in memory.values()] == ["praised is better"]
    shown = capsys.readouterr().out
    assert re.search(r"Remark: back\.\w+:\d+: a1\.p1\.s1: Who says so\?", shown)
    assert re.search(r"Question: back\.\w+:\d+: a2\.h\.s1: \(no words\)", shown)


def test_a_question_with_a_correction_is_a_proposal_and_not_taken(desk, capsys):
    path = correct(correct(handed("xlsx"), {"a3.p2.s1": FIVE["a3.p2.s1"]}), {"a3.p2.s1": "question"}, "Status")
    assert taken(path) == (0, {})
    assert f"proposes: {FIVE['a3.p2.s1']}" in capsys.readouterr().out


def test_what_is_proposed_does_not_get_to_steer_the_terminal(desk, capsys):
    path = correct(correct(handed("csv"), {"a3.p2.s1": "Praised\x1b[2J it."}), {"a3.p2.s1": "question"}, "Status")
    assert taken(path) == (0, {})
    assert "proposes: Praised[2J it.\n" in capsys.readouterr().out


def test_a_sentence_that_stands_three_times_is_corrected_once(desk):
    code, memory = taken(correct(handed("docx"), {"a2.b1.s1": "By Sun Qinghui"}))
    assert code == 0
    assert {source: one.target for source, one in memory.items()} == {"记者 孙庆辉": "By Sun Qinghui"}


def test_english_that_was_changed_in_its_own_protected_column_is_a_correction_too(desk):
    path = correct(handed("xlsx"), {"a3.p2.s1": FIVE["a3.p2.s1"]}, "English")
    assert [one.target for one in taken(path)[1].values()] == [FIVE["a3.p2.s1"]]


def change_tracked(path, sentence_id, old, new, author="Li Mei"):
    """What Word writes with tracked changes on: the old run deleted, the new one inserted."""
    document = docx.Document(path)
    row = next(row for row in document.tables[0].rows if sentence_id in row.cells[0].text)
    paragraph = row.cells[2].paragraphs[0]
    run = paragraph.runs[0]
    before, after = run.text.split(old)
    run.text = before
    name = docx.oxml.ns.qn
    for tag, text_tag, text in (("w:del", "w:delText", old), ("w:ins", "w:t", new), ("", "w:t", after)):
        made = docx.oxml.OxmlElement("w:r")
        said = docx.oxml.OxmlElement(text_tag)
        said.text = text
        said.set(name("xml:space"), "preserve")
        made.append(said)
        if tag:
            change = docx.oxml.OxmlElement(tag)
            change.set(name("w:author"), author)
            change.append(made)
            made = change
        paragraph._p.append(made)
    document.save(path)


def test_tracked_changes_of_word_are_read_as_made_and_their_author_is_known(desk):
    path = handed("docx")
    change_tracked(path, "a3.p2.s1", "commended", "praised")
    assert cli.main(["review", "import", str(path)]) == 0
    (one,) = approved().values()
    assert (one.target, one.by) == (FIVE["a3.p2.s1"], "Li Mei")


@pytest.mark.parametrize("nobody", ["Unknown Author", "作者", ""])
def test_a_reviewer_without_a_name_is_whoever_takes_it_in(desk, monkeypatch, nobody):
    monkeypatch.setattr("pipeline.cli.reviews.user", lambda: "Wang Lan")
    change_tracked(path := handed("docx"), "a3.p2.s1", "commended", "praised", nobody)
    assert cli.main(["review", "import", str(path)]) == 0
    assert [one.by for one in approved().values()] == ["Wang Lan"]


def test_what_is_written_outside_of_the_table_and_in_a_column_of_one_s_own_is_shown(desk, capsys):
    document = docx.Document(correct(handed("docx"), {"a3.p2.s1": FIVE["a3.p2.s1"]}))
    (table,) = document.tables
    table.add_column(docx.shared.Mm(30))
    next(row for row in table.rows if "a1.p1.s1" in row.cells[0].text).cells[3].text = "Who says so?"
    document.add_paragraph("The style is stiff.")
    document.add_comment(document.paragraphs[0].runs[0], text="Well done!", author="Li Mei", initials="LM")
    document.save("back.docx")
    code, memory = taken("back.docx")
    assert code == 0
    assert [one.target for one in memory.values()] == [FIVE["a3.p2.s1"]]
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Remark: ")]
    assert told == [
        "Remark: back.docx:1: in general: Well done!",
        "Remark: back.docx:1: in general: The style is stiff.",
        "Remark: back.docx:4: a1.p1.s1: Who says so?",
    ]


def test_words_in_a_box_drawn_over_a_sentence_are_shown_and_are_none_of_its_own(desk, capsys):
    document = docx.Document(handed("docx"))
    run = next(row for row in document.tables[0].rows if "a1.p1.s1" in row.cells[0].text).cells[2].paragraphs[0].runs[0]
    box = "<w:txbxContent {}><w:p><w:r><w:t>Say home.</w:t></w:r></w:p></w:txbxContent>"
    run._element.append(docx.oxml.parse_xml(box.format(docx.oxml.ns.nsdecls("w"))))
    document.save("back.docx")
    assert taken("back.docx") == (0, {})
    assert "Remark: back.docx:4: a1.p1.s1: Say home.\n" in capsys.readouterr().out


def test_a_comment_in_the_margin_of_word_is_kept_and_those_of_the_checks_are_not(desk):
    path = handed("docx")
    assert len(list(docx.Document(path).comments)) == 3
    document = docx.Document(path)
    for row in document.tables[0].rows:
        if "a2.p3.s1" in row.cells[0].text:
            run = row.cells[2].paragraphs[0].runs[0]
            document.add_comment(run, text="Which campus?", author="Li Mei", initials="LM")
            run.text = run.text.replace("stood", "passed")
    document.save(path)
    (one,) = taken(path)[1].values()
    assert one.note == "Which campus?"


def pinned(path, note, cell):
    """Pins a note to a cell, as Excel does."""
    book = openpyxl.load_workbook(path)
    book.worksheets[0][cell].comment = Comment(note, "Li Mei")
    book.save(path)
    return path


def test_a_note_pinned_to_a_cell_of_excel_is_kept_with_the_sentence_or_shown(desk, capsys):
    path = correct(handed("xlsx"), {"a3.p2.s1": FIVE["a3.p2.s1"]})
    (one,) = taken(pinned(pinned(path, "praised is better", "D25"), "Who says so?", "C4"))[1].values()
    assert one.note == "praised is better"
    assert "Remark: back.xlsx:4: a1.p1.s1: Who says so?" in capsys.readouterr().out


def test_of_a_conversation_in_excel_every_word_is_shown_and_its_copy_for_old_programs_is_not(desk, capsys):
    path, folder = pinned(handed("xlsx"), "[Threaded comment]\n\nYour version of Excel …", "D4"), "xl/worksheets"
    said = "".join(f'<threadedComment ref="D4"><text>{text}</text></threadedComment>' for text in ("Why?", "Ask Li."))
    with zipfile.ZipFile(path) as old, zipfile.ZipFile("talk.xlsx", "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == f"{folder}/_rels/sheet1.xml.rels":
                relation = b'<Relationship Id="t" Type="http://x/threadedComment" Target="../threadedComments/1.xml"/>'
                part = part.replace(b"</Relationships>", relation + b"</Relationships>")
            new.writestr(name, part)
        new.writestr("xl/threadedComments/1.xml", f"<ThreadedComments>{said}</ThreadedComments>")
    assert taken("talk.xlsx") == (0, {})
    assert "Remark: talk.xlsx:4: a1.p1.s1: Why? / Ask Li.\n" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["docx", "xlf"])
def test_quotation_marks_that_a_word_processor_turned_are_no_correction(desk, form, capsys):
    sentence = english("a1.p1.s2")
    assert "“" in sentence
    path = correct(handed(form), {"a1.p1.s2": sentence.replace("“", '"').replace("”", '"') + " \u200b"})
    assert taken(path) == (0, {})


def test_a_changed_quotation_mark_is_a_correction_where_the_reviewer_says_so(desk):
    wanted = english("a1.h.s1").replace("“", "‘").replace("”", "’")
    path = correct(correct(handed("xlsx"), {"a1.h.s1": wanted}), {"a1.h.s1": "correct"}, "Status")
    assert [one.target for one in taken(path)[1].values()] == [wanted]


def test_translate_toolkits_reader_and_writer_keep_every_unit(desk):
    path = handed("xlf")
    store = Xliff2File.parsefile(str(path))
    assert [(u.getid(), u.source, u.target) for u in store.units] == [
        (line.id, line.source, line.target) for line in sheet().lines
    ]
    for unit in store.units:
        if unit.getid() in FIVE:
            unit.target = FIVE[unit.getid()]
            unit.markapproved()
    store.savefile(str(path))
    code, memory = taken(path)
    assert code == 0
    assert {one.target for one in memory.values()} == set(FIVE.values())


def test_a_cat_tool_may_add_tags_namespaces_and_segments(desk):
    text = handed("xlf").read_text("utf-8")
    old = f'<target xml:space="preserve">{english("a3.p2.s1")}</target>'
    assert old in text
    new = (
        '<target xmlns:tool="urn:some:tool" tool:edited="yes" xml:lang="en">Zhang Hongjun <pc id="1">praised</pc> the '
        '<mrk id="m2" type="generic">recent</mrk> work of the industry-city renewal project company.</target>'
    )
    text = text.replace(old, new)
    segment = re.search(r'<unit id="a2.h.s1".*?(<segment.*?</segment>)', text, re.DOTALL)[1]
    chinese, target = source("a2.h.s1"), FIVE["a2.h.s1"]
    halves = "".join(
        f'<segment state="final"><source>{part}</source><target>{words}</target></segment>'
        for part, words in ((chinese[:5], target[:20]), (chinese[5:], target[20:]))
    )
    Path("tool.xlf").write_text(text.replace(segment, halves), "utf-8")
    code, memory = taken("tool.xlf")
    assert code == 0
    assert {one.target for one in memory.values()} == {FIVE["a3.p2.s1"], FIVE["a2.h.s1"]}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('version="2.1"', 'version="2.0"'),
        ('version="2.1"', 'version="2.2"'),
        ("xliff:document:2.0", "xliff:document:2.2"),
        ('srcLang="zh-CN"', 'srcLang="zh-Hans-CN"'),
        ('trgLang="en"', 'trgLang="EN-GB"'),
        ('state="translated"', 'state="initial" subState="tool:draft"'),
        ("UTF-8", "UTF-16"),
    ],
)
def test_xliff_of_another_version_or_with_another_state_is_read_as_well(desk, old, new):
    text = correct(handed("xlf"), FIVE).read_text("utf-8")
    assert old in text
    Path("tool.xlf").write_bytes(text.replace(old, new).encode("utf-16" if new == "UTF-16" else "utf-8"))
    code, memory = taken("tool.xlf")
    assert code == 0
    assert {one.target for one in memory.values()} == set(FIVE.values())


def test_columns_may_stand_in_any_order_with_others_between_and_a_title_above(desk, capsys):
    header, *rows = rows_of(handed("csv"))
    wanted = [header.index(c) for c in ("Correction", "Chinese", "Id")]
    table = [["For Ms Wang"], [], ["Mine", *(header[i] for i in wanted)]]
    table += [["x", FIVE.get(row[header.index("Id")], ""), *(row[i] for i in wanted[1:])] for row in rows]
    code, memory = taken(write_rows(Path("mine.csv"), table, delimiter=";"))
    assert code == 0
    assert {one.target for one in memory.values()} == set(FIVE.values())
    told = "Remark: mine.csv:3: in general: the column “Mine” was not read: what is meant for a sentence belongs into"
    assert told in capsys.readouterr().out


def test_what_is_written_beside_the_table_or_in_a_second_column_for_comments_is_told_of(desk, capsys):
    header, *rows = rows_of(correct(handed("csv"), FIVE))
    table = [[*header, "", "Note"], *([*row, "", ""] for row in rows)]
    table[4][-2:] = "Better: home.", "Who says so?"
    assert taken(write_rows(Path("a.csv"), table))[0] == 0
    assert "in general: the column number 13 and “Note” was not read" in capsys.readouterr().out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_table_of_text_is_read_in_every_encoding_that_spreadsheets_write(desk, encoding, delimiter):
    path = correct(handed("csv"), FIVE)
    rows = [[cell.replace("²", "2") for cell in row] for row in rows_of(path)]
    code, memory = taken(write_rows(path, rows, encoding, delimiter))
    assert code == 0
    assert {one.target for one in memory.values()} == set(FIVE.values())


def test_a_file_is_known_by_what_is_in_it_whatever_it_is_called(desk):
    for form in FORMS:
        path = correct(handed(form), FIVE)
        path.rename("review.bin")
        assert len(review.read(Path("review.bin")).rows) == len(printed().pairs)


def test_a_hand_out_of_the_same_print_has_the_same_bytes_each_time():
    for make in review.FORMATS.values():
        assert make(sheet()) == make(sheet())


def test_the_slug_is_known_to_every_file(desk):
    for form in FORMS:
        assert {row.slug for row in review.read(handed(form)).rows} == {SLUG}
