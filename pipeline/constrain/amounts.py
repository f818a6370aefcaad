"""Which numbers become constraints, with their units: those that engines get wrong. The rest is only checked by value.

Fixed are numbers with 万 or 亿 (engines slip by powers of ten), percentages, parts and tenths in Chinese (百分之三点五,
三分之二, 三成), Chinese numerals from one hundred, long plain figures before a unit or classifier, units that engines
convert or misread (亩, 斤), and 第…届 from eleven on. To fix "one" or "33" would only stiffen the English.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pipeline.constrain import figures, tables
from pipeline.constrain.numbers import Kind, Number, joined, numbers
from pipeline.constrain.numerals import DIGITS, halfwidth
from pipeline.document import Constraint, Origin, Sentence

LONG = 10_000
"""Plain figures from here on are fixed (engines drop or group them wrongly); shorter ones they copy."""
_SPELLED = 100
_SESSION = 11


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, or the two of a range, with the unit behind: characters [start, stop)."""

    numbers: tuple[Number, ...]
    unit: tables.Unit | None
    start: int
    stop: int


def amounts(sentence: Sentence) -> tuple[Constraint, ...]:
    """Constraints for the numbers of a sentence, in order; the computed English is exact."""
    text = halfwidth(sentence.text)
    return tuple(
        _constraint(a, sentence.text) for a in _grouped(numbers(text), text, _cuts(sentence)) if _fixed(a, text)
    )


def _cuts(sentence: Sentence) -> frozenset[int]:
    at, cuts = 0, {0}
    for word in sentence.words:
        at += len(word)
        cuts.add(at)
    return frozenset(cuts)


def _grouped(found: Sequence[Number], text: str, cuts: frozenset[int]) -> list[Amount]:
    groups: list[Amount] = []
    for number in found:
        amount = _amount(number, text, cuts)
        if groups and joined(groups[-1].numbers[-1], number, text) and groups[-1].numbers[-1].stop == groups[-1].stop:
            amount = replace(amount, numbers=(*groups.pop().numbers, number), start=amount.start)
            amount = replace(amount, start=amount.numbers[0].start)
        groups.append(amount)
    return groups


def _amount(number: Number, text: str, cuts: frozenset[int]) -> Amount:
    at = number.stop + (text[number.stop : number.stop + 1] == " ")
    name = tables.longest(text, at, tables.units()) if number.kind is Kind.CARDINAL else ""
    if not name or not _whole(tables.units()[name], at + len(name), cuts):
        return Amount((number,), None, number.start, number.stop)
    return Amount((number,), tables.units()[name], number.start, at + len(name))


def _whole(unit: tables.Unit, stop: int, cuts: frozenset[int]) -> bool:
    """Whether a classifier ends with a word (家 in 3万家企业, not in 3万家庭); longer units are sure."""
    return len(unit.chinese) > 1 or stop in cuts


def _fixed(amount: Amount, text: str) -> bool:
    return len(amount.numbers) <= 2 and any(_risky(n, amount, text) for n in amount.numbers)  # noqa: PLR2004 - a range has two ends


def _risky(number: Number, amount: Amount, text: str) -> bool:
    if number.kind is Kind.APPROXIMATE or (number.numeral[0] in "百千" and number.kind is Kind.CARDINAL):
        return False
    if number.kind is Kind.ORDINAL:
        return text.startswith("届", number.stop) and number.value >= _SESSION
    if number.kind is not Kind.CARDINAL:
        return text[number.stop - 1] != "%" and (not number.figures or "成" in text[number.start : number.stop])
    return number.scale > 1 or _of_size(number, amount)


def _of_size(number: Number, amount: Amount) -> bool:
    if amount.unit and amount.unit.always:
        return True
    if any(scale in number.numeral for scale in "万亿"):
        return True
    if number.figures:
        return abs(number.value) >= LONG and "," not in number.numeral and amount.unit is not None
    return len(number.numeral) > 2 and number.value >= _SPELLED and not all(c in DIGITS for c in number.numeral)  # noqa: PLR2004


def _constraint(amount: Amount, text: str) -> Constraint:
    preferred, *others = dict.fromkeys(_wordings(amount))
    source = text[amount.start : amount.stop]
    return Constraint(
        amount.start, amount.stop, source, preferred, Origin.NUMBER, allowed=tuple(others), layer="numbers"
    )


def _wordings(amount: Amount) -> list[str]:
    bare = [_bare(n) for n in amount.numbers]
    if len(bare) == 1:
        return _more(_with_unit(bare[0], amount), amount)
    low, high = bare
    ranges = [f"{start}{dash}{high[0]}" for start in (_stem(low[0], high[0]), low[0]) for dash in (" to ", "-", "–")]
    return _with_unit(ranges, amount)


def _stem(low: str, high: str) -> str:
    """The lower end without the word that both ends share (3 to 5 percent, 1.2 to 1.5 million)."""
    name = high.rpartition(" ")[2]
    return low.removesuffix(f" {name}")


def _bare(number: Number) -> list[str]:
    if number.kind is Kind.ORDINAL:
        return [figures.ordinal(int(number.value)), figures.spelled_ordinal(int(number.value))]
    if number.kind is Kind.FRACTION:
        return list(figures.fraction(number.value))
    if number.kind is Kind.PERCENT:
        percent = number.value * 100
        said = [figures.decimal(percent), *([figures.spelled(int(percent))] if percent in range(1, 11) else [])]
        return [
            value + sign
            for value in said
            for sign in (" percent", "%", " per cent")
            if value[0].isdigit() or sign != "%"
        ]
    if number.kind is Kind.POINTS:
        points = figures.decimal(number.value * 100)
        return ["1 percentage point", "one percentage point"] if points == "1" else [f"{points} percentage points"]
    if number.kind is Kind.PERMILLE:
        return [figures.decimal(number.value * 1000) + sign for sign in (" per thousand", "‰", " per mille")]
    return list(figures.wordings(number.value))


def _with_unit(bare: list[str], amount: Amount) -> list[str]:
    unit = amount.unit
    if unit is None or not unit.one:
        return bare
    single = len(amount.numbers) == 1 and abs(amount.numbers[0].value) == Fraction(1)
    named = [f"{n} {unit.one if single else unit.many}" for n in bare]
    return named + [other.format(n) for n in bare if n[0].isdigit() for other in unit.other]


def _more(wordings: list[str], amount: Amount) -> list[str]:
    if not amount.numbers[0].more:
        return wordings
    return [f"{word} {w}" for w in wordings for word in ("more than", "over")] + [f"upwards of {wordings[0]}"]
