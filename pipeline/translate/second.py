"""A second attempt at what came out doubtful: decoded against repetition, then clause by clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.translate.engine import Decoding, Engine
from pipeline.translate.ladder import LADDER, Rendering, descend, finished
from pipeline.translate.long import joined, parts
from pipeline.translate.passage import Passage
from pipeline.translate.verify import verify

STEADY = (1.1, 4)
"""Repetition penalty, and pieces in a row that may not come twice, of the second attempt at a text that loops."""
_CLAUSE = 24
"""Characters that a clause may have in any case: shorter ones lose more context than they save."""


def rendered(passages: Sequence[Passage], engine: Engine, options: Decoding) -> tuple[Rendering, ...]:
    """As `descend`; what then is forced, repeats itself or leaves something out is tried again, in two ways.

    Once with the decoder kept from repeating itself, once with the sentence cut into halves at its clauses. The better
    rendering stands; what is doubtful still, the checks tell a reviewer.
    """
    said = dict(zip(passages, descend(passages, engine, options), strict=True))
    steady = replace(options, repetition_penalty=STEADY[0], no_repeat_ngram=STEADY[1])
    doubtful = [passage for passage, rendering in said.items() if _doubtful(rendering)]
    said |= _better(said, dict(zip(doubtful, descend(doubtful, engine, steady), strict=True)))
    cut = {p: pieces for p in doubtful if _doubtful(said[p]) and len(pieces := _halves(p)) > 1}
    flat = iter(descend([piece for pieces in cut.values() for piece in pieces], engine, options))
    said |= _better(said, {p: assembled(p, pieces, [next(flat) for _ in pieces]) for p, pieces in cut.items()})
    return tuple(said[passage] for passage in passages)


def _doubtful(rendering: Rendering) -> bool:
    return bool(rendering.doubts or rendering.faults or rendering.forced)


def _better(old: Mapping[Passage, Rendering], new: Mapping[Passage, Rendering]) -> dict[Passage, Rendering]:
    return {passage: rendering for passage, rendering in new.items() if _worth(rendering) > _worth(old[passage])}


def _worth(rendering: Rendering) -> tuple[int, int, bool, int]:
    return len(rendering.spans), -len(rendering.faults), not rendering.forced, -len(rendering.doubts)


def _halves(passage: Passage) -> tuple[Passage, ...]:
    half = max(_CLAUSE, len(passage.text) // 2 + 1)
    return parts(passage, lambda text: len(text) <= half)


def assembled(whole: Passage, pieces: Sequence[Passage], renderings: Sequence[Rendering]) -> Rendering:
    """The renderings of a sentence's parts as one: its rung is the lowest of theirs, its score their mean."""
    if len(pieces) == 1:
        return renderings[0]
    # A term that begins a clause, and was raised there, is small again within the sentence.
    target = finished(whole, joined(pieces, [rendering.target for rendering in renderings]))
    verdict = verify(whole, target)
    scores = [rendering.score for rendering in renderings if rendering.score is not None]
    return Rendering(
        target=target,
        rung=max((rendering.rung for rendering in renderings), key=_depth),
        forced=any(rendering.forced for rendering in renderings),
        spans=verdict.spans,
        score=sum(scores) / len(scores) if scores else None,
        faults=verdict.faults,
        doubts=verdict.doubts,
    )


def _depth(name: str) -> int:
    return next(depth for depth, rung in enumerate(LADDER) if rung.name == name)
