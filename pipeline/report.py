"""`report.json`: everything a bulletin was made of, for programs and for people who want to know why.

`to_json` writes it; `from_json` reads what a printed bulletin says, without the engine that made it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

import msgspec

from pipeline import check
from pipeline.document import (
    Article,
    Bulletin,
    Colophon,
    Constraint,
    Finding,
    Pair,
    PairOrigin,
    Sentence,
    Severity,
    TargetSpan,
)
from pipeline.errors import PipelineError

SCHEMA = 1
"""Raised when a key changes its meaning or goes away; a new key does not raise it."""


def to_json(bulletin: Bulletin) -> str:
    """The bulletin as JSON text: the same bulletin gives the same bytes."""
    pairs = tuple(bulletin.pairs[sentence.id] for article in bulletin.articles for sentence in article.sentences())
    report = {
        "schema": SCHEMA,
        "bulletin": bulletin.slug,
        "counts": {**counts(pairs, bulletin.articles, bulletin.findings), "ignored": len(bulletin.ignored)},
        "articles": [_article(article) for article in bulletin.articles],
        "sentences": [_sentence(pair) for pair in pairs],
        "findings": [_finding(finding) for finding in bulletin.findings],
        "ignored": [{**_finding(one.finding), "reason": one.reason} for one in bulletin.ignored],
        "colophon": _colophon(bulletin.colophon),
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class Printed:
    """A bulletin as its report tells it: what a reviewer holds in hand."""

    slug: str
    pairs: tuple[Pair, ...]
    """In reading order; a sentence here is one word."""
    findings: tuple[Finding, ...]


def from_json(text: str | bytes, *, name: str) -> Printed:
    """What a bulletin says, of a report.json; raises PipelineError where it is none, or one of another schema."""
    remedy = "build the bulletin again"
    try:
        schema = _SCHEMA.decode(text).schema
        if schema != SCHEMA:
            raise PipelineError(f"has schema {schema}, and this program reads {SCHEMA}", path=name, remedy=remedy)
        said = _REPORT.decode(text)
        return Printed(said.bulletin, tuple(map(_pair, said.sentences)), tuple(map(_found, said.findings)))
    except (msgspec.MsgspecError, UnicodeDecodeError) as broken:
        raise PipelineError(f"is no report of a bulletin: {broken}", path=name, remedy=remedy) from broken


class _Schema(msgspec.Struct):
    schema: int


class _Finding(msgspec.Struct):
    check: str
    severity: Severity
    sentence: str
    message: str


class _Sentence(msgspec.Struct):
    id: str
    source: str
    target: str
    origin: PairOrigin
    accepted: tuple[str, ...]
    remembered: bool
    rung: str
    score: float | None
    constraints: msgspec.Raw
    """Read twice: what is asked, and where it landed, are two values of a pair."""


class _Landed(msgspec.Struct):
    at: tuple[tuple[int, int], ...]


class _Report(msgspec.Struct):
    bulletin: str
    sentences: tuple[_Sentence, ...]
    findings: tuple[_Finding, ...]


_SCHEMA, _REPORT = msgspec.json.Decoder(_Schema), msgspec.json.Decoder(_Report)
_CONSTRAINTS = msgspec.json.Decoder(tuple[Constraint, ...])
_LANDED = msgspec.json.Decoder(tuple[_Landed, ...])


def _pair(said: _Sentence) -> Pair:
    spans = [
        TargetSpan(start, stop, index)
        for index, constraint in enumerate(_LANDED.decode(said.constraints))
        for start, stop in constraint.at
    ]
    return Pair(
        sentence=Sentence(said.id, said.source, (said.source,)),
        target=said.target,
        constraints=_CONSTRAINTS.decode(said.constraints),
        origin=said.origin,
        target_spans=tuple(sorted(spans, key=lambda span: span.start)),
        score=said.score,
        rung=said.rung,
        remembered=said.remembered,
        accepted=said.accepted,
    )


def _found(said: _Finding) -> Finding:
    return Finding(said.check, said.severity, said.sentence, said.message)


def counts(pairs: Iterable[Pair], articles: Iterable[Article], findings: Iterable[Finding]) -> dict[str, int]:
    """What the summary of a run counts, by name; of several bulletins, the sums.

    Each sentence is one of reviewed, fixed (by its terms alone), memory (translated in an earlier run) and model (in
    this one); forced ones are among the last two. `terms` are the constraints to keep, `realised` those that were kept.
    """
    pairs, articles = tuple(pairs), tuple(articles)
    made = Counter(_made(pair) for pair in pairs)
    severities = Counter(finding.severity for finding in findings)
    return {
        "articles": len(articles),
        "sentences": len(pairs),
        **{way: made[way] for way in ("memory", "model", "fixed", "reviewed")},
        "forced": sum(pair.origin is PairOrigin.FORCED for pair in pairs),
        "terms": sum(len(pair.constraints) for pair in pairs),
        "realised": sum(len({span.constraint for span in pair.target_spans}) for pair in pairs),
        "repairs": sum(len(article.repairs) for article in articles),
        "errors": severities[Severity.ERROR],
        "warnings": severities[Severity.WARNING],
        "notes": severities[Severity.NOTE],
    }


def _made(pair: Pair) -> str:
    if pair.origin in {PairOrigin.REVIEWED, PairOrigin.FIXED}:
        return str(pair.origin)
    return "memory" if pair.remembered else "model"


def _article(article: Article) -> dict[str, object]:
    return {
        "number": article.number,
        "date": article.date,
        "source": article.source,
        "blocks": [
            {"kind": block.kind, "line": block.line, "sentences": [sentence.id for sentence in block.sentences]}
            for block in article.blocks
        ],
        "repairs": [asdict(repair) for repair in article.repairs],
    }


def _sentence(pair: Pair) -> dict[str, object]:
    ratio = check.ratio(pair)
    return {
        "id": pair.sentence.id,
        "source": pair.sentence.text,
        "target": pair.target,
        "origin": pair.origin,
        "accepted": list(pair.accepted),
        "remembered": pair.remembered,
        "rung": pair.rung,
        "score": None if pair.score is None else round(pair.score, 4),
        "ratio": None if ratio is None else round(ratio, 2),
        "numbers": [asdict(row) for row in check.compared(pair)],
        "constraints": [_constraint(index, constraint, pair) for index, constraint in enumerate(pair.constraints)],
    }


def _constraint(index: int, constraint: Constraint, pair: Pair) -> dict[str, object]:
    spans = [span for span in pair.target_spans if span.constraint == index]
    return {
        "start": constraint.start,
        "stop": constraint.stop,
        "source": constraint.source,
        "target": constraint.target,
        "origin": constraint.origin,
        "layer": constraint.layer,
        "allowed": list(constraint.allowed),
        "forbidden": list(constraint.forbidden),
        "case": constraint.case,
        "note": constraint.note,
        "realised": [pair.target[span.start : span.stop] for span in spans],
        "at": [[span.start, span.stop] for span in spans],
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "check": finding.check,
        "severity": finding.severity,
        "sentence": finding.sentence_id,
        "message": finding.message,
    }


def _colophon(colophon: Colophon) -> dict[str, object]:
    return {
        "model": colophon.model,
        "model_sha256": colophon.model_sha256,
        "model_origin": colophon.model_origin,
        "glossary_sha256": colophon.glossary_sha256,
        "versions": dict(colophon.versions),
        "options": dict(colophon.options),
    }
