"""A glossary: entries in order, and what they say about a sentence."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.document import Constraint, Origin, Sentence
from pipeline.glossary.entry import Entry
from pipeline.glossary.matching import (
    Reason,
    Rejection,
    at_edge,
    edges,
    excepted,
    longest,
    nesting,
    overlap,
    straddled,
    whole_words,
)
from pipeline.glossary.precedence import overruled, ranks
from pipeline.glossary.scan import Hit, Scanner
from pipeline.glossary.variants import fold


class Match(NamedTuple):
    """What a glossary says about one sentence."""

    constraints: tuple[Constraint, ...]
    """In order; none overlaps another."""
    rejections: tuple[Rejection, ...]
    """Hits that were not taken, in order."""


_NOTHING = Match((), ())


class Glossary:
    """Entries whose sources differ, also when folded. Immutable; the automaton is built when it is first needed."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Keeps the order of `entries`; ValueError where two have one source."""
        self.entries = tuple(entries)
        self._by_source = {fold(entry.source): entry for entry in self.entries}
        if len(self._by_source) != len(self.entries):
            raise ValueError("two entries have the same source; layered() and parse() see to that")

    def __len__(self) -> int:
        """How many entries, retired ones too."""
        return len(self.entries)

    def __iter__(self) -> Iterator[Entry]:
        """The entries, in order."""
        return iter(self.entries)

    def find(self, source: str) -> Entry | None:
        """The entry for a source, in whichever variant of its characters."""
        return self._by_source.get(fold(source))

    @functools.cached_property
    def sha256(self) -> str:
        """Hash of all that the entries say, in hex; neither their order nor their line numbers matter."""
        said = sorted(json.dumps(_content(entry), ensure_ascii=False) for entry in self.entries)
        return hashlib.sha256("\n".join(said).encode()).hexdigest()

    @functools.cached_property
    def firing(self) -> tuple[Entry, ...]:
        """The entries that are applied to text: neither retired nor overruled by a stronger layer's shorter term."""
        alive = tuple(entry for entry in self.entries if entry.fires)
        silent = overruled(alive)
        return tuple(entry for entry in alive if entry.source not in silent)

    @functools.cached_property
    def _ranks(self) -> tuple[int, ...]:
        rank = ranks(self.entries)
        return tuple(rank[entry.layer] for entry in self.firing)

    @functools.cached_property
    def _contexts(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(map(fold, entry.except_)) for entry in self.firing)

    @functools.cached_property
    def _scanner(self) -> Scanner:
        return Scanner([entry.source for entry in self.firing])

    def scan(self, text: str) -> list[Hit]:
        """Every occurrence of every firing entry in a text of any length, before words and exceptions are asked.

        `term` of a hit counts in `firing`. In order of the stops of the hits.
        """
        return self._scanner.scan(text)

    def match(self, sentence: Sentence) -> Match:
        """The terms of a sentence, in order and never overlapping; and what only looked like one."""
        return self.match_all([sentence])[0]

    def match_all(self, sentences: Sequence[Sentence]) -> tuple[Match, ...]:
        """What `match` says of each sentence; where most have no term, several times as fast as one by one."""
        hits = self._scanner.scan_each([sentence.text for sentence in sentences])
        return tuple(self._judged(s, hits[n]) if n in hits else _NOTHING for n, s in enumerate(sentences))

    def _judged(self, sentence: Sentence, hits: Sequence[Hit]) -> Match:
        doubts = self._doubts(sentence, hits)
        taken = longest([hit for hit in hits if hit not in doubts], self._ranks)
        kept = set(taken)
        rejected = sorted(hit for hit in hits if hit not in kept)
        return Match(
            tuple(_constraint(sentence.text, hit, self.firing[hit.term]) for hit in taken),
            tuple(self._rejection(sentence, hit, taken, doubts.get(hit)) for hit in rejected),
        )

    def _doubts(self, sentence: Sentence, hits: Sequence[Hit]) -> dict[Hit, tuple[Reason, str]]:
        """Why hits are not terms, whatever else stands in the sentence; the words they cut are left to be told."""
        at, doubts = edges(sentence.words), self._exceptions(sentence.text, hits)
        # The tokenizer takes an excepted term for a word as well: what begins or ends it is whole nevertheless.
        opened = tuple(doubts)
        for hit in hits:
            if hit not in doubts and not (whole_words(sentence.text, at, hit) or any(at_edge(hit, o) for o in opened)):
                doubts[hit] = Reason.WORD_BOUNDARY, ""
        return doubts

    def _exceptions(self, text: str, hits: Sequence[Hit]) -> dict[Hit, tuple[Reason, str]]:
        limited = [hit for hit in hits if self._contexts[hit.term]]
        folded = fold(text) if limited else ""
        around = ((hit, excepted(folded, self._contexts[hit.term], hit)) for hit in limited)
        return {hit: (Reason.EXCEPTION, context) for hit, context in around if context}

    def _rejection(
        self, sentence: Sentence, hit: Hit, taken: Sequence[Hit], doubt: tuple[Reason, str] | None
    ) -> Rejection:
        reason, context = nesting(sentence.text, hit, taken) or doubt or overlap(sentence.text, hit, taken)
        context = context or straddled(sentence.words, hit)
        return Rejection(hit.start, hit.stop, self.firing[hit.term], reason, context)


def layered(layers: Sequence[Glossary]) -> Glossary:
    """One glossary of many, the first layer that knows a source deciding: it may also retire what a lower one says.

    The order of a bulletin: an article's own terms, glossary.csv, the layers of bulletin.toml, the term bank.
    """
    known: dict[str, Entry] = {}
    for entry in (entry for layer in layers for entry in layer):
        known.setdefault(fold(entry.source), entry)
    return Glossary(known.values())


def _constraint(text: str, hit: Hit, entry: Entry) -> Constraint:
    return Constraint(
        hit.start,
        hit.stop,
        text[hit.start : hit.stop],
        entry.target,
        Origin.GLOSSARY,
        allowed=entry.allowed,
        forbidden=entry.forbidden,
        case=entry.case,
        layer=entry.layer,
        note=entry.note,
    )


def _content(entry: Entry) -> list[object]:
    said = [entry.source, entry.target, entry.allowed, entry.forbidden, entry.except_]
    return [*said, entry.case, entry.note, entry.status, entry.layer, entry.extra]
