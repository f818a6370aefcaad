"""What can be wrong with an entry, alone or among the others: each check says what, and what to do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.errors import GlossaryError
from pipeline.glossary.entry import Entry, Status
from pipeline.glossary.scan import Scanner
from pipeline.glossary.variants import fold

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]")
_QUOTED = re.compile("“[^”]*”|‘[^’]*’|\"[^\"]*\"|'[^']*'")
_WIDE = re.compile("[\u3000-\u303f\uff00-\uffef]")
_MARK = re.compile("[⟦⟧⦂\ue000-\uf8ff]")


class Mistake(NamedTuple):
    """What is wrong and what to do about it; each without full stop."""

    what: str
    remedy: str


Check = Callable[[Entry], Iterator[Mistake]]


def is_empty(entry: Entry) -> Iterator[Mistake]:
    """The source says nothing, or the target of an entry that fires."""
    if not any(map(str.isalnum, entry.source)):
        yield Mistake(
            f"the source “{entry.source}” is empty or has no word in it", "write the Chinese term, or delete the row"
        )
    if entry.status is Status.RETIRED and not entry.target:
        return
    if not any(map(str.isalnum, entry.target)):
        yield Mistake(
            f"the target of “{entry.source}” is empty or has no word in it",
            "write the English, or set status to retired",
        )


def has_mark(entry: Entry) -> Iterator[Mistake]:
    """A character with which the pipeline marks terms for the model."""
    for text in _texts(entry):
        if found := _MARK.search(text):
            yield Mistake(
                f"“{text}” contains {_named(found[0])}, which the pipeline needs to mark terms",
                "leave that character out",
            )


def has_invisible(entry: Entry) -> Iterator[Mistake]:
    """A line break, a control or zero-width character, or the scar of a wrong encoding."""
    for text in (*_texts(entry), *(_printable(entry.note))):
        if found := next(
            (c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp"} or c == "\ufffd"), None
        ):
            yield Mistake(f"“{_shown(text)}” contains {_named(found)}", "delete that character")


def starts_a_formula(entry: Entry) -> Iterator[Mistake]:
    """A cell that a spreadsheet would take for a formula."""
    for text in (*_texts(entry), entry.note, *(cell for _, cell in entry.extra)):
        if text.startswith(("=", "+", "-", "@")):
            yield Mistake(
                f"“{text}” begins with {text[0]}, so a spreadsheet takes it for a formula", "begin with a word"
            )


def is_not_english(entry: Entry) -> Iterator[Mistake]:
    """Han outside quotation marks in an English form, or full-width punctuation."""
    for form in (*entry.forms, *entry.forbidden):
        unquoted = _QUOTED.sub("", form)
        if found := HAN.search(unquoted):
            yield Mistake(
                f"the English “{form}” contains the Chinese character {found[0]}",
                "translate it, or put it in quotation marks if it is to be printed",
            )
        elif found := _WIDE.search(unquoted):
            yield Mistake(
                f"the English “{form}” contains the full-width character {found[0]}",
                f"write {fold(found[0])} or another half-width character",
            )


def contradicts_itself(entry: Entry) -> Iterator[Mistake]:
    """A form that the entry asks for and forbids, or asks for twice."""
    for form in entry.forms:
        for forbidden in entry.forbidden:
            if contains(form, forbidden):
                yield Mistake(
                    f"“{form}” is asked for, and “{forbidden}” is forbidden by the same entry",
                    "keep one of the two",
                )
    for at, form in enumerate(entry.forms):
        if form and form in entry.forms[:at]:
            yield Mistake(f"the form “{form}” of “{entry.source}” is given twice", "keep it once")


def excepts_nothing(entry: Entry) -> Iterator[Mistake]:
    """An exception in which the source does not stand, or which is the source itself."""
    source = fold(entry.source)
    for context in entry.except_:
        if source not in fold(context):
            yield Mistake(
                f"the exception “{context}” does not contain “{entry.source}”",
                "write the longer Chinese text in which the term must not be applied",
            )
        elif fold(context) == source:
            yield Mistake(
                f"the exception “{context}” is the term itself, which then never fires",
                "set status to retired instead",
            )


ENTRY_CHECKS: tuple[Check, ...] = (
    is_empty,
    has_mark,
    has_invisible,
    starts_a_formula,
    is_not_english,
    contradicts_itself,
    excepts_nothing,
)


def repeats(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Mistake]]:
    """Entries whose source another entry has already, if only in other characters."""
    first: dict[str, Entry] = {}
    for entry in filter(lambda e: e.source, entries):
        known = first.setdefault(fold(entry.source), entry)
        if known is not entry:
            yield entry, _repeat(known, entry)


def _repeat(known: Entry, entry: Entry) -> Mistake:
    alike = "" if known.source == entry.source else f", which is the same as “{known.source}”,"
    if known.target == entry.target:
        return Mistake(f"“{entry.source}”{alike} stands in line {known.line} already", "delete one of the two rows")
    return Mistake(
        f"“{entry.source}”{alike} is to become “{entry.target}” here and “{known.target}” in line {known.line}",
        "keep one of the two rows, and put the other English under allowed if it may stand",
    )


def forbid_each_other(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Mistake]]:
    """Targets that hold a rendering which another entry forbids: a sentence with both terms could never be right.

    An entry whose source holds the other's is left alone: where it fires, the other does not.
    """
    forbidden = {fold(f).casefold(): (f, entry) for entry in entries if entry.fires for f in entry.forbidden}
    scanner, phrases = Scanner(tuple(forbidden)), tuple(forbidden.values())
    for entry in filter(lambda e: e.fires, entries):
        for hit in scanner.scan(entry.target.casefold()):
            rendering, other = phrases[hit.term]
            if _independent(entry, other) and contains(entry.target, rendering):
                yield entry, _forbidden_elsewhere(entry, rendering, other)


def _forbidden_elsewhere(entry: Entry, rendering: str, other: Entry) -> Mistake:
    return Mistake(
        f"the target “{entry.target}” contains “{rendering}”, which line {other.line} forbids for “{other.source}”",
        "change the target, or no longer forbid that rendering",
    )


def errors(entries: Sequence[Entry], name: str) -> list[GlossaryError]:
    """Everything wrong with the entries of one file, in no order."""
    alone = ((entry, mistake) for entry in entries for check in ENTRY_CHECKS for mistake in check(entry))
    return [
        as_error(mistake, name, entry.line)
        for entry, mistake in (*alone, *repeats(entries), *forbid_each_other(entries))
    ]


def as_error(mistake: Mistake, name: str, line: int) -> GlossaryError:
    """The mistake as the user is shown it; line 0 is none."""
    return GlossaryError(mistake.what, path=name, line=line or None, remedy=mistake.remedy)


def _independent(entry: Entry, other: Entry) -> bool:
    return entry is not other and fold(other.source) not in fold(entry.source)


def contains(text: str, phrase: str) -> bool:
    """Whether a phrase stands in a text as whole words, in whatever case."""
    return bool(phrase) and re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE) is not None


def _texts(entry: Entry) -> Iterable[str]:
    return (entry.source, *entry.forms, *entry.forbidden, *entry.except_)


def _printable(note: str) -> tuple[str, ...]:
    return (note.replace("\r", "").replace("\n", " "),)


def _named(character: str) -> str:
    if character in "\r\n\u2028\u2029":
        return "a line break"
    if character == "\ufffd":
        return "�, left by a wrong encoding"
    visible = unicodedata.category(character) in {"Ps", "Pe", "Sm"}
    return character if visible else f"the invisible character U+{ord(character):04X}"


def _shown(text: str) -> str:
    return "".join(c if c.isprintable() else "␣" for c in text)
