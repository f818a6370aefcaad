"""Rung *prefix*: decode, see by attention where a term should stand, put it there, and let the model go on from it.

The term and all before it are given to the decoder as what it has already said, so that what follows agrees with it.
Terms are placed one after another, in the order of the English, all passages of a round in one batch. The first draft
with its renderings merely exchanged (`substitute`) is offered beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline import english
from pipeline.translate.align import landed
from pipeline.translate.engine import Decoding, Engine, Hypothesis
from pipeline.translate.passage import Passage
from pipeline.translate.rung import Offer, Offers, Rung
from pipeline.translate.rungs.substitute import substituted
from pipeline.translate.verify import verify

Beam = tuple[Hypothesis, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A passage on its way: English begun with `prefix`, in which `placed` terms were put by hand."""

    passage: Passage
    prefix: str = ""
    placed: int = 0
    beam: Beam = ()


def _offers(passages: Sequence[Passage], engine: Engine, options: Decoding) -> tuple[Offers, ...]:
    begun = _decoded([_Draft(p) for p in passages if p.constraints], engine, options)
    kept = {draft.passage: substituted(draft.passage, draft.beam[0]) for draft in begun}
    drafts: dict[Passage, _Draft] = {}
    while begun:
        drafts |= {draft.passage: draft for draft in begun}
        begun = _decoded([placed for draft in begun if (placed := _placed(draft)) is not None], engine, options)
    return tuple(_offered(drafts[p], kept[p]) if p.constraints else () for p in passages)


def _offered(draft: _Draft, kept: str | None) -> Offers:
    continued = tuple(Offer(hypothesis.text, hypothesis.finished) for hypothesis in draft.beam)
    return continued if kept is None else (*continued, Offer(kept))


def _decoded(drafts: Sequence[_Draft], engine: Engine, options: Decoding) -> list[_Draft]:
    fitting = [draft for draft in drafts if engine.fits(draft.prefix)]
    if not fitting:
        return []
    sources, prefixes = [draft.passage.text for draft in fitting], [draft.prefix for draft in fitting]
    # One hypothesis: the others would cost their attention and begin with the same terms.
    beams = engine.translate(sources, replace(options, hypotheses=1), prefixes, attend=True)
    return [
        replace(draft, beam=tuple(unglued(hypothesis, len(draft.prefix)) for hypothesis in beam))
        for draft, beam in zip(fitting, beams, strict=True)
    ]


def unglued(hypothesis: Hypothesis, end: int) -> Hypothesis:
    """The hypothesis without letters that the model hung on the term that ends its prefix: "Su Yu|e" for "Su Yu"."""
    text = hypothesis.text
    stop = end
    while 0 < end <= stop < len(text) and text[end - 1].isalnum() and text[stop].isalnum():
        stop += 1
    if stop == end:
        return hypothesis
    attention = hypothesis.attention
    if attention is not None:
        moved = tuple((_moved(a, end, stop), _moved(b, end, stop)) for a, b in attention.target)
        attention = replace(attention, target=moved)
    return replace(hypothesis, text=text[:end] + text[stop:], attention=attention)


def _moved(at: int, end: int, stop: int) -> int:
    return at if at <= end else max(end, at - (stop - end))


def _placed(draft: _Draft) -> _Draft | None:
    """With the next missing term put where it belongs; None where none is missing or nobody knows where to."""
    best, constraints = draft.beam[0], draft.passage.constraints
    held = {span.constraint for span in verify(draft.passage, best.text).spans}
    missing = [c for i, c in enumerate(constraints) if i not in held]
    if not missing or best.attention is None or draft.placed == len(constraints):
        return None
    begun = len(draft.prefix)
    source = draft.passage.text
    where = [(landed(best.attention, source, best.text, (c.start, c.stop), after=begun), c) for c in missing]
    # A term whose place is nowhere after the prefix was left out by the model: it comes at the end.
    cut, first = min(((span[0] if span else len(best.text), c) for span, c in where), key=lambda pair: pair[0])
    before = english.agreeing(english.followed(best.text[:cut], ""), first.target)
    prefix = before + english.written(before, first.target, first.case)
    return replace(draft, prefix=prefix, placed=draft.placed + 1)


PREFIX = Rung("prefix", _offers)
