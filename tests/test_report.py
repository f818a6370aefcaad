"""`report.json`: what a bulletin was made of."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from sample_bulletin import sample

from pipeline import cli, report
from pipeline.document import Finding, Ignored, PairOrigin, Severity
from pipeline.errors import PipelineError

SCHEMA = json.loads((Path(report.__file__).parent / "data" / "report.schema.json").read_text("utf-8"))


def told():
    return json.loads(report.to_json(sample()))


def closed(schema):
    """The schema with every object closed, so that a key that it does not describe is an error."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(value) for key, value in schema.items()}
    return {"additionalProperties": False} | inner if isinstance(schema.get("properties"), dict) else inner


def faults(said):
    return [f"{e.json_path}: {e.message}" for e in jsonschema.Draft202012Validator(closed(SCHEMA)).iter_errors(said)]


def test_the_published_schema_is_a_schema_of_this_version():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["schema"] == {"const": report.SCHEMA}
    assert SCHEMA["$id"].endswith(f":{report.SCHEMA}")


def test_a_report_is_as_the_published_schema_says_and_has_no_key_that_it_does_not_describe():
    bulletin = sample()
    pairs = dict(bulletin.pairs)
    pairs["a1.p1.s1"] = replace(pairs["a1.p1.s1"], origin=PairOrigin.REVIEWED, score=None, accepted=("So be it.",))
    pairs["a1.p1.s2"] = replace(pairs["a1.p1.s2"], origin=PairOrigin.FIXED, score=None, rung="", remembered=True)
    ignored = Ignored(Finding("numbers", Severity.ERROR, "a2.p3.s1", "4.11万"), "counted in 台")
    assert faults(told()) == []
    assert faults(json.loads(report.to_json(replace(bulletin, pairs=pairs, ignored=(ignored,))))) == []


def test_the_report_of_a_build_is_as_the_published_schema_says(parrot_project):
    article = "# 产业的事\n\n我们走了1200公里。3月4日，张红军来了。\n\n- 第一\n\n> 引文\n"
    (parrot_project / "articles" / "甲.md").write_text(article, "utf-8")
    cli.main(["build"])
    said = json.loads((parrot_project / "output" / "甲" / "report.json").read_text("utf-8"))
    assert said["findings"]
    assert faults(said) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said.pop("findings"),
        lambda said: said.update(schema=2),
        lambda said: said["sentences"][0].update(score=0.5),
        lambda said: said["sentences"][0].update(id="1.2"),
        lambda said: said["findings"][0].update(severity="bad"),
        lambda said: said["sentences"][0].update(mood="good"),
    ],
)
def test_the_published_schema_refuses_what_is_no_report(change):
    said = told()
    change(said)
    assert faults(said)


def test_a_reader_of_the_published_schema_passes_over_new_keys():
    said = told()
    said["sentences"][0]["mood"] = "good"
    jsonschema.Draft202012Validator(SCHEMA).validate(said)


def test_what_is_ignored_stands_apart_with_its_reason_and_is_counted_apart():
    finding = Finding("numbers", Severity.ERROR, "a2.p3.s1", "4.11万")
    said = json.loads(report.to_json(replace(sample(), findings=(), ignored=(Ignored(finding, "counted in 台"),))))
    assert said["findings"] == []
    assert (said["counts"]["errors"], said["counts"]["ignored"]) == (0, 1)
    assert [(one["check"], one["sentence"], one["reason"]) for one in said["ignored"]] == [
        ("numbers", "a2.p3.s1", "counted in 台")
    ]


def test_each_sentence_says_its_length_ratio_and_its_numbers():
    said = {sentence["id"]: sentence for sentence in told()["sentences"]}
    numbers = said["a2.p3.s1"]["numbers"]
    assert {"source": "314.76万", "value": "3.1476 million", "target": "3.1476 million", "due": True} in numbers
    assert all(one["ratio"] is None or one["ratio"] > 0 for one in said.values())


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
