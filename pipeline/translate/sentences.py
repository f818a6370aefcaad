"""Whole sentences from what the ladder makes of their parts: persons and their offices, then clauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.translate.company import Company, company
from pipeline.translate.engine import Decoding, Engine
from pipeline.translate.ladder import Rendering, finished
from pipeline.translate.long import parts
from pipeline.translate.passage import Passage
from pipeline.translate.second import assembled, rendered
from pipeline.translate.verify import verify


def whole_sentences(passages: Sequence[Passage], engine: Engine, options: Decoding) -> tuple[Rendering, ...]:
    """The English of each passage, its persons apart from their offices where that comes out verified."""
    companies = {passage: found for passage in passages if (found := company(passage)) is not None}
    asked = [passage for passage in passages if passage not in companies]
    for found in companies.values():
        asked += [found.core, *(office.passage for office in found.offices)]
    said = _by_clauses(asked, engine, options)
    for passage, found in companies.items():
        if (together := _together(passage, found, said)) is not None:
            said[passage] = together
    said |= _by_clauses([passage for passage in companies if passage not in said], engine, options)
    return tuple(said[passage] for passage in passages)


def _by_clauses(passages: Sequence[Passage], engine: Engine, options: Decoding) -> dict[Passage, Rendering]:
    pieces = {passage: parts(passage, engine.fits) for passage in passages}
    flat = iter(rendered([piece for whole in pieces.values() for piece in whole], engine, options))
    return {passage: assembled(passage, whole, [next(flat) for _ in whole]) for passage, whole in pieces.items()}


def _together(passage: Passage, found: Company, said: Mapping[Passage, Rendering]) -> Rendering | None:
    """The sentence with its offices back; None unless it is verified and nothing about it is doubtful."""
    core, *offices = [said[part] for part in (found.core, *(office.passage for office in found.offices))]
    text = found.together(core.target, [office.target for office in offices])
    if text is None or core.forced or any(office.forced for office in offices):
        return None
    target = finished(passage, text)
    verdict = verify(passage, target)
    if verdict.faults or verdict.doubts:
        return None
    whole = assembled(passage, (found.core, *(o.passage for o in found.offices)), [core, *offices])
    return replace(whole, target=target, spans=verdict.spans, faults=(), doubts=())
