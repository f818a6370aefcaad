"""Candidates as rows to paste: with what the term bank would say, or what their sentences say now."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

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
    pairs: Mapping[str, Iterable[Pair]], glossary: Glossary, bank: Glossary, *, least: int = 3, most: int = 50
) -> tuple[Entry, ...]:
    """Proposed entries for terms that stand at least `least` times in the pairs of all bulletins, given by slug.

    First what the `bank` knows and the glossary, all layers of it, does not apply; then candidates found by statistics,
    each with the English that their translations share, or with none where they share none; `most` in all. The note
    says how often and where.
    """
    return _suggested(
        [_of_bulletin(slug, pair) for slug, some in pairs.items() for pair in some], glossary, bank, least, most
    )


def _of_bulletin(slug: str, pair: Pair) -> Pair:
    """The pair with an id that is its own among all bulletins."""
    return replace(pair, sentence=replace(pair.sentence, id=f"{slug} {pair.sentence.id}"))


def _suggested(pairs: Sequence[Pair], glossary: Glossary, bank: Glossary, least: int, most: int) -> tuple[Entry, ...]:
    known = tuple(_of_bank(pairs, glossary, bank, least))[:most]
    found = candidates([pair.sentence for pair in pairs], layered([glossary, bank]), least=least)
    found = found[: most - len(known)]
    english = renderings(found, pairs)
    return (*known, *(_entry(c.source, english[c.source], c.sentences, c.count) for c in found))


def renderings(found: Sequence[Candidate], pairs: Sequence[Pair]) -> dict[str, str]:
    """For each candidate the English phrase that stands in its sentences and in no others, as far as one does.

    By the Dice coefficient over sentences (Smadja, McKeown and Hatzivassiloglou, "Translating collocations for
    bilingual lexicons", 1996); of equals the longest. Empty below SURE, or where it stands in a single sentence.
    """
    inside = {candidate.source: frozenset(candidate.sentences) for candidate in found}
    asked = frozenset[str]().union(*inside.values())
    phrases = {pair.sentence.id: set(_phrases(pair.target)) for pair in pairs if pair.sentence.id in asked}
    shared = {
        source: {phrase: count for phrase, count in _counted(phrases, ids).items() if count > 1}
        for source, ids in inside.items()
    }
    wanted = frozenset[str]().union(*shared.values())
    everywhere = Counter(phrase for pair in pairs for phrase in set(_phrases(pair.target)) & wanted)
    return {source: _best(shared[source], everywhere, len(ids)) for source, ids in inside.items()}


def _counted(phrases: Mapping[str, set[str]], ids: Iterable[str]) -> Counter[str]:
    return Counter(phrase for sentence_id in ids for phrase in phrases[sentence_id])


def _best(shared: Mapping[str, int], everywhere: Mapping[str, int], sentences: int) -> str:
    """The phrase with the highest Dice coefficient, where it reaches SURE."""
    dice = {phrase: 2 * both / (sentences + everywhere[phrase]) for phrase, both in shared.items()}
    best = max(dice, key=lambda phrase: (dice[phrase], phrase.count(" "), phrase), default="")
    return best if best and dice[best] >= SURE else ""


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
