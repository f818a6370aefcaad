"""A small bulletin out of the seed page, its English written by hand, and a long one for paging."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.document import (
    Article,
    Block,
    BlockKind,
    Bulletin,
    Colophon,
    Constraint,
    Finding,
    Origin,
    Pair,
    PairOrigin,
    Sentence,
    Severity,
    TargetSpan,
)

TERMS = {
    "郑州高新区": "Zhengzhou High-tech Zone",
    "高新区": "High-tech Zone",
    "产城更新": "industry-city renewal",
    "本报讯": "Staff report",
    "党工委": "Party Working Committee",
    "管委会": "Administrative Committee",
    "揭榜挂帅": "open competition for the best solutions",
    "“三标”": "“Three Benchmarks”",
    "“十大战略”": "“Ten Strategies”",
    "瞪羚": "gazelle",
    "独角兽": "unicorn",
    "PI-IP-IPO": "PI-IP-IPO",
    "天鸿控股集团": "Tianhong Holding Group",
}
"""Source to target, a dozen of the glossary's."""

K = BlockKind
Blocks = tuple[tuple[BlockKind, tuple[tuple[str, str], ...]], ...]


def _articles(text: str) -> Iterator[Blocks]:
    """`==== article`, then `[kind]` and, a line each, a sentence and its English."""
    for article in text.split("==== article\n")[1:]:
        blocks = re.findall(r"\[(.+)\]\n((?:[^\[\n].*\n)+)", article)
        yield tuple((BlockKind(kind), tuple(batched(lines.splitlines()))) for kind, lines in blocks)


def batched(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Two by two."""
    return zip(lines[::2], lines[1::2], strict=True)


ARTICLES = tuple(_articles(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")))

COLOPHON = Colophon(
    model="translate-zh_en 0.1",
    model_sha256="5f3ac1" + "0" * 58,
    model_origin="shipped",
    glossary_sha256="9be2d7" + "0" * 58,
    versions=(("ctranslate2", "4.8.5"), ("jieba", "0.42.1"), ("weasyprint", "70.0")),
    options=(("beam_size", "4"), ("no_repeat_ngram_size", "0")),
)

FINDINGS = (
    Finding("forced", Severity.WARNING, "a1.p2.s3", "“揭榜挂帅” was translated around; read the joins."),
    Finding("numbers", Severity.ERROR, "a2.p3.s1", "4.11万 (41,100) has no equal in the English."),
    Finding("length", Severity.NOTE, "a3.p2.s3", "The English is short for its Chinese: something may be missing."),
)

_PLACE = {K.KICKER: "k", K.HEADLINE: "h", K.SUBHEAD: "u", K.PARAGRAPH: "p", K.BYLINE: "b"}


def constraints(text: str) -> tuple[Constraint, ...]:
    """Leftmost-longest hits of TERMS."""
    pattern = "|".join(re.escape(term) for term in sorted(TERMS, key=len, reverse=True))
    return tuple(
        Constraint(hit.start(), hit.end(), hit[0], TERMS[hit[0]], Origin.GLOSSARY, note="fixed by the glossary")
        for hit in re.finditer(pattern, text)
    )


_WORDS = (
    "全力|加快|推进|建设|提质增效|郑州市|中心医院|高新医院|项目|开建|北京|天鸿控股集团|到访|"
    "高新区|两区四高地|再添|一所|大型|综合医院"
)


def words(text: str) -> tuple[str, ...]:
    """A headline's words, as jieba would cut them; of what is not known, each character is a word."""
    return tuple(re.findall(f"{_WORDS}|.", text))


def target_spans(english: str, found: tuple[Constraint, ...]) -> tuple[TargetSpan, ...]:
    """Where each constraint's target stands, each occurrence used once; one that is not there has no span."""
    spans: list[TargetSpan] = []
    for index, constraint in enumerate(found):
        for hit in re.finditer(re.escape(constraint.target), english, re.IGNORECASE):
            if all(hit.end() <= span.start or span.stop <= hit.start() for span in spans):
                spans.append(TargetSpan(hit.start(), hit.end(), index))
                break
    return tuple(sorted(spans, key=lambda span: span.start))


def pair(sentence: Sentence, english: str, origin: PairOrigin = PairOrigin.MODEL) -> Pair:
    """A pair with the constraints of TERMS."""
    found = constraints(sentence.text)
    return Pair(sentence, english, found, origin, target_spans(english, found), score=-0.4, rung="inline")


def _article(number: int, blocks: Blocks) -> tuple[Article, dict[str, Pair]]:
    counted: dict[BlockKind, int] = {}
    built, pairs = [], {}
    for line, (kind, sentences) in enumerate(blocks, start=1):
        counted[kind] = counted.get(kind, 0) + 1
        place = _PLACE[kind] + (str(counted[kind]) if kind in {K.PARAGRAPH, K.BYLINE} else "")
        made = tuple(Sentence(f"a{number}.{place}.s{s}", zh, words(zh)) for s, (zh, _) in enumerate(sentences, start=1))
        built.append(Block(kind, made, line))
        pairs |= {s.id: pair(s, en) for s, (_, en) in zip(made, sentences, strict=True)}
    return Article(number, tuple(built), "2022-03-05", "高新时报", {}, ()), pairs


def sample() -> Bulletin:
    """Three articles, eight paragraphs, three findings, one forced pair."""
    articles, pairs = [], {}
    for number, blocks in enumerate(ARTICLES, start=1):
        article, made = _article(number, blocks)
        articles.append(article)
        pairs |= made
    forced = pairs["a1.p2.s3"]
    pairs["a1.p2.s3"] = replace(forced, origin=PairOrigin.FORCED, rung="split")
    return Bulletin("gaoxin-shibao-page", tuple(articles), pairs, FINDINGS, COLOPHON)


def long(articles: int) -> Bulletin:
    """`articles` copies of the second sample article, each with its own numbers; about one and a half pages each."""
    built, pairs = [], {}
    for number in range(1, articles + 1):
        heads, body, bylines = ARTICLES[1][:2], ARTICLES[1][2:6], ARTICLES[1][6:]
        article, made = _article(number, heads + body * 2 + bylines)
        built.append(article)
        pairs |= made
    return Bulletin("long", tuple(built), pairs, (), COLOPHON)
