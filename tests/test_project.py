"""What a project's folder holds, and what must be built again after which change."""

from pathlib import Path

import pytest

from pipeline import tmx
from pipeline.approved import Approvals, Approved, key
from pipeline.errors import UsageError
from pipeline.files import Stamp
from pipeline.project import Choices, Project, slugs_of


@pytest.fixture
def built(project):
    """A project of two articles, both built: their stamps are there and their outputs too."""
    for name in ("甲", "乙"):
        (project / "articles" / f"{name}.txt").write_text(f"{name}方")
    (project / "glossary.csv").write_text("source,target\n")
    (project / "output").mkdir()
    for name in ("index.html", "report.html"):
        (project / "output" / name).touch()
    plan = here().plan()
    for work in plan.stale:
        page = project / "output" / f"{work.slug}.html"
        page.touch()
        stamp = Stamp(work.inputs, {}, summary={"article": str(work.path)}, sentences=[key(f"{work.slug}方")])
        here().stamps.write(work.slug, [page.relative_to(project)], stamp)
    return project


def here(**choices):
    return Project.at(Path(), Choices(**choices))


def stale(**choices):
    return [work.slug for work in here(**choices).plan().stale]


def test_nothing_is_to_be_done_where_nothing_changed(built):
    assert here().plan().idle


def test_an_edited_article_is_stale_and_only_that(built):
    (built / "articles" / "甲.txt").write_text("甲方和乙方")
    assert stale() == ["甲"]


def test_a_touched_article_is_not_stale(built):
    (built / "articles" / "甲.txt").write_text("甲方")
    assert here().plan().idle


@pytest.mark.parametrize("name", ["glossary.csv", "bulletin.toml"])
def test_what_shapes_every_bulletin_makes_all_of_them_stale(built, name):
    (built / name).write_text("[page]\nratio = 0.5\n")
    assert len(stale()) == 2


def test_an_approved_sentence_makes_the_bulletins_stale_that_have_it(built):
    approve(Approved("甲方", "Party A"), Approved("丙方", "Party C"))
    assert stale() == ["甲"]


def test_a_withdrawn_approval_makes_them_stale_again(built):
    approve(Approved("甲方", "Party A"))
    work = here().plan().stale[0]
    given = Stamp(work.inputs, {}, {}, sentences=[key("甲方")], approved=here().approvals().digest([key("甲方")]))
    here().stamps.write("甲", [], given)
    assert stale() == []
    approve()
    assert stale() == ["甲"]


def approve(*approved):
    tmx.write(here().memory, Approvals(approved))


def test_a_comment_in_the_settings_makes_nothing_stale(built):
    (built / "bulletin.toml").write_text("# nothing set\n")
    assert stale() == []


@pytest.mark.parametrize("choice", [{"layout": "stacked"}, {"clean": True}, {"model": "other.argosmodel"}])
def test_a_choice_on_the_command_line_makes_all_stale(built, choice):
    assert len(stale(**choice)) == 2


def test_a_package_that_argos_installs_makes_all_stale(built, monkeypatch):
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(built / "argos"))
    assert stale() == []
    (built / "argos" / "translate-zh_en-9_9").mkdir(parents=True)
    assert len(stale()) == 2


def test_an_output_that_is_lost_is_built_again(built):
    (built / "output" / "乙.html").unlink()
    assert stale() == ["乙"]


def test_a_lost_index_is_something_to_do(built):
    (built / "output" / "index.html").unlink()
    assert not here().plan().idle
    assert stale() == []


def test_a_bulletin_whose_article_is_gone_is_named(built):
    (built / "articles" / "甲.txt").unlink()
    assert here().plan().gone == ("甲",)


def test_a_bulletin_of_an_article_elsewhere_is_not_gone(built):
    (built / "articles" / "甲.txt").rename(built / "甲.txt")
    work = here().plan([Path("甲.txt")]).stale[0]
    here().stamps.write("甲", [], Stamp(work.inputs, {}, summary={"article": "甲.txt"}))
    assert here().plan().gone == ()


def test_force_takes_everything_for_stale(built):
    assert len(here().plan(force=True).stale) == 2


def test_hidden_and_backup_files_are_no_articles(built):
    for name in (".DS_Store", "~$甲.docx", ".甲.txt.swp"):
        (built / "articles" / name).touch()
    assert [path.name for path in here().articles()] == ["乙.txt", "甲.txt"]


def test_an_article_is_named_by_path_or_by_its_name_in_the_folder(built):
    named = here().articles([Path("甲.txt"), Path("articles/甲.txt"), built / "articles" / "乙.txt"])
    assert [path.name for path in named] == ["甲.txt", "乙.txt"]


def test_an_article_that_is_not_there_is_a_wrong_command_line(built):
    with pytest.raises(UsageError, match=r"^丙\.txt: there is no such article; name a file, or one in articles/\.$"):
        here().articles([Path("丙.txt")])


def test_an_empty_project_says_what_to_do(project):
    with pytest.raises(UsageError, match=r"there is no article to build; put a \.txt or \.md file into articles/"):
        here().plan()


def test_two_articles_of_one_name_cannot_both_be_built():
    slugs, errors = slugs_of([Path("articles/甲.md"), Path("articles/甲.txt")])
    assert list(slugs.values()) == ["甲"]
    assert [str(error) for error in errors] == [
        "articles/甲.txt: has the name of 甲.md; rename one: both would be written to output/甲/."
    ]


def test_an_article_whose_page_would_be_the_quality_report_is_an_error():
    slugs, errors = slugs_of([Path("articles/report.md"), Path("articles/甲.txt")])
    assert list(slugs.values()) == ["甲"]
    assert "articles/report.md: has a name that is taken; rename it" in str(errors[0])
