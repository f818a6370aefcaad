"""Where a term applies in a sentence, and where it only seems to."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Case, Constraint, Origin, Sentence
from pipeline.glossary import Entry, Glossary, Reason, Rejection, Scanner, Status, fold
from pipeline.glossary.variants import variants
from pipeline.segment.words import word_cutter


def words(text: str) -> Sentence:
    """A sentence from its words, strokes between them."""
    return Sentence("a1.p1.s1", text.replace("|", ""), tuple(text.split("|")))


def glossary(*sources: str) -> Glossary:
    return Glossary(Entry(source, source.upper()) for source in sources)


def found(constraints: tuple[Constraint, ...]) -> list[tuple[int, str]]:
    return [(constraint.start, constraint.source) for constraint in constraints]


def refused(rejections: tuple[Rejection, ...]) -> list[tuple[str, Reason, str]]:
    return [(rejection.entry.source, rejection.reason, rejection.context) for rejection in rejections]


def test_a_term_of_whole_words_is_found_and_says_where():
    (constraint,), rejections = glossary("高新区").match(words("郑州|高新区|管委会"))
    assert (constraint.start, constraint.stop, constraint.source) == (2, 5, "高新区")
    assert constraint.origin is Origin.GLOSSARY
    assert rejections == ()


def test_a_term_that_ends_inside_a_word_is_refused_with_the_words_it_cuts():
    constraints, rejections = glossary("高新区").match(words("在|高新|区域|内"))
    assert constraints == ()
    assert refused(rejections) == [("高新区", Reason.WORD_BOUNDARY, "高新|区域")]
    assert (rejections[0].start, rejections[0].stop) == (1, 4)


def test_jieba_that_knows_the_glossary_draws_the_same_line():
    terms = glossary("高新区", "三标")
    cut = word_cutter(entry.source for entry in terms)
    for text, sources in (
        ("郑州高新区管委会", ["高新区"]),
        ("高新区域协同发展", []),
        ("全面开展“三标”活动", ["三标"]),
        ("全面开展三标活动", ["三标"]),
        ("第三标段已经完工", []),
    ):
        constraints, _ = terms.match(Sentence("s", text, tuple(cut(text))))
        assert [constraint.source for constraint in constraints] == sources, text


def test_a_term_may_be_several_words():
    constraints, _ = glossary("PI-IP-IPO").match(words("涵盖|“|PI|-|IP|-|IPO|”"))
    assert found(constraints) == [(3, "PI-IP-IPO")]


def test_latin_letters_next_to_a_latin_term_make_it_another_word():
    constraints, rejections = glossary("IP").match(words("IP|O|与|IP"))
    assert found(constraints) == [(4, "IP")]
    assert [rejection.reason for rejection in rejections] == [Reason.WORD_BOUNDARY]


def test_the_longer_term_wins_and_the_one_inside_it_is_told():
    constraints, rejections = glossary("高新区", "郑州高新区").match(words("到访|郑州|高新区"))
    assert found(constraints) == [(2, "郑州高新区")]
    assert refused(rejections) == [("高新区", Reason.NESTED, "郑州高新区")]


def test_of_two_that_overlap_the_one_further_left_wins():
    constraints, rejections = glossary("高新区管委会", "管委会主任").match(words("高新区|管委会|主任"))
    assert found(constraints) == [(0, "高新区管委会")]
    assert refused(rejections) == [("管委会主任", Reason.OVERLAP, "高新区管委会")]


def test_a_term_loses_no_place_to_a_longer_one_that_is_itself_refused():
    constraints, rejections = glossary("高新区", "高新区域").match(words("高新区|域外"))
    assert found(constraints) == [(0, "高新区")]
    assert refused(rejections) == [("高新区域", Reason.WORD_BOUNDARY, "高新区|域外")]


def test_terms_side_by_side_and_repeated_are_each_found():
    constraints, _ = glossary("瞪羚", "独角兽").match(words("瞪羚|独角兽|瞪羚|，|瞪羚"))
    assert found(constraints) == [(0, "瞪羚"), (2, "独角兽"), (5, "瞪羚"), (8, "瞪羚")]


def test_a_term_may_be_the_whole_sentence():
    constraints, _ = glossary("郑州高新区").match(words("郑州高新区"))
    assert found(constraints) == [(0, "郑州高新区")]


def test_a_retired_entry_is_not_looked_for():
    constraints, rejections = Glossary([Entry("双创", "innovation", status=Status.RETIRED)]).match(words("双创"))
    assert (constraints, rejections) == ((), ())


def test_a_context_that_the_entry_excepts_is_told_and_elsewhere_the_term_applies():
    terms = Glossary([Entry("高企", "high-tech enterprise", except_=("高企不下", "居高企稳"))])
    constraints, rejections = terms.match(words("高企|数量|多|，|房价|高企|不下"))
    assert found(constraints) == [(0, "高企")]
    assert refused(rejections) == [("高企", Reason.EXCEPTION, "高企不下")]


def test_an_exception_holds_at_each_place_of_the_source_within_it():
    terms = Glossary([Entry("区", "zone", except_=("区区小事",))])
    constraints, rejections = terms.match(words("区|区|小事|和|区"))
    assert found(constraints) == [(5, "区")]
    assert len(rejections) == 2


def test_when_a_longer_term_is_excepted_the_term_inside_it_applies():
    terms = Glossary([Entry("营商环境", "b"), Entry("一流营商环境", "w", except_=("国际一流营商环境",))])
    for cut in ("国际|一流|营商|环境", "国际|一流营商环境"):
        constraints, _ = terms.match(words(cut))
        assert found(constraints) == [(4, "营商环境")]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("高新区", "高新區"),
        ("高新區", "高新区"),
        ("5G网络", "５Ｇ網絡"),
        ("PI-IP-IPO", "ＰＩ－ＩＰ－ＩＰＯ"),
        ("PI-IP-IPO", "PI—IP—IPO"),
        ("“三标”", "「三标」"),
        ("“三标”", "‘三标’"),
        ("首台（套）", "首台(套)"),
        ("文/图", "文／图"),
        ("共建“一带一路”", '共建"一带一路"'),
    ],
)
def test_a_variant_of_the_characters_is_the_same_term_and_keeps_its_place(source: str, text: str):
    constraints, _ = Glossary([Entry(source, "x")]).match(words(f"在|{text}|，"))
    assert found(constraints) == [(1, text)]


def test_a_constraint_carries_all_that_the_entry_says():
    entry = Entry(
        "高新区", "High-tech Zone", ("HTZ",), ("high-tech district",), case=Case.EXACT, note="the zone", layer="article"
    )
    (constraint,), _ = Glossary([entry]).match(words("高新区"))
    assert constraint.forms == ("High-tech Zone", "HTZ")
    assert constraint.forbidden == ("high-tech district",)
    assert (constraint.case, constraint.note, constraint.layer) == (Case.EXACT, "the zone", "article")


def test_no_glossary_finds_nothing():
    assert Glossary().match(words("高新区")) == ((), ())
    assert Scanner([]).scan("高新区") == []


def test_scanning_a_text_finds_overlapping_hits_with_offsets_into_the_text_as_given():
    hits = glossary("高新区", "新区", "管委会").scan("𠀀郑州高新區管委會")
    assert [(hit.start, hit.stop, hit.term) for hit in hits] == [(3, 6, 0), (4, 6, 1), (6, 9, 2)]


ALPHABET = "高新区管委会區會，“「5５"


def test_what_a_variant_stands_for_is_no_variant_itself():
    assert len(variants()) > 4000
    assert not set(variants().values()) & variants().keys()


@given(st.text())
def test_folding_keeps_the_length(text: str):
    assert len(fold(text)) == len(text)


@given(st.lists(st.text(ALPHABET, min_size=1, max_size=4), unique_by=fold, max_size=8), st.text(ALPHABET, max_size=30))
def test_scanning_finds_what_looking_at_every_place_finds(terms: list[str], text: str):
    places = [(start, start + len(term), n) for n, term in enumerate(terms) for start in range(len(text))]
    expected = {(i, j, n) for i, j, n in places if fold(text[i:j]) == fold(terms[n])}
    assert {(hit.start, hit.stop, hit.term) for hit in Scanner(terms).scan(text)} == expected


@settings(deadline=None)
@given(
    st.lists(st.text("高新区管委会", min_size=1, max_size=4), unique=True, max_size=6),
    st.lists(st.text("高新区管委会，", min_size=1, max_size=3), min_size=1, max_size=8),
)
def test_constraints_are_in_order_never_overlap_and_every_hit_is_accounted_for(terms: list[str], cut: list[str]):
    sentence = Sentence("s", "".join(cut), tuple(cut))
    tested = glossary(*terms)
    constraints, rejections = tested.match(sentence)
    assert all(a.stop <= b.start for a, b in pairwise(constraints))
    assert all(sentence.text[c.start : c.stop] == c.source for c in constraints)
    assert len(constraints) + len(rejections) == len(tested.scan(sentence.text))
