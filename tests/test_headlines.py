"""Heads have the capitals of a newspaper before anybody looks at them: checks, reviewers and the page see one text."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from parrot import Parrot
from review_files import correct
from sample_bulletin import pair, sample, target_spans

from pipeline import cli
from pipeline.document import Case, PairOrigin
from pipeline.headlines import headed, titled
from pipeline.translate import Hypothesis


@pytest.mark.parametrize(
    ("head", "printed"),
    [
        (
            "Building an image benchmark for industry-city renewal",
            "Building an Image Benchmark for Industry-city Renewal",
        ),
        ("Go All Out to Speed Up the Quality and efficiency", "Go All Out to Speed Up the Quality and Efficiency"),
        ("iPhone and pH: a door to the city’s people", "iPhone and pH: A Door to the City’s People"),
        ("where the zone leads to", "Where the Zone Leads To"),
        ("3.1476 million visits in 20 km", "3.1476 Million Visits in 20 km"),
        ("The zone opened its doors.", "The zone opened its doors."),
        ("the ßeta of žižkov", "The ßeta of Žižkov"),
        ("", ""),
    ],
)
def test_all_but_the_small_words_of_a_head_have_a_capital(head, printed):
    assert titled(head) == printed


def kicker(target, **changes):
    """What is printed of the sample's last kicker, which holds the term 产城更新, for another English of it."""
    bulletin = sample()
    pairs = {**bulletin.pairs, "a3.k.s1": replace(pair(bulletin.pairs["a3.k.s1"].sentence, target), **changes)}
    return {p.sentence.id: p for p in headed(bulletin.articles, tuple(pairs.values()))}["a3.k.s1"]


def test_a_head_has_its_capitals_and_its_terms_stand_where_they_stood():
    printed = kicker("Setting an example: industry-city renewal")
    assert printed.target == "Setting an Example: Industry-city Renewal"
    assert printed.target_spans == target_spans(printed.target, printed.constraints)


def test_a_term_that_is_fixed_letter_by_letter_gets_no_capital():
    exact = tuple(replace(c, case=Case.EXACT) for c in sample().pairs["a3.k.s1"].constraints)
    assert kicker("An example: industry-city renewal", constraints=exact).target == "An Example: industry-city renewal"


def test_a_term_that_would_be_missing_with_a_capital_gets_none():
    """One long word and half a compound are no title to the check of terms."""
    assert kicker("Aid for industry-city renewal").target == "Aid for industry-city renewal"


def test_a_head_that_a_person_approved_stays_as_it_was_approved():
    said = "An example: industry-city renewal"
    assert kicker(said, origin=PairOrigin.REVIEWED).target == said


def test_only_heads_get_capitals():
    bulletin = sample()
    small = tuple(replace(p, target=p.target.lower(), constraints=(), target_spans=()) for p in bulletin.pairs.values())
    changed = {new.sentence.id for new, old in zip(headed(bulletin.articles, small), small, strict=True) if new != old}
    assert changed == {f"a{article}.{kind}.s1" for article in (1, 2, 3) for kind in "kh"}


# Through the build and the review


HEAD, PRINTED = "A long way to a home of our own", "A Long Way to a Home of Our Own"


@pytest.fixture
def built(parrot_project, monkeypatch):
    """A bulletin whose headline also stands in a paragraph; the engine writes both small."""
    monkeypatch.setattr(
        Parrot, "translate", lambda _self, sources, *_, **__: ((Hypothesis(HEAD, -0.5),),) * len(sources)
    )
    Path("articles", "甲.md").write_text("# 我们的家在路上\n\n我们的家在路上\n", "utf-8")
    assert cli.main(["build", "--jobs", "1"]) == 0
    return parrot_project


def report():
    return json.loads(Path("output/甲/report.json").read_text("utf-8"))


def said(sentence_id):
    """A sentence's English in the report and on the page."""
    (in_report,) = (s["target"] for s in report()["sentences"] if s["id"] == sentence_id)
    page = Path("output/甲/甲.html").read_text("utf-8")
    on_page = re.search(rf'id="{re.escape(sentence_id)}-en"[^>]*>(.*?)</(?:h2|p)>', page)[1]
    return in_report, re.sub(r"<i .*?</i>|<[^>]*>", "", on_page)


def test_a_head_has_its_capitals_before_it_is_checked_and_handed_out(built):
    assert said("a1.h.s1") == (PRINTED, PRINTED)
    assert said("a1.p1.s1") == (HEAD, HEAD)
    assert PRINTED in Path("output/index.html").read_text("utf-8")
    assert [f for f in report()["findings"] if f["check"] in {"consistency", "doubtful"}] == []


def test_a_head_that_is_approved_as_printed_is_printed_as_before(built):
    assert cli.main(["review", "export", "--format", "xlsx"]) == 0
    correct(Path("output/甲/review/甲.xlsx"), {"a1.h.s1": "ok"}, "Status")
    assert cli.main(["review", "import", "--by", "Wang"]) == 0
    assert cli.main(["build", "--jobs", "1"]) == 0
    origins = {s["id"]: s["origin"] for s in report()["sentences"]}
    assert origins["a1.h.s1"] == "reviewed"
    assert said("a1.h.s1") == (PRINTED, PRINTED)
