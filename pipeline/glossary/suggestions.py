"""Candidates as rows to paste: with what the term bank would say, or what their sentences say now."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pipeline.document import Pair
from pipeline.glossary.candidates import Candidate, candidates
from pipeline.glossary.entry import Entry, Status
from pipeline.glossary.glossary import Glossary, layered

LONGEST_RENDERING = 6
"""English words that a rendering may have."""
SURE = 0.8
"""Dice coefficient from which an English phrase is taken for the rendering of a Chinese one."""

_EDGE = frozenset((
    "a", "an", "the", "of", "to", "in", "on", "at", "for", "and", "or", "with", "by", "from",
    "as", "is", "are", "was", "were", "be", "been", "that", "which", "this", "its", "it", "has", "have",
    "will",
))  # fmt: skip


def suggest(
    pairs: Sequence[Pair], glossary: Glossary, bank: Glossary, *, least: int = 3, most: int = 50
) -> tuple[Entry, ...]:
    """Proposed entries for terms that stand at least `least` times in the pairs and are not in the glossary.

    First what the bank knows and does not apply by itself, then candidates found by statistics, each with the English
    that their translations share, or with none where they share none; `most` in all. The note says how often and where.
    """
    known = _of_bank(pairs, glossary, bank, least)
    found = candidates([pair.sentence for pair in pairs], layered([glossary, bank]), least=least)
    return (*known, *(_entry(c.source, rendering(c, pairs), c.sentences, c.count) for c in found))[:most]


def rendering(candidate: Candidate, pairs: Sequence[Pair]) -> str:
    """The English phrase that stands in the candidate's sentences and in no others, as far as one does.

    By the Dice coefficient over sentences (Smadja, McKeown and Hatzivassiloglou, "Translating collocations for
    bilingual lexicons", 1996); of equals the longest. Empty below SURE, or where it stands in a single sentence.
    """
    inside = frozenset(candidate.sentences)
    if len(inside) < 2:  # noqa: PLR2004 - one sentence cannot tell its phrases apart
        return ""
    with_phrase: defaultdict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        for phrase in set(_phrases(pair.target)):
            with_phrase[phrase].add(pair.sentence.id)
    likely = {p for p, where in with_phrase.items() if len(where & inside) > 1}
    best = max(likely, key=lambda p: (_dice(inside, with_phrase[p]), p.count(" "), p), default="")
    return best if best and _dice(inside, with_phrase[best]) >= SURE else ""


def _of_bank(pairs: Sequence[Pair], glossary: Glossary, bank: Glossary, least: int) -> Iterator[Entry]:
    counts: Counter[Entry] = Counter()
    where: defaultdict[Entry, list[str]] = defaultdict(list)
    free = Glossary(entry for entry in layered([glossary, bank]) if entry.fires)
    for pair, match in zip(pairs, free.match_all([pair.sentence for pair in pairs]), strict=True):
        for constraint in match.constraints:
            entry = bank.find(constraint.source)
            if entry is not None and glossary.find(constraint.source) is None:
                counts[entry] += 1
                where[entry].append(pair.sentence.id)
    for entry, count in counts.most_common():
        if count >= least:
            use = dict(entry.extra).get("use", "")
            yield _entry(entry.source, entry.target, tuple(dict.fromkeys(where[entry])), count, f"term bank: {use}; ")


def _entry(source: str, target: str, where: Sequence[str], count: int, remark: str = "") -> Entry:
    note = f"{remark}{count} times, first in {', '.join(where[:3])}"
    return Entry(source, target, note=note, status=Status.PROPOSED)


def _phrases(english: str) -> Iterator[str]:
    for clause in re.split(r"[^\w\s'’-]+", english):
        words = clause.split()
        for length in range(1, LONGEST_RENDERING + 1):
            for at in range(len(words) - length + 1):
                phrase = words[at : at + length]
                if phrase[0].lower() not in _EDGE and phrase[-1].lower() not in _EDGE:
                    yield " ".join(phrase)


def _dice(one: frozenset[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))
