"""`report.html`: what it says, that it is one file that needs nothing else, and that everybody can read it."""

import itertools
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_bulletin import sample

from pipeline import check, cli, quality, report
from pipeline.document import Finding, Ignored, Pair, PairOrigin, Sentence, Severity
from pipeline.quality import plots
from pipeline.quality.facts import facts

DOUBT = Finding("doubtful", Severity.WARNING, "a1.p2.s3", "The model doubts it.")
ASIDE = Ignored(Finding("numbers", Severity.ERROR, "a2.p3.s1", "4.11万 is missing"), "counted in 台 & so on")


def bulletin():
    """The sample with a doubtful sentence and an ignored finding."""
    return replace(sample(), findings=(*sample().findings, DOUBT), ignored=(ASIDE,))


def html(of=None, **more):
    return quality.to_html(of or bulletin(), href="page.html", **more)


class Page(HTMLParser):
    """The elements of a page and the text in them; complains of what is not closed."""

    VOID = frozenset({"meta", "line", "rect", "circle", "br"})

    def __init__(self, text):
        super().__init__()
        self.open, self.elements, self.faults = [], [], []
        self.feed(text)
        self.faults += self.open

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), []))
        for element in self.open:
            element[2].append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(self.elements[-1])

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag in self.VOID:
            return
        if not self.open or self.open[-1][0] != tag:
            self.faults.append(tag)
        else:
            self.open.pop()

    def of(self, tag):
        return [element for element in self.elements if element[0] == tag]


PAGES = [
    pytest.param(html(), id="report"),
    pytest.param(quality.overview_html([]), id="no bulletin"),
    pytest.param(
        quality.overview_html([
            quality.Entry(
                "a/report.html",
                "标题",
                "Title",
                "2022-03-05",
                json.loads(report.to_json(bulletin()))["counts"] | {"doubtful": 1},
            ),
            quality.Entry(
                "b/report.html", "另一", "Other", "", json.loads(report.to_json(sample()))["counts"] | {"doubtful": 0}
            ),
        ]),
        id="overview",
    ),
]


@pytest.mark.parametrize("text", PAGES)
def test_every_element_is_closed_and_no_id_stands_twice(text):
    page = Page(text)
    assert page.faults == []
    ids = [attributes["id"] for _, attributes, _ in page.elements if "id" in attributes]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("text", PAGES)
def test_the_page_fetches_nothing_and_runs_nothing(text):
    page = Page(text)
    policy = next(a["content"] for _, a, _ in page.of("meta") if a.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
    assert not [e for tag in ("script", "img", "link", "iframe", "object") for e in page.of(tag)]
    assert not re.search(r"url\(|@import|@font-face|https?:", text)
    assert not [a for _, a, _ in page.elements if any(name.startswith("on") or name == "style" for name in a)]


@pytest.mark.parametrize("text", PAGES)
def test_tables_have_captions_and_scopes_and_pictures_their_words(text):
    page = Page(text)
    for _, _, inner in page.of("table"):
        assert inner[0][0] == "caption"
    assert all("scope" in attributes for _, attributes, _ in page.of("th"))
    for _, attributes, inner in page.of("svg"):
        assert attributes["role"] == "img"
        assert "aria-label" in attributes or "aria-labelledby" in attributes
        assert [tag for tag, _ in inner][:2] == ["title", "desc"]


@pytest.mark.parametrize("text", PAGES)
def test_the_page_has_a_dark_and_a_printed_form(text):
    assert "@media screen and (prefers-color-scheme: dark)" in text
    assert "@media print" in text
    assert "size: A4" in text


def test_the_same_bulletin_gives_the_same_bytes():
    assert html() == html()


def test_the_page_is_small():
    assert len(html().encode()) < 60_000


def test_every_article_is_counted_and_the_sums_are_those_of_report_json():
    told, counts = facts(bulletin()), json.loads(report.to_json(bulletin()))["counts"]
    assert [one.number for one in told.articles] == [article.number for article in bulletin().articles]
    assert sum(one.sentences for one in told.articles) == told.total.sentences == counts["sentences"]
    assert sum(one.kept for one in told.articles) == told.total.kept == counts["realised"]
    assert told.total.asked == counts["terms"]
    weights = told.total.weights
    assert (weights.errors, weights.warnings, weights.notes, weights.ignored) == (
        counts["errors"],
        counts["warnings"],
        counts["notes"],
        counts["ignored"],
    )
    for one in (*told.articles, told.total):
        assert sum(count for _, count in one.origins) == one.sentences
        found = one.weights.errors + one.weights.warnings + one.weights.notes
        assert sum(count for _, count in one.kinds) == found


def test_findings_are_counted_by_check_and_severity():
    kinds = {kind.check: kind for kind in facts(bulletin()).kinds}
    assert list(kinds) == ["numbers", "length", "forced", "doubtful"]
    assert (kinds["numbers"].weights.errors, kinds["numbers"].weights.ignored) == (1, 1)
    assert (kinds["length"].weights.notes, kinds["doubtful"].weights.warnings) == (1, 1)
    assert all(kind.about for kind in kinds.values())


def test_doubtful_sentences_come_first_whom_the_model_doubts_most_and_stand_apart_from_the_rest():
    worse = replace(DOUBT, sentence_id="a2.p3.s1")
    pairs = dict(bulletin().pairs)
    pairs["a2.p3.s1"] = replace(pairs["a2.p3.s1"], score=-2.5)
    told = facts(replace(bulletin(), pairs=pairs, findings=(*sample().findings, DOUBT, worse)))
    assert [doubt.pair.sentence.id for doubt in told.doubts] == ["a2.p3.s1", "a1.p2.s3"]
    assert not [finding for finding in told.findings if finding.check == "doubtful"]
    assert "−2.50" in html(replace(bulletin(), pairs=pairs, findings=(worse,)))


def test_numbers_stand_beside_the_english_and_a_missing_one_is_shown():
    pairs = dict(bulletin().pairs)
    pairs["a2.p3.s1"] = replace(pairs["a2.p3.s1"], target="There were 3.1476 million visits.")
    told = facts(replace(bulletin(), pairs=pairs))
    rows = {row.said.source: row.said for row in told.numbers if row.sentence == "a2.p3.s1"}
    assert rows["314.76万"].target == "3.1476 million"
    assert rows["4.11万"].target == ""
    assert told.said < len(told.due)
    assert '<span class="missing">not said</span>' in html(replace(bulletin(), pairs=pairs))


def test_terms_are_listed_with_how_often_they_were_kept():
    told = facts(bulletin())
    asked = [row.asked for row in told.terms]
    assert asked == sorted(asked, reverse=True)
    assert sum(asked) == told.total.asked
    for row in told.terms:
        asking = [one for one in bulletin().pairs.values() if row.source in {c.source for c in one.constraints}]
        assert row.articles == tuple(sorted({int(one.sentence.id[1]) for one in asking}))
    pairs = {key: replace(pair, target_spans=()) for key, pair in bulletin().pairs.items()}
    assert {row.kept for row in facts(replace(bulletin(), pairs=pairs)).terms} == {0}


def test_an_ignored_finding_is_shown_with_its_reason_and_no_text_becomes_markup():
    text = html()
    assert "counted in 台 &amp; so on" in text
    hostile = "<script>alert(1)</script>\"'&"
    pairs = {key: replace(pair, target=hostile) for key, pair in bulletin().pairs.items()}
    said = replace(bulletin(), slug=hostile, pairs=pairs, findings=(replace(DOUBT, message=hostile),))
    assert "<script" not in html(said, look=quality.Look(name_zh=hostile, name_en=hostile))


def test_every_sentence_named_is_a_link_into_the_bulletin():
    told = facts(bulletin())
    ids = [row.sentence for row in told.numbers] + [f.sentence_id for f in told.findings]
    assert ids
    assert all(f'href="page.html#{sentence}-en"' in html() for sentence in ids)


def test_a_bulletin_without_findings_numbers_or_terms_says_so_in_less():
    bare = {key: Pair(Sentence(key, "好", ("好",)), "Good", (), PairOrigin.FIXED, ()) for key in bulletin().pairs}
    text = html(replace(bulletin(), pairs=bare, findings=(), ignored=()))
    assert "No check found anything." in text
    assert "Numbers</span>" not in text
    assert "Terms used" not in text
    assert Page(text).faults == []


@given(st.lists(st.tuples(st.sampled_from([str(origin) for origin in PairOrigin]), st.integers(0, 400)), max_size=4))
def test_the_parts_of_a_bar_lie_side_by_side_and_fill_it(parts):
    bars = plots.stacked(parts)
    assert len(bars) == sum(count > 0 for _, count in parts)
    for left, right in itertools.pairwise(bars):
        assert abs(left.x + left.width - right.x) < 0.05
    if bars:
        assert bars[0].x == 0
        assert abs(bars[-1].x + bars[-1].width - 100) < 0.05


def scored(scores):
    return [replace(pair("高新区", "the zone"), score=score) for score in scores]


def pair(source, target, number=1):
    return Pair(Sentence(f"a1.p1.s{number}", source, (source,)), target, (), PairOrigin.MODEL, ())


SCORES = st.floats(min_value=-50, max_value=0, allow_nan=False)


@given(st.lists(st.one_of(st.none(), SCORES), max_size=30))
def test_every_score_is_in_one_bar_of_the_histogram_and_no_bar_leaves_it(scores):
    drawn = plots.histogram(scored(scores), check.DOUBTED_BELOW)
    known = [score for score in scores if score is not None]
    if not known:
        assert drawn is None
        return
    assert sum(int(bar.title.rpartition(": ")[2]) for bar in drawn.bars) == len(known) == drawn.scores
    for bar in drawn.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= plots.WIDTH
        assert 0 <= bar.y <= bar.y + bar.height <= plots.HEIGHT
    assert {bar.kind for bar in drawn.bars if bar.x + bar.width <= drawn.limit.at} <= {"doubtful"}
    assert {bar.kind for bar in drawn.bars if bar.x >= drawn.limit.at} <= {"plain"}


@given(st.lists(st.tuples(st.text("高新区a，", max_size=60), st.text("abc ", max_size=400)), max_size=20))
def test_every_sentence_with_chinese_is_a_dot_within_the_plot(texts):
    pairs = [pair(source, target, number) for number, (source, target) in enumerate(texts, 1)]
    drawn = plots.scatter(pairs, frozenset({"a1.p1.s1"}))
    chinese = [one for one in pairs if check.ratio(one) is not None]
    assert (drawn is None) == (not chinese)
    if drawn:
        assert len(drawn.dots) == len(chinese)
        for dot in drawn.dots:
            assert 0 <= dot.x <= plots.WIDTH
            assert 0 <= dot.y <= plots.HEIGHT


def test_a_build_writes_a_report_for_each_bulletin_and_one_over_all(parrot_project):
    for name in ("甲", "乙 &"):
        Path("articles", f"{name}.md").write_text("# 产业的事\n\n我们走了1200公里。\n", "utf-8")
    cli.main(["build", "--jobs", "1"])
    overview, index = (Path("output", name).read_text("utf-8") for name in ("report.html", "index.html"))
    for folder in ("%E7%94%B2", "%E4%B9%99%20%26"):
        assert f'href="{folder}/report.html"' in overview
        assert f'href="{folder}/report.html"' in index
    one = Path("output/甲/report.html").read_text("utf-8")
    assert 'href="%E7%94%B2.html#a1.p1.s1-en"' in one
    page = Path("output/甲/甲.html").read_text("utf-8")
    assert 'id="a1.p1.s1-en"' in page
    Path("articles/甲.md").unlink()
    cli.main(["build", "--jobs", "1"])
    assert not Path("output/甲").exists()
    assert "%E7%94%B2" not in Path("output/report.html").read_text("utf-8")


def test_a_report_that_someone_removed_is_written_again(parrot_project):
    Path("articles/甲.md").write_text("# 产业的事\n\n第一段。\n", "utf-8")
    cli.main(["build", "--jobs", "1"])
    for gone in (Path("output/甲/report.html"), Path("output/report.html")):
        gone.unlink()
        cli.main(["build", "--jobs", "1"])
        assert gone.is_file()


def test_bulletins_of_an_earlier_version_keep_their_line_in_the_overview(parrot_project):
    for name in ("甲", "乙"):
        Path("articles", f"{name}.md").write_text("# 产业的事\n\n第一段。\n", "utf-8")
    cli.main(["build", "--jobs", "1"])
    stamp = Path(".cache/built/乙.json")
    old = json.loads(stamp.read_text("utf-8"))
    del old["summary"]["doubtful"], old["summary"]["ignored"]
    stamp.write_text(json.dumps(old), "utf-8")
    Path("articles/甲.md").write_text("# 产业的事\n\n第二段。\n", "utf-8")
    assert cli.main(["build", "甲.md", "--jobs", "1"]) == 0
    assert "%E4%B9%99/report.html" in Path("output/report.html").read_text("utf-8")
