"""The memory of what was translated: one SQLite file in the cache folder, safe against kills and parallel runs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.document import PairOrigin, TargetSpan
from pipeline.errors import PipelineError
from pipeline.translate.memo import Memo

_SCHEMA = """
CREATE TABLE IF NOT EXISTS memo (
    key TEXT PRIMARY KEY, target TEXT NOT NULL, origin TEXT NOT NULL, spans TEXT NOT NULL, score REAL,
    rung TEXT NOT NULL
) WITHOUT ROWID
"""
_AT_A_TIME = 500
"""Keys a question; SQLite takes no more than 999 on older systems."""
_PATIENCE = 60.0
"""Seconds to wait while another run writes."""


class Memory:
    """Memos in a file. Use it as a context manager, or close it.

    Raises PipelineError, from every method, where the file cannot be read or written or is no memory.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._mapped():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(path, timeout=_PATIENCE)
            # Write-ahead logging: readers and a writer side by side, and a kill leaves the last commit whole.
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA synchronous=NORMAL")
            with self._base:
                self._base.execute(_SCHEMA)

    def recall(self, keys: Sequence[str]) -> Mapping[str, Memo]:
        """The memos that are known, by key."""
        known: dict[str, Memo] = {}
        with self._mapped():
            for start in range(0, len(keys), _AT_A_TIME):
                asked = keys[start : start + _AT_A_TIME]
                marks = ",".join("?" * len(asked))
                # The question holds nothing but question marks.
                question = f"SELECT key, target, origin, spans, score, rung FROM memo WHERE key IN ({marks})"  # noqa: S608
                known |= {row[0]: _memo(*row[1:]) for row in self._base.execute(question, asked)}
        return known

    def remember(self, memos: Mapping[str, Memo]) -> None:
        """Commits all of them at once; a later memo of a key replaces an earlier one."""
        rows = [(key, *_row(memo)) for key, memo in memos.items()]
        with self._mapped(), self._base:
            self._base.executemany("INSERT OR REPLACE INTO memo VALUES (?, ?, ?, ?, ?, ?)", rows)

    def __len__(self) -> int:
        """How many memos there are."""
        with self._mapped():
            return int(self._base.execute("SELECT count(*) FROM memo").fetchone()[0])

    def close(self) -> None:
        """Lets go of the file; what was remembered stays."""
        self._base.close()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Lets go of the file."""
        self.close()

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError, ValueError, TypeError) as broken:
            remedy = "delete the file (its sentences are then translated anew) or check who may write there"
            raise PipelineError(f"cannot serve as memory ({broken})", path=self._path, remedy=remedy) from broken


def _row(memo: Memo) -> tuple[str, str, str, float | None, str]:
    spans = json.dumps([(span.start, span.stop, span.constraint) for span in memo.target_spans])
    return memo.target, memo.origin, spans, memo.score, memo.rung


def _memo(target: str, origin: str, spans: str, score: float | None, rung: str) -> Memo:
    return Memo(target, PairOrigin(origin), tuple(TargetSpan(*span) for span in json.loads(spans)), score, rung)
