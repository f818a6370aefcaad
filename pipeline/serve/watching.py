"""Notices that what a bulletin is made of was changed by someone else: articles, terms, settings, approvals."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

import watchfiles

from pipeline import config
from pipeline.project import Project

_QUIET: Final = 400
"""Milliseconds without a change after which it is told of: editors write a file in several steps."""


class Watching:
    """One thread that calls `noticed` after changes."""

    def __init__(self, project: Callable[[], Project], noticed: Callable[[], None]) -> None:
        """`project` gives the settings as they are in force."""
        self._project, self._noticed, self._ended = project, noticed, threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watching", daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends within half a second."""
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        polling = None
        while not self._ended.is_set():
            try:
                self._watch_folders(folders_of(self._project()), polling)
            except (OSError, RuntimeError):  # a folder that went, or a system that watches no more: look every second
                polling = True
                self._ended.wait(1)

    def _watch_folders(self, folders: tuple[Path, ...], polling: bool | None) -> None:  # noqa: FBT001
        """Watches until it ends, or until other folders are to be watched."""
        for changed in watchfiles.watch(
            *folders,
            watch_filter=lambda _, path: concerns(self._project(), Path(path)),
            debounce=_QUIET,
            stop_event=self._ended,
            rust_timeout=500,
            yield_on_timeout=True,
            raise_interrupt=False,
            force_polling=polling,
            poll_delay_ms=1000,
            recursive=False,
        ):
            if changed:
                self._noticed()
            if folders_of(self._project()) != folders:
                return


def folders_of(project: Project) -> tuple[Path, ...]:
    """The folders, not what lies below them, in which something can change that matters; those that there are."""
    own = {path.resolve().parent for path in _single(project)}
    theme = project.root / project.settings.page.theme
    wanted = own | {(project.root / "articles").resolve()} | ({theme.resolve()} if theme.is_dir() else set())
    return tuple(sorted(path for path in wanted if path.is_dir()))


def concerns(project: Project, path: Path) -> bool:
    """Whether a bulletin can depend on the file at an absolute path."""
    folder = path.parent
    if folder in {(project.root / "articles").resolve(), (project.root / project.settings.page.theme).resolve()}:
        return not path.name.startswith((".", "~"))
    return path in {one.resolve() for one in _single(project)} or path == (project.root / "articles").resolve()


def _single(project: Project) -> tuple[Path, ...]:
    settings, root = project.settings, project.root
    named = [root / settings.masthead.logo] if settings.masthead.logo else []
    return (root / config.NAME, project.memory, project.glossary, *project.layers, *named)
