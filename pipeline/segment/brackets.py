"""Which brackets and quotation marks of a text belong together, and how deep in them each character lies."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』"}
"""Opening to closing; speech may be cut at its full stops when it is long."""
BRACKETS = {"《": "》", "〈": "〉", "（": "）", "(": ")", "【": "】", "[": "]", "〔": "〕", "{": "}"}
"""Opening to closing; what stands in them is never cut."""
STRAIGHT = '"'
"""Opens and closes alike: an odd one opens, an even one closes."""
CLOSING_QUOTES = frozenset([*QUOTES.values(), STRAIGHT])
CLOSERS = frozenset([*QUOTES.values(), *BRACKETS.values(), STRAIGHT])
OPENERS = frozenset([*QUOTES, *BRACKETS, STRAIGHT])

_CLOSED_BY = {**QUOTES, **BRACKETS}
_OPENED_BY = {closing: opening for opening, closing in _CLOSED_BY.items()}


@dataclass(frozen=True, slots=True)
class Nesting:
    """How a text is nested. Each sequence has one number a character of the text."""

    partner: array[int]
    """Index of the mark that closes or opens with this one; -1 where there is none."""
    quotes: array[int]
    """In how many quotations the character lies; marks count as inside their own."""
    brackets: array[int]
    """In how many brackets."""


def nesting(text: str) -> Nesting:
    """Pair the marks of `text`, in linear time. A mark without its partner counts as an ordinary character."""
    partner = _partners(text)
    quotes, brackets = array("i"), array("i")
    in_quotes = in_brackets = 0
    for i, char in enumerate(text):
        opens, is_quote = partner[i] > i, char in QUOTES or char == STRAIGHT
        in_quotes += opens and is_quote
        in_brackets += opens and not is_quote
        quotes.append(in_quotes)
        brackets.append(in_brackets)
        closes, is_quote = 0 <= partner[i] < i, _OPENED_BY.get(char) in QUOTES or char == STRAIGHT
        in_quotes -= closes and is_quote
        in_brackets -= closes and not is_quote
    return Nesting(partner, quotes, brackets)


def unclosed(text: str) -> str:
    """The outermost opening mark of `text` that is never closed in it, or an empty string."""
    partner = _partners(text)
    return next((char for i, char in enumerate(text) if partner[i] < 0 and char in _CLOSED_BY), "")


def _partners(text: str) -> array[int]:
    """A closing mark takes the nearest opening one of its kind; what was opened between them stays alone."""
    partner = array("i", [-1]) * len(text)
    open_marks: list[int] = []
    waiting = dict.fromkeys([*_CLOSED_BY, STRAIGHT], 0)
    for i, char in enumerate(text):
        opening = STRAIGHT if char == STRAIGHT else _OPENED_BY.get(char, "")
        if opening and waiting[opening]:
            partner[i] = _close(text, open_marks, waiting, opening)
            partner[partner[i]] = i
        elif char in waiting:
            open_marks.append(i)
            waiting[char] += 1
    return partner


def _close(text: str, open_marks: list[int], waiting: dict[str, int], opening: str) -> int:
    while True:
        start = open_marks.pop()
        waiting[text[start]] -= 1
        if text[start] == opening:
            return start
