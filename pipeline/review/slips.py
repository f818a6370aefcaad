"""Slips of the hand in a correction that break no term and no number: half a sentence, a mark of Chinese. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.document import Pair

_MARKS = re.compile(r"[\u3000-\u3004\u3008-\u303f\uff01-\uff60]+")
"""What an input method for Chinese writes where English has , . ( ) and a blank."""
_ENOUGH = 10
"""Characters of a Chinese sentence from which on its English is more than half as long, even of abbreviations."""


def slips(pair: Pair, target: str) -> Iterator[str]:
    """What looks like a slip in an English sentence, each as a sentence; a person may say that it is none."""
    source = pair.sentence.text.strip()
    if len(source) >= _ENOUGH and 2 * len(target) < len(source):
        yield f"The English is only “{target}”, too short for the whole sentence."
    if not target.isascii():
        fixed = {letter for constraint in pair.constraints for form in constraint.forms for letter in form}
        if found := [mark for mark in dict.fromkeys(_MARKS.findall(target)) if not fixed.issuperset(mark)]:
            yield f"Marks of Chinese are left in the English: {' '.join(found)}."
