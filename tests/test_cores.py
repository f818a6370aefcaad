"""Work on all cores: the same results in the same order, whatever becomes of the children."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from pipeline.cores import on_all_cores

pytestmark = pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="forks where Linux does")

BEGIN = """
import os, signal, threading, time
os.sched_getaffinity = lambda _: range(3)
from pipeline.cores import on_all_cores
parent = os.getpid()
"""


def outcome(script):
    """What a process prints whose only thread runs the script on three cores."""
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + script], capture_output=True, text=True, timeout=30, check=False
    )
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_results_come_in_the_order_of_the_values_from_as_many_processes_as_there_are_cores():
    script = """
made = on_all_cores(lambda value: (value * value, os.getpid()), range(100), least=10)
print([square for square, _ in made] == [value * value for value in range(100)], len({process for _, process in made}))
"""
    assert outcome(script) == "True 3"


@pytest.mark.parametrize(("values", "processes"), [(0, 0), (1, 1), (19, 1), (20, 2), (29, 2), (30, 3)])
def test_a_core_that_had_too_little_to_do_is_not_asked(values, processes):
    script = f"print(len(set(on_all_cores(lambda _: os.getpid(), range({values}), least=10))))"
    assert outcome(script) == str(processes)


def test_what_a_killed_child_did_not_finish_is_done_by_its_parent():
    script = """
def work(value):
    if value == 50 and os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return -value
print(on_all_cores(work, range(100), least=10) == [-value for value in range(100)])
"""
    assert outcome(script) == "True"


def test_what_is_raised_in_a_child_is_raised():
    script = "on_all_cores(lambda value: 1 // (value - 50), range(100), least=10)"
    assert outcome(script).startswith("ZeroDivisionError")


def test_a_result_larger_than_a_pipe_comes_through():
    script = "print(sum(map(len, on_all_cores(lambda value: 'x' * 100_000, range(60), least=10))))"
    assert outcome(script) == "6000000"


def test_beside_other_threads_nothing_is_forked():
    script = """
threading.Thread(target=time.sleep, args=(1,), daemon=True).start()
print(len(set(on_all_cores(lambda _: os.getpid(), range(100), least=10))))
"""
    assert outcome(script) == "1"


def test_children_of_a_killed_parent_end_by_themselves():
    script = """
import pathlib, sys
def work(value):
    if os.getpid() == parent:
        os.kill(parent, signal.SIGKILL)
    time.sleep(.02)
    return 'x' * 100_000
on_all_cores(work, range(60), least=10)
"""
    # The outputs are at their end when the last process has let go of them.
    done = subprocess.run([sys.executable, "-c", BEGIN + script], capture_output=True, timeout=30, check=False)
    assert done.returncode == -signal.SIGKILL


def test_one_core_does_it_like_map():
    assert on_all_cores(str, range(5), least=10) == list("01234")
