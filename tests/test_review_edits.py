"""What is checked anew after an edit, and what need not be: the short way must never say other than the long one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_files import printed

from pipeline.document import Constraint, Origin, Pair, PairOrigin, Sentence, TargetSpan
from pipeline.review.edits import Touched, touched
from pipeline.review.judge import NAMES, broken

OTHERS = [
    *("the", "of", "a", "no", "one", "two", "half", "third", "dozen", "5", "12", "percent", "%", "3.5", "1,500", "to"),
    *("million", "billion", "May", "March", "4,", "both", "century", "July's", "p.m.", "and", "below", "C919", "II"),
    *("High-tech", "Zone", "Zones", "zone", "Committee", "committee,", "Party", "Sun", "Qinghui", "ten-year"),
    *("said", "quickly;", "twenties"),
]


def sound(pair):
    """Whether the long way finds nothing in the pair as it is printed."""
    return not broken(pair, pair.target)


PAIRS = [pair for pair in printed().pairs if sound(pair)]


def test_there_are_pairs_with_terms_and_with_numbers_to_try():
    assert sum(bool(pair.constraints) for pair in PAIRS) > 5
    assert any("1,500" in pair.target for pair in PAIRS)


@given(st.data())
def test_an_edit_that_is_said_to_touch_nothing_changes_no_finding(data):
    pair = data.draw(st.sampled_from(PAIRS))
    words = pair.target.split()
    vocabulary = st.sampled_from([*OTHERS, *words, *(form for c in pair.constraints for form in c.forms)])
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(words)))
        gone = data.draw(st.integers(0, 3))
        words[at : at + gone] = data.draw(st.lists(vocabulary, max_size=2))
    target = " ".join(words)
    assert broken(pair, target, sound=True) == broken(pair, target)


TERM = Constraint(4, 7, "高新区", "High-tech Zone", Origin.GLOSSARY, forbidden=("hi-tech park",))
PAIR = Pair(
    Sentence("a1.p1.s1", "他说，高新区有3所学校。", ("他说，高新区有3所学校。",)),
    "He said that the High-tech Zone had built 3 new schools over the last years.",
    (TERM,),
    PairOrigin.MODEL,
    (TargetSpan(17, 31, 0),),
)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("He said that", "He told us that", Touched(numbers=False, terms=False)),
        ("over the last years", "lately", Touched(numbers=True, terms=False)),
        ("He said", "Two people said", Touched(numbers=True, terms=False)),
        ("High-tech Zone", "High-tech new Zone", Touched(numbers=False, terms=True)),
        ("He said that the High-tech Zone", "The High-tech Zone, he said,", Touched(numbers=True, terms=True)),
        ("He said", "The zone's head said", Touched(numbers=False, terms=True)),
        ("He said", "He of the hi-tech park said", Touched(numbers=False, terms=True)),
    ],
)
def test_what_an_edit_touches(old, new, what):
    assert old in PAIR.target
    assert touched(PAIR, PAIR.target.replace(old, new)) == what


def test_words_that_an_edit_brings_together_may_be_a_form():
    target = "He said of the hi-tech green park that the High-tech Zone had built 3 new schools."
    at = target.index(TERM.target)
    parted = replace(PAIR, target=target, target_spans=(TargetSpan(at, at + len(TERM.target), 0),))
    met = parted.target.replace("green ", "")
    assert broken(parted, parted.target) == ()
    assert broken(parted, met, sound=True) == broken(parted, met) != ()


def test_a_term_that_is_written_otherwise_than_the_glossary_has_it_is_always_looked_at():
    raised = replace(PAIR, target=PAIR.target.replace("High-tech Zone", "High-Tech Zone"))
    assert touched(raised, raised.target.replace("He said", "He told us")).terms


def test_the_checks_that_may_be_skipped_are_those_of_what_is_fixed():
    assert {"terms", "numbers", "dates", "names", "forbidden"} == NAMES
