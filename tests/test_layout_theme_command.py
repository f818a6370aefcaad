"""`bulletin theme list` and `bulletin theme copy`: one's own look in one command, and nothing overwritten."""

from __future__ import annotations

import tomllib

import pytest

from pipeline import cli, config
from pipeline.build.press import style_of
from pipeline.layout import theme


def test_the_shipped_themes_are_listed_with_what_they_are_and_the_one_in_use_has_a_star(project, capsys):
    assert cli.main(["theme", "list"]) == 0
    brief, gazette = capsys.readouterr().out.splitlines()
    assert brief.startswith("  brief  a plain paper for an office.")
    assert gazette == "* gazette  a newspaper."


def test_a_theme_of_ones_own_is_listed_where_it_is_set(project, capsys):
    (project / "own").mkdir()
    (project / "own" / "bulletin.css").write_text("body { margin: 0 }\n", "utf-8")
    (project / "bulletin.toml").write_text('[page]\ntheme = "own"\n', "utf-8")
    assert cli.main(["theme", "list"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "* own"


def test_a_copy_is_complete_and_the_line_that_is_told_puts_it_to_use(project, capsys):
    assert cli.main(["theme", "copy", "our theme", "--theme", "brief"]) == 0
    assert {path.name for path in (project / "our theme").iterdir()} == set(theme.FILES)
    setting = capsys.readouterr().out.splitlines()[-1].partition("[page]:  ")[2]
    assert tomllib.loads(setting) == {"theme": "our theme"}
    (project / "bulletin.toml").write_text(f"[page]\n{setting}\n", "utf-8")
    assert theme.text(style_of(config.read(project / "bulletin.toml")).theme, "bulletin.css") == theme.text(
        "brief", "bulletin.css"
    )


@pytest.mark.parametrize("there", ["folder", "file"])
def test_what_is_there_already_is_left_as_it_is(project, capsys, there):
    place = project / "own"
    if there == "folder":
        place.mkdir()
    else:
        place.write_text("mine", "utf-8")
    assert cli.main(["theme", "copy", "own"]) == 2
    said = capsys.readouterr().err
    assert said == "own: is there already, and nothing is overwritten; name a folder that is not.\n"
    assert [path.name for path in project.iterdir() if path.name != "articles"] == ["own"]


def test_a_theme_that_there_is_not_ends_with_three_and_makes_no_folder(project, capsys):
    assert cli.main(["theme", "copy", "own", "--theme", "gazete"]) == 3
    assert "there is no theme “gazete”; name one of brief, gazette" in capsys.readouterr().err
    assert not (project / "own").exists()


def test_a_place_where_nothing_can_be_written_is_told_and_left_clean(project, capsys):
    (project / "wall").write_text("", "utf-8")
    assert cli.main(["theme", "copy", "wall/own"]) == 1
    assert capsys.readouterr().err.startswith("wall/own: cannot be made: ")
    assert sorted(path.name for path in project.iterdir()) == ["articles", "wall"]


def test_a_copy_that_breaks_off_leaves_nothing_behind(project, monkeypatch):
    def full(_path, _content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(theme, "write_whole", full)
    assert cli.main(["theme", "copy", "own"]) == 1
    assert [path.name for path in project.iterdir()] == ["articles"]
