"""How a bulletin was made, from the values that were used."""

from __future__ import annotations

import importlib.metadata

from pipeline import __version__
from pipeline.argos import ModelPackage
from pipeline.document import Colophon
from pipeline.glossary import Glossary
from pipeline.translate.engine import Decoding

LIBRARIES = ("ctranslate2", "jieba", "opencc", "pypinyin", "sentencepiece", "uharfbuzz", "weasyprint")
"""Those whose version can change the English, or the page."""


def colophon(package: ModelPackage, glossary: Glossary, options: Decoding) -> Colophon:
    """The model, the terms, this program's version and its libraries', and the decoding options."""
    versions = {name: importlib.metadata.version(name) for name in LIBRARIES}
    return Colophon(
        model=package.title,
        model_sha256=package.sha256,
        model_origin=package.origin,
        glossary_sha256=glossary.sha256,
        versions=tuple(sorted({**versions, "bilingual-bulletin": __version__}.items())),
        options=options.described(),
    )
