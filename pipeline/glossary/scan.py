"""Where any of many terms stands in a text, in one pass: Aho and Corasick 1975, by daachorse."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from daachorse import CharwiseDoubleArrayAhoCorasick

from pipeline.glossary.variants import any_of, fold, variants


class Hit(NamedTuple):
    """Characters [start, stop) of a text are the term of this number, counted from 0."""

    start: int
    stop: int
    term: int


class Scanner:
    """Finds every occurrence of its terms, overlapping and nested ones too, in any variant."""

    def __init__(self, terms: Sequence[str]) -> None:
        """`terms` are distinct when folded, and none is empty."""
        folded = [fold(term) for term in terms]
        alphabet = set("".join(folded))
        # A variant whose base is in no term cannot matter: most punctuation, which is most of what there is to fold.
        self._bases = {variant: base for variant, base in variants().items() if base in alphabet}
        self._variant = any_of(self._bases)
        self._automaton = CharwiseDoubleArrayAhoCorasick(folded) if folded else None

    def scan(self, text: str) -> list[Hit]:
        """All hits, by their stop, then by their start; offsets into `text` as given."""
        if self._automaton is None:
            return []
        folded = self._variant.sub(lambda found: self._bases[found[0]], text)
        return [Hit(*found) for found in self._automaton.find_overlapping(folded)]

    def scan_each(self, texts: Sequence[str]) -> Mapping[int, list[Hit]]:
        """The hits of each text that has any, by its number; one pass over them all, for a pass has its price."""
        starts = list(itertools.accumulate((len(text) + 1 for text in texts), initial=0))
        found: defaultdict[int, list[Hit]] = defaultdict(list)
        for start, stop, term in self.scan("\n".join(texts)):  # no term has a line break in it
            number = bisect_right(starts, start) - 1
            found[number].append(Hit(start - starts[number], stop - starts[number], term))
        return found
