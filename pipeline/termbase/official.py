"""Edge: the official terms that ship as package data → what applies by itself, and what is only suggested."""

from __future__ import annotations

import enum
import functools
import re
from importlib.resources import files
from typing import NamedTuple

from pipeline.glossary import Entry, Glossary, checked

LAYER = "term bank"
_NAME = "official.tsv"
_AFTER_HEAD = re.compile(
    r" (?:of|for|to|in|with|on|at|by|from|among|between|that|which|above|under|within|along)\b| \("
)
_IRREGULAR = {"man": "men", "woman": "women", "person": "people", "child": "children", "consortium": "consortia"}


class Use(enum.StrEnum):
    """What an official term is good for."""

    ALWAYS = "always"
    """Applied where no stronger layer knows the source."""
    CONTEXT = "context"
    """Right in some contexts and wrong in others: shown, never applied."""
    SUGGEST = "suggest"
    """Unsettled, or clumsy in running text: shown, never applied."""


class TermBank(NamedTuple):
    """The official terms: a layer for the glossary, and what a terminologist may pick from."""

    applied: Glossary
    suggested: Glossary
    """Context-dependent ones among them; `Entry.extra` has the use."""


@functools.cache
def term_bank() -> TermBank:
    """The terms of data/official.tsv; raises Mistakes of GlossaryError where the shipped file were wrong."""
    text = files("pipeline").joinpath("data", _NAME).read_text("utf-8")
    entries = [_entry(number, line.split("\t")) for number, line in enumerate(text.splitlines()[1:], start=2)]
    applied = [entry for entry in entries if ("use", Use.ALWAYS) in entry.extra]
    suggested = [entry for entry in entries if ("use", Use.ALWAYS) not in entry.extra]
    return TermBank(checked(applied, name=_NAME), checked(suggested, name=_NAME))


def _entry(line: int, cells: list[str]) -> Entry:
    category, source, target, confidence, use, allowed, except_ = cells
    forms = (target, *filter(None, allowed.split("|")))
    return Entry(
        source,
        target,
        tuple(dict.fromkeys((*forms[1:], *(p for form in forms for p in plurals(form) if p not in forms)))),
        except_=tuple(filter(None, except_.split("|"))),
        line=line,
        layer=LAYER,
        extra=(("category", category), ("confidence", confidence), ("use", Use(use))),
    )


def plurals(phrase: str) -> tuple[str, ...]:
    """The phrase with its head noun in the plural, where it is a common noun in the singular; else nothing.

    The head is the last word before the first preposition or bracket: `member of the CPC committee` →
    `members of the CPC committee`. A plural that English would not use is harmless:
    it is only accepted, never asked for.
    """
    stop = found.start() if (found := _AFTER_HEAD.search(phrase)) else len(phrase)
    before, _, head = phrase[:stop].rpartition(" ")
    plural = _plural(head)
    return (f"{before} {plural}{phrase[stop:]}".strip(),) if plural else ()


def _plural(noun: str) -> str:
    if not re.fullmatch(r"[a-z]+(?:-[a-z]+)*|SME|GDP", noun) or re.search(r"(?<!s|u|i)s$", noun) or noun == "GDP":
        return ""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(?:s|x|ch|sh|z)$", noun) else "s")
