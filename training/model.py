"""Pre-norm encoder-decoder Transformer over packed rows; its weights map one to one onto CTranslate2's TransformerSpec.

A row holds several whole sentences one after another; a token attends only to tokens of its own sentence. So nothing is
padded but the ends of rows, and every batch has the same shape, which a compiler likes.
"""

import math
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

IGNORED = -100
"""Label of a position that is not to be predicted."""


@dataclass(frozen=True)
class Size:
    """Shape of the network (Vaswani et al. 2017, with a deep encoder and a shallow decoder: Kasai et al. 2021)."""

    source_vocab: int
    target_vocab: int
    d: int = 512
    ff: int = 2048
    heads: int = 8
    enc: int = 10
    dec: int = 4
    dropout: float = 0.1
    max_len: int = 512

    asdict = asdict


SIZES = {
    "toy": {"d": 64, "ff": 256, "heads": 2, "enc": 2, "dec": 2},
    "tiny": {"d": 256, "ff": 1024, "heads": 4, "enc": 4, "dec": 2},
    "base": {"d": 512, "ff": 2048, "heads": 8, "enc": 6, "dec": 4},
    "deep": {"d": 512, "ff": 2048, "heads": 8, "enc": 10, "dec": 4},
}


@dataclass(frozen=True)
class Rows:
    """One side of a batch: three integer tensors of shape (rows, width)."""

    ids: Tensor
    sentence: Tensor
    """Number of the sentence in its row, from 1; 0 where the row is empty."""
    position: Tensor
    """Number of the token in its sentence, from 0."""


def working_type(like: Tensor) -> torch.dtype:
    """What matrices are multiplied in on this tensor's device: the autocast type where autocast is on, else float32."""
    kind = like.device.type
    return torch.get_autocast_dtype(kind) if torch.is_autocast_enabled(kind) else torch.float32


def sinusoids(length: int, d: int) -> Tensor:
    """Position table of shape (length, d): sines in the first half, cosines in the second, as CTranslate2 lays it out."""
    position = torch.arange(length, dtype=torch.float32)[:, None]
    rate = torch.exp(torch.arange(d // 2, dtype=torch.float32) * -(math.log(10000.0) / (d // 2 - 1)))
    angle = position * rate[None]
    return torch.cat([angle.sin(), angle.cos()], dim=1)


def mask_of(query: Rows, key: Rows, dtype: torch.dtype, *, causal: bool = False) -> Tensor:
    """(rows, 1, query width, key width): 0 where both tokens belong to one sentence, else a number that softmax drowns.

    Finite, so that an empty place, which has nothing to look at, gives no NaN.
    """
    same = query.sentence[:, :, None] == key.sentence[:, None, :]
    if causal:
        same &= query.position[:, :, None] >= key.position[:, None, :]
    return torch.where(same, 0.0, -1e4).to(dtype)[:, None]


class Attention(nn.Module):
    """Multi-head attention with its norm and residual; fused projections."""

    def __init__(self, size: Size, *, cross: bool) -> None:
        super().__init__()
        self.heads, self.dropout = size.heads, size.dropout
        self.norm = nn.LayerNorm(size.d)
        if cross:
            self.q, self.kv = nn.Linear(size.d, size.d), nn.Linear(size.d, 2 * size.d)
        else:
            self.qkv = nn.Linear(size.d, 3 * size.d)
        self.out = nn.Linear(size.d, size.d)

    def forward(self, x: Tensor, memory: Tensor | None, mask: Tensor) -> Tensor:
        h = self.norm(x)
        q, k, v = self.qkv(h).chunk(3, dim=-1) if memory is None else (self.q(h), *self.kv(memory).chunk(2, dim=-1))
        q, k, v = (t.unflatten(-1, (self.heads, -1)).transpose(1, 2) for t in (q, k, v))
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        return x + F.dropout(self.out(y.transpose(1, 2).flatten(2)), self.dropout, self.training)


class FeedForward(nn.Module):
    """Two linear maps with a ReLU between, norm and residual."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.dropout = size.dropout
        self.norm = nn.LayerNorm(size.d)
        self.a, self.b = nn.Linear(size.d, size.ff), nn.Linear(size.ff, size.d)

    def forward(self, x: Tensor) -> Tensor:
        y = self.b(F.dropout(F.relu(self.a(self.norm(x))), self.dropout, self.training))
        return x + F.dropout(y, self.dropout, self.training)


class EncoderLayer(nn.Module):
    """Self-attention and feed-forward."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.own, self.ff = Attention(size, cross=False), FeedForward(size)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        return self.ff(self.own(x, None, mask))


class DecoderLayer(nn.Module):
    """Self-attention, attention to the source, feed-forward."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.own, self.cross, self.ff = Attention(size, cross=False), Attention(size, cross=True), FeedForward(size)

    def forward(self, y: Tensor, memory: Tensor, own_mask: Tensor, cross_mask: Tensor) -> Tensor:
        return self.ff(self.cross(self.own(y, None, own_mask), memory, cross_mask))


class Transformer(nn.Module):
    """Source and target rows in, decoder states out."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.size = size
        self.source = nn.Embedding(size.source_vocab, size.d)
        self.target = nn.Embedding(size.target_vocab, size.d)  # also the output projection
        self.register_buffer("positions", sinusoids(size.max_len, size.d), persistent=False)
        self.encoder = nn.ModuleList(EncoderLayer(size) for _ in range(size.enc))
        self.decoder = nn.ModuleList(DecoderLayer(size) for _ in range(size.dec))
        self.encoder_norm, self.decoder_norm = nn.LayerNorm(size.d), nn.LayerNorm(size.d)
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.xavier_uniform_(p)
        for table in (self.source, self.target):
            nn.init.normal_(table.weight, std=size.d**-0.5)

    def embedded(self, table: nn.Embedding, rows: Rows) -> Tensor:
        """Scaled embeddings plus positions, with dropout."""
        x = table(rows.ids) * math.sqrt(self.size.d) + self.positions[rows.position]
        return F.dropout(x, self.size.dropout, self.training)

    def forward(self, source: Rows, target: Rows) -> Tensor:
        """Decoder states of shape (rows, target width, d); `logits` turns them into scores of pieces."""
        dtype = working_type(source.ids)
        x, mask = self.embedded(self.source, source).to(dtype), mask_of(source, source, dtype)
        for layer in self.encoder:
            x = layer(x, mask)
        memory = self.encoder_norm(x).to(dtype)
        y = self.embedded(self.target, target).to(dtype)
        own, cross = mask_of(target, target, dtype, causal=True), mask_of(target, source, dtype)
        for layer in self.decoder:
            y = layer(y, memory, own, cross)
        return self.decoder_norm(y)


def loss_of(states: Tensor, weight: Tensor, labels: Tensor, smoothing: float) -> Tensor:
    """Sum over all labelled positions of the label-smoothed cross-entropy."""
    logits = F.linear(states.flatten(0, 1).to(working_type(states)), weight)
    return F.cross_entropy(logits.float(), labels.flatten(), ignore_index=IGNORED, label_smoothing=smoothing, reduction="sum")
