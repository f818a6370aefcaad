"""Numbers in English text, by value: 3.1476 million, 41,100, twenty-one, two-thirds, 12th, 3.5 percent, 9:30 p.m."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest

from pipeline.constrain import tables
from pipeline.constrain.dates import MONTHS
from pipeline.constrain.figures import spelled, spelled_ordinal

_SMALL = {spelled(n): n for n in (*range(20), *range(20, 100, 10))}
_ORDINALS = {spelled_ordinal(n): n for n in (*range(1, 20), *range(20, 100, 10))}
_SCALES = {"hundred": 100, "dozen": 12, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_LETTERS = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4} | {
    w: n for w, n in _ORDINALS.items() if w not in {"first", "second"}
}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_SCALE = "|".join(_SCALES)
_OVER = "|".join(spelled(n) for n in range(1, 10))
_PART = "|".join(rf"{name}s?" for name in _PARTS)
_CARDINAL = "|".join(sorted(_SMALL, key=len, reverse=True))
_WORD = rf"(?:{_CARDINAL}|{_SCALE})"
_LAST = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_FIRST = "|".join(sorted({word[:2] for word in (*_SMALL, *_ORDINALS, *_SCALES, *_PARTS, "an", "minus", "negative")}))
_NUMBER = re.compile(
    rf"""
    # Most of a text is passed over by what a number begins with.
    (?=[-−.\d]|\b(?:{_FIRST}|a[\s-]))(?:
      (?P<sign>(?<![\w)\].%’'”"])[-−](?=[\d.])|\b(?:minus|negative)\s)?
      (?P<digits>\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+)
      (?: (?P<tail>st|nd|rd|th|'?s)\b
        | [\s-]?(?P<scale>(?:{_SCALE})(?:\s(?:{_SCALE}))?)\b
        | \s?(?P<letter>k|mn?|bn|tn)\b )?
    | \b(?P<over>an?|{_OVER})[\s-](?P<part>{_PART})\b
    | (?P<minus>\b(?:minus|negative)\s)?\b(?P<words>
        (?:(?:an?|half\sa)\s(?={_SCALE}))?{_WORD}
        (?:(?:[\s-]|(?:(?<=hundred)|(?<=thousand)|(?<=million))\sand\s){_WORD})*
        (?:\spoint(?:\s(?:{_CARDINAL}))+(?:\s(?:{_SCALE}))?)?
        (?:(?:-|(?<=hundred)\s(?:and\s)?)(?:{_LAST}))?)\b
    | \b(?P<ordinal>{_LAST})\b
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PERCENT = re.compile(r"[\s-]?(?:%|percent\b|per\scent\b|percentage\spoints?\b|percentage-point\b)", re.IGNORECASE)
_PERMILLE = re.compile(r"\s?(?:‰|per\sthousand\b|per\smille\b)", re.IGNORECASE)
_JOINT = re.compile(r"\s?(?:-|–|—|to|and|or|through)\s?", re.IGNORECASE)
_AFTERNOON = re.compile(r"(?::\d\d)?\s?p\.?m\b", re.IGNORECASE)
_DAY_AND_NIGHT = re.compile(r"(?:around|round|-)[\s-]?the[\s-]clock|day and night", re.IGNORECASE)
_HOURS = 24
_MONTH_OF = {name: n for n, month in enumerate(MONTHS, 1) for name in (month, month[:3])}
_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTH_OF)})\b")
_BELOW = re.compile(r"(?:\s?(?:°|degrees?)\s?\w{0,10})?\s(?:below|sub-?zero)", re.IGNORECASE)
_UNITS = re.compile(
    r"(?:[kcmnμ]?m[²³23]?|km/h|kph|mph|[kmg]?g|[kmMG]?W|kWh|ml|[lL]|[KMGT]B|[kMG]?Hz|ft|lb|lbs|in|hp|[°℃])(?![A-Za-z\d])"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """Characters [start, stop) of an English text say a number."""

    start: int
    stop: int
    readings: frozenset[Fraction]
    """Every value it can be read as: 9 in "9 p.m." is 9 and 21, 3 in "3 to 5 percent" also 0.03."""
    digits: bool
    name: bool
    """Whether it belongs to a name of letters and digits (C919, COVID-19)."""


@functools.cache
def number_words() -> frozenset[str]:
    """Words with which the value of a number may change, those of a hint included; "a" and "an" stand everywhere."""
    compounds = (*_SMALL, *_ORDINALS, *(word for word, _ in tables.rows("hints.tsv")))
    months = (name.lower() for month in MONTHS for name in (month, month[:3]))
    beside = ("minus", "negative", "point", "points", "percent", "per", "percentage", "below", "sub", "clock", "night")
    parts = (*_PARTS, *(f"{part}s" for part in _PARTS), *_SCALES, *_LETTERS)
    return frozenset({*(p for word in compounds for p in word.split("-")), *months, *beside, *parts}) - {"a", "an"}


@functools.lru_cache(maxsize=1024)
def figures(text: str) -> tuple[Figure, ...]:
    """The numbers of an English text, in order."""
    found = [figure for match in _NUMBER.finditer(text) if (figure := _figure(match, text))]
    return tuple(_shared(found, text))


def hinted(text: str) -> frozenset[Fraction]:
    """Values that words of an English text may stand for without naming a number: May, both, decade, World War II."""
    words = {word.lower() for word in re.findall(r"[A-Za-z][a-z-]*", text)}
    values = {Fraction(value) for word, value in tables.rows("hints.tsv") if word in words}
    values |= {Fraction(_MONTH_OF[name]) for name in _MONTH.findall(text)}
    values |= {
        Fraction(_SMALL[f"{tens}y"]) for tens in re.findall(r"\b(\w+t)ies\b", text.lower()) if f"{tens}y" in _SMALL
    }
    values |= {Fraction(_roman(numeral)) for numeral in re.findall(r"\b[IVXLCDM]+\b", text)}
    return frozenset(values | ({Fraction(_HOURS)} if _DAY_AND_NIGHT.search(text) else set()))


def _figure(match: re.Match[str], text: str) -> Figure | None:
    value = _from_digits(match) if match["digits"] else _part(match) if match["part"] else _from_words(match)
    if value is None:
        return None
    if match["digits"] == "00" and text[match.start() - 1 : match.start()] == ":":
        return None  # eleven o'clock
    name = bool(match["digits"]) and _in_name(match, text)
    start, stop = match.span()
    percent, permille = _PERCENT.match(text, stop), _PERMILLE.match(text, stop)
    if percent or permille:
        stop = (percent or permille).end()  # type: ignore[union-attr]
        return Figure(start, stop, frozenset({value / (100 if percent else 1000)}), bool(match["digits"]), name)
    readings = {value} | set(_otherwise(match, value, text))
    return Figure(start, stop, frozenset(readings), bool(match["digits"]), name)


def _in_name(match: re.Match[str], text: str) -> bool:
    if re.search(r"[A-Z][A-Za-z]*-?$|[a-z]$", text[: match.start("digits")]):
        return True
    after = text[match.end() : match.end() + 1]
    return after.isascii() and after.isalpha() and not _UNITS.match(text, match.end())


def _from_digits(match: re.Match[str]) -> Fraction:
    value = Fraction(match["digits"].replace(",", ""))
    for scale in (match["scale"] or "").lower().split():
        value *= _SCALES[scale]
    value *= _LETTERS[match["letter"].lower()] if match["letter"] and match["letter"].lower() != "m" else 1
    return -value if match["sign"] else value


def _otherwise(match: re.Match[str], value: Fraction, text: str) -> Iterator[Fraction]:
    """Other values that the same wording may stand for."""
    if _BELOW.match(text, match.end()):
        yield -value
    if match["letter"] and match["letter"].lower() == "m":
        yield value * _LETTERS["m"]
    if _AFTERNOON.match(text, match.end()):
        yield value + 12
    if match["tail"] and match["tail"].endswith("s") and value < 100:  # noqa: PLR2004 - the '90s
        yield value + 1900
    decades = re.match(r"[\s-]decade", text[match.end() :])
    if decades:
        yield value * 10
    if match["part"]:  # a third: of a whole, or in a row
        yield Fraction(_part(match).denominator)
    before = re.search(r"(\d\d)\d\d\s?[-–/]\s?$", text[: match.start()])
    if before and len(match["digits"] or "") == 2:  # noqa: PLR2004 - 1995-96
        yield value + int(before[1]) * 100


def _part(match: re.Match[str]) -> Fraction:
    part = match["part"].lower()
    return Fraction(_SMALL.get(match["over"].lower(), 1), _PARTS.get(part) or _PARTS[part.removesuffix("s")])


def _from_words(match: re.Match[str]) -> Fraction | None:
    """The value of number words; None for a lone scale (millions of people)."""
    if match["ordinal"]:
        return Fraction(_ORDINALS[match["ordinal"].lower()])
    words = re.findall(r"[a-z]+", match["words"].lower())
    if words[:2] == ["half", "a"]:
        return Fraction(_SCALES[words[2]], 2)
    if words[0] in {"a", "an"}:
        words[0] = "one"
    if words[0] in _SCALES:
        return None
    value = _sum(words) if "point" not in words else _with_point(words)
    return -value if match["minus"] else value


def _with_point(words: list[str]) -> Fraction:
    at = words.index("point")
    digits = [w for w in words[at + 1 :] if w in _SMALL]
    value = _sum(words[:at]) + Fraction("0." + "".join(str(_SMALL[d]) for d in digits))
    return value * _SCALES.get(words[-1], 1)


def _sum(words: list[str]) -> Fraction:
    total, section, last = 0, 0, 0
    for word in words:
        if word == "and":
            continue
        if word in _SCALES and word not in {"hundred", "dozen"}:
            scale = _SCALES[word]
            total = (total + section) * scale if 0 < total < scale else total + max(section, 1) * scale
            section = 0
        elif word in _SCALES:
            section = max(section, 1) * _SCALES[word]
        else:
            last = _SMALL.get(word, _ORDINALS.get(word, 0))
            section += last
    return Fraction(total + section)


def _roman(numeral: str) -> int:
    values = [_ROMAN[c] for c in numeral]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def _shared(found: list[Figure], text: str) -> Iterator[Figure]:
    """Each figure, the first of a range also read in the percent and scale of the second."""
    for figure, following in zip_longest(found, found[1:]):
        if following is None or not _JOINT.fullmatch(text, figure.stop, following.start):
            yield figure
            continue
        shares = set(figure.readings)
        for factor in _factors(text[following.start : following.stop]):
            shares |= {value * factor for value in figure.readings}
        yield Figure(figure.start, figure.stop, frozenset(shares), figure.digits, figure.name)


def _factors(wording: str) -> Iterator[Fraction]:
    for word, scale in _SCALES.items():
        if word in wording.lower():
            yield Fraction(scale)
    if _PERCENT.search(wording):
        yield Fraction(1, 100)
