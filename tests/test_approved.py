"""Approved sentences: whose they are, when they change, and which are like another."""

from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.approved import Approvals, Approved, conflicts, key
from pipeline.approved.difference import difference, readable
from pipeline.approved.fuzzy import LEAST, Fuzzy, masked
from pipeline.glossary import parse

GREW = Approved("高新区新增企业12家。", "The High-tech Zone gained 12 companies.")
LATER = Approved("高新区新增企业35家。", "The High-tech Zone gained 35 companies.")
TERMS = parse("source,target\n高新区,High-tech Zone\n经开区,Economic Zone\n", name="glossary.csv")
texts = st.text(st.sampled_from("高新区新增企业一二3. ，Zone the \n"), max_size=40)


def like(source, *approved):
    return Fuzzy(Approvals(approved), partial(masked, terms=TERMS)).matches(source)


def test_an_approved_sentence_is_found_by_its_chinese_whatever_white_space_is_around_it():
    assert Approvals([GREW]).get("　高新区新增企业12家。 ") == GREW


def test_a_later_approval_takes_the_place_of_an_earlier_one():
    again = Approved(GREW.source, "Twelve companies joined the High-tech Zone.")
    assert list(Approvals([GREW]).having([again])) == [again]


def test_a_withdrawn_approval_is_gone_and_the_others_stay():
    assert list(Approvals([GREW, LATER]).without([GREW.source])) == [LATER]


def test_the_digest_of_a_bulletin_changes_only_with_its_own_sentences():
    keys = [key(GREW.source)]
    alone = Approvals([GREW]).digest(keys)
    assert Approvals([GREW, LATER]).digest(keys) == alone
    assert Approvals([Approved(GREW.source, "Otherwise."), LATER]).digest(keys) != alone
    assert Approvals([LATER]).digest(keys) == ""


def test_two_people_who_approve_different_english_are_a_conflict_and_two_who_agree_are_none():
    other = Approved(GREW.source, "Otherwise.")
    assert conflicts([GREW, GREW, LATER, other]) == ((GREW, other),)


@given(texts, texts)
def test_the_pieces_of_a_difference_make_up_both_texts(old, new):
    pieces = difference(old, new)
    assert "".join(p.text for p in pieces if p.kind != "new") == old
    assert "".join(p.text for p in pieces if p.kind != "old") == new


@given(texts, texts)
def test_the_pieces_that_are_read_make_up_both_texts_and_the_old_stands_before_the_new(old, new):
    pieces = readable(old, new)
    assert "".join(p.text for p in pieces if p.kind != "new") == old
    assert "".join(p.text for p in pieces if p.kind != "old") == new
    assert ("new", "old") not in pairwise(p.kind for p in pieces)


@given(texts)
def test_a_text_does_not_differ_from_itself(text):
    assert all(piece.kind == "same" for piece in difference(text, text))


def test_a_difference_never_cuts_a_word_or_a_figure():
    old, new = "It gained 3.5 million yuan.", "It gains 3.6 million yuan."
    assert [p.text for p in difference(old, new) if p.kind == "old"] == ["gained", "3.5"]


def test_last_months_sentence_is_offered_for_this_months_number():
    (match,) = like(LATER.source, GREW)
    assert (match.approved, match.percent) == (GREW, 99)


def test_another_term_in_its_place_is_alike_too():
    (match,) = like("经开区新增企业12家。", GREW)
    assert match.percent == 99


def test_the_same_sentence_is_no_match_of_itself():
    assert like(GREW.source, GREW) == ()


def test_what_is_unlike_is_not_offered():
    assert like("今天下雨了，大家都没有去开会。", GREW) == ()


def test_the_best_match_comes_first_and_no_more_than_three_are_offered():
    near = [Approved(f"高新区新增{'好' * n}企业12家。", f"{n}") for n in range(1, 6)]
    assert [m.approved.target for m in like(LATER.source, *reversed(near))] == ["1", "2", "3"]


@given(texts, st.lists(st.tuples(st.integers(0, 40), texts), max_size=5))
def test_every_match_is_as_much_alike_as_it_must_be(source, edits):
    """Texts made of one another: of any two texts hardly ever one is like the other."""
    known = [source[:at] + more + source[at + 1 :] for at, more in edits]
    for match in like(source, *(Approved(text, "x") for text in known if text.strip())):
        assert LEAST <= match.percent < 100


@pytest.mark.parametrize(
    ("text", "mask"),
    [("高新区新增企业12家", "￼新增企业￼家"), ("郑州经开区", "郑州￼"), ("没有什么", "没有什么"), ("", "")],
)
def test_terms_and_numbers_are_masked(text, mask):
    assert masked(text, TERMS) == mask
