"""A Chinese person's name in Latin letters: Zhang Hongjun, Ouyang Xiu, Li Xi'an.

Family name first, given name in one word, as GB/T 28039-2011 (The Chinese phonetic alphabet spelling rules for Chinese
names) lays down and Xinhua writes. Surnames are read by our own table (单 is Shan, not Dan).
"""

from __future__ import annotations

from functools import cache

from pipeline.constrain import tables

_COMPOUND = 2


@cache
def surnames() -> dict[str, str]:
    """Surnames and their readings; a reading left to pypinyin is empty."""
    return {name: reading.strip("*") for names, reading in tables.rows("surnames.tsv") for name in names.split()}


def surname(name: str) -> str:
    """The surname that a name begins with, a compound one before a single one; empty where it begins with none."""
    return tables.longest(name, 0, frozenset(surnames()), limit=_COMPOUND)


def latin(name: str, *, umlaut: str = "yu") -> str:
    """A whole name in pinyin without tones; `umlaut` says what ü becomes after l and n: yu, ü or v.

    Raises ValueError where the name begins with no known surname.
    """
    family = surname(name)
    if not family:
        raise ValueError(f"{name!r} begins with no known surname")
    read = surnames()[family] or "".join(_syllables(family))
    given = _joined(_given(name[len(family) :]))
    return " ".join(filter(None, [_capital(_with_umlaut(read, umlaut)), _capital(_with_umlaut(given, umlaut))]))


def _syllables(text: str) -> list[str]:
    import pypinyin.exceptions  # noqa: PLC0415 - its dictionaries take half a second, and not every command reads a name

    try:
        return pypinyin.lazy_pinyin(text, style=pypinyin.Style.NORMAL, errors="exception")
    except pypinyin.exceptions.PinyinNotFoundException as error:
        raise ValueError(f"no reading is known for {text!r}") from error


def _given(text: str) -> list[str]:
    own = tables.pairs("given_readings.tsv")
    return [own.get(character, read) for character, read in zip(text, _syllables(text), strict=True)]


def _joined(syllables: list[str]) -> str:
    """Syllables in one word, with an apostrophe before an inner one that begins with a, e or o (Xi'an)."""
    return "".join(f"'{s}" if i and s[0] in "aeo" else s for i, s in enumerate(syllables))


def _with_umlaut(read: str, umlaut: str) -> str:
    return read.replace("v", umlaut)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
