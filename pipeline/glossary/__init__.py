"""Fixed terms: what glossary.csv says, and where it applies in a sentence."""

from pipeline.glossary.entry import Entry, Status
from pipeline.glossary.glossary import Glossary, layered
from pipeline.glossary.matching import Reason, Rejection
from pipeline.glossary.reading import COLUMNS, checked, of_article, parse
from pipeline.glossary.scan import Hit, Scanner
from pipeline.glossary.variants import fold

__all__ = [
    "COLUMNS",
    "Entry",
    "Glossary",
    "Hit",
    "Reason",
    "Rejection",
    "Scanner",
    "Status",
    "checked",
    "fold",
    "layered",
    "of_article",
    "parse",
]
