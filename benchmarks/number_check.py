"""How many planted errors the number check finds, and how often it cries wolf on references. Prints two tables.

    python -m benchmarks.number_check ../shared/eval/flores200_dev [PREFIX or TSV[.xz] …]

PREFIX stands for PREFIX.zh and PREFIX.en, a line a sentence; a TSV has Chinese and English in its first two columns.
Errors are planted one at a time into every figure of a reference (found by a pattern of this program's own, not by the
check's reader; names such as C919 and COVID-19 are left out): ten times as much, ten thousand times as much, its minus
or percent sign dropped, two neighbouring digits swapped. A pair on which the check already complains is counted under
false alarms and takes no part in planting. Any complaint counts, of whatever severity. Two figures of a sentence
exchanged for one another leave all values in place: the check can hardly see that by value, and its row says how often
it does all the same.
"""

from __future__ import annotations

import argparse
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from pipeline.check.numbers import numbers
from pipeline.document import Pair, PairOrigin, Sentence

FIGURE = re.compile(r"(?<![\w.,-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\d|[.,]\d|[A-Z])")
SIGNED = re.compile(r"(?<![\w-])[-−]\d[\d.,]*|\b(?:minus|negative) \d[\d.,]*|\d[\d.,]*(?: ?%| percent\b| per cent\b)")
FOUND_AT_LEAST, WOLF_AT_MOST = 0.98, 0.01


def read(path: str) -> Iterator[tuple[str, str]]:
    """Chinese and English of each pair."""
    if path.endswith((".tsv", ".tsv.xz")):
        opener = lzma.open if path.endswith(".xz") else open
        with opener(path, "rt", encoding="utf-8") as file:
            for line in file:
                zh, en, *_ = line.rstrip("\n").split("\t")
                yield zh, en
        return
    sides = (Path(f"{path}.{side}").read_text(encoding="utf-8").splitlines() for side in ("zh", "en"))
    yield from zip(*sides, strict=True)


def complaints(zh: str, en: str) -> list[str]:
    """What the number check says about a pair."""
    return [c.message for c in numbers(Pair(Sentence("-", zh, (zh,)), en, (), PairOrigin.MODEL, ()))]


def grown(figure: str, factor: int) -> str:
    """A figure a number of times as large, grouped as before."""
    value = Decimal(figure.replace(",", "")) * factor
    text = f"{value:,f}" if "," in figure else f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def planted(en: str) -> Iterator[tuple[str, str]]:
    """The kind of each error, and the English with it."""
    for match in FIGURE.finditer(en):
        for kind, factor in (("ten times as much", 10), ("ten thousand times", 10_000)):
            if Decimal(match[0].replace(",", "")):
                yield kind, en[: match.start()] + grown(match[0], factor) + en[match.end() :]
        for i, (left, right) in enumerate(pairwise(match[0])):
            if left != right and left.isdigit() and right.isdigit():
                swapped = match[0][:i] + right + left + match[0][i + 2 :]
                yield "digits swapped", en[: match.start()] + swapped + en[match.end() :]
    for match in SIGNED.finditer(en):
        bare = re.sub(r"[-−%]|minus |negative | percent| per cent", "", match[0]).rstrip()
        yield "sign dropped", en[: match.start()] + bare + en[match.end() :]


def exchanged(en: str) -> Iterator[tuple[str, str]]:
    """Neighbouring figures in each other's place."""
    for first, second in pairwise(FIGURE.finditer(en)):
        if first[0] != second[0]:
            between = en[first.end() : second.start()]
            yield (
                "figures exchanged (by value not to be seen)",
                en[: first.start()] + second[0] + between + first[0] + en[second.end() :],
            )


def measure(path: str, *, verbose: bool) -> bool:
    """Prints the figures of one file; whether they are as promised."""
    made, found, pairs, wolves, with_number = Counter[str](), Counter[str](), 0, 0, 0
    for zh, en in read(path):
        pairs += 1
        with_number += bool(FIGURE.search(en))
        if said := complaints(zh, en):
            wolves += 1
            _show(verbose, "alarm", zh, en, *said)
            continue
        for kind, wrong in (*planted(en), *exchanged(en)):
            made[kind] += 1
            seen = bool(complaints(zh, wrong))
            found[kind] += seen
            _show(verbose and not seen and kind in PROMISED, f"missed: {kind}", zh, wrong)
    print(f"\n{path}: {pairs} pairs, {with_number} with figures in the English")
    print(f"  {'false alarms on references':44} {wolves:6} of {pairs:6}  {wolves / pairs:7.2%}")
    for kind in made:
        print(f"  {kind:44} {found[kind]:6} of {made[kind]:6}  {found[kind] / made[kind]:7.2%}")
    share = sum(found[k] for k in PROMISED) / max(1, sum(made[k] for k in PROMISED))
    print(f"  {'planted errors found (without exchanged)':44} {'':16}  {share:7.2%}")
    return share >= FOUND_AT_LEAST and wolves <= WOLF_AT_MOST * pairs


PROMISED = ("ten times as much", "ten thousand times", "digits swapped", "sign dropped")


def _show(wanted: bool, what: str, *lines: str) -> None:  # noqa: FBT001 - a switch, passed by place in this program alone
    if wanted:
        print(what, *lines, sep="\n   ")


def main() -> int:
    """0 where the first file meets the promise (98 % found, at most 1 % false alarms), else 1."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--verbose", action="store_true", help="show each false alarm and each error that was missed")
    options = parser.parse_args()
    kept = [measure(path, verbose=options.verbose) for path in options.paths]
    verdict = "kept" if kept[0] else "BROKEN"
    promise = f"{FOUND_AT_LEAST:.0%} found, at most {WOLF_AT_MOST:.0%} false alarms"
    print(f"\npromise on {options.paths[0]} ({promise}): {verdict}")
    return 0 if kept[0] else 1


if __name__ == "__main__":
    sys.exit(main())
