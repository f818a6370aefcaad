"""Glossaries from files, and the official terms that ship."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import python_calamine
from translate.storage.tbx import tbxfile

from pipeline.document import Case
from pipeline.errors import GlossaryError, Mistakes, UsageError
from pipeline.glossary import Entry, Glossary, Status, fold, parse, to_csv
from pipeline.termbase import load, read, term_bank, write
from pipeline.termbase.official import plurals
from pipeline.termbase.tbx import from_tbx, to_tbx
from pipeline.termbase.xlsx import from_xlsx, to_xlsx

ROOT = Path(__file__).parents[1]
TEXT = "source,target\n高新区,High-tech Zone\n"
EVERYTHING = Glossary([
    Entry("高新区", "High-tech Zone", ("HTZ", "the Zone"), ("high-tech district",), ("高新区域",), case=Case.EXACT),
    Entry("“三标”", "Three Benchmarks", note='a campaign: "learn", <measure> & reach', status=Status.PROPOSED),
    Entry("双创", "", status=Status.RETIRED),
    Entry("2035", "2035", extra=(("owner", "李"),)),
])
NEEDED = [
    "高新区", "产城更新", "揭榜挂帅", "管委会", "党工委", "双创", "瞪羚", "独角兽", "三标",
    "十大战略", "四派", "PI-IP-IPO", "本报讯", "十四五", "二十大", "工业定制地", "双自联动", "高新产投集团",
    "高新投控股集团", "天鸿控股集团", "天鸿集团", "强网杯", "两区四高地", "高新时报", "金盏街", "莲花街", "创新大道",
    "翠柏路", "郑州市中心医院", "高新医院", "记者", "通讯员", "文/图",
]  # fmt: skip


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("encoding", "remark"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("gbk", "is written in GBK; save it as UTF-8"),
        ("gb18030", "is written in GBK"),
        ("utf-16", "is written in UTF-16"),
    ],
)
def test_a_glossary_is_read_in_the_encoding_in_which_a_spreadsheet_left_it(tmp_path: Path, encoding: str, remark: str):
    path = written(tmp_path / "glossary.csv", TEXT.encode(encoding))
    glossary, remarks = load(path)
    assert [(entry.source, entry.target, entry.layer) for entry in glossary] == [
        ("高新区", "High-tech Zone", "glossary.csv")
    ]
    assert remark in "".join(remarks)
    assert bool(remarks) == bool(remark)


def test_a_layer_has_the_name_it_is_given(tmp_path: Path):
    glossary, _ = load(written(tmp_path / "g.csv", TEXT.encode()), layer="city")
    assert glossary.entries[0].layer == "city"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"source,target\n\xff\xfe\xff\n", "g.csv:2: is neither UTF-8 nor GBK; save it as CSV in UTF-8."),
        (b"PK\x03\x04rest", "is a workbook, not a CSV file; take its terms over with `bulletin glossary import g.csv`"),
        (b"\xff\xfea", "is neither UTF-8 nor UTF-16"),
    ],
)
def test_a_file_that_is_no_csv_is_told_in_one_sentence(tmp_path: Path, data: bytes, said: str):
    with pytest.raises(GlossaryError) as caught:
        load(written(tmp_path / "g.csv", data))
    assert said in str(caught.value)


def test_a_file_that_is_not_there_is_told_in_one_sentence(tmp_path: Path):
    with pytest.raises(GlossaryError, match=r"no\.csv: cannot be read: no such file"):
        load(tmp_path / "no.csv")


def test_mistakes_name_the_file(tmp_path: Path):
    path = written(tmp_path / "g.csv", "source,target\n双创,\n".encode())
    with pytest.raises(Mistakes) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}:2: the target of “双创” is empty")


@pytest.mark.parametrize("suffix", [".csv", ".tbx", ".xlsx"])
def test_a_glossary_goes_out_and_comes_back_unchanged(tmp_path: Path, suffix: str):
    path = tmp_path / f"terms{suffix}"
    write(EVERYTHING, path)
    first = path.read_bytes()
    glossary, _ = read(path)
    assert to_csv(glossary) == to_csv(EVERYTHING)
    write(glossary, path)
    assert path.read_bytes() == first


@pytest.mark.parametrize("suffix", [".csv", ".tbx", ".xlsx"])
def test_the_projects_own_glossary_goes_out_and_comes_back_unchanged(tmp_path: Path, suffix: str):
    own, _ = load(ROOT / "glossary.csv")
    write(own, tmp_path / f"terms{suffix}")
    glossary, _ = read(tmp_path / f"terms{suffix}")
    assert to_csv(glossary) == (ROOT / "glossary.csv").read_text("utf-8")


def test_another_ending_is_a_usage_error(tmp_path: Path):
    with pytest.raises(UsageError, match=r"use \.csv, \.tbx, \.xlsx"):
        write(EVERYTHING, tmp_path / "terms.ods")


def test_no_cell_of_a_workbook_is_a_formula():
    book = to_xlsx(Glossary([Entry("双创", "=1+1", note="=HYPERLINK()")]))
    sheet = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert rows[1][:2] == ["双创", "=1+1"]


def test_a_workbook_tells_mistakes_by_row():
    with pytest.raises(Mistakes) as caught:
        from_xlsx(to_xlsx(Glossary([Entry("双创", "innovation"), Entry("瞪羚", "")])), name="t.xlsx")
    assert str(caught.value).startswith("t.xlsx:3: the target of “瞪羚” is empty")


def test_what_is_no_workbook_is_told():
    with pytest.raises(GlossaryError, match=r"t\.xlsx: is no workbook that can be read; save it again as \.xlsx"):
        from_xlsx(b"no workbook", name="t.xlsx")


def test_another_reader_of_tbx_finds_preferred_admitted_and_deprecated_terms():
    store = tbxfile.parsestring(to_tbx(EVERYTHING), sourcelanguage="zh", targetlanguage="en")
    unit = store.units[0]
    assert unit.source == "高新区"
    assert [(term.text, term.deprecated) for term in unit.get_target_terms()] == [
        ("High-tech Zone", False),
        ("HTZ", False),
        ("the Zone", False),
        ("high-tech district", True),
    ]


def test_a_term_base_of_2019_with_other_languages_and_without_ranks_is_read():
    base = """<tbx style="dca" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>
    <conceptEntry id="c1">
      <langSec xml:lang="de"><termSec><term>Einhorn</term></termSec></langSec>
      <langSec xml:lang="en-US"><termSec><term>unicorn
         company</term></termSec><termSec><term>unicorn</term></termSec></langSec>
      <langSec xml:lang="zh-CN"><termSec><term>独角兽</term></termSec></langSec>
    </conceptEntry>
    <conceptEntry id="c2"><langSec xml:lang="de"><termSec><term>Zone</term></termSec></langSec></conceptEntry>
    </body></text></tbx>"""
    (entry,) = from_tbx(base.encode(), name="t.tbx")
    assert (entry.source, entry.forms) == ("独角兽", ("unicorn company", "unicorn"))


def test_what_is_no_xml_is_told_with_its_line():
    with pytest.raises(GlossaryError, match=r"t\.tbx:2: is no XML; export the term base as TBX again"):
        from_tbx(b"<martif>\n<text", name="t.tbx")


def test_an_entity_that_would_grow_without_end_is_refused():
    bomb = "<!DOCTYPE m [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {new} '{f'&{old};' * 10}'>" for old, new in zip("abcdefghi", "bcdefghij", strict=True)
    )
    with pytest.raises(GlossaryError, match="is no XML"):
        from_tbx(f"{bomb}]><m>&j;</m>".encode(), name="t.tbx")


def test_the_term_bank_ships_and_only_what_is_settled_applies():
    bank = term_bank()
    assert len(bank.applied) + len(bank.suggested) == 3344
    assert {dict(entry.extra)["confidence"] for entry in bank.applied} == {"high"}
    assert {entry.layer for entry in bank.applied} == {"term bank"}
    found = bank.applied.find("管委会")
    assert found is not None
    assert found.forms == ("administrative committee", "administrative committees")


@pytest.mark.parametrize(
    "source", ["主任", "会长", "街道", "作风", "本报讯", "上市", "贯彻落实", "日前", "河南省", "高企"]
)
def test_what_depends_on_context_or_is_an_everyday_word_never_applies_by_itself(source: str):
    bank = term_bank()
    assert bank.applied.find(source) is None
    assert bank.suggested.find(source) is not None


def test_no_term_of_the_bank_is_a_single_character_and_none_stands_twice():
    entries = [*term_bank().applied, *term_bank().suggested]
    assert min(len(entry.source) for entry in entries) > 1
    assert len({fold(entry.source) for entry in entries}) == len(entries)


@pytest.mark.parametrize(
    ("phrase", "plural"),
    [
        ("provincial laboratory", ("provincial laboratories",)),
        ("member of the CPC working committee", ("members of the CPC working committee",)),
        ("chairman of the board", ("chairmen of the board",)),
        ("innovative SME", ("innovative SMEs",)),
        ("tax", ("taxes",)),
        ("campus", ("campuses",)),
        ("highway", ("highways",)),
        ("public-private partnership (PPP) project", ("public-private partnerships (PPP) project",)),
        ("state-owned assets", ()),
        ("Ministry of Finance", ()),
        ("GDP", ()),
    ],
)
def test_the_plural_of_a_common_noun_is_accepted(phrase: str, plural: tuple[str, ...]):
    assert plurals(phrase) == plural


def test_the_glossary_of_the_project_has_no_mistake_and_holds_what_the_seed_page_needs():
    glossary = parse((ROOT / "glossary.csv").read_text("utf-8"))
    assert len(glossary) >= 60
    missing = [source for source in NEEDED if glossary.find(source) is None]
    assert missing == []


@pytest.mark.parametrize(("inside", "rendering"), [("高新区", "High-tech Zone"), ("产城更新", "industry-city renewal")])
def test_a_longer_entry_renders_the_term_inside_it_alike(inside: str, rendering: str):
    glossary = parse((ROOT / "glossary.csv").read_text("utf-8"))
    longer = [entry for entry in glossary if inside in entry.source]
    assert len(longer) > 2
    assert [entry.source for entry in longer if any(rendering.lower() not in f.lower() for f in entry.forms)] == []
