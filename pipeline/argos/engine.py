"""An Argos package as an Engine: whole runs in batches through CTranslate2, nothing ever cut off in silence."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import ctranslate2  # noqa: TID251 - the one place
import sentencepiece  # noqa: TID251 - the one place

from pipeline.argos.package import ModelPackage
from pipeline.errors import EngineError
from pipeline.translate.engine import Attention, Decoding, Hypothesis, Markup, Spans

WINDOW = 200
"""Source pieces a sentence may have. Argos models are trained on sentences of up to some 250 pieces on the longer side,
and English needs about a quarter more than Chinese."""
BATCH = 2048
"""Pieces a batch, padding included: large enough for matrix products to pay, small enough to stay in the cache."""
_END = "</s>"
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
        waiting: dict[int, Any] = {}
        for (_, limit), members in _alike(pieces, starts).items():
            batch = [pieces[i] for i in members]
            begun = [starts[i] or None for i in members]
            search = _search(options) | {"max_decoding_length": limit, "return_attention": attend}
            answers = _ask(self._translator.translate_batch, batch, target_prefix=begun, **search)
            waiting |= dict(zip(members, answers, strict=True))
        results = _ask(lambda: [waiting[i].result() for i in range(len(sources))])
        return tuple(self._hypotheses(source, result) for source, result in zip(sources, results, strict=True))

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> tuple[float, ...]:
        """The model's mean log-probability a piece, the end included, of each English text for its source."""
        results = _ask(
            self._translator.score_batch,
            [self._encode_whole(source) for source in sources],
            [self._encode(target) for target in targets],
            max_batch_size=BATCH,
            batch_type="tokens",
            max_input_length=0,
        )
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
        "max_batch_size": BATCH,
        "batch_type": "tokens",
        "asynchronous": True,
    }


def _alike(sources: Sequence[Sequence[str]], starts: Sequence[Sequence[str]]) -> dict[tuple[int, int], list[int]]:
    """Which sources have the same number of pieces and may become as many of English.

    Batches of one length need no padding. Padding changes int8 rounding, and with it now and then a word (1 sentence of
    38, measured): without it a sentence's English never depends on its neighbours, so that a resumed run, or one under
    another glossary, says the same.
    """
    groups: dict[tuple[int, int], list[int]] = {}
    for index, (source, start) in enumerate(zip(sources, starts, strict=True)):
        limit = min(_POSITIONS, 2 * max(len(source), len(start)) + _SPARE)
        groups.setdefault((len(source), limit), []).append(index)
    return dict(sorted(groups.items(), reverse=True))


def _ask(method: Callable[..., _R], *arguments: object, **options: object) -> _R:
    try:
        return method(*arguments, **options)
    except (RuntimeError, ValueError) as failed:
        raise EngineError(f"the translation model failed ({failed})", remedy=_MEND) from failed
