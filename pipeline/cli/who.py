"""Who sits at this machine, and what time it is: for what is written with a name and a date."""

from __future__ import annotations

import getpass
import subprocess
from datetime import UTC, datetime


def now() -> str:
    """The time as TMX writes it, in UTC."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")


def user() -> str:
    """The name that git knows, or the login."""
    try:
        name = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, timeout=5, check=False)  # noqa: S607
        return name.stdout.strip() or getpass.getuser()
    except (OSError, subprocess.SubprocessError):
        return getpass.getuser()
