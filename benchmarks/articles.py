"""A hundred articles made from the seed page: its clauses in new order, so that no sentence comes twice."""

from __future__ import annotations

import random
import re
from pathlib import Path

SEED = Path(__file__).parent.parent / "articles" / "gaoxin-shibao-page.txt"
CLAUSE = re.compile(r"[^，,；。！？“”‘’（）()《》\s]{6,40}")


def made(number: int, *, paragraphs: int = 2, sentences: int = 3, seed: int = 1) -> dict[str, str]:
    """`number` articles as Markdown, by file name: a headline and `paragraphs` of `sentences` of 2 to 4 clauses."""
    choose = random.Random(seed)  # noqa: S311 - the same set every time
    clauses = sorted(set(CLAUSE.findall(SEED.read_text("utf-8"))))
    return {f"article-{n:03}.md": _article(choose, clauses, paragraphs, sentences) for n in range(1, number + 1)}


def _article(choose: random.Random, clauses: list[str], paragraphs: int, sentences: int) -> str:
    body = ["".join(_sentence(choose, clauses) for _ in range(sentences)) for _ in range(paragraphs)]
    return "\n\n".join([f"# {choose.choice(clauses)}", *body]) + "\n"


def _sentence(choose: random.Random, clauses: list[str]) -> str:
    return "，".join(choose.sample(clauses, choose.randint(2, 4))) + "。"
