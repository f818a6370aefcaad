"""What a reviewer is handed: every sentence of a printed bulletin with all that is known about it. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass

from pipeline.approved import Approved
from pipeline.approved.difference import readable
from pipeline.approved.fuzzy import Match
from pipeline.document import Finding, Pair, PairOrigin
from pipeline.review.values import Print, shown

FORM = 2
"""Raised when the files look different or say more than before, so that untouched ones are written anew."""


@dataclass(frozen=True, slots=True)
class Term:
    """What a word of the sentence must be in English."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check found, or what is known of the sentence besides."""

    check: str
    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class Offer:
    """An approved sentence that is much like this one."""

    percent: int
    source: str
    target: str
    difference: str
    """The approved Chinese with what this sentence has instead: 新增企业[-12-]{+35+}家."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a hand-out."""

    id: str
    number: str
    """As it is printed on the page; empty where none is."""
    source: str
    target: str
    terms: tuple[Term, ...]
    remarks: tuple[Remark, ...]
    offers: tuple[Offer, ...]
    """The best first; none for a sentence that is approved."""
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Handout:
    """One bulletin for one reviewer."""

    slug: str
    lines: tuple[Line, ...]

    def printed(self) -> str:
        """Digest of what is printed: it tells whether a reviewer's copy is still of this print."""
        return _digest([[line.id, line.source, line.target] for line in self.lines])

    def digest(self) -> str:
        """Digest of everything that is said."""
        return _digest([FORM, asdict(self)])


def _digest(told: object) -> str:
    text = json.dumps(told, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def handout(
    bulletin: Print,
    *,
    label: Callable[[str], str],
    matches: Callable[[str], Sequence[Match]] = lambda _: (),
    approved: Callable[[str], Approved | None] = lambda _: None,
) -> Handout:
    """The hand-out of a printed bulletin.

    `label` gives the printed number of a sentence's id, `matches` the approved sentences much like a Chinese one,
    `approved` what is approved for that one itself.
    """
    found: dict[str, list[Finding]] = {}
    for finding in bulletin.findings:
        found.setdefault(finding.sentence_id, []).append(finding)
    lines = (
        _line(
            pair,
            label(pair.sentence.id),
            found.get(pair.sentence.id, ()),
            () if pair.origin is PairOrigin.REVIEWED else matches(pair.sentence.text),
            approved(pair.sentence.text),
        )
        for pair in bulletin.pairs
    )
    return Handout(bulletin.slug, tuple(lines))


def _line(
    pair: Pair, number: str, found: Iterable[Finding], matches: Iterable[Match], approved: Approved | None
) -> Line:
    source = pair.sentence.text
    remarks = [Remark(f.check, str(f.severity), f.message) for f in found]
    if approved is not None and approved.target == pair.target:
        remarks.append(Remark("memory", "note", _approved(approved)))
    return Line(
        id=pair.sentence.id,
        number=number,
        source=source,
        target=pair.target,
        terms=tuple(dict.fromkeys(Term(c.source, c.target) for c in pair.constraints)),
        remarks=tuple(remarks),
        offers=tuple(_offer(match, source) for match in matches),
        reviewed=pair.origin is PairOrigin.REVIEWED,
    )


def _approved(one: Approved) -> str:
    """By whom and when, and what was said about it, as far as that is known."""
    day = re.match(r"(\d{4})(\d\d)(\d\d)", one.when)
    by = f" by {shown(one.by)}" if one.by else ""
    when = f", {'-'.join(day.groups())}" if day else ""
    note = f": {shown(one.note)}" if one.note else ""
    return f"Approved{by}{when}{note}"


def _offer(match: Match, source: str) -> Offer:
    return Offer(match.percent, match.approved.source, match.approved.target, changes(match.approved.source, source))


def changes(old: str, new: str) -> str:
    """Both texts in one, as `git diff --word-diff` writes it: [-old-]{+new+}."""
    signs = {"same": "{}", "old": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(signs[piece.kind].format(piece.text) for piece in readable(old, new))
