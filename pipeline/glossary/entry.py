"""One term as the terminologist wrote it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from pipeline.document import Case


class Status(enum.StrEnum):
    """How far an entry has come."""

    APPROVED = "approved"
    PROPOSED = "proposed"
    """Not yet confirmed, but already wins over the model: a proposal nobody sees is never confirmed."""
    RETIRED = "retired"
    """Never fires, and keeps lower layers from firing for the same source."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A Chinese term and the English it must become."""

    source: str
    target: str
    allowed: tuple[str, ...] = ()
    """Other accepted English forms, in order of preference; never the target itself."""
    forbidden: tuple[str, ...] = ()
    """Renderings that must not stand in the English of a sentence with this term."""
    except_: tuple[str, ...] = ()
    """Longer Chinese texts that contain the source, in which it is not this term."""
    case: Case = Case.SENTENCE
    note: str = ""
    status: Status = Status.APPROVED
    line: int = 0
    """Where the entry begins in its file, from 1; 0 where it comes from no file."""
    layer: str = "glossary.csv"
    extra: tuple[tuple[str, str], ...] = ()
    """Unknown columns of the file: name and cell, in the file's order."""

    @property
    def fires(self) -> bool:
        """Whether the entry is applied to text."""
        return self.status is not Status.RETIRED

    @property
    def forms(self) -> tuple[str, ...]:
        """Every accepted English form, the preferred first."""
        return (self.target, *self.allowed)
