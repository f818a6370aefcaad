"""Heads in one style: models write them now with capitals, now without; newspapers always with. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline import english
from pipeline.document import HEADS, Article, Case, Pair, PairOrigin, TargetSpan

_WORD = re.compile(r"[^\W\d_]+(?:[’'‑-][^\W_]+)*")
_SMALL = re.compile(
    r"a|an|and|as|at|but|by|for|if|in|nor|of|off|on|or|out|per|so|the|to|up|via|vs?|yet|de|la|du|von|van"
)
"""Words that stay small inside a head: articles, conjunctions, prepositions of two and three letters."""
_UNIT = re.compile(r"\d\s?(?:[kcm]?m|kg)$")
_OPENS = re.compile(r"(?:^|[:—?!]\s*)[^\w]*$")


def headed(articles: Sequence[Article], pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The pairs of these articles, their heads with capitals; what a person approved stays as it was written."""
    heads = {s.id for article in articles for block in article.of_kind(*HEADS) for s in block.sentences}
    machine = (pair.sentence.id in heads and pair.origin is not PairOrigin.REVIEWED for pair in pairs)
    return tuple(_headed(pair) if head else pair for pair, head in zip(pairs, machine, strict=True))


def _headed(pair: Pair) -> Pair:
    """With capitals but in terms that are fixed letter by letter, or that their constraint would not accept so."""
    kept = {span for span in pair.target_spans if pair.constraints[span.constraint].case is Case.EXACT}
    while True:
        raised = replace(pair, target=titled(pair.target, [(span.start, span.stop) for span in kept]))
        lost = {span for span in pair.target_spans if not _accepted(raised, span)} - kept
        if not lost:
            return raised
        kept |= lost


def _accepted(pair: Pair, span: TargetSpan) -> bool:
    constraint, place = pair.constraints[span.constraint], (span.start, span.stop)
    return any(english.accepted(pair.target, place, form, constraint.case) for form in constraint.forms)


def titled(text: str, kept: Sequence[english.Span] = ()) -> str:
    """A head with a capital for all words but the small ones, which have it only where they begin or end the head.

    It has as many characters as before. Never raised: a word with a capital in it (iPhone, pH), what stands in `kept`,
    and heads that are whole sentences.
    """
    letters = list(text)
    words = [] if text.rstrip(" ”’\"')").endswith(".") else list(_WORD.finditer(text))
    for word in words:
        at_edge = word is words[-1] or _OPENS.search(text[: word.start()])
        small = _UNIT.search(text[: word.end()]) or (_SMALL.fullmatch(word[0]) and not at_edge)
        capital = letters[word.start()].upper()
        free = len(capital) == 1 and all(word.end() <= start or stop <= word.start() for start, stop in kept)
        if word[0].islower() and not small and free:
            letters[word.start()] = capital
    return "".join(letters)
