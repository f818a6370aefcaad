"""`bulletin glossary`: what the terminologist types and reads."""

from pathlib import Path

import pytest

from pipeline import cli

ROWS = "source,target,note\n产业,industry,mine\n道路,road,\n"


@pytest.fixture
def here(parrot_project):
    Path("glossary.csv").write_text(ROWS, "utf-8")
    Path("articles", "甲.md").write_text("# 产业的事\n\n产业走在路上。产业区域也在走。\n", "utf-8")
    return parrot_project


def glossary(*words):
    return cli.main(["glossary", *words])


def test_a_sound_glossary_is_said_to_be_one(here, capsys):
    assert glossary("check") == 0
    assert capsys.readouterr().out == "glossary.csv: 2 terms, no mistake.\n"


def test_all_mistakes_of_all_layers_are_told_at_once(here, capsys):
    Path("bulletin.toml").write_text("[terms]\nbank = false\nlayers = ['steel.csv', 'gone.csv']\n", "utf-8")
    Path("glossary.csv").write_text(ROWS + "产业,\n", "utf-8")
    Path("steel.csv").write_text("source,target\n钢,\n", "utf-8")
    assert glossary("check") == 3
    said = capsys.readouterr().err.splitlines()
    assert [line.partition(" ")[0] for line in said] == [
        "glossary.csv:4:",
        "glossary.csv:4:",
        "steel.csv:2:",
        "gone.csv:",
    ]


def test_a_stronger_layer_that_overrides_a_weaker_one_is_told(here, capsys):
    Path("bulletin.toml").write_text("[terms]\nbank = false\nlayers = ['steel.csv']\n", "utf-8")
    Path("steel.csv").write_text("source,target\n产业,sector\n", "utf-8")
    assert glossary("check") == 0
    assert "shadowed: “sector” of steel.csv, line 2 is never used for “产业”" in capsys.readouterr().out


def test_a_glossary_in_gbk_is_read_and_said_to_be(here, capsys):
    Path("glossary.csv").write_bytes(ROWS.encode("gbk"))
    assert glossary("check") == 0
    captured = capsys.readouterr()
    assert "glossary.csv is written in GBK; save it as UTF-8" in captured.err
    assert "2 terms, no mistake" in captured.out


def test_use_tells_how_often_a_term_occurs_and_how_it_came_out(here, capsys):
    assert glossary("use") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("产业 [glossary.csv]: 3 times; Industry (3); 3 forced; ")
    assert said[0].endswith("甲 a1.h.s1, 甲 a1.p1.s1, 甲 a1.p1.s2")
    assert said[1] == "Not used: 道路"


def test_terms_that_were_forced_are_told_by_check_once_they_are_built(here, capsys):
    cli.main(["build", "--jobs", "1"])
    capsys.readouterr()
    assert glossary("check") == 0
    assert "forced: “产业” could only be forced into" in capsys.readouterr().out


def test_suggest_gives_rows_to_paste(here, capsys):
    Path("articles", "乙.md").write_text("# 新闻\n\n" + "我们走进传感器产业园。他们爱传感器产业园。\n" * 4, "utf-8")
    assert glossary("suggest", "--least", "2") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "source,target,allowed,forbidden,except,case,note,status"
    assert all(line.endswith(",proposed") for line in said[1:])
    assert any(line.startswith("传感器产业园,") for line in said)


@pytest.mark.parametrize("suffix", ["csv", "tbx", "xlsx"])
def test_what_is_exported_comes_back_the_same(here, capsys, suffix):
    assert glossary("export", f"out.{suffix}") == 0
    assert capsys.readouterr().out == f"out.{suffix}: 2 terms.\n"
    before = Path("glossary.csv").read_text("utf-8")
    assert glossary("import", f"out.{suffix}") == 0
    assert capsys.readouterr().out == "glossary.csv: 0 terms new, 0 changed, 2 in all.\n"
    header, *rows = Path("glossary.csv").read_text("utf-8").splitlines()
    assert header.startswith("source,target,")
    assert [row.split(",")[:2] for row in rows] == [row.split(",")[:2] for row in before.splitlines()[1:]]


def test_import_changes_known_terms_where_they_stand_and_adds_new_ones_at_the_end(here, capsys):
    Path("new.csv").write_text("source,target\n创新,innovation\n产业,sector\n", "utf-8")
    assert glossary("import", "new.csv") == 0
    assert capsys.readouterr().out == "glossary.csv: 1 terms new, 1 changed, 3 in all.\n"
    rows = Path("glossary.csv").read_text("utf-8").splitlines()[1:]
    assert [row.split(",")[0:2] for row in rows] == [["产业", "sector"], ["道路", "road"], ["创新", "innovation"]]


def test_a_byte_order_mark_that_excel_needs_survives_an_import(here):
    Path("glossary.csv").write_text("\ufeff" + ROWS, "utf-8")
    Path("new.csv").write_text("source,target\n创新,innovation\n", "utf-8")
    assert glossary("import", "new.csv") == 0
    assert Path("glossary.csv").read_bytes().startswith(b"\xef\xbb\xbfsource,")


def test_a_file_of_another_kind_is_a_wrong_command_line(here, capsys):
    assert glossary("export", "out.docx") == 2
    assert "out.docx: " in capsys.readouterr().err


def test_there_is_nothing_to_export_without_a_glossary(here, capsys):
    Path("glossary.csv").unlink()
    assert glossary("export", "out.csv") == 3
    assert capsys.readouterr().err == (
        "glossary.csv: there is no glossary to export; make one, or set terms.glossary.\n"
    )
