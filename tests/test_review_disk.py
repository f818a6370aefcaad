"""What is wrong with the place where corrections go: the memory is whole, and nothing is lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from review_files import GOOD, KEPT, correct, handed, put, source, taken

from pipeline import cli, tmx
from pipeline.approved import Approvals


@pytest.fixture
def desk(project):
    """A project with the sample bulletin printed and one sentence approved."""
    put(project)
    tmx.write(project / "memory.tmx", Approvals([KEPT]))
    return project


def test_a_write_protected_memory_is_left_as_it_is(desk, capsys):
    before = Path("memory.tmx").read_bytes()
    Path("memory.tmx").chmod(0o444)
    code, _ = taken(correct(handed("xlsx"), GOOD))
    assert code == 1
    assert capsys.readouterr().err == "memory.tmx: is protected against writing; allow it, and import again.\n"
    assert Path("memory.tmx").read_bytes() == before


def test_a_folder_that_cannot_be_written_to_loses_nothing(desk, capsys, monkeypatch):
    before = Path("memory.tmx").read_bytes()
    path = correct(handed("xlsx"), GOOD)

    def refused(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refused)
    code, _ = taken(path)
    assert code == 1
    assert "memory.tmx: cannot be written: permission denied; check the free space" in capsys.readouterr().err
    assert Path("memory.tmx").read_bytes() == before


@pytest.mark.parametrize("limit", [0, 300])
def test_a_disk_that_is_full_loses_nothing(desk, limit):
    """No file may grow beyond some bytes, as on a disk that has no more of them."""
    before = Path("memory.tmx").read_bytes()
    program = (
        "import resource, sys\n"
        "from pipeline import cli\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        f"sys.exit(cli.main(['review', 'import', {str(correct(handed('xlsx'), GOOD))!r}]))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program], check=False, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("memory.tmx: cannot be written: file too large; check the free space")
    assert Path("memory.tmx").read_bytes() == before
    assert sorted(path.name for path in desk.iterdir()) == [".cache", "articles", "back.xlsx", "memory.tmx", "output"]


@pytest.mark.parametrize("damage", [lambda text: text[: len(text) // 2], lambda text: text.replace(b"\xe9", b"\xff")])
def test_a_damaged_print_is_named_and_nothing_is_taken(desk, capsys, damage):
    before = Path("memory.tmx").read_bytes()
    (report,) = Path("output").glob("*/report.json")
    report.write_bytes(damage(report.read_bytes()))
    assert taken_code(correct(handed("xlsx"), GOOD)) == 1
    assert capsys.readouterr().err.startswith(f"{report}: is no report of a bulletin: ")
    assert Path("memory.tmx").read_bytes() == before


def test_a_damaged_memory_is_not_written_over(desk, capsys):
    Path("memory.tmx").write_text("<tmx><body><tu>", "utf-8")
    assert taken_code(correct(handed("xlsx"), GOOD)) == 3
    assert "memory.tmx:1: is not well-formed XML" in capsys.readouterr().err
    assert Path("memory.tmx").read_text("utf-8") == "<tmx><body><tu>"


def taken_code(path):
    return cli.main(["review", "import", str(path)])


def test_one_file_that_cannot_be_used_keeps_no_other_from_being_taken(desk, capsys):
    Path("bad.xlsx").write_bytes(b"%PDF-1.7")
    code, memory = taken("bad.xlsx", correct(handed("xlsx"), GOOD))
    assert code == 1
    assert source("a3.p2.s1") in memory
    assert capsys.readouterr().err.startswith("Refused: bad.xlsx: is a PDF;")


def test_what_breaks_a_term_is_taken_when_it_is_accepted_and_says_so(desk, capsys):
    path = correct(handed("xlsx"), {"a2.k.s1": "Hi-Tech Park Gains Another Large General Hospital"})
    code, memory = taken(path, options=["--accept"])
    assert code == 0
    (said,) = memory[source("a2.k.s1")].accepted
    assert said == "高新区 must be “High-tech Zone”, which the English does not say."
    assert f"(accepted: {said})" in capsys.readouterr().out


def test_a_kill_while_it_is_written_leaves_the_memory_whole(desk):
    """The process is killed as soon as the new file lies beside the old one, before it takes its place."""
    before = Path("memory.tmx").read_bytes()
    path = correct(handed("xlsx"), GOOD)
    program = (
        "import os, signal, pathlib\n"
        "pathlib.Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"from pipeline import cli; cli.main(['review', 'import', {str(path)!r}])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == -9
    assert Path("memory.tmx").read_bytes() == before
    assert len(list(desk.glob(".memory.tmx.*"))) == 1
    Path(".memory.tmx.swp").write_bytes(b"of an editor")
    assert taken(path)[0] == 0
    assert [left.name for left in desk.glob(".memory.tmx.*")] == [".memory.tmx.swp"]
