"""Whether the English is doubtful as a whole: what the model thinks of it, and signs of a sentence gone astray."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from pipeline.check.finding import Complaint, warning
from pipeline.document import Pair

DOUBTED_BELOW = -0.7
"""Mean log-probability a piece below which the model doubts its own English; docs/checks.md has what was measured."""

_AGREED = (
    "more|again|over|less|better|worse|faster|bigger|higher|deeper|further|"
    "years|thousands|hundreds|millions|through|time|round|around|many"
)
"""What is said twice in good English: more and more."""
_SIGNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"\b(?:the|an?|of)[”’](?!\w)|(?:^|\s)”|“(?:\s|$)|(?<=[a-z])[“”](?=[A-Za-z])", re.IGNORECASE),
        "a quotation mark stands where none can",
    ),
    (
        re.compile(rf"\b(?!(?:{_AGREED})\b)([a-z-]{{4,}}) (?:and|or) \1\b", re.IGNORECASE),
        "it says the same thing twice",
    ),
    (
        re.compile(r"[,;:]\s*[,;:.](?![.\d])|(?<!\.)\.\.(?!\.)|(?<![A-Z])[.,;][”’][,;.]"),
        "stops stand beside one another",
    ),
    (re.compile(r"\b(?:the|an|our|their|its)[,.;:!?](?!\w)"), "a stop comes after an article"),
    (
        re.compile(r"(?<![’'])\b(?:the|an?) (?:of|and|to|for|with|from|the|an?|is|are|was|were|has|have)\b(?!-)"),
        "a word is missing",
    ),
    (re.compile(r"^(?:[?!,;:)]|\.(?!\.))"), "it begins with a stop"),
)
"""What hardly ever stands in good English: in 3 of 2,998 references."""
_SMALL = frozenset({
    "from",
    "with",
    "into",
    "over",
    "than",
    "that",
    "upon",
    "after",
    "under",
    "about",
    "between",
    "through",
})
"""Words of four letters and more that a headline need not capitalise."""
_SHOWN = 12
"""Characters to either side of a sign that the message shows at least."""
_FEW, _MOST = 4, 0.6
"""Longer words from which a text may be a headline, and which share of them must have capitals to call it one."""


def doubtful(pair: Pair) -> Iterator[Complaint]:
    """The model doubts this English itself, or it reads as if put together from pieces."""
    reasons = [*filter(None, [_score(pair)]), *signs(pair)]
    if reasons:
        said = "; ".join(reasons)
        yield warning(f"{said[0].upper()}{said[1:]}.")


def signs(pair: Pair) -> tuple[str, ...]:
    """What in the text itself looks wrong, in words; empty where nothing does."""
    return tuple(sign for rule in (_sign, _capitals, _question) if (sign := rule(pair)))


def _score(pair: Pair) -> str:
    if pair.score is None or pair.score >= DOUBTED_BELOW:
        return ""
    shown = math.floor(pair.score * 100) / 100  # never up to the bound itself
    return f"the model doubts it (score −{-shown:.2f}, below −{-DOUBTED_BELOW:g})"


def _sign(pair: Pair) -> str:
    for pattern, what in _SIGNS:
        if found := pattern.search(pair.target):
            return f"{what}: “{_around(pair.target, *found.span())}”"
    return ""


def _around(text: str, start: int, stop: int) -> str:
    """What stands there, with a whole word or two to either side."""
    before = text.rfind(" ", 0, max(start - _SHOWN, 0)) + 1
    after = text.find(" ", stop + _SHOWN)
    return text[before : after if after >= 0 else len(text)].strip()


def _capitals(pair: Pair) -> str:
    """A headline in which some words lack the capital that the others have; one with inner stops is a sentence."""
    if re.search(r"[.?!:;”,(]", pair.target):
        return ""
    words = re.findall(r"(?<![\w-])[^\W\d_]{4,}", pair.target)
    low = [word for word in words if word[0].islower() and word not in _SMALL]
    if low and len(words) >= _FEW and len(words) - len(low) >= _MOST * len(words) and _headline(pair):
        return f"capitals are mixed: “{low[0]}”"
    return ""


def _headline(pair: Pair) -> bool:
    """Whether it is set as a headline: no full stop in the Chinese either."""
    return not re.search(r"[。！？；，]", pair.sentence.text)


def _question(pair: Pair) -> str:
    asks = pair.sentence.text.rstrip("”’」）) ").endswith(("？", "?"))
    return "the Chinese asks, the English does not" if asks and "?" not in pair.target else ""
