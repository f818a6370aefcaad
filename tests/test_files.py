"""Files appear whole or not at all; stamps know what has changed."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import files
from pipeline.errors import PipelineError


def test_a_file_is_written_with_its_folders(tmp_path):
    files.write_whole(tmp_path / "a" / "b.txt", "高新区\n")
    assert (tmp_path / "a" / "b.txt").read_bytes() == "高新区\n".encode()


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch):
    path = tmp_path / "page.html"
    path.write_text("old")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PipelineError, match=r"page\.html: cannot be written: no space left on device; check"):
        files.write_whole(path, "new")
    assert path.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_folder_where_the_file_should_go_is_said_in_one_sentence(tmp_path):
    (tmp_path / "page.html").mkdir()
    (tmp_path / "page.html" / "x").touch()
    with pytest.raises(PipelineError, match="cannot be written"):
        files.write_whole(tmp_path / "page.html", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_text_is_read_with_or_without_its_byte_order_mark(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbfx = 1")
    assert files.read_text(path) == "x = 1"


def test_text_that_is_not_utf8_names_its_file(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes("高".encode("gbk"))
    with pytest.raises(PipelineError, match=r"a\.toml: is not UTF-8 text; save it again"):
        files.read_text(path)


@given(st.lists(st.text(), min_size=2))
def test_a_digest_tells_where_a_part_ends(parts):
    moved = ["".join(parts[:2]), "", *parts[2:]]
    assert (files.digest(parts) == files.digest(moved)) == (parts == moved)


def test_a_folder_is_another_when_a_file_in_it_changes_its_name(tmp_path):
    (tmp_path / "a").write_text("x")
    before = files.identities(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert files.identities(tmp_path) != before


def test_pythons_own_caches_do_not_make_a_folder_another(tmp_path):
    (tmp_path / "a.py").write_text("x")
    before = files.identities(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("y")
    assert files.identities(tmp_path) == before


@pytest.fixture
def stamps(tmp_path):
    return files.Stamps(tmp_path / "built", tmp_path)


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "页.html"
    path.write_text("页")
    return path


def test_what_was_built_from_the_same_is_fresh(stamps, page):
    stamps.write("页", [page], files.Stamp("inputs", {}, {"errors": 2}))
    assert stamps.fresh("页", "inputs").summary == {"errors": 2}
    assert stamps.names() == ("页",)


def test_other_inputs_make_it_stale(stamps, page):
    stamps.write("页", [page], files.Stamp("inputs", {}, {}))
    assert stamps.fresh("页", "others") is None


@pytest.mark.parametrize("harm", ["remove", "edit"])
def test_an_output_that_was_touched_makes_it_stale(stamps, page, harm):
    stamps.write("页", [page], files.Stamp("inputs", {}, {}))
    page.unlink() if harm == "remove" else page.write_text("changed")
    assert stamps.fresh("页", "inputs") is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"inputs": "inputs"}'])
def test_a_stamp_that_cannot_be_understood_is_no_stamp(stamps, page, tmp_path, text):
    stamps.write("页", [page], files.Stamp("inputs", {}, {}))
    (tmp_path / "built" / "页.json").write_text(text)
    assert stamps.fresh("页", "inputs") is None


def test_a_forgotten_stamp_is_gone(stamps, page):
    stamps.write("页", [page], files.Stamp("inputs", {}, {}))
    stamps.forget("页")
    assert stamps.read("页") is None
