"""The ladder: passages go down it together, and each stops at the first step whose English is verified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline import english
from pipeline.document import TargetSpan
from pipeline.errors import EngineError
from pipeline.translate.engine import Decoding, Engine, Markup
from pipeline.translate.once import Once
from pipeline.translate.passage import Passage
from pipeline.translate.rung import Offer, Rung
from pipeline.translate.rungs.codeswitch import CODE_SWITCH
from pipeline.translate.rungs.inline import INLINE, INLINE_FEWER
from pipeline.translate.rungs.placeholder import PLACEHOLDER
from pipeline.translate.rungs.plain import PLAIN
from pipeline.translate.rungs.prefix import PREFIX, PREFIX_OBEYING
from pipeline.translate.rungs.split import SPLIT
from pipeline.translate.verify import Verdict, verify

LADDER: tuple[Rung, ...] = (
    PLAIN, INLINE_FEWER, INLINE, PLACEHOLDER, CODE_SWITCH, PREFIX_OBEYING, PREFIX, SPLIT,
)  # fmt: skip
"""From the gentlest and cheapest down. The measurement behind the order is in docs/terms.md."""

_QUOTES = str.maketrans("「『《〈」』》〉", "““““””””")


@dataclass(frozen=True, slots=True)
class Rendering:
    """The English of a passage, as the ladder leaves it."""

    target: str
    rung: str
    forced: bool
    spans: tuple[TargetSpan, ...]
    score: float | None
    faults: tuple[str, ...]
    """Empty unless it was forced or nothing better came."""
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    rung: Rung
    score: float | None
    verdict: Verdict


def descend(
    passages: Sequence[Passage], engine: Engine, options: Decoding, ladder: Sequence[Rung] = LADDER
) -> tuple[Rendering, ...]:
    """The English of each passage; equal passages are translated once.

    A passage stops where its English is verified and not doubtful. One that is verified but doubtful goes on, and falls
    back on that; it is never forced. Raises EngineError where the model fails, or says nothing at all to a passage.
    """
    engine = Once(engine)
    best: dict[Passage, _Candidate] = {}
    for rung in ladder:
        pending = [p for p in dict.fromkeys(passages) if not _settled(best.get(p), rung)]
        for passage, found in _offered(pending, rung, engine, options).items():
            best |= {passage: max([best[passage], found] if passage in best else [found], key=_merit)}
    said = _scored({passage: [_said(passage, best)] for passage in passages}, engine)
    return tuple(_rendering(said[passage][0]) for passage in passages)


def _settled(candidate: _Candidate | None, rung: Rung) -> bool:
    if candidate is None or candidate.verdict.faults:
        return False
    return not candidate.verdict.doubts or rung.forced


def _merit(candidate: _Candidate) -> tuple[int, int, int]:
    return len(candidate.verdict.spans), -len(candidate.verdict.faults), -len(candidate.verdict.doubts)


def _said(passage: Passage, best: Mapping[Passage, _Candidate]) -> _Candidate:
    try:
        return best[passage]
    except KeyError:
        raise EngineError(f"the model says nothing to “{passage.text[:40]}”", remedy="give another package") from None


def _offered(passages: Sequence[Passage], rung: Rung, engine: Engine, options: Decoding) -> dict[Passage, _Candidate]:
    """The best that a rung has for each passage; of several as good, the first, or the one that the model prefers."""
    offers = rung.offer(passages, engine, options) if passages else ()
    found: dict[Passage, list[_Candidate]] = {}
    for passage, offered in zip(passages, offers, strict=True):
        made = [_candidate(passage, offer, rung, engine.markup) for offer in offered if offer.text.strip()]
        most = max(map(_merit, made), default=None)
        found |= {passage: [c for c in made if _merit(c) == most]} if made else {}
    if rung.weighed:
        found |= _scored({passage: rivals for passage, rivals in found.items() if len(rivals) > 1}, engine)
        return {passage: max(rivals, key=lambda c: c.score or 0) for passage, rivals in found.items()}
    return {passage: rivals[0] for passage, rivals in found.items()}


def _candidate(passage: Passage, offer: Offer, rung: Rung, markup: Markup | None) -> _Candidate:
    text = finished(passage, offer.text)
    return _Candidate(text, rung, offer.score, verify(passage, text, markup, finished=offer.finished))


def finished(passage: Passage, text: str) -> str:
    """A raw text with its punctuation, quotes, first capital, terms' casing and articles in order."""
    forms = [(form, constraint.case) for constraint in passage.constraints for form in constraint.forms]
    text = english.fit(english.capitalised(english.tidy(text, [form for form, _ in forms])), forms)
    source = passage.text.translate(_QUOTES)
    # A sentence may hold but the beginning or the end of a quotation; one that holds whole ones holds no half.
    return english.paired(text) if source.count("“") == source.count("”") and source.count('"') % 2 == 0 else text


def _scored(candidates: Mapping[Passage, Sequence[_Candidate]], engine: Engine) -> dict[Passage, list[_Candidate]]:
    """With the model's score of each text for the plain source, where its rung did not know it."""
    pairs = {(p.text, c.text): None for p, found in candidates.items() for c in found if c.score is None}
    scores = engine.score(*zip(*pairs, strict=True)) if pairs else ()
    known = dict(zip(pairs, scores, strict=True))
    return {
        passage: [c if c.score is not None else replace(c, score=known[passage.text, c.text]) for c in found]
        for passage, found in candidates.items()
    }


def _rendering(candidate: _Candidate) -> Rendering:
    verdict = candidate.verdict
    return Rendering(
        target=candidate.text,
        rung=candidate.rung.name,
        forced=candidate.rung.forced,
        spans=verdict.spans,
        score=candidate.score,
        faults=verdict.faults,
        doubts=verdict.doubts,
    )
