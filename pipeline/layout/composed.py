"""A text with all that is known about its setting, of which any part can be had as markup."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from markupsafe import Markup, escape

from pipeline.document import HEADS, Block
from pipeline.layout import chinese, english
from pipeline.layout.chinese import Setting

_SHORT = 3
"""Characters of a word too short to stand on a headline's last line."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A text, what of it is set in a way of its own, what stays on one line, and where it may break."""

    text: str
    settings: tuple[Setting, ...] = ()
    kept: tuple[Setting, ...] = ()
    breaks: tuple[int, ...] = ()

    def markup(self, start: int, stop: int) -> Markup:
        """Characters [start, stop) as HTML whose text is exactly those characters."""
        return Markup().join(_wrapped(start, stop, self.kept, self._set))

    def _set(self, start: int, stop: int) -> Markup:
        return Markup().join(_wrapped(start, stop, self.settings, self._plain))

    def _plain(self, start: int, stop: int) -> Markup:
        bounds = [start, *(b for b in self.breaks if start < b < stop), stop]
        pieces = Markup("<wbr>").join(escape(self.text[a:b]) for a, b in pairwise(bounds))
        return Markup("<wbr>") + pieces if start in self.breaks else pieces


def composed_chinese(block: Block) -> Composed:
    """A block's Chinese: a headline breaks between words only, a paragraph's last line is not too short."""
    text = block.text
    kept = _words(block) if block.kind in HEADS else _last_line(text)
    return Composed(text, chinese.settings(text), tuple(kept), chinese.breaks(text))


def composed_english(text: str) -> Composed:
    """A sentence's English."""
    kept = tuple(Setting(start, stop, "k") for start, stop in english.kept_together(text))
    return Composed(text, kept=kept)


def _last_line(text: str) -> Iterator[Setting]:
    start = chinese.last_line(text)
    if start < len(text):
        yield Setting(start, len(text), "k")


def _words(block: Block) -> Iterator[Setting]:
    """The words of a headline, so that none is cut in two; the last one takes another to it if it is short."""
    words = [word for sentence in block.sentences for word in sentence.words]
    if len(words) > 2 and len(words[-1]) < _SHORT:  # noqa: PLR2004  (two words and a rest)
        words[-2:] = ["".join(words[-2:])]
    for start, stop in pairwise(accumulate(map(len, words), initial=0)):
        if 1 < stop - start < len(block.text):
            yield Setting(start, stop, "k")


def _wrapped(
    start: int, stop: int, settings: Sequence[Setting], inner: Callable[[int, int], Markup]
) -> Iterator[Markup]:
    here = start
    for setting in settings:
        low, high = max(setting.start, here), min(setting.stop, stop)
        if low < high:
            yield inner(here, low) if here < low else Markup()
            yield Markup('<span class="{0}">{1}</span>').format(setting.classes, inner(low, high))
            here = high
    yield inner(here, stop) if here < stop else Markup()
