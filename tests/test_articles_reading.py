"""What a line of a newspaper page is, by rules that hold for any page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.articles.credits import bracketed_byline, is_byline
from pipeline.articles.page import read_page
from pipeline.articles.shapes import Shape, is_dateline, shape
from pipeline.document import BlockKind

BODY = "会上，柴志坤介绍了近期产城更新项目的推进情况，并表示愿意充分发挥资金、技术、管理等方面的优势。"
NEXT = "双方就进一步加快产城更新区的启动区项目、连片开发、更新模式等领域合作达成了重要共识。"
REPORT = "本报讯 3月4日，郑州高新区迎来了医疗卫生发展史上的重大标志性时刻。"


def kinds(text: str) -> list[tuple[str, str]]:
    """Kind and text of all blocks, over all articles."""
    return [(block.kind.value, block.text) for draft in read_page(text) for block in draft.blocks]


@pytest.mark.parametrize(
    "text",
    [
        "记者 孙庆辉",
        "本报记者 张三 李四",
        "记者张红军",
        "高新时报 方宝岭 文/图",
        "通讯员 梁瑞凤 文/图",
        "记者 郭歌 通讯员 梁瑞凤 文/图",
        "文/张三 图/李四",
        "文：张三 摄影：李四",
        "（记者 张三）",
        "□本报记者 王小明",
        "◎张小明",
        "孙庆辉 摄",
        "本报全媒体记者 买买提·艾力",
        "责编 王芳 美编 李静 校对 赵敏",
        "编辑：王芳",
        "区委宣传部 供稿",
        "高新时报全媒体记者 孙庆辉",
        "新华社记者 李明",
        "作者：张三",
        "通讯员 Tom Smith",
    ],
)
def test_roles_papers_and_names_make_a_byline(text):
    assert is_byline(text)


@pytest.mark.parametrize(
    "text",
    [
        "郑州高新区",
        "高新区 记者见面会",
        "记者节",
        "北京天鸿控股集团到访高新区",
        "树立形象标杆 产城更新助力高质量发展",
        "统筹 推进 落实",
        "以赛促学 以学促干",
        "记者从高新区管委会获悉",
        "孙庆辉",
        "图",
        "创新 协调 绿色 开放 共享",
        "记者 孙庆辉 " + "摄影 " * 20,
    ],
)
def test_a_headline_is_no_byline(text):
    assert not is_byline(text)


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        ("工程进展顺利。（记者 张三）", "（记者 张三）"),
        ("工程进展顺利。(通讯员 马超 文/图)", "(通讯员 马超 文/图)"),
        ("三个项目(含绿化)", ""),
        ("工程进展顺利。（完）", ""),
        ("（记者 张三）", ""),
    ],
)
def test_a_byline_in_brackets_may_end_a_paragraph(text, byline):
    assert bracketed_byline(text) == byline


@pytest.mark.parametrize(
    "text",
    [
        "本报讯 3月4日",
        "本报郑州讯",
        "新华社北京3月4日电 记者",
        "据新华社电",
        "本报记者张三报道",
        "高新时报讯",
        "【本报讯】",
    ],
)
def test_a_report_begins_with_its_dateline(text):
    assert is_dateline(text)


@pytest.mark.parametrize("text", ["本报编辑部", "新华社长篇通讯：天下情怀", "喜讯频传", "通讯设备产业园开工"])
def test_a_headline_is_no_dateline(text):
    assert not is_dateline(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年3月8日", Shape.DATE),
        ("发布时间：2023-09-15 09:30", Shape.DATE),
        ("高新时报 2022年6月15日 星期三 第A02版", Shape.FOLIO),
        ("来源：高新时报", Shape.SOURCE),
        ("图为企业技术人员正在检测产品。", Shape.CAPTION),
        ("上图：奠基现场", Shape.CAPTION),
        ("奠基现场。 张立新 摄", Shape.CAPTION),
        ("一、提高政务服务效率", Shape.HEADING),
        ("第一章 总则", Shape.HEADING),
        ("（一）推行“一网通办”", Shape.HEADING),
        ("（二）加强服务。各部门要建立台账，限时办结，定期回访。", Shape.TEXT),
        ("1. 编制办事指南；", Shape.LIST_ITEM),
        ("3.5%的增长", Shape.TITLE),
        ("• 总建筑面积212805平方米", Shape.LIST_ITEM),
        ("——记高新区科技园", Shape.SUBHEAD),
        ("创业者的春天来了吗？", Shape.TITLE),
        ("以昂扬姿态奋进新征程，以实干实绩迎接二十大", Shape.TITLE),
        ("日前，高新区举办消防比武", Shape.TEXT),
        ("他说，高新区是个好地方，要常来", Shape.TEXT),
        ("工程进展顺利。", Shape.TEXT),
    ],
)
def test_a_line_shows_by_its_shape_what_it_may_be(text, expected):
    assert shape(text) == expected


class TestTitles:
    def test_the_line_nearest_the_text_is_the_headline_and_what_stands_above_is_kicker(self):
        assert kinds(f"要闻\n高新区再添医院\n医院项目开建\n{REPORT}")[:3] == [
            ("kicker", "要闻"),
            ("kicker", "高新区再添医院"),
            ("headline", "医院项目开建"),
        ]

    def test_a_line_with_a_dash_below_the_headline_is_the_subhead(self):
        assert kinds(f"小芯片撬动大产业\n——产业发展观察\n\n{BODY}")[:2] == [
            ("headline", "小芯片撬动大产业"),
            ("subhead", "——产业发展观察"),
        ]

    def test_a_page_may_be_one_line(self):
        assert kinds(REPORT) == [("paragraph", REPORT)]
        assert kinds("高新区再添一所大型综合医院") == [("headline", "高新区再添一所大型综合医院")]

    def test_two_short_lines_inside_a_text_begin_the_next_article(self):
        assert len(read_page(f"甲项目开工\n\n{BODY}\n\n综合新闻\n\n乙项目开工\n\n{NEXT}")) == 2

    def test_one_short_line_inside_a_text_is_a_heading(self):
        assert kinds(f"甲项目开工\n\n{BODY}\n\n抓项目\n\n{NEXT}")[2] == ("heading", "抓项目")

    def test_one_short_line_above_a_dateline_begins_the_next_article(self):
        assert len(read_page(f"甲项目开工\n\n{BODY}\n\n乙项目开工\n\n{REPORT}")) == 2

    def test_a_headline_is_not_swallowed_by_a_paragraph_without_full_stop(self):
        text = f"甲项目开工\n\n{BODY.rstrip('。')}\n\n高新区再添医院\n\n医院项目开建\n\n{REPORT}"
        assert ("headline", "医院项目开建") in kinds(text)
        assert ("paragraph", BODY.rstrip("。")) in kinds(text)

    def test_a_headline_over_two_lines_is_mended_and_swallows_no_text(self):
        text = f"郑州市中心医院高新医\n院项目开建\n{BODY}"
        assert kinds(text) == [("headline", "郑州市中心医院高新医院项目开建"), ("paragraph", BODY)]

    def test_a_byline_below_the_headline_does_not_end_the_article(self):
        text = f"甲项目开工\n本报记者 张三\n{BODY}\n乙项目开工\n记者 李四\n{NEXT}"
        assert kinds(text) == [
            ("headline", "甲项目开工"),
            ("paragraph", BODY),
            ("byline", "本报记者 张三"),
            ("headline", "乙项目开工"),
            ("paragraph", NEXT),
            ("byline", "记者 李四"),
        ]

    def test_a_report_behind_a_byline_begins_an_article_without_headline(self):
        assert len(read_page(f"{REPORT}\n记者 张三\n{REPORT}\n记者 李四")) == 2


class TestNotes:
    def test_the_head_of_a_page_gives_date_and_source_to_all_articles(self):
        drafts = read_page(f"高新时报 2022年3月8日 星期二 A02版\n\n甲\n\n{REPORT}\n记者 张三\n\n乙\n\n{REPORT}")
        assert [(draft.date, draft.source) for draft in drafts] == [("2022年3月8日 星期二", "高新时报 A02版")] * 2

    def test_notes_that_share_a_line_are_told_apart(self):
        (draft,) = read_page(f"甲项目开工\n来源：高新时报 时间：2023-09-15 作者：张三\n{BODY}")
        assert (draft.date, draft.source) == ("2023-09-15", "高新时报")
        assert draft.blocks[-1].text == "作者：张三"

    def test_a_date_below_the_text_stays_where_it_is(self):
        (draft,) = read_page(f"关于某事的通知\n{BODY}\n高新区管委会\n2023年4月6日\n")
        assert [block.text for block in draft.blocks[-2:]] == ["高新区管委会", "2023年4月6日"]
        assert draft.date == ""


class TestMending:
    def test_lines_are_numbered_as_in_an_editor_whatever_ends_them(self):
        text = f"甲项目开工\n\n{BODY}".replace("更新项目", "更新项\n\n目")
        for end in ("\n", "\r\n", "\r"):
            (draft,) = read_page(text.replace("\n", end))
            assert [(block.line, block.text) for block in draft.blocks] == [(1, "甲项目开工"), (3, BODY)]
            assert [(repair.first_line, repair.last_line) for repair in draft.repairs] == [(3, 5)]

    def test_a_repair_shows_both_sides_and_its_reason(self):
        (draft,) = read_page(f"甲项目开工\n\n{BODY}依托产业大脑，编制招商图谱，动\n\n态开展定向精准招商活动。\n")
        (repair,) = draft.repairs
        assert (repair.before, repair.after) == ("编制招商图谱，动", "态开展定向精准招")
        assert repair.reason == "a word is cut in two"

    def test_finished_paragraphs_stay_apart(self):
        assert [text for _, text in kinds(f"甲项目开工\n{BODY}\n{NEXT}")] == ["甲项目开工", BODY, NEXT]

    def test_slogans_of_equal_length_are_no_column(self):
        slogans = ["坚持创新驱动发展战略", "坚持绿色低碳循环发展", "坚持改革开放合作共赢", "坚持以人民为中心发展"]
        (draft,) = read_page("\n".join([*slogans, BODY]))
        assert [block.text for block in draft.blocks] == [*slogans, BODY]
        assert draft.repairs == ()

    def test_latin_words_keep_the_space_that_the_line_end_stood_for(self):
        (draft,) = read_page(f"{BODY}他说，这里是全球知名的High-tech\nIndustrial Zone。")
        assert "High-tech Industrial Zone" in draft.blocks[0].text

    def test_white_space_and_invisible_characters_do_not_part_a_term(self):
        assert kinds("\ufeff　　高新\u200b区　产城更新\u00ad项目\t开工")[0][1] == "高新区 产城更新项目 开工"

    def test_a_line_of_megabytes_is_read(self):
        text = (BODY + NEXT) * 8000
        assert len(text.encode()) > 2_000_000
        assert kinds(text) == [("paragraph", text)]


class TestNothingIsLost:
    TITLES = st.sampled_from(["郑州高新区", "高新区再添医院", "产城更新助力高质量发展", "医院项目开建"])
    BYLINES = st.sampled_from(["记者 孙庆辉", "高新时报 方宝岭 文/图", "通讯员 梁瑞凤"])
    SENTENCES = st.sampled_from([BODY, NEXT, REPORT, "“我们来了。”他说。", "床位1500张，“三标”活动。"])
    ARTICLES = st.tuples(
        st.lists(TITLES, min_size=1, max_size=3),
        st.lists(st.lists(SENTENCES, min_size=1, max_size=4).map("".join), min_size=1, max_size=4),
        st.lists(BYLINES, max_size=2),
    )

    @settings(max_examples=30, deadline=None)
    @given(st.lists(ARTICLES, min_size=1, max_size=3), st.data())
    def test_every_character_of_a_page_comes_out_in_order_wherever_its_lines_break(self, articles, data):
        broken = []
        for titles, paragraphs, bylines in articles:
            for text in (*titles, *paragraphs):
                place = data.draw(st.integers(0, len(text)))
                end = data.draw(st.sampled_from(["", "\n", "\n\n", "\r\n　　"]))
                broken.append(text[:place] + end + text[place:])
            broken += bylines
        page = data.draw(st.sampled_from(["\n", "\n\n"])).join(broken)
        assert unspaced("".join(text for _, text in kinds(page))) == unspaced(page)

    @settings(max_examples=80, deadline=None)
    @given(st.text(alphabet="高新区建设的了。，、“”（）！？：；… \n\n\n　\t一二A1", min_size=1))
    def test_every_character_of_any_text_comes_out_in_order(self, text):
        assert unspaced("".join(text for _, text in kinds(text))) == unspaced(text)

    @settings(max_examples=30, deadline=None)
    @given(st.lists(ARTICLES, min_size=1, max_size=3))
    def test_titles_come_first_and_bylines_last(self, articles):
        page = "\n\n".join(
            text for titles, paragraphs, bylines in articles for text in (*titles, *paragraphs, *bylines)
        )
        rank = {BlockKind.KICKER: 0, BlockKind.HEADLINE: 1, BlockKind.SUBHEAD: 2, BlockKind.BYLINE: 4}
        for draft in read_page(page):
            ranks = [rank.get(block.kind, 3) for block in draft.blocks]
            assert ranks == sorted(ranks)


def unspaced(text: str) -> str:
    """All but white space."""
    return "".join(text.split())
