"""What a check says before it is a finding: how much it matters, and one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.document import Pair, Severity


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that a reviewer should look at."""

    severity: Severity
    message: str


Check = Callable[[Pair], Iterable[Complaint]]
"""A rule over one pair. Its name is the finding's; its docstring is what a reviewer reads about it."""

CheckOfAll = Callable[[Sequence[Pair]], Iterable[tuple[str, Complaint]]]
"""A rule over all pairs of a bulletin: sentence id and complaint."""


def error(message: str) -> Complaint:
    """Certainly wrong: `make check` fails."""
    return Complaint(Severity.ERROR, message)


def warning(message: str) -> Complaint:
    """Probably wrong: a person must look."""
    return Complaint(Severity.WARNING, message)


def note(message: str) -> Complaint:
    """Perhaps wrong."""
    return Complaint(Severity.NOTE, message)
