"""Persons with their offices: Chinese puts the office before the name, in rows that a model of our size tears apart.

“高新区管委会主任张红军，某院院长连鸿凯参加仪式” is asked as “张红军、连鸿凯参加仪式”, each office by itself.
The English has them as appositions: Zhang Hongjun, director of …; and Lian Hongkai, president of …, attended it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline import english
from pipeline.constrain import tables
from pipeline.document import Constraint, Origin
from pipeline.translate.passage import Passage

_BOUND = "，,；;。：:“”‘’（）()—"
_CLOSING = {"”": "“", "’": "‘", "）": "（", ")": "("}
_PAUSE = re.compile(r"[，,。！？!?；;：:]")
_SHORTEST = 6
"""Characters of an office from which it is worth the trouble: 记者, 局长 and the like the model does by itself."""
_NO_OFFICE = re.compile(r"^[由对向与和同在据让请为把被经给从将是以]|[了着过说]|表示|希望|指出|介绍|会见|陪同")
_BETWEEN = re.compile(r"(?:,|;|, and| and|,? as well as)")
_SHORTENED = ("Ltd.", "Inc.", "Co.", "Corp.")
_ROLE = re.compile(
    r"(?:Deputy|Vice|Acting|Executive|Standing|Honorary|Former|Chief|Senior|General|Principal|Member|Head|Director|Chair"
    r"|President|Secretary|Mayor|Manager|Leader|Dean|Governor|Minister|Commissioner|Founder|Professor|Doctor|Engineer)"
)
_TAIL = re.compile(r"[.,;:!?]")


@dataclass(frozen=True, slots=True)
class Office:
    """An office, and the name that it stands before."""

    passage: Passage
    name: Constraint
    start: int
    """Where it begins in the sentence."""


@dataclass(frozen=True, slots=True)
class Company:
    """A sentence without the offices of its persons, and the offices, in order."""

    core: Passage
    offices: tuple[Office, ...]

    def together(self, core: str, offices: Sequence[str]) -> str | None:
        """The English of both as one; None where the core does not name each person."""
        spans = [span for office in self.offices for span in english.occurrences(core, office.name.target)[:1]]
        if len(spans) < len(self.offices) or any(a[1] > b[0] for a, b in pairwise(spans)):
            return None
        text = core
        for number in range(len(spans) - 1, -1, -1):
            before, after = text[: spans[number][1]], text[spans[number][1] :]
            follows = core[spans[number][1] : spans[number + 1][0]] if number + 1 < len(spans) else None
            text = f"{before}, {_apposed(offices[number])}{_continued(after, follows)}"
        return text


def _apposed(office: str) -> str:
    """An office as it stands after a name: no full stop, a small letter where its first word is no name."""
    text = office if office.endswith(_SHORTENED) else office.rstrip(" .,;")
    return english.uncapitalised(text) if _ROLE.match(text) else text


def _continued(after: str, follows: str | None) -> str:
    """What stands after an apposition: in a list a semicolon, else a comma, unless a stop is there already."""
    if follows is not None and (link := _BETWEEN.fullmatch(follows.rstrip())):
        last = "and " if "and" in link[0] or "as well" in link[0] else ""
        return f"; {last}{after[len(follows) :]}"
    return after if _TAIL.match(after) else f",{after}"


def company(passage: Passage) -> Company | None:
    """The persons of a sentence apart from their offices; None where there is no long office."""
    offices = tuple(_offices(passage))
    if not offices:
        return None
    taken = {at for office in offices for at in range(office.start, office.name.start)}
    commas = {b.start - 1 for a, b in pairwise(offices) if passage.text[a.name.stop : b.start] in {"，", ","}}
    return Company(_without(passage, taken, commas), offices)


def _offices(passage: Passage) -> Iterator[Office]:
    for name in (c for c in passage.constraints if c.origin is Origin.NAME):
        start = max((passage.text.rfind(mark, 0, name.start) for mark in _BOUND), default=-1) + 1
        if _torn(passage, start):
            continue
        start += len(passage.text[start : name.start]) - len(passage.text[start : name.start].lstrip())
        text = passage.text[start : name.start]
        inside = [c for c in passage.constraints if c.start < name.start and start < c.stop]
        pure = all(c.origin is Origin.GLOSSARY and start <= c.start for c in inside)
        if len(text) >= _SHORTEST and pure and _is_office(text) and not _shared(passage, name):
            yield Office(passage.part(start, name.start), name, start)


def _torn(passage: Passage, start: int) -> bool:
    """Whether the mark before an office closes what belongs to it, as in 精细化工（集团）有限公司总经理.

    A quotation with a pause in it stands by itself, as in “好。”管委会主任张红军说, and so does a bracket with a name.
    """
    mark = passage.text[start - 1 : start]
    opened = passage.text.rfind(_CLOSING[mark], 0, start - 1) if mark in _CLOSING else -1
    named = any(c.origin is Origin.NAME and opened < c.start < start for c in passage.constraints)
    return opened >= 0 and not named and not _PAUSE.search(passage.text, opened, start)


def _shared(passage: Passage, name: Constraint) -> bool:
    """Whether another name follows that may hold the same office: 副主任张三、李四."""
    after = [c for c in passage.constraints if c.origin is Origin.NAME and c.start == name.stop + 1]
    return bool(after) and passage.text[name.stop] in "、和"


def _is_office(text: str) -> bool:
    titles = tables.words("titles.txt")
    return not _NO_OFFICE.search(text) and any(text.endswith(title) for title in titles)


def _without(passage: Passage, gone: set[int], commas: set[int]) -> Passage:
    """The passage less some characters, and with some commas as the mark of a list."""
    kept = [at for at in range(len(passage.text)) if at not in gone]
    moved = {at: new for new, at in enumerate(kept)}
    text = "".join("、" if at in commas else passage.text[at] for at in kept)
    left = (c for c in passage.constraints if c.start in moved and c.stop - 1 in moved)
    return Passage(text, tuple(replace(c, start=moved[c.start], stop=moved[c.stop - 1] + 1) for c in left))
