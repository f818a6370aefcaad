"""What stands around a sentence and is no part of its grammar: a dateline before it, half of a quotation at its ends.

A model that meets “本报讯” or a quotation mark without its partner loses its way in what follows. So they are taken off
before it is asked, and put back around its English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline import english
from pipeline.document import Origin
from pipeline.translate.passage import HAN, Passage

_DATELINE = re.compile(r"(?:本报|本刊|本台|.+社).*[讯电]")
_BRACKET = re.compile(r"\s*[（(]([^（）()]{1,80})[）)]")
_CLOSING = {"“": "”", "‘": "’"}
_STOPS = "。！？；，、：.!?;,: \u3000"


@dataclass(frozen=True, slots=True)
class Frame:
    """A sentence taken out of what stands around it."""

    before: str
    """English that stands before the sentence's."""
    core: Passage
    """What the model is asked."""
    after: str
    """English that follows it."""

    def around(self, target: str) -> str:
        """The English of the whole."""
        return f"{self.before}{target}{self.after}"


def framed(whole: Passage) -> Frame:
    """The passage in its frame, which is often empty; a passage without Chinese beside its frame is left whole."""
    label, rest = _dateline(whole)
    changes = dict(_halves(rest.text))
    opened = "“" if changes and rest.text[min(changes)] == "“" else ""
    closed = "”" if changes and rest.text[max(changes)] == "”" else ""
    core = _changed(rest, changes)
    if not HAN.search(core.text):
        return Frame("", whole, "")
    return Frame(label + opened, core, closed)


def _dateline(whole: Passage) -> tuple[str, Passage]:
    """“Staff report — ” and the passage after its 本报讯, or after who reports: 本报讯（记者 李文博）."""
    first = whole.constraints[0] if whole.constraints else None
    if first is None or whole.text[: first.start].strip() or not _DATELINE.fullmatch(first.source):
        return "", whole
    said, stop = english.written("", first.target, first.case), first.stop
    bracket = _BRACKET.match(whole.text, stop)
    if bracket and (authors := _authors(whole.part(*bracket.span(1)))):
        said, stop = f"{said} ({authors})", bracket.end()
    start = len(whole.text) - len(whole.text[stop:].lstrip(_STOPS))
    return f"{said} — ", whole.part(start, len(whole.text))


def _authors(passage: Passage) -> str:
    """“reporter Li Wenbo, correspondent Chen Xiaoyan”; empty where more than offices and names stands there."""
    if any(gap.strip(_STOPS + " ") for gap in passage.gaps()):
        return ""
    text, office = "", False
    for one in passage.constraints:
        named = one.origin is Origin.NAME
        text += f"{' ' if office and named else ', ' if text else ''}{one.target}"
        office = not named
    return text


def _halves(text: str) -> Iterator[tuple[int, str]]:
    """Where quotation marks stand without their partner and can be done without, and what takes their place.

    Double ones at the ends come back around the English. Single ones do not: what they quote inside another quotation
    begins or ends in another sentence, and the English would have half of it too.
    """
    lone = frozenset(_lone(text))
    body = text.rstrip(_STOPS)
    for at in sorted(lone):
        if (text[at] == "“" and at == 0) or (text[at] == "”" and at >= len(body) - 1):
            yield at, ""
        elif text[at] in "‘’":
            yield at, "：" if text[at] == "‘" and at and text[at - 1] not in _STOPS + "“" else ""


def _lone(text: str) -> Iterator[int]:
    open_at: dict[str, list[int]] = {"“": [], "‘": []}
    for at, letter in enumerate(text):
        if letter in open_at:
            open_at[letter].append(at)
        elif letter in _CLOSING.values():
            partners = open_at["“" if letter == "”" else "‘"]
            if partners:
                partners.pop()
            else:
                yield at
    yield from (at for places in open_at.values() for at in places)


def _changed(passage: Passage, changes: Mapping[int, str]) -> Passage:
    """The passage with single characters changed that no constraint holds."""
    free = {at: new for at, new in changes.items() if not any(c.start <= at < c.stop for c in passage.constraints)}
    text = "".join(free.get(at, letter) for at, letter in enumerate(passage.text))

    def moved(at: int) -> int:
        return at + sum(len(new) - 1 for place, new in free.items() if place < at)

    constraints = (replace(c, start=moved(c.start), stop=moved(c.stop)) for c in passage.constraints)
    return Passage(text, tuple(constraints))
