"""The way into WeasyPrint that flush Chinese takes: when WeasyPrint moves, one of these fails and says where."""

from __future__ import annotations

import inspect
import io
from contextlib import nullcontext

import pdfplumber
import pytest
import weasyprint
from printed_page import POINT, Pages
from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, inline
from weasyprint.pdf import fonts, tags

from pipeline.layout.fonts import faces_css
from pipeline.pdf import justify
from pipeline.pdf.press import printed
from pipeline.pdf.rows import rows_in_step
from pipeline.pdf.spaces import hanging_spaces

PARAGRAPH = "郑州高新区迎来了医疗卫生发展史上的重大标志性时刻，“郑州市中心医院”项目（高新医院）正式奠基开工。"
CSS = (
    "@page{size:70mm 60mm;margin:10mm 8mm 10mm 10mm}"
    'body{margin:0}p{margin:0;font:10pt/1.6 "Han Serif";text-align:justify}'
)
RIGHT = 62.0


def paper(lang: str) -> str:
    fonts = faces_css(PARAGRAPH + CSS, CSS)
    return f'<html lang="en"><title>x</title><style>{fonts}{CSS}</style><p lang="{lang}">{PARAGRAPH}</p></html>'


def ends(lang: str) -> list[float]:
    lines = list(Pages(printed(paper(lang), variant="pdf/ua-1")).lines(("Han Serif",), 10, 0, 70))
    assert "".join(line.text for line in lines) == PARAGRAPH
    assert len(lines) > 3
    return [line.end for line in lines[:-1]]


def test_weasyprint_is_the_version_this_was_written_for():
    assert weasyprint.__version__ == "70.0"


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        (inline.text_align, ["context", "line", "available_width", "last"]),
        (inline.justify_line, ["context", "line", "extra_width"]),
        (
            block.block_container_layout,
            [
                "context",
                "box",
                "bottom_space",
                "skip_stack",
                "page_is_empty",
                "absolute_boxes",
                "fixed_boxes",
                "adjoining_margins",
                "first_letter_style",
                "first_line_style",
                "discard",
                "max_lines",
            ],
        ),
        (
            inline.split_first_line,
            ["text", "style", "context", "max_width", "justification_spacing", "is_line_start", "minimum"],
        ),
        (drawing.draw_first_line, ["stream", "textbox", "text_overflow", "block_ellipsis", "matrix"]),
        (drawing.draw_text_decoration, ["stream", "textbox", "offset_x", "offset_y", "thickness", "color"]),
        (fonts.Font.subset, ["self", "to_unicode", "hinting"]),
        (tags._build_box_tree, ["box", "parent", "pdf", "page_number", "nums", "annotations", "tags"]),
    ],
)
def test_what_is_replaced_in_weasyprint_still_takes_what_it_took(function, parameters):
    assert list(inspect.signature(function).parameters) == parameters


def test_lines_in_chinese_are_flush():
    assert ends("zh-Hans") == pytest.approx([RIGHT] * len(ends("zh-Hans")), abs=0.1)


def test_weasyprint_alone_still_does_not_set_them_flush():
    """When it does, `justify` may go."""
    assert min(ends("en")) < RIGHT - 1


def test_weasyprints_own_functions_are_back_after_each_pdf():
    replaced = [(inline, "text_align"), (inline, "justify_line"), (inline, "split_first_line")]
    replaced += [(drawing, "draw_first_line"), (drawing, "draw_text_decoration"), (block, "block_container_layout")]
    before = [getattr(module, name) for module, name in replaced]
    with justify.flush_chinese(), hanging_spaces(), rows_in_step():
        assert all(getattr(module, name) is not own for (module, name), own in zip(replaced, before, strict=True))
    assert [getattr(module, name) for module, name in replaced] == before


def test_the_line_under_a_term_ends_where_its_lines_do():
    """At both edges: a term in quotation marks that begins, and one that ends, a line."""
    css = CSS + "a{text-decoration:underline}"
    text = "区<a>“十大战略”</a>" * 9
    page = f'<html lang="en"><title>x</title><style>{faces_css(text, css)}{css}</style><p lang="zh">{text}</p></html>'
    with pdfplumber.open(io.BytesIO(printed(page, variant="pdf/ua-1"))) as opened:
        rules = [(rule["x0"] * POINT, rule["x1"] * POINT) for rule in opened.pages[0].lines]
    assert len(rules) >= 9
    assert min(left for left, _ in rules) == pytest.approx(10, abs=0.1)
    assert max(right for _, right in rules) == pytest.approx(RIGHT, abs=0.1)


def rows(context) -> list[str]:
    """The lines of a text whose first piece fits into the line but for the space at its end."""
    css = 'p{margin:0;width:53mm;font:10pt/1.4 "Latin Serif"}'
    text = "Make good use of what is open <b>carriers</b>"
    page = f'<html lang="en"><title>x</title><style>{faces_css(text, css)}{css}</style><p>{text}</p></html>'
    with context:
        document = weasyprint.HTML(string=page).render()
    lines = [box for box in document.pages[0]._page_box.descendants() if isinstance(box, boxes.LineBox)]
    return ["".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox)) for line in lines]


def test_a_text_that_fits_but_for_the_space_at_its_end_stays_on_its_line():
    assert rows(hanging_spaces()) == ["Make good use of what is open", "carriers"]


def test_weasyprint_alone_still_breaks_such_a_text_after_its_first_word():
    """When it does not, `spaces` may go."""
    assert rows(nullcontext()) == ["Make", "good use of what is open", "carriers"]


def begun(context, between: str = "", times: int = 1) -> list[tuple[bool, bool]]:
    """For each page whether it has Chinese and whether it has English of a row; `between` stands over it.

    Above both 14 mm of the page are left: room for two lines of English, not for two of Chinese.
    """
    css = "@page{size:80mm 60mm;margin:5mm}p,h2{margin:0}table{border-spacing:0}td{padding:0;vertical-align:top}"
    css += '.above{height:36mm}td,h2{font:10pt/1.2 "Latin Serif"}.zh{font:10pt/2.1 "Han Serif"}h2{break-after:avoid}'
    row = f"<table><tr><td class=zh><p>{'区' * 24 * times}<td><p>{'word ' * 18 * times}</table>"
    body = f"<div class=above></div>{between}{row}"
    page = f'<html lang="en"><title>x</title><style>{faces_css(body, css)}{css}</style>{body}</html>'
    with context:
        document = weasyprint.HTML(string=page).render()
    texts = [
        "".join(box.text for box in sheet._page_box.descendants() if isinstance(box, boxes.TextBox))
        for sheet in document.pages
    ]
    return [("区" in text, "word" in text) for text in texts]


def test_a_row_begins_on_the_page_on_which_both_of_its_cells_can():
    assert begun(rows_in_step()) == [(False, False), (True, True)]


def test_a_row_that_went_to_the_next_page_with_its_head_is_parted_there_and_does_not_leave_it_alone():
    pages = begun(rows_in_step(), "<h2>Head</h2>", times=4)
    assert pages[:2] == [(False, False), (True, True)]
    assert len(pages) > 2


def test_weasyprint_alone_still_begins_a_row_in_one_cell_only():
    """When it does not, `rows` may go."""
    assert begun(nullcontext())[0] == (False, True)


@pytest.mark.parametrize(
    ("texts", "places"),
    [
        (["高新区"], [2]),
        (["产城", "，", "高"], [2, 1, 0]),
        (["达", "314.7", "6", "万"], [1, 0, 1, 0]),
        (["区", "——", "高"], [1, 1, 0]),
        (["区", "\u200b", "“高"], [1, 0, 1]),
        (["高新区", "\u200b"], [2, 0]),
        (["涵盖", "PI-IP-"], [2, 0]),
        ([], []),
    ],
)
def test_a_gap_grows_after_each_square_but_not_inside_words_figures_and_dashes(texts, places):
    assert justify.growing(texts) == places
