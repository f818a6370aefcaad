"""Where each term was used in what was translated, what became of it, and how often it had to be forced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.document import Origin, Pair, PairOrigin
from pipeline.glossary.entry import Entry
from pipeline.glossary.glossary import Glossary
from pipeline.glossary.matching import Rejection


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where a term applied."""

    article: str
    """The slug of the bulletin."""
    sentence_id: str
    english: tuple[str, ...]
    """What stands for it in the sentence's English, each place once; empty where the term is not realised."""
    forced: bool
    """Whether the sentence had to be translated around its terms."""


@dataclass(frozen=True, slots=True)
class Usage:
    """An entry and all its places."""

    entry: Entry
    occurrences: tuple[Occurrence, ...]
    rejections: tuple[tuple[str, str, Rejection], ...] = ()
    """Where it only seemed to apply: slug, sentence id, and why not."""

    @property
    def forced(self) -> int:
        """How many of its occurrences were forced."""
        return sum(occurrence.forced for occurrence in self.occurrences)

    @property
    def missed(self) -> int:
        """How many of its occurrences are not realised in the English."""
        return sum(not occurrence.english for occurrence in self.occurrences)

    @property
    def renderings(self) -> tuple[tuple[str, int], ...]:
        """The English forms it took and how often, the most frequent first."""
        counted = Counter(form for occurrence in self.occurrences for form in occurrence.english)
        return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def usage(glossary: Glossary, pairs: Mapping[str, Iterable[Pair]]) -> tuple[Usage, ...]:
    """Every entry of the glossary, in its order, used or not, with its places in the pairs of each bulletin, by slug.

    Places come from the pairs' own constraints, so they are what was translated; rejections from matching anew.
    """
    occurrences: dict[Entry, list[Occurrence]] = {entry: [] for entry in glossary}
    rejections: dict[Entry, list[tuple[str, str, Rejection]]] = {entry: [] for entry in glossary}
    for slug, some in pairs.items():
        known = tuple(some)
        for entry, occurrence in _places(glossary, slug, known):
            occurrences[entry].append(occurrence)
        for pair, match in zip(known, glossary.match_all([pair.sentence for pair in known]), strict=True):
            for rejection in match.rejections:
                rejections[rejection.entry].append((slug, pair.sentence.id, rejection))
    return tuple(Usage(entry, tuple(occurrences[entry]), tuple(rejections[entry])) for entry in glossary)


def _places(glossary: Glossary, slug: str, pairs: Iterable[Pair]) -> Iterable[tuple[Entry, Occurrence]]:
    for pair in pairs:
        for number, constraint in enumerate(pair.constraints):
            entry = glossary.find(constraint.source) if constraint.origin is Origin.GLOSSARY else None
            if entry is not None:
                yield entry, _occurrence(slug, pair, number)


def _occurrence(slug: str, pair: Pair, number: int) -> Occurrence:
    spans = (span for span in pair.target_spans if span.constraint == number)
    english = tuple(pair.target[span.start : span.stop] for span in spans)
    return Occurrence(slug, pair.sentence.id, english, pair.origin is PairOrigin.FORCED)
