"""How well fixed terms are kept: `make bench-terms`, or `python -m benchmarks.terms [FOLDER] [--limit 150]`.

Counts on terminology_dev: 1,320 sentences of web novels, 1,704 terms given with them. HTML entities are read. A term
without Chinese, or whose Chinese does not occur in its sentence (266), cannot be asked for and is left out. Where terms
overlap, the longest at the leftmost place is asked for, as the glossary's matching does; a term given twice with
different English is asked for in the order given; one that stands more often than it was given, every time.

asked     constraints: what the English of the sentences must hold, once for each time it is asked for
success   share of them found by plain counting of the text, whatever the case (not by the ladder's own verification)
given     share of the terms as given, of those that occur, found at least once: nested and contradictory ones too
marks     sentences with a mark of the notation or a placeholder that is not in their source
faults    sentences that verification does not pass
split     sentences forced, and their share of those with terms
"""

from __future__ import annotations

import argparse
import html
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import sacrebleu

from pipeline.argos import Argos, find
from pipeline.document import Constraint, Origin, Pair, PairOrigin, Request, Sentence
from pipeline.translate import Decoding, Forgetful, translate
from pipeline.translate.ladder import LADDER, finished
from pipeline.translate.passage import Passage
from pipeline.translate.rungs import placeholder
from pipeline.translate.rungs.plain import PLAIN
from pipeline.translate.verify import verify

TOKENS = {
    "X1": [f"X{i}" for i in range(1, 9)],
    "T1": [f"T{i}" for i in range(1, 9)],
    "ID1": [f"ID{i}" for i in range(1, 9)],
    "TERM1": [f"TERM{i}" for i in range(1, 9)],
    "A": list("ABCDEFGH"),
    "AA": ["AA", "BB", "CC", "DD", "EE", "FF", "GG", "HH"],
    "XX": ["XX", "YY", "ZZ", "WW", "QQ", "KK", "VV", "JJ"],
    "9001": [f"900{i}" for i in range(1, 9)],
    "[1]": [f"[{i}]" for i in range(1, 9)],
    "<1>": [f"<{i}>" for i in range(1, 9)],
    "{1}": [f"{{{i}}}" for i in range(1, 9)],
    "#1": [f"#{i}" for i in range(1, 9)],
    "G20": ["G20", "5G", "F1", "B2B", "G7", "4K", "3D", "O2O"],
    "PI": ["PI", "IP", "IPO", "PPP", "AI", "WTO", "EU", "UN"],
}
"""Kinds of placeholder, eight of each."""

_PLACE = re.compile(r"(<!-- bench-terms -->).*(<!-- /bench-terms -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of the set."""

    request: Request
    given: tuple[str, ...]
    """English of the given terms whose Chinese occurs."""
    reference: str


def examples(folder: Path, limit: int) -> list[Example]:
    """The set, or `limit` sentences spread evenly over it."""
    base = folder / "terminology_dev"
    lines = [(base.with_suffix(suffix)).read_text("utf-8").splitlines() for suffix in (".zh", ".en", ".terms.jsonl")]
    rows = list(zip(*lines, strict=True))
    chosen = rows if not limit else [rows[i * len(rows) // limit] for i in range(limit)]
    return [_example(number, *row) for number, row in enumerate(chosen, 1)]


def _example(number: int, source: str, reference: str, terms: str) -> Example:
    text = html.unescape(source)
    wanted: dict[str, list[str]] = defaultdict(list)
    for term in json.loads(terms):
        if term["zh"] and html.unescape(term["zh"]) in text:
            wanted[html.unescape(term["zh"])].append(html.unescape(term["en"]))
    given = tuple(english for forms in wanted.values() for english in forms)
    return Example(Request(Sentence(f"s{number}", text, (text,)), tuple(_asked(text, wanted))), given, reference)


def _asked(text: str, wanted: dict[str, list[str]]) -> Iterable[Constraint]:
    if not wanted:
        return
    seen: Counter[str] = Counter()
    for found in re.finditer("|".join(map(re.escape, sorted(wanted, key=len, reverse=True))), text):
        source = found.group()
        target = wanted[source][min(seen[source], len(wanted[source]) - 1)]
        seen[source] += 1
        yield Constraint(found.start(), found.end(), source, target, Origin.GLOSSARY)


def success(pairs: Sequence[Pair]) -> tuple[int, int]:
    """How many terms stand in the English, of how many asked for; by counting, without regard to case."""
    kept = asked = 0
    for pair in pairs:
        for target, times in Counter(c.target.casefold() for c in pair.constraints).items():
            kept += min(times, pair.target.casefold().count(target))
            asked += times
    return kept, asked


def marks(pairs: Sequence[Pair], engine: Argos) -> int:
    """Sentences with a mark of the notation, or a placeholder, that their source does not hold."""
    notation = engine.package.markup or find(cache=Path(".cache")).markup
    signs = [*placeholder.TOKENS, *((notation.open, notation.separator, notation.close) if notation else ())]
    return sum(any(_stands(s, p.target) and not _stands(s, p.sentence.text) for s in signs) for p in pairs)


def _stands(sign: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(sign)}(?!\w)" if sign.isalnum() else re.escape(sign), text))


def chrf(texts: Sequence[str], references: Sequence[str]) -> float:
    """chrF2 (sacreBLEU), of a set."""
    return float(sacrebleu.corpus_chrf(list(texts), [list(references)]).score) if texts else 0.0


def timed(name: str, requests: Sequence[Request], engine: Argos) -> tuple[tuple[Pair, ...], str]:
    """The pairs; sentences a second, and CPU seconds in all, which other work on the machine does not change."""
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        print(f"{name}: {done} of {len(requests)}", file=sys.stderr, flush=True)

    started, burnt = time.perf_counter(), time.process_time()
    pairs = translate(requests, engine, Forgetful(), progress=tell)
    rate = len(requests) / (time.perf_counter() - started)
    return pairs, f"{rate:.1f} | {time.process_time() - burnt:.0f}"


def ladder_table(engines: dict[str, Argos], data: Sequence[Example]) -> Iterator[str]:
    """The whole ladder under each engine against the engine alone."""
    notes: list[str] = []
    free = [replace(example.request, constraints=()) for example in data]
    alone, speed = timed("unconstrained", free, next(iter(engines.values())))
    heads = (
        "success",
        "asked",
        "given",
        "marks",
        "faults",
        "split",
        "chrF2",
        "chrF2 with terms",
        "sentences/s",
        "CPU seconds",
    )
    yield "\n| engine | " + " | ".join(heads) + " |\n|---|" + "---|" * len(heads)
    yield _row("unconstrained", alone, data, next(iter(engines.values())), speed)
    for name, engine in engines.items():
        pairs, speed = timed(name, [example.request for example in data], engine)
        yield _row(name, pairs, data, engine, speed)
        rungs = Counter(pair.rung or "fixed" for pair in pairs if pair.constraints)
        total = sum(rungs.values())
        shares = ", ".join(f"{rung} {times} ({times / total:.1%})" for rung, times in rungs.most_common())
        notes.append(f"{name}, the sentences with terms: {shares}.")
    yield "\n" + "\n\n".join(notes)


def _row(name: str, pairs: Sequence[Pair], data: Sequence[Example], engine: Argos, speed: str) -> str:
    asked = [replace(pair, constraints=e.request.constraints) for pair, e in zip(pairs, data, strict=True)]
    bound = [i for i, example in enumerate(data) if example.request.constraints]
    kept, total = success(asked)
    given = [
        english.casefold() in pair.target.casefold() for pair, e in zip(pairs, data, strict=True) for english in e.given
    ]
    faults = sum(bool(verify(Passage(p.sentence.text, p.constraints), p.target, engine.markup).faults) for p in pairs)
    split = sum(pair.origin is PairOrigin.FORCED for pair in pairs)
    texts, references = [pair.target for pair in pairs], [example.reference for example in data]
    cells = (
        f"{kept / total:.2%}", f"{total}", f"{sum(given) / len(given):.1%}", f"{marks(pairs, engine)}", f"{faults}",
        f"{split} ({split / len(bound):.1%})", f"{chrf(texts, references):.1f}",
        f"{chrf([texts[i] for i in bound], [references[i] for i in bound]):.1f}", speed,
    )  # fmt: skip
    return f"| {name} | " + " | ".join(cells) + " |"


def rung_table(engine: Argos, data: Sequence[Example]) -> Iterator[str]:
    """Each rung alone on the sentences with terms: how many it can do, and how good it is where it can."""
    bound = [e for e in data if e.request.constraints and engine.fits(e.request.sentence.text)]
    passages = [Passage(e.request.sentence.text, e.request.constraints) for e in bound]
    plain = PLAIN.offer(passages, engine, Decoding())
    alone = [finished(p, o[0].text) for p, o in zip(passages, plain, strict=True)]
    heads = "rung alone", "sentences kept", "chrF2 there", "of the plain model there", "CPU seconds"
    yield "\n| " + " | ".join(heads) + " |\n|" + "---|" * len(heads)
    for place, rung in enumerate(LADDER, 1):
        started = time.process_time()
        offers = rung.offer(passages, engine, Decoding())
        seconds = time.process_time() - started
        good = {i: text for i, offered in enumerate(offers) if (text := _first_kept(passages[i], offered, engine))}
        references = [bound[i].reference for i in good]
        kept = f"{len(good)} ({len(good) / len(bound):.1%})"
        scores = chrf(list(good.values()), references), chrf([alone[i] for i in good], references)
        yield f"| {place}. {rung.name} | {kept} | {scores[0]:.1f} | {scores[1]:.1f} | {seconds:.0f} |"


def _first_kept(passage: Passage, offers: Iterable[object], engine: Argos) -> str:
    texts = (finished(passage, offer.text) for offer in offers)  # type: ignore[attr-defined] # Offers
    return next((text for text in texts if not verify(passage, text, engine.markup).faults), "")


def placeholder_table(engine: Argos, data: Sequence[Example]) -> Iterator[str]:
    """Which kinds of placeholder come through the model exactly once each."""
    passages = [Passage(e.request.sentence.text, e.request.constraints) for e in data if e.request.constraints]
    few = [p for p in passages if len(p.constraints) <= 8 and engine.fits(p.text)]
    yield "\n| placeholder | sentences where all survive | single tokens |\n|---|---|---|"
    for name, tokens in TOKENS.items():
        beams = engine.translate([p.with_each(tokens[: len(p.constraints)]) for p in few], Decoding(2, 1))
        alive = [
            [_once(t, beam[0].text) for t in tokens[: len(p.constraints)]] for p, beam in zip(few, beams, strict=True)
        ]
        single = [token for sentence in alive for token in sentence]
        whole = sum(map(all, alive)) / len(alive)
        yield f"| `{name}` | {whole:.1%} | {sum(single) / len(single):.1%} |"


def _once(token: str, text: str) -> bool:
    return len(re.findall(rf"(?<![\w-]){re.escape(token)}(?![\w-])", text)) == 1


def main() -> None:
    """Prints the tables as Markdown; docs/terms.md keeps them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "folder",
        type=Path,
        nargs="?",
        default=Path("../shared/eval"),
        help="where terminology_dev.zh, .en and .terms.jsonl lie",
    )
    parser.add_argument("--limit", type=int, default=0, help="only so many sentences, spread over the set")
    parser.add_argument("--model", type=Path, help="an Argos package instead of the one in use")
    parser.add_argument("--only", choices=("ladder", "rungs", "placeholders"), help="one table alone")
    parser.add_argument("--write", type=Path, help="put the tables into this file, between its two marks")
    options = parser.parse_args()
    package = find(options.model, cache=Path(".cache"))
    data = examples(options.folder, options.limit)
    obeying = {"shipped": Argos(package)} if package.markup else {}
    engines = obeying | {"without terminology": Argos(replace(package, markup=None))}
    first = next(iter(engines.values()))
    tables: dict[str, Callable[[], Iterator[str]]] = {
        "placeholders": lambda: placeholder_table(first, data),
        "rungs": lambda: rung_table(first, data),
        "ladder": lambda: ladder_table(engines, data),
    }
    lines = [f"{package.title} ({package.sha256[:12]}), {len(data)} sentences of terminology_dev."]
    print(lines[0], flush=True)
    for name, table in tables.items():
        for line in table() if options.only in (None, name) else ():
            print(line, flush=True)
            lines.append(line)
    if options.write:
        text = "\n".join(lines)
        written = re.sub(_PLACE, lambda found: f"{found[1]}\n{text}\n{found[2]}", options.write.read_text("utf-8"))
        options.write.write_text(written, "utf-8")


if __name__ == "__main__":
    main()
