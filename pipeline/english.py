"""Small rules of written English: blanks, quotes, articles, capitals, and where a term stands in a text. Pure."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from importlib import resources

from pipeline.document import Case

Span = tuple[int, int]
"""Half-open character offsets."""

_PUNCTUATION = str.maketrans({
    **dict(zip("，。、；：？！）》〉」』】〕", [f"{mark} " for mark in ",.,;:?!)””””]]"], strict=True)),
    **dict(zip("（《〈「『【〔", [f" {mark}" for mark in "(““““[["], strict=True)),
    # What a model leaves where it has no word: <unk>, or bytes that are no letter.
    **dict.fromkeys("·　\xa0⁇\ufffd", " "),
    # The full-width forms of ASCII lie 0xFEE0 above it.
    **{chr(full): chr(full - 0xFEE0) for full in range(0xFF01, 0xFF5F) if chr(full) not in "，；：？！（）"},
})
_PRIVATE = 0xE000
"""Code points that no text uses: they stand for what must not be touched."""
_WORD_DOT = r"(?<=[\w”’)\]])"
_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"…+|\.{4,}", "..."),
        (r"\s*——+\s*", "—"),
        (r"\b([Tt]he|[Aa]n?) (?:the|an?)\b(?![-’'])", r"\1"),
        (r"([(\[“‘])\s+", r"\1"),
        (r"\s+([,.;:?!%)\]”](?!\d))", r"\1"),
        (_WORD_DOT + r"([,;:])(?:\s*[,;:])+", r"\1"),
        (_WORD_DOT + r",\s*([.?!])", r"\1"),
        (r"(?<!\.)\.\s*\.(?!\.)", "."),
        (r"([,;:])(?=[^\W\d_]{2})", r"\1 "),
        (r"\s+", " "),
    )
)
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?= \w)")
_SENTENCE_START = re.compile(
    r"""(?:^|[.?!…]['"”’)\]]*\s|[:,]\s(?=["“‘])|^[^.?!:;—]{1,90}\s—\s)[\s"'“‘(\[]*$|^[\W_]*$"""
)
"""What stands before a sentence: nothing, a stop, what introduces speech, or a dateline ("Staff report — ")."""
_SUBJECT = re.compile(r"(?:We|It|They|He|She|I|This|These|Those|There)\b")
_ARTICLE = re.compile(r"\b(an?|the) $", re.IGNORECASE)
_OWN_ARTICLE = re.compile(r"(?:an?|the) ", re.IGNORECASE)
_LETTER_NAMES_WITH_VOWEL = frozenset("AEFHILMNORSX")
_CONSONANT_SOUND = re.compile(r"(?:uni(?!n|m|d)|unesco|us[aeiu]|util|ubiq|eu|one\b|once|ur[aeiou]|uk)", re.IGNORECASE)
_SILENT_H = re.compile(r"(?:hour|honest|hono|heir)", re.IGNORECASE)
_VOWEL_NUMBER = re.compile(r"8|1[18](?:,\d{3})*(?!\d)")


def tidy(text: str, keep: Sequence[str] = ()) -> str:
    """English as it is printed: no Chinese punctuation, double blank or article, blank before a stop; quotes curled.

    Forms in `keep` that these rules would change stay letter by letter as they are, but for their apostrophes.
    """
    odd = [form for form in keep if form and tidy(form) != curled(form)]
    for number, form in enumerate(odd):
        text = text.replace(form, chr(_PRIVATE + number))
    text = _tidied(text)
    for number, form in enumerate(odd):
        text = text.replace(chr(_PRIVATE + number), form)
    return text


def _tidied(text: str) -> str:
    text = text.translate(_PUNCTUATION)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return re.sub(r"\s+", " ", _quoted(text)).strip()


def curled(text: str) -> str:
    """With the apostrophes of a printed page: a glossary is typed with those of a typewriter."""
    return _APOSTROPHE.sub("’", text)


def _quoted(text: str) -> str:
    text = curled(text)
    for straight, pair in (('"', "“”"), ("'", "‘’")):
        parts = text.split(straight)
        text = functools.reduce(functools.partial(_quote, pair), parts) if len(parts) > 1 else text
    return text


def _quote(pair: str, before: str, after: str) -> str:
    opening, closing = pair[0], pair[1]
    loose_left, loose_right = before[-1:] in {"", " "}, after[:1] in {"", *" ,.;:?!)]"}
    tight_left = before[-1:] in {"(", "[", "—", "“", "‘"}
    if loose_left == loose_right and not tight_left:
        opens = before.count(opening) <= before.count(closing)
    else:
        opens = loose_left or tight_left
    return before + opening + after.lstrip() if opens else before.rstrip() + closing + after


def paired(text: str) -> str:
    """Without double quotes that open and never close, or close and never opened."""
    unclosed: list[int] = []
    unopened: list[int] = []
    for at, letter in enumerate(text):
        if letter == "“":
            unclosed.append(at)
        elif letter == "”" and unclosed:
            unclosed.pop()
        elif letter == "”":
            unopened.append(at)
    lone = frozenset(unclosed + unopened)
    return "".join(letter for at, letter in enumerate(text) if at not in lone)


def capitalised(text: str) -> str:
    """With its first letter large; quotes and brackets may stand before it."""
    first = re.search(r"[^\W\d_]", text)
    # "3rd" and "5G" begin with a digit: there is no letter to raise.
    if first is None or re.search(r"\d", text[: first.start()]):
        return text
    return text[: first.start()] + text[first.start()].upper() + text[first.end() :]


def indefinite(word: str) -> str:
    """The article that fits the sound of what follows it: an SME, a High-tech Zone, an 8, a university, an hour."""
    first = re.match(r"[\w&]+", word.lstrip("\"'“‘([ "))
    return "an" if first and _begins_with_vowel(first.group()) else "a"


def _begins_with_vowel(word: str) -> bool:
    if word[0].isdecimal():
        return bool(_VOWEL_NUMBER.match(word))
    spelled = word.isupper() and not (len(word) > 3 and re.search(r"[^AEIOU][AEIOU]|^[AEIOU]", word))  # noqa: PLR2004 - NATO, but SME
    if (spelled and len(word) > 1) or len(word) == 1:
        return word[0].upper() in _LETTER_NAMES_WITH_VOWEL
    if _SILENT_H.match(word):
        return True
    return word[0] in "aeiouAEIOU" and not _CONSONANT_SOUND.match(word)


@functools.lru_cache(maxsize=4096)
def _pattern(form: str) -> re.Pattern[str]:
    loose = {" ": r"\s+", "-": r"\s?[-‐‑–]\s?", "'": "['’]", "’": "['’]", '"': '["“”]', "“": '["“]', "”": '["”]'}
    body = "".join(loose.get(letter, re.escape(letter)) for letter in form)
    before = r"(?<!\w)(?<!\d[.,])" if form[:1].isdecimal() else r"(?<!\w)" if form[:1].isalnum() else ""
    after = r"(?!\w)(?![.,]\d)" if form[-1:].isdecimal() else r"(?!\w)" if form[-1:].isalnum() else ""
    return re.compile(before + body + after, re.IGNORECASE)


@functools.lru_cache(maxsize=4096)
def occurrences(text: str, form: str) -> tuple[Span, ...]:
    """Where a form stands in a text as whole words, in any case, blanks and quotes loosely read; in order."""
    return tuple(found.span() for found in _pattern(form).finditer(text)) if form else ()


def starts_sentence(text: str, at: int) -> bool:
    """Whether a sentence, or a quoted one, begins at this offset."""
    return bool(_SENTENCE_START.search(text[:at]))


def accepted(text: str, span: Span, form: str, case: Case) -> bool:
    """Whether what stands there is the form as its case demands, with apostrophes of either kind.

    EXACT: letter by letter. SENTENCE: too, but capitals may be raised where a sentence begins and at the words of a
    headline; and an article that the form begins with follows its place.
    """
    found, form = (said.replace("’", "'") for said in (text[span[0] : span[1]], form))
    if found == form:
        return True
    if case is Case.EXACT or found.casefold() != form.casefold():
        return False
    if found == _at_start(form) and starts_sentence(text, span[0]):
        return True
    return found == _inside(form) or (_raised(found, form) and is_title(text))


def _raised(found: str, form: str) -> bool:
    return all(new in (old, old.upper()) for new, old in zip(found, form, strict=True))


def is_title(text: str) -> bool:
    """Whether a text is cased as a headline: nearly all of its longer words begin with a capital, and there are two."""
    words = re.findall(r"[^\W\d_]{4,}", text)
    return len(words) > 1 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _at_start(form: str) -> str:
    return capitalised(form)


def _inside(form: str) -> str:
    return form[0].lower() + form[1:] if _OWN_ARTICLE.match(form) else form


def fit(text: str, forms: Sequence[tuple[str, Case]]) -> str:
    """The text with each occurrence of a form written as the form demands, and the article before it fitting.

    Longer forms take their places first, so that a short one never changes the inside of a long one.
    """
    taken: list[tuple[Span, str, Case]] = []
    for form, case in sorted(dict.fromkeys(forms), key=lambda pair: -len(pair[0])):
        free = (s for s in occurrences(text, form) if not any(s[0] < t[1] and t[0] < s[1] for t, _, _ in taken))
        taken.extend((span, form, case) for span in free)
    for span, form, case in sorted(taken, reverse=True):
        text = _fitted(text, span, form, case)
    return text


def _fitted(text: str, span: Span, form: str, case: Case) -> str:
    before = agreeing(text[: span[0]], form)
    moved = (len(before), len(before) + span[1] - span[0])
    if not starts_sentence(before, len(before)) and accepted(before + text[span[0] :], moved, form, case):
        return before + text[span[0] :]
    return before + written(before, form, case) + text[span[1] :]


def agreeing(before: str, form: str) -> str:
    """What stands before a form, with the article at its end fitting it: dropped where the form brings its own."""
    article = _ARTICLE.search(before)
    if article is None:
        return before
    if _OWN_ARTICLE.match(form):
        return before[: article.start()]
    if article[1].lower() == "the":
        return before
    right = indefinite(form)
    return f"{before[: article.start()]}{right.capitalize() if article[1][0].isupper() else right} "


def written(before: str, form: str, case: Case) -> str:
    """A form as it is written after the text `before`: capitalised where a sentence begins, its apostrophes curled."""
    form = curled(form)
    if case is Case.EXACT:
        return form
    return _at_start(form) if starts_sentence(before, len(before)) else _inside(form)


def followed(text: str, more: str) -> str:
    """One text after another, a blank between them where English wants one."""
    tight = not text or text[-1].isspace() or text[-1] in "([“‘-—/《（" or more[:1] in set(".,;:?!)]”’")
    return text + more if tight and text else f"{text} {more}" if text else more


def joined(parts: Sequence[str], stops: Sequence[str]) -> str:
    """Pieces of one sentence, each followed by its stop ("," or ";" or nothing), as one: one capital, one full stop.

    Only a piece with a subject of its own (We will …) begins a new sentence where the stop was a comma: a comma does
    not hold two English sentences together.
    """
    pieces = [part.strip() for part in parts]
    text = pieces[0]
    for piece, stop in zip(pieces[1:], stops, strict=False):
        alone = stop == "," and _SUBJECT.match(piece)
        text = f"{_stopped(text, '.')} {piece}" if alone else f"{_stopped(text, stop)} {lowered(piece)}"
    return text


def _stopped(text: str, stop: str) -> str:
    """With this stop in place of its last: full stops and commas inside a closing quotation mark, others outside."""
    quoted = text[-2:] in {".”", ",”"}
    bare = text[:-2] if quoted else text[:-1] if text[-1:] in set(".,;:") else text
    if not quoted:
        return bare + stop
    return f"{bare}{stop}”" if stop in {".", ","} else f"{bare}”{stop}"


def uncapitalised(text: str) -> str:
    """With a small first letter, unless the first word is I or no ordinary word: SME, PhD, A-share."""
    return text[0].lower() + text[1:] if re.match(r"[A-Z](?:[a-z]+|(?= ))\b(?!-[A-Z])(?<!\bI)", text) else text


def lowered(text: str) -> str:
    """With a small first letter where the first word is one that never keeps its capital inside a sentence."""
    first = re.match(r"(?:A(?!-)|[A-Z][a-z]+)\b(?![-’'][A-Z]| [A-Z])", text)
    return text[0].lower() + text[1:] if first and _small_inside(first[0].lower()) else text


def _small_inside(word: str) -> bool:
    stem = word.removesuffix("ing")
    return not {word, stem, f"{stem}e"}.isdisjoint(_openers())


@functools.cache
def _openers() -> frozenset[str]:
    text = resources.files("pipeline").joinpath("data/openers.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))
