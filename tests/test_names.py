"""Who is a person in a bulletin, and how their name is spelled."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.articles import read
from pipeline.constrain.names import NameRules, names, persons
from pipeline.constrain.pinyin import latin, surnames
from pipeline.document import Article, Block, BlockKind, Case, Origin, Sentence
from pipeline.segment import segment, word_cutter

CUT = word_cutter([])
PAGE = Path(__file__).parents[1] / "articles" / "gaoxin-shibao-page.txt"


def table():
    lines = (Path(__file__).parent / "data" / "names.tsv").read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if not line.startswith("#")][1:]


def article(*texts, kind=BlockKind.PARAGRAPH):
    blocks = tuple(Block(kind, (Sentence(f"a1.p{i}.s1", t, tuple(CUT(t))),), i) for i, t in enumerate(texts, 1))
    return Article(1, blocks, "", "", {}, ())


def found(*texts, kind=BlockKind.PARAGRAPH):
    return set(persons([article(*texts, kind=kind)]))


@pytest.mark.parametrize(("name", "target", "source"), table())
def test_names_are_spelled_as_the_world_knows_them(name, target, source):
    assert latin(name) == target, source


def test_the_table_is_as_long_as_promised():
    assert len(table()) >= 80


@pytest.mark.parametrize(
    ("surname", "reading"),
    [
        ("单", "Shan"), ("解", "Xie"), ("曾", "Zeng"), ("仇", "Qiu"), ("区", "Ou"), ("查", "Zha"), ("任", "Ren"),
        ("华", "Hua"), ("朴", "Piao"), ("盖", "Ge"), ("繁", "Po"), ("覃", "Qin"), ("冼", "Xian"), ("逄", "Pang"),
        ("尉迟", "Yuchi"), ("欧阳", "Ouyang"), ("司马", "Sima"), ("上官", "Shangguan"), ("诸葛", "Zhuge"),
    ],
)  # fmt: skip
def test_a_surname_is_read_as_a_surname(surname, reading):
    assert latin(f"{surname}明").split()[0] == reading


@pytest.mark.parametrize(("umlaut", "target"), [("yu", "Lyu Bu"), ("ü", "Lü Bu"), ("v", "Lv Bu")])
def test_the_policy_says_what_the_umlaut_becomes(umlaut, target):
    assert latin("吕布", umlaut=umlaut) == target


def test_a_name_without_a_surname_is_refused():
    with pytest.raises(ValueError, match="surname"):
        latin("的确")


@given(st.sampled_from(sorted(surnames())), st.text("安恩伟红军明西娥", min_size=1, max_size=2))
def test_every_name_is_two_words_with_capitals(family, given_name):
    first, second = latin(family + given_name).split(" ")
    assert first[0].isupper()
    assert second[0].isupper()
    assert (first + second).replace("'", "").isascii()


def test_all_persons_of_the_seed_page_are_found_and_nobody_else():
    articles = segment(read(PAGE), CUT)
    assert persons(articles) == {
        "张红军", "孙庆辉", "王万鹏", "高山林", "连鸿凯", "方宝岭", "柴志坤", "赵毅", "周爱荣", "梁瑞凤",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("高新区管委会主任张红军告诉记者", {"张红军"}),
        ("据连鸿凯介绍,医院", {"连鸿凯"}),
        ("董事长柴志坤一行到访", {"柴志坤"}),
        ("副主任赵毅,办公室主任周爱荣出席会议", {"赵毅", "周爱荣"}),
        ("院长欧阳明华,在会上说", {"欧阳明华"}),
        ("（记者 孙庆辉 通讯员 梁瑞凤）", {"孙庆辉", "梁瑞凤"}),
        ("（记者 孙庆辉 方宝岭）", {"孙庆辉", "方宝岭"}),
        ("代表张伟、李静、王小明等参加", {"张伟", "李静", "王小明"}),
        ("市长单志强宣布开工", {"单志强"}),
        ("教授曾明表示", {"曾明"}),
        ("张红军强调,要加快建设", {"张红军"}),
    ],
)
def test_context_gives_a_name_away(text, who):
    assert found(text) == who


@pytest.mark.parametrize(
    "text",
    [
        "高新区党工委高度重视", "金盏街以北", "打造青年双创生态", "主任任期届满", "书记高度评价",
        "代表全体职工", "项目负责人表示", "方案指出", "高校表示", "双方表示", "主任向大家表示感谢",
        "记者于日前获悉", "院长连续三年", "主席台就座", "代表江苏参赛", "韩国总统朴槿惠表示", "会议强调,要",
        "任务要求高", "和平表示", "记者了解到", "书记处书记", "专家高度认可", "委员会主任会议", "方面强调",
        "居民安居乐业", "时代强音下", "学生常年坚持", "温度介绍", "花园说明", "企业家万众一心", "主任安排部署",
        "市长解决问题", "书记余下的工作", "董事长单位", "工人文化宫", "医生成功完成手术",
    ],
)  # fmt: skip
def test_words_are_not_taken_for_persons(text):
    assert found(text) == set()


def test_a_byline_names_persons_between_its_blanks():
    assert found("高新时报 方宝岭 文/图", kind=BlockKind.BYLINE) == {"方宝岭"}
    assert found("通讯员 梁瑞凤 文/图", kind=BlockKind.BYLINE) == {"梁瑞凤"}


def test_who_is_found_once_is_named_everywhere_and_alike():
    page = article("主任张红军表示", "项目由张红军宣布开工,张红军致辞")
    known = persons([page])
    second = page.blocks[1].sentences[0]
    assert [(c.start, c.target) for c in names(second, known, NameRules())] == [
        (3, "Zhang Hongjun"),
        (11, "Zhang Hongjun"),
    ]


def test_a_short_name_is_named_only_where_it_is_a_word():
    known = {"赵毅"}
    text = "赵毅力量"
    assert names(Sentence("-", text, ("赵", "毅力", "量")), known, NameRules()) == ()
    assert len(names(Sentence("-", "赵毅出席", ("赵毅", "出席")), known, NameRules())) == 1


def test_names_are_exact_and_say_where_they_come_from():
    (constraint,) = names(Sentence("-", "张红军", ("张红军",)), {"张红军"}, NameRules())
    assert (constraint.origin, constraint.case, constraint.layer) == (Origin.NAME, Case.EXACT, "names")
