"""Rung *code-switch*: the English target stands in the Chinese source, and the model copies it.

After Song et al. 2019, "Code-switching for enhancing NMT with pre-specified translation"; models that were never
trained for it often copy Latin script all the same, because their training text holds names in it.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.translate.engine import Decoding, Engine
from pipeline.translate.passage import Passage
from pipeline.translate.rung import Offers, Rung, asked


def _offers(passages: Sequence[Passage], engine: Engine, options: Decoding) -> tuple[Offers, ...]:
    return asked([_switched(passage) if passage.constraints else None for passage in passages], engine, options)


def _switched(passage: Passage) -> str:
    return passage.with_each([constraint.target for constraint in passage.constraints])


CODE_SWITCH = Rung("code-switch", _offers)
