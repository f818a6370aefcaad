"""Approved sentences that are much like a new one: offered to the reviewer, never applied.

Terms and numbers are masked on both sides: last month's “新增企业12家” helps with “新增企业35家”.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from pipeline.approved.approvals import Approvals, Approved
from pipeline.constrain.numbers import numbers
from pipeline.glossary import Glossary

LEAST = 75
"""Percent below which a match helps nobody; the usual threshold of CAT tools."""
MOST = 3
_MASK, _ALIKE = "\ufffc", 99


@dataclass(frozen=True, slots=True)
class Match:
    """An approved sentence much like another."""

    approved: Approved
    percent: int
    """How much alike the two Chinese sentences are, terms and numbers masked: LEAST to 99; the same one is no match."""


def masked(text: str, terms: Glossary) -> str:
    """The text with each number and each fixed term as one mark."""
    spans = sorted([(n.start, n.stop) for n in numbers(text)] + [(h.start, h.stop) for h in terms.scan(text)])
    pieces, at = [], 0
    for start, stop in spans:
        if start >= at:
            pieces += [text[at:start], _MASK]
        at = max(at, stop)
    return "".join([*pieces, text[at:]])


class Fuzzy:
    """Approvals, ready to be searched for likeness."""

    def __init__(self, approvals: Approvals, mask: Callable[[str], str] = str) -> None:
        """`mask` is applied to every sentence before it is compared."""
        self._mask = mask
        self._known = tuple(approvals)
        self._masked = [mask(one.source) for one in self._known]

    def matches(self, source: str, *, least: int = LEAST, most: int = MOST) -> tuple[Match, ...]:
        """At most `most` approved sentences that are at least `least` percent alike, the best first.

        The likeness is the normalised insertion-deletion similarity over characters (rapidfuzz's ratio).
        """
        found = process.extract(self._mask(source), self._masked, scorer=fuzz.ratio, score_cutoff=least, limit=most + 1)
        others = [(self._known[index], score) for _, score, index in found if self._known[index].source != source]
        return tuple(Match(one, min(int(score), _ALIKE)) for one, score in others[:most])
