"""The printed page, measured: Chinese set as Chinese, English as English, all of it tagged, same bytes each time."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from printed_page import CLOSING, OPENING, POINT, Line, Pages
from sample_bulletin import sample

from pipeline.document import BlockKind, Bulletin
from pipeline.errors import LayoutError
from pipeline.layout import Style, to_html
from pipeline.layout.english import kept_together
from pipeline.pdf import to_pdf

STYLE = Style(name_zh="高新时报", name_en="Gaoxin Times", issue="总第1024期", date="2022-03-05")
LEFT, GUTTER, TEXT = 22.0, 9.0, 168.0
ZH_RIGHT = LEFT + STYLE.chinese_share / 100 * TEXT
EN_LEFT = ZH_RIGHT + GUTTER
CHINESE = ("Han Serif", "Marks Serif", "Han Serif Gap", "Latin Serif", "Latin Serif Gap")
ENGLISH = ("Latin Serif", "Han Serif")


@pytest.fixture(scope="module")
def bulletin() -> Bulletin:
    return sample()


@pytest.fixture(scope="module")
def pdf(bulletin) -> bytes:
    return to_pdf(to_html(bulletin, STYLE))


@pytest.fixture(scope="module")
def pages(pdf) -> Pages:
    return Pages(pdf)


@pytest.fixture(scope="module")
def opened(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        yield opened


@pytest.fixture(scope="module")
def paragraphs(bulletin, pages) -> list[list[Line]]:
    """The lines of each Chinese paragraph: by taking from the column as much as the paragraph has."""
    lines = list(pages.lines(CHINESE, STYLE.size, LEFT - 3, ZH_RIGHT + 2))
    return list(taken(lines, [b.text for a in bulletin.articles for b in a.of_kind(BlockKind.PARAGRAPH)]))


def taken(lines: list[Line], texts: list[str]):
    rest = iter(lines)
    for text in texts:
        own = []
        while len(bare("".join(line.text for line in own))) < len(bare(text)):
            own.append(next(rest))
        yield own


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_chinese_of_the_page_is_the_sources_to_the_character(bulletin, paragraphs):
    printed = ["".join(line.text for line in lines) for lines in paragraphs]
    # A space between two runs is not drawn, as a gap of its width tells readers enough.
    assert [bare(text) for text in printed] == [
        bare(b.text) for a in bulletin.articles for b in a.of_kind(BlockKind.PARAGRAPH)
    ]


def test_the_english_of_the_page_is_the_translations(bulletin, pages):
    lines = pages.lines(ENGLISH, STYLE.size, EN_LEFT - 1, 190)
    printed = "".join(line.text for line in lines)
    for article in bulletin.articles:
        for block in article.of_kind(BlockKind.PARAGRAPH):
            for sentence in block.sentences:
                assert bare(bulletin.pairs[sentence.id].target).replace("-", "") in bare(printed).replace("-", "")


def test_readers_give_back_whole_chinese_lines_without_spaces_in_them(pdf, paragraphs):
    document = pypdfium2.PdfDocument(pdf)
    read = "\n".join(document[i].get_textpage().get_text_range() for i in range(len(document)))
    lines = [line.text for lines in paragraphs for line in lines]
    assert [line for line in lines if line.removesuffix("-") not in read.replace(" ", "")] == []


def test_chinese_lines_end_flush_within_a_third_of_a_millimetre(paragraphs):
    ends = [line.end for lines in paragraphs for line in lines[:-1]]
    assert len(ends) > 30
    assert [round(end - ZH_RIGHT, 2) for end in ends if abs(end - ZH_RIGHT) > 0.3] == []


def test_chinese_lines_begin_flush_and_paragraphs_with_two_squares(paragraphs):
    em = STYLE.size * POINT
    for lines in paragraphs:
        assert lines[0].left == pytest.approx(LEFT + 2 * em, abs=0.05)
        for line in lines[1:]:
            blank = em / 2 if line.characters[0].text in OPENING else 0
            assert line.left + blank == pytest.approx(LEFT, abs=0.05)


def test_no_line_begins_or_ends_with_a_mark_that_may_not(paragraphs):
    lines = [line for lines in paragraphs for line in lines]
    assert [line.text for line in lines if line.text[0] in CLOSING + "：；！？:;!?"] == []
    assert [line.text for line in lines if line.text[-1] in OPENING] == []


def test_a_paragraphs_last_line_has_five_characters_at_least(paragraphs):
    assert min(len(lines[-1].text) for lines in paragraphs if len(lines) > 1) >= 5


def test_a_quarter_em_stands_between_han_and_western(paragraphs):
    gaps = [c for lines in paragraphs for line in lines for c in line.characters if c.font == "Han Serif Gap"]
    assert len(gaps) > 6
    for c in gaps:
        assert (c.right - c.left) / (c.size * POINT) - 1 == pytest.approx(0.25, abs=0.001)


def test_marks_in_a_row_share_their_blank_halves(paragraphs):
    """`产业化”“体制`: the two take one and a half squares, not two."""
    em = STYLE.size * POINT
    line = next(line for lines in paragraphs for line in lines if "”“" in line.text)
    comma = line.text.index("”“")
    advance = line.characters[comma + 1].left - line.characters[comma].left
    spread = line.characters[1].left - line.characters[0].right
    assert advance - spread == pytest.approx(em / 2, abs=0.05 * em)


def test_both_languages_of_a_row_begin_on_one_baseline(bulletin, pages, paragraphs):
    english = list(pages.lines(ENGLISH, STYLE.size, EN_LEFT - 1, 190))
    firsts = [b.sentences[0].id for a in bulletin.articles for b in a.of_kind(BlockKind.PARAGRAPH)]
    for sentence, lines in zip(firsts, paragraphs, strict=True):
        start = bulletin.pairs[sentence].target[:20]
        partner = next(line for line in english if line.text.startswith(start))
        assert (partner.page, partner.characters[0].baseline) == (
            lines[0].page,
            pytest.approx(lines[0].characters[0].baseline, abs=0.05),
        )


def test_english_lines_are_hyphenated_and_within_their_column(pages):
    lines = list(pages.lines(ENGLISH, STYLE.size, EN_LEFT - 1, 190))
    assert max(line.end for line in lines) <= LEFT + TEXT + 0.1
    words = {bare(word) for pair in sample().pairs.values() for word in pair.target.split()}
    joined = [
        a.text.split()[-1].removesuffix("-") + b.text.split()[0] for a, b in pairwise(lines) if a.text.endswith("-")
    ]
    assert len([word for word in joined if word in words]) > 5


def test_no_english_line_ends_before_a_word_that_would_still_fit(bulletin, pages):
    lines = list(pages.lines(ENGLISH, STYLE.size, EN_LEFT - 1, 190))
    texts = [
        " ".join(bulletin.pairs[s.id].target for s in block.sentences)
        for article in bulletin.articles
        for block in article.of_kind(BlockKind.PARAGRAPH)
    ]
    early = []
    for own, text in zip(taken(lines, texts), texts, strict=True):
        kept = {text[start:stop].split()[0] for start, stop in kept_together(text)}
        for line, following in pairwise(own):
            word = following.text.split()[0]
            width = following.characters[len(word) - 1].right - following.left + 0.25 * STYLE.size * POINT
            if word not in kept and not line.text.endswith("-") and line.characters[-1].right + width < LEFT + TEXT:
                early.append((line.text, word))
    assert len(lines) > 40
    assert early == []


def test_contents_give_the_page_on_which_each_article_begins(bulletin, pages):
    for article in bulletin.articles:
        headline = bulletin.pairs[f"a{article.number}.h.s1"].target
        entry = next(
            line for line in pages.lines(("Latin Serif", "Latin Sans"), 9.2, LEFT - 1, 195) if headline in line.text
        )
        number = int(entry.text.rpartition(" ")[2].strip(".") or entry.text[-1])
        display = pages.lines(("Latin Display",), STYLE.size * 1.62, EN_LEFT - 1, 190)
        begins = next(line.page for line in display if headline.startswith(line.text.strip()))
        assert number == begins


def test_each_page_has_its_folio_and_all_but_the_first_a_running_head(pdf, pages):
    document = pypdfium2.PdfDocument(pdf)
    texts = [document[i].get_textpage().get_text_range() for i in range(len(document))]
    assert all(f"{i} / {len(texts)}" in text for i, text in enumerate(texts, start=1))
    heads = [
        line for line in pages.lines(("Han Sans",), 8, 0, 100) if line.page < 3 and line.characters[0].baseline < 20
    ]
    assert [line.text for line in heads] == ["全力加快推进“两区四高地”建设提质增效"]


def test_fonts_are_all_embedded_and_cut_to_what_is_used(opened):
    fonts = [f for f in opened.objects if isinstance(f, pikepdf.Dictionary) and f.get("/Type") == "/FontDescriptor"]
    assert len(fonts) >= 8
    for font in fonts:
        assert re.match(r"/[A-Z]{6}\+", str(font.FontName))
        assert {"/FontFile2", "/FontFile3"} & set(font.keys())


def test_no_glyph_is_missing_and_none_comes_from_a_font_that_is_not_the_pages(pages):
    families = {c.font for page in pages.characters for c in page}
    assert {" ".join(family.split()[:2]) for family in families} <= {
        "Han Serif",
        "Han Sans",
        "Marks Serif",
        "Marks Sans",
        "Latin Serif",
        "Latin Sans",
        "Latin Display",
    }
    assert [c.text for page in pages.characters for c in page if c.text.startswith("(cid:") or c.text == "\ufffd"] == []


def test_no_letter_is_made_bold(opened, pages):
    operators = {str(i.operator) for page in opened.pages for i in pikepdf.parse_content_stream(page)}
    assert {"Tf", "Tj"} & operators
    assert "Tr" not in operators  # bold that a font has not is drawn as outlines
    families = {c.font for page in pages.characters for c in page if "\u4e00" <= c.text <= "\u9fff"}
    assert families == {"Han Serif", "Han Sans", "Han Serif Gap"}


def elements(node):
    for kid in node.get("/K", []) if isinstance(node.get("/K"), pikepdf.Array) else []:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def test_every_cell_of_the_pairs_says_its_language(opened):
    cells = [e for e in elements(opened.Root.StructTreeRoot.K[0]) if e.S == "/TD" and "/Lang" in e]
    assert {str(cell.Lang) for cell in cells} == {"zh-Hans", "en"}
    tables = [e for e in elements(opened.Root.StructTreeRoot.K[0]) if e.S == "/Table"]
    languages = [str(e.Lang) for e in elements(tables[0]) if e.S == "/TD"]
    assert languages == ["zh-Hans", "en"] * 2


def test_the_document_is_tagged_titled_and_in_chinese(opened):
    assert opened.Root.MarkInfo.Marked
    assert str(opened.Root.Lang) == "zh-Hans"
    with opened.open_metadata() as metadata:
        assert metadata["dc:title"].startswith("全力加快推进“两区四高地”建设提质增效 · All Efforts")
        assert metadata["pdfuaid:part"] == "1"
    assert "高新时报" in str(opened.docinfo["/Author"])


def test_bookmarks_name_each_article_in_both_languages(opened):
    with opened.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles[0] == "目录 Contents"
    assert titles[2] == "郑州市中心医院高新医院项目开建 Work Begins on the Gaoxin Campus of Zhengzhou Central Hospital"
    assert titles[-2:] == ["术语 Terms", "版本说明 Colophon"]


def test_pages_are_labelled_and_links_say_where_they_lead(opened):
    assert opened.Root.PageLabels.Nums[1].S == "/D"
    links = [a for page in opened.pages for a in page.get("/Annots", [])]
    assert len(links) > 20
    assert all(str(link.Contents) for link in links)


def small(bulletin: Bulletin) -> Bulletin:
    return replace(bulletin, articles=bulletin.articles[2:])


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x.png", "file:///etc/hostname", "x.png"])
def test_a_picture_that_is_not_in_the_page_is_an_error_and_is_not_fetched(address):
    with pytest.raises(LayoutError, match="the page cannot be printed"):
        to_pdf(f'<html lang="en"><title>x</title><body><img alt="x" src="{address}"></body></html>')


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # WeasyPrint leaves its colour profile open
def test_an_archival_pdf_says_so(bulletin):
    pdf = to_pdf(to_html(small(bulletin), STYLE), archival=True)
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as metadata:
        assert metadata.pdfa_status == "2U"


@pytest.mark.parametrize(
    ("layout", "present", "absent"), [("chinese", "迎来了", "landmark"), ("english", "landmark", "迎来了")]
)
def test_a_page_in_one_language_has_only_that(bulletin, layout, present, absent):
    one = replace(bulletin, articles=bulletin.articles[1:2])
    document = pypdfium2.PdfDocument(to_pdf(to_html(one, replace(STYLE, layout=layout))))
    text = "".join(document[i].get_textpage().get_text_range() for i in range(len(document)))
    assert present in text
    assert absent not in text


def test_the_same_page_gives_the_same_bytes_with_or_without_a_library_to_cut_fonts(bulletin, monkeypatch):
    html = to_html(small(bulletin), STYLE)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    first = to_pdf(html)
    monkeypatch.setattr("weasyprint.pdf.fonts.harfbuzz_subset", None)
    assert to_pdf(html) == first
