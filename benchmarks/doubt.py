"""How far the model's own score tells poor English: `python -m benchmarks.doubt ../shared/eval/newstest2017 …`.

Of each PREFIX (PREFIX.zh, PREFIX.en) some sentences, spread evenly, are translated without terms and compared with
their references by sentence chrF. Poor is the fifth of each set with the lowest chrF: a rough judge, for it holds a
free but good translation against the model too. Printed for several limits: how many sentences fall below it, which
share of them is poor (a fifth would be by chance), which share of the poor falls below it, the mean chrF of both sides.
Last, how often the signs of a sentence gone astray are seen in all the references, where there should be none.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

import sacrebleu

from pipeline import argos
from pipeline.check import DOUBTED_BELOW, signs
from pipeline.document import Pair, PairOrigin, Request, Sentence
from pipeline.translate import Forgetful, translate

LIMITS = (-0.5, -0.6, DOUBTED_BELOW, -0.8, -0.9)
POOR = 5


def lines(prefix: str) -> list[tuple[str, str]]:
    """Chinese and English of every pair."""
    sides = (Path(f"{prefix}.{side}").read_text("utf-8").splitlines() for side in ("zh", "en"))
    return list(zip(*sides, strict=True))


def scored(prefix: str, limit: int, threads: int) -> list[tuple[float, float, bool]]:
    """Score, chrF and whether it is poor, of each sentence taken."""
    every = lines(prefix)
    chosen = [every[i * len(every) // limit] for i in range(min(limit, len(every)))]
    requests = [Request(Sentence(f"s{n}", zh, (zh,)), ()) for n, (zh, _) in enumerate(chosen)]
    engine = argos.Argos(argos.find(cache=Path(".cache")), threads=threads)
    pairs = translate(requests, engine, Forgetful())
    found = [
        (pair.score, sacrebleu.sentence_chrf(pair.target, [en]).score)
        for pair, (_, en) in zip(pairs, chosen, strict=True)
        if pair.score is not None
    ]
    worst = sorted(found, key=lambda one: one[1])[: len(found) // POOR]
    return [(score, chrf, (score, chrf) in worst) for score, chrf in found]


def shown(rows: Sequence[tuple[float, float, bool]]) -> None:
    """The table."""
    poor = sum(bad for _, _, bad in rows)
    print(f"{len(rows)} sentences, mean chrF {mean(chrf for _, chrf, _ in rows):.1f}, {poor} of them poor\n")
    print("| limit | below it | of these poor | of the poor | mean chrF below | above |")
    print("|---|---|---|---|---|---|")
    for limit in LIMITS:
        below, above = ([row for row in rows if (row[0] < limit) is side] for side in (True, False))
        if not below:
            continue
        hits = sum(bad for _, _, bad in below)
        means = [mean(chrf for _, chrf, _ in side) for side in (below, above)]
        print(
            f"| −{-limit:g} | {len(below)} ({len(below) / len(rows):.1%}) | {hits / len(below):.0%} "
            f"| {hits / poor:.0%} | {means[0]:.1f} | {means[1]:.1f} |"
        )


def main() -> int:
    """Translates, and prints both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("prefixes", nargs="+", metavar="PREFIX")
    parser.add_argument("--limit", type=int, default=200, metavar="N", help="sentences of each (200)")
    parser.add_argument("--threads", type=int, default=1, metavar="N", help="cores to use (1)")
    options = parser.parse_args()
    shown([row for prefix in options.prefixes for row in scored(prefix, options.limit, options.threads)])
    every = [pair for prefix in options.prefixes for pair in lines(prefix)]
    alarms = sum(bool(signs(Pair(Sentence("-", zh, (zh,)), en, (), PairOrigin.MODEL, ()))) for zh, en in every)
    print(f"\nSigns of a sentence gone astray in {alarms} of {len(every)} references.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
