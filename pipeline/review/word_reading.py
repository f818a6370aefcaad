"""Edge: the table of a Word document that came back, whoever saved it last; tracked changes are taken as made."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from pipeline.approved import plain
from pipeline.review import guard
from pipeline.review.values import Returned, ReviewError, Row
from pipeline.review.word import CHECKS, TITLE

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = frozenset(
    f"{_W}{name}" for name in ("del", "moveFrom", "delText", "delInstrText", "instrText", "rPr", "pPr", "tcPr", "trPr")
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
"""What is in the file and not in the text: what was deleted with tracked changes, above all."""
_LETTERS = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": ""}
_ENDS = frozenset({f"{_W}p"})
_PLACE = re.compile(r"\b(a\d+\.[a-z]+\d*\.s\d+)\s*([0-9a-f]{8})?\b")
_COLUMNS = 3
_AGAIN = "hand back the document that was handed out, with its table of three columns"


class _Said(NamedTuple):
    """A comment."""

    by: str
    text: str


def from_docx(opened: zipfile.ZipFile, *, name: str) -> Returned:
    """The rows of the document's table; raises ReviewError where it is no such document."""
    body = guard.member(opened, "word/document.xml", name)
    comments = guard.member(opened, "word/comments.xml", name) if "word/comments.xml" in opened.namelist() else ()
    said = {one.get(f"{_W}id", ""): _Said(one.get(f"{_W}author", ""), plain(_text(one))) for one in comments}
    titles = (plain(_text(paragraph)) for paragraph in body.iter(f"{_W}p"))
    slug = next((title.removeprefix(TITLE) for title in titles if title.startswith(TITLE)), "")
    numbered = enumerate(body.iter(f"{_W}tr"), start=1)
    rows = [row for number, tr in numbered if (row := _row(number, tr, said, slug))]
    if not rows:
        raise ReviewError("has no table with numbered sentences", path=name, remedy=_AGAIN)
    return Returned(name, rows)


def _row(number: int, tr: etree._Element, said: Mapping[str, _Said], slug: str) -> Row | None:
    """A sentence's row; None for a header, for what is no sentence, and for a row that was deleted."""
    if tr.find(f"{_W}trPr/{_W}del") is not None:
        return None
    cells = [cell for cell in tr.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is tr]
    place = _PLACE.search(plain(_text(cells[0]))) if cells else None
    if place is None:
        return None
    english = plain(_text(cells[2])) if len(cells) == _COLUMNS else ""
    fault = "" if len(cells) == _COLUMNS else f"this row has {len(cells)} cells instead of {_COLUMNS}"
    if not fault and not english:
        fault = "the English was deleted, and a sentence must have some"
    return Row(
        line=number,
        id=place[1],
        mark=place[2] or "",
        source=_text(cells[1]) if len(cells) > 1 else "",
        english=english,
        comment=" / ".join(dict.fromkeys(one.text for one in _comments(tr, said) if one.text)),
        by=next(_authors(tr), ""),
        fault=fault,
        slug=slug,
    )


def _comments(tr: etree._Element, said: Mapping[str, _Said]) -> Iterator[_Said]:
    """What people say about a row; what the checks said when it was handed out is known."""
    for reference in tr.iter(f"{_W}commentReference"):
        one = said.get(reference.get(f"{_W}id", ""))
        if one is not None and one.by != CHECKS:
            yield one


def _authors(tr: etree._Element) -> Iterator[str]:
    return (by for change in tr.iter(f"{_W}ins", f"{_W}del") if (by := plain(change.get(f"{_W}author", ""))))


def _text(element: etree._Element) -> str:
    """The text as it reads with every tracked change accepted, paragraphs parted by a blank."""
    return "".join(_pieces(element))


def _pieces(element: etree._Element) -> Iterator[str]:
    if element.tag == f"{_W}t":
        yield element.text or ""
    for child in element:
        if child.tag in _GONE:
            continue
        if child.tag in _LETTERS:
            yield _LETTERS[child.tag]
        else:
            yield from _pieces(child)
    if element.tag in _ENDS:
        yield " "
