"""Package archives (`.argosmodel`, a zip with one folder) opened with care: they come from anywhere."""

from __future__ import annotations

import json
import shutil
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from aligner.errors import ModelError
from aligner.translation.packages import described

#: The largest packages of the Argos index have 300 MB in 40 files.
MAX_BYTES, MAX_FILES = 2_000_000_000, 2_000
_CHUNK = 1 << 20
_MAX_METADATA = 1_000_000
_HINT = "Give a file that was made for Argos Translate (.argosmodel)."


@dataclass(frozen=True, slots=True)
class Contents:
    """What an archive says of itself: the name of its one folder, direction, version, unpacked size."""

    folder: str
    source: str
    target: str
    version: str
    size: int


def look(path: Path) -> Contents:
    """Check an archive without unpacking it; raises `ModelError` saying what is wrong."""
    with _opened(path) as archive:
        return _checked(archive, path.name)


def extract(path: Path, into: Path) -> Path:
    """Unpack a checked archive below `into` and return its folder; raises `ModelError`, or `OSError` for the disk.

    A member that turns out longer than it said stops the unpacking.
    """
    with _opened(path) as archive:
        contents = _checked(archive, path.name)
        for info in archive.infolist():
            target = into.joinpath(*PurePosixPath(info.filename).parts)
            if info.is_dir():
                target.mkdir(parents=True, exist_ok=True)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                with archive.open(info) as source, target.open("xb") as out:
                    _copy(source, out, info.file_size, info.filename)
            except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError) as error:
                raise ModelError(f"{path.name} is damaged at {info.filename}: {error}", "Fetch it again.") from error
    return into / contents.folder


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise ModelError(f"there is no file {path}", "Check the name.") from error
    except zipfile.BadZipFile as error:
        raise ModelError(f"{path.name} is no package (not a zip archive, or cut short)", _HINT) from error
    except OSError as error:
        raise ModelError(f"{path.name} cannot be read: {error.strerror or error}") from error


def _checked(archive: zipfile.ZipFile, name: str) -> Contents:
    infos = archive.infolist()
    size = sum(info.file_size for info in infos)
    if len(infos) > MAX_FILES or size > MAX_BYTES:
        raise ModelError(f"{name} is too large to be a package ({len(infos)} files, {size / 1e6:.0f} MB)", _HINT)
    seen: set[str] = set()
    tops: set[str] = set()
    for info in infos:
        parts = _safe(info, name)
        tops.add(parts[0])
        key = "/".join(parts).casefold()
        if key in seen:
            raise ModelError(f"{name} holds {info.filename} twice", _HINT)
        seen.add(key)
    if len(tops) != 1:
        raise ModelError(f"{name} holds {len(tops)} folders, a package has one", _HINT)
    (top,) = tops
    source, target, version = described(_metadata(archive, top, name), name)
    for needed in ("model/model.bin",):
        if f"{top}/{needed}".casefold() not in seen:
            raise ModelError(f"{name} holds no {needed}", _HINT)
    if not any(f"{top}/{kind}".casefold() in seen for kind in ("sentencepiece.model", "bpe.model")):
        raise ModelError(f"{name} holds no tokenizer (sentencepiece.model or bpe.model)", _HINT)
    return Contents(top, source, target, version, size)


def _safe(info: zipfile.ZipInfo, name: str) -> tuple[str, ...]:
    """The parts of a member's name, if it stays inside the folder it is unpacked to."""
    given = info.orig_filename
    parts = PurePosixPath(info.filename).parts
    outside = not parts or parts[0] == "/" or ".." in parts or "\\" in given or ":" in given or "\0" in given
    if outside or parts[0].startswith("."):
        raise ModelError(f"{name} wants to write outside its folder ({given!r}): refused", _HINT)
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise ModelError(f"{name} holds a link or device ({given!r}): refused", _HINT)
    if info.flag_bits & 0x1:
        raise ModelError(f"{name} is encrypted", _HINT)
    return parts


def _metadata(archive: zipfile.ZipFile, top: str, name: str) -> Any:
    try:
        info = archive.getinfo(f"{top}/metadata.json")
        if info.file_size > _MAX_METADATA:
            raise ModelError(f"{name}: metadata.json is too large", _HINT)
        return json.loads(archive.read(info).decode("utf-8"))
    except KeyError as error:
        raise ModelError(f"{name} holds no metadata.json", _HINT) from error
    except (ValueError, zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError) as error:
        raise ModelError(f"{name}: metadata.json cannot be read ({error})", _HINT) from error


def _copy(source: Any, out: Any, size: int, name: str) -> None:
    left = size
    while chunk := source.read(_CHUNK):
        left -= len(chunk)
        if left < 0:
            raise ModelError(f"{name} is larger than the archive says: refused", _HINT)
        out.write(chunk)


def free_for(size: int, folder: Path) -> None:
    """Raise `ModelError` unless `folder`'s disk has room for `size` bytes and a little more."""
    free = shutil.disk_usage(folder).free
    if free < size + 50_000_000:
        raise ModelError(
            f"{size / 1e6:.0f} MB are needed in {folder}, {free / 1e6:.0f} MB are free", "Free some space there."
        )
