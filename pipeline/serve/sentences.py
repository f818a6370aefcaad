"""A sentence as the reviewer's page is told of it: what is printed, under what has been approved since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline import translate
from pipeline.approved import Approvals, Approved, key
from pipeline.approved.difference import readable
from pipeline.approved.fuzzy import Match
from pipeline.check import check
from pipeline.document import Finding, Origin, Pair, PairOrigin, Request, Severity
from pipeline.layout.inline import label
from pipeline.report import Printed
from pipeline.review.judge import NAMES, broken
from pipeline.review.slips import slips

_JUDGED = NAMES | {"han", "marks"}
"""Checks whose complaints `broken` says in their own words."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence, what is said against it, and who approved it."""

    pair: Pair
    findings: tuple[Finding, ...]
    approved: Approved | None
    version: str
    """Names what is approved for it: whoever saves says which version they saw. Empty where nothing is."""
    pending: bool
    """Whether its approval was withdrawn and its own English is not there yet."""

    @property
    def source(self) -> str:
        """The Chinese, as approvals name it."""
        return self.pair.sentence.text.strip()

    @property
    def open(self) -> bool:
        """Whether somebody should look: findings that nobody accepted."""
        return any(finding.severity is not Severity.NOTE for finding in self.findings)


def shown(printed: Printed, approvals: Approvals, machine: Mapping[str, Pair]) -> tuple[Shown, ...]:
    """The sentences of a bulletin as they stand now; `machine` has what stood there before, by Chinese sentence."""
    found: dict[str, list[Finding]] = {}
    for finding in printed.findings:
        found.setdefault(finding.sentence_id, []).append(finding)
    return tuple(_shown(pair, tuple(found.get(pair.sentence.id, ())), approvals, machine) for pair in printed.pairs)


def _shown(pair: Pair, findings: tuple[Finding, ...], approvals: Approvals, machine: Mapping[str, Pair]) -> Shown:
    one = approvals.get(pair.sentence.text)
    version = version_of(approvals, pair.sentence.text)
    as_printed = one and (one.target, one.accepted) == (pair.target, pair.accepted)
    if pair.origin is PairOrigin.REVIEWED and one is None:
        before = machine.get(pair.sentence.text)
        now = replace(before, sentence=pair.sentence) if before else pair
        return Shown(now, check((now,)), None, version, pending=True)
    if one is None or (as_printed and pair.origin is PairOrigin.REVIEWED):
        return Shown(pair, findings, one, version, pending=False)
    now = reviewed(pair, one)
    return Shown(now, check((now,)), one, version, pending=False)


def reviewed(pair: Pair, one: Approved) -> Pair:
    """The pair with an English that a person stands for."""
    request = Request(pair.sentence, pair.constraints)
    return translate.reviewed(request, Approvals([replace(one, source=pair.sentence.text)])) or pair


def version_of(approvals: Approvals, source: str) -> str:
    """Names what is approved for a Chinese sentence; empty where nothing is."""
    return approvals.digest([key(source)])


def objections(pair: Pair) -> tuple[str, ...]:
    """What a person must accept before its English is approved: what it would break, and slips of the hand."""
    return tuple(dict.fromkeys((*broken(pair, pair.target), *slips(pair, pair.target))))


def weighed(pair: Pair) -> dict[str, object]:
    """What is said of a reviewed pair, as JSON values: what it breaks, which must be accepted, and the rest."""
    against = objections(pair)
    rest = [f for f in check((pair,)) if f.check not in _JUDGED or f.severity is Severity.NOTE]
    findings = [{"check": "", "severity": "warning", "message": message} for message in against]
    return {"against": against, "findings": findings + findings_told(rest), "terms": terms_told(pair)}


def progress(all_: Sequence[Shown]) -> dict[str, int]:
    """How many sentences there are, are approved, and have something open, as JSON values."""
    done = sum(one.approved is not None for one in all_)
    return {"sentences": len(all_), "approved": done, "open": sum(one.open for one in all_)}


def told(one: Shown) -> dict[str, object]:
    """A sentence as JSON values."""
    pair, approved = one.pair, one.approved
    return {
        "id": pair.sentence.id,
        "label": label(pair.sentence.id) or pair.sentence.id,
        "source": pair.sentence.text,
        "english": pair.target,
        "origin": "pending" if one.pending else str(pair.origin),
        "version": one.version,
        "approved": {"by": approved.by, "when": approved.when, "note": approved.note} if approved else None,
        "open": one.open,
        "findings": findings_told(one.findings),
        "terms": terms_told(pair),
    }


def findings_told(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Findings as JSON values."""
    return [{"check": f.check, "severity": str(f.severity), "message": f.message} for f in findings]


def terms_told(pair: Pair) -> list[dict[str, object]]:
    """What the English is asked to say, each with where the English says it (empty where it does not)."""
    said = {span.constraint: pair.target[span.start : span.stop] for span in pair.target_spans}
    return [
        {
            "start": c.start,
            "stop": c.stop,
            "source": c.source,
            "target": c.target,
            "term": c.origin is Origin.GLOSSARY,
            "from": c.layer,
            "note": c.note,
            "said": said.get(index, ""),
        }
        for index, c in enumerate(pair.constraints)
    ]


def match_told(match: Match, source: str) -> dict[str, object]:
    """An approved sentence that is much like `source`, with what differs in the Chinese."""
    one = match.approved
    pieces = readable(one.source, source)
    return {"percent": match.percent, "english": one.target, "by": one.by, "when": one.when, "difference": pieces}
