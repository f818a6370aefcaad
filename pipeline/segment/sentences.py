"""Sentences of a text, lossless: a walk over its full stops, each judged by a named list of rules."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.segment.brackets import CLOSERS, CLOSING_QUOTES, OPENERS, STRAIGHT, Nesting, nesting

LONG = 80
"""Characters, about three lines of a newspaper column; a sentence beyond that is cut inside its quotations."""
DEEPEST = 2
"""Quotations within a quotation are cut too; deeper ones never."""

_STOPS = re.compile(r"[。｡！？!?…．.]+")
_CLAUSE_MARKS = "，,；;：:。！？!?“”‘’"
_GOES_ON = frozenset("，,、；;：:")
_CHINESE_END = CLOSERS | {"%"}
_NEAR = 20
"""Characters before a dot that show what it is."""
_ATTACHES = frozenset("的等这之和与及或")
_SPEECH = "表示|告诉|介绍|指出|强调|提出|要求|认为|坦言|回忆|感慨|解释|透露|写道|呼吁|补充|总结|宣布|宣告"
_SPEAKER = re.compile(rf"[^。！？!?，,；;：:“”\"]{{0,40}}?(?:(?:{_SPEECH})|[说道称问答喊](?=$|[。，,：:！!；;“\"]))")
_SPEAKING = re.compile(rf"(?:{_SPEECH}|[说称道问])[，,：:]?\s*\Z")
_ABBREVIATIONS = frozenset({"Mr", "Mrs", "Ms", "Dr", "Prof", "Co", "Ltd", "Inc", "Corp", "No", "St", "vs", "etc"})


@dataclass(frozen=True, slots=True)
class Stop:
    """A run of full stops in a text, and what closes behind it."""

    text: str
    nested: Nesting
    start: int
    """Where the sentence begins that may end here."""
    mark: int
    """Index of the first full stop of the run."""
    after_marks: int
    """Index behind the run."""
    end: int
    """Index behind the closing quotes and brackets that follow the run."""
    dot_ends: bool
    """Whether this text uses "." as its full stop."""

    @property
    def marks(self) -> str:
        """The full stops themselves."""
        return self.text[self.mark : self.after_marks]

    @property
    def next(self) -> str:
        """The character that follows, or an empty string."""
        return self.text[self.end : self.end + 1]

    @property
    def opening(self) -> int:
        """Index of the mark that opened what closes here last; -1 where nothing closes."""
        return self.nested.partner[self.end - 1] if self.end > self.after_marks else -1

    @property
    def begins_quoted(self) -> bool:
        """Whether what closes here opened the sentence."""
        return _past_space(self.text, self.start) == self.opening


def _in_brackets(stop: Stop) -> bool:
    """（共三条。其余从略。）and 《走吧！中国》: what stands in brackets is not cut."""
    return _depth_behind(stop.nested.brackets, stop, quotes=False) > 0


def _goes_on(stop: Stop) -> bool:
    """“前进！”，他喊。 A comma cannot begin a sentence."""
    place = _past_space(stop.text, stop.end)
    return stop.text[place : place + 1] in _GOES_ON


def _closes_brackets(stop: Stop) -> bool:
    """他读《走吧！》长大。 Brackets end a sentence only if they open it: （他是院长。） does."""
    closes_brackets = stop.opening >= 0 and stop.text[stop.end - 1] not in CLOSING_QUOTES
    return closes_brackets and not (stop.begins_quoted and stop.text[stop.opening] in "（(")


def _closes_part_of_the_sentence(stop: Stop) -> bool:
    """他大喊“救命！”然后跑了, 坚持“稳中求进。”的方针: ！？ or a word like 的 show that the sentence goes on."""
    if stop.opening < 0 or stop.begins_quoted or _is_led_to(stop):
        return False
    return "。" not in stop.marks or stop.next in _ATTACHES


def _speaker_follows(stop: Stop) -> bool:
    """“我们来了。”他说。 Speech stays with the speaker who follows it, unless it was led to already."""
    return stop.opening >= 0 and not _is_led_to(stop) and bool(_SPEAKER.match(stop.text, stop.end))


def _is_led_to(stop: Stop) -> bool:
    """Whether a colon, a comma or, before whole sentences, a verb of speech leads to the quotation that closes here."""
    before = stop.text[max(stop.start, stop.opening - 5) : stop.opening].rstrip()
    return before.endswith(("：", ":", "，", ",")) or ("。" in stop.marks and bool(_SPEAKING.search(before)))


def _dot_in_a_number_or_name(stop: Stop) -> bool:
    """3.5, 1.完善机制, U.S., v2.0: a single dot ends a sentence only behind a Chinese word or a plain Latin one."""
    if stop.marks not in {".", "．"}:
        return False
    before, after = stop.text[max(stop.start, stop.mark - _NEAR) : stop.mark], stop.text[stop.end : stop.end + 2]
    if _is_han(before[-1:]) or before[-1:] in _CHINESE_END:
        return bool(after.strip()) and after[0] not in OPENERS and not after[0].isspace() and not stop.dot_ends
    word = re.search(r"[A-Za-z]+\Z", before)
    ends_word = word and word[0][-2:].islower() and len(word[0]) > 1 and word[0] not in _ABBREVIATIONS
    return bool(after) and not (ends_word and re.match(r"\s[^a-z]", after))


def _in_latin(stop: Stop) -> bool:
    """www.example.cn/?id=3 is an address, not a question."""
    around = stop.text[max(0, stop.mark - 1) : stop.after_marks + 1]
    return bool(re.fullmatch(r"[\w/][?!.]+[\w=&/]", around, re.ASCII))


def _hesitates(stop: Stop) -> bool:
    """教育、医疗……都在变好, 我……我来: dots that end a list or a stammer do not end the sentence."""
    if not re.fullmatch(r"…+|\.{3,}", stop.marks) or not stop.next:
        return False
    clause = re.split(f"[{_CLAUSE_MARKS}]", stop.text[max(stop.start, stop.mark - LONG) : stop.mark])[-1]
    return "、" in clause or len(clause.strip()) < 6  # noqa: PLR2004  # shorter is no clause


KEEPS_TOGETHER: tuple[Callable[[Stop], bool], ...] = (
    _in_brackets,
    _goes_on,
    _closes_brackets,
    _closes_part_of_the_sentence,
    _speaker_follows,
    _dot_in_a_number_or_name,
    _in_latin,
    _hesitates,
)
"""A full stop ends the sentence unless one of these holds."""


def sentences(text: str) -> tuple[str, ...]:
    """Cut `text` into sentences; joined, they are exactly `text` (white space stays with the sentence before it).

    A full stop (。！？…, half-width too) ends a sentence together with the quotes and brackets that close behind it,
    unless a rule of `KEEPS_TOGETHER` holds. Inside a quotation nothing is cut, so that speech and speaker stay one
    sentence, as long as the whole has at most `LONG` characters. A longer one is cut after each 。 of the quotation,
    and what is still longer after each 。 of the quotations within it: the speaker stays with the last sentence of
    the speech. Neither the model nor a reviewer can hold half a paragraph at once.
    """
    nested = nesting(text)
    ends = list(_ends(text, nested, (0, len(text)), 0))
    return tuple(text[start:end] for start, end in zip([0, *ends], ends, strict=False))


def _ends(text: str, nested: Nesting, span: tuple[int, int], depth: int) -> Iterator[int]:
    """Where the sentences of text[span] end, cutting in quotations `depth` deep where a sentence is long."""
    start, stop = span
    for end in [*_cuts(text, nested, span, depth), stop]:
        if end - start > LONG and depth < DEEPEST:
            yield from _ends(text, nested, (start, end), depth + 1)
        elif end > start:
            yield end
        start = end


def _cuts(text: str, nested: Nesting, span: tuple[int, int], depth: int) -> Iterator[int]:
    start, last = span
    dot_ends = "。" not in text and bool(re.search(r"[\u4e00-\u9fff%][”’」』）)]*\.[”’」』）)]*\s*\Z", text[-20:]))
    for match in _STOPS.finditer(text, start, last):
        end = _past_closers(text, match.end(), nested)
        stop = Stop(text, nested, start, match.start(), match.end(), end, dot_ends)
        quoted = _depth_behind(nested.quotes, stop, quotes=True)
        if quoted > depth or (quoted and "。" not in stop.marks) or any(rule(stop) for rule in KEEPS_TOGETHER):
            continue
        start = _past_space(text, end)
        if start < last:
            yield start


def _depth_behind(depths: array[int], stop: Stop, *, quotes: bool) -> int:
    """How deep the text lies behind the stop, when all that closes there is closed."""
    last = stop.end - 1
    is_quote = stop.text[last] in CLOSING_QUOTES
    closes = 0 <= stop.nested.partner[last] < last and is_quote == quotes
    return depths[last] - closes


def _past_closers(text: str, place: int, nested: Nesting) -> int:
    while place < len(text) and text[place] in CLOSERS and nested.partner[place] < place:
        if text[place] == STRAIGHT and nested.partner[place] < 0:
            break
        place += 1
    return place


def _past_space(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
