"""Edge: a glossary.csv on disk, in whichever encoding a spreadsheet left it → Glossary."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import GlossaryError
from pipeline.glossary import Glossary, parse

_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Loaded(NamedTuple):
    """A glossary, and what its owner should be told about the file: whole sentences, often none."""

    glossary: Glossary
    remarks: tuple[str, ...]


def load(path: Path, *, layer: str | None = None) -> Loaded:
    """Reads a glossary in UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030, of which GBK is a part.

    `layer` names its terms' origin; by default the file's name. Raises GlossaryError where the file cannot be read or
    is no text, and Mistakes of GlossaryError where the glossary is wrong.
    """
    text, encoding = _decoded(content_of(path), path)
    remark = f"{path} is written in {encoding}; save it as UTF-8 so that every program reads it alike."
    return Loaded(parse(text, name=str(path), layer=layer or path.name), (remark,) if encoding else ())


def content_of(path: Path) -> bytes:
    """The file's bytes; GlossaryError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise GlossaryError(f"cannot be read: {reason}", path=path, remedy="check its name and permissions") from error


def _decoded(data: bytes, path: Path) -> tuple[str, str]:
    """The text, and the name of its encoding where that is not UTF-8."""
    if data.startswith(_WORKBOOK):
        remedy = f"take its terms over with `bulletin glossary import {path.name}`, or save it as CSV"
        raise GlossaryError("is a workbook, not a CSV file", path=path, remedy=remedy)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(data, "utf-16", path), "UTF-16"
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return _strictly(data, "gb18030", path), "GBK"


def _strictly(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        what = f"is neither UTF-8 nor {'UTF-16' if encoding == 'utf-16' else 'GBK'}"
        raise GlossaryError(what, path=path, line=line, remedy="save it as CSV in UTF-8") from error
