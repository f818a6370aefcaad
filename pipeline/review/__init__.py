"""The review loop on files: hand-outs for reviewers, and taking in what they give back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.review.commas import to_csv
from pipeline.review.handout import Handout, changes, handout
from pipeline.review.intake import read
from pipeline.review.keeping import Fate, Keeping, Put
from pipeline.review.spreadsheet import to_xlsx
from pipeline.review.take import Change, Question, Taken, Terms, take
from pipeline.review.values import Print, Returned, ReviewError, Row
from pipeline.review.word import to_docx
from pipeline.review.xliff import to_xliff

__all__ = [
    "FORMATS", "Change", "Fate", "Handout", "Keeping", "Print", "Put", "Question", "Returned",
    "ReviewError", "Row", "Taken", "Terms", "changes", "handout", "read", "take",
]  # fmt: skip

FORMATS: Mapping[str, Callable[[Handout], bytes]] = {
    "xlsx": to_xlsx, "docx": to_docx, "xlf": to_xliff, "csv": to_csv,
}  # fmt: skip
"""By the suffix of their files."""
