"""What an approved English sentence looks like: one line, and nothing in it that no page can show."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_LONGEST = 8_000
"""Characters of a sentence."""


def plain(text: str) -> str:
    """A text in one line: composed, single blanks, nothing invisible."""
    if not text:
        return ""
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def unprintable(text: str) -> str:
    """Why a plain text can be no sentence on a page, as the end of a sentence; empty where it can."""
    if len(text) > _LONGEST:
        return f"is {len(text):,} characters long, which no sentence is"
    odd = "" if text.isprintable() else next(letter for letter in text if not letter.isprintable())
    return f"has the control character U+{ord(odd):04X}, which nobody can see" if odd else ""
