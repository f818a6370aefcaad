"""Each stage as one page takes it; translation as all pages take it together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pipeline import articles, headlines
from pipeline import check as checks
from pipeline import constrain as constraints
from pipeline import segment as segments
from pipeline import translate as translations
from pipeline.approved import Approvals
from pipeline.build.page import Answered, Asked, Page
from pipeline.build.terms import Cutter
from pipeline.build.watch import Run
from pipeline.config import Checks
from pipeline.document import Article, Bulletin, Colophon, Draft
from pipeline.glossary import Glossary, of_article
from pipeline.translate import Decoding, Engine, Memo, Remembered


def read(path: Path) -> tuple[Draft, ...]:
    """The drafts of a file, their own terms seen to be sound; raises ArticleError, or Mistakes of GlossaryError."""
    drafts = articles.read(path)
    for draft in drafts:
        of_article(draft.glossary, name=str(path))
    return drafts


def segment(drafts: Sequence[Draft], cutter: Cutter) -> tuple[Article, ...]:
    """Articles in sentences and words."""
    return segments.segment(drafts, cutter.cut_for(drafts))


def constrain(page: Sequence[Article], terms: Glossary, names: constraints.NameRules) -> Asked:
    """Articles with what the English of each sentence must obey."""
    return Asked(tuple(page), constraints.constrain(page, terms, names=names))


class Unasked:
    """A memory that is written to and not asked, for a run that translates everything again."""

    def __init__(self, memory: Remembered) -> None:
        """What is translated is remembered in `memory`."""
        self._memory = memory

    def recall(self, keys: Sequence[str]) -> Mapping[str, Memo]:
        """Nothing."""
        del keys
        return {}

    def remember(self, memos: Mapping[str, Memo]) -> None:
        """Passed on."""
        self._memory.remember(memos)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where English comes from, the strongest first."""

    approvals: Approvals
    memory: Remembered
    engine: Engine


def translate(
    run: Run, pages: Sequence[Page[Asked]], sources: Sources, options: Decoding
) -> tuple[Page[Answered], ...]:
    """The sentences of all pages: what is approved stands, the rest in one run of the engine.

    Heads have the capitals of a newspaper from here on. Raises EngineError.
    """
    requests = [request for page in pages for request in page.content.requests]
    with run.stage("translate", len(requests), "sentences"):
        approved = [translations.reviewed(request, sources.approvals) for request in requests]
        run.watch.advance(sum(pair is not None for pair in approved))
        rest = [request for request, pair in zip(requests, approved, strict=True) if pair is None]
        done = iter(
            translations.translate(rest, sources.engine, sources.memory, options=options, progress=run.watch.advance)
        )
    pairs = (pair or next(done) for pair in approved)
    shares = (tuple(islice(pairs, len(page.content.requests))) for page in pages)
    return tuple(
        page.holding(Answered(page.content.articles, headlines.headed(page.content.articles, share)))
        for page, share in zip(pages, shares, strict=True)
    )


def ignores(settings: Checks) -> tuple[checks.Ignore, ...]:
    """What `bulletin.toml` sets aside, as the checks want it told, in its order."""
    return tuple(
        checks.Ignore(one.check, one.reason, article=one.article, sentence=one.sentence, contains=one.contains)
        for one in settings.ignore
    )


def check(page: Page[Answered], colophon: Colophon, ignores: Sequence[checks.Ignore] = ()) -> Bulletin:
    """The bulletin, with what the checks find, less what is to be ignored."""
    pairs = {pair.sentence.id: pair for pair in page.content.pairs}
    # The same thing said twice is one thing to look at.
    found = tuple(dict.fromkeys(checks.check(page.content.pairs)))
    findings, ignored = checks.parted(found, page.work.slug, pairs, ignores)
    return Bulletin(
        slug=page.work.slug,
        articles=page.content.articles,
        pairs=pairs,
        findings=findings,
        colophon=colophon,
        ignored=ignored,
    )
