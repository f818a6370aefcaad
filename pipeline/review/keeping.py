"""Edge: hand-outs on disk. What somebody has written in is never overwritten; the others are kept up to date."""

from __future__ import annotations

import enum
import hashlib
import itertools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.files import write_whole
from pipeline.review.take import Question


class Fate(enum.Enum):
    """What became of a hand-out."""

    WRITTEN = enum.auto()
    CURRENT = enum.auto()
    """It says what is printed already."""
    IN_USE = enum.auto()
    """Somebody has written in it, and it is of this print."""
    BESIDE = enum.auto()
    """Somebody has written in one of an older print; the new one has a number in its name."""


@dataclass(frozen=True, slots=True)
class Put:
    """A hand-out's file, and what became of it."""

    path: Path
    fate: Fate


class Keeping:
    """Knows by their content which files in the review folders are just as they were handed out."""

    def __init__(self, folder: Path) -> None:
        """Remembers in `folder`, a small file for each bulletin. Where it was lost, every file counts as touched."""
        self._folder = folder

    def put(self, path: Path, slug: str, state: str, make: Callable[[], bytes]) -> Put:
        """Writes a hand-out at `path`, or beside it where somebody has written in what is there.

        `state` is one word that tells one print from another, a blank, and whatever tells one hand-out of it from
        another; `make` is called only where something must be written. Raises PipelineError where that cannot be.
        """
        record = self._read(slug)
        for number in itertools.count(1):
            own = path if number == 1 else path.with_name(f"{path.stem} ({number}){path.suffix}")
            known = record["files"].get(own.name, {})
            untouched = own.exists() and _digest(own) == known.get("bytes")
            if untouched and known.get("state") == state:
                return Put(own, Fate.CURRENT)
            if own.exists() and not untouched and _print(known.get("state", "")) == _print(state):
                return Put(own, Fate.IN_USE)
            if untouched or not own.exists():
                content = make()
                write_whole(own, content)
                record["files"][own.name] = {"bytes": hashlib.sha256(content).hexdigest(), "state": state}
                self._write(slug, record)
                return Put(own, Fate.WRITTEN if number == 1 else Fate.BESIDE)
        raise AssertionError  # there are always more numbers

    def waiting(self, path: Path, slug: str) -> str:
        """The digest of a file in a review folder that has something that was not taken in whole yet; else empty."""
        record, digest = self._read(slug), _digest(path)
        known = digest == record["files"].get(path.name, {}).get("bytes") or digest in record["taken"]
        return "" if known else digest

    def done(self, slug: str, digest: str, questions: Sequence[Question] = ()) -> None:
        """Remembers that a file was taken in whole as it was when it was found waiting, whatever it is by now.

        `questions` is what it asks: nothing else keeps that, and it waits for an answer.
        """
        record = self._read(slug)
        if digest not in record["taken"]:
            record["taken"].append(digest)
            if questions:
                record["asked"][digest] = [[one.line, one.id, one.text, one.asks] for one in questions]
            self._write(slug, record)

    def asked(self, path: Path, slug: str) -> tuple[Question, ...]:
        """What a file that was taken in asks still; its corrections are not looked at again, others may be newer."""
        asked = self._read(slug)["asked"]
        said = asked.get(_digest(path), ()) if asked else ()
        return tuple(Question(str(path), line, number, text, asks) for line, number, text, asks in said)

    def _read(self, slug: str) -> dict[str, Any]:
        record: dict[str, Any] = {"files": {}, "taken": [], "asked": {}}
        try:
            said = json.loads((self._folder / f"{slug}.json").read_text("utf-8"))
            return {name: type(empty)(said.get(name, empty)) for name, empty in record.items()}
        except (OSError, ValueError, AttributeError, TypeError):
            return record  # A lost record costs a second file beside the first, never what somebody wrote.

    def _write(self, slug: str, record: dict[str, Any]) -> None:
        write_whole(self._folder / f"{slug}.json", json.dumps(record, ensure_ascii=False, indent=1) + "\n")


def _print(state: str) -> str:
    return state.partition(" ")[0] or "none"


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "unreadable"  # whoever reads it next says why
