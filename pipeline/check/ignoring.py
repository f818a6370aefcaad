"""Findings that someone has looked at and set aside, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from pipeline.document import Bulletin, Finding, Ignored, Pair


@dataclass(frozen=True, slots=True)
class Ignore:
    """Which findings need no look: all that is said here must hold; what is empty holds for everything."""

    check: str
    reason: str
    article: str = ""
    """The bulletin's slug; * and ? stand for any characters."""
    sentence: str = ""
    """The sentence's id."""
    contains: str = ""
    """Text that stands in the sentence's Chinese or English, or in the message."""

    def covers(self, finding: Finding, slug: str, pair: Pair) -> bool:
        """Whether a finding, of this pair in this bulletin, is meant."""
        return (
            finding.check == self.check
            and fnmatchcase(slug, self.article or "*")
            and self.sentence in {"", finding.sentence_id}
            and any(self.contains in text for text in (pair.sentence.text, pair.target, finding.message))
        )


def parted(
    findings: Iterable[Finding], slug: str, pairs: Mapping[str, Pair], ignores: Sequence[Ignore]
) -> tuple[tuple[Finding, ...], tuple[Ignored, ...]]:
    """Findings to look at, and those that are ignored, each for the reason that the first fitting ignore gives."""
    kept, ignored = [], []
    for finding in findings:
        pair = pairs[finding.sentence_id]
        fitting = next((one for one in ignores if one.covers(finding, slug, pair)), None)
        if fitting is None:
            kept.append(finding)
        else:
            ignored.append(Ignored(finding, fitting.reason))
    return tuple(kept), tuple(ignored)


def unused(ignores: Sequence[Ignore], bulletins: Sequence[Bulletin]) -> tuple[int, ...]:
    """The places, from 0, of those that cover no finding of these bulletins any more."""
    found = [(one.finding, b.slug, b.pairs[one.finding.sentence_id]) for b in bulletins for one in b.ignored]
    return tuple(n for n, one in enumerate(ignores) if not any(one.covers(*what) for what in found))
