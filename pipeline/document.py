"""The values that flow from stage to stage. Frozen; nothing here computes, reads or writes.

Draft ─segment→ Article ─constrain→ Request ─translate→ Pair ─check→ Finding; all of them → Bulletin ─layout→ HTML → PDF
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


class BlockKind(enum.StrEnum):
    """What a block of text is on the page."""

    KICKER = "kicker"
    HEADLINE = "headline"
    SUBHEAD = "subhead"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list item"
    QUOTE = "quote"
    CAPTION = "caption"
    BYLINE = "byline"


HEADS = frozenset({BlockKind.KICKER, BlockKind.HEADLINE, BlockKind.SUBHEAD})
"""What stands at the head of an article."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Two lines of the input that were joined into one text."""

    first_line: int
    """Line number, from 1, of the upper line in the input."""
    last_line: int
    """Line number of the lower one (blank lines may lie between)."""
    before: str
    """The last characters of the upper line."""
    after: str
    """The first characters of the lower line."""
    reason: str
    """Why, in words for the editor: "the sentence goes on", "a word is cut in two"."""


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """A block as read: whole text, not yet cut into sentences."""

    kind: BlockKind
    text: str
    line: int
    """Where it begins in the input, from 1."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as read from its file."""

    blocks: tuple[DraftBlock, ...]
    """In reading order, kicker, headline and subhead first, bylines last."""
    date: str = ""
    """As the source says it; may be empty."""
    source: str = ""
    """Where the text was first published; may be empty."""
    glossary: Mapping[str, str] = field(default_factory=dict)
    """Fixed terms of this article alone (front matter), source to target."""
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit of translation and review."""

    id: str
    """Stable and printed: a2.p3.s1 is the first sentence of the third paragraph of article 2 (a2.h.s1 its headline)."""
    text: str
    words: tuple[str, ...]
    """By jieba, in order; joined, they are exactly `text`."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block cut into sentences."""

    kind: BlockKind
    sentences: tuple[Sentence, ...]
    """Their texts, joined, are the block's text."""
    line: int

    @property
    def text(self) -> str:
        """The whole text of the block."""
        return "".join(s.text for s in self.sentences)


@dataclass(frozen=True, slots=True)
class Article:
    """One article, segmented."""

    number: int
    """From 1, in the order of the page."""
    blocks: tuple[Block, ...]
    date: str
    source: str
    glossary: Mapping[str, str]
    repairs: tuple[Repair, ...]

    def of_kind(self, *kinds: BlockKind) -> tuple[Block, ...]:
        """Blocks of these kinds, in order."""
        return tuple(b for b in self.blocks if b.kind in kinds)

    @property
    def body(self) -> tuple[Block, ...]:
        """What stands between the headlines and the bylines."""
        return tuple(b for b in self.blocks if b.kind not in _FURNITURE)

    def sentences(self) -> Iterator[Sentence]:
        """All sentences, in reading order."""
        for block in self.blocks:
            yield from block.sentences


_FURNITURE = HEADS | {BlockKind.BYLINE}


class Origin(enum.StrEnum):
    """Where a constraint comes from."""

    GLOSSARY = "glossary"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"


class Case(enum.StrEnum):
    """How the English of a term may be cased."""

    SENTENCE = "sentence"
    """As written, but capitalised where a sentence begins, or title-cased in a headline."""
    EXACT = "exact"
    """As written, always."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """Characters [start, stop) of a sentence must become `target`."""

    start: int
    stop: int
    source: str
    """The characters as they stand in the sentence."""
    target: str
    origin: Origin
    allowed: tuple[str, ...] = ()
    """Other accepted English forms; `target` itself is not repeated here."""
    forbidden: tuple[str, ...] = ()
    """Renderings that must not stand in the sentence's English."""
    case: Case = Case.SENTENCE
    layer: str = "glossary.csv"
    """Which layer of terms it came from: article, glossary.csv, another layer's name, term bank; or the rule's name."""
    note: str = ""
    """What the glossary says about it, for the reader."""

    @property
    def forms(self) -> tuple[str, ...]:
        """Every accepted English form, the preferred first."""
        return (self.target, *self.allowed)


@dataclass(frozen=True, slots=True)
class Request:
    """A sentence, and what its translation must obey: constraints in order, none overlapping."""

    sentence: Sentence
    constraints: tuple[Constraint, ...]


class PairOrigin(enum.StrEnum):
    """How a translation was made."""

    REVIEWED = "reviewed"
    """A person approved it."""
    FIXED = "fixed"
    """Glossary, numbers, dates and names say the whole sentence; no engine was asked."""
    MODEL = "model"
    FORCED = "forced"
    """Translated around a term that the model would not keep; a reviewer must look."""


@dataclass(frozen=True, slots=True)
class TargetSpan:
    """Where in the English a constraint landed: characters [start, stop) of the target, and the constraint's index."""

    start: int
    stop: int
    constraint: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its English."""

    sentence: Sentence
    target: str
    constraints: tuple[Constraint, ...]
    origin: PairOrigin
    target_spans: tuple[TargetSpan, ...]
    """In order of the target; a constraint that is not realised has none."""
    score: float | None = None
    """The model's own: mean log-probability a piece, ≤ 0; None where no model was asked."""
    rung: str = ""
    """The rung that kept the constraints (plain, inline, code-switch, placeholder, prefix, split); or empty."""
    remembered: bool = False
    """Whether it came from the memory of an earlier run."""
    accepted: tuple[str, ...] = ()
    """What the checks said against it and a reviewer accepted, in the checks' words; of reviewed pairs only."""


class Severity(enum.StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at."""

    check: str
    """The check's name, one of `pipeline.check.NAMES`: terms, numbers, doubtful."""
    severity: Severity
    sentence_id: str
    message: str
    """One sentence for the reviewer."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """A finding that `bulletin.toml` sets aside, and why: not counted, and not on the page."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class Colophon:
    """How the bulletin was made: taken from the values used, never typed."""

    model: str
    """Name and version of the translation package."""
    model_sha256: str
    model_origin: str
    """shipped, installed, or the path given."""
    glossary_sha256: str
    versions: tuple[tuple[str, str], ...]
    """Package and version, sorted."""
    options: tuple[tuple[str, str], ...]
    """Name and value of each decoding option that shapes the English, sorted."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One input file, translated and checked: all that a page shows."""

    slug: str
    """The file's name without suffix; the name of its folder in `output/`."""
    articles: tuple[Article, ...]
    pairs: Mapping[str, Pair]
    """By sentence id."""
    findings: tuple[Finding, ...]
    colophon: Colophon
    ignored: tuple[Ignored, ...] = ()
