"""Rung *placeholder*: a token that the model carries through stands for each term, and is exchanged afterwards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline import english
from pipeline.translate.engine import Decoding, Engine
from pipeline.translate.passage import Passage
from pipeline.translate.rung import Offers, Rung, asked

TOKENS = ("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8")
"""Measured: docs/terms.md says how often each kind survives. Words such as PI or G20 survive as often; but they
stand in real texts, and a reader would not know one that was left over from one that belongs."""


def _offers(passages: Sequence[Passage], engine: Engine, options: Decoding) -> tuple[Offers, ...]:
    offers = asked([_masked(passage) for passage in passages], engine, options)
    return tuple(_restored(passage, offered) for passage, offered in zip(passages, offers, strict=True))


def _masked(passage: Passage) -> str | None:
    count = len(passage.constraints)
    usable = 0 < count <= len(TOKENS) and not any(token in passage.text for token in TOKENS)
    return passage.with_each(TOKENS[:count]) if usable else None


def _restored(passage: Passage, offers: Offers) -> Offers:
    texts = ((unmasked(passage, offer.text), offer) for offer in offers)
    return tuple(replace(offer, text=text) for text, offer in texts if text is not None)


def unmasked(passage: Passage, text: str) -> str | None:
    """The text with each token exchanged for its term; None unless every token stands there exactly once."""
    for token, constraint in zip(TOKENS, passage.constraints, strict=False):
        found = re.findall(rf"(?<![\w-]){re.escape(token)}(?![\w-])", text)
        if len(found) != 1:
            return None
        before, after = re.split(rf"(?<![\w-]){re.escape(token)}(?![\w-])", text)
        before = english.agreeing(before, constraint.target)
        text = before + english.written(before, constraint.target, constraint.case) + after
    return text


PLACEHOLDER = Rung("placeholder", _offers)
