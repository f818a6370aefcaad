"""`bulletin glossary`: the terminologist's tools."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline import files
from pipeline.build import terms
from pipeline.cli.screen import Lines
from pipeline.errors import GlossaryError
from pipeline.glossary import Glossary, fold, layered, to_csv
from pipeline.project import Choices, Project
from pipeline.termbase import load, read, write

_BOM = "\ufeff"


def check(_options: argparse.Namespace) -> int:
    """All mistakes of the glossary and its layers; where there are none, how many terms each has."""
    project, shown = Project.at(Path(), Choices()), Lines()
    terms.terms_of(project, shown)
    for path in terms.layers_of(project):
        print(f"{path}: {len(load(path).glossary)} terms, no mistake.")
    return 0


def take(options: argparse.Namespace) -> int:
    """Takes the terms of a file into the glossary: known sources are changed where they stand, new ones come last."""
    path = Project.at(Path(), Choices()).glossary
    loaded = read(options.file)
    for remark in loaded.remarks:
        print(remark)
    before = load(path).glossary if path.exists() else Glossary()
    after = _merged(before, loaded.glossary)
    marked = path.exists() and path.read_bytes().startswith(_BOM.encode())
    files.write_whole(path, (_BOM if marked else "") + to_csv(after))
    old, new = (set(to_csv(glossary).splitlines()) for glossary in (before, after))
    changed = len(new - old) - (len(after) - len(before))
    print(f"{path}: {len(after) - len(before)} terms new, {changed} changed, {len(after)} in all.")
    return 0


def _merged(before: Glossary, taken: Glossary) -> Glossary:
    """The order of `before`, then of `taken`, whose entries win."""
    winners = layered([taken, before])
    order = {fold(entry.source): None for entry in (*before, *taken)}
    return Glossary(entry for source in order if (entry := winners.find(source)))


def give(options: argparse.Namespace) -> int:
    """Writes the glossary in the form that the file's suffix says."""
    path = Project.at(Path(), Choices()).glossary
    if not path.exists():
        raise GlossaryError("there is no glossary to export", path=path, remedy="make one, or set terms.glossary")
    glossary = load(path).glossary
    write(glossary, options.file)
    print(f"{options.file}: {len(glossary)} terms.")
    return 0
