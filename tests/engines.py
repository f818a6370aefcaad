"""Engines of a few lines, for tests of the core: what they say is decided by the test, not by a model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.translate import Attention, Decoding, Hypothesis, Markup


@dataclass
class Parrot:
    """Says what `say` makes of a source; obeys prefixes; counts what it was asked."""

    say: Callable[[str], str]
    markup: Markup | None = None
    signature: str = "parrot 1"
    window: int = 1000
    seen: list[str] = field(default_factory=list)
    calls: int = 0

    def fits(self, text: str) -> bool:
        return len(text) <= self.window

    def translate(
        self, sources: Sequence[str], options: Decoding, prefixes: Sequence[str] | None = None, *, attend: bool = False
    ):
        self.calls += 1
        self.seen.extend(sources)
        return tuple(
            (self._hypothesis(source, prefix, attend=attend),)
            for source, prefix in zip(sources, prefixes or [""] * len(sources), strict=True)
        )

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> tuple[float, ...]:
        return tuple(-len(target) / 100 for target in targets)

    def _hypothesis(self, source: str, prefix: str, *, attend: bool) -> Hypothesis:
        words = self.say(source).split()
        text = " ".join([*prefix.split(), *words[len(prefix.split()) :]])
        return Hypothesis(text, -0.5, attention=word_by_word(source, text) if attend else None)


def word_by_word(source: str, text: str) -> Attention:
    """As if the n-th word of the English were made of the n-th character of the Chinese."""
    spans, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        spans.append((at, at + len(word)))
        at += len(word)
    rows = tuple(tuple(float(min(i, len(source) - 1) == j) for j in range(len(source))) for i in range(len(spans)))
    return Attention(tuple((j, j + 1) for j in range(len(source))), tuple(spans), rows)
