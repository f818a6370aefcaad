"""The whole way through on the first article, with the real model: what issue 2 says it must show."""

import csv
import json
import re
import unicodedata
from pathlib import Path

import pdfplumber
import pytest
from conftest import ROOT, SEED

from pipeline import cli

pytestmark = pytest.mark.engine

SLUG = SEED.stem
HAN = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture(scope="session")
def report(built):
    return json.loads((built / "output" / SLUG / "report.json").read_text("utf-8"))


def rows_of(report, kind):
    return [[b for b in article["blocks"] if b["kind"] == kind] for article in report["articles"]]


def test_the_page_is_three_articles_of_seven_four_and_five_paragraphs(report):
    assert [len(blocks) for blocks in rows_of(report, "paragraph")] == [7, 4, 5]


def test_every_article_has_its_headline_and_its_byline_apart(report):
    assert all(rows_of(report, "headline"))
    assert all(rows_of(report, "byline"))


@pytest.mark.parametrize(("term", "times"), [("高新区", 20), ("产城更新", 10), ("揭榜挂帅", 1)])
def test_every_occurrence_of_a_term_becomes_what_the_glossary_says(report, term, times):
    """Counted in the source; a longer term that holds it (郑州高新区) counts with its own English."""
    assert SEED.read_text("utf-8").count(term) == times
    kept = [
        (constraint, sentence)
        for sentence in report["sentences"]
        for constraint in sentence["constraints"]
        if term in constraint["source"]
    ]
    assert sum(constraint["source"].count(term) for constraint, _ in kept) == times
    accepted = renderings()
    for constraint, sentence in kept:
        assert constraint["realised"], sentence["target"]
        assert constraint["realised"][0].casefold() in accepted[constraint["source"]], sentence["target"]


def renderings():
    with (ROOT / "glossary.csv").open(encoding="utf-8-sig", newline="") as file:
        return {
            row["source"]: {form.casefold() for form in (row["target"], *(row.get("allowed") or "").split("|")) if form}
            for row in csv.DictReader(file)
        }


def test_no_constraint_is_left_unkept(report):
    unkept = [
        (sentence["id"], constraint["source"])
        for sentence in report["sentences"]
        for constraint in sentence["constraints"]
        if not constraint["realised"]
    ]
    assert unkept == []


def test_the_english_has_no_mark_and_no_chinese_that_the_glossary_does_not_ask_for(report):
    for sentence in report["sentences"]:
        asked = "".join(constraint["target"] for constraint in sentence["constraints"])
        assert not set("⟦⦂⟧") & set(sentence["target"])
        assert set(HAN.findall(sentence["target"])) <= set(asked), sentence


def test_every_sentence_has_english_of_the_models_own_or_of_its_terms(report):
    for sentence in report["sentences"]:
        assert sentence["target"].strip()
        assert sentence["origin"] in {"model", "forced", "fixed"}
        assert sentence["origin"] == "fixed" or sentence["score"] < 0


def test_broken_lines_are_mended_and_listed_with_their_numbers(report):
    joined = [(r["before"] + r["after"], r["first_line"]) for a in report["articles"] for r in a["repairs"]]
    text = "".join(s["source"] for s in report["sentences"])
    lines = SEED.read_text("utf-8").splitlines()
    for word in ("先行先试", "树标引领", "动态开展", "服务"):
        assert word in text
    for (around, number), repair in zip(joined, (r for a in report["articles"] for r in a["repairs"]), strict=True):
        assert lines[number - 1].rstrip().endswith(repair["before"]), around
    assert len(joined) >= 4


def test_the_report_has_the_sources_own_characters_and_nothing_else(report):
    page = "".join(SEED.read_text("utf-8").split())
    told = "".join("".join(s["source"] for s in report["sentences"]).split())
    assert sorted(told) == sorted(page)


def body_of(pdf, font, size=10.0):
    """The letters that a PDF sets in one font at the size of the body, in its own order: a column, across its pages."""
    with pdfplumber.open(pdf) as document:
        letters = [c for page in document.pages for c in page.chars if font in c["fontname"]]
    return "".join(unicodedata.normalize("NFKC", c["text"]) for c in letters if round(c["size"], 1) == size)


def test_the_pdf_gives_back_whole_sentences_in_both_languages(built, report):
    """A page may break a sentence, and the other column then stands between; within its column it is whole."""
    pdf = built / "output" / SLUG / f"{SLUG}.pdf"
    chinese = re.sub(r"[^\u4e00-\u9fff]", "", body_of(pdf, "Han-Serif"))
    english = re.sub(r"[^A-Za-z]", "", body_of(pdf, "Latin-Serif"))
    body = [s for s in report["sentences"] if ".p" in s["id"]]
    assert len(body) > 40
    for sentence in body:
        assert re.sub(r"[^\u4e00-\u9fff]", "", sentence["source"]) in chinese
        assert re.sub(r"[^A-Za-z]", "", sentence["target"]) in english


def test_the_colophon_names_the_model_the_glossary_and_the_versions(report):
    colophon = report["colophon"]
    assert colophon["model_origin"] == "shipped"
    assert re.fullmatch("[0-9a-f]{64}", colophon["model_sha256"])
    assert re.fullmatch("[0-9a-f]{64}", colophon["glossary_sha256"])
    assert {"ctranslate2", "weasyprint", "bilingual-bulletin"} <= colophon["versions"].keys()


def test_the_html_is_one_file_that_fetches_nothing(built):
    html = (built / "output" / SLUG / f"{SLUG}.html").read_text("utf-8")
    assert not re.findall(r"""(?:src|href)=["']?(?:https?:)?//""", html)
    assert "@import" not in html


def test_the_index_lists_the_bulletin(built):
    index = (built / "output" / "index.html").read_text("utf-8")
    assert f"{SLUG}/{SLUG}.html" in index
    assert f"{SLUG}/{SLUG}.pdf" in index


def test_a_second_build_does_nothing(copy, capsys):
    before = {path: path.stat().st_mtime_ns for path in Path().rglob("*")}
    assert cli.main(["build"]) == 0
    assert capsys.readouterr().out == "Nothing to do: 1 bulletin in output/ up to date.\n"
    assert {path: path.stat().st_mtime_ns for path in Path().rglob("*")} == before


def test_an_edited_row_of_the_glossary_retranslates_only_its_sentences(copy, unprinted):
    rows = Path("glossary.csv").read_text("utf-8-sig").splitlines()
    edited = [re.sub("^揭榜挂帅,[^,]*", "揭榜挂帅,open call for solvers", row) for row in rows]
    assert edited != rows
    Path("glossary.csv").write_text("\n".join(edited) + "\n", "utf-8")
    assert cli.main(["build", "--jobs", "1"]) == 0
    after = json.loads(Path("output", SLUG, "report.json").read_text("utf-8"))
    touched = [s for s in after["sentences"] if s["origin"] != "fixed" and not s["remembered"]]
    assert len(touched) == 1
    assert "揭榜挂帅" in touched[0]["source"]
    assert "open call for solvers" in touched[0]["target"].casefold()
    assert after["counts"]["model"] == 1


def test_a_forced_build_translates_everything_again_and_says_the_same(copy, unprinted):
    Path("articles", SEED.name).unlink()
    Path("articles", "短.md").write_text("# 高新区加快产城更新\n\n高新区将建设3所学校。\n", "utf-8")
    counts, english = [], []
    for how in ([], ["--force"]):
        assert cli.main(["build", "--jobs", "1", *how]) == 0
        after = json.loads(Path("output", "短", "report.json").read_text("utf-8"))
        counts.append((after["counts"]["model"] + after["counts"]["fixed"], after["counts"]["memory"]))
        english.append([s["target"] for s in after["sentences"]])
    assert counts == [(2, 0), (2, 0)]
    assert english[0] == english[1]
