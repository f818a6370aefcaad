"""A source as an engine is given it: the Chinese alone, or with every term in the engine's own notation."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.document import Constraint
from pipeline.english import Span
from pipeline.translate.engine import Markup
from pipeline.translate.passage import Passage
from pipeline.translate.verify import verify


@dataclass(frozen=True, slots=True)
class Written:
    """A source, and where in it each constraint of its passage stands, in order."""

    text: str
    spans: tuple[Span, ...]

    def missing(self, passage: Passage, english: str) -> list[tuple[Span, Constraint]]:
        """The constraints that an English text for it lacks, each with its place in this source."""
        held = {span.constraint for span in verify(passage, english).spans}
        both = zip(self.spans, passage.constraints, strict=True)
        return [(span, constraint) for i, (span, constraint) in enumerate(both) if i not in held]


def bare(passage: Passage) -> Written:
    """The passage as it is."""
    return Written(passage.text, tuple((constraint.start, constraint.stop) for constraint in passage.constraints))


def annotated(passage: Passage, markup: Markup) -> Written:
    """The passage with every constraint written in the engine's notation: `⟦高新区⦂High-tech Zone⟧`."""
    text, spans, at = "", [], 0
    for constraint in passage.constraints:
        text += passage.text[at : constraint.start]
        marked = f"{markup.open}{constraint.source}{markup.separator}{constraint.target}{markup.close}"
        spans.append((len(text), len(text) + len(marked)))
        text, at = text + marked, constraint.stop
    return Written(text + passage.text[at:], tuple(spans))
