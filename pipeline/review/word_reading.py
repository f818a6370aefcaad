"""Edge: the table of a Word document that came back, whoever saved it last; tracked changes are taken as made."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from pipeline.approved import plain
from pipeline.review import guard
from pipeline.review.values import GENERAL, Returned, ReviewError, Row, mark, shown
from pipeline.review.word import CHECKS, HOW, TITLE

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{_W}txbxContent"
_STRICT, _USUAL = b"http://purl.oclc.org/ooxml/wordprocessingml/main", _W.strip("{}").encode()
_GONE = frozenset(
    f"{_W}{name}"
    for name in (
        "del", "moveFrom", "delText", "delInstrText", "instrText", "rPr", "pPr", "tcPr", "trPr", "txbxContent",
    )
) | {_FALLBACK}  # fmt: skip
"""What is in the file and not in the text: what was deleted with tracked changes, above all."""
_STRUCK = tuple(f"{_W}rPr/{_W}{name}" for name in ("strike", "dstrike", "vanish"))
"""How a run looks that is to be read as deleted: struck out by hand, or hidden."""
_OFF = frozenset({"0", "false", "off"})
_LETTERS = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": ""}
_ENDS = frozenset({f"{_W}p"})
_PLACE = re.compile(r"\b(a\d+\.[a-z]+\d*\.s\d+)\s*([0-9a-f]{8})?\b")
_COLUMNS = 3
_CHINESE = "中文"
"""Heads the column of the Chinese."""
_NOBODY = frozenset({"unknown author", "未知作者", "author", "作者"})
"""What LibreOffice writes for a person without a name, and Word where names were taken out."""
_AGAIN = "hand back the document that was handed out, with its table of three columns"


class _Said(NamedTuple):
    """A comment."""

    by: str
    text: str


def from_docx(opened: zipfile.ZipFile, *, name: str) -> Returned:
    """The rows of the document's table, and what is said outside of it; raises ReviewError where it is none of ours."""
    body = _part(opened, "word/document.xml", name)
    comments = _part(opened, "word/comments.xml", name) if "word/comments.xml" in opened.namelist() else ()
    said = {one.get(f"{_W}id", ""): _Said(one.get(f"{_W}author", ""), shown(_text(one))) for one in comments}
    titles = (shown(_text(paragraph)) for paragraph in body.iter(f"{_W}p"))
    slug = next((title.removeprefix(TITLE) for title in titles if title.startswith(TITLE)), "")
    numbered = list(enumerate(body.iter(f"{_W}tr"), start=1))
    ours = {_table(tr) for _, tr in numbered if _place(_cells(tr))}
    rows = [row for number, tr in numbered if _table(tr) in ours and (row := _row(number, tr, said, slug))]
    if not rows:
        raise ReviewError("has no table with numbered sentences", path=name, remedy=_AGAIN)
    widest = max(len(_cells(tr)) for _, tr in numbered if _table(tr) in ours)
    if widest < _COLUMNS:
        raise ReviewError(f"has a table of {widest} columns instead of {_COLUMNS}", path=name, remedy=_AGAIN)
    return Returned(name, [*_general(body, said), *rows])


def _part(opened: zipfile.ZipFile, part: str, name: str) -> etree._Element:
    """A part of the document; one saved as “Strict Open XML” has other names for the same."""
    try:
        return guard.xml(opened.read(part).replace(_STRICT, _USUAL), name)
    except KeyError as missing:
        raise ReviewError(f"lacks its part {part}", path=name, remedy=_AGAIN) from missing


def _table(tr: etree._Element) -> etree._Element:
    return next(tr.iterancestors(f"{_W}tbl"), tr)


def _cells(tr: etree._Element) -> list[etree._Element]:
    return [cell for cell in tr.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is tr]


def _place(cells: Sequence[etree._Element]) -> re.Match[str] | None:
    """The number of a sentence and the mark of its English, from the first cell."""
    return _PLACE.search(plain(_text(cells[0]))) if cells else None


def _row(number: int, tr: etree._Element, said: Mapping[str, _Said], slug: str) -> Row | None:
    """A sentence's row; None for a header, for what is no sentence, and for a row that was deleted.

    A row whose number was deleted is one still, by its Chinese. Cells beyond the third are comments.
    """
    cells = _cells(tr)
    place, texts = _place(cells), [_text(cell) for cell in cells]
    lost = len(cells) >= _COLUMNS and texts[1].strip() not in {"", _CHINESE} and bool(texts[2].strip())
    if tr.find(f"{_W}trPr/{_W}del") is not None or (place is None and not lost):
        return None
    fault = _fault(cells, place[2] if place else "")
    comments = [*(one.text for one in _comments(tr, said)), *_boxes(tr), *map(shown, texts[_COLUMNS:])]
    return Row(
        line=number,
        id=place[1] if place else "",
        mark=(place[2] or "") if place else "",
        source=texts[1] if len(cells) > 1 else "",
        english=plain(texts[2]) if len(cells) >= _COLUMNS else "",
        comment=" / ".join(filter(None, dict.fromkeys(comments))),
        by=next(_authors(tr), ""),
        fault=fault,
        slug=slug,
    )


def _fault(cells: Sequence[etree._Element], printed: str | None) -> str:
    """Why a row cannot be used; empty where it can. `printed` is the mark of the English that was printed."""
    if len(cells) < _COLUMNS:
        return f"this row lacks {_COLUMNS - len(cells)} of its {_COLUMNS} cells"
    if any(cell.find(f"{_W}tcPr/{_W}vMerge") is not None for cell in cells):
        return "its cells were merged with those of another row: give each sentence its own"
    english = cells[2]
    if english.find(f".//{_W}tbl") is not None:
        return "there is a table in its English: a sentence has none"
    if english.find(f".//{_W}sym") is not None:
        return "there is a sign of Wingdings or another font of pictures in its English: type it as text"
    own = (one for one in english.iter(f"{_W}p") if next(one.iterancestors(_BOX), None) is None)
    paragraphs = [text for one in own if (text := plain(_text(one)))]
    if len(paragraphs) > 1 and mark(paragraphs[0]) == printed:
        return "below its English as it was printed stands another paragraph: leave the one that is right"
    return "" if paragraphs else "the English was deleted, and a sentence must have some"


def _general(body: etree._Element, said: Mapping[str, _Said]) -> Iterator[Row]:
    """What a reviewer writes above, below or beside the table, or in the margin there."""
    ours = {plain(HOW), ""}
    outside = [p for p in body.iter(f"{_W}p") if next(p.iterancestors(f"{_W}tr", _FALLBACK), None) is None]
    for paragraph in outside:
        text = shown(_text(paragraph))
        written = [] if text in ours or text.startswith(TITLE) else [text]
        for one in (*written, *(comment.text for comment in _comments(paragraph, said) if comment.text)):
            yield Row(line=1, id=GENERAL, source="", comment=one)


def _boxes(tr: etree._Element) -> Iterator[str]:
    """The text of boxes that were drawn beside a row."""
    for box in tr.iter(_BOX):
        if next(box.iterancestors(_FALLBACK), None) is None:
            yield shown(_text(box))


def _comments(tr: etree._Element, said: Mapping[str, _Said]) -> Iterator[_Said]:
    """What people say about a row; what the checks said when it was handed out is known."""
    for reference in tr.iter(f"{_W}commentReference"):
        one = said.get(reference.get(f"{_W}id", ""))
        if one is not None and one.by != CHECKS:
            yield one


def _authors(tr: etree._Element) -> Iterator[str]:
    named = (shown(change.get(f"{_W}author", "")) for change in tr.iter(f"{_W}ins", f"{_W}del"))
    return (by for by in named if by and by.casefold() not in _NOBODY)


def _text(element: etree._Element) -> str:
    """The text as it reads with every tracked change accepted, paragraphs parted by a blank."""
    return "".join(_pieces(element))


def _pieces(element: etree._Element) -> Iterator[str]:
    if element.tag == f"{_W}t":
        yield element.text or ""
    elif element.tag == f"{_W}r" and any(_is_on(mark) for path in _STRUCK for mark in element.iterfind(path)):
        return
    for child in element:
        if child.tag in _GONE:
            continue
        if child.tag in _LETTERS:
            yield _LETTERS[child.tag]
        else:
            yield from _pieces(child)
    if element.tag in _ENDS:
        yield " "


def _is_on(setting: etree._Element) -> bool:
    return setting.get(f"{_W}val", "1") not in _OFF
