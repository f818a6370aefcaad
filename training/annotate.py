"""Step 2: write fixed terms into the source of a share of the pairs, so that the model learns to obey them.

    python annotate.py DATA [--share 0.3]

Reads DATA/pairs.tsv, aligns its words (eflomal), finds noun-like phrases whose words align to one run of English words,
and writes DATA/terms.tsv in the same form, where the source says ⟦source phrase⦂target phrase⟧. In some of them the
phrase asked for and the one in the reference are both exchanged for another, so that what is learnt is copying.
"""

import argparse
import random
import re
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import eflomal
import jieba
import jieba.posseg

from pack import HELD_BACK, read_pairs

HAN = re.compile(r"^[\u4e00-\u9fff]+$")
TOKEN = re.compile(r"[A-Za-z][A-Za-z'-]*|\d[\d.,]*|\S")
WORD = re.compile(r"^[A-Za-z][A-Za-z'-]*$|^\d[\d.,]*$")
ARTICLES = {"the", "a", "an"}
# Words at which no term begins or ends.
EN_EDGE = set("""a an the of in on at to for from by with and or but as is are was were be been being that this these those
it its he she they we you i his her their our your my not no which who whom whose what when where how why will would can
could shall should may might must do does did has have had if so than then there here also very more most some any all each
every into onto over under about after before between through during against while because until since such own same other
up down out off again too only just both few many much s t 's 't n't '""".split())
ZH_EDGE = set("""的 了 在 是 和 与 及 或 而 但 也 都 就 又 还 很 把 被 让 对 从 到 由 于 向 给 以 为 因 所 其 这 那 哪 什么 谁 我 你 他 她 它 们 有 没 不 无
没有 之 等 地 得 着 过 吗 呢 吧 啊 一个 一种 这个 那个 可以 可能 应该 必须 需要 已经 正在 将 会 能 要 来 去 说 看 想 做""".split())

Links = dict[int, set[int]]
Pair = tuple[float, str, str]


@dataclass(frozen=True)
class Words:
    """A text cut into words, and where each begins and ends in it."""

    text: str
    words: list[str]
    spans: list[tuple[int, int]]

    @classmethod
    def of_chinese(cls, text: str) -> "Words":
        """Words by jieba."""
        words, spans, at = jieba.lcut(text), [], 0
        for word in words:
            spans.append((at, at + len(word)))
            at += len(word)
        return cls(text, words, spans)

    @classmethod
    def of_english(cls, text: str) -> "Words":
        """Words, numbers and single marks."""
        spans = [m.span() for m in TOKEN.finditer(text)]
        return cls(text, [text[a:b] for a, b in spans], spans)

    def line(self) -> str:
        """The words with blanks between, as the aligner reads them (a blank word would shift the rest)."""
        return " ".join("␣" if w.isspace() else w.lower() for w in self.words) + "\n"


@dataclass(frozen=True)
class Phrase:
    """Word positions of a source phrase, [start, stop), and of the target phrase that it aligns to."""

    start: int
    stop: int
    low: int
    high: int


@dataclass
class Pool:
    """A sample of target phrases seen so far, to exchange others for."""

    rng: random.Random
    phrases: list[str] = field(default_factory=list)
    size: int = 200_000

    def add(self, phrase: str) -> None:
        """Keep the phrase, in place of a random one once the pool is full."""
        if len(self.phrases) < self.size:
            self.phrases.append(phrase)
        else:
            self.phrases[self.rng.randrange(self.size)] = phrase


def aligned(zh: list[Words], en: list[Words]) -> list[Links]:
    """For each pair, the English word positions of each Chinese word position: links found in both directions."""
    with tempfile.TemporaryDirectory() as folder:
        forward, backward = Path(folder, "forward"), Path(folder, "backward")
        eflomal.Aligner().align([z.line() for z in zh], [e.line() for e in en],
                                links_filename_fwd=str(forward), links_filename_rev=str(backward), quiet=True)
        found = []
        for a, b in zip(forward.read_text().splitlines(), backward.read_text().splitlines(), strict=True):
            links: Links = {}
            for link in set(a.split()) & set(b.split()):
                i, j = map(int, link.split("-"))
                links.setdefault(i, set()).add(j)
            found.append(links)
        return found


def is_noun(word: str, tags: dict[str, str]) -> bool:
    """Whether a term may end in this word: a noun by jieba's dictionary, or a longer word that it does not know (a name)."""
    tag = tags.get(word)
    return len(word) > 1 if tag is None else tag[0] == "n" or tag in {"vn", "an", "j", "l", "i"}


def source_spans(zh: list[str], links: Links, tags: dict[str, str]) -> list[tuple[int, int]]:
    """Runs of up to four aligned words, 2 to 12 characters, that a term could be."""
    spans = []
    for start in range(len(zh)):
        if not HAN.match(zh[start]) or zh[start] in ZH_EDGE or tags.get(zh[start], "n")[0] not in "nvabjli":
            continue
        for stop in range(start + 1, min(len(zh), start + 4) + 1):
            last = zh[stop - 1]
            if not HAN.match(last) or last in ZH_EDGE or stop - 1 not in links:
                break
            if 2 <= sum(map(len, zh[start:stop])) <= 12 and is_noun(last, tags):
                spans.append((start, stop))
    return spans


def phrases(zh: list[str], en: list[str], links: Links, tags: dict[str, str]) -> list[Phrase]:
    """Phrases that align to each other and to nothing else (consistent in the sense of Och and Ney, 2004)."""
    back: Links = {}
    for i, js in links.items():
        for j in js:
            back.setdefault(j, set()).add(i)
    found = []
    for start, stop in source_spans(zh, links, tags):
        targets = {j for i in range(start, stop) for j in links.get(i, ())}
        if not targets:
            continue
        low, high = min(targets), max(targets) + 1
        span = en[low:high]
        # A word beside the phrase that aligns to nothing may belong to it ("Henan" of "Henan University").
        alone = all(j in back or en[j].lower() in EN_EDGE or not WORD.match(en[j]) for j in (low - 1, high) if 0 <= j < len(en))
        inside = all(start <= i < stop for j in range(low, high) for i in back.get(j, ()))
        whole = all(j in back or en[j].lower() in EN_EDGE for j in range(low, high))
        clean_edges = span[0].lower() not in EN_EDGE and span[-1].lower() not in EN_EDGE
        if high - low <= 6 and alone and inside and whole and clean_edges and all(WORD.match(w) for w in span):
            found.append(Phrase(start, stop, low, high))
    return found


def chosen(found: list[Phrase], rng: random.Random) -> list[Phrase]:
    """One to four of the phrases, none touching another, longer ones somewhat likelier."""
    wanted = rng.choices((1, 2, 3, 4), (5, 4, 2, 1))[0]
    kept: list[Phrase] = []
    for p in sorted(found, key=lambda p: rng.random() - 0.25 * (p.stop - p.start)):
        if all((p.stop <= q.start or q.stop <= p.start) and (p.high <= q.low or q.high <= p.low) for q in kept):
            kept.append(p)
        if len(kept) == wanted:
            break
    return kept


def demanded(phrase: Phrase, en: Words, pool: Pool, rng: random.Random) -> tuple[str, int, str]:
    """What the source asks for, where the target phrase begins, and what the reference then says there.

    Sometimes the article in front belongs to the term; sometimes the phrase is another one, or in title case.
    """
    low, first = en.spans[phrase.low][0], phrase.low
    if first > 0 and en.words[first - 1].lower() in ARTICLES and rng.random() < 0.12:
        first -= 1
        low = en.spans[first][0]
    text = en.text[low : en.spans[phrase.high - 1][1]]
    starts_sentence = first == 0
    term = text
    if starts_sentence and text[1:2].islower() and text[1:] == text[1:].lower() and rng.random() < 0.8:
        term = text[0].lower() + text[1:]  # a glossary has the word as it stands inside a sentence
    draw = rng.random()
    if draw < 0.25 and pool.phrases:
        term = rng.choice(pool.phrases)
    elif draw < 0.32 and term.islower():
        term = term.title()
    else:
        if len(term) >= 4:
            pool.add(term)
        return term, low, text
    return term, low, term[0].upper() + term[1:] if starts_sentence else term


def annotated(zh: Words, en: Words, found: list[Phrase], pool: Pool, rng: random.Random) -> tuple[str, str]:
    """The pair with one to four of the phrases demanded in its source."""
    source, target = zh.text, en.text
    source_edits, target_edits = [], []
    for phrase in chosen(found, rng):
        term, low, said = demanded(phrase, en, pool, rng)
        a, b = zh.spans[phrase.start][0], zh.spans[phrase.stop - 1][1]
        source_edits.append((a, b, f"⟦{zh.text[a:b]}⦂{term}⟧"))
        target_edits.append((low, en.spans[phrase.high - 1][1], said))
    for a, b, new in sorted(source_edits, reverse=True):
        source = source[:a] + new + source[b:]
    for a, b, new in sorted(target_edits, reverse=True):
        target = target[:a] + new + target[b:]
    return source, target


def main() -> None:
    """Run the step."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("data", type=Path)
    options.add_argument("--share", type=float, default=0.3, help="of the pairs; those of weight 2 and more all take part")
    options.add_argument("--chunk", type=int, default=400_000, help="pairs aligned at a time")
    options.add_argument("--limit", type=int, help="use no more pairs than this")
    a = options.parse_args()
    rng, counts = random.Random(3), Counter()
    pool = Pool(rng)
    jieba.setLogLevel(60)
    jieba.posseg.initialize()
    tags = jieba.posseg.dt.word_tag_tab
    pairs: list[Pair] = [p for p in read_pairs(a.data / "pairs.tsv")[HELD_BACK:] if p[0] >= 2 or rng.random() < a.share]
    pairs = pairs[: a.limit]
    with (a.data / "terms.tsv").open("w", encoding="utf-8") as out:
        for start in range(0, len(pairs), a.chunk):
            chunk = pairs[start : start + a.chunk]
            zh, en = [Words.of_chinese(p[1]) for p in chunk], [Words.of_english(p[2]) for p in chunk]
            for (weight, _, _), z, e, links in zip(chunk, zh, en, aligned(zh, en), strict=True):
                found = phrases(z.words, e.words, links, tags)
                counts["annotated" if found else "no phrase"] += 1
                if found:
                    source, target = annotated(z, e, found, pool, rng)
                    out.write(f"{max(1.0, weight / 2):g}\t{source}\t{target}\n")
            print(start + len(chunk), dict(counts), flush=True)


if __name__ == "__main__":
    main()
