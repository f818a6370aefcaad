"""Prints how fast 20,000 terms are matched over 10 MB of text, and a compiled `re` alternation of the same terms.

    .venv/bin/python -m benchmarks.matching [TEXT…]

Terms: glossary.csv and the term bank, filled up with pairs of their words, so that they begin and end alike. Text: the
files named, else the Chinese of ../shared/eval, else articles/; its lines over and over until there are 10 MB of UTF-8.

    scan   Glossary.scan over the whole text: every hit, before words are asked
    match  Glossary.match_all over the sentences: the word-boundary check where something hit, exceptions, overlaps,
           constraints made. Words were cut before, as `segment` does; jieba is not in the figure.

Then scan and match on 1 MB of articles/ alone, whose every sentence is full of terms: there the figure is what it costs
to make the constraints and rejections.
    re     finditer of the alternation, longest first, over a part of the text, for it is slow

MB are millions of bytes of UTF-8; time is process time, the best of three runs.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.document import Sentence
from pipeline.glossary import Entry, Glossary, fold, layered
from pipeline.segment.words import word_cutter
from pipeline.termbase import load, term_bank

ROOT = Path(__file__).parents[1]
ENTRIES = 20_000
MEGABYTES = 10
RE_SHARE = 0.02
"""Part of the text that the alternation gets."""


def megabytes(texts: Sequence[str]) -> float:
    """Millions of bytes of UTF-8."""
    return sum(len(text.encode()) for text in texts) / 1e6


def glossary_of(size: int) -> Glossary:
    """The project's terms and, up to `size`, pairs of halves of them."""
    own = layered([load(ROOT / "glossary.csv").glossary, term_bank().applied])
    draw, sources = random.Random(1), [entry.source for entry in own.firing]  # noqa: S311 - no secret
    halves = [source[: len(source) // 2 + 1] for source in sources]
    made = {fold(entry.source): entry for entry in own.firing}
    while len(made) < size:
        pair = "".join(draw.sample(halves, 2))
        made.setdefault(fold(pair), Entry(pair, "made up"))
    return Glossary(made.values())


def sentences_of(paths: Sequence[Path], terms: Glossary, size: float) -> list[Sentence]:
    """The lines of the files over and over, `size` MB of them, cut into words once."""
    cut = word_cutter(entry.source for entry in terms)
    lines = dict.fromkeys(line for path in paths for line in path.read_text("utf-8").splitlines() if line.strip())
    once = [Sentence(f"s{n}", line, tuple(cut(line))) for n, line in enumerate(lines)]
    return once * (int(size / megabytes([sentence.text for sentence in once])) + 1)


def rate(size: float, run: Callable[[], int], times: int = 3) -> tuple[float, int]:
    """MB/s of the best of some runs, and what the run counted."""
    best, counted = float("inf"), 0
    for _ in range(times):
        began = time.process_time()
        counted = run()
        best = min(best, time.process_time() - began)
    return size / best, counted


def measured(paths: Sequence[Path], terms: Glossary, size: float) -> tuple[str, float]:
    """The rows on one text, and the rate of scanning."""
    sentences = sentences_of(paths, terms, size)
    text = "\n".join(sentence.text for sentence in sentences)
    size = megabytes([text])
    scan, hits = rate(size, lambda: len(terms.scan(text)))
    match, taken = rate(size, lambda: sum(len(found.constraints) for found in terms.match_all(sentences)))
    print(f"{size:.1f} MB of {', '.join(path.name for path in paths)}: {len(sentences)} sentences")
    print(f"  scan  {scan:8.2f} MB/s  {hits} hits")
    print(f"  match {match:8.2f} MB/s  {taken} constraints")
    return text, scan


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", nargs="*", type=Path)
    articles = sorted((ROOT / "articles").glob("*.txt"))
    terms = glossary_of(ENTRIES)
    began = time.process_time()
    terms.scan("")
    print(f"{len(terms)} entries, automaton built in {time.process_time() - began:.2f} s")
    text, scan = measured(
        parser.parse_args().text or sorted((ROOT / "../shared/eval").glob("*.zh")) or articles, terms, MEGABYTES
    )
    part = text[: int(len(text) * RE_SHARE)]
    alternation = re.compile("|".join(sorted((re.escape(e.source) for e in terms), key=len, reverse=True)))
    slow, found = rate(megabytes([part]), lambda: sum(1 for _ in alternation.finditer(part)), times=1)
    print(
        f"  re    {slow:8.2f} MB/s  {found} hits in {megabytes([part]):.2f} MB; scan is {scan / slow:.0f} times as fast"
    )
    measured(articles, terms, 1)


if __name__ == "__main__":
    main()
