"""What a stronger layer says holds also inside the longer terms of a weaker one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.document import Case
from pipeline.glossary.entry import Entry
from pipeline.glossary.matching import cuts_latin
from pipeline.glossary.scan import Scanner


def ranks(entries: Sequence[Entry]) -> Mapping[str, int]:
    """Each layer's place, 0 the strongest: layers are known by the order in which their entries come."""
    return {layer: rank for rank, layer in enumerate(dict.fromkeys(entry.layer for entry in entries))}


def nested(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Each entry with each other one whose source stands inside its own."""
    scanner = Scanner([entry.source for entry in entries])
    for entry in entries:
        whole = (hit for hit in scanner.scan(entry.source) if not cuts_latin(entry.source, hit))
        for term in dict.fromkeys(hit.term for hit in whole):
            if entries[term] is not entry:
                yield entry, entries[term]


def agrees(entry: Entry, inner: Entry) -> bool:
    """Whether the target of an entry holds a rendering of the term inside it, cased as that one demands."""
    flags = 0 if inner.case is Case.EXACT else re.IGNORECASE
    forms = (rf"(?<!\w){re.escape(form)}(?!\w)" for form in inner.forms)
    return any(re.search(form, entry.target, flags) for form in forms)


def overruled(entries: Sequence[Entry]) -> frozenset[str]:
    """Sources that must not apply: a term of a stronger layer stands inside them, and they render it in another way.

    So a glossary that makes 高新区 a High-tech Zone is not undone by a term bank that has a 世界一流高新区.
    """
    rank = ranks(entries)
    found: set[str] = set()
    for entry, inner in sorted(nested(entries), key=lambda pair: rank[pair[0].layer]):
        if rank[inner.layer] < rank[entry.layer] and inner.source not in found and not agrees(entry, inner):
            found.add(entry.source)
    return frozenset(found)
