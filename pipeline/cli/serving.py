"""`bulletin serve`."""

from __future__ import annotations

import argparse
import html
import os
import webbrowser
from pathlib import Path

from pipeline import system
from pipeline.cli.who import now, user


def serve(options: argparse.Namespace) -> int:
    """Serves the bulletins for review until Ctrl-C."""
    system.ready()
    from pipeline.serve import Reviewer, Service  # noqa: PLC0415 - the engine and typesetting take a second to import

    service = Service(Path(), Reviewer(options.by or user(), now), port=options.port)
    print(f"Review the bulletins at {service.address}\nCtrl-C ends.", flush=True)
    if options.open:
        _open(service.address)
    at_rest = service.run()
    print("\nEnded; everything that was saved is in memory.tmx.", flush=True)
    if not at_rest:
        os._exit(0)  # the engine or the typesetter works on in a thread that nothing can stop
    return 0


def _open(address: str) -> None:
    """Opens the browser by a file that only its owner can read: a command line can be read by everyone here."""
    entry = Path(".cache", "serve.html").resolve()
    entry.parent.mkdir(exist_ok=True)
    entry.unlink(missing_ok=True)
    with os.fdopen(os.open(entry, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(f'<!doctype html><meta http-equiv="refresh" content="0;url={html.escape(address)}">\n')
    webbrowser.open(entry.as_uri())
