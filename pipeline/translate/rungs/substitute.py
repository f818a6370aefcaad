"""The cheap sister of rung *prefix*: the words that the model wrote for a term are exchanged for it, the rest stays.

No second decoding: where prefix lets the model go on from a term it did not choose, and may then say it once more, this
keeps the sentence it wanted. Both are offered; the model's score decides.
"""

from __future__ import annotations

from pipeline.document import Constraint
from pipeline.english import Span
from pipeline.translate.align import landed
from pipeline.translate.engine import Attention, Hypothesis
from pipeline.translate.passage import Passage
from pipeline.translate.rungs.misspelt import exchanged
from pipeline.translate.rungs.written import Written
from pipeline.translate.verify import verify


def substituted(passage: Passage, source: Written, hypothesis: Hypothesis) -> str | None:
    """What the engine said to `source` with every missing term in place of its rendering.

    None where nothing is missing or to be seen.
    """
    held = verify(passage, hypothesis.text).spans
    missing = source.missing(passage, hypothesis.text)
    if hypothesis.attention is None or not missing:
        return None
    places = _places(missing, hypothesis.attention, source.text, hypothesis.text)
    return exchanged(hypothesis.text, _apart(places, [(span.start, span.stop) for span in held]))


def _places(
    missing: list[tuple[Span, Constraint]], attention: Attention, source: str, text: str
) -> list[tuple[Span, Constraint]]:
    found = ((landed(attention, source, text, span), c) for span, c in missing)
    return sorted(
        ((span or (len(text), len(text)), c) for span, c in found), key=lambda place: (place[0], place[1].start)
    )


def _apart(places: list[tuple[Span, Constraint]], held: list[Span]) -> list[tuple[Span, Constraint]]:
    """The places, none overlapping another or a term that stands already: a later one moves behind."""
    apart, end = [], 0
    for place, constraint in places:
        behind = max((taken[1] for taken in held if place[0] < taken[1] and taken[0] < place[1]), default=place[0])
        start = max(behind, end)
        end = max(start, place[1])
        apart.append(((start, end), constraint))
    return apart
