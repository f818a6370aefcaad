"""The pair of a sentence whose English a person approved: no engine is asked, and nothing is changed in it."""

from __future__ import annotations

from pipeline.approved import Approvals
from pipeline.document import Pair, PairOrigin, Request
from pipeline.translate.passage import Passage
from pipeline.translate.verify import verify


def reviewed(request: Request, approvals: Approvals) -> Pair | None:
    """The approved English, its terms found where it has them; None for a sentence that nobody approved.

    It stands above model and glossary; where it breaks what the glossary asks, the checks say so.
    """
    one = approvals.get(request.sentence.text)
    if one is None:
        return None
    spans = verify(Passage(request.sentence.text, request.constraints), one.target).spans
    return Pair(request.sentence, one.target, request.constraints, PairOrigin.REVIEWED, spans, accepted=one.accepted)
