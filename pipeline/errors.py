"""Every error a user can meet. Each class knows its exit code; each message says what, where, and what to do."""

from __future__ import annotations

from pathlib import Path


class PipelineError(Exception):
    """Base of all errors that are shown to the user as one line, without a traceback."""

    exit_code = 1

    def __init__(self, what: str, *, path: Path | str | None = None, line: int | None = None, remedy: str = "") -> None:
        """`what` went wrong, in which file and line (from 1), and the `remedy`; neither sentence with its full stop."""
        super().__init__(what)
        self.what, self.path, self.line, self.remedy = what, path, line, remedy

    def __str__(self) -> str:
        """One line: `file:line: what; remedy.`, as much of it as there is."""
        place = "" if self.path is None else f"{self.path}:" if self.line is None else f"{self.path}:{self.line}:"
        said = "; ".join(filter(None, [self.what, self.remedy]))
        return " ".join(filter(None, [place, said if said.endswith("?") else f"{said}."]))


class ArticleError(PipelineError):
    """An article that cannot be read or built; the others still are."""


class LayoutError(PipelineError):
    """A page that cannot be set: a character that no font has, a picture or link that would need the network."""


class CheckFailure(PipelineError):
    """Findings of severity error in what was built."""


class UsageError(PipelineError):
    """A command line that asks for something impossible."""

    exit_code = 2


class ConfigError(PipelineError):
    """`bulletin.toml` or a theme that cannot be used."""

    exit_code = 3


class GlossaryError(PipelineError):
    """A glossary or term layer that cannot be used."""

    exit_code = 3


class EngineError(PipelineError):
    """No translation engine, or one that fails."""

    exit_code = 4


class SystemLibraryError(PipelineError):
    """A library of the operating system is missing."""

    exit_code = 4


class Mistakes(PipelineError):
    """Several errors of one kind, found in one reading and shown together, a line each."""

    def __init__(self, errors: tuple[PipelineError, ...]) -> None:
        """Takes the exit code of the first error; `errors` is not empty."""
        super().__init__(errors[0].what)
        self.errors = errors
        self.exit_code = errors[0].exit_code

    def __str__(self) -> str:
        """One line an error, in order."""
        return "\n".join(map(str, self.errors))
