"""Argos Translate packages on this machine, read without importing argostranslate.

Importing `argostranslate.package` makes three folders under HOME (and fails where it cannot), prints errors in
its settings file to stdout, and takes 0.13 s; reading the folders takes 0.2 ms and finds the same packages.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligner.embed.folders import cache_dir
from aligner.errors import ModelError

log = logging.getLogger(__name__)

ENV_PACKAGES = "ARGOS_PACKAGES_DIR"
#: What `install` leaves in a package folder: where it came from and the archive's SHA-256.
RECORD = "aligner.json"
#: Bytes read at the start, middle and end of a weight file for the signature: hashing 150 MB would take 0.3 s a run.
_SAMPLE = 65_536


@dataclass(frozen=True, slots=True)
class Package:
    """One translation package: its folder, direction (language codes) and version."""

    path: Path
    source: str
    target: str
    version: str

    @property
    def direction(self) -> str:
        """As it is typed and shown: `nl-en`."""
        return f"{self.source}-{self.target}"


def data_folder() -> Path:
    """Where argostranslate keeps its packages by default."""
    home = Path(os.environ["SNAP_USER_DATA"]) if "SNAP" in os.environ else Path.home()
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "argos-translate" / "packages"


def own_folder() -> Path:
    """Where packages go when argostranslate's folder cannot be written (a read-only HOME)."""
    return cache_dir() / "packages"


def folders() -> list[Path]:
    """All folders that packages are looked for in, most wanted first; they need not exist."""
    named = os.environ.get(ENV_PACKAGES) or _from_settings()
    first = [Path(named).expanduser()] if named else []
    if "SNAP" in os.environ:
        first.append(Path(os.environ["SNAP"]) / "snap_custom" / "packages")
    return list(dict.fromkeys([*first, *([] if named else [data_folder()]), own_folder()]))


def install_folder() -> Path:
    """The folder to install into: argostranslate's own, so that it finds the package too, if it can be written."""
    for folder in folders():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except OSError as error:
            log.info("packages cannot go to %s: %s", folder, error)
    raise ModelError("no folder for translation packages can be written", f"Set {ENV_PACKAGES} to one that can.")


def read_package(folder: Path) -> Package:
    """The package in `folder`; raises `ModelError` saying what is wrong with it."""
    try:
        metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder.name}: metadata.json cannot be read ({error})") from error
    source, target, version = described(metadata, folder.name)
    if not (folder / "model" / "model.bin").is_file():
        raise ModelError(f"{folder.name} holds no model/model.bin")
    if not any((folder / name).is_file() for name in ("sentencepiece.model", "bpe.model")):
        raise ModelError(f"{folder.name} holds neither sentencepiece.model nor bpe.model")
    return Package(folder, source, target, version)


def described(metadata: Any, name: str) -> tuple[str, str, str]:
    """(source, target, version) out of a package's metadata; raises `ModelError` if they are not there."""
    if not isinstance(metadata, dict):
        raise ModelError(f"{name}: metadata.json holds no object")
    kind = metadata.get("type", "translate")
    if kind != "translate":
        raise ModelError(f"{name} is a package of type {kind!r}, not a translation package")
    codes = [metadata.get("from_code"), metadata.get("to_code")]
    if not all(isinstance(code, str) and code for code in codes):
        raise ModelError(f"{name}: metadata.json names no from_code and to_code")
    return str(codes[0]), str(codes[1]), str(metadata.get("package_version") or "0")


def installed() -> list[Package]:
    """All sound packages, by direction, the newest of a direction first; unsound ones are skipped with a notice."""
    found: dict[Path, Package] = {}
    for folder in folders():
        try:
            places = sorted(place for place in folder.iterdir() if not place.name.startswith("."))
        except OSError:
            continue
        for place in places:
            if not (place / "metadata.json").is_file():
                continue
            try:
                found.setdefault(place.resolve(), read_package(place))
            except ModelError as error:
                log.info("package skipped: %s", error)
    newest_first = sorted(found.values(), key=lambda package: version_key(package.version), reverse=True)
    return sorted(newest_first, key=lambda package: package.direction)


def version_key(version: str) -> tuple[int, ...]:
    """A version as numbers, for comparing: 1.10 is newer than 1.9."""
    return tuple(int("".join(c for c in part if c.isdigit()) or 0) for part in version.split("."))


def content_signature(folder: Path) -> str:
    """Sixteen hex digits over the files that decide a package's translations (weights by size and samples)."""
    digest = hashlib.sha256()
    names = ["metadata.json", "sentencepiece.model", "bpe.model"]
    names += sorted(path.relative_to(folder).as_posix() for path in (folder / "model").iterdir() if path.is_file())
    for name in names:
        path = folder / name
        if not path.is_file():
            continue
        size = path.stat().st_size
        digest.update(f"{name}\0{size}\0".encode())
        with path.open("rb") as handle:
            if size <= 4 * _SAMPLE:
                digest.update(handle.read())
                continue
            for start in (0, size // 2, size - _SAMPLE):
                handle.seek(start)
                digest.update(handle.read(_SAMPLE))
    return digest.hexdigest()[:16]


def _from_settings() -> str:
    """The packages folder that argostranslate's settings.json names, if any; a broken file counts as none."""
    home = Path(os.environ["SNAP_USER_DATA"]) if "SNAP" in os.environ else Path.home()
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "argos-translate" / "settings.json"
    try:
        value = json.loads(config.read_text(encoding="utf-8")).get(ENV_PACKAGES)
    except (OSError, ValueError, AttributeError):
        return ""
    return value if isinstance(value, str) else ""
