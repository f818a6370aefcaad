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
from pipeline.translate.rungs.inline import INLINE
from pipeline.translate.rungs.placeholder import PLACEHOLDER
from pipeline.translate.rungs.plain import PLAIN
from pipeline.translate.rungs.prefix import PREFIX
from pipeline.translate.rungs.split import SPLIT
from pipeline.translate.verify import Verdict, verify

LADDER: tuple[tuple[Rung, ...], ...] = ((PLAIN,), (INLINE,), (PLACEHOLDER,), (CODE_SWITCH,), (PREFIX,), (SPLIT,))
"""Steps, from the gentlest down; the rungs of one step compete, and the model's own score decides.
The measurement behind the order is in docs/terms.md."""

STEADY = (1.1, 4)
"""Repetition penalty, and pieces in a row that may not come twice, of the second attempt at a text that loops."""


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
    passages: Sequence[Passage], engine: Engine, options: Decoding, ladder: Sequence[Sequence[Rung]] = LADDER
) -> tuple[Rendering, ...]:
    """The English of each passage; equal passages are translated once.

    Raises EngineError where the model fails, or says nothing at all to a passage.
    """
    engine = Once(engine)
    settled: dict[Passage, Rendering] = {}
    fallback: dict[Passage, _Candidate] = {}
    pending = list(dict.fromkeys(passages))
    for step in ladder:
        if not pending:
            break
        candidates = _candidates(pending, step, engine, options)
        fallback |= {p: found[0] for p, found in zip(pending, candidates, strict=True) if found}
        settled |= _settle(pending, candidates, engine)
        pending = [passage for passage in pending if passage not in settled]
    rest = _scored({passage: [_last(passage, fallback)] for passage in pending}, engine)
    settled |= {passage: _rendering(only) for passage, (only,) in rest.items()}
    return tuple(settled[passage] for passage in passages)


def steadied(passages: Sequence[Passage], engine: Engine, options: Decoding) -> tuple[Rendering, ...]:
    """As `descend`; what then repeats itself or leaves something out is decoded once more against repetition.

    The second rendering is taken where it is sound; where it is not, the first stands and the checks tell a reviewer.
    """
    first = dict(zip(passages, descend(passages, engine, options), strict=True))
    doubtful = [passage for passage, rendering in first.items() if rendering.doubts]
    again = descend(doubtful, engine, replace(options, repetition_penalty=STEADY[0], no_repeat_ngram=STEADY[1]))
    better = {p: r for p, r in zip(doubtful, again, strict=True) if _worth(r) > _worth(first[p])}
    return tuple(better.get(passage, first[passage]) for passage in passages)


def _worth(rendering: Rendering) -> tuple[int, bool, int]:
    return -len(rendering.faults), not rendering.forced, -len(rendering.doubts)


def _last(passage: Passage, fallback: dict[Passage, _Candidate]) -> _Candidate:
    try:
        return fallback[passage]
    except KeyError:
        raise EngineError(f"the model says nothing to “{passage.text[:40]}”", remedy="give another package") from None


def _candidates(
    passages: Sequence[Passage], step: Sequence[Rung], engine: Engine, options: Decoding
) -> list[list[_Candidate]]:
    found: list[list[_Candidate]] = [[] for _ in passages]
    for rung in step:
        offers = rung.offer(passages, engine, options)
        for passage, offered, mine in zip(passages, offers, found, strict=True):
            mine.extend(_candidate(passage, offer, rung, engine.markup) for offer in offered if offer.text.strip())
    return found


def _candidate(passage: Passage, offer: Offer, rung: Rung, markup: Markup | None) -> _Candidate:
    text = finished(passage, offer.text)
    return _Candidate(text, rung, offer.score, verify(passage, text, markup, finished=offer.finished))


def finished(passage: Passage, text: str) -> str:
    """A raw text with its punctuation, first capital, terms' casing and articles in order."""
    forms = [(form, constraint.case) for constraint in passage.constraints for form in constraint.forms]
    return english.fit(english.capitalised(english.tidy(text, [form for form, _ in forms])), forms)


def _settle(
    passages: Sequence[Passage], candidates: Sequence[Sequence[_Candidate]], engine: Engine
) -> dict[Passage, Rendering]:
    good = {
        passage: sound
        for passage, found in zip(passages, candidates, strict=True)
        if (sound := [c for c in found if not c.verdict.faults])
    }
    scored = _scored(good, engine)
    return {passage: _rendering(max(found, key=_merit)) for passage, found in scored.items()}


def _merit(candidate: _Candidate) -> tuple[bool, float]:
    return not candidate.verdict.doubts, candidate.score if candidate.score is not None else float("-inf")


def _scored(good: Mapping[Passage, list[_Candidate]], engine: Engine) -> dict[Passage, list[_Candidate]]:
    pairs = {(p.text, c.text): None for p, found in good.items() for c in found if c.score is None}
    scores = engine.score(*zip(*pairs, strict=True)) if pairs else ()
    known = dict(zip(pairs, scores, strict=True))
    return {
        passage: [c if c.score is not None else replace(c, score=known[passage.text, c.text]) for c in found]
        for passage, found in good.items()
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
