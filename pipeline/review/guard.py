"""What is looked at before a file of somebody else's is opened: how large it is, how large it would become."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from lxml import etree

from pipeline.review.values import ReviewError

LARGEST = 64 * 2**20
"""Bytes of a file; a page of a newspaper is 40 thousand."""
LARGEST_UNPACKED = 256 * 2**20
_MOST_MEMBERS = 5_000
_MOST_RATIO, _LARGE_ENOUGH = 200, 16 * 2**20
"""How many times larger than packed is suspicious, from how many bytes on; a sheet of 100,000 rows is 20 times."""
_MOST_DIGITS = 9
_AGAIN = "ask for the file again, or save it once more with the program that made it"


def content(path: Path) -> bytes:
    """The bytes of a file; raises ReviewError where it cannot be had, is empty, or is too large to be a hand-out."""
    try:
        if path.is_dir():
            raise ReviewError("is a folder", path=path, remedy="name the files in it")
        size = path.stat().st_size
        if not path.is_file():
            raise ReviewError("is no file but a pipe or a device", path=path, remedy="save it as a file first")
        if size > LARGEST:
            what = f"is {size / 2**20:.0f} MB large, and no more than {LARGEST // 2**20} are read"
            raise ReviewError(what, path=path, remedy="is it the right file?")
        data = path.read_bytes()
    except OSError as refused:
        reason = (refused.strerror or str(refused)).lower()
        raise ReviewError(f"cannot be read: {reason}", path=path, remedy="check its name and permissions") from refused
    if not data.strip(b"\x00 \t\r\n"):
        raise ReviewError("is empty", path=path, remedy=_AGAIN)
    return data


def archive(data: bytes, name: str) -> zipfile.ZipFile:
    """A ZIP file, every member of which is whole and none too large; raises ReviewError."""
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
        members = opened.infolist()
        unpacked = sum(member.file_size for member in members)
        swells = unpacked > _LARGE_ENOUGH and unpacked > _MOST_RATIO * len(data)
        if unpacked > LARGEST_UNPACKED or swells or len(members) > _MOST_MEMBERS:
            what = f"would swell to {unpacked / 2**20:,.0f} MB in {len(members):,} parts when unpacked"
            raise ReviewError(what, path=name, remedy="no hand-out does; it is not opened")
        if any(member.flag_bits & 1 for member in members):
            raise ReviewError("is protected by a password", path=name, remedy="save it without one")
        # Reads every member as far as it says it goes: one that is longer or cut off has a wrong checksum.
        broken = opened.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as damaged:
        raise ReviewError("is damaged or not whole", path=name, remedy=_AGAIN) from damaged
    if broken is not None:
        raise ReviewError(f"is damaged ({broken})", path=name, remedy=_AGAIN)
    return opened


def member(opened: zipfile.ZipFile, part: str, name: str) -> etree._Element:
    """The XML of one member; raises ReviewError where it is missing or as `xml` does."""
    try:
        return xml(opened.read(part), name)
    except KeyError as missing:
        raise ReviewError(f"lacks its part {part}", path=name, remedy=_AGAIN) from missing


def xml(data: bytes, name: str) -> etree._Element:
    """The root of an XML text that declares nothing; raises ReviewError."""
    plain = data.replace(b"\x00", b"")  # UTF-16 writes one of these beside every letter
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        what = "declares a document type or entities, as no hand-out does"
        raise ReviewError(what, path=name, remedy="it is not read; export it again from the program that made it")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as broken:
        line = getattr(broken, "lineno", None)
        raise ReviewError("is not well-formed XML", path=name, line=line, remedy=_AGAIN) from broken
    return root


def number(said: str | None, otherwise: int) -> int:
    """A count or an index in a file; what is none, or beyond all measure, counts as if nothing were said."""
    return int(said) if said and said.isdecimal() and len(said) <= _MOST_DIGITS else otherwise
