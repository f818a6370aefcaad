"""Dataclasses filled from TOML, with every mistake named: unknown keys, wrong types, values out of range."""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, TypeVar, get_args, get_type_hints

from pipeline.errors import ConfigError, Mistakes

Section = TypeVar("Section")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a value must be beyond its type."""

    holds: Callable[[Any], bool]
    wants: str
    """In words: "a number from 0.2 to 0.8"."""


def one_of(default: str, *others: str) -> str:
    """A dataclass field that holds one of these texts, the first where nothing is said."""
    options = (default, *others)
    rule = Rule(lambda value: value in options, f"one of {', '.join(options)}")
    return field(default=default, metadata={"rule": rule})


def between(default: float, low: float, high: float) -> Any:  # noqa: ANN401 - an int or a float, as the default is
    """A dataclass field that holds a number of the default's kind, both limits included."""
    kind = "a whole number" if isinstance(default, int) else "a number"
    rule = Rule(lambda value: low <= value <= high, f"{kind} from {low:g} to {high:g}")
    return field(default=default, metadata={"rule": rule})


def matching(default: str, pattern: str, wants: str) -> str:
    """A dataclass field that holds a text of this pattern; `wants` says it in words."""
    rule = Rule(lambda value: re.fullmatch(pattern, value) is not None, wants)
    return field(default=default, metadata={"rule": rule})


def required(pattern: str, wants: str) -> str:
    """A field of a table in a list, without a default: whoever writes such a table must write this, as `matching`."""
    rule = Rule(lambda value: re.fullmatch(pattern, value) is not None, wants)
    return field(default="", metadata={"rule": rule, "required": True})


def own_line() -> int:
    """A field that is no setting: the line, from 1, on which the table begins. Not part of the table's `repr`."""
    return field(default=0, repr=False, compare=False, metadata={"line": True})


def fill(kind: type[Section], text: str, *, name: str) -> Section:
    """`kind`, a dataclass of dataclasses, as the TOML `text` sets it; `name` is what errors call the file.

    Raises ConfigError where `text` is no TOML, and Mistakes of ConfigError, in order of line, for what cannot be used.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column \d+\)", str(error))
        what = str(error).partition(" (at ")[0]
        line = int(place[1]) if place else len(text.splitlines())
        raise ConfigError(f"is not TOML: {what[:1].lower()}{what[1:]}", path=name, line=line) from error
    reading = _Reading(text, name)
    filled = reading.section(kind, table, ())
    if reading.mistakes:
        raise Mistakes(tuple(sorted(reading.mistakes, key=lambda mistake: mistake.line or 0)))
    return filled


class _Reading:
    """One reading of one file: collects the mistakes, so that they can be shown together."""

    def __init__(self, text: str, name: str) -> None:
        self._lines, self._name = dict(_places(text)), name
        self.mistakes: list[ConfigError] = []

    def section(self, kind: type[Section], table: Mapping[str, object], path: tuple[str, ...]) -> Section:
        """`kind` filled from `table`; what is wrong keeps its default and becomes a mistake."""
        types, known = get_type_hints(kind), {item.name: item.metadata for item in fields(kind)}  # type: ignore[arg-type]
        settable = tuple(name for name, about in known.items() if "line" not in about)
        found: dict[str, Any] = {name: self._line(path) or 0 for name in known.keys() - set(settable)}
        for key, value in table.items():
            if key not in settable:
                self._unknown((*path, key), settable)
            elif (fit := self._value(types[key], known[key].get("rule"), value, (*path, key))) is not None:
                found[key] = fit
        for key in settable:
            if known[key].get("required") and key not in table:
                self._mistake(f"{_shown(path)} has no {key}", path, f'write {key} = "…": {known[key]["rule"].wants}')
        return kind(**found)

    def _unknown(self, path: tuple[str, ...], known: tuple[str, ...]) -> None:
        near = difflib.get_close_matches(path[-1], known, n=1)
        remedy = f"the nearest one is {near[0]}" if near else f"known here: {', '.join(known)}"
        self._mistake(f"{_shown(path)} is not a setting", path, remedy)

    def _value(self, kind: Any, rule: Rule | None, value: object, path: tuple[str, ...]) -> object:  # noqa: ANN401 - a type
        """The value as the field wants it; None, and a mistake, where it is something else."""
        if is_dataclass(kind) and isinstance(kind, type):
            if isinstance(value, Mapping):
                return self.section(kind, value, path)
            self._mistake(f"{path[-1]} is a section", path, f"write [{path[-1]}] and its settings below")
            return None
        if (item := _item(kind)) is not None:
            return self._tables(item, value, path)
        found, wants = _as(kind, value)
        if found is not None and (rule is None or rule.holds(found)):
            return found
        shown = json.dumps(value, ensure_ascii=False, default=str)
        self._mistake(f"{_shown(path)} is {shown}", path, f"write {rule.wants if rule else wants}")
        return None

    def _tables(self, kind: type[Any], value: object, path: tuple[str, ...]) -> tuple[object, ...] | None:
        """A list of tables, each filled; a table's number, from 0, stands in its path."""
        if isinstance(value, list) and all(isinstance(item, Mapping) for item in value):
            return tuple(self.section(kind, item, (*path, str(number))) for number, item in enumerate(value))
        self._mistake(f"{_shown(path)} is a list of tables", path, f"write [[{_shown(path)}]] and its settings below")
        return None

    def _mistake(self, what: str, path: tuple[str, ...], remedy: str) -> None:
        self.mistakes.append(ConfigError(what, path=self._name, line=self._line(path), remedy=remedy))

    def _line(self, path: tuple[str, ...]) -> int | None:
        """Where a key stands, or what it is in."""
        return next((self._lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self._lines), None)


def _shown(path: tuple[str, ...]) -> str:
    return ".".join(part for part in path if not part.isdecimal())


def _item(kind: object) -> type[Any] | None:
    """The dataclass that a field holds a tuple of; None for every other field."""
    first = next(iter(get_args(kind)), None)
    return first if isinstance(first, type) and is_dataclass(first) else None


def _as(kind: object, value: object) -> tuple[object | None, str]:
    """The value as `kind` has it (None where it is something else), and the words for what is wanted."""
    if kind is bool:
        return (value if isinstance(value, bool) else None), "true or false"
    if kind is int:
        return (value if isinstance(value, int) and not isinstance(value, bool) else None), "a whole number"
    if kind is float:
        numeric = isinstance(value, int | float) and not isinstance(value, bool)
        return (float(value) if numeric else None), "a number"  # type: ignore[arg-type]
    if kind is str:
        return (value if isinstance(value, str) else None), "text in quotes"
    texts = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return (tuple(value) if texts else None), 'a list of texts, as in ["a", "b"]'  # type: ignore[arg-type]


_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]+")
_KEY = re.compile(r"\s*([A-Za-z0-9_\-.\"' ]+?)\s*=")


def _places(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Where each section and key stands, from 1 (tomllib does not tell): in plain tables and lists of them."""
    section: tuple[str, ...] = ()
    tables: Counter[tuple[str, ...]] = Counter()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            section = name = _dotted(header[2])
            if header[1] == "[[":
                if not tables[name]:
                    yield name, number
                section = (*name, str(tables[name]))
                tables[name] += 1
            yield section, number
        elif key := _KEY.match(line):
            yield (*section, *_dotted(key[1])), number


def _dotted(name: str) -> tuple[str, ...]:
    return tuple(part.strip(" \"'") for part in name.split("."))


def with_setting(text: str, section: str, key: str, value: str) -> str:
    """The file's text with `key` of `section` set to a text value; every other line and comment stays."""
    lines, written = text.splitlines(), json.dumps(value, ensure_ascii=False)
    setting, places = f"{key} = {written}", dict(_places(text))
    if number := places.get((section, key)):
        lines[number - 1] = f"{lines[number - 1].partition('=')[0].rstrip()} = {written}"
    elif (section,) in places:
        lines.insert(places[section,], setting)
    else:
        lines += [*([""] if lines else []), f"[{section}]", setting]
    return "\n".join(lines) + "\n"
