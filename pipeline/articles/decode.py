"""Bytes of an input to text; what is no readable Chinese text in UTF-8 is refused, with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.articles.lines import tidy
from pipeline.errors import ArticleError, Mistakes

MOST_MISTAKES = 20
"""Broken lines shown of one file; the rest is counted."""

_SAVE_AS = 'save it as UTF-8 (in Windows Notepad: "Save as", encoding "UTF-8")'
_FILL = "put the article's text into it or delete it"
_PASTE = "open it in its own program and save its text as .txt in UTF-8"
_FORMATS = (
    (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or PowerPoint document"),
    (b"{\\rtf", "a rich text document (RTF)"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf", "a compressed file (7z)"),
    (b"Rar!", "a compressed file (RAR)"),
)
_IN_ZIP = ((b"word/", "a Word document"), (b"xl/", "an Excel workbook"), (b"ppt/", "a PowerPoint document"))
_MARKED = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_LINE_END = re.compile(rb"\r\n|\r|\n")
_BROKEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe\uffff]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_PLAUSIBLE = 0.9
"""Share of everyday characters among those beyond ASCII from which a decoding is believed."""
_BINARY = 0.1
"""Share of undecodable bytes from which a file is no text at all."""


def decode(raw: bytes, path: Path) -> str:
    """The text of `raw`, without byte order mark; line ends as they were.

    Raises:
        ArticleError: Empty, another format, another encoding, or no Chinese in it.
        Mistakes: Lines with broken bytes or characters, each with its number.
    """
    if not raw:
        raise ArticleError("the file is empty", path=path, line=1, remedy=_FILL)
    if format_name := _format(raw):
        raise ArticleError(f"the file is {format_name}, not a text", path=path, line=1, remedy=_PASTE)
    text = _utf8(raw, path)
    if not tidy(text):
        raise ArticleError("the file holds nothing but white space", path=path, line=1, remedy=_FILL)
    refuse_all(list(_broken_characters(text, path)))
    if not _HAN.search(text):
        line = text[: len(text) - len(text.lstrip())].count("\n") + 1
        raise ArticleError(
            "there is no Chinese in the file", path=path, line=line, remedy="put the Chinese text into it"
        )
    return text


def _format(raw: bytes) -> str:
    if raw.startswith(b"PK\x03\x04"):
        return next((name for folder, name in _IN_ZIP if folder in raw), "a compressed file (ZIP)")
    if _HTML.match(raw.removeprefix(b"\xef\xbb\xbf")):
        return "a web page (HTML)"
    return next((name for magic, name in _FORMATS if raw.startswith(magic)), "")


def _utf8(raw: bytes, path: Path) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, reason = len(_LINE_END.findall(raw, 0, error.start)) + 1, error
    if encoding := _other_encoding(raw):
        what = f"the text is encoded in {encoding}, not in UTF-8"
        raise ArticleError(what, path=path, line=line, remedy=_SAVE_AS) from reason
    if _lost(raw) > _BINARY * len(raw):
        raise ArticleError("the file is not a text", path=path, line=line, remedy=_PASTE) from reason
    mistakes = list(_broken_bytes(raw, path))
    refuse_all(mistakes)
    raise AssertionError(mistakes) from reason  # pragma: no cover  # a line that does not decode was just found


def _lost(raw: bytes) -> int:
    return raw.decode("utf-8", "replace").count("\ufffd")


def _other_encoding(raw: bytes) -> str:
    """The name of the encoding in which `raw` is plausible Chinese, or an empty string."""
    for mark, name in _MARKED:
        if raw.startswith(mark):
            return name
    if any(_mostly_han(raw, encoding) for encoding in ("utf-16-le", "utf-16-be")):
        return "UTF-16"
    # The everyday characters come first in both national sets: GB 2312 level 1, Big5 level 1; punctuation before them.
    if _everyday(raw, "gb18030", "gb2312", (0xA1, 0xD7)) >= _PLAUSIBLE:
        return "GBK (GB18030)"
    if _everyday(raw, "big5", "big5", (0xA1, 0xC6)) >= _PLAUSIBLE:
        return "Big5"
    return ""


def _mostly_han(raw: bytes, encoding: str) -> bool:
    text = raw[:4096].decode(encoding, "replace")
    return len(_HAN.findall(text)) > len(text) / 2 and "\n\n" not in raw[:4096].decode("latin-1")


def _everyday(raw: bytes, encoding: str, national: str, first_bytes: tuple[int, int]) -> float:
    """The share of everyday characters among those beyond ASCII at the beginning of `raw`, read in `encoding`."""
    low, high = first_bytes
    beyond = [char for char in raw[:8192].decode(encoding, "replace") if not char.isascii()]
    codes = [char.encode(national, "ignore") for char in beyond]
    return sum(len(code) > 1 and low <= code[0] <= high for code in codes) / max(1, len(codes))


def _broken_bytes(raw: bytes, path: Path) -> Iterator[ArticleError]:
    for number, line in enumerate(_LINE_END.split(raw), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            place = len(line[: error.start].decode("utf-8")) + 1
            what = f"byte 0x{line[error.start]:02X} at character {place} is not UTF-8"
            yield ArticleError(what, path=path, line=number, remedy="retype that character")


def _broken_characters(text: str, path: Path) -> Iterator[ArticleError]:
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        if found := _BROKEN.search(line):
            lost = found[0] == "\ufffd"
            name = "a character was lost" if lost else f"control character U+{ord(found[0]):04X}"
            what = f"{name} at character {found.start() + 1}"
            yield ArticleError(what, path=path, line=number, remedy="retype it" if lost else "delete it")


def refuse_all(mistakes: list[ArticleError]) -> None:
    """Raise what was found: one error as itself, several together."""
    if len(mistakes) == 1:
        raise mistakes[0]
    shown, rest = mistakes[:MOST_MISTAKES], mistakes[MOST_MISTAKES:]
    if rest:
        what = f"{len(rest)} more lines are broken, this is the first of them"
        shown.append(ArticleError(what, path=rest[0].path, line=rest[0].line, remedy=_SAVE_AS))
    if shown:
        raise Mistakes(tuple(shown))
