"""One character for all its variants: simplified for traditional, half width for full, one quotation mark for all."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from opencc import OpenCC

_HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2A6E0))
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_ALIKE = {'"': "“”„‟「」『』﹁﹂﹃﹄‘’＂", "-": "‐‑‒–—―−－", "·": "•‧・･", " ": "\u3000\u00a0"}


@functools.cache
def variants() -> Mapping[str, str]:
    """Each variant character and the one character it stands for; what is not a key stands for itself.

    Traditional to simplified is OpenCC's t2s, asked character by character, so that a text keeps its length.
    """
    table = _simplified()
    table |= {chr(code): chr(code - 0xFEE0) for code in _FULL_WIDTH}
    table |= {variant: base for base, alike in _ALIKE.items() for variant in alike}
    # OpenCC takes 薴 to 苧 and 苧 to 苎: two steps that must be one, or the first would differ from the second.
    return {variant: table.get(base, base) for variant, base in table.items()}


def fold(text: str) -> str:
    """The text with every variant replaced; as long as before, so that offsets still hold."""
    return _any_variant().sub(lambda found: variants()[found[0]], text)


def _simplified() -> dict[str, str]:
    han = [chr(code) for first, stop in _HAN for code in range(first, stop)]
    simplified = OpenCC("t2s").convert("\n".join(han)).split("\n")
    return {old: new for old, new in zip(han, simplified, strict=True) if old != new and len(new) == 1}


@functools.cache
def _any_variant() -> re.Pattern[str]:
    return any_of(variants())


def any_of(characters: Mapping[str, str]) -> re.Pattern[str]:
    """A pattern for any one of these characters; for none of them, one that never matches."""
    return re.compile(f"[{''.join(map(re.escape, characters))}]" if characters else r"(?!)")
