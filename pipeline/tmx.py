"""Edge: approved sentences as translation memory in TMX 1.4b, the form that every CAT tool exchanges.

Sorted by the Chinese, an element a line: one changed sentence is one group of changed lines in git.
"""

from __future__ import annotations

import fcntl
import html
import io
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeAlias
from xml.etree import ElementTree as ET

from pipeline.approved import Approvals, Approved, conflicts, plain, unprintable
from pipeline.errors import Mistakes, PipelineError
from pipeline.files import write_whole

NAME = "memory.tmx"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_IN_QUOTES = str.maketrans({'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"})
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ACCEPTED = "accepted"
_HEADER = {
    "creationtool": "bilingual-bulletin",
    "creationtoolversion": "1",
    "segtype": "sentence",
    "o-tmf": "bilingual-bulletin",
    "adminlang": "en",
    "srclang": "zh-CN",
    "datatype": "plaintext",
}
_CONFLICT = re.compile(rb"^(?:<{7} |>{7} |\|{7} |={7}\r?$)", re.MULTILINE)
"""What git leaves before, between and after two versions of one place that it could not merge."""
_UNIT = re.compile(rb"<tu[\s>]")
_COMMON = re.compile(
    r"[ -\u012b\u2010-\u2016\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2032\u2033\u20ac\u2122\u2212]*"
)
"""Text of which every character is sure to have a glyph: asking the fonts takes longer than reading the memory."""
_UNFINISHED = re.compile(r"\.[a-z0-9_]{8}")
"""How `write_whole` ends the name of a file that is not yet in its place; editors' own files have other names."""
_WRAPPED = re.compile(r"\s*[\r\n]+\s*")
_UNWRITABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


Lacking: TypeAlias = Callable[[str], str]
"""Says which character of a text no font has; empty where all are there."""


class TmxError(PipelineError):
    """A memory.tmx, or a TMX of others, that cannot be used."""

    exit_code = 3


def _nothing(_text: str) -> str:
    return ""


def read(path: Path, *, lacking: Lacking = _nothing) -> Approvals:
    """What is approved in a project; nothing where there is no such file. Raises as `from_tmx` does."""
    content = _content(path)
    return Approvals() if content is None else from_tmx(content, name=str(path), lacking=lacking)


def sift(path: Path, *, lacking: Lacking = _nothing) -> tuple[Approvals, tuple[TmxError, ...]]:
    """The units of a file that can be approved, and a sentence on each that cannot; raises TmxError as `from_tmx`."""
    return _sifted(_content(path) or b"", str(path), lacking)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as refused:
        reason = (refused.strerror or str(refused)).lower()
        raise TmxError(f"cannot be read: {reason}", path=path, remedy="check who may read it") from refused


def write(path: Path, approvals: Approvals) -> None:
    """Puts the approvals in place of the file, whole or not at all; raises PipelineError where that cannot be."""
    write_whole(path, to_tmx(approvals))


def update(path: Path, change: Callable[[Approvals], Approvals]) -> Approvals:
    """Reads the file, and puts in its place what `change` makes of it, while no other process does the same.

    Nothing is written where nothing changed. A link to a memory that several projects share stays one. Raises as
    `read` and `write` do, and whatever `change` raises.
    """
    path = Path(os.path.realpath(path)) if path.is_symlink() else path
    with _alone(path):
        _sweep(path)
        before = read(path)
        after = change(before)
        if after != before:
            write(path, after)
        return after


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Waits for its turn: a lock in the cache, which the system lets go of even if the process is killed."""
    lock = path.parent / ".cache" / f"{path.name}.lock"
    with ExitStack() as opened:
        try:
            lock.parent.mkdir(parents=True, exist_ok=True)
            fcntl.flock(opened.enter_context(lock.open("wb")), fcntl.LOCK_EX)
        except OSError as refused:
            reason = (refused.strerror or str(refused)).lower()
            raise TmxError(f"cannot be locked: {reason}", path=lock, remedy="check who may write there") from refused
        yield


def _sweep(path: Path) -> None:
    """Removes what a process left beside the file that was killed before it could put it in its place."""
    for left in path.parent.glob(f".{path.name}.*"):
        if _UNFINISHED.fullmatch(left.suffix):
            left.unlink(missing_ok=True)


def to_tmx(approvals: Iterable[Approved]) -> bytes:
    """The approvals as TMX: the same ones give the same bytes, in whatever order they were approved."""
    units = "".join(map(_unit, sorted(approvals, key=lambda one: one.source)))
    body = f" <body>\n{units} </body>" if units else " <body />"
    return f'{_DECLARATION}<tmx version="1.4">\n <header{_attributes(_HEADER)} />\n{body}\n</tmx>\n'.encode()


def _unit(one: Approved) -> str:
    """By hand: ElementTree would take ten times as long over twenty thousand of them, and give the same."""
    notes = f"   <note>{_escaped(one.note)}</note>\n" if one.note else ""
    against = "".join(f'   <prop type="{_ACCEPTED}">{_escaped(said)}</prop>\n' for said in one.accepted)
    variants = "".join(
        f'   <tuv xml:lang="{language}">\n    <seg>{_escaped(text)}</seg>\n   </tuv>\n'
        for language, text in (("zh-CN", one.source), ("en", one.target))
    )
    return f"  <tu{_attributes({'changedate': one.when, 'changeid': one.by})}>\n{notes}{against}{variants}  </tu>\n"


def _attributes(values: Mapping[str, str]) -> str:
    said = {name: value for name, value in values.items() if value}
    return "".join(f' {name}="{_escaped(value).translate(_IN_QUOTES)}"' for name, value in said.items())


def _escaped(text: str) -> str:
    return html.escape(_writable(text), quote=False)


def _writable(text: str) -> str:
    """Without what XML cannot hold, which nobody can see either."""
    return _UNWRITABLE.sub("", text)


def from_tmx(content: bytes, *, name: str, lacking: Lacking = _nothing) -> Approvals:
    """The Chinese-English units of a TMX file of ours or of a CAT tool's; inline tags give way to their text.

    Units without both languages are passed over. Raises TmxError where it is no TMX, Mistakes of TmxError where it
    approves different English for one Chinese sentence, or English that no page can show.
    """
    approvals, mistakes = _sifted(content, name, lacking)
    if mistakes:
        raise Mistakes(mistakes)
    return approvals


def _sifted(content: bytes, name: str, lacking: Lacking) -> tuple[Approvals, tuple[TmxError, ...]]:
    units = [_read(unit) for unit in _units(content, name)]
    odd = {number: why for number, one in enumerate(units) if one is not None and (why := _odd(one.target, lacking))}
    lines = _lines(content, len(units)) if odd else ()
    said = [one for number, one in enumerate(units) if one is not None and number not in odd]
    twice = conflicts(said)
    open_ = {first.source.strip() for first, _ in twice}
    mistakes = (
        *(_unshown(units[number], why, name, lines[number]) for number, why in odd.items()),
        *(_conflict(first, second, name) for first, second in twice),
    )
    return Approvals(one for one in said if one.source.strip() not in open_), mistakes


def _odd(target: str, lacking: Lacking) -> str:
    """Why a text can be no sentence on a page; empty where it can."""
    if why := unprintable(target):
        return why
    missing = "" if _COMMON.fullmatch(target) else lacking(target)
    return f"has {missing}, for which no font has a glyph" if missing else ""


def _lines(content: bytes, units: int) -> Sequence[int | None]:
    """The line that each unit begins in; None where that cannot be told, in UTF-16 for one."""
    starts = [found.start() for found in _UNIT.finditer(content)]
    if len(starts) != units:
        return [None] * units
    return [content.count(b"\n", 0, start) + 1 for start in starts]


def _unshown(one: Approved | None, why: str, name: str, line: int | None) -> TmxError:
    what = f"the English of “{one.source if one else ''}” {why}"
    return TmxError(what, path=name, line=line, remedy="write it otherwise")


def _conflict(first: Approved, second: Approved, name: str) -> TmxError:
    what = f"“{first.source}” has two approved translations, “{first.target}” and “{second.target}”"
    return TmxError(what, path=name, remedy="keep one of the two")


def _units(content: bytes, name: str) -> Iterator[ET.Element]:
    """Each `tu` in turn; what was read is let go of, so that a large file takes little room."""
    _merged(content, name)
    try:
        parser = ET.iterparse(io.BytesIO(_sound(content, name)), events=("start", "end"))  # noqa: S314 - no DTD comes this far but TMX's own
        _, root = next(parser)
        if root.tag != "tmx":
            raise TmxError(
                f"is no TMX: its first element is {root.tag}", path=name, remedy="export it again as TMX 1.4b"
            )
        for event, element in parser:
            if event == "end" and element.tag == "tu":
                yield element
                element.clear()
    except (ET.ParseError, StopIteration, ValueError, LookupError) as broken:
        remedy = "export it again, or take the last sound one from git"
        line = broken.position[0] if isinstance(broken, ET.ParseError) else None
        what = "is not well-formed XML" if line else "is in an encoding that is not read"
        remedy = remedy if line else "save it again as UTF-8, and let its first line say so"
        raise TmxError(what, path=name, line=line, remedy=remedy) from broken


def _merged(content: bytes, name: str) -> None:
    """Raises TmxError where a merge was left half done: what stands between its marks may well be XML."""
    if mark := _CONFLICT.search(content):
        line = content.count(b"\n", 0, mark.start()) + 1
        remedy = "keep the units that are right and take out git's lines of <, = and >"
        raise TmxError("has a conflict that git could not merge", path=name, line=line, remedy=remedy)


def _sound(content: bytes, name: str) -> bytes:
    """The content, unless it declares entities: no TMX does, and such a file can be made to swell without end."""
    plain = content.replace(b"\x00", b"")  # UTF-16 writes one of these beside every letter
    if b"<!ENTITY" in plain:
        raise TmxError("declares entities, as no TMX does", path=name, remedy="export it again as TMX 1.4b")
    return content


def _read(unit: ET.Element) -> Approved | None:
    texts: dict[str, str] = {}
    for variant in unit.iter("tuv"):
        language = variant.get(_LANG, variant.get("lang", "")).lower().replace("_", "-").partition("-")[0]
        segment = variant.find("seg")
        if segment is not None:
            # An editor that wraps lines changes no sentence: Chinese goes on without a blank, English with one.
            text = _text(segment).strip()
            texts.setdefault(language, _WRAPPED.sub("", text) if language == "zh" else plain(text))
    if not texts.get("zh") or not texts.get("en"):
        return None
    accepted = tuple(p.text or "" for p in unit.findall("prop") if p.get("type") == _ACCEPTED)
    who = unit.get("changeid") or unit.get("creationid") or ""
    when = unit.get("changedate") or unit.get("creationdate") or ""
    return Approved(texts["zh"], texts["en"], who, when, unit.findtext("note") or "", accepted)


def _text(segment: ET.Element) -> str:
    """The text of a segment; inside tags of formatting it is code, not text, but for what they mark."""
    pieces = [segment.text or ""]
    for child in segment:
        if child.tag in {"hi", "sub", "g", "mrk"}:
            pieces.append(_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
