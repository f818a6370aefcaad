"""Frequent terms of several words that the glossary lacks, found in the words of the articles themselves."""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from pipeline.document import Sentence
from pipeline.glossary.glossary import Glossary
from pipeline.glossary.mistakes import HAN

LONGEST = 5
"""Words that a candidate may have."""
SIGNIFICANT = 10.83
"""The log-likelihood ratio beyond which two words stand together by chance once in a thousand times (χ², 1 d.f.)."""

# A numeral and its measure word: 一名, 两具.
_COUNTING = re.compile("[一二两三四五六七八九十百千万几数多每各][个名位具条项次批家所张种只件座名年月日天点]$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sequence of words that behaves like a term."""

    source: str
    count: int
    score: float
    """C-value: the higher, the more it is worth a rendering of its own."""
    sentences: tuple[str, ...]
    """Ids of the sentences that have it, in order."""


def candidates(sentences: Sequence[Sentence], glossary: Glossary, *, least: int = 3) -> tuple[Candidate, ...]:
    """Terms of two to five words that stand at least `least` times where no term of the glossary stands, best first.

    Words belong together where each neighbours the next significantly often: Dunning's log-likelihood ratio ("Accurate
    methods for the statistics of surprise and coincidence", 1993). What is left is ranked by C-value (Frantzi,
    Ananiadou and Mima, "Automatic recognition of multi-word terms", 2000), which counts a phrase inside longer ones
    only as far as it also stands alone.
    """
    runs = [(sentence.id, run) for sentence in sentences for run in _runs(sentence, glossary)]
    places = _places(runs, least)
    joined = _joined([run for _, run in runs])
    firm = {words: at for words, at in places.items() if all(pair in joined for pair in itertools.pairwise(words))}
    scores = c_values({words: len(at) for words, at in firm.items()})
    found = (
        Candidate("".join(words), len(at), scores[words], tuple(dict.fromkeys(at)))
        for words, at in firm.items()
        if scores[words] > 0
    )
    return tuple(sorted(found, key=lambda c: (-c.score, c.source)))


def log_likelihood(both: int, left: int, right: int, total: int) -> float:
    """Dunning's −2 log λ of a pair that stands `both` times in `total`, its words `left` and `right` times."""
    table = (both, left - both, right - both, total - left - right + both)
    rows, columns = (left, total - left), (right, total - right)
    expected = (row * column / total for row in rows for column in columns)
    return 2 * sum(seen * math.log(seen / mean) for seen, mean in zip(table, expected, strict=True) if seen > 0)


def c_values(counts: Mapping[tuple[str, ...], int]) -> dict[tuple[str, ...], float]:
    """Frantzi's C-value of each phrase among the others, from how often each stands in the texts."""
    around: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for words, count in counts.items():
        for part in set(_parts(words)):
            around[part].append(count)
    return {
        words: math.log2(len(words)) * (count - (sum(around[words]) / len(around[words]) if words in around else 0))
        for words, count in counts.items()
    }


def _runs(sentence: Sentence, glossary: Glossary) -> Iterator[tuple[str, ...]]:
    """Stretches of Chinese words between punctuation, figures and the glossary's terms."""
    taken = [(c.start, c.stop) for c in glossary.match(sentence).constraints]
    starts = itertools.accumulate(map(len, sentence.words), initial=0)
    free = (
        word if HAN.match(word) and not any(start < b and a < start + len(word) for a, b in taken) else ""
        for start, word in zip(starts, sentence.words, strict=False)
    )
    for chinese, words in itertools.groupby(free, key=bool):
        if chinese:
            yield tuple(words)


def _places(runs: Sequence[tuple[str, tuple[str, ...]]], least: int) -> dict[tuple[str, ...], list[str]]:
    found: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for sentence_id, run in runs:
        for length in range(2, LONGEST + 1):
            for at in range(len(run) - length + 1):
                words = run[at : at + length]
                if _could_be_a_term(words):
                    found[words].append(sentence_id)
    return {words: where for words, where in found.items() if len(where) >= least}


def _could_be_a_term(words: tuple[str, ...]) -> bool:
    edges = {words[0], words[-1]}
    return (
        not _COUNTING.match(words[0])
        and not edges & _never_at_the_edge()
        and all(len(word) > 1 for word in edges)
        and "的" not in words
    )


def _joined(runs: Sequence[tuple[str, ...]]) -> frozenset[tuple[str, str]]:
    """Pairs of neighbours that stand together significantly more often than by chance."""
    pairs = Counter(pair for run in runs for pair in itertools.pairwise(run))
    left, right = Counter[str](), Counter[str]()
    for (first, second), count in pairs.items():
        left[first] += count
        right[second] += count
    total = pairs.total()
    return frozenset(
        (first, second)
        for (first, second), both in pairs.items()
        if both * total > left[first] * right[second]
        and log_likelihood(both, left[first], right[second], total) > SIGNIFICANT
    )


def _parts(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The shorter phrases of two words and more inside a phrase."""
    for length in range(2, len(words)):
        for at in range(len(words) - length + 1):
            yield words[at : at + length]


@functools.cache
def _never_at_the_edge() -> frozenset[str]:
    text = resources.files("pipeline").joinpath("data", "never_at_the_edge.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
