"""What in English must not be parted at a line's end, and which words of a head are set with a capital."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_KEPT = re.compile(
    r"\d[\d.,]*\s(?:hundred|thousand|million|billion|trillion|percent|per cent|yuan|mu|km|kg|square|cubic)\b"
    rf"|\b(?:{_MONTH})\s\d{{1,2}}\b"
    r"|\b(?:Mr|Ms|Mrs|Dr|Prof|No)\.?\s[A-Z0-9]\w*"
    r"|\b(?:\d{1,2}(?:st|nd|rd|th))\s[A-Z]\w+"
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'‑-][^\W_]+)*")
_SMALL = re.compile(
    r"a|an|and|as|at|but|by|for|if|in|nor|of|off|on|or|out|per|so|the|to|up|via|vs?|yet|de|la|du|von|van"
)
"""Words that stay small inside a head: articles, conjunctions, prepositions of two and three letters."""
_UNIT = re.compile(r"\d\s?(?:[kcm]?m|kg)$")
_OPENS = re.compile(r"(?:^|[:—?!]\s*)[^\w]*$")


def kept_together(text: str) -> tuple[tuple[int, int], ...]:
    """Half-open offsets of what stays on one line, in order: `3.1476 million`, `March 4`, `Mr Zhang`, `20th Party`."""
    return tuple(hit.span() for hit in _KEPT.finditer(text))


def raised(text: str, exact: Sequence[tuple[int, int]] = ()) -> Iterator[tuple[int, int]]:
    """Half-open offsets of the words of a head that begin small and are set with a capital, in order.

    Models write heads now one way, now the other; newspapers one way: capitals for all words but the small ones, which
    have it only where they begin or end the head. Never raised: a word with a capital in it (iPhone, pH), what stands
    in `exact`, which a glossary wants letter by letter, and heads that are whole sentences.
    """
    words = [] if text.rstrip(" ”’\"')").endswith(".") else list(_WORD.finditer(text))
    for word in words:
        at_edge = word is words[-1] or _OPENS.search(text[: word.start()])
        small = _UNIT.search(text[: word.end()]) or (_SMALL.fullmatch(word[0]) and not at_edge)
        if word[0].islower() and not small and all(word.end() <= a or b <= word.start() for a, b in exact):
            yield word.span()


def headline(text: str) -> str:
    """A head's words with the capitals that `raised` finds, for contents, running heads and bookmarks."""
    for start, _ in raised(text):
        text = text[:start] + text[start].upper() + text[start + 1 :]
    return text
