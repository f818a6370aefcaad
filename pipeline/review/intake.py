"""Edge: a file that a reviewer handed back, told apart by what is in it, not by its name."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from lxml import etree

from pipeline.review import guard
from pipeline.review.commas import from_text
from pipeline.review.values import Returned, ReviewError
from pipeline.review.word_reading import from_docx
from pipeline.review.workbook import from_workbook
from pipeline.review.xliff_reading import from_xliff

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    b"%PDF": ("is a PDF", "write the corrections into the .xlsx or .docx that was handed out"),
    b"\x89PNG": ("is a picture", "write the corrections into the .xlsx or .docx that was handed out"),
    b"\xff\xd8\xff": ("is a picture", "write the corrections into the .xlsx or .docx that was handed out"),
    b"{\\rtf": ("is a rich text", "save it as .docx"),
    b"Rar!": ("is a RAR archive", "unpack it and import the files in it"),
    b"7z\xbc\xaf": ("is a 7z archive", "unpack it and import the files in it"),
}
_ELEMENTS = {
    "tmx": ("is a translation memory", "take it in with `bulletin memory import`"),
    "html": ("is a web page", "hand back the .xlsx, .docx or .xlf that was handed out"),
    "martif": ("is a term base", "take it in with `bulletin glossary import`"),
    "tbx": ("is a term base", "take it in with `bulletin glossary import`"),
    "Workbook": ("is a workbook of Excel 2003", "save it as .xlsx"),
}
_BEFORE_XML = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*<")


def read(path: Path) -> Returned:
    """The rows of a hand-out in xlsx, xls, ods, docx, XLIFF 2, CSV or tab-separated text.

    Raises ReviewError, one sentence, for anything else and for whatever is damaged, hostile or not a hand-out.
    """
    data, name = guard.content(path), str(path)
    for beginning, (what, remedy) in _OTHERS.items():
        if data.startswith(beginning):
            raise ReviewError(what, path=name, remedy=remedy)
    if data.startswith(_ZIP):
        return _from_zip(data, name)
    if data.startswith(_OLE):
        return _from_ole(data, name)
    if _BEFORE_XML.match(data):
        return _from_xml(data, name)
    return from_text(data, name=name)


def _from_zip(data: bytes, name: str) -> Returned:
    with guard.archive(data, name) as opened:
        parts = frozenset(opened.namelist())
        kind = _kind(opened, parts)
        if "xl/workbook.bin" in parts:
            raise ReviewError("is a binary workbook (.xlsb)", path=name, remedy="save it as .xlsx")
        if "xl/workbook.xml" in parts or kind.endswith("opendocument.spreadsheet"):
            return from_workbook(data, opened, name=name)
        if "word/document.xml" in parts:
            return from_docx(opened, name=name)
    if kind.endswith("opendocument.text"):
        raise ReviewError("is an OpenDocument text", path=name, remedy="save it as .docx")
    if any(part.endswith(".iwa") for part in parts):
        raise ReviewError("is of Apple's Numbers or Pages", path=name, remedy="export it as .xlsx or .docx")
    raise ReviewError("is a ZIP archive", path=name, remedy="unpack it and import the files in it")


def _kind(opened: zipfile.ZipFile, parts: frozenset[str]) -> str:
    """What an OpenDocument file says it is."""
    return opened.read("mimetype").decode("ascii", "replace").strip() if "mimetype" in parts else ""


def _from_ole(data: bytes, name: str) -> Returned:
    """A workbook of the old kind; the same container holds old Word documents and whatever a password protects."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ReviewError("is protected by a password", path=name, remedy="save it without one")
    if "WordDocument".encode("utf-16-le") in data:
        raise ReviewError("is a Word document of the old kind", path=name, remedy="save it as .docx")
    return from_workbook(data, None, name=name)


def _from_xml(data: bytes, name: str) -> Returned:
    lower = data[:200].lower()
    if b"<!doctype html" in lower or b"<html" in lower:
        what, remedy = _ELEMENTS["html"]
        raise ReviewError(what, path=name, remedy=remedy)
    root = guard.xml(data, name)
    element = etree.QName(root).localname
    if element == "xliff":
        return from_xliff(root, name=name)
    what, remedy = _ELEMENTS.get(element, (f"is XML of another kind ({element})", "hand back what was handed out"))
    raise ReviewError(what, path=name, remedy=remedy)
