"""`report.json`: what a bulletin was made of."""

import json
from dataclasses import replace

import pytest
from sample_bulletin import sample

from pipeline import report
from pipeline.document import PairOrigin, Severity
from pipeline.errors import PipelineError


def told():
    return json.loads(report.to_json(sample()))


def test_the_report_says_the_version_of_its_form():
    assert told()["schema"] == report.SCHEMA


def test_the_same_bulletin_gives_the_same_bytes():
    assert report.to_json(sample()) == report.to_json(sample())


def test_every_sentence_stands_in_the_report_once_in_the_order_of_the_page():
    ids = [sentence.id for article in sample().articles for sentence in article.sentences()]
    assert [sentence["id"] for sentence in told()["sentences"]] == ids
    assert [i for article in told()["articles"] for block in article["blocks"] for i in block["sentences"]] == ids


def test_a_constraint_is_told_with_its_layer_and_what_became_of_it():
    bulletin = sample()
    for sentence in told()["sentences"]:
        pair = bulletin.pairs[sentence["id"]]
        for constraint, said in zip(pair.constraints, sentence["constraints"], strict=True):
            assert (said["source"], said["target"], said["layer"]) == (
                constraint.source,
                constraint.target,
                constraint.layer,
            )
            assert said["source"] == sentence["source"][said["start"] : said["stop"]]
            assert all(form in sentence["target"] for form in said["realised"])


def test_each_sentence_is_counted_as_made_in_one_way():
    counts = told()["counts"]
    assert sum(counts[way] for way in ("memory", "model", "fixed", "reviewed")) == counts["sentences"]


def test_a_remembered_sentence_counts_as_memory_unless_its_terms_say_it_all():
    pairs = list(sample().pairs.values())
    model = replace(pairs[0], origin=PairOrigin.MODEL, remembered=False)
    ways = [
        (model, "model"),
        (replace(model, remembered=True), "memory"),
        (replace(model, origin=PairOrigin.FORCED, remembered=True), "memory"),
        (replace(model, origin=PairOrigin.FIXED, remembered=True), "fixed"),
        (replace(model, origin=PairOrigin.REVIEWED), "reviewed"),
    ]
    for pair, way in ways:
        counts = report.counts([pair], [], [])
        assert (counts[way], counts["sentences"]) == (1, 1)
        assert counts["forced"] == (pair.origin is PairOrigin.FORCED)


def test_findings_are_told_and_counted_by_severity():
    bulletin = sample()
    counts = told()["counts"]
    assert len(told()["findings"]) == len(bulletin.findings)
    for severity, name in {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.NOTE: "notes"}.items():
        assert counts[name] == sum(finding.severity is severity for finding in bulletin.findings)


def test_what_a_bulletin_says_is_read_back_from_its_report():
    bulletin = sample()
    printed = report.from_json(report.to_json(bulletin), name="report.json")
    assert printed.slug == bulletin.slug
    assert printed.findings == bulletin.findings
    for pair in printed.pairs:
        whole = bulletin.pairs[pair.sentence.id]
        score = None if whole.score is None else round(whole.score, 4)
        assert pair == replace(whole, sentence=replace(whole.sentence, words=(whole.sentence.text,)), score=score)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"schema": 1}', '{"schema": 99}', '"x"', '{"schema": 1, "sentences": 3}']
)
def test_what_is_no_report_is_said_to_be_none(text):
    with pytest.raises(PipelineError, match="build the bulletin again"):
        report.from_json(text, name="report.json")
