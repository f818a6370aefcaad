"""What the terminologist is shown: where each term was used, and which ones the glossary lacks."""

from __future__ import annotations

import math

import pytest

from pipeline.document import Constraint, Origin, Pair, PairOrigin, Sentence, TargetSpan
from pipeline.glossary import Candidate, Entry, Glossary, Reason, Status, candidates, parse, suggest, to_csv, usage
from pipeline.glossary.candidates import c_values, log_likelihood
from pipeline.glossary.suggestions import renderings

GLOSSARY = parse("source,target,allowed\n高新区,High-tech Zone,the Zone\n双创,innovation,\n")


def sentence(number: int, words: str) -> Sentence:
    return Sentence(f"a1.p1.s{number}", words.replace("|", ""), tuple(words.split("|")))


def pair(number: int, words: str, target: str, *landed: str, origin: PairOrigin = PairOrigin.MODEL) -> Pair:
    """A pair whose constraints are the glossary's, landed in order at the first place of each text given."""
    own = sentence(number, words)
    constraints = GLOSSARY.match(own).constraints
    spans = tuple(TargetSpan(target.index(t), target.index(t) + len(t), n) for n, t in enumerate(landed) if t)
    return Pair(own, target, constraints, origin, spans)


def test_each_term_is_told_with_its_places_and_renderings():
    pairs = {
        "page": [
            pair(1, "高新区|双创", "The High-tech Zone has innovation.", "High-tech Zone", "innovation"),
            pair(2, "高新区", "It is in the Zone.", "the Zone"),
        ]
    }
    zone, innovation = usage(GLOSSARY, pairs)
    assert [(o.article, o.sentence_id, o.english) for o in zone.occurrences] == [
        ("page", "a1.p1.s1", ("High-tech Zone",)),
        ("page", "a1.p1.s2", ("the Zone",)),
    ]
    assert zone.renderings == (("High-tech Zone", 1), ("the Zone", 1))
    assert (zone.forced, zone.missed, len(innovation.occurrences)) == (0, 0, 1)


def test_forced_and_missed_places_are_counted():
    forced = pair(1, "高新区", "High-tech Zone.", "High-tech Zone", origin=PairOrigin.FORCED)
    zone, innovation = usage(GLOSSARY, {"page": [forced, pair(2, "高新区", "It grows.")]})
    assert (len(zone.occurrences), zone.forced, zone.missed) == (2, 1, 1)
    assert innovation.occurrences == ()


def test_what_only_looked_like_a_term_is_told_with_the_reason():
    zone, _ = usage(GLOSSARY, {"page": [pair(1, "在|高新|区域", "In the area.")]})
    ((slug, where, rejection),) = zone.rejections
    assert (slug, where, rejection.reason) == ("page", "a1.p1.s1", Reason.WORD_BOUNDARY)


def test_a_number_is_no_use_of_a_term():
    number = Constraint(0, 3, "高新区", "3", Origin.NUMBER)
    plain = Pair(sentence(1, "高新区"), "3", (number,), PairOrigin.MODEL, ())
    assert usage(GLOSSARY, {"page": [plain]})[0].occurrences == ()


FILLER = [f"甲{a}|乙{b}|丙丁" for a in "东南西北中" for b in "春夏秋冬"]


def found(*texts: str, least: int = 3) -> list[tuple[str, int]]:
    sentences = [sentence(n, words) for n, words in enumerate([*texts, *FILLER])]
    return [(c.source, c.count) for c in candidates(sentences, GLOSSARY, least=least) if "丙丁" not in c.source]


def test_words_that_keep_standing_together_are_a_candidate():
    assert found("参观|智慧|岛屿|项目", "智慧|岛屿|开工", "在|智慧|岛屿", "岛屿|多") == [("智慧岛屿", 3)]


def test_fewer_than_the_least_are_none():
    assert found("参观|智慧|岛屿", "智慧|岛屿|开工") == []


def test_words_do_not_belong_together_across_a_term_or_punctuation():
    assert found(*["智慧|高新区|岛屿", "智慧|，|岛屿", "智慧|3|岛屿"] * 3) == []


def test_a_phrase_that_stands_only_inside_a_longer_one_is_left_to_it():
    assert found(*["智慧|岛屿|中心"] * 4) == [("智慧岛屿中心", 4)]


def test_verbs_of_every_page_and_small_words_begin_no_term():
    assert found(*["推进|岛屿|，|智慧|的|岛屿|，|两名|岛屿"] * 4) == []


def test_the_log_likelihood_ratio_is_dunnings():
    # "the swiss" in Dunning 1993, table 1: k(AB)=110, k(A~B)=2442, k(~AB)=111, k(~A~B)=29114 gives 270.72.
    assert math.isclose(log_likelihood(110, 110 + 2442, 110 + 111, 110 + 2442 + 111 + 29114), 270.72, abs_tol=0.01)


def test_the_c_value_counts_a_phrase_inside_longer_ones_only_as_far_as_it_stands_alone():
    counts = {("a", "b"): 10, ("a", "b", "c"): 4, ("x", "a", "b"): 2}
    assert c_values(counts)["a", "b"] == 1 * (10 - 3)
    assert c_values(counts)["a", "b", "c"] == pytest.approx(math.log2(3) * 4)


PAIRS = [
    pair(1, "智慧|岛屿|开工", "Construction of the Smart Island began."),
    pair(2, "参观|智慧|岛屿", "They visited the Smart Island."),
    pair(3, "智慧|岛屿|多", "The Smart Island has much, the Zone too."),
    *(pair(n, words, "Something else.") for n, words in enumerate(FILLER, 10)),
]


def test_the_rendering_is_what_the_sentences_share_and_others_lack():
    candidate = Candidate("智慧岛屿", 3, 1.0, ("a1.p1.s1", "a1.p1.s2", "a1.p1.s3"))
    assert renderings([candidate], PAIRS)["智慧岛屿"] == "Smart Island"


def test_where_the_sentences_share_nothing_there_is_no_rendering():
    candidate = Candidate("智慧岛屿", 3, 1.0, ("a1.p1.s1", "a1.p1.s2", "a1.p1.s10", "a1.p1.s11"))
    assert renderings([candidate], PAIRS)["智慧岛屿"] == ""
    alone = Candidate("智慧岛屿", 3, 1.0, ("a1.p1.s1",))
    assert renderings([alone], PAIRS) == {"智慧岛屿": ""}


def test_a_suggestion_is_a_row_to_paste():
    (entry,) = [entry for entry in suggest({"page": PAIRS}, GLOSSARY, Glossary()) if "丙丁" not in entry.source]
    assert entry == Entry(
        "智慧岛屿",
        "Smart Island",
        note="3 times, first in page a1.p1.s1, page a1.p1.s2, page a1.p1.s3",
        status=Status.PROPOSED,
    )
    assert parse(to_csv(Glossary([entry]))).entries[0].target == "Smart Island"


def test_what_the_term_bank_knows_and_does_not_apply_is_suggested_first():
    bank = Glossary([Entry("智慧岛屿", "Wisdom Island", extra=(("use", "suggest"),))])
    first = suggest({"page": PAIRS}, GLOSSARY, bank)[0]
    assert (first.source, first.target) == ("智慧岛屿", "Wisdom Island")
    assert first.note.startswith("term bank: suggest; 3 times")


def test_a_bank_term_inside_a_term_of_the_glossary_is_not_suggested():
    bank = Glossary([Entry("新区", "new area", extra=(("use", "suggest"),))])
    assert suggest({"page": [pair(n, "高新区", "x") for n in range(3)]}, GLOSSARY, bank) == ()


def test_sentences_of_two_bulletins_are_told_apart_though_their_ids_are_the_same():
    pages = {"one": PAIRS[:1], "two": PAIRS[:1], "three": [*PAIRS[:1], *PAIRS[3:]]}
    (entry,) = [entry for entry in suggest(pages, GLOSSARY, Glossary()) if "丙丁" not in entry.source]
    assert entry.note == "3 times, first in one a1.p1.s1, two a1.p1.s1, three a1.p1.s1"
