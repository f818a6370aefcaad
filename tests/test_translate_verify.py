"""Nothing leaves the ladder unverified: what counts as kept, and what as a fault."""

import pytest

from pipeline.document import Case, Constraint, Origin
from pipeline.translate import Markup
from pipeline.translate.passage import Passage
from pipeline.translate.verify import loops, verify

MARKUP = Markup("⟦", "⦂", "⟧")


def passage(text, **targets):
    """A passage in which each named source, wherever it stands, must become its target."""
    found = sorted((text.index(source), source, target) for source, target in targets.items())
    return Passage(text, tuple(Constraint(at, at + len(s), s, t, Origin.GLOSSARY) for at, s, t in found))


def placed(p, target):
    return [target[span.start : span.stop] for span in verify(p, target).spans]


def test_a_term_that_stands_once_is_found_where_it_stands():
    p = passage("高新区有企业", 高新区="High-tech Zone", 企业="firms")
    verdict = verify(p, "The High-tech Zone has firms.")
    assert verdict.faults == ()
    assert [(s.start, s.stop, s.constraint) for s in verdict.spans] == [(4, 18, 0), (23, 28, 1)]


@pytest.mark.parametrize(
    ("target", "fault"),
    [
        ("The zone has firms.", "“High-tech Zone” is missing"),
        ("The High-tech Zones have firms.", "“High-tech Zone” is missing"),
        ("High-tech Zone, High-tech Zone, High-tech Zone: firms", "“High-tech Zone” stands too often"),
        ("The ⟦High-tech Zone has firms.", "a mark is left over"),
        ("The High-tech Zone has 企业 firms.", "Chinese is left over"),
        ("The High-tech Zone, a hi-tech zone, has firms.", "“hi-tech zone” is forbidden"),
    ],
)
def test_each_broken_promise_is_a_fault(target, fault):
    term = Constraint(0, 3, "高新区", "High-tech Zone", Origin.GLOSSARY, forbidden=("hi-tech zone", "Zone"))
    assert fault in verify(Passage("高新区有企业", (term,)), target, MARKUP).faults


def test_a_forbidden_rendering_inside_the_accepted_one_is_none():
    term = Constraint(0, 3, "高新区", "High-tech Zone", Origin.GLOSSARY, forbidden=("Zone",))
    assert verify(Passage("高新区", (term,)), "The High-tech Zone").faults == ()


def test_a_term_asked_for_twice_must_stand_twice():
    twice = Passage(
        "高新区和高新区",
        tuple(Constraint(at, at + 3, "高新区", "High-tech Zone", Origin.GLOSSARY) for at in (0, 4)),
    )
    assert verify(twice, "The High-tech Zone").faults == ("“High-tech Zone” is missing",)
    assert verify(twice, "The High-tech Zone and the High-tech Zone").faults == ()


def test_a_short_term_never_takes_its_place_inside_a_long_one():
    p = passage("区在高新区", 高新区="High-tech Zone")
    both = Passage(p.text, (Constraint(0, 1, "区", "Zone", Origin.GLOSSARY), *p.constraints))
    assert verify(both, "A High-tech Zone").faults == ("“Zone” is missing",)
    assert placed(both, "The Zone lies in a High-tech Zone") == ["Zone", "High-tech Zone"]


def test_an_allowed_form_is_as_good_and_the_preferred_one_is_looked_for_first():
    term = Constraint(0, 3, "高新区", "High-tech Zone", Origin.GLOSSARY, allowed=("High-tech Zones", "HTZ"))
    one = Passage("高新区", (term,))
    assert placed(one, "The High-tech Zones") == ["High-tech Zones"]
    assert placed(one, "HTZ, that is the High-tech Zone") == ["High-tech Zone"]


def test_exact_case_is_exact():
    term = Constraint(0, 2, "苹果", "iPad", Origin.GLOSSARY, case=Case.EXACT)
    assert verify(Passage("苹果", (term,)), "IPad").faults == ("“iPad” is missing",)


def test_chinese_that_the_glossary_asks_for_is_no_left_over():
    term = Constraint(0, 2, "揭榜", "Jiebang (揭榜)", Origin.GLOSSARY)
    assert verify(Passage("揭榜", (term,)), "The Jiebang (揭榜) system").faults == ()


def test_a_figure_is_not_found_inside_another():
    p = passage("3个", **{"3": "3"})
    assert verify(p, "3,000 of 13 at 3.5").faults == ("“3” is missing",)


@pytest.mark.parametrize(
    ("text", "looping"),
    [
        ("the city, the city, the city", True),
        ("very very very good", True),
        ("a phrase of four words and a phrase of four, then a phrase of four again", True),
        ("the zone grew and the city grew", False),
        ("1,000,000,000 yuan", False),
        ("Wait... what... no...", False),
        ("", False),
    ],
)
def test_a_loop_is_words_that_come_back_again_and_again(text, looping):
    assert loops(text) is looping


def test_loops_omissions_and_unfinished_sentences_are_doubts_not_faults():
    p = Passage("郑州高新区管委会主任介绍了今年的情况")
    assert verify(p, "The director, the director, the director.").doubts == ("it repeats itself",)
    assert verify(p, "Director.").doubts == ("something seems to be left out",)
    assert verify(p, "The director of the zone told us how", finished=False).doubts == ("unfinished",)
    assert verify(Passage("哈哈哈"), "Ha ha ha").doubts == ()


@pytest.mark.parametrize(
    "target",
    [
        "Zhang, deputy secretary of the Deputy Secretary of the Committee, came.",
        "The Deputy Secretary of the Committee Committee came.",
        "Deputy Secretary of the Committee, secretary of the Committee, came.",
    ],
)
def test_a_term_beside_which_its_own_words_stand_again_is_doubtful(target):
    p = passage("党工委副书记来了", 党工委副书记="Deputy Secretary of the Committee")
    assert verify(p, target).doubts == ("“Deputy Secretary of the Committee” is said twice",)


def test_a_term_that_two_others_share_words_with_is_not_doubtful():
    p = passage("高新区与高新区", 与="and")
    both = tuple(Constraint(at, at + 3, "高新区", "High-tech Zone", Origin.GLOSSARY) for at in (0, 4))
    assert verify(Passage(p.text, both), "High-tech Zone and High-tech Zone").doubts == ()


def test_a_figure_said_once_more_than_the_chinese_says_it_is_a_fault():
    number = Constraint(0, 7, "314.76万", "3.1476 million", Origin.NUMBER)
    said = "3.1476 million visits, 3.1476 million in all"
    assert verify(Passage("314.76万人次", (number,)), said).faults == ("“3.1476 million” stands too often",)
