"""Fixed terms: what glossary.csv says, and where it applies in a sentence."""

from pipeline.glossary.candidates import Candidate, candidates
from pipeline.glossary.conflicts import Conflict, Kind, conflicts
from pipeline.glossary.entry import Entry, Status
from pipeline.glossary.glossary import Glossary, Match, layered
from pipeline.glossary.matching import Reason, Rejection
from pipeline.glossary.reading import COLUMNS, Row, checked, from_rows, of_article, parse
from pipeline.glossary.scan import Hit, Scanner
from pipeline.glossary.suggestions import suggest
from pipeline.glossary.usage import Occurrence, Usage, usage
from pipeline.glossary.variants import fold
from pipeline.glossary.writing import table, to_csv

__all__ = [
    "COLUMNS",
    "Candidate",
    "Conflict",
    "Entry",
    "Glossary",
    "Hit",
    "Kind",
    "Match",
    "Occurrence",
    "Reason",
    "Rejection",
    "Row",
    "Scanner",
    "Status",
    "Usage",
    "candidates",
    "checked",
    "conflicts",
    "fold",
    "from_rows",
    "layered",
    "of_article",
    "parse",
    "suggest",
    "table",
    "to_csv",
    "usage",
]
