"""Where a Chinese text says numbers, and their exact values; what only looks like one (一带一路, 统一) is none."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from itertools import zip_longest

from pipeline.constrain import tables
from pipeline.constrain.lexicon import idioms
from pipeline.constrain.numerals import DIGITS, SMALL, halfwidth, parse


class Kind(enum.StrEnum):
    """What a number says."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    PERCENT = "percent"
    """Value 0.035 for 3.5%, 百分之三点五; for 三成, 0.3."""
    POINTS = "percentage points"
    """Value 0.02 for 2个百分点."""
    PERMILLE = "per mille"
    FRACTION = "fraction"
    APPROXIMATE = "approximate"
    """七八个, 二三十: the value is the lower one."""


@dataclass(frozen=True, slots=True)
class Number:
    """Characters [start, stop) of a text say `value`."""

    start: int
    stop: int
    value: Fraction
    kind: Kind
    numeral: str
    """The numeral alone, half width, without 第, 百分之, % and the like."""
    more: bool = False
    """Whether 余 or 多 says that it is somewhat more."""

    @property
    def figures(self) -> bool:
        """Whether it is written with Arabic figures."""
        return self.numeral[:1].isdigit() or self.numeral[:1] == "-"

    @property
    def scale(self) -> int:
        """10⁴, 10⁸ or 10¹² where the numeral ends with 万, 亿, 万亿, else 1."""
        tail = re.search(r"[万亿]*$", self.numeral)
        return int(parse("一" + tail[0])) if tail and tail[0] else 1


_FIG = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_HAN_DIGIT = "".join(DIGITS)
_HAN_PLACE = "".join(p for p in SMALL if p != "千")
_HAN = rf"(?:[{_HAN_DIGIT}{_HAN_PLACE}]|千(?![米克瓦伏卡赫帕焦字]))+(?:点[{_HAN_DIGIT}]+)?"
_SCALE = r"(?:[十百万亿]|千(?![米克瓦伏卡赫帕焦字]))"
_FIGURES = rf"{_FIG}(?:\s?{_SCALE}+(?:{_FIG}[百千万亿]+)*)?"
_CHINESE = rf"{_HAN}(?:[万亿]+(?:{_HAN})?)*"
_ANY = rf"(?:{_FIGURES}|{_CHINESE})"
_TENTHS_NOT = "为立功员果本长都就绩品熟效交分型套语人份因像事色千上全见例败百"
_FIRST = rf"[-−\d{_HAN_DIGIT}{_HAN_PLACE}千万亿几数上成好多第负]"
"""What a number begins with: most characters of a text are passed over by this alone."""
_PATTERN = re.compile(
    rf"""
    (?={_FIRST})(?:
      (?P<vague>[几数上成好多]+[十百千万亿]+ | [十百千]几[万亿]?)
    | (?P<per>百分之|千分之|万分之)(?P<per_n>负?{_ANY})
    | (?P<under>{_ANY})分之(?P<over>{_ANY})
    | 第\s?(?P<ordinal>{_ANY})
    | (?P<low>十|[二三四五六七八九]十|[一二三四五六七八九]百)?(?P<near>一二|两三|二三|三四|四五|五六|六七|七八|八九)
      (?P<near_scale>[十百千万亿]*)(?![{_HAN_DIGIT}十百千万亿〇])
    | (?P<sign>负|(?<![\w)\]）%％〉》”"])[-−]|零下\s?)?(?P<n>{_ANY})
      (?: (?P<more>\s?[余多])(?P<more_scale>\s?[十百千万亿]*) )?
      (?P<after>\s?%|\s?‰|\s?个?百分点|成(?![{_TENTHS_NOT}])半?)?
    )
    """,
    re.VERBOSE,
)
_RANGE = re.compile(r"\s?(?:——?|–|-|~|～|至|到)\s?")
_RANGE_ON = re.compile(rf"(?:——?|–|-|~|～|至|到)(?:{_ANY})[万亿]")
_WORD_LENGTH = 6
_PER = {"百分之": Kind.PERCENT, "千分之": Kind.PERMILLE, "万分之": Kind.PERMILLE}
_PARTS = {"百分之": 100, "千分之": 1000, "万分之": 10_000}
_UNIT_LETTERS = re.compile(
    r"(?:[kcmnμ]?m[²³23]?|km/h|[kmg]?g|[kmMG]?W|kWh|ml|L|GB|MB|TB|Hz|MHz|GHz|[°℃])(?![A-Za-z\d])"
)


@lru_cache(maxsize=1024)
def numbers(text: str) -> tuple[Number, ...]:
    """The numbers of a text in order; those of a range share scale and percent (3—5万: 30,000 and 50,000)."""
    half = halfwidth(text).replace("％", "%")
    found = [n for m in _PATTERN.finditer(half) for n in _read(m) if _counts(n, half)]
    return tuple(_shared(found, half))


def mentioned(text: str) -> frozenset[Fraction]:
    """Every value that some numeral of the text could be read as, idioms (一些, 三农) included."""
    half = halfwidth(text)
    vague = {
        Fraction(parse("一" + scale))
        for scale in re.findall(r"[数上近超过]([十百千万亿]{1,3})", half)
        if _parses("一" + scale)
    }
    return frozenset(n.value for m in _PATTERN.finditer(half) for n in _read(m)) | vague


def _parses(numeral: str) -> bool:
    try:
        return bool(parse(numeral))
    except ValueError:
        return False


def _read(match: re.Match[str]) -> Iterator[Number]:
    """The number that a match says, if it is one: a numeral that cannot be parsed is none (十三五)."""
    try:
        number = _number(match)
    except (ValueError, ArithmeticError):
        return
    if number is not None:
        yield number


def _number(match: re.Match[str]) -> Number | None:
    group, (start, stop) = match.groupdict(), match.span()
    if group["vague"]:
        return None
    if group["per"]:
        value = Fraction(parse(group["per_n"])) / _PARTS[group["per"]]
        return Number(start, stop, value, _PER[group["per"]], group["per_n"])
    if group["under"]:
        return Number(
            start, stop, Fraction(parse(group["over"])) / Fraction(parse(group["under"])), Kind.FRACTION, group["over"]
        )
    if group["ordinal"]:
        return Number(start, stop, Fraction(parse(group["ordinal"])), Kind.ORDINAL, group["ordinal"])
    if group["near"]:
        return Number(start, stop, _near(group), Kind.APPROXIMATE, match[0])
    return _plain(group, start, stop)


def _near(group: dict[str, str]) -> Fraction:
    scale = parse("一" + group["near_scale"]) if group["near_scale"] else Decimal(1)
    return Fraction((parse(group["low"]) if group["low"] else 0) + DIGITS[group["near"][0]] * scale)


def _plain(group: dict[str, str], start: int, stop: int) -> Number:
    numeral = group["n"] + (group["more_scale"] or "").strip()
    value, after = Fraction(parse(numeral)), (group["after"] or "").strip()
    sign = -1 if group["sign"] else 1
    kind, parts = _after(after)
    if after.startswith("成") and value > 10:  # noqa: PLR2004 - of tenths there are ten (每10万成年人)
        kind, parts, stop, after = Kind.CARDINAL, 1, stop - len(group["after"]), ""
    if after.endswith("半"):
        value += Fraction(1, 2)
    return Number(
        start, stop, sign * value / parts, kind, ("-" if group["sign"] else "") + numeral, bool(group["more"])
    )


def _after(after: str) -> tuple[Kind, int]:
    """What the sign or word after a numeral makes of it, and by what it divides it."""
    if after.startswith("成"):
        return Kind.PERCENT, 10
    if after.endswith("百分点"):
        return Kind.POINTS, 100
    return {"%": (Kind.PERCENT, 100), "‰": (Kind.PERMILLE, 1000)}.get(after, (Kind.CARDINAL, 1))


def _counts(number: Number, text: str) -> bool:
    if number.figures:
        return not _designator(number, text)
    if number.kind not in {Kind.CARDINAL, Kind.APPROXIMATE}:
        return not _idiom(number, text)
    if len(number.numeral) == 1 and not (counted(text, number.stop) or _RANGE_ON.match(text, number.stop)):
        return False
    if len(number.numeral) > 1 and all(c in DIGITS for c in number.numeral) and number.kind is Kind.CARDINAL:
        return text.startswith("年", number.stop) or "〇" in number.numeral
    return not _idiom(number, text)


def counted(text: str, at: int) -> str:
    """The unit, classifier or counted word that stands at a place of a text, or an empty text."""
    return tables.longest(text, at, tables.units()) or tables.longest(text, at, tables.words("counted.txt"))


def _designator(number: Number, text: str) -> bool:
    """Whether figures belong to a name of Latin letters (C919, 5G, COVID-19, PM2.5)."""
    if re.search(r"[A-Za-z]-?$", text[: number.start]):
        return True
    letter = text[number.stop : number.stop + 1]
    return letter.isascii() and letter.isalpha() and not _UNIT_LETTERS.match(text, number.stop)


def _idiom(number: Number, text: str) -> bool:
    """Whether a numeral lies within a word or set phrase that counts nothing."""
    for start in range(max(0, number.start - _WORD_LENGTH), number.start + 1):
        word = tables.longest(text, start, _no_numbers())
        if word and start + len(word) >= number.stop:
            return True
    return False


@cache
def _no_numbers() -> frozenset[str]:
    return tables.words("no_numbers.txt") | idioms()


def _shared(found: list[Number], text: str) -> Iterator[Number]:
    for number, following in zip_longest(found, found[1:]):
        yield _like(number, following) if following and joined(number, following, text) else number


def joined(number: Number, following: Number, text: str) -> bool:
    """Whether two numbers are the ends of a range: 3—5, 3至5, 3~5."""
    return bool(_RANGE.fullmatch(text, number.stop, following.start))


def _like(number: Number, following: Number) -> Number:
    """The lower end of a range, read in the scale and percent of the upper one where it has none itself."""
    value, kind = number.value, number.kind
    if (
        kind is Kind.CARDINAL
        and number.scale == 1
        and value * following.scale < abs(following.value) * _hundredfold(following)
    ):
        value *= following.scale
    if kind is Kind.CARDINAL and following.kind in {Kind.PERCENT, Kind.POINTS}:
        value, kind = value / 100, following.kind
    return replace(number, value=value, kind=kind)


def _hundredfold(number: Number) -> int:
    return 100 if number.kind in {Kind.PERCENT, Kind.POINTS} else 1
