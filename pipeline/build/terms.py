"""The fixed terms of a project: its glossary, further layers and the term bank, laid over one another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.build.watch import Watch
from pipeline.document import Draft
from pipeline.errors import Mistakes, PipelineError
from pipeline.glossary import Glossary, layered
from pipeline.project import Project
from pipeline.segment import Cut, word_cutter
from pipeline.termbase import load, term_bank


def terms_of(project: Project, watch: Watch) -> Glossary:
    """All terms that apply to every article, the strongest layer deciding. Tells and raises as `layers` does."""
    return layered(layers(project, watch))


def layers(project: Project, watch: Watch) -> tuple[Glossary, ...]:
    """The project's glossaries, the strongest first, and the term bank unless it is switched off.

    Tells the watch what the owner of a file should know. Raises Mistakes of GlossaryError: those of all files at once.
    """
    glossaries: list[Glossary] = []
    mistakes: list[PipelineError] = []
    for path in files_of(project):
        try:
            loaded = load(path)
        except PipelineError as error:
            mistakes += error.errors if isinstance(error, Mistakes) else [error]
        else:
            glossaries.append(loaded.glossary)
            for remark in loaded.remarks:
                watch.complain(remark)
    if mistakes:
        raise Mistakes(tuple(mistakes))
    bank = [term_bank().applied] if project.settings.terms.bank else []
    return (*glossaries, *bank)


def files_of(project: Project) -> tuple[Path, ...]:
    """The glossary, where there is one, and the further layers, which must be there."""
    named = project.settings.terms.glossary != type(project.settings.terms)().glossary
    first = (project.glossary,) if named or project.glossary.exists() else ()
    return (*first, *project.layers)


class Cutter:
    """Cuts words and knows the terms; for an article with terms of its own, those too."""

    def __init__(self, terms: Glossary) -> None:
        """`terms` are what applies to every article."""
        self._sources = tuple(entry.source for entry in terms.firing)
        self._cut = word_cutter(self._sources)

    def cut_for(self, drafts: Sequence[Draft]) -> Cut:
        """The cutter for one file's articles."""
        own = tuple(source for draft in drafts for source in draft.glossary)
        return word_cutter((*self._sources, *own)) if own else self._cut
