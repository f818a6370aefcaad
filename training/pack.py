"""Step 3: train the joint SentencePiece model and pack sentence pairs as arrays of piece ids.

    python pack.py DATA [--vocab 24000] [--shard 200000]

Reads DATA/pairs.tsv and, where it is there, DATA/terms.tsv. Writes DATA/sentencepiece.model, DATA/target.vocab (the
pieces that the English side uses, so that the softmax is small), DATA/valid.npz.xz and DATA/train.NN.npz.xz, every shard
a random sample of the whole, so that training may begin with any of them.
"""

import argparse
import io
import lzma
import random
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import sentencepiece as spm

TERM_SYMBOLS = ["⟦", "⦂", "⟧"]
"""Never split: ⟦source term⦂required target⟧ is how a sentence carries a fixed term."""
HELD_BACK = 2000
"""The first so many pairs of pairs.tsv are for validation."""
# Two-byte ids compress better when the coder knows their width.
XZ = [{"id": lzma.FILTER_LZMA2, "preset": 6, "lc": 3, "lp": 1, "pb": 1}]


def read_pairs(path: Path) -> list[tuple[float, str, str]]:
    """Weight, Chinese, English of every line."""
    with path.open(encoding="utf-8") as file:
        cells = (line.rstrip("\n").split("\t") for line in file)
        return [(float(weight), zh, en) for weight, zh, en in cells]


def train_tokenizer(texts: Sequence[str], path: Path, vocab: int) -> None:
    """One unigram model for both languages; blanks and full-width forms normalised (NFKC)."""
    model = io.BytesIO()  # not model_prefix, which would write this machine's path into the model
    spm.SentencePieceTrainer.train(
        sentence_iterator=iter(texts), model_writer=model, vocab_size=vocab, model_type="unigram",
        character_coverage=0.9998, byte_fallback=True, user_defined_symbols=TERM_SYMBOLS, split_digits=True,
        normalization_rule_name="nmt_nfkc", unk_id=0, bos_id=1, eos_id=2, pad_id=3, num_threads=2,
        max_sentence_length=4000, minloglevel=1)
    path.write_bytes(model.getvalue())


@dataclass(frozen=True)
class Side:
    """Texts of one language as one flat array of ids and the length of each."""

    ids: np.ndarray
    lengths: np.ndarray

    @classmethod
    def encoded(cls, tokenizer: spm.SentencePieceProcessor, texts: Sequence[str], *, chunk: int = 100_000) -> "Side":
        """All texts, encoded `chunk` at a time."""
        rows = [np.array(ids, dtype=np.uint16) for at in range(0, len(texts), chunk)
                for ids in tokenizer.encode(list(texts[at : at + chunk]), num_threads=2)]
        return cls(np.concatenate(rows), np.array([row.size for row in rows], dtype=np.uint16))

    def part(self, low: int, high: int) -> "Side":
        """Texts [low, high)."""
        at = np.concatenate([[0], np.cumsum(self.lengths.astype(np.int64))])
        return Side(self.ids[at[low] : at[high]], self.lengths[low:high])


def english_pieces(tokenizer: spm.SentencePieceProcessor, en: Side, *, least: int = 5) -> np.ndarray:
    """Ids of the pieces kept for the target side: used at least so often, or a control symbol or a byte."""
    used = np.bincount(en.ids, minlength=tokenizer.get_piece_size())
    always = np.array([i < 4 or tokenizer.is_byte(i) for i in range(used.size)])
    return np.flatnonzero((used >= least) | always)


def write(path: Path, zh: Side, en: Side, weight: np.ndarray) -> None:
    """One xz-compressed npz."""
    buffer = io.BytesIO()
    np.savez(buffer, zh=zh.ids, zh_len=zh.lengths, en=en.ids, en_len=en.lengths, weight=weight)
    path.write_bytes(lzma.compress(buffer.getvalue(), filters=XZ))


def main() -> None:
    """Run the step."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("data", type=Path)
    options.add_argument("--vocab", type=int, default=24_000)
    options.add_argument("--shard", type=int, default=200_000)
    options.add_argument("--sample", type=int, default=300_000, help="pairs that the tokenizer is trained on")
    a = options.parse_args()
    plain = read_pairs(a.data / "pairs.tsv")
    model = a.data / "sentencepiece.model"
    if not model.exists():
        ours = [p for p in plain if p[0] >= 2]
        train_tokenizer([text for p in ours + plain[: a.sample] for text in p[1:]], model, a.vocab)
    tokenizer = spm.SentencePieceProcessor(model_file=str(model))
    valid, pairs = plain[:HELD_BACK], plain[HELD_BACK:]
    if (terms := a.data / "terms.tsv").exists():
        pairs += read_pairs(terms)
    random.Random(5).shuffle(pairs)
    pairs = valid + pairs
    zh, en = (Side.encoded(tokenizer, [p[side] for p in pairs]) for side in (1, 2))
    kept = english_pieces(tokenizer, en)
    compact = np.zeros(tokenizer.get_piece_size(), dtype=np.uint16)  # what is not kept becomes <unk>, id 0
    compact[kept] = np.arange(kept.size)
    en = Side(compact[en.ids], en.lengths)
    (a.data / "target.vocab").write_text("".join(f"{tokenizer.id_to_piece(int(i))}\n" for i in kept), encoding="utf-8")
    weight = np.array([p[0] for p in pairs], dtype=np.float16)
    bounds = [0, *range(len(valid), len(pairs), a.shard), len(pairs)]
    names = ["valid", *(f"train.{i:02d}" for i in range(len(bounds) - 2))]
    with ProcessPoolExecutor(2) as workers:
        for name, low, high in zip(names, bounds, bounds[1:]):
            workers.submit(write, a.data / f"{name}.npz.xz", zh.part(low, high), en.part(low, high), weight[low:high])
    print(f"{len(pairs)} pairs, {zh.ids.size} Chinese and {en.ids.size} English pieces, target vocabulary {kept.size}")


if __name__ == "__main__":
    main()
