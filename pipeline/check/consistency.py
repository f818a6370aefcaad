"""Whether a bulletin says the same thing in the same words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.check.finding import Complaint, note, warning
from pipeline.document import Origin, Pair, PairOrigin

_LONG_ENOUGH = 4
"""Chinese characters from which a sentence that comes again is meant to be the same one."""
Said = tuple[str, Complaint]


def consistency(pairs: Sequence[Pair]) -> Iterator[Said]:
    """The same sentence, or the same term, is said in two ways in one bulletin."""
    yield from _sentences(pairs)
    yield from _terms(pairs)


def _sentences(pairs: Sequence[Pair]) -> Iterator[Said]:
    """The model for all is the one that a reviewer approved, else the first. Case is the headline's affair."""
    alike: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if len(pair.sentence.text.strip()) >= _LONG_ENOUGH:
            alike[pair.sentence.text.strip()].append(pair)
    for same in alike.values():
        first = min(same, key=lambda pair: pair.origin is not PairOrigin.REVIEWED)
        for pair in same:
            if pair.target.casefold() != first.target.casefold():
                yield pair.sentence.id, warning(f"The same Chinese reads otherwise in {first.sentence.id}.")


def _terms(pairs: Sequence[Pair]) -> Iterator[Said]:
    """A term in another of its accepted wordings than the one most used; number and case are grammar's affair."""
    places: defaultdict[str, dict[str, list[tuple[str, str]]]] = defaultdict(dict)
    for pair in pairs:
        for span in pair.target_spans:
            constraint = pair.constraints[span.constraint]
            if constraint.origin is Origin.GLOSSARY and constraint.allowed:
                wording = pair.target[span.start : span.stop]
                places[constraint.source].setdefault(_bare(wording), []).append((pair.sentence.id, wording))
    for source, wordings in places.items():
        usual = max(wordings, key=lambda bare: len(wordings[bare]))
        where, said = wordings[usual][0]
        others = (place for bare, all_places in wordings.items() if bare != usual for place in all_places)
        for sentence, wording in others:
            yield sentence, note(f"{source} is “{wording}” here and “{said}” elsewhere, as in {where}.")


def _bare(wording: str) -> str:
    """A term's wording without case, article and plural."""
    words = wording.casefold().split()
    return " ".join(_singular(word) for word in words if word not in {"the", "a", "an"})


def _singular(word: str) -> str:
    """One form for a word and its plural; it need not be a word."""
    return re.sub(r"(?<=[sxz])es$|(?<=[cs]h)es$|(?<!s)s$", "", re.sub(r"ies$", "y", word))
