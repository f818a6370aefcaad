"""What is remembered of a translation, and the key under which it is found again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.document import Constraint, PairOrigin, TargetSpan
from pipeline.translate.engine import Decoding

VERSION = 11
"""Raised whenever the code below `pipeline.translate` comes to translate differently."""


@dataclass(frozen=True, slots=True)
class Memo:
    """A translation without its sentence: the part of a Pair that equal sentences under equal constraints share."""

    target: str
    origin: PairOrigin
    target_spans: tuple[TargetSpan, ...]
    score: float | None
    rung: str


class Remembered(Protocol):
    """A store of memos; `pipeline/memory.py` is one that lasts."""

    def recall(self, keys: Sequence[str]) -> Mapping[str, Memo]:
        """Those that are known, by key."""

    def remember(self, memos: Mapping[str, Memo]) -> None:
        """Keeps all of them or none, before it returns."""


class Forgetful:
    """A memory that knows nothing and keeps nothing: for a run that must translate everything anew."""

    def recall(self, keys: Sequence[str]) -> Mapping[str, Memo]:  # noqa: ARG002 - the protocol's
        """Nothing."""
        return {}

    def remember(self, memos: Mapping[str, Memo]) -> None:
        """Forgets them."""


def key(text: str, constraints: Sequence[Constraint], signature: str, options: Decoding) -> str:
    """SHA-256 over all that decides the English: sentence, constraints, engine, decoding, and this code's version.

    A constraint's layer and note decide nothing, so that rewording a note translates nothing again.
    """
    asked = [(c.start, c.source, c.target, c.origin, c.allowed, c.forbidden, c.case) for c in constraints]
    decisive = json.dumps([VERSION, signature, options.described(), text, asked], ensure_ascii=False)
    return hashlib.sha256(decisive.encode("utf-8", "surrogatepass")).hexdigest()
