"""An XLIFF 2 file that came back from a CAT tool, whatever it added, renamed or reordered."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipeline.approved import plain
from pipeline.review import guard
from pipeline.review.values import Returned, ReviewError, Row, Status, mark, shown
from pipeline.review.xliff import CORE, FINDING, PRINTED

_DONE = frozenset({"reviewed", "final"})
_SECOND = "2."
_CORES = frozenset({CORE, "urn:oasis:names:tc:xliff:document:2.2"})
"""The namespaces of 2.0 and 2.1, and of 2.2; those of the modules have no element of the names that are read here."""
_AGAIN = "export it from the CAT tool as XLIFF 2, as it was handed out"


def from_xliff(root: etree._Element, *, name: str) -> Returned:
    """The units of an XLIFF 2 file; raises ReviewError where it is another version or another pair of languages."""
    version = root.get("version", "")
    if not version.startswith(_SECOND) or etree.QName(root).namespace not in _CORES:
        raise ReviewError(
            f"is XLIFF {version or 'of no known version'}, and 2.0 to 2.2 are read", path=name, remedy=_AGAIN
        )
    languages = root.get("srcLang", "").lower()[:2], root.get("trgLang", "").lower()[:2]
    if languages != ("zh", "en"):
        what = f"translates from {languages[0] or 'no language'} to {languages[1] or 'no language'}, not from zh to en"
        raise ReviewError(what, path=name, remedy="is it the right file?")
    rows = [
        _row(unit, shown(file.get("original", ""))) for file in root.iter("{*}file") for unit in _below(file, "unit")
    ]
    if not any(row.english for row in rows):
        what = "has no target in any of its units" if rows else "has no unit"
        raise ReviewError(what, path=name, remedy=_AGAIN)
    return Returned(name, rows)


def _row(unit: etree._Element, slug: str) -> Row:
    segments = list(_below(unit, "segment", "ignorable"))
    notes = [(note.get("category", ""), plain(_text(note))) for note in _below(unit, "note")]
    printed = next((text for category, text in notes if category == PRINTED), "")
    states = {segment.get("state", "initial") for segment in segments if etree.QName(segment).localname == "segment"}
    english = plain("".join(_part(segment, "target") for segment in _ordered(segments)))
    return Row(
        line=int(str(unit.sourceline)),
        id=shown(unit.get("id", "")),
        source="".join(_part(segment, "source") for segment in segments),
        english=english,
        mark=mark(printed) if printed else "",
        comment=" / ".join(shown(text) for category, text in notes if category not in {PRINTED, FINDING} and text),
        status=Status.OK if states and states <= _DONE and english else Status.NONE,
        slug=slug,
        fault="" if english or not printed else "its target is empty, and a sentence must have some",
    )


def _ordered(segments: list[etree._Element]) -> list[etree._Element]:
    """As their targets are to be read; a tool that turned two parts round says so in `order`."""

    def place(numbered: tuple[int, etree._Element]) -> int:
        target = numbered[1].find("{*}target")
        return guard.number(None if target is None else target.get("order"), numbered[0])

    return [segment for _, segment in sorted(enumerate(segments, start=1), key=place)]


def _part(segment: etree._Element, name: str) -> str:
    found = segment.find(f"{{*}}{name}")
    return "" if found is None else _text(found)


def _text(element: etree._Element) -> str:
    """The text within, the tags of formatting and marking passed over."""
    return "".join(map(str, element.itertext()))


def _below(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    return element.iter(*(f"{{*}}{name}" for name in names))
