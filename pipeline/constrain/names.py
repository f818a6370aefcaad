"""Persons in a bulletin: found by context, then everywhere; written in pinyin. Sooner none than a wrong one.

Evidence is a title before the name (管委会主任张红军), a byline (记者 孙庆辉), a clause that opens with the name and a
verb of speaking (据连鸿凯介绍), or a place in a list after a name found. A candidate begins with a surname, is no
everyday word, and ends where punctuation or a word that may follow a name stands. jieba's own tag `nr` is no evidence:
many of its 27,000 three-character names are none (赵和尚, 马尼科).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
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
_WHOLE, _SHORT = 3, 2


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
            found |= set(_byline(sentence.text) if block.kind is BlockKind.BYLINE else ()) | set(
                _in_sentence(sentence.text)
            )
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


def _in_sentence(text: str) -> Iterator[str]:
    for at, role in _after_titles(text):
        name = _name_at(text, at)
        if name:
            yield name
            yield from _listed(text, at + len(name), blanks=role)
    for match in _CLAUSE.finditer(text):
        name = _name_at(text, match.end())
        if name and tables.longest(text, match.end() + len(name), _after("speech")):
            yield name


def _after_titles(text: str) -> Iterator[tuple[int, bool]]:
    """Where a title ends, and whether it is one of a byline; one blank after it is passed over."""
    titles, roles = tables.words("titles.txt"), tables.words("roles.txt")
    for start in range(len(text)):
        title = tables.longest(text, start, titles)
        if title:
            stop = start + len(title)
            yield stop + (text[stop : stop + 1] in {" ", "\u3000"}), title in roles


def _listed(text: str, at: int, *, blanks: bool) -> Iterator[str]:
    """Further names of a list (张三、李四等): alone between 、 marks, in a byline also between blanks."""
    while (mark := _LIST.match(text, at)) and ("、" in mark[0] or blanks):
        piece = _HAN.match(text, mark.end())
        name = _name_at(text, mark.end()) if piece else ""
        if not piece or (piece[0] != name and not (name and piece[0].startswith((f"{name}等", f"{name}和")))):
            return
        yield name
        at = mark.end() + len(name)


def _name_at(text: str, at: int) -> str:
    """The longest name that begins at a place of a text and ends where a name may end; empty where there is none."""
    family = surname(text[at:])
    if not family:
        return ""
    for size in (len(family) + 2, len(family) + 1):
        name, after = text[at : at + size], at + size
        if len(name) == size and _is_name(name) and (_CLOSED.match(text, after) or _may_follow(text, after)):
            return name
    return ""


def _may_follow(text: str, at: int) -> bool:
    """Whether a word stands here that may follow a name; one character must not begin an everyday word."""
    word = tables.longest(text, at, _after("speech", "other"))
    return len(word) > 1 or (word != "" and not (text[at : at + 2] in common_words() and word not in "说称等"))


@cache
def _after(*kinds: str) -> frozenset[str]:
    return frozenset(
        word for line in tables.lines("after_names.txt") if line.split()[0] in kinds for word in line.split()[1:]
    )


def _is_name(text: str) -> bool:
    family = surname(text)
    given = text[len(family) :]
    if not family or not 1 <= len(given) <= _SHORT or not _HAN.fullmatch(text) or text in common_words():
        return False
    never = tables.words("never_given.txt")
    if given in never or any(c in never for c in given):
        return False
    return family not in tables.words("weak_surnames.txt") or given not in common_words()
