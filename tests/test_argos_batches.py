"""Batches: every row once, widths that depend on nothing but the row, and work for every core."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.argos.batches import PIECES, STEP, batches

LENGTHS = st.lists(st.tuples(st.integers(1, 200), st.integers(0, 60)), max_size=80)


@given(LENGTHS, st.integers(1, 8))
def test_every_row_is_in_one_batch(lengths, threads):
    members = [i for batch in batches(lengths, threads=threads) for i in batch.members]
    assert sorted(members) == list(range(len(lengths)))


@given(LENGTHS, st.integers(1, 8))
def test_how_wide_and_deep_a_batch_is_depends_on_the_row_alone(lengths, threads):
    alone = [batches([length], threads=1)[0] for length in lengths]
    for batch in batches(lengths, threads=threads):
        assert all((alone[i].width, alone[i].depth) == (batch.width, batch.depth) for i in batch.members)


@given(LENGTHS, st.integers(1, 8))
def test_a_batch_is_as_wide_and_deep_as_it_says_by_a_row_of_its_own_or_by_a_filler(lengths, threads):
    for batch in batches(lengths, threads=threads):
        rows = [lengths[i] for i in batch.members]
        assert all(batch.width - STEP < width <= batch.width and depth <= batch.depth for width, depth in rows)
        assert batch.filler is ((batch.width, batch.depth) not in rows)


@given(LENGTHS, st.integers(1, 8))
def test_a_batch_holds_no_more_than_fits(lengths, threads):
    assert all(len(batch.members) * batch.width <= PIECES for batch in batches(lengths, threads=threads))


def test_equal_work_is_shared_between_the_cores_but_a_few_rows_stay_together():
    assert [len(batch.members) for batch in batches([(30, 0)] * 20, threads=2)] == [10, 10]
    assert [len(batch.members) for batch in batches([(30, 0)] * 4, threads=2)] == [4]


def test_the_largest_batch_comes_first():
    assert [batch.width for batch in batches([(5, 0), (90, 0), (40, 0)], threads=1)] == [96, 64, 32]
