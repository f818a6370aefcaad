"""Edge: one pure function over many values, on all cores at once."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Value = TypeVar("Value")
Result = TypeVar("Result")


def on_all_cores(work: Callable[[Value], Result], values: Sequence[Value], *, least: int) -> list[Result]:
    """What `work` makes of each value, in order; a core has `least` values to work on, or is not asked.

    The others are worked on by forked children, which share all that is in memory and end by themselves: they wait for
    nobody, so none is left behind when this process is killed. What a child does not finish is done here, and raises
    here. Where a fork is not sound (other threads are running, or it is not Linux), all is done here.
    """
    parts = max(1, min(_cores(), len(values) // least))
    children = [_forked(work, values[number::parts]) for number in range(1, parts)]
    results: list[Any] = [None] * len(values)
    results[::parts] = map(work, values[::parts])
    for number, child in enumerate(children, start=1):
        made = _collected(*child)
        results[number::parts] = map(work, values[number::parts]) if made is None else made
    return results


def _cores() -> int:
    """How many this process may use, and can."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


def _forked(work: Callable[[Value], Result], values: Sequence[Value]) -> tuple[int, int]:
    """Begins a child; its process and the pipe that it will write to."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    # Or it would wait for itself to read, were there nobody else any more.
    os.close(reading)
    code = 1
    try:
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump([work(value) for value in values], pipe)
        code = 0
    finally:
        os._exit(code)  # nothing of the parent's is to be flushed or finished twice


def _collected(child: int, reading: int) -> list[Any] | None:
    """What a child made of its values; None where it did not come to its end."""
    with os.fdopen(reading, "rb") as pipe:
        written = pipe.read()
    _, status = os.waitpid(child, 0)
    return pickle.loads(written) if status == 0 else None  # noqa: S301 - our own child wrote it
