"""What a quality report says of a bulletin, as values: counted from its pairs and findings. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline import check
from pipeline.document import (
    Article,
    BlockKind,
    Bulletin,
    Finding,
    Ignored,
    Origin,
    Pair,
    PairOrigin,
    Sentence,
    Severity,
)

DOUBTFUL = check.doubtful.__name__


@dataclass(frozen=True, slots=True)
class Weights:
    """How many findings there are of each severity."""

    errors: int = 0
    warnings: int = 0
    notes: int = 0
    ignored: int = 0

    @property
    def open(self) -> int:
        """Those that a person has to look at."""
        return self.errors + self.warnings


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """One article."""

    number: int
    title_zh: str
    title_en: str
    sentences: int
    origins: tuple[tuple[str, int], ...]
    """How many sentences were made in each way, in the order of PairOrigin; ways without any too."""
    asked: int
    """Terms, numbers, dates and names to keep."""
    kept: int
    weights: Weights
    kinds: tuple[tuple[str, int], ...]
    """How many findings there are of each check, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The findings of one check."""

    check: str
    about: str
    """What the check says of itself."""
    weights: Weights


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sentence that is doubtful as a whole."""

    pair: Pair
    ratio: float | None
    """English characters for each Chinese one."""
    signs: tuple[str, ...]
    """What looks wrong in its text; empty where the score alone speaks against it."""


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A number of the Chinese and the English for it."""

    sentence: str
    said: check.Compared


@dataclass(frozen=True, slots=True)
class TermRow:
    """A fixed term, with how often it was asked for and kept, and in which articles."""

    source: str
    target: str
    asked: int
    kept: int
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the report says."""

    bulletin: Bulletin
    articles: tuple[ArticleFacts, ...]
    total: ArticleFacts
    """The sums; its titles are those of the first article."""
    kinds: tuple[Kind, ...]
    """Of the checks that found something, in the order of the checks."""
    findings: tuple[Finding, ...]
    """In reading order, those of doubt left out."""
    doubts: tuple[Doubt, ...]
    """The most doubtful first."""
    ignored: tuple[Ignored, ...]
    numbers: tuple[NumberRow, ...]
    terms: tuple[TermRow, ...]
    """The most frequent first."""

    @property
    def date(self) -> str:
        """The articles' date, where all that have one have the same."""
        dates = {article.date for article in self.bulletin.articles if article.date}
        return dates.pop() if len(dates) == 1 else ""

    @property
    def remembered(self) -> int:
        """Sentences translated in an earlier run."""
        return sum(pair.remembered for pair in self.bulletin.pairs.values())

    @property
    def due(self) -> tuple[NumberRow, ...]:
        """The numbers that the English must name."""
        return tuple(row for row in self.numbers if row.said.due)

    @property
    def said(self) -> int:
        """How many of those the English does name."""
        return sum(bool(row.said.target) for row in self.due)


def facts(bulletin: Bulletin) -> Facts:
    """What there is to say of a bulletin."""
    pairs = _pairs(bulletin, bulletin.articles)
    return Facts(
        bulletin=bulletin,
        articles=tuple(_article(bulletin, (article,)) for article in bulletin.articles),
        total=_article(bulletin, bulletin.articles),
        kinds=tuple(_kinds(bulletin)),
        findings=tuple(finding for finding in bulletin.findings if finding.check != DOUBTFUL),
        doubts=_doubts(bulletin),
        ignored=bulletin.ignored,
        numbers=tuple(NumberRow(pair.sentence.id, said) for pair in pairs for said in check.compared(pair)),
        terms=_terms(bulletin),
    )


def _pairs(bulletin: Bulletin, articles: Iterable[Article]) -> tuple[Pair, ...]:
    return tuple(bulletin.pairs[sentence.id] for article in articles for sentence in article.sentences())


def _article(bulletin: Bulletin, articles: tuple[Article, ...]) -> ArticleFacts:
    pairs = _pairs(bulletin, articles)
    own = {pair.sentence.id for pair in pairs}
    title = _title(articles[0])
    origins = Counter(pair.origin for pair in pairs)
    found = tuple(finding for finding in bulletin.findings if finding.sentence_id in own)
    ignored = tuple(one for one in bulletin.ignored if one.finding.sentence_id in own)
    return ArticleFacts(
        number=articles[0].number,
        title_zh="".join(sentence.text for sentence in title),
        title_en=" ".join(bulletin.pairs[sentence.id].target for sentence in title),
        sentences=len(pairs),
        origins=tuple((str(origin), origins[origin]) for origin in PairOrigin),
        asked=sum(len(pair.constraints) for pair in pairs),
        kept=sum(len({span.constraint for span in pair.target_spans}) for pair in pairs),
        weights=_weights(found, ignored),
        kinds=tuple(Counter(finding.check for finding in found).most_common()),
    )


def _title(article: Article) -> tuple[Sentence, ...]:
    """The headline; the first sentence where there is none."""
    headline = next(iter(article.of_kind(BlockKind.HEADLINE)), None)
    return headline.sentences if headline else tuple(article.sentences())[:1]


def _weights(findings: Iterable[Finding], ignored: Iterable[Ignored]) -> Weights:
    found = Counter(finding.severity for finding in findings)
    return Weights(found[Severity.ERROR], found[Severity.WARNING], found[Severity.NOTE], sum(1 for _ in ignored))


def _kinds(bulletin: Bulletin) -> Iterator[Kind]:
    for rule in (*check.CHECKS, *check.CHECKS_OF_ALL):
        name = rule.__name__
        own = [finding for finding in bulletin.findings if finding.check == name]
        ignored = [one for one in bulletin.ignored if one.finding.check == name]
        if own or ignored:
            yield Kind(name, rule.__doc__ or "", _weights(own, ignored))


def _doubts(bulletin: Bulletin) -> tuple[Doubt, ...]:
    pairs = [bulletin.pairs[finding.sentence_id] for finding in bulletin.findings if finding.check == DOUBTFUL]
    ranked = sorted(pairs, key=lambda pair: pair.score or 0.0)
    return tuple(Doubt(pair, check.ratio(pair), check.signs(pair)) for pair in ranked)


def _terms(bulletin: Bulletin) -> tuple[TermRow, ...]:
    uses: dict[tuple[str, str], list[tuple[int, bool]]] = {}
    for article in bulletin.articles:
        for pair in _pairs(bulletin, (article,)):
            landed = {span.constraint for span in pair.target_spans}
            for index, asked in enumerate(pair.constraints):
                if asked.origin is Origin.GLOSSARY:
                    uses.setdefault((asked.source, asked.target), []).append((article.number, index in landed))
    rows = [
        TermRow(*term, len(found), sum(kept for _, kept in found), tuple(dict.fromkeys(number for number, _ in found)))
        for term, found in uses.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.asked, row.target.casefold(), row.source)))
