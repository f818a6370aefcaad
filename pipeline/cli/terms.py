"""`bulletin glossary`: the terminologist's tools."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sized
from contextlib import suppress
from itertools import islice
from pathlib import Path

from pipeline import articles, files
from pipeline import build as order
from pipeline.build import terms
from pipeline.cli.screen import Lines, screen
from pipeline.document import Origin, Pair, PairOrigin
from pipeline.errors import GlossaryError, PipelineError
from pipeline.glossary import Glossary, Usage, conflicts, fold, layered, to_csv, usage
from pipeline.glossary import suggest as suggestions
from pipeline.project import Choices, Project
from pipeline.termbase import load, read, term_bank, write

_PLACES = 5
"""Places of a term that are shown."""
_BOM = "\ufeff"


def check(_options: argparse.Namespace) -> int:
    """All mistakes of the glossary and its layers at once; then what is allowed and yet worth a look."""
    project = Project.at(Path(), Choices())
    layers = terms.layers(project, Lines())
    for conflict in conflicts(layers, tuple(_texts(project))):
        print(f"{conflict.kind}: {conflict.message}")
    for source, number in _forced(project).most_common():
        print(f"forced: “{source}” could only be forced into {number} {'sentence' if number == 1 else 'sentences'}.")
    for path, layer in zip(terms.files_of(project), layers, strict=False):
        print(f"{path}: {len(layer)} terms, no mistake.")
    return 0


def _texts(project: Project) -> Iterator[str]:
    """The text of every article that can be read; `build` tells of the others."""
    for path in sorted((project.root / "articles").glob("[!.~]*")):
        with suppress(PipelineError):
            yield from (block.text for draft in articles.read(path) for block in draft.blocks)


def _forced(project: Project) -> Counter[str]:
    """How many sentences of the bulletins in output/ each term had to be forced into."""
    reports = (json.loads(path.read_text("utf-8")) for path in sorted(project.output.glob("*/report.json")))
    sentences = (s for report in reports for s in report["sentences"] if s["origin"] == PairOrigin.FORCED)
    return Counter(
        source
        for sentence in sentences
        for source in {c["source"] for c in sentence["constraints"] if c["origin"] == Origin.GLOSSARY}
    )


def use(options: argparse.Namespace) -> int:
    """Each term: how often, how it came out, how often it was forced, where; then the terms that were not used."""
    project, pairs = _translated(options)
    found = usage(layered(terms.layers(project, Lines())), pairs)
    own = set(map(str, terms.files_of(project)))
    for one in found:
        if one.occurrences:
            print(_used(one))
    idle = [one.entry.source for one in found if not one.occurrences and one.entry.layer in own]
    if idle:
        print(f"Not used: {', '.join(idle)}")
    return 0


def _used(one: Usage) -> str:
    forms = ", ".join(f"{form} ({number})" for form, number in one.renderings)
    places = dict.fromkeys(f"{o.article} {o.sentence_id}" for o in one.occurrences)
    shown = ", ".join([*islice(places, _PLACES), *(["…"] if len(places) > _PLACES else [])])
    doubts = [f"{number} {word}" for number, word in ((one.forced, "forced"), (one.missed, "missed")) if number]
    seeming = [f"{_times(one.rejections)} only part of something else"] if one.rejections else []
    told = "; ".join([_times(one.occurrences), forms, *doubts, *seeming, shown])
    return f"{one.entry.source} [{one.entry.layer}]: {told}"


def _times(found: Sized) -> str:
    return f"{len(found)} {'time' if len(found) == 1 else 'times'}"


def suggest(options: argparse.Namespace) -> int:
    """Rows to paste into the glossary, after a person has looked at them."""
    project, pairs = _translated(options)
    bank = term_bank().suggested
    entries = suggestions(pairs, layered(terms.layers(project, Lines())), bank, least=options.least)
    header, *rows = to_csv(Glossary(entries)).splitlines()
    print(*([header, *rows] if rows else ["Nothing to suggest."]), sep="\n")
    return 0


def _translated(options: argparse.Namespace) -> tuple[Project, dict[str, tuple[Pair, ...]]]:
    """The project, and the pairs of every article by slug: from memory, as far as they were translated before."""
    project = Project.at(Path(), Choices(model=options.model))
    plan = project.plan(options.articles, force=True)
    with screen() as shown:
        made = order.bulletins(project, plan.stale, order.Run(shown, debug=options.debug))
    return project, {page.work.slug: tuple(page.content.pairs.values()) for page in made}


def take(options: argparse.Namespace) -> int:
    """Takes the terms of a file into the glossary: known sources are changed where they stand, new ones come last."""
    path = Project.at(Path(), Choices()).glossary
    loaded = read(options.file)
    for remark in loaded.remarks:
        print(remark)
    before = load(path).glossary if path.exists() else Glossary()
    after = _merged(before, loaded.glossary)
    marked = path.exists() and path.read_bytes().startswith(_BOM.encode())
    files.write_whole(path, (_BOM if marked else "") + to_csv(after))
    old, new = (set(to_csv(glossary).splitlines()) for glossary in (before, after))
    changed = len(new - old) - (len(after) - len(before))
    print(f"{path}: {len(after) - len(before)} terms new, {changed} changed, {len(after)} in all.")
    return 0


def _merged(before: Glossary, taken: Glossary) -> Glossary:
    """The order of `before`, then of `taken`, whose entries win."""
    winners = layered([taken, before])
    order = {fold(entry.source): None for entry in (*before, *taken)}
    return Glossary(entry for source in order if (entry := winners.find(source)))


def give(options: argparse.Namespace) -> int:
    """Writes the glossary in the form that the file's suffix says."""
    path = Project.at(Path(), Choices()).glossary
    if not path.exists():
        raise GlossaryError("there is no glossary to export", path=path, remedy="make one, or set terms.glossary")
    glossary = load(path).glossary
    write(glossary, options.file)
    print(f"{options.file}: {len(glossary)} terms.")
    return 0
