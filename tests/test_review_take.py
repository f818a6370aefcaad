"""What is taken of what came back, and what is refused: the rules, without any file."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_files import FIVE, SLUG, english, printed, source

from pipeline import report
from pipeline.approved import Approvals, Approved
from pipeline.document import Constraint, Origin, PairOrigin
from pipeline.review import Returned, Row, Terms, take
from pipeline.review.values import mark

PRINT = printed()
ID = "a3.p2.s1"
NOW = Terms("Wang", when="20270101T000000Z")


def row(sentence_id=ID, correction="", status="", *, was=None, **more):
    """A row of a spreadsheet as it comes back; `was` is the English that was printed then."""
    was = english(sentence_id) if was is None else was
    said = {
        "line": 2,
        "id": sentence_id,
        "source": source(sentence_id),
        "english": was,
        "mark": mark(was),
        "slug": SLUG,
    }
    return Row(**{**said, "correction": correction, "status": status, **more})


def taken(*files, approvals=(), prints=(PRINT,), terms=NOW):
    """What is taken of files, each a list of rows."""
    returned = [Returned(f"{name}.xlsx", rows) for name, rows in zip("abc", files, strict=False)]
    return take(returned, prints, Approvals(approvals), terms)


def told(result):
    (refusal,) = result.refusals
    return str(refusal)


def test_two_reviewers_who_agree_are_one():
    result = taken([row(correction=FIVE[ID])], [row(correction=f" {FIVE[ID]} ")])
    assert [one.target for one in result.approved] == [FIVE[ID]]
    assert result.refusals == []


def test_two_reviewers_who_disagree_are_both_named_and_neither_is_taken():
    other = "Otherwise, in the industry-city renewal."
    result = taken([row(correction=FIVE[ID])], [row(correction=other, line=9)])
    assert result.approved == []
    assert told(result) == (
        f"a.xlsx:2: {ID}: “{FIVE[ID]}” here and “{other}” in b.xlsx:9 are both wanted; "
        "let one of the two be changed or taken out, and import again."
    )


def test_one_who_approves_what_another_corrects_disagrees():
    assert len(taken([row(correction=FIVE[ID])], [row(status="ok")]).refusals) == 1


def test_what_was_approved_can_be_corrected_in_a_print_that_has_it():
    before = Approved(source(ID), FIVE[ID], "Li", "20260101T000000Z")
    wanted = FIVE[ID].replace("praised", "lauded")
    result = taken([row(correction=wanted, was=FIVE[ID])], approvals=[before])
    assert [(one.target, one.by, one.when) for one in result.approved] == [(wanted, "Wang", "20270101T000000Z")]
    assert [(change.before, change.after) for change in result.changes] == [(FIVE[ID], wanted)]


def test_a_copy_that_was_taken_before_does_not_stand_in_the_way_of_a_later_correction():
    before = Approved(source(ID), FIVE[ID])
    wanted = FIVE[ID].replace("praised", "lauded")
    result = taken([row(correction=FIVE[ID])], [row(correction=wanted, was=FIVE[ID])], approvals=[before])
    assert [one.target for one in result.approved] == [wanted]
    assert (result.known, result.refusals) == (1, [])


@pytest.mark.parametrize("status", ["", "correct"])
def test_the_same_correction_in_place_and_in_its_own_column_is_one(status):
    said = row(correction=FIVE[ID], status=status, english=FIVE[ID])
    assert [one.target for one in taken([said]).approved] == [FIVE[ID]]


def test_what_is_said_of_an_approved_sentence_is_shown_until_it_is_kept():
    before = Approved(source(ID), FIVE[ID], note="better")
    for said, shown in (("better", []), ("", []), ("Why?", ["Why?"])):
        for was in (FIVE[ID], english(ID)):
            result = taken([row(correction=FIVE[ID], status="correct", comment=said, was=was)], approvals=[before])
            assert (result.known, [question.text for question in result.questions]) == (1, shown)


def test_who_started_from_an_older_print_than_what_is_approved_is_refused_and_both_are_shown():
    before = Approved(source(ID), "Industry-city renewal was praised.", "Li")
    result = taken([row(correction=FIVE[ID])], approvals=[before])
    both = f"“{FIVE[ID]}” is wanted, and “{before.target}” was approved since this copy was printed (by Li);"
    assert told(result).startswith(f"a.xlsx:2: {ID}: {both}")


def test_a_correction_of_english_that_was_translated_anew_since_is_taken():
    result = taken([row(correction=FIVE[ID], was="An older translation.")])
    assert [one.target for one in result.approved] == [FIVE[ID]]


def test_what_is_approved_is_what_the_reviewer_saw():
    older = "Zhang Hongjun liked the industry-city renewal project company."
    assert [one.target for one in taken([row(status="ok", was=older)]).approved] == [older]


def test_approval_of_what_the_checks_doubt_needs_to_be_accepted():
    bulletin = replace(PRINT, pairs=tuple(map(asking, PRINT.pairs)))
    assert "张红军 must be “Chang Hung-chün”" in told(taken([row(status="ok")], prints=[bulletin]))
    (one,) = taken([row(status="ok")], prints=[bulletin], terms=replace(NOW, accept=True)).approved
    assert one.accepted == ("张红军 must be “Chang Hung-chün”, which the English does not say.",)


def asking(pair):
    """A pair whose article has a term of its own."""
    own = Constraint(0, 3, "张红军", "Chang Hung-chün", Origin.GLOSSARY, layer="article")
    return replace(pair, constraints=(own,), target_spans=()) if pair.sentence.id == ID else pair


@pytest.mark.parametrize("slip", [".", "!!! ...", "“”", "-"])
def test_a_slip_of_the_keyboard_takes_no_sentence_away(slip):
    result = taken([row(correction=slip)])
    assert result.approved == []
    assert "The English has no word in it" in told(result)


def test_a_character_that_no_font_has_is_refused_even_if_all_else_is_accepted():
    terms = replace(NOW, accept=True, lacking=lambda text: "“😀” (U+1F600)" if "😀" in text else "")
    result = taken([row(correction=f"{FIVE[ID]} 😀"), row("a1.p2.s1", correction=FIVE["a1.p2.s1"])], terms=terms)
    assert [one.target for one in result.approved] == [FIVE["a1.p2.s1"]]
    assert told(result) == (
        f"a.xlsx:2: {ID}: no font has a glyph for “😀” (U+1F600), which stands in its English; write it otherwise."
    )


def test_a_sentence_that_stands_in_two_bulletins_must_be_right_in_both():
    other = replace(PRINT, slug="other", pairs=tuple(map(asking, PRINT.pairs)))
    assert "张红军 must be" in told(taken([row(correction=FIVE[ID])], prints=[PRINT, other]))


def test_a_row_is_found_by_its_chinese_whatever_its_number_says():
    result = taken([row(correction=FIVE[ID], id="a9.p9.s9", slug="elsewhere")])
    assert [one.source for one in result.approved] == [source(ID)]


def test_blanks_and_marks_that_nobody_sees_do_not_hide_the_chinese():
    odd = "\ufeff " + source(ID)[:4] + "\u200b \n" + source(ID)[4:]
    assert len(taken([row(correction=FIVE[ID], source=odd)]).approved) == 1


def test_english_that_is_not_what_is_printed_needs_a_word_where_nothing_says_what_was_printed():
    strange = row(mark="", was="Some other English.")
    assert "nothing says what was printed then; write it into the column Correction, or say ok" in told(
        taken([strange])
    )
    result = taken([replace(strange, english=FIVE[ID], status="ok")])
    assert [one.target for one in result.approved] == [FIVE[ID]]


def test_a_row_whose_sentence_is_gone_and_that_says_nothing_is_passed_over():
    result = taken([row(source="没有了。"), row("a1.p1.s1")])
    assert (result.refusals, result.unchanged) == ([], 2)


def test_dots_quotation_marks_and_blanks_that_a_program_turned_are_no_wish():
    was = "He said “yes” … and ‘no’."
    turned = "He  said \"yes\" ... and 'no'.\u00a0"
    bulletin = replace(PRINT, pairs=(replace(PRINT.pairs[4], target=was, origin=PairOrigin.MODEL),))
    sentence_id = PRINT.pairs[4].sentence.id
    for said in (row(sentence_id, turned, was=was), row(sentence_id, was=was, english=turned)):
        assert taken([said], prints=[bulletin]).unchanged == 1


@pytest.mark.parametrize("word", ["ok", "OK", "Okay", "approved", "通过", "√"])
def test_many_words_say_that_a_sentence_is_right(word):
    assert len(taken([row(status=word)]).approved) == 1


def test_the_reviewer_is_who_is_named_or_else_who_the_file_says_or_else_who_imports():
    unnamed = replace(NOW, by="", login="root")
    for terms, by, who in ((unnamed, "", "root"), (unnamed, "Li", "Li"), (NOW, "Li", "Wang")):
        assert [one.by for one in taken([row(correction=FIVE[ID], by=by)], terms=terms).approved] == [who]


WORDS = st.sampled_from(["", *FIVE.values(), "新 words.", "12 words", "One.", "\x07", "=1+1"])
SAID = st.builds(
    lambda pair, correction, status, was, comment: row(pair.sentence.id, correction, status, was=was, comment=comment),
    st.sampled_from(PRINT.pairs),
    WORDS,
    st.sampled_from(["", "ok", "correct", "question", "maybe"]),
    st.sampled_from(["Older.", *(pair.target for pair in PRINT.pairs[:3])]),
    st.sampled_from(["", "why?"]),
)


@given(st.lists(st.lists(SAID, max_size=6), max_size=3), st.booleans())
def test_whatever_comes_back_only_printed_sentences_are_approved_and_twice_is_the_same_as_once(files, accept):
    terms = replace(NOW, accept=accept)
    first = taken(*files, terms=terms)
    sources = {pair.sentence.text for pair in PRINT.pairs}
    assert {one.source for one in first.approved} <= sources
    assert all(one.target.strip() == one.target != "" for one in first.approved)
    assert len({one.source for one in first.approved}) == len(first.approved)
    again = taken(*files, approvals=first.approved, terms=replace(terms, when="later"))
    assert again.approved == []


def test_the_sample_is_what_a_report_says():
    assert isinstance(PRINT, report.Printed)
