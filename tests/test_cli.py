"""The command line: what it understands, what it says, and how it ends."""

import io
import sys

import pytest

from pipeline import cli
from pipeline.cli import arguments, screen
from pipeline.errors import ArticleError, GlossaryError, Mistakes


def ended(line):
    with pytest.raises(SystemExit) as caught:
        arguments.parser().parse_args(line)
    return caught.value.code


@pytest.mark.parametrize(
    "line",
    [
        ["build"],
        [
            "build",
            "a.txt",
            "b.md",
            "--layout",
            "facing",
            "--model",
            "m",
            "--force",
            "--jobs",
            "3",
            "--debug",
            "--clean",
        ],
        ["check", "a.txt", "--force"],
        ["glossary", "check"],
        ["glossary", "use", "a.txt"],
        ["glossary", "suggest", "--least", "3"],
        ["glossary", "import", "a.tbx"],
        ["glossary", "export", "a.xlsx", "--debug"],
        ["model", "list"],
        ["model", "use", "m.argosmodel"],
        ["model", "fetch"],
        ["review", "export", "a.txt", "--format", "xlsx", "--format", "csv"],
        ["review", "import"],
        ["review", "import", "a.xlsx", "b.docx", "--found", "--accept", "--by", "Wang", "--dry-run"],
        ["theme", "list"],
        ["theme", "copy", "own", "--theme", "brief"],
    ],
)
def test_every_command_of_the_readme_is_understood(line):
    options = arguments.parser().parse_args(line)
    assert callable(cli._command(options))


@pytest.mark.parametrize(
    "line",
    [[], ["bild"], ["build", "--layout", "round"], ["build", "--jobs", "0"], ["glossary"], ["model", "use"]],
)
def test_a_wrong_command_line_ends_with_two(line, capsys):
    assert ended(line) == 2
    assert "usage: bulletin" in capsys.readouterr().err


def test_help_lists_the_exit_codes(capsys):
    assert ended(["--help"]) == 0
    assert "3 the glossary or bulletin.toml cannot be used" in capsys.readouterr().out


UNFORESEEN = (
    "The program met an error it does not know (ZeroDivisionError: division by zero); "
    "run the same with --debug and report what it shows.\n"
)


@pytest.fixture
def failing(monkeypatch):
    """Makes `bulletin build` raise what it is given."""

    def arrange(error):
        def run(_options):
            raise error

        monkeypatch.setattr(cli, "_command", lambda _options: run)

    return arrange


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (ArticleError("is empty", path="a.txt", remedy="put text in it"), 1, "a.txt: is empty; put text in it.\n"),
        (Mistakes((GlossaryError("x", line=1, path="g"), GlossaryError("y"))), 3, "g:1: x.\ny.\n"),
        (
            ZeroDivisionError("division by zero"),
            1,
            UNFORESEEN,
        ),
        (KeyboardInterrupt(), 130, "Stopped; what was translated is kept, and the next run goes on from there.\n"),
    ],
)
def test_an_error_is_one_sentence_and_an_exit_code(failing, capsys, error, code, said):
    failing(error)
    assert cli.main(["build"]) == code
    assert capsys.readouterr() == ("", said)


def test_debug_shows_where_an_error_arose(failing, capsys):
    failing(ZeroDivisionError("division by zero"))
    assert cli.main(["build", "--debug"]) == 1
    assert "in run\n    raise error\nZeroDivisionError" in capsys.readouterr().err


def test_settings_that_cannot_be_used_end_with_three(project, capsys):
    (project / "bulletin.toml").write_text("[page]\nlayout = 'round'\n")
    assert cli.main(["build"]) == 3
    assert capsys.readouterr().err.startswith('bulletin.toml:2: page.layout is "round"; write one of side-by-side,')


def test_an_empty_project_ends_with_two(project, capsys):
    assert cli.main(["build"]) == 2
    assert capsys.readouterr().err.startswith("there is no article to build; put a .txt or .md file into articles/")


def test_elsewhere_than_on_a_terminal_progress_is_a_line_a_stage(capsys):
    with screen.screen() as shown:
        shown.begin("translate", 221, "sentences")
        shown.advance(3)
        shown.begin("pdf", 0, "bulletins")
        shown.say("done")
    assert capsys.readouterr() == ("done\n", "translate: 221 sentences\n")


def test_on_a_terminal_progress_is_a_bar_that_leaves_nothing_behind(monkeypatch, capsys):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with screen.screen() as shown:
        shown.begin("translate", 2, "sentences")
        shown.advance()
        shown.complain("a.txt: is empty.")
        shown.begin("pdf", 1, "bulletins")
        shown.advance()
        shown.say("done")
    assert capsys.readouterr().out == "done\n"
    assert "translate (2 sentences)" in terminal.getvalue()
    assert "a.txt: is empty.\n" in terminal.getvalue()
