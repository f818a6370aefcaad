"""Where a sentence that came back stands in what is printed: by its Chinese, whatever its number says. Pure."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from pipeline.document import Pair
from pipeline.review.judge import NAMES
from pipeline.review.values import Print, Returned, ReviewError, Row, folded, mark, shown, sought

_ALIKE = 50
"""Percent from which two Chinese sentences are worth showing side by side."""
_SEARCHES = 50
"""Refusals that look for the nearest sentence; with thousands of them it is the wrong file."""
_OTHERWISE, _LIKE, _LONG_ENOUGH = 65, 80, 20
"""Percent below which a correction is no edit of its own sentence's English, and from which it is one of another's; and
from how many characters on that says anything."""
_NOT_BY_CHANCE = 40
"""Characters from which on nobody makes the English of two different sentences the same."""
_DOUBTS = 200
"""Corrections for which another sentence is looked for; whoever writes thousands of sentences anew did not slip."""


@dataclass(frozen=True, slots=True)
class Place:
    """A Chinese sentence that is printed, once or several times."""

    slug: str
    """Of the first bulletin that has it."""
    pairs: tuple[Pair, ...]
    """Those that ask different things of their English; the first is where a row is said to belong."""
    sound: bool
    """Whether the checks of what is fixed found nothing in any of them."""

    @property
    def pair(self) -> Pair:
        """The first."""
        return self.pairs[0]

    @property
    def id(self) -> str:
        """Its number."""
        return self.pair.sentence.id

    @property
    def source(self) -> str:
        """Its Chinese, as it is printed."""
        return self.pair.sentence.text.strip()


@dataclass(slots=True)
class _Found:
    """All pairs of one Chinese sentence, by the bulletin and number they stand at."""

    at: dict[tuple[str, str], Pair] = field(default_factory=dict)


class Places:
    """Every sentence that is printed, found by its Chinese."""

    def __init__(self, prints: Sequence[Print]) -> None:
        self._by_text: dict[str, _Found] = {}
        self._by_id: dict[tuple[str, str], Pair] = {}
        self._unsound: set[tuple[str, str]] = set()
        for one in prints:
            for pair in one.pairs:
                self._by_text.setdefault(pair.sentence.text.strip(), _Found()).at[one.slug, pair.sentence.id] = pair
                self._by_id[one.slug, pair.sentence.id] = pair
            self._unsound.update((one.slug, finding.sentence_id) for finding in one.findings if finding.check in NAMES)
        self._slugs = {one.slug for one in prints}
        self._searches = self._doubts = 0

    @functools.cached_property
    def _alike(self) -> dict[str, _Found]:
        """By what remains of the Chinese when a program has changed blanks and quotation marks in it."""
        return {sought(text): found for text, found in reversed(self._by_text.items())}

    def _found(self, source: str) -> _Found | None:
        return self._by_text.get(source.strip()) or self._alike.get(sought(source))

    def find(self, row: Row) -> Place | None:
        """Where the Chinese of a row stands: at the row's own number if it does there too, else where it does first."""
        found = self._found(row.source)
        if found is None:
            return None
        own = (row.slug, row.id)
        first = own if own in found.at else next(iter(found.at))
        if len(found.at) == 1:
            return Place(first[0], (found.at[first],), first not in self._unsound)
        pairs = {found.at[first].constraints: found.at[first]}
        for pair in found.at.values():
            pairs.setdefault(pair.constraints, pair)
        return Place(first[0], tuple(pairs.values()), self._unsound.isdisjoint(found.at))

    def stranger(self, file: Returned) -> ReviewError | None:
        """A refusal of a whole file, none of whose sentences is printed here."""
        told = [row for row in file.rows if row.source.strip() and not row.fault]
        if any(self._found(row.source) for row in told) or (file.rows and not told):
            return None
        slugs = sorted({row.slug for row in file.rows} - {""})
        if not file.rows:
            return ReviewError("has no row below its header", path=file.name, remedy="is half of the file missing?")
        whose = f"is of the bulletin “{slugs[0]}”" if slugs else "is of another bulletin"
        what = f"{whose}: none of its {len(told):,} sentences is in output/"
        remedy = "build that bulletin first, if it is one of this project"
        if slugs and slugs[0] in self._slugs:
            what = f"{whose}, and none of its {len(told):,} Chinese sentences is as it is printed there"
            remedy = "the Chinese or the article was changed: correct a new hand-out"
        return ReviewError(what, path=file.name, remedy=remedy)

    def likelier(self, place: Place, target: str) -> str:
        """The number of a sentence that an English text is more likely to be for than for its own; empty for none.

        So it is where a column was sorted by itself, or slipped by a row.
        """
        if (
            len(target) < _LONG_ENOUGH
            or self._doubts > _DOUBTS
            or fuzz.ratio(target, place.pair.target, score_cutoff=_OTHERWISE)
        ):
            return ""
        self._doubts += 1
        best = process.extractOne(target, self._english, scorer=fuzz.ratio, score_cutoff=_LIKE)
        pair = self._by_id[best[2]] if best else place.pair
        return "" if pair.sentence.text.strip() == place.source else pair.sentence.id

    def misplaced(self, row: Row, place: Place) -> str:
        """The number of another sentence, whose English or mark stands in a row; empty where it is the row's own.

        So it is where some columns were sorted and others were not.
        """
        own = [pair.target for pair in place.pairs]
        if row.english and row.english not in own and (words := folded(row.english)) not in map(folded, own):
            untouched = len(words) >= _NOT_BY_CHANCE or row.mark == mark(row.english)
            return self._by_english.get(words, "") if untouched else ""
        if row.mark and not row.correction and row.mark not in map(mark, own):
            return self._by_mark.get(row.mark, "")
        return ""

    @functools.cached_property
    def _by_english(self) -> dict[str, str]:
        return {folded(pair.target): pair.sentence.id for pair in self._by_id.values()}

    @functools.cached_property
    def _by_mark(self) -> dict[str, str]:
        return {mark(pair.target): pair.sentence.id for pair in self._by_id.values()}

    @functools.cached_property
    def _english(self) -> dict[tuple[str, str], str]:
        return {at: pair.target for at, pair in self._by_id.items()}

    def unknown(self, name: str, row: Row) -> ReviewError:
        """A refusal of one row whose Chinese is not printed: what stands at its number now, or what is nearest."""
        now = self._by_id.get((row.slug, row.id))
        what = f"{row.id}: “{shown(row.source)[:80]}” is in no bulletin".removeprefix(": ")
        if now is not None:
            what = f"{what}; {row.id} now reads “{now.sentence.text.strip()}”"
        elif nearest := self._nearest(row):
            what = f"{what}; the nearest is {nearest}"
        remedy = "look at the new sentence and correct it in a new hand-out"
        return ReviewError(what, path=name, line=row.line, remedy=remedy)

    def _nearest(self, row: Row) -> str:
        self._searches += 1
        if self._searches > _SEARCHES:
            return ""
        best = process.extractOne(sought(row.source), list(self._alike), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if best is None:
            return ""
        (_, number), pair = next(iter(self._alike[best[0]].at.items()))
        return f"{number} “{pair.sentence.text.strip()}”"
