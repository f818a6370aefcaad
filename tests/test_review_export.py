"""`bulletin review export`: which hand-outs are written where, and that nobody's work is ever lost."""

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from conftest import ROOT
from review_files import correct

from pipeline import cli, tmx
from pipeline.approved import Approvals, Approved
from pipeline.cli import reviews

ARTICLE = "# 高新区召开会议\n\n高新区将建设学校。会议提出了新的要求。\n\n孩子们都很高兴。\n"
SHEET = Path("output/会议/review/会议.xlsx")
SECOND = Path("output/会议/review/会议 (2).xlsx")


@pytest.fixture
def meeting(parrot_project):
    """A project with one small bulletin, built."""
    (parrot_project / "articles" / "会议.md").write_text(ARTICLE, "utf-8")
    assert cli.main(["build"]) == 0
    return parrot_project


def exported(*options):
    return cli.main(["review", "export", *options])


def first_id():
    return next(row[1].value for row in openpyxl.load_workbook(SHEET).worksheets[0].iter_rows(min_row=2))


def correction_in(path, text="Children are glad."):
    """A sheet in which somebody has corrected a sentence."""
    sentence = next(row[1].value for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=2))
    return correct(path, {sentence: text})


def another_print():
    """An approval, and the bulletin built anew with it."""
    one = Approved("孩子们都很高兴。", "The children were pleased.")
    tmx.update(Path("memory.tmx"), lambda known: known.having([one]))
    assert cli.main(["build"]) == 0


def test_three_hand_outs_of_each_bulletin_are_written_beside_it(meeting, capsys):
    assert exported() == 0
    assert sorted(path.name for path in SHEET.parent.iterdir()) == ["会议.docx", "会议.xlf", "会议.xlsx"]
    assert capsys.readouterr().out.splitlines()[-2] == "1 bulletin: 3 hand-outs written, 0 up to date."


def test_one_may_ask_for_some_formats_only(meeting):
    assert exported("--format", "csv", "--format", "xlsx") == 0
    assert sorted(path.suffix for path in SHEET.parent.iterdir()) == [".csv", ".xlsx"]


def test_a_second_export_writes_nothing(meeting, capsys):
    exported()
    before = {path: path.stat().st_mtime_ns for path in SHEET.parent.iterdir()}
    assert exported() == 0
    assert {path: path.stat().st_mtime_ns for path in SHEET.parent.iterdir()} == before
    assert "0 hand-outs written, 3 up to date." in capsys.readouterr().out


def test_a_bulletin_that_is_not_built_is_told_of_and_the_others_are_handed_out(meeting, capsys):
    Path("articles/new.md").write_text("# 新的\n\n新的一天。\n", "utf-8")
    assert exported() == 1
    told = capsys.readouterr()
    assert told.err.startswith("output/new: is not built yet, or its article, terms, settings or approved sentences")
    assert told.err.endswith("run make (bulletin build) first.\n")
    assert SHEET.exists()


def test_an_untouched_hand_out_follows_the_print(meeting):
    exported()
    before = SHEET.read_bytes()
    another_print()
    assert exported() == 0
    assert SHEET.read_bytes() != before
    assert not SECOND.exists()


def test_a_hand_out_that_somebody_has_written_in_is_left_alone_and_said_so(meeting, capsys):
    exported()
    correction_in(SHEET)
    before = SHEET.read_bytes()
    assert exported() == 0
    assert SHEET.read_bytes() == before
    assert not SECOND.exists()
    assert f"Left {SHEET} as it is: somebody has written in it" in capsys.readouterr().out


def test_a_sheet_that_somebody_works_in_stays_the_only_one_while_the_english_is_the_same(meeting):
    """Only what is offered changed: another sentence was approved that is like one of these."""
    exported()
    correction_in(SHEET)
    untouched = SHEET.with_suffix(".xlf").read_bytes()
    one = Approved("孩子们非常高兴。", "The children were very pleased.")
    tmx.update(Path("memory.tmx"), lambda known: known.having([one]))
    assert exported() == 0
    assert SHEET.with_suffix(".xlf").read_bytes() != untouched
    assert not SECOND.exists()


def test_of_another_print_a_new_one_is_written_beside_it(meeting, capsys):
    exported()
    correction_in(SHEET)
    before = SHEET.read_bytes()
    another_print()
    assert exported() == 0
    assert exported() == 0
    assert SHEET.read_bytes() == before
    assert SECOND.exists()
    assert sorted(path.name for path in SHEET.parent.glob("*.xlsx")) == ["会议 (2).xlsx", "会议.xlsx"]
    assert f"Written {SECOND}: somebody has written in the one of an older print." in capsys.readouterr().out


def test_where_the_record_is_lost_every_hand_out_counts_as_somebodys(meeting):
    exported()
    before = SHEET.read_bytes()
    shutil.rmtree(".cache/handed")
    another_print()
    assert exported() == 0
    assert SHEET.read_bytes() == before
    assert SECOND.exists()


def test_what_was_written_in_is_found_and_taken_in_once(meeting, capsys):
    exported()
    assert cli.main(["review", "import"]) == 0
    assert "Nothing to take in: nobody has written anything new in output/*/review/" in capsys.readouterr().out
    correction_in(SHEET)
    (SHEET.parent / "~$会议.xlsx").write_bytes(b"what Excel leaves beside an open file")
    assert cli.main(["review", "import"]) == 0
    assert "1 corrected" in capsys.readouterr().out
    assert [one.target for one in tmx.read(Path("memory.tmx"))] == ["Children are glad."]
    assert cli.main(["review", "import"]) == 0
    assert "Nothing to take in" in capsys.readouterr().out


def test_what_was_refused_is_found_again_until_it_is_put_right(meeting, capsys):
    exported()
    correction_in(SHEET, "孩子 are glad.")
    assert cli.main(["review", "import"]) == 1
    assert cli.main(["review", "import"]) == 1
    correction_in(SHEET)
    assert cli.main(["review", "import", "--found"]) == 0
    assert "1 corrected" in capsys.readouterr().out


def asked_in_the_sheet():
    """A question on the last sentence of the sheet, a remark on the first and a correction of the second."""
    ids = [row[1].value for row in openpyxl.load_workbook(SHEET).worksheets[0].iter_rows(min_row=2)]
    correct(SHEET, {ids[0]: "Too long."}, "Comment")
    correct(SHEET, {ids[1]: "Children are glad."})
    correct(SHEET, {ids[-1]: "question"}, "Status")
    at = len(ids) + 1
    return [f"Remark: {SHEET}:2: {ids[0]}: Too long.", f"Question: {SHEET}:{at}: {ids[-1]}: (no words)"]


def told_in(capsys):
    return [line for line in capsys.readouterr().out.splitlines() if line.startswith(("Question: ", "Remark: "))]


def test_what_is_asked_is_told_each_time_until_it_is_gone_from_the_file_and_nothing_is_written_twice(meeting, capsys):
    exported("--format", "xlsx")
    asked = asked_in_the_sheet()
    capsys.readouterr()
    assert cli.main(["review", "import", "--dry-run"]) == 0
    assert told_in(capsys) == asked
    assert cli.main(["review", "import"]) == 0
    assert told_in(capsys) == asked
    before = Path("memory.tmx").read_bytes()
    for _ in range(2):
        assert cli.main(["review", "import"]) == 0
        assert told_in(capsys) == asked
    correct(SHEET, {first_id(): None}, "Comment")
    assert cli.main(["review", "import"]) == 0
    assert told_in(capsys) == asked[1:]
    SHEET.unlink()
    assert cli.main(["review", "import"]) == 0
    assert told_in(capsys) == []
    assert Path("memory.tmx").read_bytes() == before


def test_what_is_asked_is_told_once_beside_what_comes_in_new_or_by_name(meeting, capsys):
    exported("--format", "xlsx")
    asked = asked_in_the_sheet()
    cli.main(["review", "import"])
    other = SHEET.with_name("other.xlsx")
    shutil.copy(SHEET, other)
    correct(other, {first_id(): "Whose?"}, "Comment")
    capsys.readouterr()
    assert cli.main(["review", "import"]) == 0
    out = capsys.readouterr().out
    assert [out.count(line) for line in asked] == [1, 1]
    assert f"Remark: {other}:2: {first_id()}: Whose?" in out
    assert ", 1 known already, " in out
    assert ", 4 questions and remarks, 0 refused." in out
    assert cli.main(["review", "import", "--found", str(SHEET.absolute())]) == 0
    assert ", 4 questions and remarks, 0 refused." in capsys.readouterr().out


def test_what_was_approved_or_taken_back_since_is_not_touched_by_a_file_that_still_asks(meeting, capsys):
    exported("--format", "xlsx")
    asked = asked_in_the_sheet()
    cli.main(["review", "import"])
    (one,) = tmx.read(Path("memory.tmx"))
    for after in (Approvals([replace(one, target="Otherwise.")]), Approvals()):
        tmx.write(Path("memory.tmx"), after)
        capsys.readouterr()
        assert cli.main(["review", "import"]) == 0
        assert told_in(capsys) == asked
        assert tmx.read(Path("memory.tmx")) == after


def test_a_file_that_was_taken_in_before_questions_were_remembered_stays_taken_in(meeting, capsys):
    exported("--format", "xlsx")
    correction_in(SHEET)
    cli.main(["review", "import"])
    (record,) = Path(".cache/handed").iterdir()
    said = json.loads(record.read_text("utf-8"))
    del said["asked"]
    record.write_text(json.dumps(said), "utf-8")
    capsys.readouterr()
    assert cli.main(["review", "import"]) == 0
    assert capsys.readouterr().out.startswith("Nothing to take in: nobody has written anything new in ")


def test_a_new_hand_out_says_what_is_approved_and_comes_back_as_it_was(meeting, capsys):
    exported()
    one = Approved("孩子们都很高兴。", "The children were pleased.", "Li", "20261127T093000Z", "pleased, not happy")
    tmx.write(Path("memory.tmx"), Approvals([one]))
    assert cli.main(["build"]) == 0
    findings = json.loads(SHEET.parent.with_name("report.json").read_text("utf-8"))["findings"]
    assert exported("--format", "xlsx", "--format", "csv", "--format", "docx", "--format", "xlf") == 0
    said = "Approved by Li, 2026-11-27: pleased, not happy"
    page = openpyxl.load_workbook(SHEET).worksheets[0]
    assert [row[5].value for row in page.iter_rows(min_row=2) if row[2].value == one.source] == [f"note: {said}"]
    assert f',"note: {said}",' in SHEET.with_suffix(".csv").read_text("utf-8-sig")
    comments = docx.Document(SHEET.with_suffix(".docx")).comments
    assert f"note: {said}" in [comment.text for comment in comments]
    assert f">memory: {said}<" in SHEET.with_suffix(".xlf").read_text("utf-8")
    assert said not in json.dumps(findings)

    before = Path("memory.tmx").read_bytes()
    capsys.readouterr()
    files = sorted(SHEET.parent.iterdir())
    assert len(files) == 4
    assert cli.main(["review", "import", *map(str, files)]) == 0
    out = capsys.readouterr().out
    assert "0 corrected, 0 approved as printed, 1 known already, 15 left as they were, 0 questions and remarks, " in out
    assert Path("memory.tmx").read_bytes() == before


def test_what_is_said_of_an_approval_later_makes_an_untouched_hand_out_new_and_keeps_one_in_use(meeting):
    another_print()
    exported()
    correction_in(SHEET)
    before, untouched = SHEET.read_bytes(), SHEET.with_suffix(".csv")
    exported("--format", "csv")
    (one,) = tmx.read(Path("memory.tmx"))
    tmx.write(Path("memory.tmx"), Approvals([replace(one, note="As Li said.")]))
    assert exported("--format", "csv", "--format", "xlsx") == 0
    assert "As Li said." in untouched.read_text("utf-8-sig")
    assert SHEET.read_bytes() == before
    assert not SECOND.exists()


def test_a_file_that_is_no_hand_out_is_told_of_and_not_passed_over(meeting, capsys):
    exported()
    (SHEET.parent / "scan.pdf").write_bytes(b"%PDF-1.7 what somebody wrote by hand")
    (SHEET.parent / "Thumbs.db").write_bytes(b"what Windows leaves everywhere")
    assert cli.main(["review", "import"]) == 1
    assert capsys.readouterr().err.startswith("Refused: output/会议/review/scan.pdf: is a PDF; write the corrections")


def test_what_is_saved_while_the_file_is_taken_in_is_taken_the_next_time(meeting, capsys, monkeypatch):
    exported()
    correction_in(SHEET)
    take = reviews.taken_in

    def interrupted(*arguments, **more):
        monkeypatch.setattr(reviews, "taken_in", take)
        correction_in(SHEET, "Children are so glad.")
        return take(*arguments, **more)

    monkeypatch.setattr(reviews, "taken_in", interrupted)
    assert cli.main(["review", "import"]) == 0
    assert [one.target for one in tmx.read(Path("memory.tmx"))] == ["Children are glad."]
    capsys.readouterr()
    assert cli.main(["review", "import"]) == 1  # and not “Nothing to take in”
    assert "“Children are so glad.” is wanted, and “Children are glad.” was approved" in capsys.readouterr().err


def test_who_takes_in_corrections_of_a_print_that_is_not_the_latest_is_told(meeting, capsys):
    exported("--format", "xlsx")
    correction_in(SHEET)
    Path("glossary.csv").write_text("source,target\n孩子们,kids\n", "utf-8")
    assert cli.main(["review", "import"]) == 0
    told = capsys.readouterr()
    assert "1 corrected" in told.out
    assert told.err == (
        "output/会议: article, terms or settings changed since it was printed, and corrections were compared with that "
        "print; run make, and see what the checks say.\n"
    )
    cli.main(["build"])
    capsys.readouterr()
    cli.main(["review", "import", str(SHEET)])
    assert capsys.readouterr().err == ""


def test_an_approval_alone_makes_no_print_an_old_one(meeting, capsys):
    exported("--format", "xlsx")
    correction_in(SHEET)
    for _ in range(2):
        assert cli.main(["review", "import", str(SHEET)]) == 0
    assert capsys.readouterr().err == ""


def test_the_whole_loop_prints_the_correction_and_hands_it_out_as_reviewed(meeting):
    exported()
    correction_in(SHEET)
    cli.main(["review", "import", "--by", "Wang"])
    assert cli.main(["build"]) == 0
    assert "Children are glad." in Path("output/会议/会议.html").read_text("utf-8")
    assert exported("--format", "xlf") == 0
    assert SHEET.with_suffix(".xlf").read_text("utf-8").count('state="reviewed"') == 1


def test_make_clean_keeps_what_a_reviewer_may_have_written(meeting):
    exported()
    Path("output/.gitkeep").touch()
    shutil.copy(ROOT / "Makefile", meeting)
    subprocess.run([shutil.which("make"), "clean"], check=True, capture_output=True)
    left = sorted(path.as_posix() for path in Path("output").rglob("*") if path.is_file())
    assert left == ["output/.gitkeep", *(f"output/会议/review/会议.{form}" for form in ("docx", "xlf", "xlsx"))]


def test_a_hand_out_stays_when_its_article_is_gone(meeting, capsys):
    exported()
    correction_in(SHEET)
    Path("articles/会议.md").rename(Path("articles/other.md"))
    assert cli.main(["build"]) == 0
    assert SHEET.exists()
    assert "Left output/会议/review" in capsys.readouterr().out
