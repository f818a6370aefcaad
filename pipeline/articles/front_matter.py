"""What stands between two lines of --- at the top of a Markdown file: YAML, a few known keys."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from pipeline.articles.decode import refuse_all
from pipeline.articles.lines import tidy
from pipeline.errors import ArticleError

_OPENING = re.compile(r"---[ \t]*\n")
_FENCED = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FIRST_LINE = 2
"""Of the YAML, in the file."""
_PLAINLY = 'write each line as "key: value", in quotation marks a value that holds ": " or begins with a mark'


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter says; empty where it says nothing."""

    title: str = ""
    kicker: str = ""
    subhead: str = ""
    date: str = ""
    author: tuple[str, ...] = ()
    source: str = ""
    glossary: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    """Line in the file, from 1, of each key that it has."""


def front_matter(text: str, path: Path) -> tuple[FrontMatter, str, int]:
    r"""The front matter of `text`, the text behind it, and how many lines stand above that text.

    Lines of `text` end with \n. Keys are title, kicker, subhead, date, source (a text each), author (a text or a list
    of them) and glossary (source to target).

    Raises:
        ArticleError: It is no YAML, has no end, or one key is wrong.
        Mistakes: Several keys are wrong.
    """
    if not _OPENING.match(text):
        return FrontMatter(), text, 0
    found = _FENCED.match(text)
    if found is None:
        raise ArticleError("the front matter has no end", path=path, line=1, remedy="put a line of --- below it")
    entries = _mapping(found[1], path)
    values: dict[str, Any] = {}
    mistakes: list[ArticleError] = []
    for key, value in entries:
        try:
            name = _name(key, values)
            values[name] = _KEYS[name](value)
        except ArticleError as error:
            mistakes.append(ArticleError(error.what, path=path, line=error.line, remedy=error.remedy))
    refuse_all(mistakes)
    lines = {key.value: _line(key) for key, _ in entries}
    return FrontMatter(**values, lines=lines), text[found.end() :], found[0].count("\n")


def _mapping(source: str, path: Path) -> list[tuple[yaml.Node, yaml.Node]]:
    """The entries of the YAML mapping `source`, as nodes that know their lines."""
    try:
        node = yaml.compose(source, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = _FIRST_LINE + (mark.line if mark else 0)
        what = f"the front matter is no YAML ({error.problem or error.context})"
        raise ArticleError(what, path=path, line=line, remedy=_PLAINLY) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ArticleError("the front matter is no YAML", path=path, line=_FIRST_LINE, remedy=_PLAINLY) from error
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        what = "the front matter is no list of keys and values"
        raise ArticleError(what, path=path, line=_line(node), remedy=_PLAINLY)
    return [(key, value) for key, value in node.value]


def _name(key: yaml.Node, seen: Mapping[str, object]) -> str:
    name = str(key.value)
    if name in seen:
        raise ArticleError(f'the key "{name}" stands twice in the front matter', line=_line(key), remedy="keep one")
    if name not in _KEYS:
        near = difflib.get_close_matches(name.lower(), _KEYS, n=1)
        remedy = f'write "{near[0]}" if that is meant' if near else f"known are {', '.join(_KEYS)}"
        raise ArticleError(f'the front matter has an unknown key "{name}"', line=_line(key), remedy=remedy)
    return name


def _text(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise ArticleError("one text is expected here", line=_line(node), remedy="write it on one line behind the key")
    return tidy(node.value)


def _texts(node: yaml.Node) -> tuple[str, ...]:
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return tuple(filter(None, map(_text, nodes)))


def _terms(node: yaml.Node) -> dict[str, str]:
    if not isinstance(node, yaml.MappingNode):
        raise ArticleError(
            "the glossary is no list of terms", line=_line(node), remedy='write "  term: rendering" lines'
        )
    terms: dict[str, str] = {}
    for key, value in node.value:
        source, target = _text(key), _text(value)
        if not source or not target:
            raise ArticleError(
                "a term or its rendering is empty", line=_line(key), remedy="fill it in or delete the line"
            )
        if source in terms:
            raise ArticleError(f'the term "{source}" stands twice', line=_line(key), remedy="keep one")
        terms[source] = target
    return terms


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + _FIRST_LINE


_KEYS: Mapping[str, Callable[[yaml.Node], object]] = {
    "title": _text,
    "kicker": _text,
    "subhead": _text,
    "date": _text,
    "author": _texts,
    "source": _text,
    "glossary": _terms,
}
