"""A hand-out as XLIFF 2.1, for OmegaT, Trados, memoQ and their like: a unit a sentence, with terms and matches."""

from __future__ import annotations

from urllib.parse import quote

from lxml import etree

from pipeline.review.handout import Handout, Line, Offer, Term
from pipeline.review.values import writable

CORE = "urn:oasis:names:tc:xliff:document:2.0"
"""The namespace of XLIFF 2.1 is that of 2.0."""
GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"
MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
RESOURCES = "urn:oasis:names:tc:xliff:resourcedata:2.0"
PRINTED, FINDING = "printed", "finding"
"""Categories of the notes that a hand-out has."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PRIORITY = {"error": "1", "warning": "2", "note": "3"}


def to_xliff(sheet: Handout) -> bytes:
    """The hand-out as XLIFF 2.1 in UTF-8, an element a line; the same print gives the same bytes."""
    names: dict[str | None, str] = {None: CORE, "gls": GLOSSARY, "mtc": MATCHES, "res": RESOURCES}
    root = etree.Element(_core("xliff"), {"version": "2.1", "srcLang": "zh-CN", "trgLang": "en"}, nsmap=names)  # type: ignore[arg-type]  # None is the name of what has no prefix
    file = etree.SubElement(root, _core("file"), {"id": "bulletin", "original": sheet.slug, "canResegment": "no"})
    _page(file, sheet.slug)
    for line in sheet.lines:
        _unit(file, line)
    etree.indent(root, " ")
    for text in root.iter(_core("source"), _core("target")):
        text.set(_SPACE, "preserve")  # blanks matter within a sentence, not between elements
        for inside in text:
            text.text = inside.tail = None
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _page(file: etree._Element, slug: str) -> None:
    """The printed page, where a tool shows the context of a sentence."""
    data = etree.SubElement(file, f"{{{RESOURCES}}}resourceData")
    item = etree.SubElement(data, f"{{{RESOURCES}}}resourceItem", {"mimeType": "application/pdf", "context": "yes"})
    etree.SubElement(item, f"{{{RESOURCES}}}source", {"href": f"../{quote(slug)}.pdf"})


def _unit(file: etree._Element, line: Line) -> None:
    unit = etree.SubElement(file, _core("unit"), {"id": line.id})
    if line.number:
        unit.set("name", line.number)
    if line.terms:
        glossary = etree.SubElement(unit, f"{{{GLOSSARY}}}glossary")
        for term in line.terms:
            _entry(glossary, term)
    if line.offers:
        matches = etree.SubElement(unit, f"{{{MATCHES}}}matches")
        for number, offer in enumerate(line.offers, start=1):
            _match(matches, number, offer)
    _notes(unit, line)
    segment = etree.SubElement(unit, _core("segment"), {"state": "reviewed" if line.reviewed else "translated"})
    source = etree.SubElement(segment, _core("source"))
    if line.offers:  # a match must say which part of the source it is for: here, all of it
        source = etree.SubElement(source, _core("mrk"), {"id": "m1", "type": "mtc:match"})
    source.text = writable(line.source)
    etree.SubElement(segment, _core("target")).text = writable(line.target)


def _entry(glossary: etree._Element, term: Term) -> None:
    entry = etree.SubElement(glossary, f"{{{GLOSSARY}}}glossEntry")
    etree.SubElement(entry, f"{{{GLOSSARY}}}term").text = writable(term.source)
    etree.SubElement(entry, f"{{{GLOSSARY}}}translation").text = writable(term.target)


def _match(matches: etree._Element, number: int, offer: Offer) -> None:
    said = {"id": f"tm{number}", "ref": "#m1", "type": "tm", "origin": "memory.tmx", "similarity": f"{offer.percent}.0"}
    match = etree.SubElement(matches, f"{{{MATCHES}}}match", said)
    etree.SubElement(match, _core("source")).text = writable(offer.source)
    etree.SubElement(match, _core("target")).text = writable(offer.target)


def _notes(unit: etree._Element, line: Line) -> None:
    """What was printed, by which a change is seen even after another print, and what the checks found."""
    notes = etree.SubElement(unit, _core("notes"))
    printed = etree.SubElement(notes, _core("note"), {"id": "printed", "category": PRINTED, "appliesTo": "target"})
    printed.text = writable(line.target)
    for number, remark in enumerate(line.remarks, start=1):
        said = {"id": f"f{number}", "category": FINDING, "priority": _PRIORITY.get(remark.severity, "3")}
        etree.SubElement(notes, _core("note"), said).text = writable(f"{remark.check}: {remark.message}")


def _core(name: str) -> str:
    return f"{{{CORE}}}{name}"
