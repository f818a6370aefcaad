"""Two hundred pages: nothing clipped, nothing lost, no headline alone, both languages begin together.

The pages are laid out as for the PDF and not drawn, in large type and half as high as A4: many breaks over little text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from laid_out import Part, parts
from sample_bulletin import long

from pipeline.document import Article, BlockKind, Bulletin
from pipeline.layout import Style, to_html

pytestmark = pytest.mark.slow
WIDTH, HEIGHT = 210.0, 160.0
TOP, BOTTOM, LEFT, RIGHT = 20.0, HEIGHT - 19, 22.0, 190.0
"""The text's edges on the page, in millimetres."""
SIZE = 16.0
EM = SIZE * 25.4 / 72
ARTICLES = {"side-by-side": 28, "stacked": 31, "facing": 27}
"""So many of them are two hundred pages."""


def varied(articles: int) -> Bulletin:
    """Articles of one to eight paragraphs, so that heads stand at all heights of a page."""
    bulletin = long(articles)
    return replace(bulletin, articles=tuple(cut(article, 1 + 5 * article.number % 8) for article in bulletin.articles))


def cut(article: Article, paragraphs: int) -> Article:
    left_out = [*article.of_kind(BlockKind.PARAGRAPH)][paragraphs:]
    return replace(article, blocks=tuple(block for block in article.blocks if block not in left_out))


@pytest.fixture(scope="module", params=list(ARTICLES))
def laid(request):
    """Layout, number of pages, parts of cells and heads, and the bulletin."""
    layout = request.param
    bulletin = varied(ARTICLES[layout])
    width = WIDTH * 2 if layout == "facing" else WIDTH
    sheet = f"<style>@page {{ size: {width}mm {HEIGHT}mm }}</style></head>"
    html = to_html(bulletin, Style(layout=layout, size=SIZE)).replace("</head>", sheet, 1)
    pages, found = parts(html, ("td", "header"))
    cells = [part for part in found if part.classes in {"zh", "en"}]
    heads = [part for part in found if part.classes == "heads"]
    return layout, pages, cells, heads, bulletin


def paragraphs(bulletin) -> Iterator[tuple[str, str]]:
    for article in bulletin.articles:
        for block in article.of_kind(BlockKind.PARAGRAPH):
            yield block.text, " ".join(bulletin.pairs[s.id].target for s in block.sentences)


def bare(text: str) -> str:
    return re.sub(r"[\s\u200b‐]", "", text)


def text(cells: list[Part], language: str) -> str:
    return bare("".join(line.text for part in cells if part.classes == language for line in part.lines))


def whole(cells: list[Part], texts: list[str], language: str) -> list[list[Part]]:
    """The parts of each paragraph, by taking as much text as it has."""
    rest = iter(part for part in cells if part.classes == language and part.lines)
    taken = []
    for wanted in texts:
        own: list[Part] = []
        while len(text(own, language)) < len(bare(wanted)):
            own.append(next(rest))
        taken.append(own)
    return taken


def test_two_hundred_pages_hold_all_of_the_text_and_nothing_else(laid):
    layout, pages, cells, _, bulletin = laid
    assert pages >= (100 if layout == "facing" else 200)  # a sheet of facing pages is two
    assert text(cells, "zh") == bare("".join(zh for zh, _ in paragraphs(bulletin)))
    assert text(cells, "en") == bare("".join(en for _, en in paragraphs(bulletin)))


def test_no_line_is_clipped_or_stands_outside_of_the_text(laid):
    layout, _, cells, heads, _ = laid
    right = RIGHT + WIDTH if layout == "facing" else RIGHT
    lines = [line for part in (*cells, *heads) for line in part.lines]
    assert min(line.baseline for line in lines) > TOP
    assert max(line.baseline for line in lines) < BOTTOM
    assert max(part.bottom for part in cells) < BOTTOM + 0.1
    assert min(line.left for line in lines) > LEFT - EM / 2 - 0.1
    assert max(line.right for line in lines) < right + EM / 2 + 0.1  # a closing mark's blank half stands out


def test_lines_of_a_cell_never_overlap(laid):
    *_, cells, _, _ = laid
    steps = [b.baseline - a.baseline for part in cells for a, b in pairwise(part.lines)]
    assert min(steps) > 1.4 * EM


def test_every_head_is_whole_and_followed_by_two_lines_in_each_language(laid):
    layout, _, cells, heads, bulletin = laid
    assert len(heads) == len(bulletin.articles)
    for head in heads:
        below = [part for part in cells if part.page == head.page and part.top >= head.bottom - 0.1]
        first = below[:1] if layout == "stacked" else below[:2]
        assert first
        assert all(len(part.lines) >= 2 for part in first)
        kicker, headline = head.lines[0], [line for line in head.lines if line.baseline > head.lines[0].baseline + 1]
        assert headline
        assert all(line.page == kicker.page for line in head.lines)


def test_both_languages_of_a_paragraph_begin_together(laid):
    layout, _, cells, _, bulletin = laid
    chinese, english = zip(*paragraphs(bulletin), strict=True)
    for zh, en in zip(whole(cells, list(chinese), "zh"), whole(cells, list(english), "en"), strict=True):
        first = en[0].lines[0]
        if layout == "stacked":
            assert first.page == zh[-1].page  # the English begins under the Chinese, not on the next page
            continue
        assert first.page == zh[0].page
        assert first.baseline == pytest.approx(zh[0].lines[0].baseline, abs=0.05)


def test_no_line_of_a_paragraph_stands_alone_on_a_page(laid):
    *_, cells, _, bulletin = laid
    chinese, english = zip(*paragraphs(bulletin), strict=True)
    parted = 0
    for language, texts in (("zh", chinese), ("en", english)):
        for own in whole(cells, list(texts), language):
            parted += len(own) > 1
            assert [len(part.lines) for part in own if len(own) > 1 and len(part.lines) < 2] == []
    assert parted > 20
