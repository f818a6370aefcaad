"""`bulletin serve`, what it does beside its reviewers: it builds what became stale, and watches for what did."""

import threading
from pathlib import Path

import pytest
from served import GLOSSARY, SLUG, project_of, served

from pipeline import cli
from pipeline.serve import watching
from pipeline.serve.workshop import Standing

WALK, ALL = "a1.p1.s2", "a1.p2.s1"


@pytest.fixture
def desk(parrot_project):
    project_of(parrot_project)
    return served()


def test_a_glossary_that_breaks_is_told_and_mended_again(desk):
    Path("glossary.csv").write_text("source,target\n高新区\n", "utf-8")
    desk.workshop.attempt()
    assert "glossary.csv:2:" in desk.workshop.stands()["trouble"]
    assert desk.client.get(f"/{SLUG}/{SLUG}.html").status_code == 200
    assert desk.approve(WALK, "They walk too.").status_code == 200
    Path("glossary.csv").write_text(GLOSSARY, "utf-8")
    desk.workshop.attempt()
    assert desk.workshop.stands()["trouble"] == ""
    assert "They walk too." in desk.client.get(f"/{SLUG}/{SLUG}.html").text


def test_settings_that_break_leave_the_last_good_ones_in_force(desk):
    Path("bulletin.toml").write_text("[page]\nlayout = 3\n", "utf-8")
    desk.workshop.attempt()
    assert "bulletin.toml:2:" in desk.workshop.stands()["trouble"]
    assert desk.client.get("/").status_code == 200


def test_an_article_that_breaks_is_told_on_its_page_and_costs_no_other(desk):
    Path("articles", "乙.md").write_text("# 别的事\n\n天气很好。\n", "utf-8")
    Path("articles", f"{SLUG}.md").write_bytes(b"\xff\xfe\x00")
    desk.workshop.attempt()
    stands = desk.workshop.stands()["bulletins"]
    assert stands[SLUG]["state"] == "failed"
    assert stands[SLUG]["message"].startswith(f"articles/{SLUG}.md")
    assert stands["乙"]["state"] == "fresh"


def test_articles_that_go_take_their_bulletin_with_them(desk):
    Path("articles", "乙.md").write_text("# 别的事\n\n天气很好。\n", "utf-8")
    desk.workshop.attempt()
    Path("articles", "乙.md").unlink()
    desk.workshop.attempt()
    assert list(desk.workshop.stands()["bulletins"]) == [SLUG]
    assert {"gone": "乙"} in desk.told


def test_without_any_article_the_reason_is_told(project):
    empty = served()
    empty.workshop.attempt()
    assert "there is no article to build" in empty.workshop.stands()["trouble"]


def test_an_unforeseen_error_is_told_and_the_workshop_goes_on(desk, monkeypatch):
    monkeypatch.setattr("pipeline.serve.workshop.terms_of", lambda *_: 1 / 0)
    desk.workshop.attempt()
    assert "ZeroDivisionError" in desk.workshop.stands()["trouble"]
    monkeypatch.undo()


def test_a_character_that_no_font_has_in_the_memory_is_told_with_its_line_and_mended_by_hand(desk):
    desk.approve(WALK, "They walk.")
    memory = Path("memory.tmx")
    good = memory.read_text("utf-8")
    memory.write_text(good.replace("They walk.", "They walk ᚠᚢᚦ."), "utf-8")
    desk.workshop.attempt()
    assert desk.workshop.stands()["trouble"].startswith("memory.tmx:5: the English of “他们也在走。” has “ᚠ”")
    memory.write_text(good, "utf-8")
    desk.workshop.attempt()
    assert desk.workshop.stands()["trouble"] == ""
    assert desk.workshop.stands()["bulletins"][SLUG]["state"] == "fresh"


def test_what_is_saved_while_a_build_goes_on_is_built_after_it(desk, monkeypatch):
    seen = []
    real = desk.workshop.stands_at

    def during(slug, standing):
        if standing == Standing("building", stage="pdf") and not seen:
            seen.append(desk.approve(ALL, "Everyone came.").status_code)
        real(slug, standing)

    monkeypatch.setattr(desk.workshop, "stands_at", during)
    desk.approve(WALK, "They walk too.")
    desk.workshop.attempt()
    assert desk.workshop.stands()["bulletins"][SLUG]["state"] == "waiting"
    desk.workshop.attempt()
    assert desk.workshop.stands()["bulletins"][SLUG]["state"] == "fresh"
    shown = desk.client.get(f"/{SLUG}/{SLUG}.html").text
    assert seen == [200]
    assert "They walk too." in shown
    assert "Everyone came." in shown


def test_what_concerns_a_bulletin_is_watched_and_nothing_else(parrot_project):
    (parrot_project / "terms").mkdir()
    (parrot_project / "terms" / "steel.csv").write_text("source,target\n", "utf-8")
    (parrot_project / "bulletin.toml").write_text('[terms]\nlayers = ["terms/steel.csv"]\n', "utf-8")
    project = served().desk.project
    root = parrot_project.resolve()
    project = type(project)(root, project.settings)
    yes = ["articles/x.md", "memory.tmx", "glossary.csv", "bulletin.toml", "terms/steel.csv", "articles"]
    no = ["articles/.x.md.swp", "articles/~x.md", "terms/other.csv", "README.md", ".memory.tmx.a1b2", "output/x.html"]
    assert [name for name in yes if not watching.concerns(project, root / name)] == []
    assert [name for name in no if watching.concerns(project, root / name)] == []
    assert watching.folders_of(project) == tuple(sorted([root, root / "articles", root / "terms"]))


@pytest.mark.parametrize("trouble", [OSError("no watches left"), FileNotFoundError("gone"), RuntimeError("inotify")])
def test_where_the_system_watches_no_more_the_files_are_looked_at(parrot_project, monkeypatch, trouble):
    asked, noticed = [], threading.Event()

    def watch(*_folders, force_polling, stop_event, **_):
        asked.append(force_polling)
        if not force_polling:
            raise trouble
        yield {("changed", "x")}
        stop_event.wait()

    monkeypatch.setattr("watchfiles.watch", watch)
    watched = watching.Watching(lambda: served().desk.project, noticed.set)
    watched.start()
    assert noticed.wait(10)
    watched.stop()
    assert asked == [None, True]


def test_the_command_line_is_told_what_it_may_not(parrot_project, capsys):
    (parrot_project / "bulletin.toml").write_text("[page]\nlayout = 3\n", "utf-8")
    assert cli.main(["serve"]) == 3
    assert "bulletin.toml:2:" in capsys.readouterr().err
