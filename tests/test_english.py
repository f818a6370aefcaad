"""Written English: what goes in, what comes out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import english
from pipeline.document import Case


@pytest.mark.parametrize(
    ("raw", "printed"),
    [
        ("The zone grew .", "The zone grew."),
        ("in  the   zone", "in the zone"),
        ("the the zone and a a firm", "the zone and a firm"),
        ("an A-share and the “A” list", "an A-share and the “A” list"),
        ("在，高新区。", "在, 高新区."),
        ("3.5 % of 10,000 people , 1.2 times", "3.5% of 10,000 people, 1.2 times"),
        ("at 5:30 pm", "at 5:30 pm"),
        ("（one）《two》", "(one) “two”"),
        ('He said: "It\'s good" .', "He said: “It’s good”."),
        ('He said " hello " , and left.', "He said “hello”, and left."),
        ("the students' book", "the students’ book"),
        ('"Quote that goes on', "“Quote that goes on"),
        ('and ends"', "and ends”"),
        ("wait……", "wait..."),
        ("one ,, two", "one, two"),
        ("Galaxy Co., Ltd., and", "Galaxy Co., Ltd., and"),
        ("zone —— its heart", "zone—its heart"),
        ("ＡＢＣ　１２", "ABC 12"),
        ("first,second", "first, second"),
    ],
)
def test_punctuation_blanks_and_quotes_are_set_as_english_wants(raw, printed):
    assert english.tidy(raw) == printed


@given(st.text(alphabet="the an A.,;:?!\"'“”‘’()[] 高，。%-3a", max_size=40))
def test_tidying_twice_changes_no_more_than_blanks_and_quotes(text):
    once = english.tidy(text)
    assert "  " not in once
    assert once == once.strip()
    assert not set("，。") & set(once)


def test_a_form_that_the_rules_would_change_is_kept_letter_by_letter():
    assert english.tidy("the  Zone，A", keep=["Zone，A"]) == "the Zone，A"


@pytest.mark.parametrize(
    ("word", "article"),
    [
        ("High-tech Zone", "a"), ("SME", "an"), ("NATO base", "a"), ("R&D centre", "an"), ("AI lab", "an"),
        ("UNESCO site", "a"), ("UAV", "a"), ("IPO", "an"), ("PI-IP-IPO", "a"), ("university", "a"), ("unicorn", "a"),
        ("uninformed", "an"), ("European", "a"), ("one-stop hall", "a"), ("hour", "an"), ("honest", "an"), ("8", "an"),
        ("80", "an"), ("11", "an"), ("11,000", "an"), ("18th", "an"), ("1,100", "a"), ("110", "a"), ("1.8", "a"),
        ("“unicorn”", "a"), ("umbrella", "an"), ("X-ray", "an"), ("use", "a"),
    ],
)  # fmt: skip
def test_the_article_follows_the_sound(word, article):
    assert english.indefinite(word) == article


@pytest.mark.parametrize(
    ("text", "form", "case", "fitted"),
    [
        ("It is a SME.", "SME", Case.EXACT, "It is an SME."),
        ("An High-Tech zone.", "High-tech Zone", Case.SENTENCE, "A High-tech Zone."),
        ("in the the ning clan", "the Ning Clan", Case.SENTENCE, "in the Ning Clan"),
        ("with a the Ning Clan", "the Ning Clan", Case.SENTENCE, "with the Ning Clan"),
        ("The the Ning Clan left.", "the Ning Clan", Case.SENTENCE, "The Ning Clan left."),
        ("unicorn firms", "unicorn", Case.SENTENCE, "Unicorn firms"),
        ("It grew. gazelle firms too", "gazelle firms", Case.SENTENCE, "It grew. Gazelle firms too"),
        ("IPad sales", "iPad", Case.EXACT, "iPad sales"),
        ("a high - tech  zone", "High-tech Zone", Case.SENTENCE, "a High-tech Zone"),
        ("High-tech zones", "High-tech Zone", Case.SENTENCE, "High-tech zones"),
        ("said: “the Ning Clan", "the Ning Clan", Case.SENTENCE, "said: “The Ning Clan"),
    ],
)
def test_a_term_is_written_as_the_glossary_has_it_and_its_article_agrees(text, form, case, fitted):
    assert english.fit(text, [(form, case)]) == fitted


def test_a_short_form_never_changes_the_inside_of_a_long_one():
    forms = [("zone", Case.SENTENCE), ("High-tech Zone", Case.SENTENCE)]
    assert english.fit("The high-tech zone and this Zone", forms) == "The High-tech Zone and this zone"


@pytest.mark.parametrize(
    ("text", "form", "count"),
    [
        ("High-tech Zone and High-tech Zone", "High-tech Zone", 2),
        ("High-tech Zones", "High-tech Zone", 0),
        ("the High-tech Zone’s firms", "High-tech Zone", 1),
        ("3,000 and 3.5 and 13 and 3", "3", 1),
        ("the year 3. Then", "3", 1),
        ("Kunlun's Field", "Kunlun’s Field", 1),
        ("Galaxy Co., which", "Galaxy Co.,", 1),
        ("3.5%", "3.5%", 1),
        ("anything", "", 0),
    ],
)
def test_a_term_counts_only_as_whole_words(text, form, count):
    assert len(english.occurrences(text, form)) == count


@pytest.mark.parametrize(
    ("text", "form", "case", "ok"),
    [
        ("the unicorn", "unicorn", Case.SENTENCE, True),
        ("Unicorn firms", "unicorn", Case.SENTENCE, True),
        ("the Unicorn", "unicorn", Case.SENTENCE, False),
        ("Zhengzhou Leads In Unicorn Growth", "unicorn", Case.SENTENCE, True),
        ("Staff report — Unicorn firms grew.", "unicorn", Case.SENTENCE, True),
        ("Staff report — “Unicorn firms grew.", "unicorn", Case.SENTENCE, True),
        ("We saw it: firms — Unicorn firms — grew.", "unicorn", Case.SENTENCE, False),
        ("Unicorn firms", "unicorn", Case.EXACT, False),
        ("at the Ling Clan", "The Ling Clan", Case.SENTENCE, True),
        ("at the sme", "SME", Case.SENTENCE, False),
    ],
)
def test_capitals_may_be_raised_only_where_english_raises_them(text, form, case, ok):
    (span,) = english.occurrences(text, form)
    assert english.accepted(text, span, form, case) is ok


@pytest.mark.parametrize("case", Case)
@pytest.mark.parametrize("typed", ["the people's congress", "The People's Congress", "the people’s congress"])
def test_a_term_typed_with_a_typewriters_apostrophe_is_printed_with_a_curled_one(typed, case):
    form = "people's congress"
    text = english.fit(english.tidy(typed, [form]), [(form, case)])
    assert text.casefold() == "the people’s congress"
    (span,) = english.occurrences(text, form)
    assert english.accepted(text, span, form, case)


def test_clauses_are_joined_with_one_capital_and_one_full_stop():
    parts = ["The zone grew.", "Striving for more.", "It now has 33 firms.", "Zhengzhou is glad."]
    joined = english.joined(parts, [",", ";", ";", ""])
    assert joined == "The zone grew, striving for more; it now has 33 firms; Zhengzhou is glad."


def test_a_clause_that_ends_in_a_quotation_has_one_stop_on_the_side_of_the_mark_that_english_has_it():
    assert english.joined(["Be “first to act.”", "Striving on."], [",", ""]) == "Be “first to act,” striving on."
    assert english.joined(["Be “first to act.”", "Striving on."], [";", ""]) == "Be “first to act”; striving on."
    assert english.joined(["Be “first to act.”", "We will."], [",", ""]) == "Be “first to act.” We will."
    assert english.joined(["Be “first to act.”", "Striving on."], ["", ""]) == "Be “first to act” striving on."


def test_a_clause_with_a_subject_of_its_own_is_not_hung_on_a_comma():
    assert english.joined(["The zone grew.", "We will go on."], [",", ""]) == "The zone grew. We will go on."
    assert english.joined(["The zone grew.", "We will go on."], [";", ""]) == "The zone grew; we will go on."


def test_only_words_that_never_keep_it_lose_their_capital():
    assert english.lowered("The zone") == "the zone"
    assert english.lowered("Zhengzhou") == "Zhengzhou"
    assert english.lowered("A-share") == "A-share"
    assert english.lowered("Striving to build") == "striving to build"
    assert english.lowered("Beijing is glad") == "Beijing is glad"
    assert english.lowered("Innovation Avenue") == "Innovation Avenue"
    assert english.lowered("These") == "these"


@pytest.mark.parametrize(
    ("text", "small"),
    [("Wake up", "wake up"), ("A firm", "a firm"), ("I said", "I said"), ("SME growth", "SME growth"), ("PhD", "PhD"),
     ("A-share", "A-share"), ("High-tech", "high-tech"), ("", "")],
)  # fmt: skip
def test_a_fragment_loses_its_capital_unless_its_first_word_is_no_ordinary_one(text, small):
    assert english.uncapitalised(text) == small


def test_a_text_that_begins_with_a_figure_has_no_letter_to_raise():
    assert english.capitalised("33 firms") == "33 firms"
    assert english.capitalised("“the zone”") == "“The zone”"
    assert english.capitalised("...") == "..."


def test_bytes_of_a_model_that_are_no_letter_are_left_out():
    assert english.tidy("The zone \ufffd\ufffd grows.") == "The zone grows."
