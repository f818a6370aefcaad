"""Step 4: train until a wall-clock limit, in bf16, on a GPU or on CPU cores.

    python train.py DATA RUN --minutes 12.5 [--size deep] [--rows 128]

Reads DATA/{sentencepiece.model, target.vocab, valid.npz.xz} and every DATA/train.*.npz.xz, also those that arrive while it
runs. Resumes from RUN/last.pt. The learning rate falls to nothing exactly when the time is over; a number written to
RUN/minutes while it runs moves the end. Writes RUN/{log.txt, last.pt, model.npz}; model.npz is the better, on the
validation pairs, of the last weights and their running average, as CTranslate2's int8 (see quantise.py).
"""

import argparse
import dataclasses
import json
import math
import os
import time
from dataclasses import dataclass
from pathlib import Path

import sentencepiece as spm
import torch

from batches import Shape, sides, training, validation
from model import IGNORED, SIZES, Size, Transformer, loss_of
from optimise import Optimiser
from quantise import save

AVERAGE_EVERY = 8
"""Steps between two updates of the running average."""


@dataclass
class Clock:
    """Wall-clock schedule: warm up by steps, hold, then fall in a straight line to nothing at the end."""

    run: Path
    minutes: float
    spent: float = 0.0
    """Seconds trained by earlier runs."""
    warmup: int = 300
    hold: float = 0.3
    """Share of the time after which the rate begins to fall."""
    started: float = dataclasses.field(default_factory=time.monotonic)

    def seconds(self) -> float:
        """Trained so far."""
        return self.spent + time.monotonic() - self.started

    def done(self) -> float:
        """Share of the time that is over."""
        return self.seconds() / (self.minutes * 60)

    def rate(self, step: int) -> float:
        """Of the peak learning rate."""
        fall = 1.0 if (done := self.done()) < self.hold else max(0.0, (1 - done) / (1 - self.hold))
        return min(1.0, (step + 1) / self.warmup) * fall

    def reread(self) -> None:
        """Take a new end from RUN/minutes."""
        if (moved := self.run / "minutes").exists():
            self.minutes = float(moved.read_text())


class Log:
    """Rows of JSON on the screen and in a file."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("a", encoding="utf-8")

    def __call__(self, **row: object) -> None:
        line = json.dumps({k: round(v, 5) if isinstance(v, float) else v for k, v in row.items()})
        for file in (None, self.file):
            print(line, file=file, flush=True)


class Average:
    """Exponential running average of the weights, over about the last hundred updates."""

    def __init__(self, model: Transformer) -> None:
        self.model, self.updates = model, 0
        self.weights = {k: v.detach().clone() for k, v in model.state_dict().items()}

    @torch.no_grad()
    def update(self) -> None:
        """Move towards the weights as they are now."""
        self.updates += 1
        now = self.model.state_dict()
        torch._foreach_lerp_(list(self.weights.values()), [now[k] for k in self.weights], max(0.01, 1 / self.updates))


def perplexity(model: Transformer, path: Path, shape: Shape, device: str) -> float:
    """A piece, over the validation pairs, without label smoothing."""
    model.eval()
    total = count = 0.0
    # Uncompiled: other shapes and no gradients would cost another compilation.
    with torch.no_grad(), torch.compiler.set_stance("force_eager"), torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
        for batch in validation(path, shape):
            source, target, labels = sides(*batch, device)
            total += loss_of(model(source, target), model.target.weight, labels, 0.0).item()
            count += (labels != IGNORED).sum().item()
    model.train()
    return math.exp(total / count)


def built(data: Path, size: str, dropout: float, device: str) -> Transformer:
    """A fresh model whose vocabularies are those of DATA."""
    source = spm.SentencePieceProcessor(model_file=str(data / "sentencepiece.model")).get_piece_size()
    target = (data / "target.vocab").read_text(encoding="utf-8").count("\n")
    return Transformer(Size(source, target, **SIZES[size], dropout=dropout)).to(device)


def compiled(model: Transformer) -> None:
    """Compile each kind of layer once; all layers of the kind share the code."""
    for layer in (*model.encoder, *model.decoder):
        layer.compile(dynamic=False)


def arguments() -> argparse.Namespace:
    """The command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("data", type=Path)
    options.add_argument("run", type=Path)
    options.add_argument("--minutes", type=float, required=True, help="length of the whole schedule")
    options.add_argument("--size", default="deep", choices=SIZES)
    options.add_argument("--rows", type=int, default=128, help="rows of 256 target places in a batch")
    options.add_argument("--matrix-rate", type=float, default=0.006)
    options.add_argument("--other-rate", type=float, default=1.2e-3)
    options.add_argument("--warmup", type=int, default=300)
    options.add_argument("--dropout", type=float, default=0.1)
    options.add_argument("--workers", type=int, default=max(0, (os.cpu_count() or 1) - 4))
    options.add_argument("--log-every", type=int, default=100)
    options.add_argument("--no-compile", action="store_true")
    return options.parse_args()


def main() -> None:
    """Run the step."""
    a = arguments()
    a.run.mkdir(parents=True, exist_ok=True)
    say, clock = Log(a.run / "log.txt"), Clock(a.run, a.minutes, warmup=a.warmup)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(7)
    torch.set_float32_matmul_precision("high")
    torch.backends.cuda.enable_cudnn_sdp(False)
    model = built(a.data, a.size, a.dropout, device)
    average, optimiser, step = Average(model), Optimiser(model, a.matrix_rate, a.other_rate), 0
    if (last := a.run / "last.pt").exists():
        state = torch.load(last, map_location=device)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        average.weights, average.updates, step, clock.spent = state["average"], state["updates"], state["step"], state["spent"]
    if not a.no_compile:
        compiled(model)
    loss_function = loss_of if a.no_compile else torch.compile(loss_of, dynamic=False)
    shape = Shape(rows=a.rows)
    say(device=device, parameters=sum(p.numel() for p in model.parameters()), size=dataclasses.asdict(model.size), minutes=a.minutes)
    recent, window, mark = torch.zeros(2, device=device), 0, time.monotonic()
    for batch in training(a.data, shape, seed=step + 1, workers=a.workers):
        if clock.done() >= 1:
            break
        source, target, labels = sides(*batch, device)
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            total = loss_function(model(source, target), model.target.weight, labels, 0.1)
        count = (labels != IGNORED).sum()
        (total / count).backward()
        optimiser.step(rate := clock.rate(step))
        step, window = step + 1, window + 1
        recent += torch.stack([total.detach(), count])
        if step % AVERAGE_EVERY == 0:
            average.update()
        if window == a.log_every or step in {1, 10, 30}:
            loss, tokens = recent.tolist()
            say(step=step, minutes=clock.seconds() / 60, loss=loss / tokens, rate=rate, tokens_s=tokens / (time.monotonic() - mark))
            recent.zero_()
            window, mark = 0, time.monotonic()
            clock.reread()
    finish(a, model, average, optimiser, step=step, clock=clock, say=say, device=device)


def finish(a: argparse.Namespace, model: Transformer, average: Average, optimiser: Optimiser, *, step: int, clock: Clock,
           say: Log, device: str) -> None:
    """Keep the better weights; leave what a later run resumes from."""
    last = {k: v.clone() for k, v in model.state_dict().items()}
    shape, valid = Shape(rows=16), a.data / "valid.npz.xz"
    scores = {"last": perplexity(model, valid, shape, device)}
    model.load_state_dict(average.weights)
    scores["average"] = perplexity(model, valid, shape, device)
    save(a.run / "model.npz", model.size, last if scores["last"] < scores["average"] else average.weights)
    say(step=step, minutes=clock.seconds() / 60, perplexity=scores)
    torch.save({"model": last, "average": average.weights, "updates": average.updates, "optimiser": optimiser.state_dict(),
                "step": step, "spent": clock.seconds()}, a.run / "last.pt")


if __name__ == "__main__":
    main()
