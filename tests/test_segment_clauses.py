"""A sentence beyond the model's window: cut where it hurts least, every part fitting, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.segment import clauses


def within(most: int):
    """A window of so many characters."""
    return lambda text: len(text) <= most


def test_what_fits_stays_whole():
    assert clauses("高新区，管委会；党工委。", within(20)) == ("高新区，管委会；党工委。",)
    assert clauses("", within(20)) == ()


@pytest.mark.parametrize(
    ("marked", "window"),
    [
        ("完善机制，推进改革；|加强领导，落实责任。", 12),
        ("完善机制，|推进改革，加强领导。", 12),
        ("会议要求：|完善机制推进改革。", 12),
        ("教育医疗养老、|就业住房文化。", 10),
        ("推进“甲；乙，丙；丁”行动，|建设国际一流园区。", 16),
        ("推进（甲；乙，丙；丁）行动，|建设国际一流园区。", 16),
        ("建设“一流园区；”|推进改革创新发展。", 12),
        ("总投资1,200,000元，|建设3,500米大道。", 16),
        ("会议于10:30开始，|全体人员准时参加。", 14),
    ],
)
def test_a_long_sentence_is_cut_at_the_strongest_mark_outside_brackets_and_quotes(marked, window):
    assert clauses(marked.replace("|", ""), within(window)) == tuple(marked.split("|"))


def test_of_equal_marks_the_one_nearest_the_middle_is_taken():
    assert clauses("甲，乙丙丁戊己庚，辛壬癸子丑，寅", within(12)) == ("甲，乙丙丁戊己庚，", "辛壬癸子丑，寅")


def test_brackets_are_opened_only_when_nothing_else_helps():
    assert clauses("“甲乙丙；丁戊己，庚辛壬”", within(8)) == ("“甲乙丙；", "丁戊己，庚辛壬”")


def test_numbers_and_latin_words_are_cut_last():
    assert clauses("建设1234567890区", within(12)) == ("建设", "1234567890区")
    assert clauses("1234567890", within(5)) == ("12345", "67890")


def test_what_can_never_fit_is_an_error():
    with pytest.raises(ValueError, match="no part of '高' fits"):
        clauses("高新区", lambda _: False)


@given(st.text(alphabet='高新区建设12a，、；：。“”（）《》" ,;'), st.integers(1, 30))
def test_every_part_fits_and_joined_they_are_the_text(text, window):
    assume(text)
    parts = clauses(text, within(window))
    assert "".join(parts) == text
    assert all(0 < len(part) <= window for part in parts)
