"""Whether the English keeps what was fixed: terms, names and dates, counted anew in the finished text."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from pipeline import english
from pipeline.check.finding import Complaint, error, note, warning
from pipeline.check.reading import figures, hinted
from pipeline.constrain.numbers import numbers
from pipeline.document import Constraint, Origin, Pair

_SPARE = 1
"""How often more than the Chinese English may say a term: it needs a subject where Chinese has none."""


def terms(pair: Pair) -> Iterator[Complaint]:
    """A fixed term must stand in the English as often as in the Chinese, in a form that the glossary accepts."""
    yield from _missing(pair, Origin.GLOSSARY)
    yield from too_often(pair, Origin.GLOSSARY, _SPARE)


def names(pair: Pair) -> Iterator[Complaint]:
    """A person's name must stand in the English as often as in the Chinese, spelled the same everywhere."""
    yield from _missing(pair, Origin.NAME)
    yield from too_often(pair, Origin.NAME, _SPARE)


def dates(pair: Pair) -> Iterator[Complaint]:
    """A date must be the same day in the English; a wording that the house does not use is only noted."""
    for constraint in _unrealised(pair, Origin.DATE):
        said = frozenset(v for f in figures(pair.target) for v in f.readings) | hinted(pair.target)
        if all(n.value in said for n in numbers(constraint.source)):
            yield note(f"{constraint.source} is worded otherwise than “{constraint.target}”.")
        else:
            yield _lost(constraint, pair.target)


def forbidden(pair: Pair) -> Iterator[Complaint]:
    """A rendering that the glossary forbids must not stand in the English of a sentence with its term."""
    taken = _assigned(pair.constraints, pair.target)
    outside = _blanked(pair.target, [span for span in taken if span is not None])
    for form, constraint in {form: c for c in pair.constraints for form in c.forbidden}.items():
        if english.occurrences(outside, form):
            yield error(f"“{form}” is forbidden for {constraint.source}; the glossary wants “{constraint.target}”.")


def _missing(pair: Pair, origin: Origin) -> Iterator[Complaint]:
    for constraint in _unrealised(pair, origin):
        yield _lost(constraint, pair.target)


def _lost(constraint: Constraint, target: str) -> Complaint:
    enough = " often enough" if next(_accepted(constraint, target), None) else ""
    return error(f"{constraint.source} must be “{constraint.target}”, which the English does not say{enough}.")


def _unrealised(pair: Pair, origin: Origin) -> list[Constraint]:
    places = _assigned(pair.constraints, pair.target)
    return [c for c, span in zip(pair.constraints, places, strict=True) if span is None and c.origin is origin]


@functools.lru_cache(maxsize=1)  # four checks of a sentence ask the same
def _assigned(constraints: tuple[Constraint, ...], target: str) -> tuple[english.Span | None, ...]:
    """A place of its own for each constraint, None where none is left; long forms choose before short ones."""
    places: list[english.Span | None] = [None] * len(constraints)
    taken = bytearray(len(target))
    # Of two constraints that are alike the second looks on where the first found: what was taken stays taken.
    left: dict[object, Iterator[english.Span]] = {}
    for index in sorted(range(len(constraints)), key=lambda i: (-max(map(len, constraints[i].forms)), i)):
        constraint = constraints[index]
        spans = left.setdefault((constraint.forms, constraint.case), _accepted(constraint, target))
        places[index] = span = next((s for s in spans if _free(s, taken)), None)
        if span is not None:
            _take(span, taken)
    return tuple(places)


def _accepted(constraint: Constraint, target: str) -> Iterator[english.Span]:
    for form in constraint.forms:
        for span in english.occurrences(target, form):
            if english.accepted(target, span, form, constraint.case):
                yield span


def _free(span: english.Span, taken: bytearray) -> bool:
    """Whether no character of a span is marked as taken, by a 1 in the place of each."""
    return taken.find(1, *span) < 0


def _take(span: english.Span, taken: bytearray) -> None:
    taken[slice(*span)] = b"\x01" * (span[1] - span[0])


def _blanked(text: str, spans: Iterable[english.Span]) -> str:
    for start, stop in spans:
        text = text[:start] + "\ufffc" * (stop - start) + text[stop:]
    return text


def too_often(pair: Pair, origin: Origin, spare: int) -> Iterator[Complaint]:
    """A warning for each constraint of an origin that the English says more than `spare` times too often."""
    asked: dict[str, list[Constraint]] = {}
    for constraint in (c for c in pair.constraints if c.origin is origin):
        asked.setdefault(constraint.target, []).append(constraint)
    for target, constraints in asked.items():
        found = english.occurrences(pair.target, target)
        if len(found) <= len(constraints) + spare:
            continue
        taken = bytearray(len(pair.target))
        for form in {f for c in pair.constraints if c.target != target for f in c.forms}:
            for span in english.occurrences(pair.target, form):
                _take(span, taken)
        found = tuple(span for span in found if _free(span, taken))
        if len(found) > len(constraints) + spare:
            said = f"{constraints[0].source} {_times(len(constraints))}"
            yield warning(f"“{target}” stands {_times(len(found))} in the English, {said} in the Chinese.")


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
