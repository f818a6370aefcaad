"""What is approved, and how that changes: nothing is answered with yes that is not on the disk."""

from __future__ import annotations

import functools
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pipeline import files, report, tmx
from pipeline.approved import Approvals, Approved, plain, unprintable
from pipeline.approved.difference import readable
from pipeline.approved.fuzzy import Fuzzy, masked
from pipeline.document import Pair, PairOrigin
from pipeline.errors import PipelineError
from pipeline.glossary import Glossary
from pipeline.layout.fonts import lacking
from pipeline.project import Project
from pipeline.report import Printed
from pipeline.serve import sentences
from pipeline.serve.sentences import Shown

_Value = TypeVar("_Value")


class Refused(Exception):
    """What cannot be done, for the page: the status, one sentence, and what else the page should show."""

    def __init__(self, status: int, sentence: str, **more: object) -> None:
        """`more` goes into the JSON beside the message."""
        super().__init__(sentence)
        self.status, self.said = status, {"message": sentence, **more}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a page asks to approve."""

    source: str
    """The Chinese that the page showed."""
    version: str
    """What was approved for it when the page was drawn."""
    english: str = ""
    accepted: Sequence[str] = ()
    """Which breaches the reviewer accepts, in the checks' words."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of this session, which can be undone."""

    source: str
    before: Approved | None
    after: Approved | None


@dataclass(slots=True)
class _Kept:
    """Values read from files, kept as long as the file is the same."""

    values: dict[Path, tuple[str, object]] = field(default_factory=dict)

    def keep(self, path: Path, value: object) -> None:
        """What a file says, known without reading it."""
        self.values[path] = files.seal(path), value

    def read(self, path: Path, how: Callable[[Path], _Value]) -> _Value:
        seal = files.seal(path)
        known = self.values.get(path)
        if known is None or known[0] != seal:
            try:
                known = self.values[path] = seal, how(path)
            except PipelineError:  # the last good one will do: the workshop reads the file too, and tells what is wrong
                if known is None:
                    raise
        return known[1]  # type: ignore[return-value]  # one path is read in one way


class Desk:
    """One project's bulletins under review. Every method may be called from any thread."""

    def __init__(self, project: Project, *, by: str, clock: Callable[[], str]) -> None:
        """`by` is the reviewer's name, `clock` says the time as TMX writes it."""
        self.project, self.terms = project, Glossary()
        self._by, self._clock = by, clock
        self._lock = threading.Lock()
        self._kept = _Kept()
        self._machine: dict[str, Pair] = {}
        self._changes: dict[str, Change] = {}
        self._fuzzy: tuple[Approvals, Glossary, Fuzzy] | None = None

    # What there is

    def slugs(self) -> tuple[str, ...]:
        """The bulletins that have been built."""
        return tuple(slug for slug in self.project.stamps.names() if self.page(slug).is_file())

    def page(self, slug: str) -> Path:
        """Where a bulletin's page lies."""
        return self.project.output / slug / f"{slug}.html"

    def sentences(self, slug: str) -> tuple[Shown, ...]:
        """The sentences of a bulletin as they stand; raises PipelineError where report or memory cannot be read."""
        printed = self._kept.read(self.project.output / slug / "report.json", _printed)
        for pair in printed.pairs:
            if pair.origin is not PairOrigin.REVIEWED:
                self._machine[pair.sentence.text] = pair
        return sentences.shown(printed, self._approvals(), self._machine)

    def sentence(self, slug: str, sentence_id: str, source: str | None = None) -> Shown:
        """One sentence; raises Refused where the bulletin has none of this id, or has another Chinese there."""
        found = next((one for one in self.sentences(slug) if one.pair.sentence.id == sentence_id), None)
        if found is None or source not in {None, found.pair.sentence.text}:
            raise Refused(404, "The article was changed, and this sentence is no longer there; load the page again.")
        return found

    def matches(self, slug: str, sentence_id: str) -> list[dict[str, object]]:
        """Approved sentences much like this one."""
        source = self.sentence(slug, sentence_id).source
        return [sentences.match_told(match, source) for match in self.searchable().matches(source)]

    def _approvals(self) -> Approvals:
        return self._kept.read(self.project.memory, tmx.read)

    def searchable(self) -> Fuzzy:
        """What is approved, ready to be searched for likeness: the first time this takes a while."""
        approvals, terms = self._approvals(), self.terms
        if self._fuzzy is None or self._fuzzy[0] is not approvals or self._fuzzy[1] is not terms:
            self._fuzzy = approvals, terms, Fuzzy(approvals, _mask(terms))
        return self._fuzzy[2]

    # What is asked of it

    def tried(self, slug: str, sentence_id: str, english: str) -> dict[str, object]:
        """What the checks would say of an English sentence, were it approved."""
        return sentences.weighed(_wished(self.sentence(slug, sentence_id).pair, english))

    def approve(self, slug: str, sentence_id: str, wish: Wish) -> str:
        """Approves an English sentence, and names the change once it is on the disk.

        Raises Refused: nothing to print, a breach that is not accepted, another version approved meanwhile.
        """
        one = self.sentence(slug, sentence_id, wish.source)
        wished = _wished(one.pair, wish.english)
        against = sentences.objections(wished)
        if not set(against) <= set(wish.accepted):
            what = "Something is said against this English: accept it, or change it."
            raise Refused(422, what, **sentences.weighed(wished))
        note = one.approved.note if one.approved else ""
        approved = Approved(one.source, wished.target, self._by, self._clock(), note, against)
        return self._put(one.source, approved, wish.version)

    def withdraw(self, slug: str, sentence_id: str, wish: Wish) -> str:
        """Withdraws an approval, and names the change; raises Refused as `approve` does."""
        return self._put(self.sentence(slug, sentence_id, wish.source).source, None, wish.version)

    def undo(self, change: str) -> str:
        """Puts back what stood before a change of this session, and names that change; raises Refused as `approve`."""
        done = self._changes.get(change)
        if done is None:
            raise Refused(410, "The server was started again since; withdraw the approval instead.")
        after = sentences.version_of(Approvals([done.after] if done.after else []), done.source)
        return self._put(done.source, done.before, after)

    def source_of(self, change: str) -> str:
        """The Chinese sentence that a change was about."""
        return self._changes[change].source

    def _put(self, source: str, wanted: Approved | None, version: str) -> str:
        """Writes a change if what is approved is still what the page showed, or already what it asks for."""
        before: Approved | None = None

        def changed(approvals: Approvals) -> Approvals:
            nonlocal before
            before = approvals.get(source)
            same = (before and before.target) == (wanted and wanted.target)
            if not same and sentences.version_of(approvals, source) != version:
                raise _conflict(before, wanted, sentences.version_of(approvals, source))
            return approvals.having([wanted]) if wanted else approvals.without([source])

        with self._lock:  # the file's own lock is between processes
            # Kept as if read, which takes long for a large memory; were it another's by now, the next save would see.
            self._kept.keep(self.project.memory, tmx.update(self.project.memory, changed))
            name = secrets.token_hex(8)
            self._changes[name] = Change(source, before, wanted)
        return name


def _wished(pair: Pair, english: str) -> Pair:
    return sentences.reviewed(pair, Approved(pair.sentence.text, _clean(english)))


def _conflict(theirs: Approved | None, ours: Approved | None, version: str) -> Refused:
    english = theirs.target if theirs else ""
    pieces = readable(english, ours.target if ours else "")
    said = {"english": english, "by": theirs.by if theirs else "", "difference": pieces, "version": version}
    what = "Meanwhile another English was approved" if theirs else "Meanwhile the approval was withdrawn"
    return Refused(409, f"{what}, in another tab or by an import.", theirs=said)


def _clean(english: str) -> str:
    """The English as it is approved: on one line; raises Refused where it cannot be printed."""
    text = plain(english)
    if not text:
        raise Refused(422, "There is no English.")
    if reason := unprintable(text):
        raise Refused(422, f"The English {reason}.")
    if missing := lacking(text):
        raise Refused(422, f"The English has {missing}, for which no font has a glyph: write it otherwise.")
    return text


def _printed(path: Path) -> Printed:
    return report.from_json(files.read_text(path), name=str(path))


@functools.lru_cache(maxsize=2)
def _mask(terms: Glossary) -> Callable[[str], str]:
    """Masking under these terms; what was masked once is remembered, for all approvals are masked at each search."""
    return functools.cache(lambda text: masked(text, terms))
