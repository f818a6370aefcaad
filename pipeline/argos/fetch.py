"""`bulletin model fetch`: the one place in the project that ever uses the network, and only when it is asked to."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.argos.package import SOURCE, TARGET, ModelPackage, describe, package_module, unpack
from pipeline.errors import EngineError

if TYPE_CHECKING:
    from types import ModuleType

_BY_HAND = "check the network, or bring a .argosmodel file by hand and run `bulletin model use PATH`"


def fetch(*, cache: Path) -> ModelPackage:
    """Downloads the Chinese-English package of the Argos index and installs it where Argos looks.

    Raises EngineError where the index cannot be reached, lists no such package, or the download fails.
    """
    argos = package_module()
    offered = [p for p in _index(argos) if (p.from_code, p.to_code) == (SOURCE, TARGET)]
    if not offered:
        raise EngineError("the Argos index lists no Chinese-English package", remedy=_BY_HAND)
    archive = _downloaded(offered[0])
    into = argos.settings.package_data_dir / f"translate-{SOURCE}_{TARGET}-{offered[0].package_version}"
    # Argos's own install_from_path imports stanza; a package is no more than an unpacked folder.
    unpacked = unpack(archive, cache / "models" / into.name)
    if not into.exists():
        unpacked.rename(into)
    return describe(into, cache=cache, origin="installed")


def _index(argos: ModuleType) -> list[Any]:
    index = Path(argos.settings.local_package_index)
    before = index.stat().st_mtime_ns if index.exists() else None
    _quiet()
    argos.update_package_index()  # reports failure by logging alone, so look at what it should have written
    if not index.exists() or index.stat().st_mtime_ns == before:
        raise EngineError("the Argos package index cannot be reached", remedy=_BY_HAND)
    return list(argos.get_available_packages())


def _quiet() -> None:
    logger = logging.getLogger("argostranslate.utils")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False


def _downloaded(package: Any) -> Path:  # noqa: ANN401 - an AvailablePackage of Argos, which has no types
    try:
        return Path(package.download())
    except Exception as failed:  # Argos raises bare Exception
        raise EngineError(f"the package cannot be downloaded ({failed})", remedy=_BY_HAND) from failed
