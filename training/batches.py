"""Sentence pairs packed into rows of fixed width, in an endless random order, by worker processes."""

import io
import lzma
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from model import IGNORED, Rows

BOS, EOS = 1, 2
STEPS_AN_EPOCH = 16
"""An epoch passes a shard in so many steps, each showing a pair of weight w about w / 16 times: copies lie far apart."""
OPEN_ROWS = 8
"""How many half-filled rows a sentence may choose from."""


@dataclass(frozen=True)
class Shape:
    """Rows in a batch, and their width on either side."""

    rows: int = 128
    source: int = 240
    target: int = 256


class Side:
    """Sentences of one language: flat ids, and where each begins."""

    def __init__(self, ids: np.ndarray, lengths: np.ndarray) -> None:
        self.ids, self.lengths = ids, lengths.astype(np.int64)
        self.at = np.concatenate([[0], np.cumsum(self.lengths)])

    def __getitem__(self, i: int) -> np.ndarray:
        return self.ids[self.at[i] : self.at[i + 1]]


class Shard:
    """Pairs of one file, and when each is due."""

    def __init__(self, path: Path) -> None:
        with np.load(io.BytesIO(lzma.decompress(path.read_bytes()))) as npz:
            self.zh, self.en = Side(npz["zh"], npz["zh_len"]), Side(npz["en"], npz["en_len"])
            self.weight = npz["weight"].astype(np.float64)
        self.phase = np.random.default_rng(0).random(self.weight.size)
        self.step = 0

    def due(self) -> np.ndarray:
        """Indices of the pairs that the next step shows; over an epoch, each as often as its weight says."""
        low, high = (self.phase + self.weight * t / STEPS_AN_EPOCH for t in (self.step, self.step + 1))
        self.step += 1
        return np.repeat(np.arange(self.weight.size), (np.floor(high) - np.floor(low)).astype(np.int64))


@dataclass
class Row:
    """Pairs that lie in one row, and the room that is left."""

    shape: Shape
    source: list[np.ndarray] = field(default_factory=list)
    target: list[np.ndarray] = field(default_factory=list)
    source_used: int = 0
    target_used: int = 0

    def takes(self, zh: np.ndarray, en: np.ndarray) -> bool:
        """Put the pair in if there is room."""
        source, target = self.source_used + zh.size + 1, self.target_used + en.size + 1
        if source > self.shape.source or target > self.shape.target:
            return False
        self.source.append(zh)
        self.target.append(en)
        self.source_used, self.target_used = source, target
        return True


def packed(pairs: Iterator[tuple[np.ndarray, np.ndarray]], shape: Shape) -> Iterator[Row]:
    """Rows filled first-fit from a few that are open; the fullest is closed when a pair fits in none. Too long pairs are left out."""
    rows = [Row(shape) for _ in range(OPEN_ROWS)]
    for zh, en in pairs:
        if zh.size >= shape.source or en.size >= shape.target or not zh.size or not en.size:
            continue
        if not any(row.takes(zh, en) for row in rows):
            fullest = max(range(OPEN_ROWS), key=lambda i: rows[i].source_used + rows[i].target_used)
            yield rows[fullest]
            rows[fullest] = Row(shape)
            rows[fullest].takes(zh, en)
    yield from (row for row in rows if row.source)


def tensors(rows: list[Row], shape: Shape) -> tuple[torch.Tensor, torch.Tensor]:
    """Source (3, rows, width): ids, sentence, position; target (4, rows, width): the same for the decoder's input, and labels."""
    source = np.zeros((3, shape.rows, shape.source), dtype=np.int32)
    target = np.zeros((4, shape.rows, shape.target), dtype=np.int32)
    target[3] = IGNORED
    for r, row in enumerate(rows):
        a = b = 0
        for n, (zh, en) in enumerate(zip(row.source, row.target, strict=True), 1):
            c, d = a + zh.size + 1, b + en.size + 1
            source[0, r, a : c - 1], source[0, r, c - 1] = zh, EOS
            source[1, r, a:c], source[2, r, a:c] = n, np.arange(c - a)
            target[0, r, b], target[0, r, b + 1 : d] = BOS, en
            target[1, r, b:d], target[2, r, b:d] = n, np.arange(d - b)
            target[3, r, b : d - 1], target[3, r, d - 1] = en, EOS
            a, b = c, d
    return torch.from_numpy(source), torch.from_numpy(target)


def batched(rows: Iterator[Row], shape: Shape) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Batches of `shape.rows` rows; the last may have empty rows."""
    held: list[Row] = []
    for row in rows:
        held.append(row)
        if len(held) == shape.rows:
            yield tensors(held, shape)
            held = []
    if held:
        yield tensors(held, shape)


def sides(source: torch.Tensor, target: torch.Tensor, device: str) -> tuple[Rows, Rows, torch.Tensor]:
    """A batch on its device: source rows, decoder input rows, labels (int64)."""
    source, target = source.to(device, non_blocking=True), target.to(device, non_blocking=True)
    return Rows(*source), Rows(*target[:3]), target[3].long()


class Stream(IterableDataset):
    """Endless batches from the shards that lie in a folder now; those that arrive later join in and catch up."""

    def __init__(self, folder: Path, shape: Shape, seed: int) -> None:
        self.folder, self.shape, self.seed = folder, shape, seed

    def __iter__(self) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        return batched(packed(self.pairs(), self.shape), self.shape)

    def pairs(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """This worker's share of the pairs, the shard that was shown least first."""
        worker = get_worker_info()
        number, count = (worker.id, worker.num_workers) if worker else (0, 1)
        rng = np.random.default_rng((self.seed, number))
        shards: dict[Path, Shard] = {}
        while True:
            for path in sorted(self.folder.glob("train.*.npz.xz")):
                if path not in shards:
                    shards[path] = Shard(path)
                    break  # one at a time: a file takes a second to unpack
            least = min(shard.step for shard in shards.values())
            shard = rng.choice([s for s in shards.values() if s.step == least])
            due = shard.due()
            due = due[due % count == number]
            rng.shuffle(due)
            for i in due:
                yield shard.zh[i], shard.en[i]


def training(folder: Path, shape: Shape, *, seed: int, workers: int) -> DataLoader:
    """Batches made ahead by worker processes."""
    return DataLoader(Stream(folder, shape, seed), batch_size=None, num_workers=workers, pin_memory=torch.cuda.is_available(),
                      prefetch_factor=6 if workers else None)


def validation(path: Path, shape: Shape) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Every pair of a shard once."""
    shard = Shard(path)
    return batched(packed(((shard.zh[i], shard.en[i]) for i in range(shard.weight.size)), shape), shape)
