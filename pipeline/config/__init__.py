"""`bulletin.toml`: what an editor may set. Every key has a default; all that is wrong is said at once, line by line."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pipeline.config.reading import between, fill, matching, one_of, own_line, required
from pipeline.errors import ConfigError, Mistakes, PipelineError
from pipeline.files import read_text

NAME = "bulletin.toml"
CHECKS = (
    "terms", "numbers", "dates", "names", "forbidden", "han", "marks", "repetition", "length", "forced", "doubled",
    "brackets", "doubtful", "consistency",
)  # fmt: skip
"""The checks by name: `pipeline.check` has them, and takes half a second to import."""
LAYOUTS = ("side-by-side", "facing", "stacked", "chinese", "english")


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands at the head of the first page."""

    chinese: str = "双语公报"
    english: str = "The Bilingual Bulletin"
    issue: str = ""
    """As it should be printed: "No. 12"."""
    date: str = ""
    """As it should be printed; empty: the articles' own."""
    publisher: str = ""
    """The PDF's author; empty: the masthead's names."""
    logo: str = ""
    """Path of an SVG or PNG, from the project's folder; empty: none."""


@dataclass(frozen=True, slots=True)
class Page:
    """How a bulletin looks."""

    layout: str = one_of(*LAYOUTS)
    theme: str = "gazette"
    """A theme that ships (gazette, brief), or the folder of one's own."""
    paper: str = one_of("A4", "Letter", "A3")
    type_size: float = between(10.0, 7.0, 16.0)
    """Points, of the Chinese text."""
    ratio: float = between(0.36, 0.3, 0.6)
    """Share of the width that the Chinese column takes, side by side."""
    accent: str = matching("#7a1f1f", "#[0-9a-fA-F]{6}", "a colour as in #7a1f1f")
    """Colour of rules and marks, #rrggbb."""
    archival: bool = False
    """Whether the PDF is to be PDF/A-2u, for an archive, rather than PDF/UA-1, for screen readers."""
    review_marks: bool = True
    """Whether what a reviewer must look at is marked in the margin."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Which terms are fixed, strongest first: the article's own, the glossary, the layers in order, the term bank."""

    glossary: str = "glossary.csv"
    layers: tuple[str, ...] = ()
    """Further glossaries of the same form, paths from the project's folder."""
    bank: bool = True
    """Whether the official terms that ship apply where nothing else speaks."""


@dataclass(frozen=True, slots=True)
class Names:
    """How persons' names are written in English."""

    u_umlaut: str = one_of("yu", "ü", "v")
    """What 吕 becomes: Lyu (as in passports), Lü, or Lv."""


@dataclass(frozen=True, slots=True)
class Engine:
    """Which model translates, and how hard it tries."""

    model: str = ""
    """Path of an Argos zh→en package; empty: the newest one installed, else the one that ships."""
    beam: int = between(3, 1, 16)


@dataclass(frozen=True, slots=True)
class Ignore:
    """Findings that need no look, and why. All that is said must hold; what is left out holds for everything."""

    check: str = required("|".join(CHECKS), f"one of {', '.join(CHECKS)}")
    reason: str = required(r"(?s).*\S.*", "why this needs no look, in a sentence for the next reader")
    article: str = ""
    """Name of the article's file without suffix; * and ? stand for any characters."""
    sentence: str = ""
    """The sentence's number as printed: a1.p2.s1."""
    contains: str = ""
    """Text that stands in the sentence, in Chinese or English, or in the message."""
    line: int = own_line()
    """Where it stands in `bulletin.toml`."""


@dataclass(frozen=True, slots=True)
class Checks:
    """What the checks leave out."""

    ignore: tuple[Ignore, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """All of `bulletin.toml`."""

    masthead: Masthead = field(default_factory=Masthead)
    page: Page = field(default_factory=Page)
    terms: Terms = field(default_factory=Terms)
    names: Names = field(default_factory=Names)
    engine: Engine = field(default_factory=Engine)
    checks: Checks = field(default_factory=Checks)


def read(path: Path) -> Config:
    """The settings in `path`; all defaults where there is no such file. Raises ConfigError or Mistakes of them."""
    if not path.exists():
        return Config()
    try:
        return parse(read_text(path), name=path.name)
    except PipelineError as error:
        if isinstance(error, ConfigError | Mistakes):
            raise
        raise ConfigError(error.what, path=path.name, remedy=error.remedy) from error


def parse(text: str, *, name: str = NAME) -> Config:
    """The settings that `text` gives; `name` is what errors call it. Raises Mistakes of ConfigError, all at once."""
    return fill(Config, text, name=name)
