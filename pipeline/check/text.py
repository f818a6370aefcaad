"""Whether the English is clean text: no Chinese, no mark, no slip of the pen, no loop, nothing left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.check.finding import Complaint, error, warning
from pipeline.document import Pair, PairOrigin

_HAN = re.compile(r"[\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_MARKS = re.compile(r"[⟦⟧⦂⟨⟩⟪⟫▁⁇\ufffc\ufffd]|<unk>|\{\{|\}\}|</?s>|__\w+__")
_TOKEN = re.compile(r"(?<!\w)X[1-8](?!\w)")
_SUSPECT = re.compile(r"[⟦⟧⦂⟨⟩⟪⟫▁⁇\ufffc\ufffd<{}_X]")
"""One of these is in every mark and placeholder; most sentences have none, and need not be searched for each."""
_WORDS = re.compile(r"\d[\d.,]*|[a-z\u00c0-\u024f'’]+|[^\W\d_]")
_DOUBLED = re.compile(r"\b([a-z]+)\s+\1\b", re.IGNORECASE)
_MAY_DOUBLE = frozenset({"had", "that", "is", "very", "no", "so", "more"})
_PAIRS = {"(": ")", "[": "]", "“": "”", "{": "}"}
_ROW, _LONGEST_RUN, _PHRASE = 3, 6, 5
_PIECE = 3
"""Characters of Chinese that may be five words of English: 高新区, Zhengzhou High-tech Industrial Development Zone."""
SHORT, LONG, _ENOUGH = 1.8, 9.0, 12
"""English characters a Chinese one that suggest an omission or an addition, from so many Chinese ones on.

Measured: the references of flores200_dev lie between 1.9 and 7.1 (median 3.7); of newstest2017's, all but 0.4 %
between 1.9 and 8.8.
"""


def han(pair: Pair) -> Iterator[Complaint]:
    """No Chinese may be left in the English, unless a fixed term asks for it."""
    rest = pair.target
    for form in sorted((f for c in pair.constraints for f in c.forms if _HAN.search(f)), key=len, reverse=True):
        rest = rest.replace(form, "")
    found = _HAN.findall(rest)
    if found:
        yield error(f"Chinese is left in the English: {', '.join(dict.fromkeys(found))}.")


def marks(pair: Pair) -> Iterator[Complaint]:
    """No mark or placeholder of the translation may be printed."""
    if not _SUSPECT.search(pair.target):
        return
    found = _MARKS.findall(pair.target)
    found += [t for t in _TOKEN.findall(pair.target) if t not in pair.sentence.text and t not in _asked(pair)]
    if found:
        yield error(f"A mark of the translation was left in the English: {' '.join(dict.fromkeys(found))}.")


def _asked(pair: Pair) -> str:
    return " ".join(form for constraint in pair.constraints for form in constraint.forms)


def repetition(pair: Pair) -> Iterator[Complaint]:
    """The English says the same words again and again, as engines do when they lose the thread."""
    words = _WORDS.findall(pair.target.lower())
    run = next((r for size in range(1, _LONGEST_RUN + 1) for r in _runs(words, size)), "")
    if not run and len(pair.sentence.text) < len(pair.target):
        least = max(_ROW, _most(pair.sentence.text, _PIECE) + 1)
        phrases = Counter(zip(*(words[i:] for i in range(_PHRASE)), strict=False))
        run = next((" ".join(p) for p, times in phrases.items() if times >= least), "")
    if run and not _repeats(pair.sentence.text):
        yield error(f"The English repeats itself: “{run}”.")


def _most(text: str, size: int) -> int:
    """How often that piece of a text stands there which stands most often: a name in a list, a clause of a law."""
    return max(Counter(text[at : at + size] for at in range(len(text) - size + 1)).values(), default=0)


def _runs(words: list[str], size: int) -> Iterator[str]:
    for start in range(len(words) - size * _ROW + 1):
        piece = words[start : start + size]
        if (
            all(words[start + k * size : start + (k + 1) * size] == piece for k in range(1, _ROW))
            and not piece[0][0].isdigit()
        ):
            yield " ".join(piece)


def _repeats(source: str) -> bool:
    """Whether the Chinese itself says something three times in a row (加油！加油！加油！)."""
    return bool(re.search(r"(\w{1,8})(?:\W{0,2}\1){2}", source))


def doubled(pair: Pair) -> Iterator[Complaint]:
    """A word stands twice: the the, of of."""
    found = [m[0] for m in _DOUBLED.finditer(pair.target) if m[1].lower() not in _MAY_DOUBLE and m[1].islower()]
    if found:
        yield warning(f"A word stands twice: “{found[0]}”.")


def brackets(pair: Pair) -> Iterator[Complaint]:
    """Brackets and quotation marks must be closed, where the Chinese closes its own."""
    odd = [o + c for o, c in _PAIRS.items() if pair.target.count(o) != pair.target.count(c)]
    odd += ['""'] if pair.target.count('"') % 2 else []
    if odd and _balanced(pair.sentence.text):
        yield warning(f"Brackets or quotation marks are not closed: {' '.join(odd)}.")


def _balanced(source: str) -> bool:
    pairs = {**_PAIRS, "（": "）", "《": "》", "「": "」", "【": "】"}.items()
    return (
        all(source.count(opening) == source.count(closing) for opening, closing in pairs) and not source.count('"') % 2
    )


def ratio(pair: Pair) -> float | None:
    """English characters for each Chinese one; None where there is no Chinese."""
    size = characters(pair.sentence.text)
    return len(pair.target) / size if size else None


def characters(text: str) -> int:
    """How many Chinese characters a text has."""
    return len("".join(_HAN.findall(text)))


def length(pair: Pair) -> Iterator[Complaint]:
    """The English is much shorter or longer than the Chinese needs: something may be left out or made up."""
    size, found = characters(pair.sentence.text), ratio(pair) or 0.0
    if not pair.target.strip():
        yield error("There is no English.")
    elif size >= _ENOUGH and found < SHORT:
        yield warning(f"The English is very short ({found:.1f} characters a Chinese one): something may be left out.")
    elif size >= _ENOUGH and found > LONG:
        yield warning(f"The English is very long ({found:.1f} characters a Chinese one): something may be made up.")


def forced(pair: Pair) -> Iterator[Complaint]:
    """A term could only be forced into this sentence: it was translated around it and reads so."""
    if pair.origin is PairOrigin.FORCED:
        yield warning("A fixed term was forced into this sentence: read it with care.")
