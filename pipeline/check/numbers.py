"""Whether the numbers of a pair agree by value, in whatever wording."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pipeline.check.finding import Complaint, error, warning
from pipeline.check.reading import Figure, figures, hinted
from pipeline.check.values import Named, named, possible
from pipeline.constrain.figures import decimal, scaled
from pipeline.document import Pair


def numbers(pair: Pair) -> Iterator[Complaint]:
    """Every number of the Chinese must be said in the English with the same value, and no other figure may stand there."""
    missing, extra = _missing(pair.sentence.text, pair.target), _extra(pair.sentence.text, pair.target)
    if missing and extra:
        yield error(f"The Chinese says {_listed(missing)}, the English {_quoted(extra, pair.target)} instead.")
    elif missing:
        yield warning(f"The Chinese says {_listed(missing)}, which the English does not say.")
    elif extra:
        yield warning(f"The English says {_quoted(extra, pair.target)}, which the Chinese does not say.")


def _missing(source: str, target: str) -> list[Named]:
    said = frozenset(value for figure in figures(target) for value in figure.readings) | hinted(target)
    return [name for name in named(source) if name.due and not name.readings & said]


def _extra(source: str, target: str) -> list[Figure]:
    known = possible(source)
    return [f for f in figures(target) if f.digits and not f.name and not f.readings & known]


def _listed(names: list[Named]) -> str:
    return ", ".join(f"{name.text} ({_value(name.number.value)})" for name in names)


def _value(value: Fraction) -> str:
    try:
        return scaled(value) or decimal(value)
    except ValueError:  # a third has no exact decimal
        return str(value)


def _quoted(found: list[Figure], target: str) -> str:
    return ", ".join(target[f.start : f.stop] for f in found)
