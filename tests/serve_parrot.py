"""`bulletin serve` with a parrot for an engine, as a program of its own: what a test can kill."""

import sys

from parrot import PACKAGE, Parrot

import pipeline.argos
import pipeline.pdf
from pipeline import cli

if __name__ == "__main__":
    pipeline.argos.find = lambda *_, **__: PACKAGE
    pipeline.argos.Argos = Parrot
    pipeline.pdf.to_pdf = lambda *_, **__: b"%PDF-1.7"
    sys.exit(cli.main(["serve", *sys.argv[1:]]))
