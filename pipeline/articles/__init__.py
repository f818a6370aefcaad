"""Input files to drafts: what a text says, and what on it is kicker, headline, paragraph or byline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.articles.decode import decode
from pipeline.articles.markdown import read_markdown
from pipeline.articles.page import read_page
from pipeline.document import Draft
from pipeline.errors import ArticleError

__all__ = ["SUFFIXES", "read"]


def read(path: Path) -> tuple[Draft, ...]:
    """The articles of the file at `path`, in order; at least one.

    `.txt` is a newspaper page as it was copied; its structure is guessed from its lines, and broken lines are mended.
    `.md` is Markdown, its structure said outright, with optional YAML front matter.

    Raises:
        ArticleError: The file cannot be read, or is no such text.
        Mistakes: Several lines of it are wrong.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        what = (
            f'files of the kind "{path.suffix}" cannot be read'
            if path.suffix
            else "a file without suffix cannot be read"
        )
        raise ArticleError(what, path=path, remedy=f"save it as {' or '.join(SUFFIXES)}")
    try:
        raw = path.read_bytes()
    except OSError as error:
        what = f"the file cannot be opened ({error.strerror})"
        raise ArticleError(what, path=path, remedy="check its name and your rights to it") from error
    return reader(decode(raw, path), path)


def _page(text: str, _: Path) -> tuple[Draft, ...]:
    return read_page(text)


_READERS: Mapping[str, Callable[[str, Path], tuple[Draft, ...]]] = {".txt": _page, ".md": read_markdown}
SUFFIXES = tuple(_READERS)
"""Of the files that `read` can read."""
