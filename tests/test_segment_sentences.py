"""Where sentences end, and where they do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.segment import sentences
from pipeline.segment.sentences import LONG

CUT = "|"
"""Marks the ends of sentences in the examples."""


def parts(marked: str) -> tuple[str, ...]:
    """The sentences of an example, after a look that joined they are its text."""
    text = marked.replace(CUT, "")
    found = sentences(text)
    assert "".join(found) == text
    return found


def agrees(marked: str) -> bool:
    """Whether an example is cut where its marks say; a difference is shown by pytest."""
    assert parts(marked) == tuple(marked.split(CUT))
    return True


@pytest.mark.parametrize(
    "marked",
    [
        "高新区是个好地方。|大家都来了。",
        "增长3.5%，达1.2万亿元。|总投资4.11亿元。",
        "好！！|真的？！|是的。",
        "全力发挥引领示范作用?|张红军表示,高新区将加快发展。",
        "真棒!|下一句。",
        "没有句号",
        "第一句。 |第二句。",
        "　　第一句。|第二句。",
    ],
)
def test_a_full_stop_ends_a_sentence_and_a_decimal_point_does_not(marked):
    assert agrees(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "他说：“我们要努力。”|会议还要求加快建设。",
        "他说,“我们要努力。”|会议还要求加快建设。",
        "会议指出“要加快建设。”|张红军出席会议。",
        "“一句。”|“两句。”",
        "他问：“为什么？”|没人回答。",
        "句子。|（他是院长。）|下一句。",
        '他说："走吧。"|大家都走了。',
        "这对我们“触动非常大。”|今天的公告延续了这一政策。",
        "他说：『走吧。』|大家都走了。",
        "他说：“他喊‘走吧！’”|大家都走了。",
    ],
)
def test_closing_quotes_and_brackets_stay_with_their_sentence(marked):
    assert agrees(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "“我们来了。”他说。|大家鼓掌。",
        "“我们来了！”高新区党工委副书记张红军告诉记者。|大家鼓掌。",
        '"你好。"他说。|"走吧。"',
        "本报讯“高新区竞争力提升了。”张红军告诉记者。",
    ],
)
def test_speech_stays_with_the_speaker_who_follows_it(marked):
    assert agrees(marked)


def test_a_sentence_that_only_follows_speech_stands_alone():
    assert agrees("“我很高兴。”|近日，在高新区，记者看到了新变化。")


@pytest.mark.parametrize(
    "marked",
    [
        "他读《走吧！中国》长大。|下一句。",
        "《为什么？》很好看。|下一句。",
        "他问“为什么？怎么办？”后离开。|下一句。",
        "他大喊“救命！”然后跑了。|下一句。",
        "坚持“稳中求进。”的总基调。|下一句。",
        "共三条（第一条略。第二条略。）都通过了。|下一句。",
        "“前进！”，他喊。|下一句。",
        "【快讯！】高新区再添医院。|下一句。",
    ],
)
def test_a_stop_inside_a_title_a_bracket_or_an_embedded_quotation_does_not_end_the_sentence(marked):
    assert agrees(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "教育、医疗、养老……都在变好。|下一句。",
        "我……我来。|下一句。",
        "他走了很远的路……|第二天，又来了。",
        "他走了很远的路......|第二天，又来了。",
        "未完待续……",
    ],
)
def test_dots_end_a_clause_but_no_list_and_no_stammer(marked):
    assert agrees(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "1.完善机制。|2.推进改革。",
        "约翰.史密斯来了。|下一句。",
        "会议指出,要加快建设.|张红军表示,很好.",
        "增长15.6%.|总投资3.5亿元.",
        "详见 www.example.cn/?id=3&x=1 。|下一句。",
        "访问http://a.cn/?id=3吧。|下一句。",
        "U.S. 公司v2.0发布。|下一句。",
        "Hello world. |This is a test of Co. Ltd in China.",
    ],
)
def test_a_single_dot_ends_a_sentence_only_where_it_is_clear(marked):
    assert agrees(marked)


def test_a_mark_without_partner_is_an_ordinary_character():
    assert agrees("他说：“我们要努力。|会议还要求加快建设。|大家来了。")
    assert agrees("我们要努力。”|会议还要求加快建设。")
    assert agrees("1）完善机制。|2）推进改革。")


class TestLongSpeech:
    SEED = (
        "本报讯“郑州市委十二届二次全会暨市委经济工作会议提出‘深入推进创新驱动科教兴省人才强省战略行动,"
        "加快打造国家创新高地和人才高地。|以非常之策、非常之力推进科技创新,调动各方面力量、资源向科技创新集中发力,"
        "让科技创新成为郑州的最强音、发展的主旋律。’|以大视野、大思维、大手笔来推动改革开放创新,"
        "提升了高新区在全省、全市新发展格局中的竞争力。”高新区党工委副书记、管委会主任张红军告诉记者。"
    )

    def test_it_is_cut_after_its_full_stops_and_the_speaker_stays_with_the_last(self):
        assert agrees(self.SEED)

    def test_short_speech_of_several_sentences_stays_whole(self):
        assert agrees("“今天来了。明天还来。”他说。|下一句。")

    def test_only_as_deep_as_the_length_asks(self):
        inner = "‘" + "甲" * 30 + "。" + "乙" * 30 + "。’"
        assert agrees(f"“{inner}这是他的话。|{'丙' * LONG}。”他说。")

    def test_questions_and_brackets_in_it_are_never_cut(self):
        assert len(parts(f"“{'为什么？' * 30}”他问。")) == 1
        assert len(parts(f"（{'其余从略。' * 30}）")) == 1


TEXTS = st.text(alphabet='高新区说3a.…。！？，、；：“”‘’（）《》()"?! \n')


@given(st.one_of(TEXTS, st.text()))
def test_sentences_joined_are_the_text(text):
    found = sentences(text)
    assert "".join(found) == text
    assert all(found)


@given(TEXTS)
def test_no_sentence_begins_with_a_space_or_a_comma(text):
    for sentence in sentences(text)[1:]:
        assert not sentence[0].isspace()
        assert sentence[0] not in "，、；："
