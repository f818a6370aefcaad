"""The real package and the real libraries: finding, describing, translating, and what goes wrong with them."""

import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace

import pytest

from pipeline import argos
from pipeline.argos import package as packages
from pipeline.document import Constraint, Origin, PairOrigin, Request, Sentence
from pipeline.errors import EngineError
from pipeline.translate import Decoding, Forgetful, Markup, translate

pytestmark = pytest.mark.engine

NEWS = (
    "郑州高新区今年发展很快。",
    "3月4日，管委会召开会议。",
    "企业可以在网上申请，全程只需三天。",
    "郑州高新区今年发展很快。",
)


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def shipped(cache):
    (package,) = (p for p in argos.available(cache=cache) if p.origin == "shipped")
    return package


@pytest.fixture(scope="module")
def engine(shipped):
    return argos.Argos(shipped, threads=2)


@pytest.fixture
def copied(shipped, tmp_path):
    """A package of one's own to spoil: a function from what metadata.json should say to a folder."""

    def copy(name="mine", *, without=(), **metadata):
        folder = tmp_path / name
        shutil.copytree(shipped.folder, folder)
        path = folder / "metadata.json"
        path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | metadata), "utf-8")
        for missing in without:
            (folder / missing).unlink()
        return folder

    return copy


def test_the_package_that_ships_is_used_when_nothing_better_is_there(shipped, cache):
    assert argos.find(cache=cache) == shipped
    assert shipped.title == f"translate-zh_en {shipped.version}"
    assert len(shipped.sha256) == 64
    assert shipped.markup == Markup("⟦", "⦂", "⟧")


def test_it_is_unpacked_once_and_whole(tmp_path):
    first = argos.find(cache=tmp_path)
    before = (first.folder / "model" / "model.bin").stat().st_mtime_ns
    assert argos.find(cache=tmp_path) == first
    assert (first.folder / "model" / "model.bin").stat().st_mtime_ns == before
    assert [path.name for path in (tmp_path / "models").iterdir()] == [first.sha256[:16]]


def test_looking_for_packages_leaves_nothing_in_the_home(shipped, cache, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(variable)
    assert argos.find(cache=cache) == shipped
    assert list(tmp_path.iterdir()) == []


def test_neither_stanza_nor_argos_translation_is_ever_imported(cache):
    program = (
        "import sys; from pathlib import Path; from pipeline import argos;"
        f"p = argos.find(cache=Path({str(cache)!r})); argos.Argos(p).fits('高新区');"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in {'stanza', 'torch', 'spacy', 'argostranslate'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_newest_installed_package_goes_before_the_shipped_one(copied, cache, monkeypatch, tmp_path):
    for name, version in (("nine", "1.9"), ("ten", "1.10"), ("other", "9.9")):
        copied(f"installed/{name}", package_version=version, **({"to_code": "fr"} if name == "other" else {}))
    (tmp_path / "installed" / "no package").mkdir()
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "installed"))
    monkeypatch.setattr(packages.package_module().settings, "package_dirs", [tmp_path / "installed"])
    found = argos.available(cache=cache)
    assert [(p.version, p.origin) for p in found[:2]] == [("1.10", "installed"), ("1.9", "installed")]
    assert found[-1].origin == "shipped"
    assert argos.find(cache=cache).folder == tmp_path / "installed" / "ten"


def test_a_chosen_package_goes_before_all_and_may_be_a_file_or_a_folder(copied, cache, tmp_path):
    folder = copied("chosen", package_version="7.0")
    assert argos.find(folder, cache=cache).origin == str(folder)
    archive = tmp_path / "chosen.argosmodel"
    with zipfile.ZipFile(archive, "w") as package:
        for path in folder.rglob("*"):
            package.write(path, path.relative_to(tmp_path))
    chosen = argos.find(archive, cache=cache)
    assert (chosen.version, chosen.origin) == ("7.0", str(archive))


def test_a_package_without_terminology_has_no_notation(copied, cache):
    folder = copied()
    path = folder / "metadata.json"
    plain = {name: value for name, value in json.loads(path.read_text("utf-8")).items() if name != "terminology"}
    path.write_text(json.dumps(plain), "utf-8")
    assert argos.describe(folder, cache=cache).markup is None


def test_two_states_of_a_package_never_have_one_hash(copied, cache):
    one, two = copied("one"), copied("two", package_version="0.2")
    assert argos.describe(one, cache=cache).sha256 != argos.describe(two, cache=cache).sha256


@pytest.mark.parametrize(
    ("spoiled", "complaint"),
    [
        ({"from_code": "de"}, r"translates de to en, not Chinese to English; give a \.argosmodel file"),
        ({"without": ["sentencepiece.model"]}, r"lacks sentencepiece\.model; give"),
        ({"without": ["metadata.json"]}, r"metadata\.json: cannot be read .*; give"),
        ({"terminology": {"open": "<", "close": "<", "separator": "|"}}, "needs three different marks"),
        ({"terminology": "yes"}, "needs three different marks"),
    ],
)
def test_a_package_that_cannot_be_used_is_refused_with_the_reason(spoiled, complaint, copied, cache):
    with pytest.raises(EngineError, match=complaint):
        argos.describe(copied(**spoiled), cache=cache)


def test_a_file_that_is_no_package_or_not_there_is_refused_and_leaves_nothing(tmp_path):
    cache = tmp_path / "cache"
    with pytest.raises(EngineError, match=r"nowhere: there is no translation package here"):
        argos.find(tmp_path / "nowhere", cache=cache)
    text = tmp_path / "text.argosmodel"
    text.write_text("not a zip", "utf-8")
    with pytest.raises(EngineError, match=r"text\.argosmodel: cannot be unpacked"):
        argos.find(text, cache=cache)
    with zipfile.ZipFile(tmp_path / "other.argosmodel", "w") as other:
        other.writestr("readme.txt", "nothing")
    with pytest.raises(EngineError, match=r"holds no metadata\.json"):
        argos.find(tmp_path / "other.argosmodel", cache=cache)
    assert list((cache / "models").iterdir()) == []


def test_metadata_that_is_no_table_is_refused(copied, cache):
    folder = copied()
    (folder / "metadata.json").write_text("[]", "utf-8")
    with pytest.raises(EngineError, match=r"metadata\.json: is not a table of names and values; give"):
        argos.describe(folder, cache=cache)


def test_where_no_package_is_at_all_the_way_to_one_is_said(cache, monkeypatch):
    monkeypatch.setattr(packages, "_shipped", tuple)
    with pytest.raises(
        EngineError, match="no Chinese-English translation package is there; run `bulletin model fetch`"
    ):
        argos.available(cache=cache)


@pytest.mark.parametrize(
    ("offers", "complaint"), [((), "lists no Chinese-English package"), (("zh",), r"cannot be downloaded \(gone\)")]
)
def test_an_index_without_the_package_or_a_failed_download_is_said(offers, complaint, cache, monkeypatch, tmp_path):
    class Lost:
        from_code, to_code = "zh", "en"

        def download(self):
            raise OSError("gone")

    module = packages.package_module()
    monkeypatch.setattr(module.settings, "local_package_index", tmp_path / "index.json")
    monkeypatch.setattr(module, "update_package_index", lambda: (tmp_path / "index.json").write_text("[]", "utf-8"))
    monkeypatch.setattr(module, "get_available_packages", lambda: [Lost() for _ in offers])
    with pytest.raises(EngineError, match=complaint):
        argos.fetch(cache=cache)


def test_a_model_that_is_damaged_is_an_error_with_a_remedy(copied, cache):
    folder = copied()
    (folder / "model" / "model.bin").write_bytes(b"damaged")
    with pytest.raises(EngineError, match=r"the model cannot be loaded .*; give another package with --model"):
        argos.Argos(argos.describe(folder, cache=cache)).translate(["高新区"], Decoding())


def test_a_tokenizer_that_is_damaged_is_an_error_with_a_remedy(copied, cache):
    folder = copied()
    (folder / "sentencepiece.model").write_bytes(b"damaged")
    with pytest.raises(EngineError, match=r"sentencepiece\.model: the tokenizer cannot be loaded; give"):
        argos.Argos(argos.describe(folder, cache=cache)).fits("高新区")


def test_without_network_fetching_says_so_and_what_to_do(cache, monkeypatch, tmp_path):
    monkeypatch.setattr(packages.package_module().settings, "local_package_index", tmp_path / "index.json")
    with pytest.raises(EngineError, match="the Argos package index cannot be reached; check the network, or bring"):
        argos.fetch(cache=cache)


def test_what_is_fetched_is_installed_where_argos_looks(copied, cache, monkeypatch, tmp_path):
    folder = copied("translate-zh_en-8_0", package_version="8.0")
    archive = tmp_path / "downloaded.argosmodel"
    with zipfile.ZipFile(archive, "w") as package:
        for path in folder.rglob("*"):
            package.write(path, path.relative_to(tmp_path))
    module = packages.package_module()

    class Offered:
        from_code, to_code, package_version = "zh", "en", "8.0"

        def download(self):
            return archive

    (tmp_path / "installed").mkdir()
    monkeypatch.setattr(module.settings, "package_data_dir", tmp_path / "installed")
    monkeypatch.setattr(module.settings, "local_package_index", tmp_path / "index.json")
    monkeypatch.setattr(module, "update_package_index", lambda: (tmp_path / "index.json").write_text("[]", "utf-8"))
    monkeypatch.setattr(module, "get_available_packages", lambda: [Offered()])
    fetched = argos.fetch(cache=tmp_path / "cache")
    assert (fetched.version, fetched.origin) == ("8.0", "installed")
    assert fetched.folder.is_relative_to(tmp_path / "installed")


def test_each_source_gets_its_hypotheses_best_first_and_equal_sources_equal_ones(engine):
    beams = engine.translate(NEWS, Decoding(beam=3, hypotheses=2))
    assert [len(beam) for beam in beams] == [2, 2, 2, 2]
    assert all(beam[0].score >= beam[1].score for beam in beams)
    assert beams[0] == beams[3]
    for beam in beams:
        for hypothesis in beam:
            assert hypothesis.text.strip()
            assert "▁" not in hypothesis.text
            assert "<unk>" not in hypothesis.text
            assert hypothesis.finished


def test_what_becomes_of_a_sentence_never_depends_on_its_neighbours(engine):
    together = engine.translate(NEWS, Decoding())
    assert [engine.translate([source], Decoding())[0] for source in NEWS] == list(together)


def test_neither_width_nor_company_changes_a_score(engine):
    sources = [*NEWS[:3], NEWS[2] * 4]
    targets = ["It grew fast.", "On March 4, the committee met.", "Firms apply online, in three days.", "Firms apply."]
    together = engine.score(sources, targets)
    alone = [engine.score([source], [target])[0] for source, target in zip(sources, targets, strict=True)]
    assert alone == list(together)


def test_a_prefix_longer_than_its_source_leaves_room_to_go_on(engine):
    prefix = "The High-tech Zone of Zhengzhou, which is the capital of the province of Henan, " * 2
    (beam,) = engine.translate(["好。"], Decoding(), [prefix.strip()])
    assert beam[0].text.startswith(prefix.strip())


def test_a_prefix_begins_every_hypothesis(engine):
    (beam,) = engine.translate(NEWS[:1], Decoding(), ["The High-tech Zone"])
    assert all(hypothesis.text.startswith("The High-tech Zone") for hypothesis in beam)


def test_the_best_hypothesis_carries_its_attention_in_characters(engine):
    (beam,) = engine.translate(NEWS[:1], Decoding(), attend=True)
    drawn = beam[0].attention
    assert "".join(NEWS[0][a:b] for a, b in drawn.source) == NEWS[0]
    assert "".join(beam[0].text[a:b] for a, b in drawn.target) == beam[0].text
    assert len(drawn.weights) == len(drawn.target)
    assert all(len(row) >= len(drawn.source) and sum(row) <= 1.001 for row in drawn.weights)
    assert all(other.attention is None for other in beam[1:])


def test_scores_are_mean_log_probabilities_and_the_models_own_words_score_best(engine):
    (beam,) = engine.translate(NEWS[2:3], Decoding())
    own, odd = engine.score([NEWS[2]] * 2, [beam[0].text, "Purple elephants rarely sing opera."])
    assert odd < own <= 0
    assert own == pytest.approx(beam[0].score, abs=0.05)


def test_a_source_beyond_the_window_is_refused_and_never_cut_off(engine):
    long = "高新区发展很快，" * 80
    assert not engine.fits(long)
    with pytest.raises(EngineError, match="pieces is longer than the model's window of 200"):
        engine.translate([long], Decoding())


def test_a_piece_that_a_package_must_begin_with_never_shows(shipped):
    led = argos.Argos(replace(shipped, lead="▁The"), threads=1)
    (beam,) = led.translate(NEWS[:1], Decoding(), attend=True)
    assert not beam[0].text.startswith("The")
    assert len(beam[0].attention.weights) == len(beam[0].attention.target)


def test_terms_are_kept_whatever_the_real_model_says(engine):
    term = Constraint(2, 5, "高新区", "Quixotic Zebra Zone", Origin.GLOSSARY)
    date = Constraint(0, 4, "3月4日", "March 4", Origin.DATE)
    requests = [
        Request(Sentence("s1", NEWS[0], ()), (term,)),
        Request(Sentence("s2", NEWS[1], ()), (date,)),
        Request(Sentence("s3", NEWS[2], ()), ()),
    ]
    pairs = translate(requests, engine, Forgetful())
    for pair in pairs:
        found = [pair.target[span.start : span.stop] for span in pair.target_spans]
        assert [text.lower() for text in found] == [c.target.lower() for c in pair.constraints]
        assert pair.origin in {PairOrigin.MODEL, PairOrigin.FORCED}
        assert pair.score < 0
    alone = translate([replace(request, constraints=()) for request in requests], engine, Forgetful())
    assert alone[2] == pairs[2]


def test_a_pair_is_the_same_to_the_last_bit_alone_and_in_company(engine):
    term = Constraint(2, 5, "高新区", "Hi-Tech Park", Origin.GLOSSARY)
    long = "郑州高新区今年发展很快，企业可以在网上申请，管委会全程负责。"
    requests = [
        Request(Sentence("s1", NEWS[0], ()), (term,)),
        Request(Sentence("s2", NEWS[1], ()), ()),
        Request(Sentence("s3", long, ()), (term,)),
    ]
    alone = tuple(translate([request], engine, Forgetful())[0] for request in requests)
    assert translate(requests, engine, Forgetful()) == alone


def test_a_sentence_of_many_clauses_comes_out_whole(engine):
    text = "高新区发展很快，" * 60 + "企业很多。"
    (pair,) = translate([Request(Sentence("s1", text, ()), ())], engine, Forgetful())
    assert len(pair.target) > 1.5 * len(text)
    assert pair.target.endswith(".")
    assert pair.origin is PairOrigin.MODEL
