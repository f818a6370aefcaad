"""How official English writes an exact value: 3.1476 million, 41,100, 3.5 percent, two-thirds, 12th.

The house rule follows Xinhua and the English edition of the Report on the Work of the Government: from one million
upwards million, billion, trillion where at most four decimals say the value exactly; below, figures with thousands
separators; percent written out. Other usual wordings are accepted, never preferred.
"""

from __future__ import annotations

from fractions import Fraction

SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINAL = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_DECIMALS = 4


def decimal(value: Fraction) -> str:
    """An exact decimal with thousands separators (212,805; −0.5 as -0.5); raises ValueError where none is exact."""
    parts, power = value.denominator, 0
    while (10**power) % parts:
        power += 1
        if power > 30:  # noqa: PLR2004 - no numeral of a newspaper has thirty decimals: the denominator has other factors
            raise ValueError(f"{value} is no finite decimal")
    whole, rest = divmod(abs(value.numerator) * 10**power // parts, 10**power)
    tail = f".{rest:0{power}d}".rstrip("0") if rest else ""
    return f"{'-' if value < 0 else ''}{whole:,}{tail}"


def scaled(value: Fraction) -> str:
    """With million, billion or trillion, where the value reaches one million and four decimals say it; else empty."""
    for factor, name in SCALES:
        if abs(value) >= factor and (value / factor * 10**_DECIMALS).denominator == 1:
            return f"{decimal(value / factor)} {name}"
    return ""


def wordings(value: Fraction) -> tuple[str, ...]:
    """Every accepted wording of a plain value, the preferred first."""
    plain = decimal(value)
    forms = [scaled(value), plain, plain.replace(",", "")]
    if value.denominator == 1 and value >= 0 and _round(int(value)):
        forms.append(spelled(int(value)))
        name = next((name for factor, name in SCALES if value * 2 == factor), "")
        forms += [f"half a {name}"] if name else []
    return tuple(dict.fromkeys(filter(None, forms)))


def _round(value: int) -> bool:
    """Whether words for a number are usual: up to a hundred, and two leading figures before thousands and more."""
    return value <= 100 or len(str(value).rstrip("0")) <= 2  # noqa: PLR2004 - the rule in the docstring


def spelled(value: int) -> str:
    """A whole number in words, American style (three hundred twenty-one thousand)."""
    if value < 0:
        return "minus " + spelled(-value)
    for factor, name in (*SCALES, (1000, "thousand"), (100, "hundred")):
        if value >= factor:
            high, low = divmod(value, factor)
            return f"{spelled(high)} {name}" + (f" {spelled(low)}" if low else "")
    if value < len(_ONES):
        return _ONES[value]
    tens, ones = divmod(value, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def ordinal(value: int) -> str:
    """1st, 2nd, 3rd, 11th, 12th, 21st."""
    teen = value // 10 % 10 == 1
    return f"{value:,}" + ("th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th"))


def spelled_ordinal(value: int) -> str:
    """First, second, twelfth, twentieth, twenty-first (lower case)."""
    head, sep, last = spelled(value).rpartition("-") if "-" in spelled(value) else spelled(value).rpartition(" ")
    last = _ORDINAL.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return head + sep + last


def fraction(value: Fraction) -> tuple[str, ...]:
    """Accepted wordings of a part of a whole, the preferred first: two-thirds, two thirds, 2/3."""
    over, under = value.numerator, value.denominator
    if under > 100:  # noqa: PLR2004 - no one says five-thousandths
        return tuple(
            f"{n} {joint} {under:,}"
            for n in (spelled(over), over)
            for joint in ("in", "out of", "in every", "of every")
        )
    names = {2: ("half",), 4: ("quarter", "fourth")}.get(under) or (spelled_ordinal(under),)
    written = f"{over}/{under}"
    if under == 2 and over == 1:  # noqa: PLR2004 - a half has a word of its own
        return ("half", "one half", "one-half", "50 percent", "50%", written)
    plural = "s" if over > 1 else ""
    forms = [f"{spelled(over)}{joint}{name}{plural}" for name in names for joint in "- "]
    return (*forms, *(f"a {name}" for name in names if over == 1), written)
