"""The whole loop on the first article with the real model: printed, handed out, corrected, taken in, printed again."""

import json
import re
from pathlib import Path

import pytest
from conftest import SEED
from review_files import correct
from test_end_to_end import body_of

from pipeline import cli, tmx

pytestmark = [pytest.mark.engine, pytest.mark.slow]

SLUG = SEED.stem
OUTPUT = Path("output", SLUG)
HOW_MANY = 5


def report():
    return json.loads((OUTPUT / "report.json").read_text("utf-8"))


def corrections(said):
    """Five sentences of paragraphs that have a mark, each with one word otherwise that is in no term and no number."""
    marked = {finding["sentence"] for finding in said["findings"]}
    wanted = {}
    for sentence in said["sentences"]:
        taken = [place for constraint in sentence["constraints"] for place in constraint["at"]]
        words = (w.span() for w in re.finditer(r"(?<=\s)[a-z]{5,}(?=\s)", sentence["target"]))
        free = [(a, z) for a, z in words if all(z <= start or stop <= a for start, stop in taken)]
        if free and sentence["id"] in marked and ".p" in sentence["id"] and len(wanted) < HOW_MANY:
            start, stop = free[len(free) // 2]
            wanted[sentence["id"]] = f"{sentence['target'][:start]}verily{sentence['target'][stop:]}"
    assert len(wanted) == HOW_MANY
    return wanted


def marks(html):
    """Which sentences have which mark in the margin."""
    return set(re.findall(r'class="mark [a-z]+" href="#f-([a-z]+-a[^"]+)-[0-9a-f]+"', html))


def taken_in(form, wanted, capsys):
    """Handed out in one form, corrected by a program of that form, taken in again."""
    assert cli.main(["review", "export", "--format", form]) == 0
    correct(OUTPUT / "review" / f"{SLUG}.{form}", wanted)
    assert cli.main(["review", "import", "--by", "Wang"]) == 0
    assert f"{HOW_MANY} corrected, 0 approved as printed" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["docx", "xlf", "csv"])
def test_five_corrections_are_approved_as_they_were_written_in_any_form(copy, form, capsys):
    before = {sentence["id"]: sentence["source"] for sentence in report()["sentences"]}
    wanted = corrections(report())
    taken_in(form, wanted, capsys)
    approved = {one.source: one.target for one in tmx.read(Path("memory.tmx"))}
    assert approved == {before[sentence_id].strip(): text for sentence_id, text in wanted.items()}


def test_five_corrections_are_printed_their_marks_are_gone_and_nothing_else_changed(copy, capsys):
    before, marked = report(), marks((OUTPUT / f"{SLUG}.html").read_text("utf-8"))
    wanted = corrections(before)
    taken_in("xlsx", wanted, capsys)
    assert cli.main(["build", "--jobs", "1"]) == 0
    after = report()

    assert {s["id"]: s["target"] for s in after["sentences"] if s["origin"] == "reviewed"} == wanted
    changed = {
        s["id"] for s, was in zip(after["sentences"], before["sentences"], strict=True) if s["target"] != was["target"]
    }
    assert changed == wanted.keys()
    kept = ("id", "source", "target", "origin", "constraints", "rung", "score")
    for sentence, was in zip(after["sentences"], before["sentences"], strict=True):
        if sentence["id"] not in wanted:
            assert [sentence[key] for key in kept] == [was[key] for key in kept]
    assert after["articles"] == before["articles"]
    assert [f for f in before["findings"] if f["sentence"] not in wanted] == after["findings"]

    html = (OUTPUT / f"{SLUG}.html").read_text("utf-8")
    assert {mark for mark in marked if mark.partition("-")[2] not in wanted} == marks(html)
    assert marks(html) < marked
    printed = re.sub(r"[^A-Za-z]", "", body_of(OUTPUT / f"{SLUG}.pdf", "Latin-Serif"))
    for sentence in after["sentences"]:
        if ".p" in sentence["id"]:
            assert re.sub(r"[^A-Za-z]", "", sentence["target"]) in printed, sentence["id"]
    assert printed.count("verily") == HOW_MANY


def test_what_comes_back_unchanged_leaves_everything_up_to_date(copy, capsys):
    assert (
        cli.main(["review", "export", "--format", "xlsx", "--format", "docx", "--format", "xlf", "--format", "csv"])
        == 0
    )
    files = sorted((OUTPUT / "review").iterdir())
    assert len(files) == 4
    assert cli.main(["review", "import", *map(str, files)]) == 0
    assert not Path("memory.tmx").exists()
    capsys.readouterr()
    assert cli.main(["build"]) == 0
    assert capsys.readouterr().out == "Nothing to do: 1 bulletin in output/ up to date.\n"


def test_a_second_reviewer_who_started_from_the_first_print_is_told(copy, capsys):
    wanted = corrections(report())
    sentence_id, text = next(iter(wanted.items()))
    cli.main(["review", "export", "--format", "xlsx", "--format", "docx"])
    sheet, document = (OUTPUT / "review" / f"{SLUG}.{form}" for form in ("xlsx", "docx"))
    assert cli.main(["review", "import", str(correct(sheet, {sentence_id: text})), "--by", "Wang"]) == 0
    correct(document, {sentence_id: text.replace("verily", "truly")})
    capsys.readouterr()
    assert cli.main(["review", "import", str(document), "--by", "Li"]) == 1
    assert re.search(
        r"was approved since this copy was printed \(by Wang\); hand out the new print", capsys.readouterr().err
    )
    assert [one.by for one in tmx.read(Path("memory.tmx"))] == ["Wang"]
