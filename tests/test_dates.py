"""Which times a Chinese text names, and which words stay as they are. The table of renderings is in test_numbers.py."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.constrain.dates import MONTHS, dates, moments
from pipeline.constrain.numerals import chinese
from pipeline.document import Origin


def fixed(text):
    return {c.source: c.target for c in dates(text)}


def accepted(text):
    (constraint,) = dates(text)
    return constraint.forms


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_of_two_centuries_becomes_itself(day):
    text = f"{day.year}年{day.month}月{day.day}日"
    assert fixed(text) == {text: f"{MONTHS[day.month - 1]} {day.day}, {day.year}"}


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_a_day_in_chinese_numerals_is_the_same_day(day):
    year = "".join("〇一二三四五六七八九"[int(d)] for d in str(day.year))
    text = f"{year}年{chinese(day.month)}月{chinese(day.day)}日"
    assert list(fixed(text).values()) == [f"{MONTHS[day.month - 1]} {day.day}, {day.year}"]


@given(st.text("0123456789年月日号上下午晚至—时分点世纪代周一二十", max_size=14))
def test_moments_never_overlap_and_lie_within_the_text(text):
    found = moments(text)
    assert all(0 <= m.start < m.stop <= len(text) for m in found)
    assert all(left.stop <= right.start for left, right in pairwise(found))


def test_the_british_order_and_ordinals_are_accepted():
    assert {"4 March", "March 4th", "the 4th of March"} <= set(accepted("3月4日"))


def test_the_afternoon_of_a_day_is_one_with_it():
    (constraint,) = dates("2022年3月2日下午,北京天鸿控股集团到访")
    assert (constraint.source, constraint.target) == ("2022年3月2日下午", "the afternoon of March 2, 2022")
    assert constraint.origin is Origin.DATE


def test_the_hour_of_a_day_is_one_with_it():
    assert fixed("3月4日上午9时30分") == {"3月4日上午9时30分": "9:30 a.m. on March 4"}


def test_an_evening_paper_is_no_evening():
    assert fixed("3月4日晚报刊登") == {"3月4日": "March 4"}


@pytest.mark.parametrize(
    "text",
    [
        "13月5日",
        "2月30日",
        "3个月",
        "三个月",
        "第3月",
        "2021年经受考验",
        "“十四五”期间",
        "20年代",
        "下一年代",
        "5分钟",
        "一号线",
        "周一",
    ],
)
def test_what_names_no_day_is_left_alone(text):
    assert fixed(text) == {}


def test_a_decade_without_its_century_is_of_the_twentieth_from_the_thirties_on():
    assert fixed("90年代") == {"90年代": "the 1990s"}
    assert fixed("20世纪20年代") == {"20世纪20年代": "the 1920s"}
    assert fixed("本世纪20年代") == {"本世纪20年代": "the 2020s"}


def test_two_dates_beside_each_other_are_two():
    assert fixed("2017年4月1日和1993年3月19日") == {"2017年4月1日": "April 1, 2017", "1993年3月19日": "March 19, 1993"}


def test_a_time_that_follows_a_date_without_blank_does_not_run_into_the_next():
    assert fixed("下午3点 3月4日") == {"下午3点": "3 p.m.", "3月4日": "March 4"}


def test_noon_and_midnight_are_on_the_dial():
    assert fixed("中午上午12时") == {"上午12时": "12 p.m."}
    assert fixed("凌晨0时30分") == {"凌晨0时30分": "12:30 a.m."}
