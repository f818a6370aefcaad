"""Requests to pairs: the memory first, then the engine down the ladder, everything verified."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.document import Pair, PairOrigin, Request
from pipeline.translate.engine import Attention, Decoding, Engine, Hypothesis, Markup
from pipeline.translate.fixed import fixed
from pipeline.translate.frame import Frame, framed
from pipeline.translate.ladder import Rendering, descend, finished
from pipeline.translate.memo import Forgetful, Memo, Remembered, key
from pipeline.translate.passage import Passage
from pipeline.translate.reviewed import reviewed
from pipeline.translate.sentences import whole_sentences
from pipeline.translate.verify import verify

__all__ = [
    "Attention",
    "Decoding",
    "Engine",
    "Forgetful",
    "Hypothesis",
    "Markup",
    "Memo",
    "Remembered",
    "descend",
    "reviewed",
    "translate",
]  # fmt: skip

CHUNK = 64
"""Sentences translated, then remembered, at a time: what a killed run can lose."""


def _nobody(_: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class _Work:
    """A sentence to translate, and where its translation will be remembered."""

    key: str
    whole: Passage
    times: int
    """How many requests wait for it."""


def translate(
    requests: Sequence[Request],
    engine: Engine,
    memory: Remembered,
    *,
    options: Decoding | None = None,
    progress: Callable[[int], None] = _nobody,
) -> tuple[Pair, ...]:
    """The pair of each request, in order; equal sentences under equal constraints are translated once.

    `progress` is told, step by step, of how many more requests are answered. Every CHUNK of sentences is in `memory`
    before the next begins. Raises EngineError where the engine fails.
    """
    options = options or Decoding()
    keys = [key(r.sentence.text, r.constraints, engine.signature, options) for r in requests]
    known = dict(memory.recall(tuple(dict.fromkeys(keys))))
    old = frozenset(known)
    progress(sum(k in known for k in keys))
    for chunk in _chunks(_unknown(requests, keys, known)):
        memos = _memos(chunk, engine, options)
        memory.remember(memos)
        known |= memos
        progress(sum(work.times for work in chunk))
    return tuple(_pair(r, known[k], remembered=k in old) for r, k in zip(requests, keys, strict=True))


def _unknown(requests: Sequence[Request], keys: Sequence[str], known: Mapping[str, Memo]) -> list[_Work]:
    works: dict[str, _Work] = {}
    for request, k in zip(requests, keys, strict=True):
        if k in works:
            works[k] = replace(works[k], times=works[k].times + 1)
        elif k not in known:
            works[k] = _Work(k, Passage(request.sentence.text, request.constraints), 1)
    return sorted(works.values(), key=lambda work: len(work.whole.text))


def _chunks(works: Sequence[_Work]) -> Iterator[Sequence[_Work]]:
    for start in range(0, len(works), CHUNK):
        yield works[start : start + CHUNK]


def _memos(works: Sequence[_Work], engine: Engine, options: Decoding) -> dict[str, Memo]:
    memos = {work.key: memo for work in works if (memo := _without_engine(work.whole)) is not None}
    rest = [work for work in works if work.key not in memos]
    frames = [framed(work.whole.free_of(engine.markup)) for work in rest]
    renderings = whole_sentences([frame.core for frame in frames], engine, options)
    for work, frame, rendering in zip(rest, frames, renderings, strict=True):
        memos[work.key] = _memo(work.whole, frame, rendering)
    return memos


def _without_engine(whole: Passage) -> Memo | None:
    text = fixed(whole)
    if text is None:
        return None
    target = finished(whole, text)
    verdict = verify(whole, target)
    return None if verdict.faults else Memo(target, PairOrigin.FIXED, verdict.spans, None, "")


def _memo(whole: Passage, frame: Frame, rendering: Rendering) -> Memo:
    origin = PairOrigin.FORCED if rendering.forced else PairOrigin.MODEL
    target = frame.around(rendering.target)
    return Memo(target, origin, verify(whole, target).spans, rendering.score, rendering.rung)


def _pair(request: Request, memo: Memo, *, remembered: bool) -> Pair:
    return Pair(
        sentence=request.sentence,
        target=memo.target,
        constraints=request.constraints,
        origin=memo.origin,
        target_spans=memo.target_spans,
        score=memo.score,
        rung=memo.rung,
        remembered=remembered,
    )
