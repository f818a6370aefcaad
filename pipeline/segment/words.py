"""Words, by jieba, with a tokenizer of our own that knows the fixed terms."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache

import jieba

Cut = Callable[[str], Sequence[str]]
"""Words of a text, in order; joined, they are exactly the text."""

# What jieba can hold as one word; it cuts before and after any other character.
_WORD_CHARACTERS = re.compile(r"[\u4E00-\u9FD5a-zA-Z0-9+#&._%-]+")


class _Tokenizer(jieba.Tokenizer):  # type: ignore[misc]  # jieba has no types
    """jieba's, without the cache that it keeps in the shared temporary folder: two runs cannot meet in it."""

    initialized: bool

    def initialize(self, dictionary: object = None) -> None:
        """Take jieba's own dictionary; `dictionary` is not used."""
        del dictionary
        if not self.initialized:
            frequencies, self.total = _dictionary()
            self.FREQ = dict(frequencies)
            self.initialized = True


def word_cutter(terms: Iterable[str] = ()) -> Cut:
    """A function that cuts a text into words and knows `terms` as words.

    Words are the most probable path through jieba's dictionary (a hidden Markov model joins what the dictionary
    lacks). A term enters with the frequency at which it just beats its own parts, so that 高新区 is a word in
    郑州高新区管委会, while in 高新区域 the more frequent 区域 wins. The terms' order does not matter.
    """
    jieba.setLogLevel(logging.WARNING)
    tokenizer = _Tokenizer()
    for word in sorted({word for term in terms for word in _WORD_CHARACTERS.findall(term) if len(word) > 1}):
        tokenizer.add_word(word)
    return lambda text: tuple(tokenizer.cut(text))


def dictionary_cutter() -> Cut:
    """A function that cuts into words of jieba's dictionary only, joining nothing by statistics."""
    tokenizer = _Tokenizer()
    return lambda text: tuple(tokenizer.cut(text, HMM=False))


@cache
def _dictionary() -> tuple[dict[str, int], int]:
    """Word, or beginning of one (then 0), to frequency; and the sum of frequencies."""
    frequencies, total = jieba.Tokenizer.gen_pfdict(jieba.Tokenizer().get_dict_file())
    return frequencies, total
