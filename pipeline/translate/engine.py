"""What the core asks of a translation engine; `pipeline/argos.py` is one, and tests bring their own of ten lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

Spans = tuple[tuple[int, int], ...]
"""Half-open character offsets of pieces, in order."""


@dataclass(frozen=True, slots=True)
class Markup:
    """How an engine that was trained on inline terms wants them written: `⟦高新区⦂High-tech Zone⟧`."""

    open: str
    separator: str
    close: str

    def __contains__(self, text: object) -> bool:
        """Whether a text holds one of the marks."""
        return isinstance(text, str) and any(mark in text for mark in (self.open, self.separator, self.close))


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to search for the best English."""

    beam: int = 3
    hypotheses: int = 4
    """How many of the beam to return, at most `beam`."""
    length_penalty: float = 1.0
    repetition_penalty: float = 1.0
    """1 is none."""
    no_repeat_ngram: int = 0
    """Never the same n pieces twice; 0 is off."""

    def described(self) -> tuple[tuple[str, str], ...]:
        """Names and values, sorted, for the colophon and for the key of the memory."""
        return tuple(sorted((name, str(getattr(self, name))) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Attention:
    """Which source pieces the model looked at while it wrote each English piece."""

    source: Spans
    """Of the source's pieces, in characters of the source."""
    target: Spans
    """Of the English pieces, in characters of `Hypothesis.text`."""
    weights: tuple[tuple[float, ...], ...]
    """One row an English piece, one column a source piece; a row sums to 1 at most."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One English text the model offers for a source."""

    text: str
    score: float
    """Mean log-probability a piece, ≤ 0."""
    finished: bool = True
    """Whether the model ended it; otherwise it was cut off."""
    attention: Attention | None = None
    """None where the engine cannot say."""


class Engine(Protocol):
    """A translator from Chinese to English.

    Every method takes the sentences of a whole rung at once and answers in their order. A source that does not fit is
    an EngineError, never a truncated translation.
    """

    @property
    def signature(self) -> str:
        """Name, version and hash of the model: what decides, with the decoding options, what it says."""

    @property
    def markup(self) -> Markup | None:
        """The inline notation that the model was trained to obey, if any."""

    def fits(self, text: str) -> bool:
        """Whether a source is within the model's window."""

    def translate(
        self,
        sources: Sequence[str],
        options: Decoding,
        prefixes: Sequence[str] | None = None,
        *,
        attend: bool = False,
    ) -> tuple[tuple[Hypothesis, ...], ...]:
        """For each source its hypotheses, the best first; each begins with the source's prefix, if one is given.

        With `attend` the best of each carries its attention, where the engine can say.
        """

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> tuple[float, ...]:
        """The model's mean log-probability a piece of each English text for its source, ≤ 0."""
