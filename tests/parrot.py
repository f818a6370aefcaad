"""An engine of ten lines, for tests of what stands around the engine."""

from typing import ClassVar

from pipeline.argos import ModelPackage
from pipeline.translate import Hypothesis

PACKAGE = ModelPackage(None, "parrot", "1", "0" * 64, "here", None)


class Parrot:
    """Says one thing to everything, and remembers what it was asked."""

    signature = "parrot 1"
    markup = None
    asked: ClassVar[list[str]] = []

    def __init__(self, package):
        self.package = package

    def fits(self, text):
        return True

    def translate(self, sources, options, prefixes=None, *, attend=False):
        self.asked.extend(sources)
        return tuple((Hypothesis(f"We are on the way {len(source)} times.", -0.5),) for source in sources)

    def score(self, sources, targets):
        return tuple(-0.5 for _ in sources)
