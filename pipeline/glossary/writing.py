"""A glossary → table or CSV text: the entries in their order, one line each, so that one change is one line."""

from __future__ import annotations

import csv
import io

from pipeline.document import Case
from pipeline.glossary.entry import Entry, Status
from pipeline.glossary.glossary import Glossary
from pipeline.glossary.reading import COLUMNS


def table(glossary: Glossary) -> list[list[str]]:
    """The header and a row of cells an entry: the columns of COLUMNS, then the unknown ones as first met."""
    extra = list(dict.fromkeys(name for entry in glossary for name, _ in entry.extra))
    return [
        [*COLUMNS, *extra],
        *([*_cells(entry), *(dict(entry.extra).get(name, "") for name in extra)] for entry in glossary),
    ]


def to_csv(glossary: Glossary) -> str:
    """Text that `parse` reads back as the same entries; lines end in a line feed."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table(glossary))
    return text.getvalue()


def _cells(entry: Entry) -> list[str]:
    lists = ("|".join(forms) for forms in (entry.allowed, entry.forbidden, entry.except_))
    case = "" if entry.case is Case.SENTENCE else entry.case.value
    status = "" if entry.status is Status.APPROVED else entry.status.value
    return [entry.source, entry.target, *lists, case, entry.note, status]
