"""`bulletin theme`: which themes there are, and one to change."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from pipeline import config
from pipeline.layout import theme


def listed(_options: argparse.Namespace) -> int:
    """Every theme that ships, and one's own where it is set; a star before the one in use."""
    in_use = config.read(Path(config.NAME)).page.theme
    names = theme.names()
    for name in (*names, *([in_use] if in_use not in names else [])):
        star = "*" if name == in_use else " "
        print(f"{star} {name}  {theme.about(name)}".rstrip())
    return 0


def copy(options: argparse.Namespace) -> int:
    """Copies a theme into a new folder, and says how it is put to use."""
    written = theme.copy(options.theme, options.folder)
    setting = json.dumps(options.folder.as_posix(), ensure_ascii=False)
    print(f"{options.theme} is in {options.folder}, {len(written)} files; bulletin.css is the one to begin with.")
    print(f"To use it, write in {config.NAME}, in the section [page]:  theme = {setting}")
    return 0
