"""Batches in which a sentence's neighbours never change it.

A batch is as wide as its longest source, and the width decides how sums are rounded, and with them now and then a word
(1 sentence of 38, measured). So widths come in steps: a source goes into the batch of the next step up, and where none
of its neighbours is as long as the step, a *filler* of that length, thrown away afterwards, is. The same source then
meets the same width alone and in company, and its English and its score are the same to the last bit.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

STEP = 32
"""Pieces between one width and the next."""
PIECES = 2048
"""Pieces a batch, padding included: large enough for matrix products to pay, small enough to stay in the cache."""
_FEW = 4
"""Rows below which a batch is not split for the sake of an idle core: it would save no time."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows to compute together."""

    members: tuple[int, ...]
    """Which of the rows asked about."""
    width: int
    """Pieces of the longest source, a filler's included."""
    depth: int
    """The same of the English that is given."""
    filler: bool
    """Whether a filler must be added for the batch to be as wide and deep as it says."""


def batches(lengths: Sequence[tuple[int, int]], *, threads: int) -> list[Batch]:
    """Rows of so many source and so many English pieces in batches, the largest first, one a thread if that pays."""
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, (width, depth) in enumerate(lengths):
        groups[_step(width), _step(depth)].append(index)
    share = sum(width * len(members) for (width, _), members in groups.items()) / threads
    made = [
        Batch(tuple(part), width, depth, all(lengths[i] != (width, depth) for i in part))
        for (width, depth), members in groups.items()
        for part in _parts(sorted(members, key=lambda i: lengths[i]), width, share)
    ]
    return sorted(made, key=lambda batch: batch.width * len(batch.members), reverse=True)


def _step(length: int) -> int:
    return -(-length // STEP) * STEP


def _parts(members: Sequence[int], width: int, share: float) -> list[Sequence[int]]:
    most = max(1, min(PIECES // width, max(_FEW, round(share / width))))
    count = -(-len(members) // most)
    ends = [len(members) * part // count for part in range(count + 1)]
    return [members[start:end] for start, end in itertools.pairwise(ends)]
