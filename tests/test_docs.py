"""What the documents say is so: commands exist, links lead somewhere, examples can be read."""

import re
import shlex
import textwrap
from pathlib import Path

import pytest

from pipeline import articles
from pipeline.cli import arguments
from pipeline.document import BlockKind

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def commands(text):
    """Every command in a code block or in the text: what begins with `make` or `bulletin`."""
    lines = [
        line for block in re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL) for line in block.splitlines()
    ]
    said = [*lines, *re.findall(r"`([^`\n]+)`", text)]
    return [line for line in said if re.match(r"(make|(\./)?bulletin)( [a-z][^…]*)?$", line)]


SAID = [(path.name, command) for path in DOCUMENTS for command in commands(path.read_text("utf-8"))]


@pytest.mark.parametrize(("document", "command"), SAID)
def test_every_command_in_the_documents_exists(document, command):
    program, *words = shlex.split(command)
    if program == "make":
        assert all(re.search(rf"^{re.escape(word)}:", MAKEFILE, re.MULTILINE) for word in words if "=" not in word)
    elif words:
        arguments.parser().parse_args(words)


def test_the_readme_says_its_commands():
    assert {command for document, command in SAID if document == "README.md"} >= {
        "make",
        "make test",
        "make glossary",
        "./bulletin check",
        "./bulletin glossary suggest",
        "./bulletin model fetch",
    }


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_and_picture_in_the_documents_is_there(path):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_target_of_the_makefile_is_phony_or_a_file_and_explained():
    targets = re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE)
    phony = re.search(r"^\.PHONY: ((?:.*\\\n)*.*)$", MAKEFILE, re.MULTILINE)[1].replace("\\", "").split()
    assert sorted(targets) == sorted(phony)
    explained = re.findall(r"^([a-z][a-z-]*):.*## .", MAKEFILE, re.MULTILINE)
    assert sorted(explained) == sorted(phony)


def test_ci_runs_make_test_and_nothing_else():
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert lines == ["#!/usr/bin/env bash", "set -euo pipefail", 'cd "$(dirname "$0")/.."', "exec make test"]


def test_the_readmes_front_matter_is_understood(tmp_path):
    example = textwrap.dedent(re.search(r"```yaml\n(.*?)```", README, re.DOTALL)[1])
    path = tmp_path / "例.md"
    path.write_text(example + "\n产城更新是高新区的事。\n", "utf-8")
    (draft,) = articles.read(path)
    assert draft.date == "2022-03-04"
    assert draft.source == "高新时报"
    assert draft.glossary == {"产城更新": "industry-city renewal"}
    kinds = {block.kind: block.text for block in draft.blocks}
    assert kinds[BlockKind.HEADLINE] == "高新区召开产城更新推进会"
    assert kinds[BlockKind.KICKER] == "郑州高新区"
    assert "孙庆辉" in kinds[BlockKind.BYLINE]


def test_the_locks_name_no_host_and_none_of_the_packages_that_are_left_out():
    for name in ("requirements.lock", "requirements-dev.lock"):
        lock = (ROOT / name).read_text("utf-8")
        assert not re.search(r"https?://|--(extra-)?index-url", lock)
        assert not re.search(r"^(torch|stanza|spacy|minisbd|sacremoses)\b", lock, re.MULTILINE)
        pinned = re.findall(r"^([a-z0-9-]+)==\S+", lock, re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^\S.*\\$", lock, re.MULTILINE))
        assert "--hash=sha256:" in lock


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_wanted_package_is_locked(name):
    lock = (ROOT / name.replace(".in", ".lock")).read_text("utf-8")
    wanted = re.findall(r"^([a-z0-9-]+)(?:==(\S+))?$", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    for package, version in wanted:
        assert re.search(rf"^{package}=={re.escape(version)}", lock, re.MULTILINE), package
