"""What was translated once is there the next time, whatever happened in between."""

import sqlite3

import pytest

from pipeline.document import PairOrigin, TargetSpan
from pipeline.errors import PipelineError
from pipeline.memory import Memory
from pipeline.translate import Memo

MEMO = Memo("The High-tech Zone grew.", PairOrigin.MODEL, (TargetSpan(4, 18, 0),), -0.25, "inline")
UNSCORED = Memo("3 March", PairOrigin.FORCED, (), None, "split")


def test_what_is_remembered_is_recalled_exactly_by_a_later_run(tmp_path):
    with Memory(tmp_path / "cache" / "memory.sqlite") as memory:
        memory.remember({"a": MEMO, "b": UNSCORED})
    with Memory(tmp_path / "cache" / "memory.sqlite") as memory:
        assert memory.recall(["b", "a", "unknown"]) == {"a": MEMO, "b": UNSCORED}
        assert len(memory) == 2


def test_a_run_that_is_killed_keeps_what_it_committed(tmp_path):
    path = tmp_path / "memory.sqlite"
    killed = Memory(path)
    killed.remember({"a": MEMO})
    # Neither closed nor checkpointed: the next run opens the file as a kill would leave it.
    with Memory(path) as memory:
        assert memory.recall(["a"]) == {"a": MEMO}
    killed.close()


def test_two_runs_write_side_by_side(tmp_path):
    with Memory(tmp_path / "m.sqlite") as one, Memory(tmp_path / "m.sqlite") as two:
        one.remember({"a": MEMO})
        two.remember({"a": UNSCORED, "b": MEMO})
        assert one.recall(["a", "b"]) == {"a": UNSCORED, "b": MEMO}


def test_thousands_of_keys_are_asked_for_in_one_go(tmp_path):
    memos = {f"key {n}": MEMO for n in range(2_345)}
    with Memory(tmp_path / "m.sqlite") as memory:
        memory.remember(memos)
        assert memory.recall([*memos, "unknown"]) == memos
        assert memory.recall([]) == {}


def test_a_file_that_is_no_memory_is_named_with_the_way_out(tmp_path):
    path = tmp_path / "m.sqlite"
    path.write_bytes(b"not a database, and longer than a header of SQLite's" * 10)
    with pytest.raises(PipelineError, match=r"m\.sqlite: cannot serve as memory .*; delete the file"):
        Memory(path)


def test_a_row_that_makes_no_sense_is_reported_and_not_used(tmp_path):
    path = tmp_path / "m.sqlite"
    with Memory(path) as memory:
        memory.remember({"a": MEMO})
    base = sqlite3.connect(path)
    with base:
        base.execute("UPDATE memo SET origin = 'hearsay'")
    base.close()
    with Memory(path) as memory, pytest.raises(PipelineError, match="hearsay"):
        memory.recall(["a"])
