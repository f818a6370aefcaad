"""Persons in a bulletin: found by context, then everywhere; written in pinyin. Sooner none than a wrong one.

Evidence is a title before the name (管委会主任张红军), a byline (记者 孙庆辉), a clause that opens with the name and a
verb of speaking (据连鸿凯介绍), or a place in a list after a name found. A candidate begins with a surname, is no
everyday word, and ends where punctuation or a word that may follow a name stands. jieba's own tag `nr` is no evidence:
many of its 27,000 three-character names are none (赵和尚, 马尼科).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.constrain import tables
from pipeline.constrain.lexicon import common_words
from pipeline.constrain.pinyin import latin, surname
from pipeline.document import Article, BlockKind, Case, Constraint, Origin, Sentence

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_CLAUSE = re.compile(r"(?:^|[，。；：！？、“”‘’（）()「」,;:!?\s]|据)\s?(?=[\u4e00-\u9fff])")
_BLANK = re.compile(r"[\s\u3000、，,/／&]+")
_LIST = re.compile(r"[、\s\u3000]+")
_CLOSED = re.compile(r"$|[^\u4e00-\u9fff·•]")
_CLAUSE_MARKS = re.compile(r"[，。；、]")
_AFTER_TITLE = re.compile(r"[:：]?[ \u3000]?")
_NEAR = 16
_DOTS = ("·", "•")
_WHOLE, _SHORT = 3, 2


Ends = Callable[[str, int, str, frozenset[int]], bool]
"""Whether a candidate at a place of a text ends as a name must, given where words end."""


@dataclass(frozen=True, slots=True)
class NameRules:
    """How persons' names are written."""

    u_umlaut: str = "yu"
    """What 吕 becomes: yu (Lyu, as in passports), ü (Lü) or v (Lv)."""


def persons(articles: Sequence[Article]) -> frozenset[str]:
    """The names of all persons that some sentence of these articles gives with evidence."""
    found: set[str] = set()
    for block in (block for article in articles for block in article.blocks):
        for sentence in block.sentences:
            found |= set(_byline(sentence.text) if block.kind is BlockKind.BYLINE else ()) | set(_in_sentence(sentence))
    return frozenset(found)


def names(sentence: Sentence, known: Iterable[str], rules: NameRules) -> tuple[Constraint, ...]:
    """Constraints for the persons `known` wherever a sentence names them, in order and never overlapping."""
    found: list[Constraint] = []
    for start, name in _places(sentence, known):
        if not found or start >= found[-1].stop:
            english = latin(name, umlaut=rules.u_umlaut)
            found.append(
                Constraint(start, start + len(name), name, english, Origin.NAME, case=Case.EXACT, layer="names")
            )
    return tuple(found)


def _places(sentence: Sentence, known: Iterable[str]) -> list[tuple[int, str]]:
    """Where names stand, longer ones first at one place; short names only as words of their own."""
    cuts = _cuts(sentence.words)
    places = [
        (m.start(), name)
        for name in known
        for m in re.finditer(re.escape(name), sentence.text)
        if len(name) >= _WHOLE or {m.start(), m.end()} <= cuts
    ]
    return sorted(places, key=lambda place: (place[0], -len(place[1])))


def _cuts(words: Sequence[str]) -> frozenset[int]:
    at, cuts = 0, {0}
    for word in words:
        at += len(word)
        cuts.add(at)
    return frozenset(cuts)


def _byline(text: str) -> Iterator[str]:
    """Names that stand alone between the blanks of a byline."""
    for piece in _BLANK.split(text):
        if len(piece) in {_SHORT, _WHOLE, _WHOLE + 1} and _is_name(piece) and piece not in tables.words("titles.txt"):
            yield piece


def _in_sentence(sentence: Sentence) -> Iterator[str]:
    text, cuts = sentence.text, _cuts(sentence.words)
    for at, role in _after_titles(text):
        name = _name_at(text, at, cuts, _titled)
        if name and not (len(name) >= _WHOLE and _transliterated(name)):
            yield name
            yield from _listed(text, at + len(name), cuts, blanks=role)
    for match in _CLAUSE.finditer(text):
        name = _name_at(text, match.end(), cuts, _speaking)
        if not _transliterated(name):
            yield from filter(None, [name])


def _transliterated(name: str) -> bool:
    """Whether a name is likely a foreigner's, spelled in characters (马克龙)."""
    return all(character in _never("transliterating") for character in name[1:]) or name[0] == "朴"


def _after_titles(text: str) -> Iterator[tuple[int, bool]]:
    """Where a title ends, and whether it is one of a byline; one blank after it is passed over."""
    titles, roles = tables.words("titles.txt"), tables.words("roles.txt")
    for start in range(len(text)):
        title = tables.longest(text, start, titles)
        if title and not _abroad(text[max(0, start - _NEAR) : start]):
            stop = start + len(title)
            yield _start_of_name(text, stop), title in roles


def _start_of_name(text: str, at: int) -> int:
    """The place behind the colon and the blank that may follow a title (责任编辑：冯婷)."""
    passed = _AFTER_TITLE.match(text, at)
    return passed.end() if passed else at


def _abroad(before: str) -> bool:
    """Whether a foreign country or body stands in the clause before a title (韩国总统朴槿惠 is Park Geun-hye)."""
    clause = _CLAUSE_MARKS.split(before)[-1]
    return any(place in clause for place in tables.words("abroad.txt"))


def _listed(text: str, at: int, cuts: frozenset[int], *, blanks: bool) -> Iterator[str]:
    """Further names of a list (张三、李四等): alone between 、 marks, in a byline also between blanks."""
    while (mark := _LIST.match(text, at)) and ("、" in mark[0] or blanks):
        name = _name_at(text, mark.end(), cuts, _listed_alone)
        if not name:
            return
        yield name
        at = mark.end() + len(name)


def _name_at(text: str, at: int, cuts: frozenset[int], ends: Ends) -> str:
    """The longest name that begins at a place of a text and ends as `ends` asks; empty where there is none."""
    family = surname(text[at:])
    for size in (len(family) + 2, len(family) + 1) if family else ():
        name = text[at : at + size]
        if len(name) == size and _is_name(name) and ends(text, at, name, cuts):
            return name
    return ""


def _titled(text: str, at: int, name: str, cuts: frozenset[int]) -> bool:
    """After a title: closed by punctuation or a longer word, or else three characters that are a word by themselves."""
    after = at + len(name)
    closed, follower = bool(_CLOSED.match(text, after)), _follower(text, after)
    if at not in cuts or text.startswith(_DOTS, after) or (name[-1] in _never("ending") and not closed):
        return False
    if _one_word(at, name, cuts):
        return closed or follower != "" or len(name) >= _WHOLE
    return len(name) >= _WHOLE and name[:2] not in common_words() and (closed or len(follower) > 1)


def _speaking(text: str, at: int, name: str, cuts: frozenset[int]) -> bool:
    """At the head of a clause: a word by itself, of three characters, and a verb of speaking."""
    after = at + len(name)
    return len(name) >= _WHOLE and _one_word(at, name, cuts) and _follower(text, after) in _after("speech")


def _listed_alone(text: str, at: int, name: str, cuts: frozenset[int]) -> bool:
    """In a list: nothing but the name between its marks."""
    del cuts
    return bool(_CLOSED.match(text, at + len(name))) or text.startswith(("等", "和"), at + len(name))


def _one_word(at: int, name: str, cuts: frozenset[int]) -> bool:
    """Whether a name is a word by itself, or its surname is one (高|山林, but not 丰收|节)."""
    after, head = at + len(name), at + len(surname(name))
    split = {cut for cut in cuts if at < cut < after}
    return {at, after} <= cuts and (not split or head in split or head - at > 1)


def _follower(text: str, at: int) -> str:
    """The word here that may follow a name; a single character must not begin an everyday word."""
    word = tables.longest(text, at, _after("speech", "other"))
    return word if len(word) > 1 or text[at : at + 2] not in common_words() else ""


@cache
def _after(*kinds: str) -> frozenset[str]:
    return frozenset(
        word for line in tables.lines("after_names.txt") if line.split()[0] in kinds for word in line.split()[1:]
    )


@cache
def _never(*kinds: str) -> frozenset[str]:
    rows = (line.split() for line in tables.lines("never_given.txt"))
    return frozenset(word for kind, *words in rows if kind in kinds for word in words)


def _is_name(text: str) -> bool:
    family = surname(text)
    given = text[len(family) :]
    if not family or not 1 <= len(given) <= _SHORT or not _HAN.fullmatch(text) or text in common_words():
        return False
    if given in _never("whole") or any(c in _never("characters", "foreign") for c in given):
        return False
    return family not in tables.words("weak_surnames.txt") or given not in common_words()
