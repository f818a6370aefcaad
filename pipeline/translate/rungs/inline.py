"""Rung *inline*: ⟦source⦂target⟧ in the source, for a model that was trained to obey it.

After Dinu et al. 2019, "Training neural machine translation to apply terminology constraints": source and target stand
side by side in the input, and training has taught the model to copy the target.

Two sources are offered to the model: one with every term written in, and one with those alone that it does not say by
itself, since every mark takes it a little further from the sentence it would have written. A copy that went slightly
wrong is mended and offered too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.translate.engine import Decoding, Engine, Markup
from pipeline.translate.passage import Passage
from pipeline.translate.rung import Offer, Offers, Rung, asked
from pipeline.translate.rungs.misspelt import mended
from pipeline.translate.verify import verify


def annotated(passage: Passage, markup: Markup) -> str:
    """The passage with every constraint written in the engine's notation."""
    marked = [f"{markup.open}{c.source}{markup.separator}{c.target}{markup.close}" for c in passage.constraints]
    return passage.with_each(marked)


def _offers(passages: Sequence[Passage], engine: Engine, options: Decoding) -> tuple[Offers, ...]:
    markup = engine.markup
    if markup is None:
        return ((),) * len(passages)
    needed = _unsaid([p for p in passages if p.constraints], engine, options)
    whole = [annotated(p, markup) if p.constraints else None for p in passages]
    fewer = [annotated(needed[p], markup) if p.constraints else None for p in passages]
    found = asked([*whole, *fewer], engine, options)
    both = zip(passages, found[: len(passages)], found[len(passages) :], strict=True)
    return tuple(_with_mended(passage, tuple(dict.fromkeys(a + b))) for passage, a, b in both)


def _unsaid(passages: Sequence[Passage], engine: Engine, options: Decoding) -> dict[Passage, Passage]:
    """Each passage with those of its constraints alone that the model's own translation lacks."""
    plain = engine.translate([p.text for p in passages], options) if passages else ()
    return {passage: _lacking(passage, beam[0].text) for passage, beam in zip(passages, plain, strict=True) if beam}


def _lacking(passage: Passage, text: str) -> Passage:
    said = {span.constraint for span in verify(passage, text).spans}
    return replace(passage, constraints=tuple(c for i, c in enumerate(passage.constraints) if i not in said))


def _with_mended(passage: Passage, offers: Offers) -> Offers:
    repaired = (Offer(text, o.finished) for o in offers if (text := mended(passage, o.text)) is not None)
    return (*offers, *repaired)


INLINE = Rung("inline", _offers)
