"""Dates and times in Chinese, and their English: 3月4日 → March 4, 2022年3月2日下午 → the afternoon of March 2, 2022.

The order is American, as Xinhua and China Daily write it (month, day, year); 4 March and the like are accepted. A year
in plain figures and a bare weekday are left to the engine, which copies them; a year in Chinese numerals is fixed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.constrain.numerals import halfwidth, parse
from pipeline.document import Constraint, Origin

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WEEKDAYS = {
    "一": "Monday", "二": "Tuesday", "三": "Wednesday", "四": "Thursday", "五": "Friday", "六": "Saturday",
    "日": "Sunday", "天": "Sunday",
}  # fmt: skip
_PARTS = {
    "凌晨": "early hours", "清晨": "early morning", "早上": "morning", "早晨": "morning", "上午": "morning",
    "下午": "afternoon", "傍晚": "evening", "晚上": "evening", "晚间": "evening", "晚": "evening",
}  # fmt: skip
_LATE = frozenset({"下午", "傍晚", "晚上", "晚间", "晚"})
_ERAS = {"初": "early ", "中": "mid-", "末": "late ", "后": "late "}
_NOON, _MINUTES = 12, 60

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?:(?:1\d|20)\d\d|[一二][〇零一二三四五六七八九]{3})"
_TO = r"\s?(?:至|到|—|–|-|~|～)\s?"
_PART = rf"(?P<part>{'|'.join(sorted(_PARTS, key=len, reverse=True))})"
_CLOCK = rf"(?P<hour>{_N})\s?(?:[时点](?:\s?(?P<minute>{_N})\s?分(?!钟)|(?P<half>半))?|:(?P<minutes>\d\d)(?!\d))"
_DAY = re.compile(
    rf"""
    (?<![\d.第])(?:(?P<year>{_YEAR})\s?年\s?)?(?P<month>{_N})\s?月\s?(?P<day>{_N})\s?(?:日|号(?![楼线院店馆]))
    (?: \s?[(（]?(?:星期|周)(?P<weekday>[一二三四五六日天])[)）]? )?
    (?: {_TO}(?:(?P<month2>{_N})\s?月\s?)?(?P<day2>{_N})\s?[日号] )?
    (?: \s?{_PART}(?![报会餐宴]) )? (?: \s?{_CLOCK} )?
    """,
    re.VERBOSE,
)
_MONTH = re.compile(
    rf"(?<![\d.第个])(?:(?P<year>{_YEAR})\s?年\s?(?P<han>{_N})|(?P<bare>\d\d?))(?:\s?月?{_TO}(?P<until>{_N}))?\s?月(?:份|(?!\s?{_N}\s?[日号]))"
)
_DECADE = re.compile(
    r"(?:(?:(?P<century>\d\d?|[一二三四五六七八九十]{1,3})\s?世纪|(?P<last>上世纪)|(?P<this>本世纪))\s?)?(?<!\d)(?P<tens>\d0|[一二三四五六七八九]十)\s?年代"
    r"(?P<era>初期?|中期|末期?|后期)?"
)
_HAN_YEAR = re.compile(r"(?<![\d第])(?P<year>[一二][〇零一二三四五六七八九]{3})年")
_TIME = re.compile(rf"{_PART}\s?{_CLOCK}")

Groups = dict[str, str]


@dataclass(frozen=True, slots=True)
class Moment:
    """Characters [start, stop) of a text name a time; `english` says it, the preferred wording first."""

    start: int
    stop: int
    english: tuple[str, ...]


def moments(text: str) -> tuple[Moment, ...]:
    """The dates, months, decades and times of day that a text names, in order, none overlapping."""
    found: list[Moment] = []
    for pattern, english in _RULES:
        for moment in _by_rule(halfwidth(text), pattern, english):
            if all(moment.stop <= m.start or m.stop <= moment.start for m in found):
                found.append(moment)
    return tuple(sorted(found, key=lambda m: m.start))


def dates(text: str) -> tuple[Constraint, ...]:
    """Constraints for the times that a text names."""
    return tuple(
        Constraint(
            m.start, m.stop, text[m.start : m.stop], m.english[0], Origin.DATE, allowed=m.english[1:], layer="dates"
        )
        for m in moments(text)
    )


def _by_rule(text: str, pattern: re.Pattern[str], english: Callable[[Groups], list[str]]) -> Iterator[Moment]:
    for match in pattern.finditer(text):
        forms = english({name: value for name, value in match.groupdict().items() if value})
        if forms:
            yield Moment(match.start(), match.start() + len(match[0].rstrip()), tuple(dict.fromkeys(forms)))


def _int(numeral: str) -> int:
    """The value of one or two figures or Chinese numerals; 0 where they are none (十四五)."""
    try:
        return int(parse(numeral))
    except ValueError:
        return 0


def _day(group: Groups) -> list[str]:
    month, day = _int(group["month"]), _int(group["day"])
    if not (1 <= month <= len(MONTHS) and 1 <= day <= _LENGTHS[month - 1]):
        return []
    year = str(_int(group["year"])) if "year" in group else ""
    days = _span(month, day, group, year) if "day2" in group else _orders(MONTHS[month - 1], day, year)
    return _with_clock(_with_weekday(days, group), group)


def _orders(month: str, day: int, year: str) -> list[str]:
    suffix = "th" if day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    comma = f", {year}" if year else ""
    blank = f" {year}" if year else ""
    american = [f"{month} {day}{comma}", f"{month} {day}{suffix}{comma}", f"{month} {day}{blank}"]
    return [
        american[0],
        f"{day} {month}{blank}",
        *american[1:],
        f"{day}{suffix} {month}{blank}",
        f"the {day}{suffix} of {month}{blank}",
        f"the {day}{suffix} of {month}{comma}",
    ]


def _span(month: int, day: int, group: Groups, year: str) -> list[str]:
    start, day2 = f"{MONTHS[month - 1]} {day}", str(_int(group["day2"]))
    month2 = _int(group.get("month2", "0"))
    stop = f"{MONTHS[month2 - 1]} {day2}" if 1 <= month2 <= len(MONTHS) else day2
    forms = [f"{start}{dash}{stop}" for dash in (" to ", "-", "–", " through ", " until ")]
    if stop == day2:
        forms += [
            f"{day} to {day2} {MONTHS[month - 1]}",
            f"{day}-{day2} {MONTHS[month - 1]}",
            f"{start} to {MONTHS[month - 1]} {day2}",
        ]
    return [f"{form}, {year}" if year else form for form in forms]


def _with_weekday(days: list[str], group: Groups) -> list[str]:
    if "weekday" not in group:
        return days
    name = _WEEKDAYS[group["weekday"]]
    return [f"{name}, {d}" for d in days] + [f"{d} ({name})" for d in days[:2]]


def _with_clock(days: list[str], group: Groups) -> list[str]:
    """Days with the hour or the part of the day, where the text names one."""
    if "hour" in group:
        return [f"{time}{joint}{day}" for joint in (" on ", ", ") for time in _clock(group) for day in days[:2]]
    if "part" not in group:
        return days
    part = _PARTS[group["part"]]
    return [*(f"the {part} of {d}" for d in days), *(f"{part} of {d}" for d in days), f"{days[0]} {part}"]


def _month(group: Groups) -> list[str]:
    month, until = _int(group.get("han") or group.get("bare", "0")), _int(group.get("until", "0"))
    if not (1 <= month <= len(MONTHS) and until <= len(MONTHS)):
        return []
    year = f" {_int(group['year'])}" if "year" in group else ""
    if not until:
        return [f"{MONTHS[month - 1]}{year}"]
    return [f"{MONTHS[month - 1]}{dash}{MONTHS[until - 1]}{year}" for dash in (" to ", "-", "–", " through ")]


def _decade(group: Groups) -> list[str]:
    """The 1990s; without a century only from the thirties on, which can mean no other."""
    tens, ours, last = _int(group["tens"]), 21, 20
    if "century" not in group and "this" not in group and "last" not in group and tens <= last:
        return []
    century = ours if "this" in group else _int(group["century"]) if "century" in group else last
    year = (century - 1) * 100 + tens
    era = _ERAS.get(group.get("era", " ")[0], "")
    forms = [f"the {era}{year}s", f"{era}{year}s", f"the {era}{year % 100:02d}s", f"the {era}'{year % 100:02d}s"]
    return [*forms, f"the beginning of the {year}s"] if era == "early " else forms


def _clock(group: Groups) -> list[str]:
    hour = _int(group["hour"])
    minute = 30 if "half" in group else _int(group.get("minute") or group.get("minutes", "0"))
    if hour > 2 * _NOON or minute >= _MINUTES:
        return []
    late = hour >= _NOON or group.get("part") in _LATE
    dial = f"{(hour - 1) % _NOON + 1}" + (f":{minute:02d}" if minute else "")
    name = "p" if late else "a"
    full = f"{hour + _NOON if late and hour < _NOON else hour}:{minute:02d}"
    return [
        f"{dial} {name}.m.",
        f"{dial} {name}m",
        f"{dial}{name}m",
        f"{dial} {name.upper()}M",
        f"{dial}{name.upper()}M",
        full,
    ]


_RULES: tuple[tuple[re.Pattern[str], Callable[[Groups], list[str]]], ...] = (
    (_DAY, _day),
    (_MONTH, _month),
    (_DECADE, _decade),
    (_HAN_YEAR, lambda group: [str(_int(group["year"]))]),
    (_TIME, _clock),
)
