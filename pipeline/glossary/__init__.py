"""Fixed terms: what glossary.csv says, and where it applies in a sentence."""

from pipeline.glossary.entry import Entry, Status
from pipeline.glossary.glossary import Glossary, Match, layered
from pipeline.glossary.matching import Reason, Rejection
from pipeline.glossary.reading import COLUMNS, Row, checked, from_rows, of_article, parse
from pipeline.glossary.scan import Hit, Scanner
from pipeline.glossary.variants import fold
from pipeline.glossary.writing import table, to_csv

__all__ = [
    "COLUMNS",
    "Entry",
    "Glossary",
    "Hit",
    "Match",
    "Reason",
    "Rejection",
    "Row",
    "Scanner",
    "Status",
    "checked",
    "fold",
    "from_rows",
    "layered",
    "of_article",
    "parse",
    "table",
    "to_csv",
]
