"""What a sentence's English must obey: terms first, then dates, numbers and names where no term stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.constrain.amounts import amounts
from pipeline.constrain.dates import dates
from pipeline.constrain.names import NameRules, persons
from pipeline.constrain.names import names as name_constraints
from pipeline.document import Article, Constraint, Request
from pipeline.glossary import Glossary, layered, of_article

__all__ = ["NameRules", "constrain"]


def constrain(articles: Sequence[Article], glossary: Glossary, *, names: NameRules) -> tuple[Request, ...]:
    """A request for every sentence of a bulletin, in reading order; constraints in order, none overlapping.

    An article's own terms come before `glossary`. A person found by evidence in one sentence is named alike in all of
    them, unless a term says otherwise. Raises Mistakes of GlossaryError where an article's own terms cannot be used.
    """
    known = persons(articles)
    return tuple(request for article in articles for request in _of_article(article, glossary, known, names))


def _of_article(article: Article, glossary: Glossary, known: frozenset[str], rules: NameRules) -> list[Request]:
    terms = _with_own_terms(article, glossary)
    requests = []
    for sentence in article.sentences():
        found = terms.match(sentence)[0]
        for computed in (dates(sentence.text), amounts(sentence), name_constraints(sentence, known, rules)):
            found = _filled(found, computed)
        requests.append(Request(sentence, found))
    return requests


def _with_own_terms(article: Article, glossary: Glossary) -> Glossary:
    """`glossary` under the article's own terms; raises Mistakes of GlossaryError where these cannot be used."""
    return layered((of_article(article.glossary), glossary)) if article.glossary else glossary


def _filled(taken: Iterable[Constraint], further: Iterable[Constraint]) -> tuple[Constraint, ...]:
    """`taken`, and of `further` what overlaps none of it, in order."""
    kept = tuple(taken)
    free = [c for c in further if all(c.stop <= t.start or t.stop <= c.start for t in kept)]
    return tuple(sorted((*kept, *free), key=lambda c: c.start))
