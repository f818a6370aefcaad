"""Edge: whole glossaries from and to the files of other programs, told apart by their suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.files import write_whole
from pipeline.glossary import Glossary, to_csv
from pipeline.termbase.files import Loaded, content_of, load
from pipeline.termbase.tbx import from_tbx, to_tbx
from pipeline.termbase.xlsx import from_xlsx, to_xlsx

_READERS = {".tbx": from_tbx, ".xlsx": from_xlsx}
_WRITERS: Mapping[str, Callable[[Glossary], str | bytes]] = {".csv": to_csv, ".tbx": to_tbx, ".xlsx": to_xlsx}
SUFFIXES = tuple(_WRITERS)


def read(path: Path) -> Loaded:
    """The glossary in a .csv, .tbx or .xlsx file.

    Raises UsageError for another suffix, GlossaryError for a file that cannot be read, Mistakes for a wrong glossary.
    """
    suffix = _suffix(path)
    if suffix == ".csv":
        return load(path)
    return Loaded(_READERS[suffix](content_of(path), name=str(path)), ())


def write(glossary: Glossary, path: Path) -> None:
    """The glossary as a .csv, .tbx or .xlsx file, whole or not at all; the same glossary gives the same bytes.

    Raises UsageError for another suffix, PipelineError where the file cannot be written.
    """
    write_whole(path, _WRITERS[_suffix(path)](glossary))


def _suffix(path: Path) -> str:
    if (suffix := path.suffix.lower()) not in _WRITERS:
        raise UsageError("has none of the endings of a glossary", path=path, remedy=f"use {', '.join(SUFFIXES)}")
    return suffix
