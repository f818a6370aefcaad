"""Step 1: clean parallel text, take out every pair that touches an evaluation set, and shuffle.

    python clean.py DATA --eval ../shared/eval CORPUS.tsv.xz[:WEIGHT] ...

A corpus is `zh<TAB>en` lines, xz or gzip. Writes DATA/pairs.tsv: `weight<TAB>zh<TAB>en`; the weight says how often an
epoch shows the pair (0.5: every other epoch). Prints what each corpus gave and how many pairs the evaluation sets cost.
"""

import argparse
import gzip
import lzma
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]")
BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff，。、；：！？（）“”《》]) (?=[\u4e00-\u9fff，。、；：！？（）“”《》])")
BEFORE_MARK = re.compile(r" +(?=[,.;:!?%)\]](?:\s|$))|(?<=[(\[]) +")
QUOTES = str.maketrans("“”„‟‘’‚′`", "\"\"\"\"'''''")
SHARED_RUN = 14
"""So many Chinese characters in a row in common with an evaluation sentence, and the pair is out."""


def normalised(zh: str, en: str) -> tuple[str, str]:
    """White space folded; no blanks between Han; English punctuation closed up and its quotation marks straight."""
    zh, en = BETWEEN_HAN.sub("", " ".join(zh.split())), " ".join(en.translate(QUOTES).split())
    return zh, BEFORE_MARK.sub("", en)


def is_usable(zh: str, en: str) -> bool:
    """Whether the pair looks like a sentence and its translation: scripts, lengths and their ratio."""
    han, latin = len(HAN.findall(zh)), len(LATIN.findall(en))
    if not (2 <= len(zh) <= 220 and 3 <= len(en) <= 700) or HAN.search(en):
        return False
    if han < 0.4 * len(zh) or latin < 0.5 * len(en):
        return False
    return 0.25 <= (len(en.split()) + 1) / (han + 1) <= 1.6


def bare(text: str) -> str:
    """The text without white space and punctuation, in lower case."""
    return re.sub(r"[\W_]+", "", text).lower()


def runs(zh: str) -> Iterator[str]:
    """Every run of `SHARED_RUN` characters of the bare text."""
    return (zh[i : i + SHARED_RUN] for i in range(len(zh) - SHARED_RUN + 1))


class EvaluationSets:
    """Knows every evaluation sentence, whole and in runs of characters."""

    def __init__(self, folder: Path) -> None:
        """Read each NAME.zh and NAME.en in `folder`."""
        chinese = [bare(line) for path in folder.glob("*.zh") for line in path.read_text("utf-8").splitlines()]
        english = [bare(line) for path in folder.glob("*.en") for line in path.read_text("utf-8").splitlines()]
        self.whole = {text for text in chinese + english if len(text) > 3}
        self.runs = {run for text in chinese for run in runs(text)}

    def touches(self, zh: str, en: str) -> bool:
        """Whether either bare side is an evaluation sentence or the Chinese shares a run with one."""
        return zh in self.whole or en in self.whole or not self.runs.isdisjoint(runs(zh))


def lines(path: Path) -> Iterator[str]:
    """Lines of an xz or gzip file."""
    with (lzma if path.suffix == ".xz" else gzip).open(path, "rt", encoding="utf-8") as file:
        yield from file


def read(corpora: list[str], held_out: EvaluationSets) -> list[tuple[float, str, str]]:
    """Usable pairs of all corpora, each once, with its weight; prints the counts."""
    seen, pairs, leaked = set(), [], 0
    for spec in corpora:
        path, _, weight = spec.partition(":")
        counts = Counter()
        for line in lines(Path(path)):
            cells = line.rstrip("\n").split("\t")
            counts["read"] += 1
            if len(cells) < 2:
                continue
            zh, en = normalised(cells[0], cells[1])
            if not is_usable(zh, en):
                continue
            bare_zh, bare_en = bare(zh), bare(en)
            key = hash((bare_zh, bare_en))
            if key in seen:
                continue
            seen.add(key)
            if held_out.touches(bare_zh, bare_en):
                counts["evaluation"] += 1
                continue
            pairs.append((float(weight or 1), zh, en))
            counts["kept"] += 1
        leaked += counts["evaluation"]
        print(f"{Path(path).name}: {counts['kept']} of {counts['read']} kept, {counts['evaluation']} touch an evaluation set", flush=True)
    print(f"{len(pairs)} pairs; {leaked} taken out because they touch an evaluation sentence", flush=True)
    return pairs


def main() -> None:
    """Run the step."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("data", type=Path)
    options.add_argument("corpora", nargs="+")
    options.add_argument("--eval", type=Path, required=True)
    chosen = options.parse_args()
    pairs = read(chosen.corpora, EvaluationSets(chosen.eval))
    random.Random(1).shuffle(pairs)
    chosen.data.mkdir(parents=True, exist_ok=True)
    with (chosen.data / "pairs.tsv").open("w", encoding="utf-8") as file:
        file.writelines(f"{weight:g}\t{zh}\t{en}\n" for weight, zh, en in pairs)


if __name__ == "__main__":
    main()
