"""Persons are asked without their offices, and get them back as English has them: after the name."""

import pytest
from engines import Parrot

from pipeline.document import Constraint, Origin
from pipeline.translate import Decoding
from pipeline.translate.company import company
from pipeline.translate.passage import Passage
from pipeline.translate.sentences import whole_sentences

NAMES = {"张红军": "Zhang Hongjun", "连鸿凯": "Lian Hongkai", "赵毅": "Zhao Yi"}
MEETING = "高新区管委会主任张红军，市中心医院院长连鸿凯等出席会议。"


def passage(text, **terms):
    found = []
    for origin, known in ((Origin.NAME, NAMES), (Origin.GLOSSARY, terms)):
        found += [
            Constraint(text.index(s), text.index(s) + len(s), s, t, origin) for s, t in known.items() if s in text
        ]
    return Passage(text, tuple(sorted(found, key=lambda c: c.start)))


def apart(text, **terms):
    found = company(passage(text, **terms))
    return found and (found.core.text, [office.passage.text for office in found.offices])


def together(text, core, *offices):
    return company(passage(text)).together(core, offices)


def test_a_row_of_persons_becomes_a_list_of_names():
    assert apart(MEETING) == ("张红军、连鸿凯等出席会议。", ["高新区管委会主任", "市中心医院院长"])


def test_one_person_in_a_sentence_is_set_apart_too():
    assert apart("会上，高新区管委会主任张红军说了话。") == ("会上，张红军说了话。", ["高新区管委会主任"])


def test_an_office_may_hold_several_posts_and_terms():
    core, offices = apart("高新区党工委副书记、管委会主任张红军出席。", 高新区="Zone")
    assert (core, offices) == ("张红军出席。", ["高新区党工委副书记、管委会主任"])
    assert (
        company(passage("高新区管委会主任张红军出席。", 高新区="Zone")).offices[0].passage.constraints[0].target
        == "Zone"
    )


@pytest.mark.parametrize(
    "text",
    [
        "张红军出席会议。",
        "记者张红军报道。",
        "由高新区管委会主任张红军主持。",
        "他会见了高新区管委会主任张红军。",
        "高新区管委会副主任张红军、赵毅出席。",
        "高新区的发展靠张红军。",
        "高新区很大。",
    ],
    ids=["no office", "short", "preposition", "verb", "shared", "no title", "nobody"],
)
def test_what_is_no_office_before_a_name_is_left_as_it_is(text):
    assert apart(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "市精细化工(集团)有限公司总经理张红军来访。",
        "市“双一流”建设领导小组组长张红军来访。",
        "管委会主任（正厅级）兼党工委书记张红军来访。",
    ],
)
def test_an_office_with_a_bracket_or_a_quotation_in_it_is_not_torn(text):
    assert apart(text) is None


def test_what_is_quoted_or_named_before_an_office_is_no_part_of_it():
    said = "“今天好，明天也好。”"
    assert apart(f"{said}高新区管委会主任张红军说。") == (f"{said}张红军说。", ["高新区管委会主任"])
    reporter = "本报讯（记者 赵毅）"
    assert apart(f"{reporter}高新区管委会主任张红军来访。") == (f"{reporter}张红军来访。", ["高新区管委会主任"])


def test_names_keep_their_places():
    found = company(passage(MEETING))
    assert [found.core.text[c.start : c.stop] for c in found.core.constraints] == ["张红军", "连鸿凯"]


def test_the_english_of_a_list_has_semicolons_and_a_comma_before_the_verb():
    assert together(
        MEETING,
        "Zhang Hongjun and Lian Hongkai attended the meeting.",
        "Director of the Administrative Committee.",
        "President of the hospital",
    ) == (
        "Zhang Hongjun, director of the Administrative Committee; and Lian Hongkai, president of the hospital, "
        "attended the meeting."
    )


def test_a_name_before_a_stop_gets_no_second_one():
    said = together("会上，高新区管委会主任张红军说了话。", "Said Zhang Hongjun.", "Party secretary of Zone Co., Ltd.")
    assert said == "Said Zhang Hongjun, Party secretary of Zone Co., Ltd.."


def test_persons_that_the_english_does_not_name_cannot_be_had_apart():
    assert together(MEETING, "Zhang Hongjun and others attended.", "director", "president") is None
    assert together(MEETING, "Lian Hongkai and Zhang Hongjun attended.", "director", "president") is None


def test_a_sentence_that_does_not_come_out_right_apart_is_translated_as_it_stands():
    said = {"张红军、连鸿凯等出席会议。": "People attended."}
    engine = Parrot(lambda text: said.get(text, "Zhang Hongjun and Lian Hongkai, whatever they are, met there today"))
    (rendering,) = whole_sentences([passage(MEETING)], engine, Decoding())
    assert rendering.target.startswith("Zhang Hongjun and Lian Hongkai, whatever")
