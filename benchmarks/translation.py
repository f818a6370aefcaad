"""`make bench`: how long each stage takes, how fast the translation is, and how Argos's own way compares.

Two sets: the seed page, and a hundred articles made from it. Each is built from nothing, by the code that `make` runs.
Argos's own way (`make bench-argos` sets up its environment) translates the same paragraphs, one call each; of the
hundred articles every tenth, unless --whole is given, since it takes minutes. Seconds of the clock and of the
processors are both given: other work on the machine changes the former most.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.articles import SEED, made
from pipeline import argos, build
from pipeline.cli.screen import Lines
from pipeline.document import Article, BlockKind
from pipeline.project import Choices, Project
from pipeline.translate import Decoding

ROOT = Path(__file__).parent.parent
ARGOS = ROOT / ".cache" / "argos" / "bin" / "python"


def processor() -> float:
    """Seconds of processor time so far, of this process and of those it has waited for."""
    return sum(os.times()[:4])


class Silent(Lines):
    """A watch that passes on complaints, and notes the processor time at which each stage begins."""

    def __init__(self) -> None:
        """Nothing has begun."""
        self.begun: dict[str, float] = {}

    def begin(self, stage: str, total: int, unit: str) -> None:
        """Says nothing."""
        del total, unit
        self.begun.setdefault(stage, processor())

    def seconds(self) -> dict[str, float]:
        """Processor time by stage, up to now for the last."""
        starts = [*self.begun.values(), processor()]
        return {stage: end - start for (stage, start), end in zip(self.begun.items(), starts[1:], strict=True)}


@dataclass(frozen=True, slots=True)
class Time:
    """How long a piece of work took."""

    clock: float
    processor: float

    def __str__(self) -> str:
        """As the table prints it."""
        return f"{self.clock:.1f} s (processors {self.processor:.1f} s)"


@dataclass(frozen=True, slots=True)
class Built:
    """One set, built."""

    articles: tuple[Article, ...]
    seconds: dict[str, Time]

    @property
    def sentences(self) -> list[str]:
        """All of them, in order."""
        return [sentence.text for article in self.articles for sentence in article.sentences()]


@contextlib.contextmanager
def project(texts: dict[str, str], model: Path | None) -> Iterator[Project]:
    """A new project with these articles and the shipped glossary; the process stands in it."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("articles").mkdir()
        for name, text in texts.items():
            Path("articles", name).write_text(text, "utf-8")
        shutil.copy(ROOT / "glossary.csv", ".")
        try:
            yield Project.at(Path(), Choices(model=str(model) if model else None))
        finally:
            os.chdir(before)


def built(texts: dict[str, str], jobs: int, model: Path | None) -> Built:
    """Builds them from nothing."""
    with project(texts, model) as here:
        watch = Silent()
        outcome = build.build(here, here.plan(), build.Run(watch, debug=True), jobs=jobs)
        burnt = watch.seconds()
    seconds = {stage: Time(clock, burnt[stage]) for stage, clock in outcome.seconds.items()}
    return Built(tuple(a for b in outcome.bulletins for a in b.articles), seconds)


def direct(sentences: Sequence[str], model: Path | None) -> Time:
    """The engine alone: every sentence once, in one call, no terms; loading not counted, as for Argos."""
    engine = argos.Argos(argos.find(model, cache=ROOT / ".cache"))
    engine.translate(["你好。"], Decoding())
    begun, burnt = time.perf_counter(), processor()
    engine.translate([sentence for sentence in sentences if engine.fits(sentence)], Decoding())
    return Time(time.perf_counter() - begun, processor() - burnt)


def argos_way(articles: Sequence[Article], model: Path | None) -> Time:
    """What Argos's own `translate()` takes for the blocks of these articles, a call each."""
    blocks = [block.text for article in articles for block in article.blocks if block.kind is not BlockKind.BYLINE]
    package = model or next((ROOT / "pipeline" / "data").glob("*.argosmodel"))
    done = subprocess.run(  # noqa: S603 - our own script
        [str(ARGOS), str(Path(__file__).with_name("argos_way.py")), str(package)],
        input=json.dumps(blocks), capture_output=True, text=True, check=True,
    )  # fmt: skip
    said = json.loads(done.stdout)
    return Time(said["translating"], said["processor"])


def report(name: str, texts: dict[str, str], *, jobs: int, every: int, model: Path | None) -> None:
    """Builds a set and prints its part of the table; `every` n-th article goes Argos's way."""
    result = built(texts, jobs, model)
    sentences = result.sentences
    print(f"\n## {name}: {len(result.articles)} articles, {len(sentences)} sentences\n")
    total = sum(seconds.clock for seconds in result.seconds.values())
    for stage, seconds in result.seconds.items():
        print(
            f"{stage:>10} {seconds.clock:7.2f} s {seconds.clock / total:5.0%}   processors {seconds.processor:7.2f} s"
        )
    print(f"{'all':>10} {total:7.2f} s; {len(sentences) / total:.1f} sentences/s from text to PDF")
    ours = result.seconds["translate"]
    print(f"\ntranslation under terms: {ours}, {len(sentences) / ours.clock:.1f} sentences/s (loading counted)")
    alone = direct(sentences, model)
    print(f"engine alone, no terms:  {alone}, {len(sentences) / alone.clock:.1f} sentences/s", flush=True)
    if ARGOS.exists():
        compare(result.articles[::every], len(sentences), ours, alone, model)


def compare(articles: Sequence[Article], number: int, ours: Time, alone: Time, model: Path | None) -> None:
    """Prints what Argos's own way takes for `articles`, and how many times as long a sentence takes there.

    `ours` and `alone` are for `number` sentences.
    """
    few = sum(1 for article in articles for _ in article.sentences())
    theirs = argos_way(articles, model)
    print(
        f"Argos's own translate(): {theirs} for {few} sentences, "
        f"{few / theirs.clock:.1f} a second (loading not counted)"
    )
    for name, time_ in (("without terms", alone), ("under terms", ours)):
        clock = theirs.clock / few / (time_.clock / number)
        processors = theirs.processor / few / (time_.processor / number)
        print(f"ratio {name}: {clock:.1f} times as fast by the clock, {processors:.1f} by processor time")


def main() -> None:
    """Both sets."""
    options = argparse.ArgumentParser(description="Time every stage, and compare with Argos's own way.")
    options.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="PDFs set at the same time")
    options.add_argument("--whole", action="store_true", help="all of the hundred articles Argos's way")
    options.add_argument("--articles", type=int, default=100, help="how many to make (100)")
    options.add_argument("--model", type=Path, help="an .argosmodel instead of the one that ships")
    chosen = options.parse_args()
    model = chosen.model.resolve() if chosen.model else None
    if not ARGOS.exists():
        print("Argos's own way is not set up: run make bench-argos to compare with it.")
    report("seed page", {SEED.name: SEED.read_text("utf-8")}, jobs=chosen.jobs, every=1, model=model)
    every = 1 if chosen.whole else 10
    report(f"{chosen.articles} articles", made(chosen.articles), jobs=chosen.jobs, every=every, model=model)


if __name__ == "__main__":
    main()
