"""What a theme's templates are given: the bulletin as articles of rows, a list of terms, findings, colophon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from pipeline.document import HEADS, Article, Block, BlockKind, Bulletin, Colophon, Constraint, Finding, Origin
from pipeline.layout import inline
from pipeline.layout.inline import Signs
from pipeline.layout.style import GUTTER, MARGINS, PAPERS, POINT, Style

_SHORT_ZH, _SHORT_EN = 22, 58
Use = tuple[tuple[str, str], Constraint, str]
"""An occurrence of a term: its source and target, its constraint, its sentence's id."""


@dataclass(frozen=True, slots=True)
class Row:
    """A block in both languages: one row of the table."""

    kind: str
    """The block's kind as a class: `list item` is `list-item`."""
    label: str
    """What the row's head cell says to a screen reader."""
    zh: Markup
    en: Markup


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article, set."""

    number: int
    title_zh: str
    title_en: str
    short_zh: str
    """For the running head."""
    short_en: str
    heads: tuple[Row, ...]
    body: tuple[Row, ...]
    bylines: tuple[Row, ...]
    date: str
    source: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A finding, as the list of findings shows it."""

    anchor: str
    sentence_id: str
    label: str
    sign: str
    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the list of terms."""

    number: int
    zh: str
    en: str
    note: str
    layer: str
    count: int
    """How many times the Chinese has it."""
    firsts: tuple[str, ...]
    """The first sentence of each article that has it."""


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the page shows."""

    style: Style
    slug: str
    articles: tuple[ArticlePage, ...]
    terms: tuple[Term, ...]
    legend: tuple[tuple[str, str], ...]
    """Sign and check of each kind of finding that occurs."""
    colophon: Colophon

    @property
    def title(self) -> str:
        """The document's title: the first headline in both languages."""
        first = self.articles[0]
        return " · ".join(filter(None, [first.title_zh, first.title_en])) if self.articles else self.slug

    @property
    def paper(self) -> tuple[float, float]:
        """Width and height of a sheet in millimetres; facing pages lie on one until the PDF parts them."""
        width, height = PAPERS[self.style.paper]
        return (width * 2, height) if self.style.layout == "facing" else (width, height)

    @property
    def date(self) -> str:
        """The issue's date; the articles' own where the settings say none and they all have the same."""
        dates = {article.date for article in self.articles if article.date}
        return self.style.date or (dates.pop() if len(dates) == 1 else "")


def page(bulletin: Bulletin, style: Style) -> Page:
    """The bulletin as its templates need it."""
    uses = tuple(_uses(bulletin))
    numbers = {key: n for n, key in enumerate(sorted({key for key, _, _ in uses}, key=_in_the_list), start=1)}
    findings = {} if style.clean else _by_sentence(bulletin.findings)
    signs = Signs(numbers, findings, numbers=not style.clean, lines=_lines(style))
    articles = tuple(_article(article, bulletin, signs) for article in bulletin.articles)
    shown = {note.sign for article in articles for note in article.notes}
    legend = tuple((sign, check) for check, sign in inline.SIGNS.items() if sign in shown)
    return Page(style, bulletin.slug, articles, _terms(uses, numbers), legend, bulletin.colophon)


def _lines(style: Style) -> tuple[int, int]:
    """About how many characters stand on a line, Chinese and English; an English letter is about 0.48 em wide."""
    em = style.size * POINT
    width = (PAPERS[style.paper][0] - MARGINS) / em
    if style.layout == "side-by-side":
        return round((width - GUTTER / em) * style.ratio), round((width - GUTTER / em) * (1 - style.ratio) / 0.48)
    return round(width), round(width / 0.48)


def _in_the_list(key: tuple[str, str]) -> tuple[str, str]:
    source, target = key
    return (target.strip("“”\"'").casefold(), source)


def _uses(bulletin: Bulletin) -> Iterator[Use]:
    """Each occurrence of a term, in reading order."""
    for article in bulletin.articles:
        for sentence in article.sentences():
            for c in bulletin.pairs[sentence.id].constraints:
                if c.origin is Origin.GLOSSARY:
                    yield (c.source, c.target), c, sentence.id


def _terms(uses: tuple[Use, ...], numbers: Mapping[tuple[str, str], int]) -> tuple[Term, ...]:
    terms = []
    for key, number in numbers.items():
        own = [(constraint, sentence) for k, constraint, sentence in uses if k == key]
        firsts = {sentence.partition(".")[0]: sentence for _, sentence in reversed(own)}
        first = own[0][0]
        terms.append(Term(number, *key, first.note, first.layer, len(own), tuple(sorted(firsts.values()))))
    return tuple(terms)


def _by_sentence(findings: tuple[Finding, ...]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.sentence_id, []).append(finding)
    return found


def _article(article: Article, bulletin: Bulletin, signs: Signs) -> ArticlePage:
    title_zh, title_en = _titles(article, bulletin)
    return ArticlePage(
        number=article.number,
        title_zh=title_zh,
        title_en=title_en,
        short_zh=_short(title_zh, _SHORT_ZH),
        short_en=_short(title_en, _SHORT_EN),
        heads=tuple(_row(block, bulletin, signs) for block in article.of_kind(*HEADS)),
        body=tuple(_row(block, bulletin, signs) for block in article.body),
        bylines=tuple(_row(block, bulletin, signs) for block in article.of_kind(BlockKind.BYLINE)),
        date=article.date,
        source=article.source,
        notes=tuple(_note(f) for s in article.sentences() for f in signs.findings.get(s.id, ())),
    )


def _row(block: Block, bulletin: Bulletin, signs: Signs) -> Row:
    return Row(
        kind=str(block.kind).replace(" ", "-"),
        label=inline.label(block.sentences[0].id).partition(".")[0],
        zh=inline.chinese_block(block, bulletin.pairs, signs),
        en=inline.english_block(block, bulletin.pairs, signs),
    )


def _titles(article: Article, bulletin: Bulletin) -> tuple[str, str]:
    """The headline in both languages; the first sentence where an article has none."""
    headlines = article.of_kind(BlockKind.HEADLINE)
    sentences = [s for block in headlines or article.blocks[:1] for s in block.sentences]
    return "".join(s.text for s in sentences), " ".join(bulletin.pairs[s.id].target for s in sentences)


def _short(title: str, longest: int) -> str:
    if len(title) <= longest:
        return title
    cut = title[:longest]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:，；：、") + "…"


def _note(finding: Finding) -> Note:
    return Note(
        anchor=inline.anchor(finding),
        sentence_id=finding.sentence_id,
        label=inline.label(finding.sentence_id) or finding.sentence_id,
        sign=inline.sign(finding.check),
        severity=str(finding.severity),
        message=finding.message,
    )
