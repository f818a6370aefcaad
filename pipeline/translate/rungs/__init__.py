"""The rungs, one module each. The ladder (`pipeline/translate/ladder.py`) says in which order they are tried."""
