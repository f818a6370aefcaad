"""Files that appear whole or not at all, and the stamps that tell whether something must be built again."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pipeline.errors import PipelineError

LARGE = 4 * 2**20
"""Bytes above which a file is known by size and time instead of content: a model must not cost every `make`."""


def write_whole(path: Path, content: bytes | str) -> None:
    """Writes `content` (text as UTF-8) beside `path`, syncs it and renames it over: a reader never sees a part of it.

    Makes the folder where it lacks. Raises PipelineError where the system refuses; then `path` is as it was.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    beside = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except OSError as refused:
        if beside is not None:
            Path(beside).unlink(missing_ok=True)
        raise _refusal("written", path, refused) from refused


def _refusal(done: str, path: Path, refused: OSError) -> PipelineError:
    reason = (refused.strerror or str(refused)).lower()
    remedy = "check the free space and who may write there" if done == "written" else "check who may read it"
    return PipelineError(f"cannot be {done}: {reason}", path=path, remedy=remedy)


def read_text(path: Path) -> str:
    """The file's text, UTF-8 with or without byte-order mark; raises PipelineError where it cannot be had."""
    try:
        return path.read_text("utf-8-sig")
    except OSError as refused:
        raise _refusal("read", path, refused) from refused
    except UnicodeDecodeError as strange:
        raise PipelineError("is not UTF-8 text", path=path, remedy="save it again as UTF-8") from strange


def read_bytes(path: Path) -> bytes:
    """The file's content; raises PipelineError where it cannot be had."""
    try:
        return path.read_bytes()
    except OSError as refused:
        raise _refusal("read", path, refused) from refused


def digest(parts: Iterable[str | bytes]) -> str:
    """SHA-256 of the parts, hexadecimal; where one part ends and the next begins matters."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8") if isinstance(part, str) else part
        total.update(len(data).to_bytes(8))
        total.update(data)
    return total.hexdigest()


def identity(path: Path) -> str:
    """Tells one state of a file from another: its content's digest, size and time where it is LARGE, or absence."""
    try:
        stat = path.stat()
        if stat.st_size > LARGE:
            return f"{stat.st_size} bytes of {stat.st_mtime_ns}"
        return digest([path.read_bytes()])
    except OSError:
        return "absent"


def identities(folder: Path) -> str:
    """One digest of every file below `folder`, names and contents; caches of Python's are no part of it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return digest(part for path in files for part in (path.relative_to(folder).as_posix(), identity(path)))


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a finished build was made from and what it left, so that the next can see that nothing is to be done."""

    inputs: str
    """Digest of everything that shapes the outputs."""
    outputs: Mapping[str, str]
    """Path from the project's root → size and time as `seal` says them."""
    summary: Mapping[str, str | int]
    """What the index and the summary say of it, without reading it again."""
    sentences: Sequence[str] = ()
    """Keys of its sentences, by which a later approval is known to be theirs."""
    approved: str = ""
    """Digest of what was approved for them when it was built."""


def seal(path: Path) -> str:
    """Size and time of an output: enough to see that someone removed or changed it."""
    try:
        stat = path.stat()
    except OSError:
        return "absent"
    return f"{stat.st_size} bytes of {stat.st_mtime_ns}"


class Stamps:
    """The stamps of one project: a small file each in `folder`, so that a killed run leaves the finished ones."""

    def __init__(self, folder: Path, root: Path) -> None:
        """`root` is what the outputs' paths are relative to."""
        self._folder, self._root = folder, root

    def fresh(self, name: str, inputs: str) -> Stamp | None:
        """The stamp, if `name` was built from these inputs and every output is as it was left; else None."""
        stamp = self.read(name)
        if stamp is None or stamp.inputs != inputs:
            return None
        untouched = all(seal(self._root / path) == sealed for path, sealed in stamp.outputs.items())
        return stamp if untouched else None

    def read(self, name: str) -> Stamp | None:
        """The stamp as it was last written; None where there is none or it is not ours to understand."""
        try:
            return Stamp(**json.loads(self._path(name).read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None  # An unreadable stamp costs one rebuild, which also replaces it.

    def write(self, name: str, outputs: Iterable[Path], stamp: Stamp) -> None:
        """Says that `name` is built, and seals its outputs; call it after the last of them is in place."""
        sealed = {path.relative_to(self._root).as_posix(): seal(path) for path in outputs}
        text = json.dumps(asdict(replace(stamp, outputs=sealed)), ensure_ascii=False, indent=1)
        write_whole(self._path(name), text)

    def names(self) -> tuple[str, ...]:
        """Everything that has a stamp, sorted."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.json")))

    def forget(self, name: str) -> None:
        """Removes the stamp."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"
