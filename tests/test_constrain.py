"""What a sentence's English must obey, all rules together: terms first, nothing overlapping, in order."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.articles import read
from pipeline.constrain import NameRules, constrain
from pipeline.document import Article, Block, BlockKind, Origin, Sentence
from pipeline.glossary import Entry, Glossary
from pipeline.segment import segment, word_cutter

CUT = word_cutter(["高新区", "朴树生", "三分之二多数"])
PAGE = Path(__file__).parents[1] / "articles" / "gaoxin-shibao-page.txt"


def article(*texts, kind=BlockKind.PARAGRAPH, glossary=None, number=1):
    sentences = (Sentence(f"a{number}.p{i}.s1", t, tuple(CUT(t))) for i, t in enumerate(texts, 1))
    return Article(number, tuple(Block(kind, (s,), 1) for s in sentences), "", "", glossary or {}, ())


def constraints(*articles, glossary=()):
    requests = constrain(articles, Glossary(Entry(s, t) for s, t in glossary), names=NameRules())
    return [[(c.source, c.target, c.origin) for c in r.constraints] for r in requests]


def test_terms_dates_numbers_and_names_stand_side_by_side():
    assert constraints(
        article("3月4日,主任张红军表示,高新区手术量4.11万台"), glossary=[("高新区", "High-tech Zone")]
    ) == [
        [
            ("3月4日", "March 4", Origin.DATE),
            ("张红军", "Zhang Hongjun", Origin.NAME),
            ("高新区", "High-tech Zone", Origin.GLOSSARY),
            ("4.11万台", "41,100", Origin.NUMBER),
        ]
    ]


def test_a_number_inside_a_term_is_the_terms():
    found = constraints(article("落实三分之二多数规则"), glossary=[("三分之二多数", "two-thirds majority")])
    assert found == [[("三分之二多数", "two-thirds majority", Origin.GLOSSARY)]]


def test_the_glossary_spells_a_person_its_own_way():
    found = constraints(article("主任朴树生表示", "朴树生说"), glossary=[("朴树生", "Pu Shusheng")])
    assert [c[0][1] for c in found] == ["Pu Shusheng", "Pu Shusheng"]


def test_an_articles_own_term_stands_above_the_glossary_and_holds_for_it_alone():
    first = article("高新区成立", glossary={"高新区": "Hi-tech Park"})
    second = article("高新区成立", number=2)
    found = constraints(first, second, glossary=[("高新区", "High-tech Zone")])
    assert [c[0][1] for c in found] == ["Hi-tech Park", "High-tech Zone"]


def test_a_person_found_in_one_article_is_named_in_the_others():
    found = constraints(article("主任张红军表示"), article("由张红军宣布", number=2))
    assert [c[0][1] for c in found] == ["Zhang Hongjun", "Zhang Hongjun"]


def test_a_byline_is_said_wholly_by_its_constraints():
    roles = [("通讯员", "Correspondent"), ("文/图", "Text and Photos")]
    (found,) = constraints(article("通讯员 梁瑞凤 文/图", kind=BlockKind.BYLINE), glossary=roles)
    assert [target for _, target, _ in found] == ["Correspondent", "Liang Ruifeng", "Text and Photos"]


def test_the_seed_page_has_these_numbers_dates_and_persons():
    requests = constrain(segment(read(PAGE), CUT), Glossary(), names=NameRules())
    found = {(c.source, c.target) for r in requests for c in r.constraints if c.origin is not Origin.NAME}
    assert found == {
        ("3月4日", "March 4"),
        ("212805平方米", "212,805 square meters"),
        ("314.76万", "3.1476 million"),
        ("14.91万", "149,100"),
        ("4.11万台", "41,100"),
        ("3月2日下午", "the afternoon of March 2"),
    }
    persons = {c.target for r in requests for c in r.constraints if c.origin is Origin.NAME}
    assert persons == {
        "Zhang Hongjun", "Sun Qinghui", "Wang Wanpeng", "Gao Shanlin", "Lian Hongkai", "Fang Baoling", "Chai Zhikun",
        "Zhao Yi", "Zhou Airong", "Liang Ruifeng",
    }  # fmt: skip


PIECES = [
    "3月4日",
    "下午",
    "张红军",
    "主任",
    "4.11万台",
    "三分之二",
    "高新区",
    "，",
    "表示",
    "2021年",
    "1.2万亿元",
    "记者 ",
    "。",
    "第十二届",
]


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.dictionaries(
        st.sampled_from(["高新区", "2021年", "张红", "万台", "月4日", "主任张"]), st.just("Term"), max_size=4
    ),
)
def test_constraints_are_in_order_lie_in_the_sentence_and_never_overlap(text, terms):
    if not text:
        return
    requests = constrain([article(text)], Glossary(Entry(s, t) for s, t in terms.items()), names=NameRules())
    (request,) = requests
    assert all(request.sentence.text[c.start : c.stop] == c.source for c in request.constraints)
    assert all(a.stop <= b.start for a, b in pairwise(request.constraints))


@pytest.mark.parametrize("text", ["高新区", "没有任何约束的句子"])
def test_a_sentence_without_anything_fixed_has_no_constraint(text):
    assert constraints(article(text)) == [[]]
