"""Themes: folders of Jinja2 templates, style sheets and a script. The only module that knows Jinja2."""

from __future__ import annotations

import re
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from pipeline.errors import ConfigError, PipelineError, UsageError
from pipeline.files import write_whole

SHIPPED = Path(__file__).parent / "themes"
BASE = "gazette"
"""The theme that has every file; what another lacks is taken from it."""
FILES = (
    "bulletin.html",
    "index.html",
    "article.html",
    "controls.html",
    "back.html",
    "page.css",
    "bulletin.css",
    "bulletin.js",
)
"""What a theme is made of."""


def names() -> tuple[str, ...]:
    """The shipped themes."""
    return tuple(sorted(p.name for p in SHIPPED.iterdir() if p.is_dir()))


def folder(theme: str) -> Path:
    """Where a theme lies: a shipped one by its name, any other by its path.

    Raises:
        ConfigError: no such theme, or a folder without a style sheet.
    """
    place = SHIPPED / theme if theme in names() else Path(theme)
    if not (place / "bulletin.css").is_file():
        shipped = ", ".join(names())
        raise ConfigError(
            f"there is no theme “{theme}”", remedy=f"name one of {shipped}, or a folder with a bulletin.css in it"
        )
    return place


def text(theme: str, name: str) -> str:
    """A file of the theme as it is."""
    place = folder(theme)
    own = place / name if (place / name).is_file() else SHIPPED / BASE / name
    return own.read_text(encoding="utf-8")


def render(theme: str, name: str, **values: Any) -> str:  # noqa: ANN401  (whatever the templates name)
    """A template of the theme, filled in; everything not marked as markup is escaped.

    Raises:
        ConfigError: a template that cannot be used, with its line where Jinja2 tells it.
    """
    lies = folder(theme)
    environment = _shipped(lies) if lies.parent == SHIPPED else _environment(lies)
    try:
        return environment.get_template(name).render(**values)
    except TemplateError as error:
        place, line = getattr(error, "filename", None) or name, getattr(error, "lineno", None)
        raise ConfigError(f"the template cannot be used: {error.message}", path=place, line=line) from error


def _environment(place: Path) -> Environment:
    """Nothing of the file system but the theme's own folder, and the base's, can be included by a template."""
    loader = FileSystemLoader([place, SHIPPED / BASE])
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


_shipped = cache(_environment)
"""Compiles a shipped theme's templates once; somebody's own may change, and get a file more, at any time."""


def about(theme: str) -> str:
    """What a theme says of itself: the comment with which its `bulletin.css` begins, after its name; or nothing."""
    comment = re.match(r"\s*/\*\s*(?:[\w-]+:\s*)?(.*?)\s*\*/", text(theme, "bulletin.css"), re.DOTALL)
    return " ".join(comment[1].split()) if comment else ""


def copy(theme: str, target: Path) -> tuple[Path, ...]:
    """Copies a theme, complete, into a new folder that its owner may change; returns the files written.

    The folder appears with all of its files or not at all.

    Raises:
        ConfigError: no such theme.
        UsageError: something is there already: nothing is overwritten.
        PipelineError: a place where nothing can be written.
    """
    texts = {name: text(theme, name) for name in FILES}
    if target.exists() or target.is_symlink():
        raise UsageError(
            "is there already, and nothing is overwritten", path=target, remedy="name a folder that is not"
        )
    beside = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
        for name, content in texts.items():
            write_whole(beside / name, content)
        beside.chmod(0o755)
        beside.rename(target)
    except OSError as refused:
        reason = (refused.strerror or str(refused)).lower()
        raise PipelineError(f"cannot be made: {reason}", path=target, remedy="check who may write there") from refused
    finally:
        if beside is not None and beside.exists():
            shutil.rmtree(beside)
    return tuple(target / name for name in FILES)
