"""A project's folder: which articles it has, where things go, and which of them must be built again.

Imports nothing heavy: a `make` with nothing to do ends here.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Container, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import config, files, tmx
from pipeline.approved import Approvals
from pipeline.errors import ArticleError, PipelineError, UsageError

PACKAGE = Path(__file__).parent
_QUALITY = "report"
"""The name of the quality report, `report.html`, beside every bulletin's page."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the command line says over `bulletin.toml`; None leaves the setting as it is."""

    layout: str | None = None
    model: str | None = None
    clean: bool = False
    """Leave the review marks out."""

    def over(self, settings: config.Config) -> config.Config:
        """The settings with these choices in place."""
        page = replace(
            settings.page,
            layout=self.layout or settings.page.layout,
            review_marks=settings.page.review_marks and not self.clean,
        )
        return replace(settings, page=page, engine=replace(settings.engine, model=self.model or settings.engine.model))


@dataclass(frozen=True, slots=True)
class Work:
    """One article that is to become a bulletin."""

    path: Path
    slug: str
    """The name of its folder in `output/`."""
    inputs: str
    """Digest of everything that shapes the bulletin."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build has to do."""

    stale: tuple[Work, ...]
    fresh: tuple[tuple[Work, files.Stamp], ...]
    gone: tuple[str, ...]
    """Slugs of bulletins whose article is no longer there."""
    errors: tuple[PipelineError, ...]
    """Articles that cannot be built at all, such as a second one of the same name."""
    indexed: bool
    """Whether `output/index.html` and `output/report.html` are there."""

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do."""
        return self.indexed and not (self.stale or self.gone or self.errors)


@dataclass(frozen=True, slots=True)
class Project:
    """One folder with `articles/`, and what is set for it."""

    root: Path
    settings: config.Config

    @classmethod
    def at(cls, root: Path, choices: Choices) -> Project:
        """The project in `root`; raises ConfigError or Mistakes where `bulletin.toml` cannot be used."""
        return cls(root, choices.over(config.read(root / config.NAME)))

    @property
    def output(self) -> Path:
        """Where the bulletins go."""
        return self.root / "output"

    @property
    def cache(self) -> Path:
        """Where translations and stamps are kept between runs."""
        return self.root / ".cache"

    @property
    def glossary(self) -> Path:
        """The terminologist's file; it may be absent."""
        return self.root / self.settings.terms.glossary

    @property
    def layers(self) -> tuple[Path, ...]:
        """Further glossaries, the strongest first."""
        return tuple(self.root / layer for layer in self.settings.terms.layers)

    @property
    def memory(self) -> Path:
        """The reviewers' file of approved sentences; it may be absent."""
        return self.root / tmx.NAME

    @property
    def model(self) -> Path | None:
        """The translation package that is set, if one is."""
        return self.root / self.settings.engine.model if self.settings.engine.model else None

    @property
    def stamps(self) -> files.Stamps:
        """What was built, and from what."""
        return files.Stamps(self.cache / "built", self.root)

    def articles(self, named: Sequence[Path] = ()) -> tuple[Path, ...]:
        """The article files, sorted by name; or those `named`, by path or by name in `articles/`.

        Raises UsageError where there is nothing to build or a named one does not exist.
        """
        folder = self.root / "articles"
        if named:
            wanted = [self._named(path, folder) for path in named]
            return tuple({path.resolve(): path for path in wanted}.values())
        found = tuple(sorted(path for path in folder.glob("[!.~]*") if path.is_file()))
        if not found:
            remedy = f"put a .txt or .md file into {folder.name}/, or run in a project's folder"
            raise UsageError("there is no article to build", remedy=remedy)
        return found

    def _named(self, path: Path, folder: Path) -> Path:
        candidates = (path, self.root / path, folder / path)
        if found := next((candidate for candidate in candidates if candidate.is_file()), None):
            return found
        raise UsageError("there is no such article", path=path, remedy="name a file, or one in articles/")

    def plan(self, named: Sequence[Path] = (), *, force: bool = False) -> Plan:
        """What a build has to do; raises UsageError like `articles`, and TmxError where `memory.tmx` is unusable."""
        slugs, errors = slugs_of(self.articles(named))
        shared, approvals = self.shared_state(), self.approvals()
        works = tuple(Work(path, slug, _inputs(path, shared)) for path, slug in slugs.items())
        fresh = {work: None if force else self._fresh(work, approvals) for work in works}
        return Plan(
            stale=tuple(work for work, stamp in fresh.items() if stamp is None),
            fresh=tuple((work, stamp) for work, stamp in fresh.items() if stamp is not None),
            gone=() if named else self._gone(set(slugs.values())),
            errors=errors,
            indexed=all((self.output / name).is_file() for name in ("index.html", "report.html")),
        )

    def _fresh(self, work: Work, approvals: Approvals) -> files.Stamp | None:
        """The stamp of a bulletin that is as it should be, by its inputs and by what is approved for its sentences."""
        stamp = self.stamps.fresh(work.slug, work.inputs)
        return stamp if stamp and approvals.digest(stamp.sentences) == stamp.approved else None

    def outdated(self, names: Container[str]) -> tuple[str, ...]:
        """Of the bulletins called so, those whose article, terms or settings are not those of the last build.

        What was approved since does not count; of an article that is not in `articles/` nothing is said.
        """
        with suppress(UsageError):
            slugs, _ = slugs_of(self.articles())
            stamps = {path: self.stamps.read(slug) for path, slug in slugs.items() if slug in names}
            shared = self.shared_state() if any(stamps.values()) else ""
            return tuple(
                slugs[path] for path, stamp in stamps.items() if stamp and stamp.inputs != _inputs(path, shared)
            )
        return ()

    def approvals(self) -> Approvals:
        """What reviewers approved; raises as `tmx.read` does."""
        return tmx.read(self.memory, lacking=lacking)

    def _gone(self, present: set[str]) -> tuple[str, ...]:
        """Bulletins whose article is no longer there, in `articles/` or wherever it was named."""
        stamps = ((name, self.stamps.read(name)) for name in self.stamps.names() if name not in present)
        return tuple(n for n, stamp in stamps if stamp and not (self.root / str(stamp.summary["article"])).is_file())

    def shared_state(self) -> str:
        """Digest of what shapes every bulletin: settings, terms, model, theme, code, libraries."""
        own = [self.glossary, *self.layers, self.root / self.settings.masthead.logo]
        theme = self.root / self.settings.page.theme
        return files.digest([
            repr(self.settings),
            *map(files.identity, own),
            files.identities(theme) if theme.is_dir() else "",
            *self._models(),
            files.identities(PACKAGE),
            *_libraries(),
        ])

    def _models(self) -> tuple[str, ...]:
        """The model that is set, and which packages Argos has installed: a newer one changes what is used."""
        installed = (f"{path} {path.stat().st_mtime_ns}" for path in sorted(installed_packages().glob("*")))
        return (files.identity(self.root / self.settings.engine.model), *installed)


def _inputs(article: Path, shared: str) -> str:
    """Digest of everything that shapes a bulletin."""
    return files.digest([article.as_posix(), files.identity(article), shared])


def lacking(text: str) -> str:
    """Which character of a text no font has; empty where all are there."""
    if text.isascii():
        return ""
    from pipeline.layout.fonts import lacking as without  # noqa: PLC0415 - fonts are opened only where one is in doubt

    return without(text)


def installed_packages() -> Path:
    """Argos's folder of installed packages, as its settings find it (without importing them: that makes folders)."""
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return Path(os.environ.get("ARGOS_PACKAGES_DIR") or home / "argos-translate" / "packages")


def _libraries() -> tuple[str, ...]:
    """This Python and the version of every library beside it: dist-info folders are named so."""
    found = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    return (sys.version, *sorted(path.name for path in found))


def slugs_of(paths: Sequence[Path]) -> tuple[dict[Path, str], tuple[PipelineError, ...]]:
    """The name of each article's folder in `output/`; a second file of the same name is an error, not a surprise."""
    given: dict[str, Path] = {}
    errors = []
    for path in paths:
        if path.stem == _QUALITY:
            remedy = f"rename it: in output/{_QUALITY}/ its page would have the name of the quality report"
            errors.append(ArticleError("has a name that is taken", path=path, remedy=remedy))
        elif (first := given.setdefault(path.stem, path)) is not path:
            remedy = f"rename one: both would be written to output/{path.stem}/"
            errors.append(ArticleError(f"has the name of {first.name}", path=path, remedy=remedy))
    return {path: slug for slug, path in given.items()}, tuple(errors)
