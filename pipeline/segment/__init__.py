"""Blocks of text to sentences and words, lossless: what comes out, joined, is what went in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.document import Article, Block, BlockKind, Draft, DraftBlock, Sentence
from pipeline.segment.clauses import Fits, clauses
from pipeline.segment.sentences import sentences
from pipeline.segment.words import Cut, dictionary_cutter, word_cutter

__all__ = ["Cut", "Fits", "clauses", "dictionary_cutter", "segment", "sentences", "word_cutter"]

_LETTERS = {BlockKind.KICKER: "k", BlockKind.HEADLINE: "h", BlockKind.SUBHEAD: "d", BlockKind.BYLINE: "b"}
_BODY_LETTER = "p"
_NUMBERED_FROM_ONE = frozenset({"p", "b"})


def segment(drafts: Sequence[Draft], cut: Cut) -> tuple[Article, ...]:
    """Cut each block into sentences and each sentence into words.

    Ids say article, block and sentence: a2.p3.s1. All that stands in the body is counted as p, whatever its kind;
    bylines are b1, b2; kicker, headline and subhead are k, h and d, a second one k2, h2, d2.

    Raises:
        ValueError: The words that `cut` gives do not rebuild the text.
    """
    return tuple(_article(draft, number, cut) for number, draft in enumerate(drafts, 1))


def _article(draft: Draft, number: int, cut: Cut) -> Article:
    named = zip(_block_ids(draft.blocks, number), draft.blocks, strict=True)
    return Article(
        number=number,
        blocks=tuple(_block(block, block_id, cut) for block_id, block in named),
        date=draft.date,
        source=draft.source,
        glossary=draft.glossary,
        repairs=draft.repairs,
    )


def _block_ids(blocks: Sequence[DraftBlock], article: int) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for block in blocks:
        letter = _LETTERS.get(block.kind, _BODY_LETTER)
        seen[letter] += 1
        plain = seen[letter] == 1 and letter not in _NUMBERED_FROM_ONE
        yield f"a{article}.{letter}" if plain else f"a{article}.{letter}{seen[letter]}"


def _block(block: DraftBlock, block_id: str, cut: Cut) -> Block:
    numbered = enumerate(sentences(block.text), 1)
    return Block(block.kind, tuple(_sentence(f"{block_id}.s{n}", text, cut) for n, text in numbered), block.line)


def _sentence(sentence_id: str, text: str, cut: Cut) -> Sentence:
    words = tuple(cut(text))
    if "".join(words) != text:
        msg = f"the words of {sentence_id} do not rebuild its text: {words!r} is not {text!r}"
        raise ValueError(msg)
    return Sentence(sentence_id, text, words)
