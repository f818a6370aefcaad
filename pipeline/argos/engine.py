"""An Argos package as an Engine: whole runs in batches through CTranslate2, nothing ever cut off in silence."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import ctranslate2  # noqa: TID251 - the one place
import sentencepiece  # noqa: TID251 - the one place

from pipeline.argos.batches import Batch, batches
from pipeline.argos.package import ModelPackage
from pipeline.errors import EngineError
from pipeline.translate.engine import Attention, Decoding, Hypothesis, Markup, Spans

WINDOW = 200
"""Source pieces a sentence may have. Argos models are trained on sentences of up to some 250 pieces on the longer side,
and English needs about a quarter more than Chinese."""
_END = "</s>"
"""Also what a filler is made of: the model ends it at once."""
_POSITIONS = 500
"""Pieces of English at most; the models know 512 positions or more."""
_SPARE = 32
_MEND = "give another package with --model, or run `bulletin model list` to see which there are"

_R = TypeVar("_R")


class Argos:
    """The engine of one package. The model is loaded when it is first asked for, not before.

    `threads` translations run side by side, each on one core: what CTranslate2 recommends for throughput.
    """

    def __init__(self, package: ModelPackage, *, threads: int | None = None, compute_type: str = "int8") -> None:
        self.package = package
        self._threads = threads or os.cpu_count() or 1
        self._compute_type = compute_type

    @property
    def signature(self) -> str:
        """Name, version, hash and arithmetic: what decides, with the decoding options, what the model says."""
        return f"{self.package.title} {self.package.sha256} {self._compute_type}"

    @property
    def markup(self) -> Markup | None:
        """The inline notation its metadata states."""
        return self.package.markup

    def fits(self, text: str) -> bool:
        """Whether a source is within WINDOW pieces."""
        return len(self._encode(text)) <= WINDOW

    def translate(
        self,
        sources: Sequence[str],
        options: Decoding,
        prefixes: Sequence[str] | None = None,
        *,
        attend: bool = False,
    ) -> tuple[tuple[Hypothesis, ...], ...]:
        """Hypotheses of each source, the best first; with `attend` the first of each carries its attention.

        Raises EngineError where a source is longer than WINDOW pieces or the model fails.
        """
        lead = [self.package.lead] if self.package.lead else []
        pieces = [self._encode_whole(source) for source in sources]
        starts = [lead + self._encode(prefix) for prefix in prefixes or [""] * len(sources)]
        search = _search(options) | {"return_attention": attend}
        waiting: dict[int, Any] = {}
        for batch in batches([_room(p, s) for p, s in zip(pieces, starts, strict=True)], threads=self._threads):
            begun = [starts[i] or None for i in batch.members] + [None] * batch.filler
            limit = min(_POSITIONS, 2 * max(batch.width, batch.depth) + _SPARE)
            answers = _ask(
                self._translator.translate_batch,
                _filled(batch, pieces, batch.width),
                target_prefix=begun,
                max_decoding_length=limit,
                **search,
            )
            waiting |= dict(zip(batch.members, answers, strict=False))
        results = _ask(lambda: [waiting[i].result() for i in range(len(sources))])
        return tuple(self._hypotheses(source, result) for source, result in zip(sources, results, strict=True))

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> tuple[float, ...]:
        """The model's mean log-probability a piece, the end included, of each English text for its source."""
        pieces = [self._encode_whole(source) for source in sources]
        said = [self._encode(target) for target in targets]
        waiting: dict[int, Any] = {}
        lengths = [(len(p), len(s)) for p, s in zip(pieces, said, strict=True)]
        for batch in batches(lengths, threads=self._threads):
            texts = _filled(batch, pieces, batch.width), _filled(batch, said, batch.depth)
            answers = _ask(self._translator.score_batch, *texts, max_input_length=0, asynchronous=True)
            waiting |= dict(zip(batch.members, answers, strict=False))
        results = _ask(lambda: [waiting[i].result() for i in range(len(sources))])
        return tuple(sum(result.log_probs) / max(1, len(result.log_probs)) for result in results)

    def _hypotheses(self, source: str, result: Any) -> tuple[Hypothesis, ...]:  # noqa: ANN401 - CTranslate2 has no types
        rows = result.attention or [None] * len(result.hypotheses)
        return tuple(
            self._hypothesis(source, pieces, score, attention if first else None)
            for first, pieces, score, attention in zip(
                [True] + [False] * len(rows), result.hypotheses, result.scores, rows, strict=False
            )
        )

    def _hypothesis(
        self, source: str, pieces: list[str], score: float, attention: list[list[float]] | None
    ) -> Hypothesis:
        finished = pieces[-1:] == [_END]
        first = 1 if self.package.lead else 0
        kept = pieces[first : len(pieces) - finished]
        text, spans = self._decode(kept)
        looked = None
        if attention is not None:
            rows = tuple(map(tuple, attention[first : first + len(kept)]))
            looked = Attention(self._spans(source), spans, rows)
        return Hypothesis(text, score, finished, looked)

    def _encode(self, text: str) -> list[str]:
        return list(self._tokenizer.encode(text, out_type=str))

    def _encode_whole(self, text: str) -> list[str]:
        pieces = self._encode(text)
        if len(pieces) > WINDOW:
            raise EngineError(f"a text of {len(pieces)} pieces is longer than the model's window of {WINDOW}")
        return pieces

    def _decode(self, pieces: list[str]) -> tuple[str, Spans]:
        if not pieces:
            return "", ()
        decoded = self._tokenizer.decode(pieces, return_type="offset_mapping")
        return decoded["text"], tuple(decoded["offsets"])

    def _spans(self, source: str) -> Spans:
        return tuple(self._tokenizer.encode(source, return_type="offset_mapping")["offsets"])

    @functools.cached_property
    def _tokenizer(self) -> Any:  # noqa: ANN401 - SentencePiece has no types
        path = self.package.folder / "sentencepiece.model"
        try:
            return sentencepiece.SentencePieceProcessor(model_file=str(path))
        except (OSError, RuntimeError) as broken:
            raise EngineError("the tokenizer cannot be loaded", path=path, remedy=_MEND) from broken

    @functools.cached_property
    def _translator(self) -> Any:  # noqa: ANN401 - CTranslate2 has no types
        folder = self.package.folder / "model"
        try:
            return ctranslate2.Translator(
                str(folder), compute_type=self._compute_type, inter_threads=self._threads, intra_threads=1
            )
        except (OSError, RuntimeError, ValueError) as broken:
            raise EngineError(f"the model cannot be loaded ({broken})", path=folder, remedy=_MEND) from broken


def _search(options: Decoding) -> dict[str, object]:
    return {
        "beam_size": options.beam,
        "num_hypotheses": min(options.hypotheses, options.beam),
        "length_penalty": options.length_penalty,
        "repetition_penalty": options.repetition_penalty,
        "no_repeat_ngram_size": options.no_repeat_ngram,
        "disable_unk": True,
        "max_input_length": 0,
        "return_scores": True,
        "return_end_token": True,
        "asynchronous": True,
    }


def _room(source: Sequence[str], start: Sequence[str]) -> tuple[int, int]:
    """Pieces of the source, and of the English it begins with where that is the longer."""
    return len(source), len(start) if len(start) > len(source) else 0


def _filled(batch: Batch, rows: Sequence[list[str]], length: int) -> list[list[str]]:
    return [rows[i] for i in batch.members] + [[_END] * length] * batch.filler


def _ask(method: Callable[..., _R], *arguments: object, **options: object) -> _R:
    try:
        return method(*arguments, **options)
    except (RuntimeError, ValueError) as failed:
        raise EngineError(f"the translation model failed ({failed})", remedy=_MEND) from failed
