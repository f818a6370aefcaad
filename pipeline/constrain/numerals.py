"""Chinese numerals and figures to exact decimals, and back for tests and reports.

Positional notation with the myriad scales (万 10⁴, 亿 10⁸, 万亿 10¹²), figures before scales (314.76万), digit
strings (二〇二二), and the spoken short form 三万五 = 35,000. The rules are those of the national standard on the use
of numerals in publications, GB/T 15835-2011.
"""

from __future__ import annotations

import functools
import re
from decimal import Decimal, localcontext

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
DIGITS |= {c: i for i, c in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
SCALES = (("万亿", 10**12), ("亿", 10**8), ("万", 10**4))
_FULL = str.maketrans("０１２３４５６７８９．，％＋－−：／", "0123456789.,%+--:/")
_FIGURES = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_PRECISION = 60


@functools.lru_cache(maxsize=1024)
def halfwidth(text: str) -> str:
    """Full-width figures and their signs in half width; as long as `text`, so that positions hold."""
    return text.translate(_FULL)


def parse(text: str) -> Decimal:
    """The value of a whole numeral, without unit; raises ValueError for anything that is not one.

    Blanks between figures and scale are allowed (1,000 万); a leading minus or 负 makes it negative.
    """
    numeral = halfwidth(text).replace(" ", "").replace("萬", "万").replace("億", "亿")
    with localcontext(prec=_PRECISION):
        if numeral[:1] in {"-", "负"}:
            return -_scaled(numeral[1:])
        return _scaled(numeral.removeprefix("+"))


def _scaled(numeral: str) -> Decimal:
    for scale, factor in SCALES:
        left, found, right = numeral.partition(scale)
        if not found:
            continue
        if scale != "万亿" and scale in right:
            raise ValueError(f"{numeral!r} says {scale} twice")
        rest = _rest(right, factor)
        if rest >= factor:
            raise ValueError(f"{numeral!r} has its scales out of order")
        return _scaled(left) * factor + rest
    return _section(numeral)


def _rest(right: str, factor: int) -> Decimal:
    """What follows a scale: nothing, a smaller number, or one bare digit that counts tenths of it (三万五)."""
    if not right:
        return Decimal(0)
    if len(right) == 1 and DIGITS.get(right):
        return Decimal(DIGITS[right]) * factor / 10
    return _scaled(right.removeprefix("零")) if len(right) > 1 else _scaled(right)


def _section(numeral: str) -> Decimal:
    """A numeral below 10,000 in Chinese, or figures of any size, with or without 十, 百, 千 after them."""
    if _FIGURES.fullmatch(numeral):
        return Decimal(numeral.replace(",", ""))
    if "点" in numeral:
        return _with_point(numeral)
    if len(numeral) > 1 and all(c in DIGITS for c in numeral):
        return Decimal("".join(str(DIGITS[c]) for c in numeral))
    return _positional(numeral)


def _with_point(numeral: str) -> Decimal:
    whole, _, part = numeral.partition("点")
    if not part or any(c not in DIGITS for c in part):
        raise ValueError(f"{numeral!r} is no numeral")
    return _section(whole) + Decimal("0." + "".join(str(DIGITS[c]) for c in part))


def _positional(numeral: str) -> Decimal:
    total, place, rest = Decimal(0), 10_000, numeral
    while rest:
        count, rest = _count(rest, first=rest is numeral)
        unit = SMALL.get(rest[:1], 0)
        if unit:
            rest = rest[1:]
        elif rest:
            raise ValueError(f"{numeral!r} is no numeral")
        else:  # the last digit: ones after 十 or 零, tenths of the last place otherwise (一百二)
            unit = place // 10 if 10 < place < 10_000 and "零" not in numeral[-2:] and "〇" not in numeral[-2:] else 1  # noqa: PLR2004
        if unit >= place:
            raise ValueError(f"{numeral!r} has its places out of order")
        total, place = total + count * unit, unit
    if not numeral:
        raise ValueError("an empty text is no numeral")
    return total


def _count(rest: str, *, first: bool) -> tuple[Decimal, str]:
    """The digit or figures before a place, and what is left; a leading 十, 百 or 千 counts one."""
    figures = _FIGURES.match(rest)
    if figures:
        return Decimal(figures[0].replace(",", "")), rest[figures.end() :]
    bare = rest.removeprefix("零").removeprefix("〇") or rest
    if bare[0] in DIGITS:
        return Decimal(DIGITS[bare[0]]), bare[1:]
    if bare[0] in SMALL and (first or bare[0] == "十"):
        return Decimal(1), bare
    raise ValueError(f"{rest!r} does not begin with a digit")


def chinese(value: int) -> str:
    """A whole number below 10¹⁶ in Chinese positional notation (12 → 十二, 10,005 → 一万零五)."""
    if value < 0:
        return "负" + chinese(-value)
    for scale, factor in SCALES:
        if value >= factor:
            high, low = divmod(value, factor)
            gap = "零" if 0 < low < factor // 10 else ""
            return chinese(high) + scale + gap + (chinese_section(low, factor) if low else "")
    return chinese_section(value, 0)


def chinese_section(value: int, above: int) -> str:
    """What stands after a scale (`above` > 0: 十 is then said 一十), or a whole number below 10,000."""
    if value >= SCALES[-1][1]:
        text = chinese(value)
        return "一" + text if text[0] == "十" else text
    text, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            text += ("零" if gap and text else "") + "零一二三四五六七八九"[digit] + name
        gap = not digit
    return text.removeprefix("一") if text.startswith("一十") and not above else text or "零"
