"""What Chinese numbers are worth, what they become in English, and what is no number."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import english
from pipeline.check.reading import figures as read_english
from pipeline.constrain import figures
from pipeline.constrain.amounts import amounts
from pipeline.constrain.dates import dates
from pipeline.constrain.numbers import Kind, numbers
from pipeline.constrain.numerals import chinese, halfwidth, parse
from pipeline.document import Sentence
from pipeline.segment import word_cutter

CUT = word_cutter([])


def table(name):
    lines = (Path(__file__).parent / "data" / name).read_text(encoding="utf-8").splitlines()
    _, *rows = (tuple(line.split("\t")) for line in lines if not line.startswith("#"))
    return rows


def sentence(text):
    return Sentence("-", text, tuple(CUT(text)))


def fixed(text):
    return {c.source: c.target for c in amounts(sentence(text))}


@pytest.mark.parametrize(("text", "part", "target", "rendering", "source"), table("numbers.tsv"))
def test_numbers_and_dates_become_what_official_english_writes(text, part, target, rendering, source):
    (constraint,) = (c for c in (*dates(text), *amounts(sentence(text))) if c.source == part)
    assert constraint.target == target
    assert any(english.occurrences(rendering, form) for form in constraint.forms), source
    assert text[constraint.start : constraint.stop] == part


def test_the_table_is_as_long_as_promised():
    assert len(table("numbers.tsv")) >= 150


@pytest.mark.parametrize(("text", "why"), table("no_numbers.tsv"))
def test_what_only_looks_like_a_number_is_none(text, why):
    assert numbers(text) == (), why


def test_one_written_as_part_of_a_longer_numeral_counts():
    assert [n.value for n in numbers("三万一千人")] == [31000]


@given(st.integers(0, 10**16 - 1))
def test_a_whole_number_written_in_chinese_is_read_back(value):
    assert parse(chinese(value)) == value


@given(st.integers(1, 10**8), st.integers(0, 4), st.sampled_from(["", "万", "亿", "万亿"]))
def test_figures_before_a_scale_are_exact(units, places, scale):
    written = f"{Decimal(units).scaleb(-places):f}"
    factor = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[scale]
    assert parse(written + scale) == Decimal(written) * factor


@given(st.integers(0, 10**12))
def test_full_width_figures_and_separators_change_nothing(value):
    wide = str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert parse(wide) == parse(f"{value:,}") == value


@given(st.integers(-(10**14), 10**14), st.integers(0, 6))
def test_every_english_wording_of_a_value_is_read_back_as_that_value(units, places):
    value = Fraction(units, 10**places)
    for wording in figures.wordings(value):
        (figure,) = read_english(wording)
        assert value in figure.readings, wording


@given(st.integers(0, 10**15))
def test_a_number_in_english_words_is_read_back(value):
    (figure,) = read_english(figures.spelled(value))
    assert value in figure.readings


@given(st.integers(1, 10**6))
def test_ordinals_are_read_back(value):
    (figure,) = read_english(figures.ordinal(value))
    assert value in figure.readings


@given(st.text("一二三四五六七八九十百千万亿零〇点两第成分之0123456789.,%％—-至余多个年", max_size=12))
def test_no_run_of_numeral_characters_breaks_the_reader(text):
    for number in numbers(text):
        assert 0 <= number.start < number.stop <= len(text)
    for constraint in amounts(Sentence("-", text, (text,))):
        assert text[constraint.start : constraint.stop] == constraint.source


@pytest.mark.parametrize("text", ["", "万", "点", "一带", "二十百", "一万一万", "十百", "三点", "1.2.3"])
def test_what_is_no_numeral_is_refused(text):
    with pytest.raises(ValueError, match=r"numeral|digit|order|twice"):
        parse(text)


def test_half_width_text_keeps_every_position():
    assert halfwidth("３．５％，") == "3.5%,"


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("3.5%", Fraction(7, 200), Kind.PERCENT),
        ("三成五", Fraction(3, 10), Kind.PERCENT),
        ("三成半", Fraction(35, 100), Kind.PERCENT),
        ("2.5个百分点", Fraction(1, 40), Kind.POINTS),
        ("3‰", Fraction(3, 1000), Kind.PERMILLE),
        ("三分之二", Fraction(2, 3), Kind.FRACTION),
        ("第十二届", Fraction(12), Kind.ORDINAL),
        ("七八个", Fraction(7), Kind.APPROXIMATE),
        ("零下5度", Fraction(-5), Kind.CARDINAL),
        ("负五度", Fraction(-5), Kind.CARDINAL),
        ("三万五", Fraction(35000), Kind.CARDINAL),
        ("一千五百", Fraction(1500), Kind.CARDINAL),
        ("33个省重点项目", Fraction(33), Kind.CARDINAL),
    ],
)
def test_each_kind_of_number_has_its_exact_value(text, value, kind):
    (number,) = numbers(text)
    assert (number.value, number.kind) == (value, kind)


def test_the_ends_of_a_range_share_scale_and_percent():
    assert [n.value for n in numbers("3—5万元")] == [30000, 50000]
    assert [n.value for n in numbers("3-5%")] == [Fraction(3, 100), Fraction(1, 20)]
    assert [n.value for n in numbers("9000至1万元")] == [9000, 10000]


def test_tenths_are_at_most_ten():
    assert [n.value for n in numbers("每10万成年人")] == [100000]


def test_small_plain_numbers_are_left_to_the_engine():
    assert fixed("推动33个省重点项目、20个市重点项目，提供1500张床位，用时3—5年，增长3.5%") == {}


def test_a_hotline_or_a_year_is_no_amount():
    assert fixed("拨打12345热线，2021年") == {}


def test_the_classifier_belongs_to_the_number_and_the_noun_does_not():
    assert fixed("1.2万家企业") == {"1.2万家": "12,000"}
    assert fixed("1.2万家庭") == {"1.2万": "12,000"}


def test_one_unit_is_singular():
    assert fixed("1亩地") == {"1亩": "1 mu"}
    assert "1 million yuan" in fixed("100万元").values()
    assert fixed("提高一个百分点") == {"一个百分点": "1 percentage point"}


def test_values_that_four_decimals_cannot_say_in_millions_stay_in_figures():
    assert fixed("12345678元") == {"12345678元": "12,345,678 yuan"}


def test_a_village_named_after_a_distance_is_no_amount():
    assert fixed("三里屯、十八里河、五里堡街道") == {}
