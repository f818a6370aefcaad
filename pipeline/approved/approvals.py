"""What was approved, by its Chinese."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_SHOWN = 16
"""Hexadecimal digits that tell one sentence from another: 64 bits."""


@dataclass(frozen=True, slots=True)
class Approved:
    """A sentence and the English that a person stands for."""

    source: str
    """The Chinese as it stands in the article."""
    target: str
    by: str = ""
    """Who approved it; may be empty."""
    when: str = ""
    """When, in UTC, as TMX writes it: 20261127T093000Z; may be empty."""
    note: str = ""
    """What the reviewer said about it; may be empty."""
    accepted: tuple[str, ...] = ()
    """What the checks said against it and the reviewer accepted nevertheless, in their words."""


class Approvals:
    """Approved sentences, one for each Chinese sentence; white space at its ends does not matter. Immutable."""

    def __init__(self, approved: Iterable[Approved] = ()) -> None:
        """Of two with one source the later counts; `conflicts` finds such."""
        self._by_source = {one.source.strip(): one for one in approved}

    def get(self, source: str) -> Approved | None:
        """What is approved for a Chinese sentence."""
        return self._by_source.get(source.strip())

    def having(self, approved: Iterable[Approved]) -> Approvals:
        """These and more, which take the place of what was approved for the same Chinese."""
        return Approvals([*self._by_source.values(), *approved])

    def without(self, sources: Iterable[str]) -> Approvals:
        """These less those of some Chinese sentences."""
        gone = {source.strip() for source in sources}
        return Approvals(one for source, one in self._by_source.items() if source not in gone)

    def digest(self, keys: Iterable[str]) -> str:
        """Digest of what is approved for sentences, given by the `key` of each; empty where nothing is."""
        own = sorted(set(keys) & self._by_key.keys())
        if not own:
            return ""
        said = [(key, self._by_key[key].target, self._by_key[key].accepted) for key in own]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()

    @functools.cached_property
    def _by_key(self) -> dict[str, Approved]:
        return {key(source): one for source, one in self._by_source.items()}

    def __len__(self) -> int:
        """How many."""
        return len(self._by_source)

    def __iter__(self) -> Iterator[Approved]:
        """Sorted by their Chinese."""
        return iter(one for _, one in sorted(self._by_source.items()))

    def __eq__(self, other: object) -> bool:
        """Whether the same is approved."""
        return isinstance(other, Approvals) and self._by_source == other._by_source

    __hash__ = None  # type: ignore[assignment]  # equal by content, and not meant as a key


def key(source: str) -> str:
    """A short name of a Chinese sentence: 16 hexadecimal digits."""
    return hashlib.sha256(source.strip().encode("utf-8", "surrogatepass")).hexdigest()[:_SHOWN]


def conflicts(approved: Iterable[Approved]) -> tuple[tuple[Approved, Approved], ...]:
    """Pairs that approve different English for one Chinese sentence."""
    first: dict[str, Approved] = {}
    pairs = []
    for one in approved:
        known = first.setdefault(one.source.strip(), one)
        if known.target != one.target:
            pairs.append((known, one))
    return tuple(pairs)
