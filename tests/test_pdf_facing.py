"""Facing pages: Chinese on the left, English on the right, in step, each a page of its own."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from printed_page import Pages
from sample_bulletin import sample

from pipeline.document import BlockKind
from pipeline.layout import Style, to_html
from pipeline.pdf import to_pdf

STYLE = Style(layout="facing", name_zh="高新时报", name_en="Gaoxin Times")
WIDTH = 210.0


@pytest.fixture(scope="module")
def pdf() -> bytes:
    bulletin = sample()
    return to_pdf(to_html(replace(bulletin, articles=bulletin.articles[1:]), STYLE))


@pytest.fixture(scope="module")
def opened(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        yield opened


@pytest.fixture(scope="module")
def texts(pdf) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [document[i].get_textpage().get_text_range() for i in range(len(document))]


def test_each_sheet_becomes_two_pages_of_its_half_width(opened):
    boxes = [[round(float(v) * 25.4 / 72, 1) for v in page.MediaBox] for page in opened.pages]
    assert len(boxes) % 2 == 0
    assert boxes == [[0.0, 0.0, 210.0, 297.0], [210.0, 0.0, 420.0, 297.0]] * (len(boxes) // 2)


def test_left_pages_hold_the_chinese_and_right_pages_the_english(texts):
    assert "迎来了医疗卫生发展史上" in texts[0]
    assert "landmark" not in texts[0]
    assert "landmark in the history of health care" in texts[1]
    assert "迎来了" not in texts[1]


def test_both_languages_of_a_paragraph_begin_at_one_height_on_one_spread(pdf):
    bulletin, pages = sample(), Pages(pdf)
    chinese = list(pages.lines(("Han Serif", "Latin Serif", "Han Serif Gap"), 10, 20, 200))
    english = list(pages.lines(("Latin Serif",), 10, WIDTH + 20, 2 * WIDTH))
    firsts = iter(chinese)
    for article in bulletin.articles[1:]:
        for block in article.of_kind(BlockKind.PARAGRAPH):
            first = block.sentences[0]
            zh = next(
                line for line in firsts if line.text.replace(" ", "").startswith(first.text[:2]) and line.left > 25
            )
            en = next(line for line in english if line.text.startswith(bulletin.pairs[first.id].target[:25]))
            assert en.page == zh.page + 1
            assert en.characters[0].baseline == pytest.approx(zh.characters[0].baseline, abs=0.05)


def test_pages_are_labelled_verso_and_recto(opened):
    numbers = list(opened.Root.PageLabels.Nums)
    assert [str(numbers[i + 1].P) for i in range(0, 8, 2)] == ["1v", "1r", "2v", "2r"]
    assert opened.Root.PageLayout == "/TwoPageLeft"


def test_tags_point_at_the_page_that_shows_their_text(opened):
    tree = opened.Root.StructTreeRoot.ParentTree.Nums
    entries = {int(tree[i]): tree[i + 1] for i in range(0, len(tree), 2)}
    for page in opened.pages:
        stream = pikepdf.parse_content_stream(page)
        shown, mark = set(), None
        for instruction in stream:
            if str(instruction.operator) == "BDC":
                mark = int(instruction.operands[1].MCID)
            elif str(instruction.operator) == "BT":
                shown.add(mark)
        elements = entries[int(page.StructParents)]
        assert {elements[mark].Pg.objgen for mark in shown} == {page.obj.objgen}


def test_links_and_destinations_lie_on_the_page_they_show(opened):
    assert sum(len(page.Annots) for page in opened.pages) > 8
    for page in opened.pages:
        left, right = float(page.MediaBox[0]), float(page.MediaBox[2])
        assert all(left <= float(link.Rect[0]) < right for link in page.Annots)
    names = opened.Root.Names.Dests.Names
    assert len(names) > 8
    pages = {page.obj.objgen: page for page in opened.pages}
    for i in range(1, len(names), 2):
        box = pages[names[i][0].objgen].MediaBox
        assert float(box[0]) <= float(names[i][2]) < float(box[2])


def test_without_issue_and_date_the_contents_still_stand_below_the_masthead():
    bulletin = sample()
    undated = tuple(replace(article, date="") for article in bulletin.articles[1:])
    pages = Pages(to_pdf(to_html(replace(bulletin, articles=undated), STYLE)))
    contents = next(pages.lines(("Han Sans", "Latin Sans"), 10, 0, 2 * WIDTH))
    assert contents.text.startswith("目录")
    assert contents.left == pytest.approx(22, abs=0.1)
    assert contents.characters[0].baseline > 40
