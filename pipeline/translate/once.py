"""An engine that is asked each question once: rungs may look at the plain translation without paying for it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.translate.engine import Decoding, Engine, Hypothesis, Markup

_Question = tuple[str, str, Decoding, bool]


@dataclass(frozen=True, slots=True)
class Once:
    """Another engine, its translations kept for the length of one descent."""

    engine: Engine
    known: dict[_Question, tuple[Hypothesis, ...]] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """The engine's own."""
        return self.engine.signature

    @property
    def markup(self) -> Markup | None:
        """The engine's own."""
        return self.engine.markup

    def fits(self, text: str) -> bool:
        """Whether the engine takes it."""
        return self.engine.fits(text)

    def translate(
        self,
        sources: Sequence[str],
        options: Decoding,
        prefixes: Sequence[str] | None = None,
        *,
        attend: bool = False,
    ) -> tuple[tuple[Hypothesis, ...], ...]:
        """As the engine answers; it is asked only what it was not asked before, all of that together."""
        starts = prefixes or [""] * len(sources)
        questions = [(s, start, options, attend) for s, start in zip(sources, starts, strict=True)]
        new = [question for question in dict.fromkeys(questions) if question not in self.known]
        if new:
            begun = [start for _, start, _, _ in new] if prefixes is not None else None
            answers = self.engine.translate([source for source, *_ in new], options, begun, attend=attend)
            self.known.update(zip(new, answers, strict=True))
        return tuple(self.known[question] for question in questions)

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> tuple[float, ...]:
        """As the engine scores."""
        return self.engine.score(sources, targets)
