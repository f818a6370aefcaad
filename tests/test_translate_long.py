"""Long sentences are cut where their clauses end, and nowhere else as long as the model can take them."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Constraint, Origin
from pipeline.translate.long import COMFORT, parts
from pipeline.translate.passage import Passage

CLAUSE = "高新区新增企业三十五家成绩显著来之不易值得我们骄傲"


def cut(text, window=1000, constraints=()):
    return [part.text for part in parts(Passage(text, tuple(constraints)), lambda t: len(t) <= window)]


def test_a_sentence_of_a_comfortable_length_is_translated_whole():
    text = f"{CLAUSE}，{CLAUSE}，{CLAUSE}。"
    assert len(text) <= COMFORT
    assert cut(text) == [text]


def test_a_longer_one_is_cut_in_two_at_a_comma_near_its_middle():
    assert cut(f"{CLAUSE}，{CLAUSE}；{CLAUSE}，{CLAUSE}。") == [f"{CLAUSE}，{CLAUSE}；", f"{CLAUSE}，{CLAUSE}。"]


def test_a_long_one_without_a_comma_stays_whole_while_it_fits():
    text = CLAUSE * 4 + "。"
    assert cut(text) == [text]
    assert len(cut(text, window=60)) == 2


def test_a_comma_inside_quotation_marks_is_no_place_to_cut_at_ease():
    text = f"他说“{CLAUSE}，{CLAUSE}；{CLAUSE}，{CLAUSE}。”"
    assert cut(text) == [text]


def test_a_term_that_holds_a_comma_is_never_cut():
    text = f"{CLAUSE}，{CLAUSE}，{CLAUSE}，{CLAUSE}。"
    at = text.index("，", len(CLAUSE) + 1)
    term = Constraint(at - 2, at + 3, text[at - 2 : at + 3], "x", Origin.GLOSSARY)
    pieces = parts(Passage(text, (term,)), lambda _: True)
    assert [c.source for piece in pieces for c in piece.constraints] == [term.source]


@given(st.text(st.sampled_from("甲乙丙丁，；。“”（）1 "), max_size=300), st.integers(5, 300))
def test_the_parts_are_the_sentence_and_each_fits(text, window):
    pieces = cut(text, window)
    assert "".join(pieces) == text
    assert all(len(piece) <= window for piece in pieces)
