"""What is allowed in a glossary and yet worth a look: each check takes the layers, the strongest first."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.glossary.entry import Entry
from pipeline.glossary.glossary import Glossary, layered
from pipeline.glossary.mistakes import contains
from pipeline.glossary.precedence import agrees, nested, ranks
from pipeline.glossary.scan import Scanner
from pipeline.glossary.variants import fold


class Kind(enum.StrEnum):
    """What kind of conflict."""

    SHADOWED = "shadowed"
    """A stronger layer says something else about the same source: the entry is never used."""
    OVERRULED = "overruled"
    """A term of a stronger layer stands inside the source and is rendered in another way: the entry is never used."""
    FORBIDDEN = "forbidden"
    """Another layer forbids what this one asks for."""
    INCONSISTENT = "inconsistent"
    """A longer term does not render the term inside it as that term's entry does."""
    OVERLAPPING = "overlapping"
    """Two terms meet, the end of one the beginning of the other: only the left one applies there."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two entries that a terminologist should look at together."""

    kind: Kind
    entry: Entry
    other: Entry
    message: str
    """One sentence, with the place of both."""


Check = Callable[[Sequence[Glossary]], Iterator[Conflict]]


def conflicts(layers: Sequence[Glossary], texts: Sequence[str] = ()) -> tuple[Conflict, ...]:
    """All conflicts of layers given from the strongest to the weakest, by kind, then in the layers' order.

    Terms can overlap in more ways than anyone writes: of these only the ones are told that occur in `texts`.
    """
    return (*(conflict for check in CHECKS for conflict in check(layers)), *overlapping(layers, texts))


def shadowed(layers: Sequence[Glossary]) -> Iterator[Conflict]:
    """Entries that a stronger layer overrides with another target."""
    effective = layered(layers)
    for entry in (entry for layer in layers[1:] for entry in layer):
        winner = effective.find(entry.source)
        if winner is not None and winner is not entry and entry.target not in winner.forms:
            told = f"“{entry.target}” of {_place(entry)} is never used for “{entry.source}”: {_place(winner)} says"
            yield Conflict(Kind.SHADOWED, entry, winner, f"{told} {_said(winner)}.")


def inconsistent(layers: Sequence[Glossary]) -> Iterator[Conflict]:
    """Terms that hold another term in their source and none of its forms in their target.

    Across layers the stronger one wins, and the other is never used. Within a layer both apply, which may be meant; of
    the weakest of several layers, the term bank, that is not told.
    """
    alive = [entry for entry in layered(layers) if entry.fires]
    rank, weakest = ranks(alive), len(layers) - 1
    for entry, inner in nested(alive):
        if agrees(entry, inner) or rank[inner.layer] > rank[entry.layer] or 0 < weakest == rank[inner.layer]:
            continue
        told = f"“{entry.source}” → “{entry.target}” ({_place(entry)}) holds “{inner.source}”, but not its rendering"
        rendering = f"“{inner.target}” ({_place(inner)})"
        if rank[inner.layer] < rank[entry.layer]:
            yield Conflict(Kind.OVERRULED, entry, inner, f"{told} {rendering}, and so is never used.")
        else:
            yield Conflict(Kind.INCONSISTENT, entry, inner, f"{told} {rendering}.")


def overlapping(layers: Sequence[Glossary], texts: Sequence[str]) -> Iterator[Conflict]:
    """Terms that meet in the texts with two characters or more in common, where no entry has both."""
    effective = layered(layers)
    meetings = {joined: (left, right) for left, right, joined in _meeting(effective) if not effective.find(joined)}
    joined_sources = tuple(meetings)
    scanner = Scanner(joined_sources)
    seen = {hit.term for text in texts for hit in scanner.scan(text)}
    for source in (joined_sources[term] for term in sorted(seen)):
        left, right = meetings[source]
        told = (
            f"in “{source}” only one of “{left.source}” ({_place(left)}) and “{right.source}” ({_place(right)}) applies"
        )
        yield Conflict(Kind.OVERLAPPING, left, right, f"{told}; add “{source}” if that is wrong.")


def forbidden(layers: Sequence[Glossary]) -> Iterator[Conflict]:
    """Targets that hold a rendering which an entry of another layer forbids."""
    firing = layered(layers).firing
    for entry in firing:
        for rendering, other in ((r, e) for e in firing if e.layer != entry.layer for r in e.forbidden):
            if contains(entry.target, rendering) and fold(other.source) not in fold(entry.source):
                told = f"“{entry.target}” of {_place(entry)} contains “{rendering}”, which {_place(other)} forbids"
                yield Conflict(Kind.FORBIDDEN, entry, other, f"{told} for “{other.source}”.")


CHECKS: tuple[Check, ...] = (shadowed, forbidden, inconsistent)


def _meeting(glossary: Glossary) -> Iterator[tuple[Entry, Entry, str]]:
    starts: dict[str, list[Entry]] = {}
    for entry in glossary.firing:
        starts.setdefault(fold(entry.source)[:2], []).append(entry)
    for left in glossary.firing:
        source = fold(left.source)
        for at in range(1, len(source) - 1):
            for right in starts.get(source[at : at + 2], ()):
                if fold(right.source).startswith(source[at:]) and len(right.source) > len(source) - at:
                    yield left, right, left.source[:at] + right.source


def _place(entry: Entry) -> str:
    return f"{entry.layer}, line {entry.line}" if entry.line else entry.layer


def _said(entry: Entry) -> str:
    return f"“{entry.target}”" if entry.fires else "that it is retired"
