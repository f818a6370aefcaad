"""Sentences as markup: numbered, paired, their terms marked, their text escaped and nothing but escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from pipeline.document import Block, Constraint, Finding, Origin, Pair
from pipeline.layout import chinese, english
from pipeline.layout.chinese import Setting

Inner = Callable[[int, int], Markup]
_ONE_LINE = 24
"""A sentence with fewer characters may end on the line it began on, so the next one's number needs a place of its own."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What the page shows beside the text."""

    terms: Mapping[tuple[str, str], int]
    """Source and target of each term used, to its number in the list of terms."""
    findings: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    """By sentence id."""
    numbers: bool = True
    """Whether sentences are numbered."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, stop) of a sentence that are a term."""

    start: int
    stop: int
    constraint: Constraint


def label(sentence_id: str) -> str:
    """The number as it is printed: a2.p3.s1 is 3.1; heads and bylines have none."""
    _, _, place = sentence_id.partition(".")
    block, _, number = place.partition(".")
    if not block.startswith("p"):
        return ""
    return f"{block.removeprefix('p')}.{number.removeprefix('s')}"


def chinese_block(block: Block, pairs: Mapping[str, Pair], signs: Signs, *, numbers: bool = True) -> Markup:
    """The block's Chinese: exactly its characters, and the sentence numbers beside them where `numbers` says so."""
    text = block.text
    tail = chinese.last_line(text)
    settings = (*chinese.settings(text), *[Setting(tail, len(text), "k")] * (tail < len(text)))
    parts, start, shifted = [], 0, False
    for position, sentence in enumerate(block.sentences):
        stop = start + len(sentence.text)
        shifted = position > 0 and not shifted and len(block.sentences[position - 1].text) < _ONE_LINE
        spans = (Span(c.start + start, c.stop + start, c) for c in pairs[sentence.id].constraints)
        inner = _marked(text, (start, stop), spans, settings, signs)
        number = _number(sentence.id, shifted=shifted) if numbers and signs.numbers else Markup()
        parts.append(Markup('<span class="s" id="{0}" data-s="{0}">{1}{2}</span>').format(sentence.id, number, inner))
        start = stop
    return Markup().join(parts)


def english_block(block: Block, pairs: Mapping[str, Pair], signs: Signs, *, numbers: bool = True) -> Markup:
    """The block's English, its sentences parted by spaces; findings stand beside their sentence."""
    parts, shifted = [], False
    for position, sentence in enumerate(block.sentences):
        shifted = position > 0 and not shifted and len(block.sentences[position - 1].text) < _ONE_LINE
        number = _number(sentence.id, shifted=shifted) if numbers and signs.numbers else Markup()
        found = _findings(signs.findings.get(sentence.id, ()))
        inner = _english_sentence(pairs[sentence.id], signs)
        opening = Markup('<span class="s" id="{0}-en" data-s="{0}">').format(sentence.id)
        parts.append(opening + number + found + inner + Markup("</span>"))
    return Markup(" ").join(parts)


def _english_sentence(pair: Pair, signs: Signs) -> Markup:
    spans = (Span(s.start, s.stop, pair.constraints[s.constraint]) for s in pair.target_spans)
    settings = tuple(Setting(start, stop, "k") for start, stop in english.kept_together(pair.target))
    return _marked(pair.target, (0, len(pair.target)), spans, settings, signs)


def _number(sentence_id: str, *, shifted: bool) -> Markup:
    shown = label(sentence_id)
    classes = "no no-left" if shifted else "no"
    return Markup('<i class="{0}" aria-hidden="true">{1}</i>').format(classes, shown) if shown else Markup()


def _findings(findings: Sequence[Finding]) -> Markup:
    """A finding's sign is a link to its line in the list of findings."""
    signs = Markup().join(
        Markup('<a class="mark {0}" href="#{1}" title="{2}">{3}</a>').format(
            f.severity, anchor(f), f.message, sign(f.check)
        )
        for f in findings
    )
    return Markup('<span class="marks">{0}</span>').format(signs) if signs else signs


def anchor(finding: Finding) -> str:
    """Where the list of findings has it."""
    return f"f-{finding.check}-{finding.sentence_id}"


SIGNS = {
    "terms": "T",
    "forced": "F",
    "numbers": "#",
    "dates": "D",
    "names": "N",
    "forbidden": "X",
    "han": "汉",
    "marks": "M",
    "repetition": "R",
    "length": "L",
}
"""What stands in the margin for each check."""


def sign(check: str) -> str:
    """The sign of a check; one that is not known here has a question mark."""
    return SIGNS.get(check, "?")


def _marked(
    text: str, part: tuple[int, int], spans: Iterable[Span], settings: Sequence[Setting], signs: Signs
) -> Markup:
    """Characters [part) of a text with its terms as links into the list of terms."""
    here, stop = part
    pieces = []
    for span in spans:
        if span.constraint.origin is not Origin.GLOSSARY or (span.constraint.source, span.constraint.target) not in signs.terms:
            continue
        pieces += [
            _set(text, here, span.start, settings),
            _term(_set(text, span.start, span.stop, settings), span.constraint, signs),
        ]
        here = span.stop
    return Markup().join([*pieces, _set(text, here, stop, settings)])


def _term(inner: Markup, constraint: Constraint, signs: Signs) -> Markup:
    number = signs.terms[constraint.source, constraint.target]
    return Markup('<a class="t" href="#t{0}" aria-describedby="t{0}" data-t="{1} → {2}">{3}</a>').format(
        number, constraint.source, constraint.target, inner
    )


def _set(text: str, start: int, stop: int, settings: Sequence[Setting]) -> Markup:
    """Characters [start, stop), the kept ones inside a span of their own, the rest by `_plain`."""
    kept = [s for s in settings if s.classes == "k" and s.start < stop and start < s.stop]
    inner = [s for s in settings if s.classes != "k" and s.start < stop and start < s.stop]
    return Markup().join(_wrapped(start, stop, kept, lambda a, b: _plain(text, a, b, inner)))


def _plain(text: str, start: int, stop: int, settings: Sequence[Setting]) -> Markup:
    return Markup().join(_wrapped(start, stop, settings, lambda a, b: escape(text[a:b])))


def _wrapped(start: int, stop: int, settings: Sequence[Setting], inner: Inner) -> Iterator[Markup]:
    here = start
    for s in settings:
        low, high = max(s.start, here), min(s.stop, stop)
        if low >= high:
            continue
        if low > here:
            yield inner(here, low)
        yield Markup('<span class="{0}">{1}</span>').format(_clipped(s, low, high), inner(low, high))
        here = high
    if here < stop:
        yield inner(here, stop)


def _clipped(setting: Setting, low: int, high: int) -> str:
    """The classes of a setting cut by a sentence's or term's end: the gap stands at the run's own ends only."""
    dropped = {"gb"} if low > setting.start else set()
    dropped |= {"ga"} if high < setting.stop else set()
    return " ".join(c for c in setting.classes.split() if c not in dropped)
