"""Rung *plain*: the model alone. What it says by itself is the best it can say, if it keeps the terms."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.translate.engine import Decoding, Engine
from pipeline.translate.passage import Passage
from pipeline.translate.rung import Offer, Offers, Rung


def _offers(passages: Sequence[Passage], engine: Engine, options: Decoding) -> tuple[Offers, ...]:
    # Where the model looked changes nothing and costs nothing to ask; the rungs below want to see it.
    beams = engine.translate([passage.text for passage in passages], options, attend=True) if passages else ()
    return tuple(tuple(Offer(h.text, h.finished, h.score) for h in beam) for beam in beams)


PLAIN = Rung("plain", _offers)
