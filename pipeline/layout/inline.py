"""Sentences as markup: numbered, paired, their terms marked, their text escaped and nothing but escaped."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from pipeline.document import Block, Constraint, Finding, Pair, Severity
from pipeline.layout.composed import Composed, composed_chinese, composed_english


@dataclass(frozen=True, slots=True)
class Signs:
    """What the page shows beside the text."""

    terms: Mapping[tuple[str, str], int]
    """Source and target of each term used, to its number in the list of terms."""
    findings: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    """By sentence id."""
    numbers: bool = True
    """Whether sentences are numbered."""
    lines: tuple[int, int] = (20, 50)
    """About how many characters stand on a line, Chinese and English: enough to see where two numbers could collide."""


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


def chinese_block(block: Block, pairs: Mapping[str, Pair], signs: Signs) -> Markup:
    """The block's Chinese: exactly its characters, with the sentence numbers beside them."""
    text = composed_chinese(block)
    parts, start = [], 0
    for sentence, number in zip(block.sentences, _numbers(block, signs, signs.lines[0]), strict=True):
        stop = start + len(sentence.text)
        spans = (Span(c.start + start, c.stop + start, c) for c in pairs[sentence.id].constraints)
        inner = _marked(text, (start, stop), spans, signs)
        parts.append(Markup('<span class="s" id="{0}" data-s="{0}">{1}{2}</span>').format(sentence.id, number, inner))
        start = stop
    return Markup().join(parts)


def english_block(block: Block, pairs: Mapping[str, Pair], signs: Signs) -> Markup:
    """The block's English, its sentences parted by spaces; findings stand beside their sentence."""
    parts = []
    targets = [pairs[sentence.id].target for sentence in block.sentences]
    for sentence, number in zip(block.sentences, _numbers(block, signs, signs.lines[1], targets), strict=True):
        pair = pairs[sentence.id]
        spans = (Span(s.start, s.stop, pair.constraints[s.constraint]) for s in pair.target_spans)
        inner = _marked(composed_english(pair.target), (0, len(pair.target)), spans, signs)
        found = _findings(signs.findings.get(sentence.id, ()))
        opening = Markup('<span class="s" id="{0}-en" data-s="{0}">').format(sentence.id)
        parts.append(opening + number + found + inner + Markup("</span>"))
    return Markup(" ").join(parts)


def _numbers(block: Block, signs: Signs, line: int, texts: Sequence[str] = ()) -> list[Markup]:
    """Each sentence's number for the gutter, further out where the number after it may stand on the same line."""
    numbers: list[Markup] = []
    start, out = 2, False
    for sentence, text in zip(block.sentences, texts or [s.text for s in block.sentences], strict=True):
        out = not out and sentence is not block.sentences[-1] and _same_line(start, start + len(text), line)
        numbers.append(_number(sentence.id, out=out) if signs.numbers else Markup())
        start += len(text)
    return numbers


def _same_line(first: int, second: int, line: int) -> bool:
    """Whether offsets may fall on one line of about `line` characters: breaking moves each by a few."""
    slack = line // 8
    return (second - slack) // line <= (first + slack) // line


def _number(sentence_id: str, *, out: bool) -> Markup:
    shown = label(sentence_id)
    classes = "no out" if out else "no"
    return Markup('<i class="{0}" aria-hidden="true">{1}</i>').format(classes, shown) if shown else Markup()


def _findings(findings: Sequence[Finding]) -> Markup:
    """A sign for each check that found something, however much it found: the margin is narrow."""
    by_check: dict[str, list[Finding]] = {}
    for finding in findings:
        by_check.setdefault(finding.check, []).append(finding)
    signs = Markup().join(map(_sign, by_check.values()))
    return Markup('<span class="marks">{0}</span>').format(signs) if signs else signs


def _sign(found: Sequence[Finding]) -> Markup:
    """A link to the gravest of one check's findings, in the list of findings."""
    gravest = min(found, key=lambda finding: list(Severity).index(finding.severity))
    said = " ".join(finding.message for finding in found)
    return Markup('<a class="mark {0}" href="#{1}" title="{2}">{3}</a>').format(
        gravest.severity, anchor(gravest), said, sign(gravest.check)
    )


def anchor(finding: Finding) -> str:
    """Where the list of findings has it; one check may find several things in a sentence."""
    return f"f-{finding.check}-{finding.sentence_id}-{zlib.crc32(finding.message.encode()):x}"


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
    "doubled": "W",
    "brackets": "B",
    "doubtful": "?",
    "consistency": "C",
}
"""What stands in the margin for each check."""


def sign(check: str) -> str:
    """The sign of a check; one that is not known here has a question mark."""
    return SIGNS.get(check, "?")


def _marked(text: Composed, part: tuple[int, int], spans: Iterable[Span], signs: Signs) -> Markup:
    """Characters [part) of a text with its terms as links into the list of terms."""
    here, stop = part
    pieces = []
    for span in spans:
        if (span.constraint.source, span.constraint.target) in signs.terms:
            pieces += [text.markup(here, span.start), _term(text.markup(span.start, span.stop), span.constraint, signs)]
            here = span.stop
    return Markup().join([*pieces, text.markup(here, stop)])


def _term(inner: Markup, constraint: Constraint, signs: Signs) -> Markup:
    number = signs.terms[constraint.source, constraint.target]
    return Markup('<a class="t" href="#t{0}" aria-describedby="t{0}" data-t="{1} → {2} ({3})">{4}</a>').format(
        number, constraint.source, constraint.target, constraint.layer, inner
    )
