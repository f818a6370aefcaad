"""Prints how long 20,000 corrections take to come in, and how much memory hand-outs of 1,000 bulletins need to go out.

    .venv/bin/python -m benchmarks.review [--corrections 20000] [--bulletins 10 100 1000]

The sentences are those of the bulletin in output/ that has most, again and again, each copy with Chinese and English
of its own.

    import  `bulletin review import` of one workbook for every bulletin, each sentence corrected: one word after the
            middle replaced by another, as a reviewer does who leaves terms and numbers alone. Files are read, every
            correction is compared and checked, memory.tmx written. Then the same once more, when all of it is known;
            and once in another project with a word more at either end of every sentence, so that nothing in it can be
            taken as checked before.
    export  `bulletin review export` in a process of its own: .xlsx, .docx and .xlf of each bulletin, and the most
            memory that the process ever held. It must not grow with the number of bulletins.

Seconds are of the clock, in a process of its own, Python's start included; those of the processor say what it takes
where nothing else runs. The memory is what Linux calls VmHWM.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from pipeline.review.columns import HEADER
from pipeline.review.values import mark

ROOT = Path(__file__).parents[1]
_EXPORT = """
import re
from pathlib import Path
from pipeline.cli import reviews
from pipeline.project import Choices, Project
project = Project.at(Path(), Choices())
slugs = [path.parent.name for path in sorted(project.output.glob("*/report.json"))]
print(sum(1 for _ in reviews.handed(project, slugs, ("xlsx", "docx", "xlf"))), end=" ")
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


def main() -> None:
    """Runs both and prints what they took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corrections", type=int, default=20_000)
    parser.add_argument("--bulletins", type=int, nargs="+", default=[10, 100, 1000])
    options = parser.parse_args()
    report = max(
        (json.loads(path.read_text("utf-8")) for path in ROOT.glob("output/*/report.json")),
        key=lambda said: len(said["sentences"]),
    )
    with tempfile.TemporaryDirectory() as folder:
        came_in(Path(folder), report, options.corrections)
    for number in options.bulletins:
        with tempfile.TemporaryDirectory() as folder:
            went_out(Path(folder), report, number)


def came_in(folder: Path, report: dict[str, Any], corrections: int) -> None:
    """Corrected workbooks of as many bulletins as it takes: imported twice; and rewritten ones, imported once."""
    number = -(-corrections // len(report["sentences"]))
    for place, wish, runs in (("one", correction, ("", " once more")), ("two", rewriting, (", rewritten",))):
        files, project = [], folder / place
        for copy in printed(project, report, number):
            files.append(project / f"{copy['bulletin']}.xlsx")
            corrected(files[-1], copy, wish)
        for what in runs:
            done, seconds, busy = run(["-m", "pipeline", "review", "import", *map(str, files)], project)
            summary = next(line for line in done.splitlines() if "approved as printed" in line)
            size = f"{number * len(report['sentences']):,} corrections in {number} workbooks"
            print(f"import{what}: {size}: {seconds:.2f} s, {busy:.2f} s of the processor: {summary}")


def went_out(folder: Path, report: dict[str, Any], number: int) -> None:
    """Hand-outs of a number of bulletins."""
    for _ in printed(folder, report, number):
        pass
    done, seconds, busy = run(["-c", _EXPORT], folder)
    files, kilobytes = done.split()
    print(f"export: {number} bulletins: {files} files in {seconds:.1f} s, {busy:.1f} s of the processor,", end=" ")
    print(f"at most {int(kilobytes) / 1024:.0f} MB of memory")


def printed(folder: Path, report: dict[str, Any], number: int) -> Iterator[dict[str, Any]]:
    """Copies of a report in output/, told apart by three letters at the end of every sentence, Chinese and English."""
    for index in range(number):
        digits = [index // 20**place % 20 for place in range(3)]
        chinese, english = ("".join(chr(first + digit) for digit in digits) for first in (0x5F00, ord("a")))
        sentences = [
            {**sentence, "source": sentence["source"] + chinese, "target": f"{sentence['target']} {english}"}
            for sentence in report["sentences"]
        ]
        copy = {**report, "bulletin": f"page-{index:04}", "sentences": sentences}
        path = folder / "output" / copy["bulletin"] / "report.json"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(copy, ensure_ascii=False), "utf-8")
        yield copy


def corrected(path: Path, report: dict[str, Any], wish: Callable[[dict[str, Any]], str]) -> None:
    """The hand-out of a report as it comes back, every sentence corrected as wished."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("review")
        for column, name in enumerate(HEADER):
            page.write_string(0, column, name)
        for row, sentence in enumerate(report["sentences"], start=1):
            said = {
                "Id": sentence["id"],
                "Chinese": sentence["source"],
                "English": sentence["target"],
                "Correction": wish(sentence),
                "Bulletin": report["bulletin"],
                "Print": mark(sentence["target"]),
            }
            for column, name in enumerate(HEADER):
                page.write_string(row, column, said.get(name, ""))


def correction(sentence: dict[str, Any]) -> str:
    """The English with one word changed that is in no term and no number, where there is one; else a word more."""
    english = sentence["target"]
    taken = [(start, stop) for constraint in sentence["constraints"] for start, stop in constraint["at"]]
    for word in re.finditer(r"(?<=\s)[a-z]{5,}(?=\s)", english):
        free = all(word.end() <= start or stop <= word.start() for start, stop in taken)
        if free and word.start() > len(english) // 2:
            return f"{english[: word.start()]}revised{english[word.end() :]}"
    return f"{english} Indeed"


def rewriting(sentence: dict[str, Any]) -> str:
    """The English with another word at its head and at its end."""
    return f"Now {sentence['target']} Indeed"


def run(arguments: list[str], folder: Path) -> tuple[str, float, float]:
    """What a Python process in a folder prints, its seconds, and those that a processor was busy with it."""
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    begun, before = time.perf_counter(), os.times()
    command = [sys.executable, *arguments]
    done = subprocess.run(  # noqa: S603 - this Python
        command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False
    )
    after = os.times()
    if not done.stdout:
        raise SystemExit(done.stderr)
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    return done.stdout, time.perf_counter() - begun, busy


if __name__ == "__main__":
    main()
