"""`bulletin model`: which package translates."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline import argos, config, files
from pipeline.config.reading import with_setting
from pipeline.project import Choices, Project

_SHOWN = 12
"""Characters of a hash that people compare by eye."""


def listed(_options: argparse.Namespace) -> int:
    """Every package that could translate; a star before the one in use."""
    project = Project.at(Path(), Choices())
    in_use = argos.find(project.model, cache=project.cache)
    others = [package for package in argos.available(cache=project.cache) if package.sha256 != in_use.sha256]
    for package in (in_use, *others):
        star = "*" if package is in_use else " "
        notation = "obeys inline terms" if package.markup else "knows no inline terms"
        print(f"{star} {package.title}  {package.origin}  sha256 {package.sha256[:_SHOWN]}  {notation}")
    return 0


def use(options: argparse.Namespace) -> int:
    """Sets the package in bulletin.toml, once it has been seen to be one."""
    package = argos.find(Path(options.path), cache=Path(".cache"))
    path = Path(config.NAME)
    before = files.read_text(path) if path.exists() else ""
    after = with_setting(before, "engine", "model", options.path)
    config.parse(after)  # a file that was wrong before is said to be, not made worse
    files.write_whole(path, after)
    print(f"{package.title} now translates; {path} says so.")
    return 0


def fetch(_options: argparse.Namespace) -> int:
    """Downloads and installs the package of the Argos index."""
    package = argos.fetch(cache=Path(".cache"))
    print(
        f"{package.title} is installed in {package.folder} and translates from now on, unless {config.NAME} says else."
    )
    return 0
