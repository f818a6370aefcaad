"""Edge: a glossary as a term base in TBX, the form that CAT tools exchange (ISO 30042).

Writes the 2008 form (martif), which every tool reads; reads that and the 2019 form (tbx). The English that is asked
for is the preferred term, `allowed` forms are admitted, `forbidden` ones deprecated; what TBX has no word for stands in
`admin` elements under the names of glossary.csv's columns.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from pipeline.errors import GlossaryError
from pipeline.glossary import COLUMNS, Glossary, Row, from_rows, table

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_STATUS = {
    "target": "preferredTerm-admn-sts",
    "allowed": "admittedTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}
_DOCTYPE = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">\n'
_ENTRY, _LANGUAGE, _TERM_GROUP = ("termEntry", "conceptEntry"), ("langSet", "langSec"), ("tig", "ntig", "termSec")


def to_tbx(glossary: Glossary) -> bytes:
    """The glossary as TBX, an entry a block of lines, in the glossary's order."""
    root = ET.Element("martif", {"type": "TBX", _LANG: "zh"})
    source = ET.SubElement(ET.SubElement(ET.SubElement(root, "martifHeader"), "fileDesc"), "sourceDesc")
    ET.SubElement(source, "p").text = "glossary of a bilingual bulletin"
    body = ET.SubElement(ET.SubElement(root, "text"), "body")
    header, *rows = table(glossary)
    for row in rows:
        _write_entry(body, dict(zip(header, row, strict=True)))
    ET.indent(root, " ")
    return f"{_DOCTYPE}{ET.tostring(root, encoding='unicode')}\n".encode()


def from_tbx(content: bytes, *, name: str) -> Glossary:
    """The Chinese-English terms of a term base; a line number in messages counts the entries, from 1.

    Entries without both languages are passed over. Raises GlossaryError where it is no TBX, Mistakes of GlossaryError
    where the glossary that it makes is wrong.
    """
    records = [record for element in _entries(content, name) if (record := _read_entry(element))]
    header = list(dict.fromkeys(itertools.chain(COLUMNS, *records)))
    rows = [Row(at, tuple(record.get(column, "") for column in header)) for at, record in enumerate(records, start=1)]
    return from_rows([Row(0, tuple(header)), *rows], name=name)


def _write_entry(body: ET.Element, record: dict[str, str]) -> None:
    entry = ET.SubElement(body, "termEntry")
    for column in _other(record):
        ET.SubElement(entry, "admin", {"type": column}).text = record[column]
    if record["note"]:
        ET.SubElement(entry, "note").text = record["note"]
    _write_term(ET.SubElement(entry, "langSet", {_LANG: "zh"}), record["source"], "")
    english = ET.SubElement(entry, "langSet", {_LANG: "en"})
    for column, status in _STATUS.items():
        for form in filter(None, record[column].split("|")):
            _write_term(english, form, status)


def _other(record: dict[str, str]) -> Iterator[str]:
    return (column for column, cell in record.items() if cell and column not in {"source", "note", *_STATUS})


def _write_term(language: ET.Element, text: str, status: str) -> None:
    group = ET.SubElement(language, "tig")
    ET.SubElement(group, "term").text = text
    if status:
        ET.SubElement(group, "termNote", {"type": "administrativeStatus"}).text = status


def _entries(content: bytes, name: str) -> Iterator[ET.Element]:
    try:
        # Expat limits the growth of entities and ElementTree fetches none, so a hostile file can do no harm.
        tree = ET.parse(io.BytesIO(content))  # noqa: S314
    except ET.ParseError as error:
        line, _ = error.position
        raise GlossaryError("is no XML", path=name, line=line, remedy="export the term base as TBX again") from error
    return _below(tree.getroot(), _ENTRY)


def _read_entry(entry: ET.Element) -> dict[str, str] | None:
    terms: dict[str, list[tuple[str, str]]] = {}
    for language in _below(entry, _LANGUAGE):
        code = language.get(_LANG, "")[:2].lower()
        terms.setdefault(code, []).extend(map(_read_term, _below(language, _TERM_GROUP)))
    if not terms.get("zh") or "en" not in terms:
        return None
    forms = _ranked(terms["en"])
    note = " ".join(_text(child) for child in entry if _name(child) == "note")
    other = {child.get("type", ""): _text(child) for child in _below(entry, ("admin",))}
    return other | {"source": terms["zh"][0][0], "note": note} | forms


def _read_term(group: ET.Element) -> tuple[str, str]:
    term = next(_below(group, ("term",)), None)
    notes = (n for n in _below(group, ("termNote",)) if n.get("type") == "administrativeStatus")
    return "" if term is None else _text(term), next(map(_text, notes), "")


def _ranked(terms: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Forms by column. A term base need not say which is preferred: then it is the first that is not deprecated."""
    deprecated = [form for form, status in terms if status.startswith(("deprecated", "superseded"))]
    usable = sorted(
        (not s.startswith("preferred"), at, form) for at, (form, s) in enumerate(terms) if form not in deprecated
    )
    target, *allowed = [form for _, _, form in usable] or [""]
    return {"target": target, "allowed": "|".join(allowed), "forbidden": "|".join(deprecated)}


def _below(element: ET.Element, names: Iterable[str]) -> Iterator[ET.Element]:
    wanted = frozenset(names)
    return (child for child in element.iter() if child is not element and _name(child) in wanted)


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())
