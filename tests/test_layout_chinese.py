"""Chinese set as Chinese: what the layout knows of marks, Western words and lines. test_pdf.py measures the page."""

from __future__ import annotations

import html
import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from pipeline.document import Block, BlockKind, Sentence
from pipeline.layout import chinese, english
from pipeline.layout.composed import composed_chinese, composed_english

CHINESE = st.text("高新区的，。、；：？！“”‘’（）《》—…,.:?!()0123456789ABcd -%·\u3000<&>\"'", max_size=60)


TAGS = {*(f'<span class="{c}">' for c in ("h", "m", "w", "g", "w g", "d", "k")), "</span>", "<wbr>"}


def set_as(text: str, classes: str) -> list[str]:
    return [text[s.start : s.stop] for s in chinese.settings(text) if s.classes == classes]


@pytest.mark.parametrize(
    ("text", "halved"),
    [
        ("他说，“好”。", ["，", "”"]),
        ("《“三标”》，", ["“", "”", "》"]),
        ("高地)”建设", [")"]),
        ("区、四高地（创", []),
        ("说：“好", ["“"]),
        ("完整、准确", []),
    ],
)
def test_of_two_marks_in_a_row_one_gives_up_its_blank_half(text, halved):
    assert set_as(text, "h") == halved


@pytest.mark.parametrize(
    ("text", "before", "western", "carries"),
    [
        ("达314.76万", ["达"], ["314.7"], ["6"]),
        ("涵盖PI-IP-IPO及", ["盖"], ["PI-IP-IP"], ["O"]),
        ("提供1,500张", ["供"], ["1,50"], ["0"]),
        ("(GDP)增长", [], ["GDP"], []),
        ("本报讯 3月", [], [], ["3"]),
        ("第5", ["第"], ["5"], []),
    ],
)
def test_a_gap_stands_between_han_and_western_and_nowhere_else(text, before, western, carries):
    assert (set_as(text, "g"), set_as(text, "w"), set_as(text, "w g")) == (before, western, carries)


def test_an_ascii_comma_is_a_chinese_mark_but_inside_a_figure():
    text = "达1,500张,3:30开始,比GDP快?"
    assert sorted(chinese.wide(text)) == [text.index("张") + 1, text.index("始") + 1, len(text) - 1]


@pytest.mark.parametrize("text", ["实现产业化”“体制", "推进“两区", "“三标”活动"])
def test_a_line_may_break_before_an_opening_quote_and_after_a_closing_one(text):
    for offset in chinese.breaks(text):
        assert text[offset] == "“" or text[offset - 1] == "”"
    assert chinese.breaks(text)


@pytest.mark.parametrize("text", ["“好”，他", "（“三", "“‘深", "”。", "“"])
def test_a_line_never_breaks_after_an_opening_mark_or_before_a_closing_one(text):
    assert chinese.breaks(text) == ()


@given(CHINESE)
def test_settings_are_in_order_and_never_overlap(text):
    covered = Counter(i for s in chinese.settings(text) for i in range(s.start, s.stop))
    assert all(count == 1 for count in covered.values())
    assert all(s.start < s.stop <= len(text) for s in chinese.settings(text))


def block(text: str, words: tuple[str, ...] = (), kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
    return Block(kind, (Sentence("a1.p1.s1", text, words or (text,)),), 1)


def shown(markup: Markup) -> str:
    """The text between the tags (`Markup.striptags` would also collapse spaces)."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


@given(CHINESE, st.data())
def test_any_parts_of_a_composed_text_make_the_text_again(text, data):
    cuts = sorted({0, len(text), *data.draw(st.lists(st.integers(0, len(text)), max_size=3))})
    composed = composed_chinese(block(text))
    assert "".join(shown(composed.markup(a, b)) for a, b in pairwise(cuts)) == text


@given(st.text(max_size=80))
def test_no_text_becomes_a_tag(text):
    assert shown(composed_english(text).markup(0, len(text))) == text
    assert set(re.findall(r"<[^>]*>", composed_chinese(block(text)).markup(0, len(text)))) <= TAGS


def test_a_headline_breaks_between_words_only_and_not_before_a_short_last_one():
    words = ("郑州市", "中心医院", "高新医院", "项目", "开建")
    markup = composed_chinese(block("".join(words), words, BlockKind.HEADLINE)).markup(0, 15)
    assert re.findall(r'<span class="k">(.*?)</span>', markup) == [*words[:3], "项目开建"]


def test_a_paragraphs_last_five_characters_stay_together_and_a_short_ones_do_not():
    assert (
        composed_chinese(block("高新区" * 9 + "更加迫切。")).markup(0, 32).endswith('<span class="k">更加迫切。</span>')
    )
    assert "<span" not in composed_chinese(block("高新区更加迫切。")).markup(0, 8)


@pytest.mark.parametrize(
    "kept", ["3.1476 million", "149,100 million", "March 4", "Mr Zhang", "20th Party", "3 percent"]
)
def test_figure_and_unit_stay_on_one_line(kept):
    text = f"with {kept} of them"
    assert [text[a:b] for a, b in english.kept_together(text)] == [kept]


def test_may_as_a_verb_is_no_month():
    assert english.kept_together("It may 4 times march on in March.") == ()
