"""Which values a Chinese text names, and which of them its English must name: the ground of the number check."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pipeline.constrain import tables
from pipeline.constrain.numbers import Kind, Number, mentioned, numbers
from pipeline.constrain.numerals import halfwidth

_CENTURY, _DECADE = "世纪", "年代"
_LATE = re.compile(r"(?:下午|傍晚|晚上?|夜里?|当晚|中午)\s?$")
_YEAR_SHORT = 100
_HEADED = {"万亿": 10**12, "亿": 10**8, "万": 10**4}
"""Scales that a heading names for the figures beside it: 税收总额（亿元） 112.3."""


@dataclass(frozen=True, slots=True)
class Named:
    """A number of the Chinese, every value under which the English may say it, and whether the English must say it."""

    number: Number
    text: str
    """As the Chinese writes it."""
    readings: frozenset[Fraction]
    due: bool


@functools.lru_cache(maxsize=1024)
def named(text: str) -> tuple[Named, ...]:
    """The numbers of a Chinese text with their readings, in order."""
    half = halfwidth(text)
    return tuple(Named(n, text[n.start : n.stop], frozenset(_readings(n, half)), _due(n, half)) for n in numbers(half))


def possible(text: str) -> frozenset[Fraction]:
    """Every value that the English of this text may name without anyone being wrong."""
    values = {value for name in named(text) for value in name.readings} | set(mentioned(text))
    values |= {Fraction(value) for word, said in tables.rows("said.tsv") if word in text for value in said.split()}
    return frozenset(values | set(_unread(halfwidth(text))))


def _unread(text: str) -> Iterator[Fraction]:
    """Figures that are no numbers but parts of names (C919): the English has them too."""
    read = numbers(text)
    for match in re.finditer(r"\d[\d,]*(?:\.\d+)?", text):
        if not any(n.start < match.end() and match.start() < n.stop for n in read):
            yield Fraction(match[0].replace(",", ""))


def _readings(number: Number, text: str) -> Iterator[Fraction]:
    value, rest = number.value, text[number.stop :].lstrip()
    yield value
    if number.kind is Kind.APPROXIMATE:
        yield from (value + step for step in (1, 10, 100, 1000, 10_000))
    if number.kind is Kind.POINTS:
        yield value * 100
    if rest.startswith("倍"):
        yield from (value + 1, value - 1, value * 100, value / 1)
    if rest.startswith(_CENTURY):
        yield (value - 1) * 100
    if rest.startswith("折"):  # 五折 is half off
        yield from (value / 10, 1 - value / 10)
    if rest.startswith(_DECADE) or re.match(r"[后末初]", rest):
        yield from (value + century for century in range(1500, 2100, 100))
    yield from _of_time(value, rest)
    yield from (value * scale for mark, scale in _HEADED.items() if number.figures and re.search(rf"[（(]{mark}", text))
    before = re.search(r"(\d\d?)\s?世纪\s?$", text[: number.start])
    if before:  # 15世纪80年代
        yield (int(before[1]) - 1) * 100 + value


def _of_time(value: Fraction, rest: str) -> Iterator[Fraction]:
    if rest.startswith("年") and value < _YEAR_SHORT:
        yield from (value + 1900, value + 2000)
    if rest.startswith(("时", "点", ":")):
        yield from (value + 12, value - 12)


def _due(number: Number, text: str) -> bool:
    """Whether the English must name the number: all figures, and Chinese numerals that say more than a few."""
    if number.kind in {Kind.APPROXIMATE, Kind.ORDINAL} or number.value in {0, 1} or number.numeral[0] in "百千":
        return False
    if re.match(r"\s?世纪\s?\d0\s?年代", text[number.stop :]) or (number.more and not number.figures):
        return False
    return number.figures or number.value > 10 or number.kind in {Kind.PERCENT, Kind.POINTS}  # noqa: PLR2004 - below, English has pronouns
