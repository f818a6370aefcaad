"""What a line is by its shape alone: a named list of rules, asked in order."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable
from itertools import filterfalse

from pipeline.articles.credits import bracketed_byline, is_byline
from pipeline.articles.lines import width

WIDEST_TITLE = 34
"""Em; a headline that fills a newspaper page is not wider."""
_WIDEST_HEADING = 30
_WIDEST_CREDITED_CAPTION = 80

_CLOSERS = '”’」』"）)】]》〉 '
_NUMERAL = "一二三四五六七八九十百"
_DATE = r"(?:19|20)?\d\d\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}\s?日?"
_DATE_LINE = re.compile(
    rf"(?:(?:发布|发表|更新)?(?:时间|日期)[:：]\s*)?[（(]?({_DATE}(?:\s*(?:星期|周)[一二三四五六日天])?(?:\s*\d{{1,2}}[:：]\d\d(?:[:：]\d\d)?)?)[）)]?"
)
_SOURCE_LINE = re.compile(r"(?:信息|稿件|文章|新闻)?(?:来源|出处)[:：]\s*(\S.{0,39})")
_FOLIO_DATE = re.compile(rf"{_DATE}(?:(?:星期|周)[一二三四五六日天])?")
_DAY = re.compile(rf"{_FOLIO_DATE.pattern}|(?:星期|周)[一二三四五六日天]")
_FOLIO_TOKEN = re.compile(
    rf"{_FOLIO_DATE.pattern}|(?:星期|周)[一二三四五六日天]|(?:第\s?)?[A-Z]?\d{{1,3}}版?|[\u3400-\u9fff]{{2,8}}报|第\d+期|要闻|综合|头版|版"
)
_COMMA = re.compile(r"，|(?<!\d),|,(?!\d)")
_OPENS_TEXT = re.compile(
    r"(?:日前|近日|昨日|今日|连日来|今年以来|据了解|据介绍|据悉|(?:\d{1,2}月)?\d{1,2}日)[^，,]{0,2}[，,]"
)
_SAYS = re.compile("(?:表示|指出|介绍|强调|认为|说|称)[，,]")
_CAPTION = re.compile(
    r"(?:图为|(?:上|下|左|右|题|主|本)图(?:为|[:：])|图片说明|图[①-⑳\d一二三四五六七八九十]{1,2}(?:为|[:： ])|[▲△▼↑])"
)
_CREDITED = re.compile(r"[。 ）)](?:本报)?(?:记者|通讯员)?\s?[\u3400-\u9fff]{2,4}\s?(?:摄|摄影|供图)[）)]?\Z")
_HEADING = re.compile(
    rf"[{_NUMERAL}]{{1,3}}、|第[{_NUMERAL}\d]{{1,3}}[章节条编部](?:分)?[ :：]|[（(][{_NUMERAL}]{{1,3}}[）)]"
)
_LIST_ITEM = re.compile(r"[•●◆■▪◇□○▶★·]\s*|[-*–]\s+|\d{1,2}(?:[、)）]|[.．](?!\d))\s*|[（(]\d{1,2}[）)]\s*|[①-⑳]\s*")
BULLET = re.compile(r"[•●◆■▪◇□○▶★·]\s*|[-*–]\s+")
"""What begins an unnumbered list item."""
_DATELINE = re.compile(
    r"[（(【\[]?(?:(?:本报|本网|本台|本刊|我报)[^，,。]{0,20}?讯|据?(?:新华社|中新社|中新网|人民网|新华网|央视网)[^，,。]{0,24}(?:电|讯|消息|报道)"
    r"|(?:本报|本网|本台)?记者[^，,。]{1,16}(?:报道|获悉)|[\u3400-\u9fff]{2,8}(?:报|网|台|社)讯)(?![：:])"
)


_REPORT = re.compile(r"[\u3400-\u9fff]{2,9}讯(?![\u3400-\u9fff])")
"""A dateline that stands on a line of its own with its reporters belongs to the text below."""


class Shape(enum.StrEnum):
    """What a line looks like."""

    DATE = "date"
    FOLIO = "folio"
    """The head of a newspaper page: paper, date, page."""
    SOURCE = "source"
    BYLINE = "byline"
    CAPTION = "caption"
    HEADING = "heading"
    LIST_ITEM = "list item"
    SUBHEAD = "subhead"
    TITLE = "title"
    """Short, and no sentence: a headline, a kicker or a heading by its place, or the piece of a broken line."""
    TEXT = "text"


def _is_caption(text: str) -> bool:
    return bool(_CAPTION.match(text) or (len(text) < _WIDEST_CREDITED_CAPTION and _CREDITED.search(text)))


def _is_heading(text: str) -> bool:
    return bool(_HEADING.match(text)) and width(text) <= _WIDEST_HEADING and not ends_sentence(text)


def _is_subhead(text: str) -> bool:
    return text.startswith(("——", "—", "--")) and _is_title(text)


def _is_title(text: str) -> bool:
    unfinished = text.endswith(tuple("，,、；;：:—"))
    sentence = any(mark in text for mark in "。；;") or re.search(r"[\u3400-\u9fff]\.\Z", text)
    # A headline has one comma at most, or one with a short enumeration.
    clauses = 2 * len(_COMMA.findall(text)) + text.count("、") > 3 or _SAYS.search(text)  # noqa: PLR2004  # see above
    begins_text = is_dateline(text) or _OPENS_TEXT.match(text)
    return not (unfinished or sentence or clauses or begins_text or width(text) > WIDEST_TITLE)


def _is_folio(text: str) -> bool:
    tokens = text.split()
    dated = any(_FOLIO_DATE.fullmatch(token) for token in tokens)
    return dated and len(tokens) > 1 and all(map(_FOLIO_TOKEN.fullmatch, tokens))


RULES: tuple[tuple[Shape, Callable[[str], bool]], ...] = (
    (Shape.DATE, lambda text: bool(_DATE_LINE.fullmatch(text))),
    (Shape.FOLIO, _is_folio),
    (Shape.SOURCE, lambda text: bool(_SOURCE_LINE.fullmatch(text))),
    (Shape.BYLINE, lambda text: is_byline(text) and not _REPORT.match(text)),
    (Shape.CAPTION, _is_caption),
    (Shape.HEADING, _is_heading),
    (Shape.LIST_ITEM, lambda text: bool(_LIST_ITEM.match(text))),
    (Shape.SUBHEAD, _is_subhead),
    (Shape.TITLE, _is_title),
)
"""The first that holds names the shape; none makes it text."""


_LABEL = re.compile(r"[\s|｜]+(?=[\u3400-\u9fff]{2,4}[:：])")
_NOTES = frozenset({Shape.DATE, Shape.SOURCE, Shape.BYLINE})


def shape(text: str) -> Shape:
    """The shape of a line or of a mended paragraph."""
    return next((name for name, holds in RULES if holds(text)), Shape.TEXT)


def is_dateline(text: str) -> bool:
    """Whether `text` begins as a report begins: 本报讯, 新华社北京3月4日电, 本报记者张三报道."""
    return bool(_DATELINE.match(text))


def ends_sentence(text: str) -> bool:
    """Whether a paragraph may end with `text`: a stop, colon or semicolon, closed quotes behind it, or a byline."""
    bare = text[-20:].rstrip(_CLOSERS)
    dot = re.search(r"[\u3400-\u9fff%\d]\.\Z", bare)
    return bare.endswith(tuple("。！？!?…；;：:")) or dot is not None or bool(bracketed_byline(text))


def fields(text: str) -> list[str]:
    """The notes that share a line, as 来源：高新时报 时间：2023-09-15 作者：张三 do; any other line is one field."""
    found = _LABEL.split(text)
    return found if all(shape(part) in _NOTES for part in found) else [text]


def said_date(text: str) -> str:
    """The date of a date line or folio, as it says it, without label."""
    found = _DATE_LINE.fullmatch(text)
    return found[1] if found else " ".join(filter(_DAY.fullmatch, text.split()))


def said_source(text: str) -> str:
    """The source of a source line, without label; of a folio, what it says beside its date."""
    found = _SOURCE_LINE.fullmatch(text)
    return found[1].strip() if found else " ".join(filterfalse(_DAY.fullmatch, text.split()))
