"""Rung *inline*: ⟦source⦂target⟧ in the source, for a model that was trained to obey it.

After Dinu et al. 2019, "Training neural machine translation to apply terminology constraints": source and target stand
side by side in the input, and training has taught the model to copy the target.

A copy that went slightly wrong is mended, and a term that was not copied is exchanged for what the model wrote in its
place; both are offered after what the model said by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.translate.engine import Decoding, Engine, Hypothesis, Markup
from pipeline.translate.passage import Passage
from pipeline.translate.rung import Offer, Offers, Rung
from pipeline.translate.rungs.misspelt import mended
from pipeline.translate.rungs.substitute import substituted
from pipeline.translate.rungs.written import Written, annotated
from pipeline.translate.verify import verify


def _offers(passages: Sequence[Passage], engine: Engine, options: Decoding) -> tuple[Offers, ...]:
    if engine.markup is None:
        return ((),) * len(passages)
    return _said(passages, [annotated(passage, engine.markup) for passage in passages], engine, options)


def _fewer(passages: Sequence[Passage], engine: Engine, options: Decoding) -> tuple[Offers, ...]:
    """With those terms alone that the model does not say by itself: every mark takes it further from its sentence."""
    if (markup := engine.markup) is None:
        return ((),) * len(passages)
    bound = [passage for passage in passages if passage.constraints]
    plain = engine.translate([passage.text for passage in bound], options, attend=True) if bound else ()
    lacking = {passage: _lacking(passage, beam[0].text, markup) for passage, beam in zip(bound, plain, strict=True)}
    return _said(passages, [lacking.get(passage, Written("", ())) for passage in passages], engine, options)


def _lacking(passage: Passage, text: str, markup: Markup) -> Written:
    said = {span.constraint for span in verify(passage, text).spans}
    few = replace(passage, constraints=tuple(c for i, c in enumerate(passage.constraints) if i not in said))
    return annotated(few, markup)


def _said(
    passages: Sequence[Passage], sources: Sequence[Written], engine: Engine, options: Decoding
) -> tuple[Offers, ...]:
    usable = [
        (passage, source)
        for passage, source in zip(passages, sources, strict=True)
        if passage.constraints and engine.fits(source.text)
    ]
    beams = engine.translate([source.text for _, source in usable], options, attend=True) if usable else ()
    found = {
        passage: tuple(_said_and_mended(passage, source, beam))
        for (passage, source), beam in zip(usable, beams, strict=True)
    }
    return tuple(found.get(passage, ()) for passage in passages)


def _said_and_mended(passage: Passage, source: Written, beam: Sequence[Hypothesis]) -> Iterable[Offer]:
    yield from (Offer(h.text, h.finished) for h in beam)
    yield from (Offer(text, h.finished) for h in beam if (text := mended(passage, h.text)) is not None)
    if len(source.spans) == len(passage.constraints) and (text := substituted(passage, source, beam[0])) is not None:
        yield Offer(text, beam[0].finished)


INLINE = Rung("inline", _offers)
INLINE_FEWER = Rung("inline", _fewer)
