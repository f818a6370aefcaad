"""Themes: folders of Jinja2 templates, style sheets and a script. The only module that knows Jinja2."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from pipeline.errors import ConfigError

SHIPPED = Path(__file__).parent / "themes"
NEEDED = ("bulletin.html", "index.html", "bulletin.css", "bulletin.js")
"""What the folder of a theme must hold."""


def folder(theme: str) -> Path:
    """Where a theme lies: a shipped one by its name, any other by its path.

    Raises:
        ConfigError: no such theme, or one that lacks a file.
    """
    place = SHIPPED / theme if theme in names() else Path(theme)
    missing = [name for name in NEEDED if not (place / name).is_file()]
    if missing:
        raise ConfigError(
            f"the theme “{theme}” has no {missing[0]}",
            remedy=f"name a shipped theme ({', '.join(names())}) or a complete folder",
        )
    return place


def names() -> tuple[str, ...]:
    """The shipped themes."""
    return tuple(sorted(p.name for p in SHIPPED.iterdir() if p.is_dir()))


def text(theme: str, name: str) -> str:
    """A file of the theme as it is."""
    return (folder(theme) / name).read_text(encoding="utf-8")


def render(theme: str, name: str, **values: Any) -> str:  # noqa: ANN401  (whatever the templates name)
    """A template of the theme, filled in; everything not marked as markup is escaped.

    Raises:
        ConfigError: a template that cannot be used, with its line where Jinja2 tells it.
    """
    place = folder(theme)
    # Nothing of the file system but the theme's own folder can be included by a template.
    environment = Environment(
        loader=FileSystemLoader(place), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    try:
        return environment.get_template(name).render(**values)
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        raise ConfigError(f"the template cannot be used: {error.message}", path=place / name, line=line) from error
