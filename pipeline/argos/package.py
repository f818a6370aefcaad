"""Which Argos package translates: the one chosen, else the newest installed, else the one that ships."""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pipeline.errors import EngineError
from pipeline.translate.engine import Markup

if TYPE_CHECKING:
    from types import ModuleType

SOURCE, TARGET = "zh", "en"
METADATA = "metadata.json"
_NEEDED = ("model/model.bin", "sentencepiece.model")
_BRING = "give a .argosmodel file of a Chinese-English package, or the folder it was unpacked to"


@dataclass(frozen=True, slots=True)
class ModelPackage:
    """An Argos package on this machine, unpacked and described."""

    folder: Path
    """Where its `metadata.json`, `sentencepiece.model` and `model/` lie."""
    name: str
    version: str
    sha256: str
    """Of the .argosmodel file; of a folder, over the names and contents of its files."""
    origin: str
    """shipped, installed, or the path that was given."""
    markup: Markup | None
    """The inline notation of terms it was trained to obey, if its metadata states one."""
    lead: str = ""
    """A piece that its English begins with (`target_prefix`), as packages for many languages want; removed again."""

    @property
    def title(self) -> str:
        """Name and version, as the colophon prints them."""
        return f"{self.name} {self.version}"


def find(chosen: Path | None = None, *, cache: Path) -> ModelPackage:
    """The package to translate with; `cache` is a folder for what must be unpacked.

    Raises EngineError where the chosen package cannot be used, or none is there at all.
    """
    return describe(chosen, cache=cache) if chosen is not None else available(cache=cache)[0]


def available(*, cache: Path) -> tuple[ModelPackage, ...]:
    """Every package that could translate, the preferred first: installed ones, newest first, then the shipped one."""
    packages = (*_installed(), *(describe(path, cache=cache, origin="shipped") for path in _shipped()))
    if not packages:
        raise EngineError("no Chinese-English translation package is there", remedy="run `bulletin model fetch`")
    return packages


def describe(path: Path, *, cache: Path, origin: str | None = None) -> ModelPackage:
    """The package in a .argosmodel file (unpacked into `cache`, once) or in a folder; EngineError where it is none."""
    if path.is_dir():
        return _described(path, sha256=_folder_sha256(path), origin=origin or str(path))
    if not path.is_file():
        raise EngineError("there is no translation package here", path=path, remedy=_BRING)
    sha256 = _file_sha256(path)
    return _described(unpack(path, cache / "models" / sha256[:16]), sha256=sha256, origin=origin or str(path))


def unpack(archive: Path, into: Path) -> Path:
    """Unpacks a .argosmodel file so that `into` appears whole or not at all; returns the package's folder in it."""
    if not into.is_dir():
        into.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{into.name}.", dir=into.parent))
        try:
            with zipfile.ZipFile(archive) as package:
                package.extractall(beside)
            _root(beside, archive)
            _settle(beside, into)
        except (zipfile.BadZipFile, OSError) as broken:
            raise EngineError(f"cannot be unpacked ({broken})", path=archive, remedy=_BRING) from broken
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    return _root(into, archive)


def _root(folder: Path, archive: Path) -> Path:
    roots = sorted(found.parent for found in folder.glob(f"*/{METADATA}"))
    if not roots:
        raise EngineError(f"holds no {METADATA}, so it is no Argos package", path=archive, remedy=_BRING)
    return roots[0]


def _settle(beside: Path, into: Path) -> None:
    try:
        beside.rename(into)
    except OSError:
        if not into.is_dir():  # otherwise another process was faster, with the same bytes
            raise


def _described(folder: Path, *, sha256: str, origin: str) -> ModelPackage:
    metadata = _metadata(folder)
    pair = str(metadata.get("from_code")), str(metadata.get("to_code"))
    if not pair[0].startswith(SOURCE) or pair[1] != TARGET:
        raise EngineError(f"translates {pair[0]} to {pair[1]}, not Chinese to English", path=folder, remedy=_BRING)
    if missing := [name for name in _NEEDED if not (folder / name).is_file()]:
        raise EngineError(f"lacks {' and '.join(missing)}", path=folder, remedy=_BRING)
    return ModelPackage(
        folder=folder,
        name=f"translate-{pair[0]}_{pair[1]}",
        version=str(metadata.get("package_version", "")),
        sha256=sha256,
        origin=origin,
        markup=_markup(metadata, folder),
        lead=str(metadata.get("target_prefix", "")),
    )


def _metadata(folder: Path) -> Mapping[str, object]:
    path = folder / METADATA
    try:
        metadata = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as broken:
        raise EngineError(f"cannot be read ({broken})", path=path, remedy=_BRING) from broken
    if not isinstance(metadata, dict):
        raise EngineError("is not a table of names and values", path=path, remedy=_BRING)
    return cast("dict[str, object]", metadata)


def _markup(metadata: Mapping[str, object], folder: Path) -> Markup | None:
    terms = metadata.get("terminology")
    if terms is None:
        return None
    marks = [terms.get(name) for name in ("open", "separator", "close")] if isinstance(terms, dict) else []
    if len(set(marks)) != 3 or not all(isinstance(mark, str) and mark for mark in marks):  # noqa: PLR2004 - the three marks
        raise EngineError('"terminology" needs three different marks: open, separator, close', path=folder / METADATA)
    return Markup(*map(str, marks))


def _shipped() -> tuple[Path, ...]:
    folder = importlib.resources.files("pipeline") / "data"
    return tuple(sorted(Path(str(file)) for file in folder.iterdir() if file.name.endswith(".argosmodel")))


def _installed() -> tuple[ModelPackage, ...]:
    # argostranslate makes folders in the user's home as soon as it is imported: only where some are there already.
    if not any(folder.is_dir() for folder in package_folders()):
        return ()
    argos = package_module()
    found = [folder for base in argos.settings.package_dirs for folder in _children(base)]
    pairs = [(folder, argos.Package(folder)) for folder in found if (folder / METADATA).is_file() and _metadata(folder)]
    ours = [(folder, p) for folder, p in pairs if (p.from_code, p.to_code) == (SOURCE, TARGET)]
    newest = sorted(ours, key=lambda pair: _release(pair[1].package_version), reverse=True)
    return tuple(_described(f, sha256=_folder_sha256(f), origin="installed") for f, _ in newest)


def package_folders() -> tuple[Path, ...]:
    """Where Argos keeps packages, by the same rules as its own settings, without importing them."""
    data = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "argos-translate" / "packages"
    return tuple(Path(os.environ[name]) for name in ("ARGOS_PACKAGES_DIR",) if name in os.environ) or (data,)


def package_module() -> ModuleType:
    """`argostranslate.package`, imported only where it is needed; EngineError where it will not come."""
    try:
        import argostranslate.package  # noqa: PLC0415, TID251 - late on purpose: importing it makes folders in the home
    except (ImportError, OSError) as broken:
        remedy = "run `make` to mend the environment, or name a package with --model"
        raise EngineError(f"Argos Translate cannot be loaded ({broken})", remedy=remedy) from broken
    return cast("ModuleType", argostranslate.package)


def _children(base: Path) -> Iterable[Path]:
    return sorted(path for path in base.iterdir() if path.is_dir()) if base.is_dir() else ()


def _release(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


@functools.cache
def _file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _folder_sha256(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(f"{path.relative_to(folder).as_posix()}\0{_file_sha256(path)}\n".encode())
    return total.hexdigest()
