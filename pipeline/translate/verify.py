"""Whether an English text obeys what was asked of it. Nothing leaves the ladder unverified."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline import english
from pipeline.document import Constraint, Origin, TargetSpan
from pipeline.translate.engine import Markup
from pipeline.translate.passage import HAN, Passage

_SPARE = 1
"""How often more than the source English may name a thing: it needs a subject where Chinese has none."""
_FIGURES = frozenset({Origin.NUMBER, Origin.DATE})
"""What is said once only: a figure said twice is counted twice."""
_LOOP = 3
"""How often in a row the same words make a loop."""
_BESIDE = 6
"""Words on either side of a term in which it should not be heard again."""
_PHRASE = 4
"""Words of a phrase that comes back again and again, not always in a row."""
_SHORT, _LONG, _ENOUGH = 0.9, 9.0, 12
"""English letters a Chinese character that are too few or too many to be a whole translation, of texts long enough to
tell: in flores200_dev the references lie between 1.5 and 6.5."""

_WORDS = re.compile(r"\d[\d.,]*|[a-z\u00c0-\u024f'’]+|\w")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a text realises, and what is wrong with it."""

    spans: tuple[TargetSpan, ...]
    """Where each constraint landed, in order of the text; one that is missing has none."""
    faults: tuple[str, ...]
    """What breaks the promise: a missing or repeated term, a mark, Chinese left over, a forbidden rendering."""
    doubts: tuple[str, ...]
    """What makes it poor English: a loop, an omission, an unfinished sentence."""


def verify(passage: Passage, target: str, markup: Markup | None = None, *, finished: bool = True) -> Verdict:
    """Looks for every constraint, the right number of times, and for whatever must not stand in the text."""
    spans = _assigned(passage.constraints, target)
    faults = (
        *_missing(passage.constraints, spans),
        *_repeated(passage.constraints, target),
        *_left_over(spans, target),
        *_forbidden(passage.constraints, spans, target),
        *(["a mark is left over"] if markup is not None and target in markup else []),
    )
    doubts = (*([] if finished else ["unfinished"]), *_doubts(passage.text, target), *_echoes(spans, target))
    return Verdict(spans, faults, doubts)


def _assigned(constraints: Sequence[Constraint], target: str) -> tuple[TargetSpan, ...]:
    # The longest first, so that "Zone" never takes a place inside "High-tech Zone".
    order = sorted(range(len(constraints)), key=lambda i: (-len(constraints[i].target), i))
    taken: list[TargetSpan] = []
    for index in order:
        free = (
            s for s in _places(constraints[index], target) if not any(s[0] < t.stop and t.start < s[1] for t in taken)
        )
        if (span := next(free, None)) is not None:
            taken.append(TargetSpan(*span, index))
    return tuple(sorted(taken, key=lambda span: span.start))


def _places(constraint: Constraint, target: str) -> Iterable[english.Span]:
    """Occurrences of the accepted forms, the preferred form first."""
    for form in constraint.forms:
        for span in english.occurrences(target, form):
            if english.accepted(target, span, form, constraint.case):
                yield span


def _missing(constraints: Sequence[Constraint], spans: Sequence[TargetSpan]) -> Iterable[str]:
    found = {span.constraint for span in spans}
    return [f"“{c.target}” is missing" for i, c in enumerate(constraints) if i not in found]


def _repeated(constraints: Sequence[Constraint], target: str) -> Iterable[str]:
    asked = Counter(constraint.target for constraint in constraints)
    figures = {constraint.target for constraint in constraints if constraint.origin in _FIGURES}
    return [
        f"“{term}” stands too often"
        for term, times in asked.items()
        if len(english.occurrences(target, term)) > times + _SPARE * (term not in figures) + _inside_others(term, asked)
    ]


def _inside_others(term: str, asked: Counter[str]) -> int:
    return sum(n * len(english.occurrences(other, term)) for other, n in asked.items() if other != term)


def _left_over(spans: Sequence[TargetSpan], target: str) -> Iterable[str]:
    outside = _outside(spans, target)
    return ["Chinese is left over"] if HAN.search(outside) else []


def _forbidden(constraints: Sequence[Constraint], spans: Sequence[TargetSpan], target: str) -> Iterable[str]:
    outside = _outside(spans, target)
    banned = dict.fromkeys(form for constraint in constraints for form in constraint.forbidden)
    return [f"“{form}” is forbidden" for form in banned if english.occurrences(outside, form)]


def _outside(spans: Sequence[TargetSpan], target: str) -> str:
    for span in reversed(spans):
        target = f"{target[: span.start]}\N{OBJECT REPLACEMENT CHARACTER}{target[span.stop :]}"
    return target


def _doubts(source: str, target: str) -> Iterable[str]:
    if loops(target) and not loops(source):
        yield "it repeats itself"
    size, letters = len(HAN.findall(source)), len(target)
    if size >= _ENOUGH and letters < _SHORT * size:
        yield "something seems to be left out"
    if size >= _ENOUGH and letters > _LONG * size:
        yield "it says much more than the source"


def _echoes(spans: Sequence[TargetSpan], target: str) -> Iterable[str]:
    """Terms beside which their own words stand once more: "the deputy secretary of the Deputy Secretary of"."""
    stops, starts = [0, *(span.stop for span in spans)], [*(span.start for span in spans), len(target)]
    for span, after_last, before_next in zip(spans, stops, starts[1:], strict=False):
        words = _words(target[span.start : span.stop])
        before, after = _words(target[after_last : span.start]), _words(target[span.stop : before_next])
        doubled = words[-1:] == after[:1] or words[:1] == before[-1:]
        if doubled or _stands_in(words[:2], before[-_BESIDE:]) or _stands_in(words[-2:], after[:_BESIDE]):
            yield f"“{target[span.start : span.stop]}” is said twice"


def _stands_in(pair: list[str], beside: list[str]) -> bool:
    return len(pair) > 1 and any(pair == beside[i : i + 2] for i in range(len(beside) - 1))


def _words(text: str) -> list[str]:
    return _WORDS.findall(text.lower())


def loops(text: str) -> bool:
    """Whether the same one to six words stand three times in a row, or a phrase of four words three times in all."""
    words = _words(text)
    in_a_row = any(_run(words, length) for length in range(1, 7))
    phrases = Counter(zip(*(words[i:] for i in range(_PHRASE)), strict=False))
    return in_a_row or max(phrases.values(), default=0) >= _LOOP


def _run(words: Sequence[str], length: int) -> bool:
    size = length * _LOOP
    return any(
        all(words[i + k] == words[i + k + length] for k in range(size - length)) for i in range(len(words) - size + 1)
    )
