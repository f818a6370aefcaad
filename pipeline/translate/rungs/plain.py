"""Rung *plain*: the model alone. What it says by itself is the best it can say, if it keeps the terms."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.translate.engine import Decoding, Engine
from pipeline.translate.passage import Passage
from pipeline.translate.rung import Offer, Offers, Rung


def _offers(passages: Sequence[Passage], engine: Engine, options: Decoding) -> tuple[Offers, ...]:
    found: dict[Passage, Offers] = {}
    # Where a term may be missing, the rungs below want to see where the model looked.
    for bound in (False, True):
        asked = [passage for passage in passages if bool(passage.constraints) is bound]
        beams = engine.translate([passage.text for passage in asked], options, attend=bound) if asked else ()
        found |= {
            passage: tuple(Offer(h.text, h.finished, h.score) for h in beam)
            for passage, beam in zip(asked, beams, strict=True)
        }
    return tuple(found[passage] for passage in passages)


PLAIN = Rung("plain", _offers)
