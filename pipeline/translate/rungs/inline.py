"""Rung *inline*: ⟦source⦂target⟧ in the source, for a model that was trained to obey it.

After Dinu et al. 2019, "Training neural machine translation to apply terminology constraints": source and target stand
side by side in the input, and training has taught the model to copy the target.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.translate.engine import Decoding, Engine, Markup
from pipeline.translate.passage import Passage
from pipeline.translate.rung import Offers, Rung, asked


def annotated(passage: Passage, markup: Markup) -> str:
    """The passage with every constraint written in the engine's notation."""
    marked = [f"{markup.open}{c.source}{markup.separator}{c.target}{markup.close}" for c in passage.constraints]
    return passage.with_each(marked)


def _offers(passages: Sequence[Passage], engine: Engine, options: Decoding) -> tuple[Offers, ...]:
    markup = engine.markup
    if markup is None:
        return ((),) * len(passages)
    return asked([annotated(passage, markup) if passage.constraints else None for passage in passages], engine, options)


INLINE = Rung("inline", _offers)
