"""What a glossary.csv may say, and what is said about one that is wrong."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Case
from pipeline.errors import GlossaryError, Mistakes
from pipeline.glossary import Entry, Glossary, Status, checked, fold, layered, of_article, parse, to_csv

HEADER = "source,target,allowed,forbidden,except,case,note,status\n"


def mistakes(text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(Mistakes) as caught:
        parse(text)
    assert all(isinstance(error, GlossaryError) for error in caught.value.errors)
    return [(error.line, str(error)) for error in caught.value.errors]


def only_mistake(row: str) -> str:
    ((line, message),) = mistakes(HEADER + row)
    assert line == 2
    return message


def test_two_columns_are_enough():
    (entry,) = parse("source,target\n高新区,High-tech Zone\n")
    assert (entry.source, entry.target, entry.line, entry.layer) == ("高新区", "High-tech Zone", 2, "glossary.csv")
    assert (entry.case, entry.status, entry.fires) == (Case.SENTENCE, Status.APPROVED, True)


def test_every_optional_column_is_read():
    row = '瞪羚,gazelle,gazelles | gazelle company,antelope,瞪羚羊,exact,"grows fast, without a break",proposed\n'
    (entry,) = parse(HEADER + row)
    assert entry.forms == ("gazelle", "gazelles", "gazelle company")
    assert (entry.forbidden, entry.except_) == (("antelope",), ("瞪羚羊",))
    assert (entry.case, entry.note, entry.status) == (Case.EXACT, "grows fast, without a break", Status.PROPOSED)


def test_a_proposed_entry_fires_and_a_retired_one_does_not():
    glossary = parse("source,target,status\n瞪羚,gazelle,proposed\n独角兽,,retired\n")
    assert [entry.source for entry in glossary.firing] == ["瞪羚"]


def test_unknown_columns_are_kept_and_columns_may_stand_in_any_order():
    glossary = parse("owner,target,source\n李,gazelle,瞪羚\n")
    assert glossary.find("瞪羚") == Entry("瞪羚", "gazelle", line=2, extra=(("owner", "李"),))
    assert to_csv(glossary).splitlines()[0].endswith(",status,owner")


def test_a_byte_order_mark_blank_lines_and_carriage_returns_are_no_mistake():
    glossary = parse("\ufeffsource,target\r\n\r\n瞪羚,gazelle\r\n,\r\n独角兽,unicorn\r\n")
    assert [(entry.source, entry.line) for entry in glossary] == [("瞪羚", 3), ("独角兽", 5)]


def test_a_line_number_is_where_the_row_begins_also_behind_a_note_of_three_lines():
    rows = '瞪羚,gazelle,,,,,"one\ntwo\nthree",\n独角兽,,,,,,,\n'
    ((line, message),) = mistakes(HEADER + rows)
    assert line == 5
    assert "“独角兽” is empty" in message


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("瞪羚,,,,,,,", "the target of “瞪羚” is empty or has no word in it; write the English"),
        (",gazelle,,,,,,", "the source “” is empty or has no word in it"),
        ("——,dash,,,,,,", "the source “——” is empty or has no word in it"),
        ("瞪羚,…,,,,,,", "the target of “瞪羚” is empty or has no word in it"),
        ("瞪羚,⟦gazelle⟧,,,,,,", "“⟦gazelle⟧” contains ⟦, which the pipeline needs to mark terms"),
        ("瞪羚⦂,gazelle,,,,,,", "contains ⦂"),
        ("瞪羚,gazelle\ue000,,,,,,", "contains the invisible character U+E000"),
        ("瞪羚,gazelle\u200b,,,,,,", "“gazelle␣” contains the invisible character U+200B; delete that character"),
        ('瞪羚,"gazelle\nfirm",,,,,,', "“gazelle␣firm” contains a line break"),
        ("瞪羚,gazelle,,,,,\x07,", "contains the invisible character U+0007"),
        ("瞪羚,gaz\ufffdlle,,,,,,", "left by a wrong encoding"),
        ("瞪羚,=SUM(A1),,,,,,", "“=SUM(A1)” begins with =, so a spreadsheet takes it for a formula"),
        ("瞪羚,gazelle,,,,,@note,", "“@note” begins with @"),
        ("瞪羚,瞪羚 firm,,,,,,", "the English “瞪羚 firm” contains the Chinese character 瞪"),
        ("瞪羚,gazelle，fast,,,,,,", "contains the full-width character ，; write , or another"),
        ("瞪羚,gazelle,,Gazelle,,,,", "“gazelle” is asked for, and “Gazelle” is forbidden by the same entry"),
        ("瞪羚,fast firm,,firm,,,,", "“fast firm” is asked for, and “firm” is forbidden"),
        ("瞪羚,gazelle,fast firm,fast firm,,,,", "“fast firm” is asked for, and “fast firm” is forbidden"),
        ("瞪羚,gazelle,gazelle,,,,,", "the form “gazelle” of “瞪羚” is given twice"),
        ("瞪羚,gazelle,gazelles||firm,,,,,", "“gazelles||firm” in allowed has nothing before or after a stroke"),
        ("瞪羚,gazelle,,,羚羊,,,", "the exception “羚羊” does not contain “瞪羚”"),
        ("瞪羚,gazelle,,,瞪羚,,,", "the exception “瞪羚” is the term itself, which then never fires"),
        ("瞪羚,gazelle,,,,exat,,", "“exat” is no case; did you mean “exact”"),
        ("瞪羚,gazelle,,,,,,old", "“old” is no status; write approved or proposed or retired, or nothing"),
        (" 瞪羚,gazelle,,,,,,", "the source “ 瞪羚” begins or ends with a blank"),
        ("瞪羚,gazelle ,,,,,,", "the target “gazelle ” begins or ends with a blank"),
        ("瞪羚", "the row has no cell for source or target"),
        ("瞪羚,gazelle, a, b, c, d, e, f, g", "the row has 9 cells and the header 8; put double quotes around"),
        ('瞪羚,"gazelle', "a double quote opens a cell and does not close it properly"),
    ],
)
def test_a_wrong_row_is_one_sentence_with_file_and_line(row: str, said: str):
    message = only_mistake(row + "\n")
    assert said in message
    assert message.startswith("glossary.csv:2: ")
    assert message.endswith(".")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("瞪羚,gazelle\n瞪羚,gazelle\n", "“瞪羚” stands in line 2 already"),
        ("瞪羚,gazelle\n瞪羚,antelope\n", "“瞪羚” is to become “antelope” here and “gazelle” in line 2"),
        ("高新区,High-tech Zone\n高新區,High-tech Zone\n", "“高新區”, which is the same as “高新区”, stands in line 2"),
        ("5G,5G\n５Ｇ,5G network\n", "“５Ｇ”, which is the same as “5G”, is to become “5G network” here"),
    ],
)
def test_a_source_that_stands_twice_is_told_with_both_lines(rows: str, said: str):
    ((line, message),) = mistakes("source,target\n" + rows)
    assert line == 3
    assert said in message


def test_a_target_must_not_hold_what_another_entry_forbids():
    text = "source,target,forbidden\n园区,zone,science park\n科技园,Henan Science Park,\n"
    ((line, message),) = mistakes(text)
    assert line == 3
    assert "contains “science park”, which line 2 forbids for “园区”" in message


def test_a_longer_entry_may_use_what_the_entry_inside_it_forbids():
    text = "source,target,forbidden\n园区,zone,park\n科技园区,science park,\n"
    assert len(parse(text)) == 2


def test_half_a_word_is_not_a_forbidden_rendering():
    assert len(parse("source,target,forbidden\n园区,zone,park\n停车,parking,\n")) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is no column “source”; begin the file with the line source,target"),
        ("瞪羚,gazelle\n", "there is no column “source”"),
        ("sorce,target\n瞪羚,gazelle\n", "rename “sorce” to “source”"),
        ("source;target\n瞪羚;gazelle\n", "separated by semicolons: save the file as CSV with commas"),
        ("source\ttarget\n瞪羚\tgazelle\n", "separated by tabs"),
        ("source,target,note,note\n瞪羚,gazelle,,\n", "there are two columns “note”"),
    ],
)
def test_a_header_that_cannot_be_used_is_told(text: str, said: str):
    assert said in mistakes(text)[0][1]


def test_all_mistakes_are_told_at_once_in_order_of_lines():
    rows = "瞪羚,\n独角兽,unicorn\n独角兽,unicorns\n双创,双创\n 三标,Three Benchmarks\n四派,⟦Four⟧ Groups\n"
    assert [line for line, _ in mistakes("source,target\n" + rows)] == [2, 4, 5, 6, 7]


def test_chinese_in_quotation_marks_may_be_asked_for():
    assert len(parse("source,target\n福字,the character “福”\n")) == 1


def test_the_first_layer_that_knows_a_source_wins():
    article = of_article({"高新區": "HTZ"})
    glossary, bank = (Glossary([Entry("高新区", t, layer=t), Entry(s, t)]) for t, s in (("a", "双创"), ("b", "瞪羚")))
    effective = layered([article, glossary, bank])
    assert {entry.source: entry.target for entry in effective} == {"高新區": "HTZ", "双创": "a", "瞪羚": "b"}
    found = effective.find("高新区")
    assert found is not None
    assert found.layer == "article"


def test_retiring_a_source_silences_the_layers_below():
    glossary = parse("source,target,status\n双创,,retired\n")
    assert not layered([glossary, Glossary([Entry("双创", "mass entrepreneurship")])]).firing


def test_terms_of_an_article_are_checked_like_the_rest():
    with pytest.raises(Mistakes, match=r"a\.md: the target of “双创” is empty"):
        of_article({"双创": ""}, name="a.md")


def test_the_hash_is_of_what_the_entries_say_not_of_their_order():
    text = "source,target,note\n双创,innovation,\n瞪羚,gazelle,\n"
    turned = "source,target,note\n\n瞪羚,gazelle,\n双创,innovation,\n"
    other = text.replace("gazelle,", "gazelle,fast")
    assert parse(text).sha256 == parse(turned).sha256 != parse(other).sha256


def test_two_entries_with_one_source_make_no_glossary():
    with pytest.raises(ValueError, match="same source"):
        Glossary([Entry("高新区", "a"), Entry("高新區", "b")])


WORDS = (
    st
    .text(string.ascii_letters + " ,\"'’éü", min_size=1, max_size=12)
    .map(str.strip)
    .filter(lambda text: any(map(str.isalnum, text)))
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    source = draw(
        st.text("高新区管委会双创瞪羚独角兽，“”", min_size=1, max_size=6).filter(lambda s: any(map(str.isalnum, s)))
    )
    target, *allowed = draw(st.lists(WORDS, min_size=1, max_size=3, unique_by=str.casefold))
    note = draw(st.text(string.ascii_letters + ' ,"\n', max_size=12)).strip()
    case, status = draw(st.sampled_from(Case)), draw(st.sampled_from(Status))
    contexts = draw(st.sampled_from([(), (source + "域",), ("大" + source, source + "域")]))
    return Entry(source, target, tuple(allowed), (), contexts, case=case, note=note, status=status)


@given(st.lists(entries(), max_size=6, unique_by=lambda entry: fold(entry.source)))
def test_what_is_written_as_csv_is_read_back_the_same(given_entries: list[Entry]):
    glossary = checked(given_entries, name="glossary.csv")
    again = parse(to_csv(glossary))
    assert again.sha256 == glossary.sha256
    assert to_csv(again) == to_csv(glossary)
