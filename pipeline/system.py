"""What the machine itself must bring: a new enough Python and the libraries that set type. Looked at before all else.

Needs nothing but the standard library and parses on old Pythons, so that `make` can run it before there is a `.venv`.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from pathlib import Path

from pipeline.errors import SystemLibraryError

OLDEST_PYTHON = (3, 11)

LIBRARIES = {
    "GObject": ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll", "gobject-2.0"),
    "Pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll", "pango-1.0"),
    "PangoFT2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll", "pangoft2-1.0"),
    "HarfBuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll", "harfbuzz"),
    "Fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll", "fontconfig"),
}
"""What WeasyPrint 70 loads (its `text/ffi.py`), by the names that Linux, macOS and Windows give it."""

REMEDIES = {
    "debian": "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "fedora": "dnf install pango",
    "arch": "pacman -S pango",
    "alpine": "apk add pango",
    "suse": "zypper install libpango-1_0-0",
    "macos": "brew install pango",
}
"""The command that brings them, by family of system."""


def ready() -> None:
    """Looks at the machine; raises SystemLibraryError that names what is missing and the command that installs it."""
    if sys.version_info < OLDEST_PYTHON:
        found, needed = (".".join(map(str, version[:2])) for version in (sys.version_info, OLDEST_PYTHON))
        remedy = f"install Python {needed} or newer and run make PYTHON=python{needed}"
        raise SystemLibraryError(f"this is Python {found}, and the pipeline needs {needed}", remedy=remedy)
    missing = [library for library, names in LIBRARIES.items() if not any(map(_loads, names))]
    if missing:
        raise SystemLibraryError(f"{' and '.join(missing)} cannot be found, and no PDF can be made", remedy=_remedy())


def _loads(name: str) -> bool:
    """Whether the linker finds it: by file name, or (the plain last name of a row) where ctypes knows to look."""
    try:
        ctypes.CDLL(name if name.startswith("lib") else ctypes.util.find_library(name) or name)
    except OSError:
        return False
    return True


def _remedy(release: Path = Path("/etc/os-release")) -> str:
    family = "macos" if sys.platform == "darwin" else _family(release.read_text("utf-8") if release.is_file() else "")
    command = REMEDIES.get(family)
    return f"run {command}" if command else "install Pango with the package manager of this system"


def _family(release: str) -> str:
    """The first family that os-release's ID or ID_LIKE names; empty where none of ours is among them."""
    fields = dict(line.split("=", 1) for line in release.splitlines() if "=" in line)
    names = f"{fields.get('ID', '')} {fields.get('ID_LIKE', '')}".replace('"', "").split()
    return next((family for name in names for family in REMEDIES if name.startswith(family)), "")


def main() -> int:
    """Says in one sentence what is missing, if something is. Returns the exit code."""
    try:
        ready()
    except SystemLibraryError as missing:
        sys.stderr.write(f"{missing}\n")
        return missing.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
