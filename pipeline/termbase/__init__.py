"""Terms from files: glossary.csv and its layers, the official terms that ship, spreadsheets and term bases."""

from pipeline.termbase.exchange import SUFFIXES, read, write
from pipeline.termbase.files import Loaded, load
from pipeline.termbase.official import TermBank, Use, term_bank

__all__ = ["SUFFIXES", "Loaded", "TermBank", "Use", "load", "read", "term_bank", "write"]
