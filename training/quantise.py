"""Trained weights as one small file: matrices in int8 with a scale a row, exactly as CTranslate2 would round them."""

import json
from pathlib import Path

import numpy as np
import torch

from model import Size


def save(path: Path, size: Size, weights: dict[str, torch.Tensor]) -> None:
    """Matrices as int8 and `NAME.scale` (row maximum / 127), vectors as float32, the size as JSON."""
    arrays = {"size": np.frombuffer(json.dumps(size.asdict()).encode(), dtype=np.uint8)}
    for name, value in weights.items():
        w = value.float()
        if w.dim() == 2:
            scale = w.abs().amax(dim=1, keepdim=True).clamp(min=1e-12) / 127
            arrays[name], arrays[f"{name}.scale"] = (w / scale).round().to(torch.int8).cpu().numpy(), scale.cpu().numpy()
        else:
            arrays[name] = w.cpu().numpy()
    np.savez(path, **arrays)


def load(path: Path) -> tuple[Size, dict[str, np.ndarray]]:
    """The size, and every weight as float32; CTranslate2 rounds them to the same int8 again."""
    with np.load(path) as npz:
        size = Size(**json.loads(npz["size"].tobytes()))
        names = [n for n in npz.files if n != "size" and not n.endswith(".scale")]
        return size, {n: npz[n] * npz[f"{n}.scale"] if f"{n}.scale" in npz.files else npz[n] for n in names}
