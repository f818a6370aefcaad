"""The package's own tables, read once and kept: units, words that count, words that do not, surnames, titles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure or money, or a classifier (`one` and `many` empty)."""

    chinese: str
    kind: str
    """unit, money or measure."""
    one: str
    many: str
    other: tuple[str, ...]
    """Further accepted wordings, `{}` standing for the number."""
    always: bool
    """Whether even a small plain figure before it is fixed."""


def lines(name: str) -> tuple[str, ...]:
    """Lines of `pipeline/data/<name>` without comments and empty ones."""
    text = resources.files("pipeline").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """The blank-separated words of a table."""
    return frozenset(word for line in lines(name) for word in line.split())


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The tab-separated rows of a table, its heading left out; raises ValueError where a row lacks a cell."""
    head, *body = (tuple(line.split("\t")) for line in lines(name))
    wrong = [row for row in body if len(row) != len(head)]
    if wrong:
        raise ValueError(f"pipeline/data/{name}: row {wrong[0]} has not {len(head)} cells")
    return tuple(body)


@cache
def pairs(name: str) -> dict[str, str]:
    """A table of two columns, the first the key."""
    return {first: second for first, second, *_ in rows(name)}


@cache
def units() -> dict[str, Unit]:
    """Units and classifiers by their Chinese name."""
    return {
        zh: Unit(zh, kind, one, many, tuple(filter(None, other.split("|"))), always == "yes")
        for zh, kind, one, many, other, always in rows("units.tsv")
    }


def longest(text: str, at: int, table: frozenset[str] | dict[str, Unit], limit: int = 6) -> str:
    """The longest entry of `table` that stands in `text` at `at`, of at most `limit` characters; else an empty text."""
    for size in range(min(limit, len(text) - at), 0, -1):
        if text[at : at + size] in table:
            return text[at : at + size]
    return ""
