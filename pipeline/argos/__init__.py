"""The translation engine: Argos packages, driven through CTranslate2 and SentencePiece directly.

The only part of the house that imports argostranslate, ctranslate2 or sentencepiece. `argostranslate.package` finds and
downloads packages. `argostranslate.translate` is never imported: it drags in stanza and PyTorch, sends one sentence at
a time, and cuts long ones off in silence.
"""

from pipeline.argos.engine import WINDOW, Argos
from pipeline.argos.fetch import fetch
from pipeline.argos.package import ModelPackage, available, describe, find

__all__ = ["WINDOW", "Argos", "ModelPackage", "available", "describe", "fetch", "find"]
