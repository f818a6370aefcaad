"""What every rung of the ladder is: a function from passages to English texts that may satisfy their constraints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.translate.engine import Decoding, Engine
from pipeline.translate.passage import Passage


@dataclass(frozen=True, slots=True)
class Offer:
    """A text that a rung proposes; the ladder tidies, verifies and scores it."""

    text: str
    finished: bool = True
    score: float | None = None
    """The model's own for the plain source, where the rung knows it already."""


Offers = tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """One way of making the model keep its terms."""

    name: str
    """As Pair.rung and the tables print it."""
    offer: Callable[[Sequence[Passage], Engine, Decoding], tuple[Offers, ...]]
    """For each passage what this rung can offer, nothing where it does not apply; one batch for all of them."""
    weighed: bool = False
    """Whether the model's score for the plain source decides between offers equally good; else the first is taken."""
    forced: bool = False
    """Whether its offers are taken even where the model would not have them, and a reviewer must look."""


def asked(sources: Sequence[str | None], engine: Engine, options: Decoding) -> tuple[Offers, ...]:
    """Offers made of the hypotheses for rewritten sources; nothing for a source that is None or does not fit."""
    usable = [source for source in sources if source is not None and engine.fits(source)]
    distinct = tuple(dict.fromkeys(usable))
    found = dict(zip(distinct, engine.translate(distinct, options) if distinct else (), strict=True))
    return tuple(
        tuple(Offer(h.text, h.finished) for h in found.get(source, ())) if source is not None else ()
        for source in sources
    )
