"""Step 5: turn trained weights into an Argos Translate package, a zip that `argospm install` takes.

    python export.py RUN/model.npz DATA OUT.argosmodel [--version 1.0] [--readme FILE]
"""

import argparse
import json
import tempfile
import zipfile
from pathlib import Path

import ctranslate2
import numpy as np
import sentencepiece as spm

from model import Size, sinusoids
from quantise import load

Weights = dict[str, np.ndarray]
TERMINOLOGY = {"open": "⟦", "separator": "⦂", "close": "⟧"}
EPOCH = (2026, 1, 1, 0, 0, 0)
"""Time of every file in the package: the same weights give the same bytes."""


def fill_norm(spec: object, weights: Weights, name: str) -> None:
    """Layer normalisation."""
    spec.gamma, spec.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]


def fill_linear(spec: object, weights: Weights, name: str) -> None:
    """A linear map."""
    spec.weight, spec.bias = weights[f"{name}.weight"], weights[f"{name}.bias"]


def fill_attention(spec: object, weights: Weights, name: str, *projections: str) -> None:
    """Norm, input projections as CTranslate2 fuses them, output projection."""
    fill_norm(spec.layer_norm, weights, f"{name}.norm")
    for linear, part in zip(spec.linear, (*projections, "out"), strict=True):
        fill_linear(linear, weights, f"{name}.{part}")


def fill_feed_forward(spec: object, weights: Weights, name: str) -> None:
    """Norm and the two maps."""
    fill_norm(spec.layer_norm, weights, f"{name}.norm")
    fill_linear(spec.linear_0, weights, f"{name}.a")
    fill_linear(spec.linear_1, weights, f"{name}.b")


def specification(size: Size, weights: Weights) -> ctranslate2.specs.TransformerSpec:
    """The model in CTranslate2's form, float32."""
    spec = ctranslate2.specs.TransformerSpec.from_config(
        (size.enc, size.dec), size.heads, pre_norm=True, activation=ctranslate2.specs.Activation.RELU,
        alignment_layer=-1, alignment_heads=size.heads)
    spec.encoder.embeddings[0].weight = weights["source.weight"]
    spec.decoder.embeddings.weight = spec.decoder.projection.weight = weights["target.weight"]
    for side in (spec.encoder, spec.decoder):
        side.scale_embeddings = True
        side.position_encodings.encodings = sinusoids(size.max_len, size.d).numpy()
    fill_norm(spec.encoder.layer_norm, weights, "encoder_norm")
    fill_norm(spec.decoder.layer_norm, weights, "decoder_norm")
    for i, layer in enumerate(spec.encoder.layer):
        fill_attention(layer.self_attention, weights, f"encoder.{i}.own", "qkv")
        fill_feed_forward(layer.ffn, weights, f"encoder.{i}.ff")
    for i, layer in enumerate(spec.decoder.layer):
        fill_attention(layer.self_attention, weights, f"decoder.{i}.own", "qkv")
        fill_attention(layer.attention, weights, f"decoder.{i}.cross", "q", "kv")
        fill_feed_forward(layer.ffn, weights, f"decoder.{i}.ff")
    return spec


def save_int8(spec: ctranslate2.specs.TransformerSpec, source: list[str], target: list[str], folder: Path) -> None:
    """Register the vocabularies, round to int8, write."""
    spec.register_source_vocabulary(source)
    spec.register_target_vocabulary(target)
    spec.config.add_source_eos = True
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))


def metadata(version: str) -> str:
    """What Argos reads, and how this model takes fixed terms."""
    entries = {"package_version": version, "argos_version": "1.9", "from_code": "zh", "from_name": "Chinese",
               "to_code": "en", "to_name": "English", "terminology": TERMINOLOGY}
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def zipped(folder: Path, out: Path) -> None:
    """Every file of the folder, in order, with one fixed time."""
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            entry = zipfile.ZipInfo(str(path.relative_to(folder)), EPOCH)
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, 9)


def main() -> None:
    """Run the step."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("model", type=Path)
    options.add_argument("data", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--version", default="1.0")
    options.add_argument("--readme", type=Path)
    a = options.parse_args()
    tokenizer = a.data / "sentencepiece.model"
    pieces = spm.SentencePieceProcessor(model_file=str(tokenizer))
    source = [pieces.id_to_piece(i) for i in range(pieces.get_piece_size())]
    target = (a.data / "target.vocab").read_text(encoding="utf-8").split("\n")[:-1]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / f"translate-zh_en-{a.version.replace('.', '_')}"
        (root / "model").mkdir(parents=True)
        save_int8(specification(*load(a.model)), source, target, root / "model")
        (root / "sentencepiece.model").write_bytes(tokenizer.read_bytes())
        (root / "metadata.json").write_text(metadata(a.version), encoding="utf-8")
        if a.readme:
            (root / "README.md").write_text(a.readme.read_text(encoding="utf-8"), encoding="utf-8")
        a.out.parent.mkdir(parents=True, exist_ok=True)
        zipped(Path(folder), a.out)
    print(f"{a.out}: {a.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
