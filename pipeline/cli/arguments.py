"""The command line: what may be said, and the help that says so."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TypeAlias

from pipeline import __version__, config

EXIT_CODES = """exit codes:
  0 done
  1 an article could not be built, or a check found an error
  2 the command line asks for something impossible
  3 the glossary or bulletin.toml cannot be used
  4 no translation engine, or a library of the system is missing"""


_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - typeshed's name for it


def parser() -> argparse.ArgumentParser:
    """The whole grammar. A parsed line has `command` (and `action` for glossary and model)."""
    top = argparse.ArgumentParser(
        prog="bulletin",
        description="Chinese articles into bilingual bulletins, HTML and PDF: offline, under fixed terms.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"bulletin {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _build(commands)
    _check(commands)
    _glossary(commands)
    _review(commands)
    _serve(commands)
    _model(commands)
    _memory(commands)
    _theme(commands)
    return top


def _command(commands: _Commands, name: str, text: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=f"{text[:1].upper()}{text[1:]}.")
    command.add_argument("--debug", action="store_true", help="show where in the code an error arose")
    return command


def _translating(command: argparse.ArgumentParser) -> None:
    command.add_argument("articles", nargs="*", type=Path, metavar="ARTICLE", help="only these; else all of articles/")
    command.add_argument("--model", metavar="PATH", help="translate with this Argos zh→en package")
    command.add_argument("--force", action="store_true", help="translate and set again what is up to date")


def _build(commands: _Commands) -> None:
    build = _command(commands, "build", "build bulletins into output/")
    _translating(build)
    build.add_argument("--layout", choices=config.LAYOUTS, help="over the setting in bulletin.toml")
    build.add_argument("--clean", action="store_true", help="leave the reviewer's marks out of the pages")
    build.add_argument("--jobs", type=_jobs, default=os.cpu_count() or 1, metavar="N", help="PDFs set at the same time")


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)


def _check(commands: _Commands) -> None:
    check = _command(commands, "check", "read, translate and check; list every finding; write no page")
    _translating(check)


def _glossary(commands: _Commands) -> None:
    glossary = commands.add_parser(
        "glossary", help="the terminologist's tools", description="The terminologist's tools."
    )
    actions = glossary.add_subparsers(dest="action", required=True, metavar="ACTION")
    _command(actions, "check", "list all mistakes of the glossary and its layers at once")
    use = _command(actions, "use", "show where each term is used, how it is realised and how often it is forced")
    suggest = _command(actions, "suggest", "list frequent terms that the glossary lacks, ready to paste")
    for action in (use, suggest):
        action.add_argument("articles", nargs="*", type=Path, metavar="ARTICLE", help="only these")
        action.add_argument("--model", metavar="PATH", help="translate with this Argos zh→en package")
    suggest.add_argument("--least", type=_jobs, default=2, metavar="N", help="how often a term must occur (2)")
    take = _command(actions, "import", "take the terms of a TBX, xlsx or CSV file into the glossary")
    take.add_argument("file", type=Path, metavar="FILE", help="a .tbx, .xlsx or .csv file")
    give = _command(actions, "export", "write the glossary as TBX, xlsx or CSV, by the file's suffix")
    give.add_argument("file", type=Path, metavar="FILE", help="a .tbx, .xlsx or .csv file")


def _memory(commands: _Commands) -> None:
    memory = commands.add_parser("memory", help="the approved sentences", description="The approved sentences.")
    actions = memory.add_subparsers(dest="action", required=True, metavar="ACTION")
    take = _command(actions, "import", "take the Chinese-English units of a TMX file among the approved sentences")
    take.add_argument("file", type=Path, metavar="FILE", help="a TMX file of any CAT tool")
    take.add_argument("--replace", action="store_true", help="let the file's English win over what is approved")
    give = _command(actions, "export", "write the approved sentences as TMX 1.4b")
    give.add_argument("file", type=Path, metavar="FILE", help="a .tmx file to write")
    _command(actions, "stats", "tell how many sentences are approved, by whom, and what they cover")


def _review(commands: _Commands) -> None:
    review = commands.add_parser("review", help="hand-outs for reviewers", description="Hand-outs for reviewers.")
    actions = review.add_subparsers(dest="action", required=True, metavar="ACTION")
    give = _command(actions, "export", "write each bulletin for review, as .xlsx, .docx and .xlf")
    give.add_argument("articles", nargs="*", type=Path, metavar="ARTICLE", help="only these; else all of articles/")
    forms = ("xlsx", "docx", "xlf", "csv")
    give.add_argument("--format", action="append", choices=forms, help="only this; may be given several times")
    take = _command(actions, "import", "take in corrected hand-outs: .xlsx, .xls, .ods, .csv, .docx, .xlf")
    take.add_argument("files", nargs="*", type=Path, metavar="FILE", help="else those in output/NAME/review/")
    take.add_argument("--found", action="store_true", help="those in output/NAME/review/ too")
    take.add_argument("--accept", action="store_true", help="take what breaks a fixed term or a number too")
    take.add_argument("--by", metavar="NAME", help="who corrected; else who the file says, or the login")
    take.add_argument("--dry-run", action="store_true", help="show what would be taken, and write nothing")


def _serve(commands: _Commands) -> None:
    serve = _command(commands, "serve", "correct and approve sentences in the browser, on this machine alone")
    serve.add_argument("--port", type=int, default=0, metavar="N", help="listen there; else on a free port")
    serve.add_argument("--open", action="store_true", help="open the browser")
    serve.add_argument("--by", default="", metavar="NAME", help="who approves; else git's user.name, or the login")


def _model(commands: _Commands) -> None:
    model = commands.add_parser("model", help="which model translates", description="Which model translates.")
    actions = model.add_subparsers(dest="action", required=True, metavar="ACTION")
    _command(actions, "list", "list the packages that could translate, the one in use first")
    use = _command(actions, "use", "set the package in bulletin.toml")
    use.add_argument("path", metavar="PATH", help="a .argosmodel file or an unpacked package")
    _command(actions, "fetch", "download the package of the Argos index (the one command that uses the network)")


def _theme(commands: _Commands) -> None:
    theme = commands.add_parser("theme", help="how the page looks", description="How the page looks.")
    actions = theme.add_subparsers(dest="action", required=True, metavar="ACTION")
    _command(actions, "list", "list the themes, a star before the one in use")
    copy = _command(actions, "copy", "copy a theme into a new folder, to be changed")
    copy.add_argument("folder", type=Path, metavar="DIR", help="a folder that is not there yet")
    copy.add_argument("--theme", default="gazette", metavar="NAME", help="which theme (gazette)")
