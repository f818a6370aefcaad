"""What in English must not be parted at a line's end."""

from __future__ import annotations

import re

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_KEPT = re.compile(
    r"\d[\d.,]*\s(?:hundred|thousand|million|billion|trillion|percent|per cent|yuan|mu|km|kg|square|cubic)\b"
    rf"|\b(?:{_MONTH})\s\d{{1,2}}\b"
    r"|\b(?:Mr|Ms|Mrs|Dr|Prof|No)\.?\s[A-Z0-9]\w*"
    r"|\b(?:\d{1,2}(?:st|nd|rd|th))\s[A-Z]\w+"
)


def kept_together(text: str) -> tuple[tuple[int, int], ...]:
    """Half-open offsets of what stays on one line, in order: `3.1476 million`, `March 4`, `Mr Zhang`, `20th Party`."""
    return tuple(hit.span() for hit in _KEPT.finditer(text))
