"""Everyday words, from the dictionary that comes with jieba: what stands there is no person's name, or no number."""

from __future__ import annotations

from functools import cache
from importlib import resources

_SHORTEST, _LONGEST = 2, 4
_NUMERALS = frozenset("一二三四五六七八九十百千万两")


def common_words() -> frozenset[str]:
    """Words of two to four characters that are tagged as anything but a person's name."""
    return _read()[0]


def idioms() -> frozenset[str]:
    """Set phrases with numerals in them (九牛一毛)."""
    return _read()[1]


@cache
def _read() -> tuple[frozenset[str], frozenset[str]]:
    """Both lists in one reading of the 350,000 entries (0.4 s, once); the rest is not kept."""
    common, phrases = set(), set()
    for line in resources.files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines():
        word, _, tag = line.split()
        if _SHORTEST <= len(word) <= _LONGEST and not tag.startswith("nr"):
            common.add(word)
        if tag == "i" and len(word) >= _LONGEST and not _NUMERALS.isdisjoint(word):
            phrases.add(word)
    return frozenset(common), frozenset(phrases)
