"""What a reviewer is handed, format by format."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from review_files import SLUG, X, printed, sheet
from sample_bulletin import sample

from pipeline import review
from pipeline.approved import Approvals, Approved
from pipeline.approved.fuzzy import Fuzzy
from pipeline.document import Finding, PairOrigin, Severity
from pipeline.layout.inline import label
from pipeline.review.commas import guarded, unguarded
from pipeline.review.handout import FORM, Remark

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SCHEMAS = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas")
"""Where Debian's php-symfony-translation has the schema that OASIS published for XLIFF 2.0; 2.1 kept its namespace."""
EVIL = '=HYPERLINK("http://evil","x")'


def with_matches():
    """The hand-out with one sentence like an approved one, and one whose English would be a formula."""
    chinese = "张红军对产城更新项目公司上月的工作表示肯定。"
    fuzzy = Fuzzy(Approvals([Approved(chinese, "Zhang Hongjun praised last month's work.")]))
    made = review.handout(printed(), label=label, matches=fuzzy.matches)
    lines = tuple(replace(line, target=EVIL) if line.id == "a1.k.s1" else line for line in made.lines)
    return replace(made, lines=lines)


@pytest.fixture
def book():
    return openpyxl.load_workbook(io.BytesIO(review.FORMATS["xlsx"](with_matches())))


def rows(book):
    header, *rows = book.worksheets[0].iter_rows()
    names = [cell.value for cell in header]
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_every_sentence_is_a_line_with_its_number_as_printed():
    lines = sheet().lines
    assert [line.id for line in lines] == [pair.sentence.id for pair in printed().pairs]
    assert {line.number for line in lines if line.id == "a2.p3.s1"} == {"3.1"}
    assert {line.number for line in lines if ".p" not in line.id} == {""}


def test_a_line_has_its_terms_once_and_its_findings():
    line = next(line for line in sheet().lines if line.id == "a2.p4.s2")
    assert [(term.source, term.target) for term in line.terms] == [("高新区", "High-tech Zone")]
    line = next(line for line in sheet().lines if line.id == "a2.p3.s1")
    assert [(remark.check, remark.severity) for remark in line.remarks] == [("numbers", "error")]


def test_a_similar_sentence_is_offered_with_the_difference():
    line = next(line for line in with_matches().lines if line.id == "a3.p2.s1")
    (offer,) = line.offers
    assert offer.percent >= 75
    assert offer.difference == "张红军对产城更新项目公司[-上月-]{+近期+}的工作表示肯定。"


def test_nothing_is_offered_for_a_sentence_that_is_approved():
    bulletin = sample()
    pair = bulletin.pairs["a3.p2.s1"]
    bulletin.pairs["a3.p2.s1"] = replace(pair, origin=PairOrigin.REVIEWED)
    asked = []
    made = review.handout(printed(bulletin), label=label, matches=lambda source: asked.append(source) or ())
    line = next(line for line in made.lines if line.id == "a3.p2.s1")
    assert line.reviewed
    assert line.source not in asked
    assert len(asked) == len(made.lines) - 1


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (
            Approved("", "", "Li", "20261127T093000Z", "director, not\x1b Station Chief"),
            " by Li, 2026-11-27: director, not Station Chief",
        ),
        (Approved("", "", "Li"), " by Li"),
        (Approved("", "", when="20261127T093000Z"), ", 2026-11-27"),
        (Approved("", "", when="last week", note="a note"), ": a note"),
        (Approved("", ""), ""),
    ],
)
def test_a_line_says_who_approved_its_english_when_and_why_as_far_as_that_is_known(one, said):
    before = next(line for line in sheet().lines if line.id == "a2.p3.s1")
    one = replace(one, source=before.source, target=before.target)
    made = review.handout(printed(), label=label, approved=Approvals([one]).get)
    line = next(line for line in made.lines if line.id == "a2.p3.s1")
    assert line.remarks == (*before.remarks, Remark("memory", "note", f"Approved{said}"))
    assert [other.remarks for other in made.lines if other.source != one.source] == [
        other.remarks for other in sheet().lines if other.source != one.source
    ]
    assert made.printed() == sheet().printed()
    assert made.digest() != sheet().digest()


def test_of_an_english_that_is_not_the_approved_one_nothing_is_said():
    line = sheet().lines[0]
    one = Approved(line.source, "Otherwise.", "Li")
    assert review.handout(printed(), label=label, approved=Approvals([one]).get) == sheet()


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (
            "The committee met in the hall on Monday to discuss the new school.",
            "The committee gathered at the hall on Monday to talk about the new school.",
            "The committee [-met in-]{+gathered at+} the hall on Monday to [-discuss-]{+talk about+} the new school.",
        ),
        (
            "We saw a red car and one old bus on the road.",
            "We saw a blue car, and two old buses on the road.",
            "We saw a [-red car and one old bus-]{+blue car, and two old buses+} on the road.",
        ),
        ("新增企业12家，外资3家。", "新增企业35家，外资4家。", "新增企业[-12-]{+35+}家，外资[-3-]{+4+}家。"),
        (
            "Drawing blood at Zhengzhou Central Hospital needs no queue.",
            "Zhengzhou's hospital draws blood.",
            "[-Drawing blood at Zhengzhou Central Hospital needs no queue.-]{+Zhengzhou's hospital draws blood.+}",
        ),
        ("It is big.", "It is very big.", "It is {+very +}big."),
        ("", "Yes.", "{+Yes.+}"),
        ("Yes.", "Yes.", "Yes."),
    ],
)
def test_changes_are_shown_in_pieces_that_can_be_read_and_a_rewritten_sentence_whole(old, new, shown):
    assert review.changes(old, new) == shown


def test_characters_that_xml_cannot_hold_keep_no_form_from_being_made():
    first, *others = sheet().lines
    remarks = (Remark("terms", "error", "lost: \x0b"),)
    odd = replace(first, source="高\x0b\uffff区", target="High\x0b-tech\x00\uffff", remarks=remarks)
    for make in review.FORMATS.values():
        assert make(replace(sheet(), lines=(odd, *others)))


def test_another_print_has_another_digest():
    bulletin = sample()
    bulletin.pairs["a3.p2.s1"] = replace(bulletin.pairs["a3.p2.s1"], target="Otherwise.")
    assert sheet(bulletin).digest() != sheet().digest() == sheet().digest()
    assert FORM == 2


# xlsx


def test_no_cell_of_the_workbook_is_a_formula_or_a_number(book):
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert rows(book)[0]["English"].value == EVIL


def test_only_the_reviewers_columns_can_be_written_in(book):
    assert book.worksheets[0].protection.sheet
    assert not book.worksheets[0].protection.password
    for row in rows(book):
        unlocked = {name for name, cell in row.items() if not cell.protection.locked}
        assert unlocked == {"Correction", "Comment", "Status"}


def test_the_status_is_chosen_from_a_list(book):
    lists = [v for v in book.worksheets[0].data_validations.dataValidation if v.type == "list"]
    assert [v.formula1 for v in lists] == ['"ok,correct,question"']
    assert str(lists[0].sqref) == f"J2:J{len(sheet().lines) + 1}"


def test_the_header_stays_in_sight_and_on_every_printed_page(book):
    page = book.worksheets[0]
    assert page.freeze_panes == "E2"
    assert page.print_title_rows == "$1:$1"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
    assert all(cell.alignment.wrap_text for row in page.iter_rows() for cell in row)


def test_findings_and_what_is_written_have_colours(book):
    rules = [rule for area in book.worksheets[0].conditional_formatting for rule in area.rules]
    assert {rule.text for rule in rules if rule.type == "containsText"} == {"error:", "warning:", "note:"}
    assert any(rule.type == "expression" for rule in rules)


def test_a_row_is_as_high_as_its_longest_cell(book):
    page = book.worksheets[0]
    heights = {row["Id"].value: page.row_dimensions[row["Id"].row].height for row in rows(book)}
    assert heights["a1.p1.s2"] > 8 * 15 > heights["a1.b1.s1"]


def test_text_keeps_its_distance_from_the_lines_and_every_page_says_of_what_it_is(book):
    page = book.worksheets[0]
    assert {(cell.alignment.horizontal, cell.alignment.indent) for row in page.iter_rows() for cell in row} == {
        ("left", 1)
    }
    assert page.oddFooter.left.text == SLUG
    evil = replace(sheet(), slug="R&D")
    again = openpyxl.load_workbook(io.BytesIO(review.FORMATS["xlsx"](evil)))
    assert again.worksheets[0].oddFooter.left.text == "R&&D"


# csv


def test_csv_begins_with_a_mark_by_which_excel_knows_its_encoding_and_has_no_formula():
    content = review.FORMATS["csv"](with_matches())
    assert content.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert table[1][3] == f"'{EVIL}"
    assert not [cell for row in table for cell in row if re.match(r"[=+\-@\t\r]", cell)]


@given(st.text(alphabet=st.sampled_from("'=+-@＝\t a“1")) | st.text())
def test_guarding_against_formulas_can_be_undone_for_every_text(text):
    assert unguarded(guarded(text)) == text
    assert not re.match(r"[=+\-@\t\r＝＋－＠]", guarded(text))


@pytest.mark.parametrize("text", ["'Tis the season.", "'90s", "’s", "Don't", "—"])
def test_an_apostrophe_that_a_reviewer_wrote_stays(text):
    assert unguarded(text) == text


# docx


def document_part(name="word/document.xml"):
    with zipfile.ZipFile(io.BytesIO(review.FORMATS["docx"](with_matches()))) as parts:
        return etree.fromstring(parts.read(name))


def test_the_document_is_one_table_whose_header_comes_again_on_every_page_and_whose_rows_are_not_cut():
    body = document_part()
    rows = list(body.iter(f"{W}tr"))
    assert len(rows) == len(sheet().lines) + 1
    assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows[1:])


def test_every_run_says_its_language_and_its_fonts():
    for row in list(document_part().iter(f"{W}tr"))[1:]:
        _, chinese, english = row.iter(f"{W}tc")
        for cell, language in ((chinese, "zh-CN"), (english, "en-US")):
            for run in cell.iter(f"{W}r"):
                if run.find(f"{W}t") is not None:
                    assert run.find(f"{W}rPr/{W}lang").get(f"{W}val") == language
                    assert run.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == "SimSun"


def test_every_page_of_the_document_says_of_what_it_is_and_how_many_there_are():
    footer = document_part("word/footer1.xml")
    assert "".join(text.text for text in footer.iter(f"{W}t")) == f"{SLUG}  ·  1 / 1"
    assert [field.get(f"{W}instr") for field in footer.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]


def test_findings_are_comments_in_the_margin():
    document = docx.Document(io.BytesIO(review.FORMATS["docx"](sheet())))
    assert [comment.text for comment in document.comments] == [
        "warning: “揭榜挂帅” was translated around; read the joins.",
        "error: 4.11万 (41,100) has no equal in the English.",
        "note: The English is short for its Chinese: something may be missing.",
    ]


# XLIFF


def xliff():
    return etree.fromstring(review.FORMATS["xlf"](with_matches()))


def test_a_unit_has_glossary_matches_notes_and_segment_in_the_order_that_xliff_wants():
    unit = next(unit for unit in xliff().iter(f"{X}unit") if unit.get("id") == "a3.p2.s1")
    assert [etree.QName(child).localname for child in unit] == ["glossary", "matches", "notes", "segment"]
    glossary, matches, notes, segment = unit
    names = {"gls": "urn:oasis:names:tc:xliff:glossary:2.0", "x": X.strip("{}")}
    assert glossary.xpath("gls:glossEntry/gls:term/text()", namespaces=names) == ["产城更新"]
    assert glossary.xpath("gls:glossEntry/gls:translation/text()", namespaces=names) == ["industry-city renewal"]
    assert matches[0].get("ref") == f"#{segment.xpath('x:source/x:mrk/@id', namespaces=names)[0]}"
    assert 75 <= float(matches[0].get("similarity")) <= 99
    assert [note.get("category") for note in notes] == ["printed"]
    assert segment.get("state") == "translated"


def test_the_schema_modules_rules_that_no_core_schema_checks_are_kept():
    """What glossary and matches ask, beyond the core: an entry has a translation, a match a source, a target, a ref."""
    ids = set()
    for element in xliff().iter():
        name = etree.QName(element)
        if name.localname == "glossEntry":
            assert [etree.QName(child).localname for child in element] == ["term", "translation"]
        if name.localname == "match":
            assert [etree.QName(child).localname for child in element] == ["source", "target"]
            assert {"id", "ref", "similarity"} <= set(element.attrib)
            assert element.get("type") == "tm"
        if name.localname == "resourceItem":
            assert element.get("mimeType") == "application/pdf"
        if name.localname == "unit":
            assert element.get("id") not in ids
            ids.add(element.get("id"))
    assert len(ids) == len(sheet().lines)


def test_findings_are_notes_with_a_priority():
    notes = xliff().xpath("//x:note[@category='finding']", namespaces={"x": X.strip("{}")})
    assert [note.get("priority") for note in notes] == ["2", "1", "3"]
    assert notes[1].text == "numbers: 4.11万 (41,100) has no equal in the English."


@pytest.mark.office
def test_the_xliff_is_valid_by_the_schema_that_oasis_published():
    if not SCHEMAS.is_dir():
        pytest.skip("no XLIFF schema here: apt-get install php-symfony-translation")
    text = (SCHEMAS / "xliff-core-2.0.xsd").read_text("utf-8")
    own = (SCHEMAS / "xml.xsd").as_uri()
    there = text.replace("informativeCopiesOf3rdPartySchemas/w3c/xml.xsd", own)
    schema = etree.XMLSchema(etree.fromstring(there.encode()))
    schema.assertValid(xliff())
    bulletin = sample()
    finding = Finding("terms", Severity.ERROR, "a1.k.s1", "<&> “quotes” \x07")
    schema.assertValid(etree.fromstring(review.FORMATS["xlf"](sheet(replace(bulletin, findings=(finding,))))))
    broken = xliff()
    broken.find(f".//{X}segment").set("state", "excellent")
    assert not schema.validate(broken)
