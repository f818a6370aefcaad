"""What the user sees: progress (a bar on a terminal, plain lines elsewhere) and errors on stderr, results on stdout."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress


class Screen(Protocol):
    """How a run tells what it does. The order (`build`) knows it as its `Watch`."""

    def begin(self, stage: str, total: int, unit: str) -> None:
        """A stage begins that will take `total` steps of `unit`: "translate", 221, "sentences"."""

    def advance(self, steps: int = 1) -> None:
        """That many steps of the stage are done."""

    def say(self, line: str) -> None:
        """A line of the result."""

    def complain(self, message: object) -> None:
        """An error, or a warning that the user should see."""


class Lines:
    """For a log, a pipe, an editor's console: one line a stage."""

    def begin(self, stage: str, total: int, unit: str) -> None:
        """Says the stage and how much of it there is."""
        if total:
            sys.stderr.write(f"{stage}: {total} {unit if total > 1 else unit.removesuffix('s')}\n")
            sys.stderr.flush()

    def advance(self, steps: int = 1) -> None:
        """Says nothing: a log is not a place to count in."""

    def say(self, line: str) -> None:
        """Prints it."""
        print(line, flush=True)

    def complain(self, message: object) -> None:
        """Prints it to stderr."""
        print(message, file=sys.stderr, flush=True)


class Bars(Lines):
    """For a terminal: a bar that fills, and vanishes when all is done."""

    def __init__(self, progress: Progress) -> None:
        """Draws on `progress`, which the caller starts and stops."""
        self._progress = progress

    def begin(self, stage: str, total: int, unit: str) -> None:
        """A new bar in place of the last."""
        for task in self._progress.task_ids:
            self._progress.remove_task(task)
        self._progress.add_task(f"{stage} ({total} {unit})", total=total)

    def advance(self, steps: int = 1) -> None:
        """Fills the bar."""
        for task in self._progress.task_ids:
            self._progress.advance(task, steps)

    def say(self, line: str) -> None:
        """Prints above the bar."""
        self._progress.console.file.flush()
        with self._hidden():
            super().say(line)

    def complain(self, message: object) -> None:
        """Prints above the bar."""
        with self._hidden():
            super().complain(message)

    @contextmanager
    def _hidden(self) -> Iterator[None]:
        """Takes the bar away while plain text is printed, so that neither cuts the other."""
        self._progress.stop()
        yield
        self._progress.start()


@contextmanager
def screen() -> Iterator[Screen]:
    """The screen that fits where stderr goes."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    from rich.console import Console  # noqa: PLC0415 - a build with nothing to do must not wait for it
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - as above

    columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Bars(progress)


def counted(number: int, noun: str) -> str:
    """A number of things: 1 bulletin, 2 bulletins."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
