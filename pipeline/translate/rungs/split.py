"""Rung *split*: translate what stands around the terms, and set the terms between. Always possible, never elegant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline import english
from pipeline.translate.engine import Decoding, Engine
from pipeline.translate.passage import HAN, Passage
from pipeline.translate.rung import Offer, Offers, Rung

_CORE = re.compile(r"(?P<before>[\W_]*)(?P<core>.*?)(?P<after>[\W_]*)", re.DOTALL)
_PARTICLES = {
    **dict.fromkeys(("的", "地", "得", "了", "着", "之", "们", "将", "把"), ""),
    **dict.fromkeys(("和", "与", "及", "以及", "并"), "and"),
    **dict.fromkeys(("对", "向", "到", "至"), "to"),
    **dict.fromkeys(("由", "被"), "by"),
    **dict.fromkeys(("在", "于"), "in"),
    "或": "or",
    "为": "for",
    "从": "from",
    "是": "is",
    "等": "and others",
    "也": "also",
    "都": "all",
}
"""Chinese of one or two characters between two terms: alone, a model makes anything of it."""


def _offers(passages: Sequence[Passage], engine: Engine, options: Decoding) -> tuple[Offers, ...]:
    cores = {core for p in passages if p.constraints for gap in p.gaps() if _needs_model(core := _parts(gap)[1])}
    sources = sorted(cores)
    beams = engine.translate(sources, options) if sources else ()
    known = _PARTICLES | {source: beam[0].text for source, beam in zip(sources, beams, strict=True)}
    return tuple(_both(passage, known) if passage.constraints else () for passage in passages)


def _both(passage: Passage, known: dict[str, str]) -> Offers:
    """With the capitals that the model gave its fragments, and without; its score knows which are names."""
    small = {source: english.uncapitalised(english.tidy(text)) for source, text in known.items()}
    texts = dict.fromkeys((_assembled(passage, known), _assembled(passage, small)))
    return tuple(Offer(text) for text in texts)


def _parts(gap: str) -> tuple[str, str, str]:
    found = _CORE.fullmatch(gap)
    return (found["before"], found["core"], found["after"]) if found else ("", gap, "")


def _needs_model(core: str) -> bool:
    return core not in _PARTICLES and bool(HAN.search(core))


def _assembled(passage: Passage, known: dict[str, str]) -> str:
    text = ""
    targets = [*((c.target, c.case) for c in passage.constraints), None]
    for gap, following in zip(passage.gaps(), targets, strict=True):
        before, core, after = _parts(gap)
        text = english.followed(text + before, _fragment(known.get(core, core), first=not text)) + after
        if following is not None:
            text = english.agreeing(english.followed(text, ""), following[0])
            text += english.written(text, *following)
    return text


def _fragment(text: str, *, first: bool) -> str:
    text = english.tidy(text).rstrip(".,;:")
    return text if first else english.lowered(text)


SPLIT = Rung("split", _offers, weighed=True, forced=True)
