"""Score the English of an Argos package.

    python -m training.evaluate [--model PATH] [--eval ../shared/eval] [--limit N] [--write docs/model.md]

Runs in the pipeline's own environment, through the pipeline's engine, and prints sacreBLEU and chrF2 with their
signatures, the share of terms obeyed with and without the inline notation, and sentences a second. With `--write`, the
table replaces the one between the two marks in that file.
"""

import argparse
import json
import time
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import sacrebleu

from pipeline.argos import Argos, find
from pipeline.translate.engine import Decoding, Markup

MARKS = ("<!-- evaluate -->", "<!-- /evaluate -->")
SHIPPED_DECODING = Decoding(hypotheses=1)


@dataclass(frozen=True)
class Line:
    """One row of the table."""

    what: str
    sentences: int
    bleu: float
    chrf: float
    terms: str
    speed: float

    def markdown(self) -> str:
        """A row."""
        return f"| {self.what} | {self.sentences} | {self.bleu:.1f} | {self.chrf:.1f} | {self.terms} | {self.speed:.0f} |"


def read(path: Path, limit: int | None) -> list[str]:
    """Lines, HTML entities resolved."""
    return [unescape(line) for line in path.read_text(encoding="utf-8").splitlines()[:limit]]


def with_terms(text: str, terms: list[tuple[str, str]], markup: Markup) -> str:
    """The source with each term's first occurrence written in the model's notation, longer terms first."""
    taken: list[tuple[int, int, str]] = []
    for zh, en in sorted(terms, key=lambda term: -len(term[0])):
        at = text.find(zh)
        if at >= 0 and all(at + len(zh) <= a or b <= at for a, b, _ in taken):
            taken.append((at, at + len(zh), f"{markup.open}{zh}{markup.separator}{en}{markup.close}"))
    for a, b, new in sorted(taken, reverse=True):
        text = text[:a] + new + text[b:]
    return text


def obeyed(terms: list[list[tuple[str, str]]], sources: list[str], english: list[str]) -> str:
    """Share of the terms that stand in the source whose English stands in the translation, whatever its case."""
    wanted = [(en, text) for given, source, text in zip(terms, sources, english, strict=True) for zh, en in given if zh in source]
    kept = sum(en.lower() in text.lower() for en, text in wanted)
    return f"{100 * kept / len(wanted):.1f} % of {len(wanted)}"


class Evaluation:
    """Translates and scores with one engine."""

    def __init__(self, engine: Argos) -> None:
        """Keeps the metrics, so that their signatures can be printed."""
        self.engine, self.bleu, self.chrf = engine, sacrebleu.BLEU(), sacrebleu.CHRF()

    def line(self, what: str, sources: list[str], references: list[str], terms: list | None = None, *, inline: bool = False) -> Line:
        """Translate, score, time."""
        given = sources
        if inline:
            given = [with_terms(text, wanted, self.engine.markup) for text, wanted in zip(sources, terms, strict=True)]
        began = time.perf_counter()
        usable = [text if self.engine.fits(text) else text[:150] for text in given]
        english = [found[0].text for found in self.engine.translate(usable, SHIPPED_DECODING)]
        seconds = time.perf_counter() - began
        return Line(what, len(sources), self.bleu.corpus_score(english, [references]).score,
                    self.chrf.corpus_score(english, [references]).score,
                    obeyed(terms, sources, english) if terms else "", len(sources) / seconds)


def table(engine: Argos, folder: Path, limit: int | None) -> str:
    """The whole table, as Markdown, and what it was made with."""
    evaluation = Evaluation(engine)
    lines = [evaluation.line(name, read(folder / f"{name}.zh", limit), read(folder / f"{name}.en", limit))
             for name in ("flores200_dev", "newstest2017")]
    zh, en = (read(folder / f"terminology_dev.{side}", limit) for side in ("zh", "en"))
    terms = [[(unescape(t["zh"]), unescape(t["en"])) for t in json.loads(row)]
             for row in (folder / "terminology_dev.terms.jsonl").read_text(encoding="utf-8").splitlines()[:limit]]
    lines.append(evaluation.line("terminology_dev, plain", zh, en, terms))
    if engine.markup:
        lines.append(evaluation.line("terminology_dev, inline terms", zh, en, terms, inline=True))
    head = ["| set | sentences | BLEU | chrF2 | terms in the English | sentences/s |", "|---|---|---|---|---|---|"]
    package = engine.package
    foot = [f"{package.title} ({package.origin}), sha256 `{package.sha256}`.",
            f"BLEU `{evaluation.bleu.get_signature()}`; chrF2 `{evaluation.chrf.get_signature()}`.",
            f"Decoding: {', '.join(f'{name} {value}' for name, value in SHIPPED_DECODING.described())}; one hypothesis, no other rung."]
    return "\n".join([*head, *(line.markdown() for line in lines), "", *foot])


def main() -> None:
    """Print the table; write it where asked."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--model", type=Path)
    options.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    options.add_argument("--limit", type=int)
    options.add_argument("--write", type=Path)
    a = options.parse_args()
    made = table(Argos(find(a.model, cache=Path(".cache/models"))), a.eval, a.limit)
    print(made)
    if a.write:
        text = a.write.read_text(encoding="utf-8")
        before, after = text.split(MARKS[0])[0], text.split(MARKS[1])[1]
        a.write.write_text(f"{before}{MARKS[0]}\n{made}\n{MARKS[1]}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
