"""`bulletin check`: findings as an editor wants them, and what an ignore in `bulletin.toml` does."""

import re
from pathlib import Path

import pytest

from pipeline import cli

WRONG = "# 产业的事\n\n第一段。\n\n我们走了1200公里。\n"
SOUND = "# 产业的事\n\n第一段。\n"


@pytest.fixture
def here(parrot_project):
    return parrot_project


def put(name, text):
    Path("articles", name).write_text(text, "utf-8")


def ignoring(**said):
    lines = [f'{key} = "{value}"' for key, value in said.items()]
    settings = Path("bulletin.toml")
    settings.write_text("\n".join([settings.read_text("utf-8"), "[[checks.ignore]]", *lines, ""]), "utf-8")


def checked(capsys, *words):
    code = cli.main(["check", *words])
    return code, capsys.readouterr().out.splitlines()


def test_findings_are_lines_that_an_editor_can_jump_from_in_the_order_of_the_files(here, capsys):
    put("乙.md", WRONG)
    put("甲.md", WRONG.replace("第一段", "走了3400里"))
    _, lines = checked(capsys)
    places = [
        re.match(r"(articles/\S+\.md):(\d+): (error|warning|note): .+ \((\w+), (a1\.\w+\.s\d+)\)$", line)
        for line in lines[:-1]
    ]
    assert all(places)
    found = [(place[1], int(place[2])) for place in places]
    assert found == sorted(found)
    assert {("articles/乙.md", 5), ("articles/甲.md", 3), ("articles/甲.md", 5)} <= set(found)


def test_the_last_line_says_how_many_of_each_severity(here, capsys):
    put("甲.md", WRONG)
    code, lines = checked(capsys)
    errors = sum(": error: " in line for line in lines)
    assert (code, errors) == (1, 1)
    assert re.fullmatch(r"\d+ findings? in 1 bulletin: 1 error, \d+ warnings?, 0 notes\.", lines[-1])


def test_nothing_but_warnings_fails_nothing(here, capsys):
    put("甲.md", SOUND.replace("第一段。", "第一段？"))
    code, lines = checked(capsys)
    assert code == 0
    assert any(": warning: " in line and "(doubtful, " in line for line in lines)


def test_no_finding_is_said_too(here, capsys):
    put("甲.md", SOUND)
    ignoring(check="numbers", reason="the parrot cannot count")
    said = "0 findings in 1 bulletin: 0 errors, 0 warnings, 0 notes; 2 more ignored, with the reason."
    assert checked(capsys) == (0, [said])


def test_an_ignored_error_fails_neither_check_nor_build_and_is_not_on_the_page(here, capsys):
    put("甲.md", WRONG)
    assert cli.main(["check"]) == 1
    capsys.readouterr()
    ignoring(check="numbers", contains="1200公里", reason="the parrot cannot count")
    code, lines = checked(capsys)
    assert code == 0
    assert lines[-1].endswith("; 1 more ignored, with the reason.")
    assert not any("a1.p2.s1" in line for line in lines)
    assert cli.main(["build"]) == 0
    assert "the parrot cannot count" in Path("output/甲/report.html").read_text("utf-8")
    assert "the parrot cannot count" in Path("output/甲/report.json").read_text("utf-8")
    assert "mark error" not in Path("output/甲/甲.html").read_text("utf-8").partition("<body")[2]


def test_a_reason_that_no_font_can_draw_costs_no_report(here):
    put("甲.md", WRONG)
    ignoring(check="numbers", reason="the parrot ᚠ cannot count")
    assert cli.main(["build"]) == 0
    text = Path("output/甲/report.html").read_text("utf-8")
    assert "the parrot ᚠ cannot count" in text
    assert 'font-family:"Latin Sans"' in text


def test_an_ignore_that_nothing_matches_any_more_is_told_with_its_line(here, capsys):
    put("甲.md", SOUND)
    ignoring(check="numbers", contains="1200公里", reason="gone")
    line = Path("bulletin.toml").read_text("utf-8").splitlines().index("[[checks.ignore]]") + 1
    code, lines = checked(capsys)
    assert code == 0
    assert f"bulletin.toml:{line}: warning: Nothing is left to ignore here: remove it. (numbers)" in lines


def test_an_ignore_for_an_article_that_was_not_checked_is_not_told(here, capsys):
    put("甲.md", SOUND)
    put("乙.md", WRONG)
    ignoring(check="numbers", article="乙", reason="the parrot cannot count")
    assert not any("Nothing is left" in line for line in checked(capsys, "甲.md")[1])
    assert not any("Nothing is left" in line for line in checked(capsys)[1])


def test_an_article_that_fails_leaves_every_ignore_untold(here, capsys):
    put("甲.md", SOUND)
    Path("articles/乙.md").write_bytes(b"\xff\xfe\x00")
    ignoring(check="numbers", article="乙", reason="the parrot cannot count")
    code, lines = checked(capsys)
    assert code == 1
    assert not any("Nothing is left" in line for line in lines)


def test_a_change_of_what_is_ignored_builds_again(here, capsys):
    put("甲.md", WRONG)
    assert cli.main(["build"]) == 1
    ignoring(check="numbers", reason="the parrot cannot count")
    assert cli.main(["build"]) == 0
    assert "Nothing to do" not in capsys.readouterr().out
    assert cli.main(["build"]) == 0
    assert "Nothing to do" in capsys.readouterr().out


def test_an_ignore_without_a_reason_stops_the_run_at_its_line(here, capsys):
    put("甲.md", SOUND)
    ignoring(check="numbers", reason="")
    assert cli.main(["check"]) == 3
    assert re.match(r'bulletin\.toml:\d+: checks\.ignore\.reason is ""; write why ', capsys.readouterr().err)
