"""The unit that goes down the ladder: a text within the model's window, and what its English must obey."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.document import Constraint
from pipeline.translate.engine import Markup

HAN = re.compile(r"[\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""A Chinese character."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, or a part of one, with constraints in order, none overlapping, offsets into `text`."""

    text: str
    constraints: tuple[Constraint, ...] = ()

    def gaps(self) -> Iterator[str]:
        """The text before, between and after the constraints: one more than there are constraints, some empty."""
        at = 0
        for constraint in self.constraints:
            yield self.text[at : constraint.start]
            at = constraint.stop
        yield self.text[at:]

    def with_each(self, replacements: Sequence[str]) -> str:
        """The text with each constraint's characters replaced, in order."""
        pieces = [piece for pair in zip(self.gaps(), (*replacements, ""), strict=True) for piece in pair]
        return "".join(pieces)

    def part(self, start: int, stop: int) -> Passage:
        """Characters [start, stop) as a passage of their own; no constraint may cross its ends."""
        inside = [c for c in self.constraints if start <= c.start and c.stop <= stop]
        shifted = (replace(c, start=c.start - start, stop=c.stop - start) for c in inside)
        return Passage(self.text[start:stop], tuple(shifted))

    def cut(self, bounds: Iterable[tuple[int, int]]) -> tuple[Passage, ...]:
        """Its parts between these offsets; the whole, itself, where there is but one."""
        spans = tuple(bounds)
        return (self,) if len(spans) == 1 else tuple(self.part(start, stop) for start, stop in spans)

    def free_of(self, markup: Markup | None) -> Passage:
        """With the engine's own marks, where an article happens to hold them, written as ordinary brackets."""
        if markup is None or self.text not in markup:
            return self
        ordinary: dict[str, str | int | None] = {markup.open: "[", markup.separator: ":", markup.close: "]"}
        if any(len(mark) != 1 for mark in ordinary):
            return self
        return replace(self, text=self.text.translate(str.maketrans(ordinary)))
