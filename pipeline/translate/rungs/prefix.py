"""Rung *prefix*: decode, see by attention where a term should stand, put it there, and let the model go on from it.

The term and all before it are given to the decoder as what it has already said, so that what follows agrees with it.
Terms are placed one after another, in the order of the English, all passages of a round in one batch. The first draft
with its renderings merely exchanged (`substitute`) is offered beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline import english
from pipeline.translate.align import landed
from pipeline.translate.engine import Decoding, Engine, Hypothesis
from pipeline.translate.passage import Passage
from pipeline.translate.rung import Offer, Offers, Rung
from pipeline.translate.rungs.substitute import substituted
from pipeline.translate.rungs.written import Written, annotated, bare

_NARROW = 2
"""Beam of what goes on from a prefix."""

Beam = tuple[Hypothesis, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A passage on its way: English begun with `prefix`, in which `placed` terms were put by hand."""

    passage: Passage
    source: Written
    prefix: str = ""
    placed: int = 0
    beam: Beam = ()


def _offers(passages: Sequence[Passage], engine: Engine, options: Decoding) -> tuple[Offers, ...]:
    return _continued({p: bare(p) for p in passages if p.constraints}, passages, engine, options)


def _obeying(passages: Sequence[Passage], engine: Engine, options: Decoding) -> tuple[Offers, ...]:
    """With the terms in the engine's notation: most it says by itself, and few must be put there by hand."""
    markup = engine.markup
    sources = {p: annotated(p, markup) for p in passages if p.constraints} if markup is not None else {}
    return _continued({p: s for p, s in sources.items() if engine.fits(s.text)}, passages, engine, options)


def _continued(
    sources: Mapping[Passage, Written], passages: Sequence[Passage], engine: Engine, options: Decoding
) -> tuple[Offers, ...]:
    begun = _decoded([_Draft(passage, source) for passage, source in sources.items()], engine, options)
    kept = {draft.passage: substituted(draft.passage, draft.source, draft.beam[0]) for draft in begun}
    drafts: dict[Passage, _Draft] = {}
    while begun:
        drafts |= {draft.passage: draft for draft in begun}
        begun = _decoded([placed for draft in begun if (placed := _placed(draft)) is not None], engine, options)
    return tuple(_offered(drafts[p], kept[p]) if p in drafts else () for p in passages)


def _offered(draft: _Draft, kept: str | None) -> Offers:
    continued = tuple(Offer(hypothesis.text, hypothesis.finished) for hypothesis in draft.beam)
    return continued if kept is None else (*continued, Offer(kept))


def _decoded(drafts: Sequence[_Draft], engine: Engine, options: Decoding) -> list[_Draft]:
    fitting = [draft for draft in drafts if engine.fits(draft.prefix)]
    if not fitting:
        return []
    sources, prefixes = [draft.source.text for draft in fitting], [draft.prefix for draft in fitting]
    # The first drafts are known from the rungs above. What is begun by hand has less to choose from, and costs most.
    begun = replace(options, beam=min(_NARROW, options.beam)) if any(prefixes) else options
    beams = engine.translate(sources, begun, prefixes, attend=True)
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
    best = draft.beam[0]
    missing = draft.source.missing(draft.passage, best.text)
    if not missing or best.attention is None or draft.placed == len(draft.passage.constraints):
        return None
    begun, source = len(draft.prefix), draft.source.text
    where = [(landed(best.attention, source, best.text, span, after=begun), c) for span, c in missing]
    # A term whose place is nowhere after the prefix was left out by the model: it comes at the end.
    cut, first = min(((span[0] if span else len(best.text), c) for span, c in where), key=lambda pair: pair[0])
    before = english.agreeing(english.followed(best.text[:cut], ""), first.target)
    prefix = before + english.written(before, first.target, first.case)
    return replace(draft, prefix=prefix, placed=draft.placed + 1)


PREFIX = Rung("prefix", _offers, weighed=True)
PREFIX_OBEYING = Rung("prefix", _obeying, weighed=True)
