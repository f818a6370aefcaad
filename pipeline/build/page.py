"""What becomes of one article on its way through the stages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from pipeline.document import Article, Bulletin, Pair, Request
from pipeline.project import Work

Content = TypeVar("Content")
Next = TypeVar("Next")


@dataclass(frozen=True, slots=True)
class Page(Generic[Content]):
    """An article file, and what the last stage made of it."""

    work: Work
    content: Content

    def holding(self, content: Next) -> Page[Next]:
        """The same article, one stage on."""
        return Page(self.work, content)


@dataclass(frozen=True, slots=True)
class Asked:
    """Articles, and what the English of their sentences must obey."""

    articles: tuple[Article, ...]
    requests: tuple[Request, ...]
    """One a sentence, in reading order."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Articles and the English of their sentences."""

    articles: tuple[Article, ...]
    pairs: tuple[Pair, ...]
    """One a sentence, in reading order."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A bulletin ready to be written."""

    bulletin: Bulletin
    html: str
    pdf: bytes
