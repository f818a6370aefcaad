"""`bulletin memory`, and a build with approved sentences."""

import json
from pathlib import Path

import pytest
from parrot import Parrot

from pipeline import cli, tmx
from pipeline.approved import Approvals, Approved

RAIN = Approved("今天下雨。", "It is raining today.", "Li", "20261101T080000Z")
SUN = Approved("明天天晴。", "Tomorrow will be sunny.", "Wang", "20261102T080000Z", accepted=("said otherwise",))


@pytest.fixture
def page(parrot_project):
    (parrot_project / "articles" / "天气.md").write_text("# 天气\n\n今天下雨。明天天晴。\n\n今天下雨。\n", "utf-8")
    (parrot_project / "articles" / "别的.md").write_text("# 别的\n\n没有这个。\n", "utf-8")
    assert cli.main(["build", "--jobs", "1"]) == 0
    Parrot.asked.clear()
    return parrot_project


def approve(*approved):
    tmx.write(Path("memory.tmx"), Approvals(approved))


def english(slug="天气"):
    said = json.loads(Path("output", slug, "report.json").read_text("utf-8"))["sentences"]
    return [(sentence["target"], sentence["origin"]) for sentence in said]


def test_an_approved_sentence_stands_wherever_its_chinese_does_and_no_engine_is_asked(page, capsys):
    before = english()
    approve(RAIN)
    capsys.readouterr()
    assert cli.main(["build", "--jobs", "1"]) == 0
    assert english() == [before[0], (RAIN.target, "reviewed"), before[2], (RAIN.target, "reviewed")]
    assert Parrot.asked == []
    assert "1 bulletin built (1 more up to date)" in capsys.readouterr().out


def test_a_second_build_after_an_approval_has_nothing_to_do(page, capsys):
    approve(RAIN, SUN)
    cli.main(["build", "--jobs", "1"])
    capsys.readouterr()
    assert cli.main(["build"]) == 0
    assert "Nothing to do" in capsys.readouterr().out


def test_a_withdrawn_approval_gives_the_sentence_back_to_the_model(page):
    before = english()
    approve(RAIN)
    cli.main(["build", "--jobs", "1"])
    Path("memory.tmx").unlink()
    assert cli.main(["build", "--jobs", "1"]) == 0
    assert english() == before


def test_an_approved_sentence_that_breaks_a_term_stands_and_a_finding_says_so(page):
    (page / "glossary.csv").write_text("source,target\n下雨,precipitation\n", "utf-8")
    approve(RAIN)
    assert cli.main(["build", "--jobs", "1"]) in {0, 1}
    assert (RAIN.target, "reviewed") in english()
    said = json.loads(Path("output/天气/report.json").read_text("utf-8"))["findings"]
    assert {(f["check"], f["severity"]) for f in said if "下雨" in f["message"]} == {("terms", "warning")}


def test_a_memory_that_is_no_tmx_ends_the_build_in_one_sentence(page, capsys):
    Path("memory.tmx").write_text("source,target\n", "utf-8")
    assert cli.main(["build"]) == 3
    assert "memory.tmx:1: is not well-formed XML" in capsys.readouterr().err


@pytest.mark.parametrize("slip", ["😀", "&#x92;", "\u202e"])
def test_english_that_no_page_can_show_ends_the_build_at_the_memory_s_own_line(page, capsys, slip):
    approve(RAIN)
    Path("memory.tmx").write_text(Path("memory.tmx").read_text("utf-8").replace("today", f"today{slip}"), "utf-8")
    assert cli.main(["build"]) == 3
    assert capsys.readouterr().err.startswith("memory.tmx:5: the English of “今天下雨。” has ")


def test_of_another_memory_what_no_page_can_show_is_refused_and_the_rest_is_taken(page, capsys):
    tmx.write(Path("other.tmx"), Approvals([RAIN, Approved("晴。", "Sun ☀\ufe0f 😀")]))
    assert cli.main(["memory", "import", "other.tmx"]) == 1
    assert capsys.readouterr().err.startswith("Refused: other.tmx:13: the English of “晴。” has “")
    assert tmx.read(Path("memory.tmx")) == Approvals([RAIN])


def test_units_of_another_memory_are_taken_and_known_ones_kept_unless_told_otherwise(page, capsys):
    approve(RAIN)
    tmx.write(Path("other.tmx"), Approvals([Approved(RAIN.source, "Rain."), SUN]))
    assert cli.main(["memory", "import", "other.tmx"]) == 1
    told = capsys.readouterr()
    assert "1 sentence new, 0 changed, 0 known before, 2 in all" in told.out
    assert "“It is raining today.”, and the file says “Rain.”" in told.err
    assert tmx.read(Path("memory.tmx")) == Approvals([RAIN, SUN])
    assert cli.main(["memory", "import", "other.tmx", "--replace"]) == 0
    assert tmx.read(Path("memory.tmx")).get(RAIN.source).target == "Rain."


def test_what_somebody_else_approves_while_a_memory_is_read_is_kept(page, monkeypatch):
    tmx.write(Path("other.tmx"), Approvals([Approved(RAIN.source, "Rain."), SUN]))
    sift = tmx.sift
    monkeypatch.setattr(tmx, "sift", lambda *a, **more: (sift(*a, **more), approve(RAIN))[0])
    assert cli.main(["memory", "import", "other.tmx"]) == 1
    assert tmx.read(Path("memory.tmx")) == Approvals([RAIN, SUN])


def test_importing_twice_is_the_same_as_once(page):
    tmx.write(Path("other.tmx"), Approvals([RAIN, SUN]))
    cli.main(["memory", "import", "other.tmx"])
    once = Path("memory.tmx").read_bytes()
    assert cli.main(["memory", "import", "other.tmx"]) == 0
    assert Path("memory.tmx").read_bytes() == once


def test_what_is_exported_is_what_is_approved(page):
    approve(RAIN, SUN)
    assert cli.main(["memory", "export", "out/给译者.tmx"]) == 0
    assert tmx.read(Path("out/给译者.tmx")) == Approvals([RAIN, SUN])


@pytest.mark.parametrize("line", [["import", "none.tmx"], ["export", "memory.csv"]])
def test_a_file_that_cannot_be_is_a_mistake_of_the_command_line(page, line, capsys):
    assert cli.main(["memory", *line]) == 2
    assert capsys.readouterr().err.startswith(line[1])


def test_the_statistics_say_who_approved_how_much_and_what_it_covers(page, capsys):
    approve(RAIN, SUN, Approved("别处。", "Elsewhere."))
    assert cli.main(["memory", "stats"]) == 0
    told = capsys.readouterr().out
    for line in (
        "3 sentences approved",
        "Li: 1, 2026-11-01 to 2026-11-01",
        "1 of them accepted against a check",
        "output/天气: 2 of 3 different sentences approved",
        "output/别的: 0 of 2 different sentences approved",
        "1 sentence in no bulletin",
    ):
        assert line in told
