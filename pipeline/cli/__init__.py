"""`bulletin`: the only part that prints. Every error ends here, as one sentence and an exit code."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module

from pipeline.cli.arguments import parser
from pipeline.errors import PipelineError

INTERRUPTED = 130
"""What a shell reports for a program that Ctrl-C ended."""

_COMMANDS = {
    ("build", ""): "building.build",
    ("check", ""): "building.check",
    ("glossary", "check"): "terms.check",
    ("glossary", "use"): "terms.use",
    ("glossary", "suggest"): "terms.suggest",
    ("glossary", "import"): "terms.take",
    ("glossary", "export"): "terms.give",
    ("memory", "import"): "memories.take",
    ("memory", "export"): "memories.give",
    ("memory", "stats"): "memories.stats",
    ("serve", ""): "serving.serve",
    ("model", "list"): "models.listed",
    ("model", "use"): "models.use",
    ("model", "fetch"): "models.fetch",
    ("review", "export"): "reviews.export",
    ("review", "import"): "reviews.take",
    ("theme", "list"): "themes.listed",
    ("theme", "copy"): "themes.copy",
}
"""Where each command is: only its own module is loaded, since others import the engine, which takes a second."""


def main(line: Sequence[str] | None = None) -> int:
    """Runs one command line (by default the process's own) and returns its exit code; never raises but SystemExit."""
    options = parser().parse_args(line)
    try:
        return _command(options)(options)
    except KeyboardInterrupt:
        return _end("Stopped; what was translated is kept, and the next run goes on from there.", INTERRUPTED)
    except PipelineError as error:
        return _end(error, error.exit_code, debug=options.debug)
    except Exception as surprise:  # noqa: BLE001 - the last line before the user, who must not meet a traceback
        return _end(unforeseen(surprise), 1, debug=options.debug)


def _command(options: argparse.Namespace) -> Callable[[argparse.Namespace], int]:
    module, function = _COMMANDS[options.command, getattr(options, "action", "")].split(".")
    command: Callable[[argparse.Namespace], int] = getattr(import_module(f"pipeline.cli.{module}"), function)
    return command


def unforeseen(surprise: BaseException) -> str:
    """One sentence about an error that nobody thought of: a fault of the program, to be reported."""
    return (
        f"The program met an error it does not know ({type(surprise).__name__}: {surprise}); "
        "run the same with --debug and report what it shows."
    )


def _end(message: object, code: int, *, debug: bool = False) -> int:
    if debug:
        traceback.print_exc()
    print(message, file=sys.stderr)
    return code
