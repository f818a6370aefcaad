"""Sentences that need no model: where the constraints say it all, or there is no Chinese in the rest."""

from __future__ import annotations

from pipeline import english
from pipeline.translate.passage import HAN, Passage


def fixed(passage: Passage) -> str | None:
    """The English of a passage without Chinese outside its constraints: terms, figures, stops; None for any other.

    Latin text between the terms stays as it is.
    """
    gaps = tuple(passage.gaps())
    if any(HAN.search(gap) for gap in gaps):
        return None
    text = ""
    targets = [*((constraint.target, constraint.case) for constraint in passage.constraints), None]
    for gap, following in zip(gaps, targets, strict=True):
        text += gap
        if following is not None:
            text = english.followed(text, "") if passage.constraints else text
            text += english.written(text, *following)
    return text
