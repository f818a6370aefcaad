"""What each check lets pass and what it does not, as pairs of Chinese and English."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.check import CHECKS, CHECKS_OF_ALL, DOUBTED_BELOW, Ignore, check, compared, parted, ratio, signs, unused
from pipeline.constrain.amounts import amounts
from pipeline.constrain.dates import dates
from pipeline.constrain.names import NameRules
from pipeline.constrain.names import names as name_constraints
from pipeline.document import (
    Bulletin,
    Case,
    Colophon,
    Constraint,
    Origin,
    Pair,
    PairOrigin,
    Sentence,
    Severity,
    TargetSpan,
)


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
    expected = "高新区 must be “High-tech Zone”, which the English does not say."
    assert said(pair("高新区发展", target, ZONE), "terms") == [(Severity.ERROR, expected)]


def test_a_term_that_is_missing_twice_is_one_finding():
    assert (
        len(said(pair("高新区发展，高新区更新", "It grows and renews.", ZONE, replace(ZONE, start=6, stop=9)), "terms"))
        == 1
    )


def test_a_term_must_stand_as_often_as_in_the_chinese():
    twice = (term("高新区", "High-tech Zone"), term("高新区", "High-tech Zone", at=4))
    ((severity, message),) = said(pair("高新区和高新区", "The High-tech Zone.", *twice), "terms")
    assert (severity, message.endswith("which the English does not say often enough.")) == (Severity.ERROR, True)
    assert said(pair("高新区和高新区", "High-tech Zone and High-tech Zone.", *twice), "terms") == []


def test_a_short_term_does_not_hide_inside_a_long_one():
    both = (term("郑州高新区", "Zhengzhou High-tech Zone"), term("高新区", "High-tech Zone", at=6))
    assert severities(pair("郑州高新区、高新区", "The Zhengzhou High-tech Zone.", *both), "terms") == [Severity.ERROR]


def test_a_term_that_stands_a_thousand_times_is_counted_in_no_time():
    """Each copy looks on where the last one found its place; from the beginning each time, it took ten seconds."""
    copies, other = [term("高新区", "High-tech Zone", at=at) for at in range(1_000)], term("区", "zone", at=3_000)
    checked = pair("高新区" * 1_000 + "区", "High-tech Zone, " * 999 + "and a zone", *copies, other)
    before = time.process_time()
    assert [message.partition(" must")[0] for _, message in said(checked, "terms")] == ["高新区"]
    assert time.process_time() - before < 5


def test_a_term_far_too_often_is_a_warning():
    target = "The High-tech Zone, the High-tech Zone and the High-tech Zone."
    assert severities(pair("高新区发展", target, ZONE), "terms") == [Severity.WARNING]


def test_an_exact_term_keeps_its_case():
    exact = term("高新区", "High-tech Zone", case=Case.EXACT)
    assert severities(pair("高新区", "the high-tech zone", exact), "terms") == [Severity.ERROR]


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


def test_a_name_that_the_chinese_says_as_often_is_no_loop():
    zone = "High-tech Industrial Development Zone"
    target = f"The {zone} owns a school, the {zone} rents a hall, and the {zone} a park."
    assert said(pair("高新区有学校，高新区租会堂，高新区租公园。", target), "repetition") == []
    assert severities(pair("高新区有学校，该区租会堂，高新区租公园。", target), "repetition") == [Severity.ERROR]


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


def reviewed(source, target, *constraints, accepted=()):
    return replace(pair(source, target, *constraints, origin=PairOrigin.REVIEWED), accepted=accepted)


DAY = dates("3月4日")[0]
NAME = Constraint(0, 3, "张红军", "Zhang Hongjun", Origin.NAME)
CONFLICTS = [
    ("terms", reviewed("高新区", "the zone", ZONE)),
    ("numbers", reviewed("增长3.5%", "up 35 percent")),
    ("numbers", reviewed("共有33个", "there are some")),
    ("dates", reviewed("3月4日", "on April 5", DAY)),
    ("names", reviewed("张红军", "Zhang Hong Jun", NAME)),
    ("forbidden", reviewed("高新区", "High-tech Zone, a hi-tech area", replace(ZONE, forbidden=("hi-tech area",)))),
]


@pytest.mark.parametrize(("name", "spoken"), CONFLICTS)
def test_where_a_reviewer_departs_from_what_is_fixed_the_english_stands_and_it_is_said(name, spoken):
    assert said(replace(spoken, origin=PairOrigin.MODEL), name)
    for severity, message in said(spoken, name):
        assert severity is Severity.WARNING
        assert message.startswith("The reviewer's English stands: ")


@pytest.mark.parametrize(
    ("name", "spoken"), [*CONFLICTS, ("han", reviewed("产业", "产业")), ("marks", reviewed("产业", "⟦"))]
)
def test_what_a_reviewer_accepted_stays_visible_and_fails_nothing(name, spoken):
    by_check = tuple(message for _, message in said(replace(spoken, origin=PairOrigin.MODEL), name))
    as_reviewed = tuple(message for _, message in said(spoken, name))
    for words in (by_check, as_reviewed):
        once = replace(spoken, accepted=words)
        assert set(severities(once, name)) == {Severity.NOTE}
        again = replace(spoken, accepted=tuple(message for _, message in said(once, name)))
        assert said(again, name) == said(once, name)


def test_what_a_reviewer_accepted_of_one_thing_says_nothing_about_another():
    spoken = reviewed("高新区增长3.5%", "the zone is up 35 percent", ZONE)
    (terms_said,) = [message for _, message in said(replace(spoken, origin=PairOrigin.MODEL), "terms")]
    accepted = replace(spoken, accepted=(terms_said,))
    assert severities(accepted, "terms") == [Severity.NOTE]
    assert severities(accepted, "numbers") == [Severity.WARNING]


@pytest.mark.parametrize(
    ("name", "source", "target"),
    [
        ("repetition", "掌声", "na na na"),
        ("length", "完善科技金融链条打造以种子期雏鹰瞪羚独角兽平台生态型龙头企业", "Finance."),
        ("doubled", "高新区", "the the zone"),
        ("doubtful", "高新区？", "the zone"),
    ],
)
def test_a_guess_is_silent_about_a_reviewers_sentence(name, source, target):
    assert said(pair(source, target), name)
    assert said(reviewed(source, target), name) == []


@pytest.mark.parametrize(
    ("name", "source", "target"),
    [("han", "产业", "the 产业"), ("marks", "产业", "the ⟦ industry"), ("length", "产业的事", " ")],
)
def test_a_slip_is_an_error_in_a_reviewers_sentence_too(name, source, target):
    assert severities(reviewed(source, target), name) == [Severity.ERROR]


def test_a_date_that_a_reviewer_words_otherwise_is_only_noted():
    assert severities(reviewed("3月4日", "on the fourth of March", DAY), "dates") == [Severity.NOTE]


SOUND = [
    "The High-tech Zone grows.",
    "He called it the “first step”.",
    "Time and again, more and more firms came; years and years went by.",
    "She asked: “Why?”",
    "It rose by 3.5 percent, to 1,200...",
    "“Grow,” he said, “and grow.”",
    "It is the United States’ plan.",
    "He called it “Made in the U.S.”, and she, “a start”.",
]


@pytest.mark.parametrize("target", SOUND)
def test_good_english_has_no_sign_of_doubt(target):
    assert said(pair("高新区发展。", target), "doubtful") == []


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("The session put forward the” Further advance the strategy.", "a quotation mark stands where none can"),
        ("which he called the ”Indomitable”.", "a quotation mark stands where none can"),
        ("Take the “ goal as a goal.", "a quotation mark stands where none can"),
        ("to be efficient, solidly and solidly advance the work", "it says the same thing twice"),
        ("near the boundary area,.", "stops stand beside one another"),
        ("“policy first and take the lead.”, make every effort", "stops stand beside one another"),
        ("It grows in the, and falls.", "a stop comes after an article"),
        ("It is the of the zone.", "a word is missing"),
        ("?“Little Qiao kept shouting.", "it begins with a stop"),
    ],
)
def test_a_sentence_gone_astray_is_doubtful_and_the_place_is_shown(target, reason):
    ((severity, message),) = said(pair("高新区发展。", target), "doubtful")
    assert severity is Severity.WARNING
    assert message.startswith(f"{reason[0].upper()}{reason[1:]}: “")
    assert message.endswith("”.")


def test_a_question_must_be_asked_in_english_too():
    assert severities(pair("如何把握新阶段？", "How the stage is grasped."), "doubtful") == [Severity.WARNING]
    assert said(pair("“如何把握新阶段？”", "“How can we grasp it?”"), "doubtful") == []


def test_a_headline_has_its_capitals_everywhere_or_nowhere():
    mixed = "Go All Out to Speed Up the Quality and efficiency of Building the Two Zones"
    assert severities(pair("全力加快推进", mixed), "doubtful") == [Severity.WARNING]
    assert said(pair("全力加快推进", mixed.replace("efficiency", "Efficiency")), "doubtful") == []
    assert said(pair("全力加快推进", "High-tech Zone Adds Another Large General Hospital"), "doubtful") == []
    assert said(pair("全力加快推进。", mixed), "doubtful") == []


@pytest.mark.parametrize(("score", "doubts"), [(None, 0), (DOUBTED_BELOW, 0), (DOUBTED_BELOW - 0.01, 1), (-0.1, 0)])
def test_a_sentence_that_the_model_scores_low_is_doubtful(score, doubts):
    scored = replace(pair("高新区发展。", "The High-tech Zone grows."), score=score)
    assert severities(scored, "doubtful") == [Severity.WARNING] * doubts
    assert signs(scored) == ()


def test_all_reasons_to_doubt_a_sentence_are_one_finding():
    scored = replace(pair("高新区发展？", "The zone grows and grows"), score=-2.0)
    ((_, message),) = said(scored, "doubtful")
    assert message.startswith("The model doubts it (score −2.00, below −0.7); it says the same thing twice: “")
    assert message.endswith("; the Chinese asks, the English does not.")


def test_a_score_just_below_the_bound_is_not_shown_as_the_bound_itself():
    checked = replace(pair("高新区发展很快", "The zone grows fast."), score=-0.7004)
    ((_, message),) = said(checked, "doubtful")
    assert "score −0.71, below −0.7" in message


def numbered(number, source, target, *constraints, spans=(), origin=PairOrigin.MODEL):
    sentence = Sentence(f"a1.p{number}.s1", source, (source,))
    return Pair(sentence, target, constraints, origin, tuple(TargetSpan(*span, 0) for span in spans))


def consistency(*pairs):
    return [(f.sentence_id, f.severity, f.message) for f in check(pairs) if f.check == "consistency"]


def test_one_chinese_sentence_in_two_wordings_is_a_warning_at_the_later():
    first, later = numbered(1, "高新区发展。", "The zone grows."), numbered(2, "高新区发展。", "The zone develops.")
    assert consistency(first, later) == [
        ("a1.p2.s1", Severity.WARNING, "The same Chinese reads otherwise in a1.p1.s1.")
    ]
    assert consistency(first, replace(later, target="The Zone Grows.")) == []


def test_a_reviewed_wording_is_the_model_for_the_others_and_never_complained_of():
    first = numbered(1, "高新区发展。", "The zone grows.")
    approved = numbered(2, "高新区发展。", "The zone is growing.", origin=PairOrigin.REVIEWED)
    assert [where for where, _, _ in consistency(first, approved)] == ["a1.p1.s1"]


def test_a_term_in_two_accepted_wordings_is_noted_where_the_rarer_one_stands():
    both = term("双创", "innovation and entrepreneurship", allowed=("entrepreneurship and innovation",))
    usual = [numbered(n, f"双创{n}", "innovation and entrepreneurship", both, spans=[(0, 31)]) for n in (1, 3)]
    rare = numbered(2, "双创2", "entrepreneurship and innovation", both, spans=[(0, 31)])
    ((where, severity, message),) = consistency(usual[0], rare, usual[1])
    assert (where, severity) == ("a1.p2.s1", Severity.NOTE)
    assert "“entrepreneurship and innovation” here and “innovation and entrepreneurship” elsewhere" in message
    assert message.endswith("as in a1.p1.s1.")


def test_number_case_and_article_of_a_term_are_no_second_wording():
    pairs = [
        numbered(1, "高新区一", "High-tech Zone", ZONE, spans=[(0, 14)]),
        numbered(2, "高新区二", "High-Tech Zones", ZONE, spans=[(0, 15)]),
        numbered(3, "高新区三", "The High-tech Zone", ZONE, spans=[(0, 18)]),
    ]
    assert consistency(*pairs) == []


@pytest.mark.parametrize(
    ("one", "many"),
    [("laboratory", "laboratories"), ("mechanism", "mechanisms"), ("business", "businesses"), ("branch", "branches")],
)
def test_a_plural_is_no_second_wording(one, many):
    entry = term("省实验室", one, allowed=(many,))
    first = numbered(1, "省实验室一", one, entry, spans=[(0, len(one))])
    second = numbered(2, "省实验室二", many, entry, spans=[(0, len(many))])
    assert consistency(first, second) == []


def test_every_check_says_in_one_line_what_the_reviewer_reads():
    assert all(rule.__doc__ and rule.__doc__.count("\n") == 0 for rule in (*CHECKS, *CHECKS_OF_ALL))


def rows(checked):
    return [(row.source, row.value, row.target, row.due) for row in compared(checked)]


def test_numbers_are_laid_beside_the_english_for_them():
    found = rows(
        pair("2021年诊疗314.76万人次，增长3.5%，手术4.11万台", "In 2021, 3.1476 million visits, up 3.5 percent")
    )
    assert found == [
        ("2021", "2021", "2021", True),
        ("314.76万", "3.1476 million", "3.1476 million", True),
        ("3.5%", "3.5 percent", "3.5 percent", True),
        ("4.11万", "41,100", "", True),
    ]


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("三成", "30 percent"),
        ("3个百分点", "3 percentage points"),
        ("三分之一", "1/3"),
        ("1.2万亿", "1.2 trillion"),
        ("1500张", "1500"),
    ],
)
def test_the_value_of_a_number_is_written_as_a_reader_would(source, value):
    assert [row[1] for row in rows(pair(source, "x"))] == [value]


def test_one_figure_of_the_english_answers_for_one_number_of_the_chinese():
    assert [row[2] for row in rows(pair("33家和33家", "33 and more"))] == ["33", ""]


def test_a_number_in_other_words_or_in_a_term_is_shown_as_such():
    assert rows(pair("5月", "in May")) == [("5", "5", "(in words)", True)]
    congress = Constraint(0, 6, "第二十届大会", "big Congress", Origin.GLOSSARY)
    placed = replace(pair("第二十届大会", "the big Congress", congress), target_spans=(TargetSpan(4, 16, 0),))
    assert rows(placed) == [("第二十", "20", "big Congress", False)]


def test_the_length_ratio_is_of_characters_and_there_is_none_without_chinese():
    assert ratio(pair("高新区", "abcdef")) == 2.0
    assert ratio(pair("PI-IP-IPO", "PI-IP-IPO")) is None


COLOPHON = Colophon("model", "", "", "", (), ())


def sorted_out(pairs, *ignores, slug="gaoxin-page"):
    found = {p.sentence.id: p for p in pairs}
    findings, ignored = parted(check(pairs), slug, found, ignores)
    return Bulletin(slug, (), found, findings, COLOPHON, ignored)


WRONG = pair("增长3.5%", "up 35 percent")


@pytest.mark.parametrize(
    "ignore",
    [
        Ignore("numbers", "so it is"),
        Ignore("numbers", "so it is", article="gaoxin*"),
        Ignore("numbers", "so it is", article="gaoxin-pag?", sentence="a1.p1.s1", contains="3.5%"),
        Ignore("numbers", "so it is", contains="35 percent"),
        Ignore("numbers", "so it is", contains="instead"),
    ],
)
def test_a_finding_is_ignored_where_all_that_is_said_holds(ignore):
    bulletin = sorted_out([WRONG], ignore)
    assert bulletin.findings == ()
    assert [(one.finding.check, one.reason) for one in bulletin.ignored] == [("numbers", "so it is")]
    assert unused([ignore], [bulletin]) == ()


@pytest.mark.parametrize(
    "ignore",
    [
        Ignore("terms", "x"),
        Ignore("numbers", "x", article="gaoxin"),
        Ignore("numbers", "x", sentence="a1.p1.s2"),
        Ignore("numbers", "x", contains="4.5%"),
        Ignore("numbers", "x", contains="3.5%", article="other*"),
    ],
)
def test_a_finding_is_not_ignored_where_anything_that_is_said_does_not_hold(ignore):
    bulletin = sorted_out([WRONG], ignore)
    assert (len(bulletin.findings), bulletin.ignored) == (1, ())
    assert unused([Ignore("numbers", "y"), ignore], [sorted_out([WRONG], Ignore("numbers", "y"))]) == (1,)


def test_the_first_ignore_that_fits_gives_the_reason_and_the_second_counts_as_used_too():
    first, second = Ignore("numbers", "first"), Ignore("numbers", "second", contains="3.5%")
    bulletin = sorted_out([WRONG], first, second)
    assert [one.reason for one in bulletin.ignored] == ["first"]
    assert unused([first, second], [bulletin]) == ()


@given(st.lists(st.sampled_from(["numbers", "terms", "doubtful"]), max_size=3))
def test_no_finding_is_lost_or_doubled_by_ignoring(names):
    pairs = [WRONG, numbered(2, "高新区？", "The zone", ZONE)]
    bulletin = sorted_out(pairs, *(Ignore(name, "x") for name in names))
    assert sorted(map(str, [*bulletin.findings, *(one.finding for one in bulletin.ignored)])) == sorted(
        map(str, check(pairs))
    )


def test_a_clean_pair_has_no_finding():
    assert check([pair("高新区发展", "The High-tech Zone grows.", ZONE)]) == ()


@given(st.text(max_size=40), st.text(max_size=60))
def test_no_text_breaks_a_check(source, target):
    for finding in check([pair(source, target)]):
        assert finding.message
        assert finding.sentence_id == "a1.p1.s1"
