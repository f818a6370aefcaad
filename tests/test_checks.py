"""What each check lets pass and what it does not, as pairs of Chinese and English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.check import CHECKS, check
from pipeline.constrain.amounts import amounts
from pipeline.constrain.dates import dates
from pipeline.constrain.names import NameRules
from pipeline.constrain.names import names as name_constraints
from pipeline.document import Case, Constraint, Origin, Pair, PairOrigin, Sentence, Severity


def term(source, target, *, at=0, **more):
    return Constraint(at, at + len(source), source, target, more.pop("origin", Origin.GLOSSARY), **more)


def pair(source, target, *constraints, origin=PairOrigin.MODEL):
    return Pair(Sentence("a1.p1.s1", source, (source,)), target, constraints, origin, ())


def said(checked, name):
    return [(f.severity, f.message) for f in check([checked]) if f.check == name]


def severities(checked, name):
    return [severity for severity, _ in said(checked, name)]


ZONE = term("高新区", "High-tech Zone", allowed=("High-tech Zones",))


@pytest.mark.parametrize("target", ["The High-tech Zone grows.", "High-tech Zones grow."])
def test_a_term_in_a_form_that_the_glossary_accepts_passes(target):
    assert said(pair("高新区发展", target, ZONE), "terms") == []


@pytest.mark.parametrize("target", ["The zone grows.", "The high-tech park grows.", ""])
def test_a_missing_term_is_an_error(target):
    assert severities(pair("高新区发展", target, ZONE), "terms") == [Severity.ERROR]


def test_a_term_must_stand_as_often_as_in_the_chinese():
    twice = (term("高新区", "High-tech Zone"), term("高新区", "High-tech Zone", at=4))
    assert severities(pair("高新区和高新区", "The High-tech Zone.", *twice), "terms") == [Severity.ERROR]
    assert said(pair("高新区和高新区", "High-tech Zone and High-tech Zone.", *twice), "terms") == []


def test_a_short_term_does_not_hide_inside_a_long_one():
    both = (term("郑州高新区", "Zhengzhou High-tech Zone"), term("高新区", "High-tech Zone", at=6))
    assert severities(pair("郑州高新区、高新区", "The Zhengzhou High-tech Zone.", *both), "terms") == [Severity.ERROR]


def test_a_term_far_too_often_is_a_warning():
    target = "The High-tech Zone, the High-tech Zone and the High-tech Zone."
    assert severities(pair("高新区发展", target, ZONE), "terms") == [Severity.WARNING]


def test_an_exact_term_keeps_its_case():
    exact = term("高新区", "High-tech Zone", case=Case.EXACT)
    assert severities(pair("高新区", "the high-tech zone", exact), "terms") == [Severity.ERROR]


def test_a_reviewers_sentence_may_depart_from_the_glossary_but_it_is_said():
    assert severities(pair("高新区", "the zone", ZONE, origin=PairOrigin.REVIEWED), "terms") == [Severity.WARNING]


def test_a_forbidden_rendering_is_an_error_unless_the_term_itself_says_it():
    banned = term("高新区", "High-tech Zone", forbidden=("Zone", "hi-tech area"))
    assert said(pair("高新区", "The High-tech Zone.", banned), "forbidden") == []
    assert severities(pair("高新区", "The High-tech Zone, a hi-tech area.", banned), "forbidden") == [Severity.ERROR]


def test_a_name_spelled_otherwise_is_an_error():
    (name,) = name_constraints(Sentence("-", "张红军", ("张红军",)), {"张红军"}, NameRules())
    assert said(pair("张红军", "Zhang Hongjun", name), "names") == []
    assert severities(pair("张红军", "Zhang Hong Jun", name), "names") == [Severity.ERROR]


def test_a_date_may_be_worded_otherwise_but_not_be_another_day():
    (day,) = dates("3月4日")
    assert said(pair("3月4日", "4 March", day), "dates") == []
    assert severities(pair("3月4日", "on the fourth of March", day), "dates") == [Severity.NOTE]
    assert severities(pair("3月4日", "on April 4", day), "dates") == [Severity.ERROR]


AGREE = [
    ("诊疗人次达314.76万", "Visits reached 3.1476 million."),
    ("诊疗人次达314.76万", "Visits reached 3,147,600."),
    ("推动33个省重点项目", "Thirty-three provincial key projects"),
    ("增长3.5%", "up three point five percent"),
    ("增长百分之三点五", "up 3.5 per cent"),
    ("近三成企业", "nearly 30% of firms"),
    ("三分之二以上", "more than two-thirds"),
    ("第十二届全会", "the twelfth plenary session"),
    ("3—5年", "three to five years"),
    ("3-5%", "3 to 5 percent"),
    ("20世纪90年代", "the 1990s"),
    ("下午3点", "at 15:00"),
    ("15时", "at 3 p.m."),
    ("二十年来", "over two decades"),
    ("一半人口", "half the population"),
    ("翻了两番", "quadrupled"),
    ("12个", "a dozen"),
    ("零下5度", "5 degrees below zero"),
    ("零下5度", "-5 degrees"),
    ("“十四五”规划", "the 14th Five-Year Plan"),
    ("1995-96赛季", "the 1995-96 season"),
    ("第二次世界大战", "World War II"),
    ("C919客机和5G网络", "the C919 airliner and 5G networks"),
    ("税收总额（亿元） 112.3", "Tax revenue: 11.23 billion yuan"),
    ("24小时开放", "open around the clock"),
    ("约 1,000 万份文件", "some ten million documents"),
    ("一些企业，之一", "one of some enterprises"),
    ("五折优惠", "a 50% discount"),
    ("前7个月", "the first seven months"),
    ("共有50万人", "half a million people"),
    ("1500张床位", "1,500 beds"),
    ("3月4日", "March 4"),
]


@pytest.mark.parametrize(("source", "target"), AGREE)
def test_numbers_that_agree_by_value_pass_in_whatever_wording(source, target):
    assert said(pair(source, target), "numbers") == []


DISAGREE = [
    ("诊疗人次达314.76万", "Visits reached 31.476 million."),
    ("手术量4.11万台", "411,000 operations"),
    ("手术量4.11万台", "4.11 operations"),
    ("增长3.5%", "up 3.5"),
    ("增长3.5%", "up 35%"),
    ("零下5度", "5 degrees"),
    ("总投资1.2万亿元", "1.2 billion yuan"),
    ("建筑面积212805平方米", "221,805 square meters"),
    ("提供1500张床位", "15 million beds"),
    ("3月4日", "March 14"),
]


@pytest.mark.parametrize(("source", "target"), DISAGREE)
def test_numbers_of_another_value_are_errors(source, target):
    assert severities(pair(source, target), "numbers") == [Severity.ERROR]


def test_a_number_left_out_or_added_is_a_warning():
    assert severities(pair("推动33个省重点项目", "Projects are promoted."), "numbers") == [Severity.WARNING]
    assert severities(pair("推动省重点项目", "33 projects are promoted."), "numbers") == [Severity.WARNING]


def test_a_fixed_number_said_twice_is_a_warning():
    fixed = amounts(Sentence("-", "手术量4.11万台", ("手术量", "4.11", "万", "台")))
    target = "with 41,100 surgeries and 41,100 surgeries"
    ((severity, message),) = said(pair("手术量4.11万台", target, *fixed), "numbers")
    assert severity is Severity.WARNING
    assert message == "“41,100” stands twice in the English, 4.11万台 once in the Chinese."


def test_the_message_says_the_value_and_what_stands_instead():
    ((_, message),) = said(pair("手术量4.11万台", "411,000 operations"), "numbers")
    assert message == "The Chinese says 4.11万 (41,100), the English 411,000 instead."


def test_a_number_inside_a_term_is_asked_for_by_the_terms_check_alone():
    plan = term("“十四五”", "14th Five-Year Plan")
    assert said(pair("“十四五”", "the 14th Five-Year Plan", plan), "numbers") == []


@given(st.integers(11, 10**7))
def test_every_fixed_number_written_as_asked_agrees(value):
    text = f"共{value}平方米"
    found = amounts(Sentence("-", text, (text,)))
    english = found[0].target if found else f"{value:,} square meters"
    assert said(pair(text, english, *found), "numbers") == []
    assert severities(pair(text, english.replace(english.split()[0], f"{value * 10 + 1}", 1)), "numbers") != []


def test_chinese_left_over_is_an_error_unless_a_term_asks_for_it():
    assert severities(pair("高新区", "the 高新区"), "han") == [Severity.ERROR]
    assert said(pair("福字", "the character 福", term("福字", "the character 福")), "han") == []


@pytest.mark.parametrize("mark", ["⟦", "⦂", "⟧", "⁇", "▁", "X1", "<unk>"])
def test_a_mark_of_the_translation_is_an_error(mark):
    assert severities(pair("高新区", f"the {mark} zone"), "marks") == [Severity.ERROR]


def test_a_token_that_the_chinese_has_itself_is_no_mark():
    assert said(pair("X1车型", "the X1 model"), "marks") == []


@pytest.mark.parametrize(
    "target",
    [
        "applause applause applause applause",
        "we will build a city, we will build a city, we will build a city",
        "na na na",
    ],
)
def test_a_loop_is_an_error(target):
    assert severities(pair("掌声", target), "repetition") == [Severity.ERROR]


def test_a_cheer_that_the_chinese_repeats_too_is_no_loop():
    assert said(pair("加油!加油!加油!", "Go! Go! Go!"), "repetition") == []


def test_a_word_twice_is_a_warning():
    assert severities(pair("高新区", "the the zone"), "doubled") == [Severity.WARNING]
    assert said(pair("高新区", "It had had a zone; Baden Baden."), "doubled") == []


def test_open_brackets_and_quotes_are_warnings_where_the_chinese_closes_its_own():
    assert severities(pair("（高新区）", "(the zone"), "brackets") == [Severity.WARNING]
    assert severities(pair("“高新区”", "“the zone"), "brackets") == [Severity.WARNING]
    assert said(pair("“高新区", "“the zone"), "brackets") == []


def test_a_very_short_or_long_english_is_a_warning_and_none_an_error():
    source = "完善科技金融链条打造以种子期雏鹰瞪羚独角兽平台生态型龙头企业为重点的体系"
    assert severities(pair(source, "Finance."), "length") == [Severity.WARNING]
    assert severities(pair(source, "Finance " * 100), "length") == [Severity.WARNING]
    assert severities(pair(source, " "), "length") == [Severity.ERROR]


def test_a_forced_sentence_is_a_warning():
    assert severities(pair("高新区", "the zone", origin=PairOrigin.FORCED), "forced") == [Severity.WARNING]
    assert said(pair("高新区", "the zone"), "forced") == []


def test_every_check_says_in_one_line_what_the_reviewer_reads():
    assert all(rule.__doc__ and rule.__doc__.count("\n") == 0 for rule in CHECKS)


def test_a_clean_pair_has_no_finding():
    assert check([pair("高新区发展", "The High-tech Zone grows.", ZONE)]) == ()


@given(st.text(max_size=40), st.text(max_size=60))
def test_no_text_breaks_a_check(source, target):
    for finding in check([pair(source, target)]):
        assert finding.message
        assert finding.sentence_id == "a1.p1.s1"
