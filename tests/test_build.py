"""The order of a build: one failure never costs another, a killed run goes on, files are whole or absent."""

import importlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from parrot import Parrot

from pipeline import cli, layout
from pipeline.build import press, stages
from pipeline.build.terms import Cutter
from pipeline.errors import LayoutError
from pipeline.glossary import Glossary

ROOT = Path(__file__).parent.parent
GOOD = "# 产业的事\n\n我们走在路上。他们也在走。\n"


@pytest.fixture
def here(parrot_project):
    return parrot_project


def put(name, text=GOOD):
    path = Path("articles", name)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def build(*more):
    return cli.main(["build", "--jobs", "1", *more])


def built():
    return sorted(path.parent.name for path in Path("output").glob("*/report.json"))


BROKEN = {
    "half of a character.txt": GOOD.encode()[:-2],
    "gbk.txt": GOOD.encode("gbk"),
    "utf-16.txt": GOOD.encode("utf-16"),
    "utf-16 without mark.txt": GOOD.encode("utf-16-le"),
    "really a pdf.txt": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\n",
    "nothing.txt": b"",
    "blank.md": b"\n \n\n",
    "english.txt": b"There is no Chinese in here.\n",
    "zeros.txt": bytes(4000),
    "picture.png": b"\x89PNG\r\n\x1a\n",
    "front matter.md": "---\ntitle: [高新区\n---\n# 高新区\n\n走。\n".encode(),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_one_sentence_with_its_file_and_the_others_are_built(here, capsys, name):
    put("甲.md")
    put(name, BROKEN[name])
    assert build() == 1
    assert built() == ["甲"]
    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith("articles/")]
    assert len(said) == 1
    assert said[0].startswith(f"articles/{name}:")
    assert said[0].endswith(".")
    assert "fault of the program" not in said[0]


@pytest.mark.slow
def test_two_megabytes_in_one_line_are_read_and_cut_into_sentences(project):
    """As far as the engine: translating them would take a minute and prove no more."""
    sentence = "我们走在路上，他们也在走，大家都走。"
    path = put("长.txt", "产业的事\n\n" + sentence * (2_000_000 // len(sentence.encode())) + "\n")
    (article,) = stages.segment(stages.read(path), Cutter(Glossary()))
    assert sum(s.text == sentence for s in article.sentences()) == 2_000_000 // len(sentence.encode())


def test_an_article_whose_own_terms_are_wrong_costs_no_other(here, capsys):
    put("甲.md")
    put("乙.md", "---\nglossary:\n  高新区: ''\n---\n" + GOOD)
    assert build() == 1
    assert built() == ["甲"]
    assert "articles/乙.md" in capsys.readouterr().err


@pytest.mark.parametrize("stage", ["pipeline.layout.to_html", "pipeline.pdf.to_pdf", "pipeline.check.check"])
def test_an_unforeseen_error_in_one_article_costs_no_other(here, capsys, monkeypatch, stage):
    module, _, name = stage.rpartition(".")
    real, calls = getattr(importlib.import_module(module), name), []

    def at_first(*arguments, **options):
        calls.append(1)
        if len(calls) == 1:
            raise ZeroDivisionError("division by zero")
        return real(*arguments, **options)

    monkeypatch.setattr(stage, at_first)
    put("a.md")
    put("b.md")
    assert build() == 1
    assert built() == ["b"]
    assert "articles/a.md: cannot be built (ZeroDivisionError: division by zero); run" in capsys.readouterr().err


def test_with_debug_an_unforeseen_error_shows_where_it_arose(here, capsys, monkeypatch):
    monkeypatch.setattr("pipeline.check.check", lambda _pairs: 1 // 0)
    put("a.md")
    assert build("--debug") == 1
    assert "Traceback" in capsys.readouterr().err


def test_a_failed_article_is_tried_again_and_the_built_one_is_not(here, capsys):
    put("甲.md")
    put("乙.txt", b"")
    assert build() == 1
    first = Path("output/甲/甲.html").stat().st_mtime_ns
    assert build() == 1
    assert Path("output/甲/甲.html").stat().st_mtime_ns == first
    assert "articles/乙.txt" in capsys.readouterr().err


def test_a_glossary_with_twelve_kinds_of_mistakes_tells_them_all_and_builds_nothing(here, capsys):
    rows = [
        "source,target,allowed,case,status,forbidden",
        "高新区,",
        ",High-tech Zone",
        "管委会,committee",
        "管委会,council",
        "双创, start-ups ",
        "瞪羚,⟦gazelle⟧",
        "独角兽,unicorn,,loud",
        "四派,four schools,,,maybe",
        "三标,three goals,three||goals",
        "党工委",
        "强网杯,one,two,exact,approved,three,four,five",
        "工业,industry,,,,industry",
        "天鸿,天鸿",
    ]
    Path("glossary.csv").write_text("\n".join(rows) + "\n", "utf-8")
    put("甲.md")
    assert build() == 3
    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith("glossary.csv:")]
    lines = {int(line.split(":")[1]) for line in said}
    assert len(lines) >= 11
    assert lines >= {2, 3, 5, 6, 7, 8, 9, 10, 11, 12}
    assert not Path("output").exists() or built() == []


def test_settings_and_a_logo_that_is_not_there_are_told_before_anything_is_built(here, capsys):
    Path("bulletin.toml").write_text("[masthead]\nlogo = 'logo.svg'\n", "utf-8")
    put("甲.md")
    assert build() == 3
    assert (
        "logo.svg: the logo cannot be used; give the path of an SVG or PNG file that exists." in capsys.readouterr().err
    )


def test_all_articles_go_through_the_engine_together_and_each_sentence_once(here):
    put("甲.md")
    put("乙.md")
    assert build() == 0
    assert sorted(Parrot.asked) == sorted(set(Parrot.asked))
    assert built() == ["乙", "甲"]


def test_an_interrupted_run_goes_on_where_it_was(here, capsys, monkeypatch):
    monkeypatch.setattr("pipeline.translate.CHUNK", 1)
    put("甲.md")
    whole = Parrot.translate

    def interrupted(self, sources, *arguments, **options):
        if len(self.asked) >= 2:
            raise KeyboardInterrupt
        return whole(self, sources, *arguments, **options)

    monkeypatch.setattr(Parrot, "translate", interrupted)
    assert build() == 130
    assert capsys.readouterr().err.endswith(
        "Stopped; what was translated is kept, and the next run goes on from there.\n"
    )
    assert built() == []
    monkeypatch.setattr(Parrot, "translate", whole)
    assert build() == 0
    assert sorted(Parrot.asked) == sorted(set(Parrot.asked))


KILLED = """
import os, signal, sys
sys.path[:0] = sys.argv[1:3]
import parrot
from pipeline import argos, cli, pdf, translate

translate.CHUNK = 1
argos.find = lambda *_, **__: parrot.PACKAGE
argos.Argos = parrot.Parrot
pdf.to_pdf = lambda html, *, archival: b"%PDF-1.7"
whole = parrot.Parrot.translate

def killed(self, sources, *arguments, **options):
    if len(self.asked) >= 2 and sys.argv[3] == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(self, sources, *arguments, **options)

parrot.Parrot.translate = killed
code = cli.main(["build", "--jobs", "1"])
print("asked", len(parrot.Parrot.asked))
sys.exit(code)
"""


@pytest.mark.slow
def test_a_killed_run_leaves_nothing_half_written_and_the_next_asks_for_the_rest_alone(here):
    put("甲.md")

    def run(how):
        line = [sys.executable, "-c", KILLED, str(ROOT), str(ROOT / "tests"), how]
        return subprocess.run(line, capture_output=True, text=True, check=False)

    assert run("kill").returncode == -signal.SIGKILL
    assert not Path("output").exists()
    again = run("live")
    assert (again.returncode, again.stderr.splitlines()[-1:]) == (0, ["write: 1 bulletin"])
    assert "asked 1\n" in again.stdout
    assert not [path for path in Path("output").rglob("*") if path.name.startswith(".")]


def test_a_removed_article_takes_its_bulletin_with_it(here, capsys):
    article = put("甲.md")
    assert build() == 0
    article.rename(article.with_stem("乙"))
    assert build() == 0
    assert "Removed output/甲/: its article is gone." in capsys.readouterr().out
    assert sorted(path.name for path in Path("output").iterdir()) == ["index.html", "report.html", "乙"]


def test_what_a_person_put_into_a_removed_bulletins_folder_stays(here, capsys):
    article = put("甲.md")
    put("乙.md")
    assert build() == 0
    Path("output/甲/notes.txt").write_text("mine", "utf-8")
    article.unlink()
    assert build() == 0
    said = capsys.readouterr().out
    assert "Removed output/甲/: its article is gone." in said
    assert "Left output/甲/notes.txt: it is in a removed bulletin's folder, but was not built here." in said
    assert [path.name for path in Path("output/甲").iterdir()] == ["notes.txt"]


def test_a_named_article_alone_is_built_and_the_index_keeps_the_others(here):
    put("甲.md")
    put("乙.md")
    assert build() == 0
    put("甲.md", GOOD + "\n还有一句。\n")
    put("乙.md", GOOD + "\n还有两句。\n")
    assert build("甲.md") == 0
    index = Path("output/index.html").read_text("utf-8")
    assert all(f'href="{quote(name)}/{quote(name)}.html"' in index for name in "甲乙")
    assert "还有一句" in Path("output/甲/甲.html").read_text("utf-8")
    assert "还有两句" not in Path("output/乙/乙.html").read_text("utf-8")


def test_errors_that_checks_found_end_with_one_until_they_are_gone(here, capsys):
    put("甲.md", "# 产业的事\n\n我们走了1200公里。\n")
    code = build()
    errors = json.loads(Path("output/甲/report.json").read_text("utf-8"))["counts"]["errors"]
    assert (code, errors > 0) == (1, True)
    assert build() == 1
    assert "output/甲: the checks found" in capsys.readouterr().err.splitlines()[-1]


def test_check_lists_findings_and_writes_no_page(here, capsys):
    put("甲.md", "# 产业的事\n\n我们走了1200公里。\n")
    assert cli.main(["check"]) == 1
    assert "numbers" in capsys.readouterr().out
    assert not Path("output").exists()


def test_the_environment_says_when_it_is_not_there(tmp_path):
    command = tmp_path / "新 folder" / "bulletin"
    command.parent.mkdir()
    command.write_bytes((ROOT / "bulletin").read_bytes())
    command.chmod(0o755)
    done = subprocess.run([str(command), "build"], capture_output=True, text=True, check=False, env={**os.environ})
    assert done.returncode == 4
    assert done.stderr == f"The environment is not set up; run make in {command.parent} once.\n"


@pytest.fixture(scope="module")
def side_by_side():
    """Three pages, of which the second cannot be printed, and what waits for their PDFs, made by two processes."""
    first, second = (layout.index_html([], layout.Style(name_en=name)) for name in ("First", "Second"))
    broken = first.replace("<body", "<img src='http://127.0.0.1/x.png'><body")
    htmls = [first, broken, second]
    return htmls, list(press._printed(htmls, 2, archival=False))


def test_pdfs_set_side_by_side_are_the_same_as_one_after_the_other(side_by_side):
    htmls, (first, _, second) = side_by_side
    serial = [wait() for wait in press._printed([htmls[0], htmls[2]], 1, archival=False)]
    assert [first(), second()] == serial
    assert all(pdf.startswith(b"%PDF-") for pdf in serial)


def test_a_pdf_that_fails_in_another_process_costs_its_own_article_alone(side_by_side):
    _, (first, failing, second) = side_by_side
    with pytest.raises(LayoutError):
        failing()
    assert first().startswith(b"%PDF-")
    assert second().startswith(b"%PDF-")
