"""The bulletin as one HTML file: nothing fetched, nothing lost, nothing but escaped text."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_bulletin import ARTICLES, FINDINGS, TERMS, pair, sample

from pipeline.document import Bulletin, Finding, Pair, PairOrigin, Sentence, Severity
from pipeline.errors import ConfigError, LayoutError
from pipeline.layout import Entry, Style, index_html, theme, to_html
from pipeline.layout.inline import anchor
from pipeline.layout.page import page

STYLE = Style(name_zh="高新时报", name_en="Gaoxin Times", issue="总第1024期", date="2022-03-05")


class Texts(HTMLParser):
    """What stands in the elements that carry a sentence, and all addresses of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.depth, self.silent, self.texts, self.addresses = 0, 0, [], []
        self.ids: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.addresses += [given[name] for name in ("src", "href", "action", "data") if name in given]
        self.ids += [given["id"]] if "id" in given else []
        if given.get("class") == "s":
            self.texts.append("")
            self.depth = 1
        elif self.depth and tag != "wbr":
            self.depth += 1
            self.silent += (tag == "i" or given.get("class") == "marks") or self.silent > 0

    def handle_endtag(self, tag):
        self.silent -= self.silent > 0
        self.depth -= self.depth > 0

    def handle_data(self, data):
        if self.depth and not self.silent:
            self.texts[-1] += data


def read(html: str) -> Texts:
    texts = Texts()
    texts.feed(html)
    return texts


def rendered(bulletin: Bulletin, style: Style = STYLE) -> str:
    """The page without its fonts, which take longer than all the rest."""
    return theme.render("gazette", "bulletin.html", page=page(bulletin, style), style=style, css="", script="")


@pytest.fixture(scope="module")
def html() -> str:
    return to_html(sample(), STYLE)


def test_every_sentence_stands_on_the_page_in_both_languages(html):
    written = [text for article in ARTICLES for _, block in article for text in block for text in text]
    assert sorted(read(html).texts) == sorted(written)


def test_nothing_is_fetched(html):
    addresses = read(html).addresses
    assert addresses
    assert [a for a in addresses if not a.startswith("#")] == []
    assert set(re.findall(r"url\((.{9})", html)) == {"data:font"}
    assert "@import" not in html
    assert "default-src 'none'" in html


def test_every_address_leads_somewhere_on_the_page(html):
    found = read(html)
    assert {a[1:] for a in found.addresses} <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))


def test_the_seed_page_with_its_fonts_is_under_a_megabyte_and_a_half(html):
    assert len(html.encode()) < 1_500_000


def test_each_occurrence_of_a_term_is_marked_in_both_languages_and_described(html):
    table = re.search(r'<tr id="t(\d+)"><td lang="zh-Hans">高新区</td><td lang="en">High-tech Zone', html)
    assert table
    marked = re.findall(rf'<a class="t" href="#t{table[1]}" aria-describedby="t{table[1]}"', html)
    bulletin = sample()
    occurrences = sum(
        sum(c.source == "高新区" for c in p.constraints)
        + sum(p.constraints[s.constraint].source == "高新区" for s in p.target_spans)
        for p in bulletin.pairs.values()
    )
    assert len(marked) == occurrences > 10


def test_the_list_of_terms_says_how_often_each_is_used(html):
    uses = sum(text.count("产城更新") for article in ARTICLES for _, block in article for text, _ in block)
    assert re.search(rf'产城更新</td>.*?<td class="count">{uses}</td>', html)
    assert all(f'<td lang="zh-Hans">{term}</td>' in html for term in TERMS)


def test_the_list_and_every_occurrence_say_which_layer_a_term_came_from(html):
    assert re.search(r'产城更新</td>.*?<td class="layer" lang="en">glossary\.csv</td>', html)
    assert 'data-t="产城更新 → industry-city renewal (glossary.csv)"' in html


def test_findings_stand_in_the_margin_and_in_a_list_with_a_legend(html):
    for finding in FINDINGS:
        assert html.count(f"f-{finding.check}-{finding.sentence_id}") == 2
    assert "white on black is an error" in html


def test_a_clean_page_has_no_findings_and_no_numbers():
    html = rendered(sample(), replace(STYLE, clean=True))
    assert not re.search(r'class="(marks|mark|no|notes|legend)\b', html)


def test_the_colophon_names_the_model_and_the_glossary_that_were_used(html):
    colophon = sample().colophon
    assert colophon.model in html
    assert colophon.model_sha256[:16] in html
    assert colophon.glossary_sha256[:16] in html


def with_sentence(zh: str, en: str) -> Bulletin:
    """The sample, its first headline saying something else."""
    bulletin = sample()
    article = bulletin.articles[0]
    sentence = Sentence("a1.h.s1", zh, tuple(zh))
    blocks = tuple(replace(b, sentences=(sentence,)) if b.sentences[0].id == "a1.h.s1" else b for b in article.blocks)
    changed = {**bulletin.pairs, "a1.h.s1": Pair(sentence, en, (), PairOrigin.MODEL, ())}
    return replace(bulletin, articles=(replace(article, blocks=blocks), *bulletin.articles[1:]), pairs=changed)


HOSTILE = st.text(
    st.one_of(st.sampled_from("<>&\"'/=`{}%#高“”，, "), st.characters(categories=["L", "N", "P", "S"])), max_size=40
)


@settings(max_examples=20, deadline=None)
@given(HOSTILE, HOSTILE)
def test_an_articles_text_is_escaped_wherever_it_stands(zh, en):
    zh = zh or "空"
    html = rendered(with_sentence(zh, en))
    assert zh in read(html).texts
    assert en in read(html).texts
    assert re.sub(r"\s|<[^>]*>|&[^;]+;", "", html).count("<") == 0
    assert tags(html) == tags(rendered(with_sentence("空", "x")))


def tags(html: str) -> list[str]:
    """Elements but for those that set marks and words, which differ with the text."""
    return [t for t in re.findall(r"</?(\w+)", html) if t not in {"span", "wbr"}]


def test_a_character_that_no_font_has_is_refused_by_name():
    with pytest.raises(LayoutError, match=r"no font has a glyph for “😀” \(U\+1F600, GRINNING FACE\); replace"):
        to_html(with_sentence("高新区😀", "x"), STYLE)


def test_han_in_the_english_is_shown_too():
    bulletin = sample()
    first = bulletin.pairs["a2.p1.s1"]
    changed = {**bulletin.pairs, "a2.p1.s1": pair(first.sentence, "The word 囍 stays.")}
    assert "囍" in to_html(replace(bulletin, pairs=changed), STYLE)


def test_what_the_style_says_is_escaped_too():
    html = rendered(sample(), replace(STYLE, name_en='<b>"x"</b>', issue="<i>"))
    assert "<b>" not in html
    assert "<i>" not in html


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"layout": "sideways"}, "there is no layout “sideways”; choose one of side-by-side"),
        ({"paper": "B9"}, "there is no paper “B9”"),
        ({"size": 3}, "3 pt is no size to read"),
        ({"ratio": 0.9}, "a ratio of 0.9"),
        ({"accent": "red;}"}, "is no colour; write it as #rrggbb"),
        ({"logo": "http://x/y.png"}, "the logo is not a picture in the file"),
    ],
)
def test_a_style_that_no_page_can_be_set_with_is_refused(values, message):
    with pytest.raises(ConfigError, match=re.escape(message)):
        Style(**values)


def test_an_unknown_theme_is_refused_and_the_shipped_ones_named():
    with pytest.raises(ConfigError, match="gazette"):
        to_html(sample(), replace(STYLE, theme="no-such-theme"))


def test_the_index_lists_the_bulletins_with_their_addresses_escaped():
    entry = Entry("a/a.html", "a/a.pdf", "高新区<再添", "A & B", articles=3, sentences=1, findings=2)
    html = index_html([entry], STYLE)
    assert "高新区&lt;再添" in html
    assert "A &amp; B" in html
    assert "3 articles, 1 sentence, 2 to review" in html
    assert read(html).addresses == ["a/a.html", "a/a.pdf"]


def test_an_empty_index_says_so():
    assert "No bulletin has been built yet." in index_html([], STYLE)


def test_two_findings_of_one_check_in_one_sentence_have_an_anchor_each():
    bulletin = sample()
    first = bulletin.findings[0]
    twice = replace(bulletin, findings=(*bulletin.findings, replace(first, message="Something else as well.")))
    anchors = re.findall(rf'id="(f-{first.check}-{first.sentence_id}[^"]*)"', rendered(twice, STYLE))
    assert len(set(anchors)) == len(anchors) == 2


def test_of_two_numbers_on_one_line_the_first_stands_further_out():
    html = rendered(sample()).split('id="a2"')[0]
    classes = re.findall(r'-en" data-s="[^"]*"><i class="(no[^"]*)" aria-hidden="true">(2\.\d)</i>', html)
    assert classes == [("no out", "2.1"), ("no", "2.2"), ("no", "2.3")]


def test_the_issues_date_is_the_articles_where_the_settings_say_none():
    undated = replace(STYLE, date="")
    assert "<span>2022-03-05</span>" in rendered(sample(), undated)
    articles = sample().articles
    mixed = replace(sample(), articles=(replace(articles[0], date="2022-03-06"), *articles[1:]))
    assert "2022-03-0" not in re.search(r'<p class="issue">(.*?)</p>', rendered(mixed, undated))[1]


def test_the_chinese_column_is_a_whole_number_of_squares_wide():
    for ratio in (0.3, 0.36, 0.5):
        style = replace(STYLE, ratio=ratio)
        squares = style.chinese_share / 100 * 168 / (10 * 25.4 / 72)
        assert squares == pytest.approx(round(squares), abs=0.03)
        assert squares == pytest.approx(ratio * 159 / 3.528, abs=0.52)


def test_a_check_that_finds_much_in_a_sentence_has_one_sign_in_the_margin_that_leads_to_the_gravest():
    said = (("terms", Severity.WARNING, "one"), ("numbers", Severity.NOTE, "two"), ("terms", Severity.ERROR, "three"))
    found = tuple(Finding(name, severity, "a1.p1.s2", message) for name, severity, message in said)
    marks = re.findall(
        r'<a class="mark (\w+)" href="#([^"]+)" title="([^"]*)">(.)</a>', rendered(replace(sample(), findings=found))
    )
    assert [(severity, title, sign) for severity, _, title, sign in marks] == [
        ("error", "one three", "T"),
        ("note", "two", "#"),
    ]
    assert marks[0][1] == anchor(found[2])


def test_where_an_article_comes_from_and_its_own_day_stand_below_it():
    first, *others = sample().articles
    html = rendered(replace(sample(), articles=(replace(first, source="河南<日报>", date="2022-03-04"), *others)))
    assert '<p class="zh" lang="zh-Hans">来源：河南&lt;日报&gt;　2022-03-04</p>' in html
    assert 'Source: <span lang="zh-Hans">河南&lt;日报&gt;</span>, 2022-03-04</p>' in html
    assert "来源" not in rendered(replace(sample(), articles=(replace(first, source=STYLE.name_zh), *others)))
