"""What goes out to a reviewer and what comes back: values, and the text rules that both sides share."""

from __future__ import annotations

import enum
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.approved import plain
from pipeline.document import Finding, Pair
from pipeline.errors import PipelineError

_AUTOMATIC = {**dict.fromkeys("“”„‟〝〞＂", '"'), **dict.fromkeys("‘’‚‛＇", "'"), "…": "..."}
"""What word processors change by themselves while a person types."""
_UNWRITABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SHOWN = 8
GENERAL = "in general"
"""Stands for a sentence's number where something is said of a whole file."""


class ReviewError(PipelineError):
    """A file that a reviewer handed back and that cannot be used, or one row of it that is not taken."""


class Print(Protocol):
    """A bulletin as it was printed; `report.Printed` is one."""

    @property
    def slug(self) -> str:
        """Its name."""

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Its sentences, in reading order."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks found in it."""


class Status(enum.StrEnum):
    """What a reviewer says about a sentence."""

    NONE = ""
    OK = "ok"
    """It may stay as it is; with a correction: as the correction says."""
    CORRECT = "correct"
    """It has to be as the correction says."""
    QUESTION = "question"
    """Somebody must answer first; a correction beside it is only proposed."""


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence as it came back."""

    line: int
    """Row of the sheet or table, or line of the file, from 1."""
    id: str
    """Which sentence it says it is; may be empty."""
    source: str
    english: str = ""
    """What stands where the printed English stood."""
    mark: str = ""
    """The `mark` of the English that was printed; empty where the file does not have it."""
    correction: str = ""
    """What stands in a place of its own for corrections; empty in files that are corrected in place."""
    comment: str = ""
    status: str = ""
    """As written."""
    slug: str = ""
    """Which bulletin it says it is of; may be empty."""
    by: str = ""
    """Who changed it, where the file says so."""
    fault: str = ""
    """Why this row cannot be used, seen while it was read; empty where nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Returned:
    """One file as it came back."""

    name: str
    """Its path, for messages."""
    rows: Sequence[Row]


def shown(text: str) -> str:
    """A plain text for a terminal: a file of somebody else's does not get to steer it."""
    text = plain(text)
    return text if text.isprintable() else "".join(filter(str.isprintable, text))


def writable(text: str) -> str:
    """A text without what XML cannot hold, which nobody can see either."""
    return _UNWRITABLE.sub("", text)


def folded(text: str) -> str:
    """The words of a text, whatever kind of quotation marks and dots a word processor has made of it."""
    words = plain(text)
    if not words.isascii():
        for turned, typed in _AUTOMATIC.items():
            words = words.replace(turned, typed)
    return words


def sought(source: str) -> str:
    """What a Chinese sentence is found by: its characters without blanks."""
    return "".join(folded(source).split())


def mark(english: str) -> str:
    """A short name of an English sentence, by which a later change is seen: 8 hexadecimal digits."""
    return hashlib.sha256(folded(english).encode("utf-8", "surrogatepass")).hexdigest()[:_SHOWN]
