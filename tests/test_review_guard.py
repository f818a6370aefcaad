"""What stands in a file where a number must be: a damaged file ends in no stranger way than a sound one."""

import pytest

from pipeline.review import guard


@pytest.mark.parametrize("said", ["", None, "abc", "-9", "1.5", "1e3", "½", "9" * 5000])
def test_what_is_no_number_or_beyond_all_measure_counts_as_if_nothing_were_said(said):
    assert guard.number(said, 7) == 7


@pytest.mark.parametrize(("said", "number"), [("0", 0), ("12", 12), ("٣", 3)])
def test_a_number_is_read(said, number):
    assert guard.number(said, 7) == number
