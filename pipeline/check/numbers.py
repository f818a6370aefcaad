"""Whether the numbers of a pair agree by value, in whatever wording."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.check.constraints import too_often
from pipeline.check.finding import Complaint, error, warning
from pipeline.check.reading import Figure, figures, hinted
from pipeline.check.values import Named, named, possible
from pipeline.constrain.figures import decimal, scaled
from pipeline.constrain.numbers import Kind, Number
from pipeline.document import Origin, Pair

_HUNDREDTHS = {Kind.PERCENT: "percent", Kind.POINTS: "percentage points"}


def numbers(pair: Pair) -> Iterator[Complaint]:
    """Every number of the Chinese must have its value in the English, and no other figure may stand there."""
    missing, extra = _missing(pair), _extra(pair)
    if missing and extra:
        yield error(f"The Chinese says {_listed(missing)}, the English {_quoted(extra, pair.target)} instead.")
    elif missing:
        yield warning(f"The Chinese says {_listed(missing)}, which the English does not say.")
    elif extra:
        yield warning(f"The English says {_quoted(extra, pair.target)}, which the Chinese does not say.")
    yield from too_often(pair, Origin.NUMBER, 0)


@dataclass(frozen=True, slots=True)
class Compared:
    """A number of the Chinese beside what the English says for it."""

    source: str
    """As the Chinese writes it."""
    value: str
    """In figures, as the house style writes them."""
    target: str
    """The wording in the English: its figure or number word, the term that it is in, or "(in words)"; else empty."""
    due: bool
    """Whether the English must name it: "一" may as well be "a", and what is in a term is the term's affair."""


def compared(pair: Pair) -> tuple[Compared, ...]:
    """Each number of the Chinese with the English for it, in order; each wording is used once, as long as there are."""
    free, hints = list(figures(pair.target)), hinted(pair.target)
    rows = []
    for name in named(pair.sentence.text):
        term = _term_with(name, pair)
        figure = next((f for f in free if f.readings & name.readings), None)
        if figure is not None:
            free.remove(figure)
            words = _quoted([figure], pair.target)
        elif term is not None:
            words = next((pair.target[s.start : s.stop] for s in pair.target_spans if s.constraint == term), "")
        else:
            words = "(in words)" if name.readings & hints else ""
        rows.append(Compared(name.text, _shown(name), words, name.due and term is None))
    return tuple(rows)


def _shown(name: Named) -> str:
    """Its value, a year and whatever else is written in four figures without a comma."""
    return name.text if re.fullmatch(r"[0-9]{4}", name.text) else _value(name.number)


def _term_with(name: Named, pair: Pair) -> int | None:
    """Which constraint of the pair is a term that the number is a part of."""
    inside = (
        index
        for index, c in enumerate(pair.constraints)
        if c.origin is Origin.GLOSSARY and c.start < name.number.stop and name.number.start < c.stop
    )
    return next(inside, None)


def _missing(pair: Pair) -> list[Named]:
    """Numbers that the English does not say; one inside a term is the term's, and another check asks for it."""
    due = [name for name in named(pair.sentence.text) if name.due and _term_with(name, pair) is None]
    said = frozenset(value for figure in figures(pair.target) for value in figure.readings) if due else frozenset()
    unsaid = [name for name in due if not name.readings & said]
    hints = hinted(pair.target) if unsaid else frozenset()
    return [name for name in unsaid if not name.readings & hints]


def _extra(pair: Pair) -> list[Figure]:
    said = frozenset(value for name in named(pair.sentence.text) for value in name.readings)
    odd = [f for f in figures(pair.target) if f.digits and not f.name and not f.readings & said]
    if not odd:
        return []
    asked = (
        value for c in pair.constraints for form in c.forms for figure in figures(form) for value in figure.readings
    )
    known = possible(pair.sentence.text) | frozenset(asked)
    return [f for f in odd if not f.readings & known]


def _listed(names: list[Named]) -> str:
    return ", ".join(f"{name.text} ({_value(name.number)})" for name in names)


def _value(number: Number) -> str:
    try:
        if number.kind in _HUNDREDTHS:
            return f"{decimal(number.value * 100)} {_HUNDREDTHS[number.kind]}"
        return scaled(number.value) or decimal(number.value)
    except ValueError:  # a third has no exact decimal
        return str(number.value)


def _quoted(found: list[Figure], target: str) -> str:
    return ", ".join(target[f.start : f.stop] for f in found)
