"""The translator that comes with aligner: one package in `bundled/`, unpacked once into the user's cache."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from pathlib import Path

from filelock import FileLock

from aligner.embed.folders import cache_dir
from aligner.errors import ModelError
from aligner.translation.packages import Package, read_package

log = logging.getLogger(__name__)

FOLDER = Path(__file__).with_name("bundled")


def bundled_archive(source: str, target: str) -> Path | None:
    """The package file of a direction as it was shipped, or None if there is none."""
    found = sorted(FOLDER.glob(f"translate-{source}_{target}-*.argosmodel"))
    return found[-1] if found else None


def bundled_folder(archive: Path) -> Path:
    """Where a shipped package is or will be unpacked: its name and the start of its hash."""
    with archive.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
    return cache_dir() / "models" / f"{archive.stem}-{digest[:8]}"


def ensure_bundled(source: str, target: str) -> Package | None:
    """The shipped package of a direction, unpacked now if need be; None when none is shipped.

    Raises `ModelError` when it cannot be unpacked or read.
    """
    archive = bundled_archive(source, target)
    if archive is None:
        return None
    folder = bundled_folder(archive)
    if not (folder / "metadata.json").is_file():
        _unpack(archive, folder)
    return read_package(folder)


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack beside the place and move there whole, under a lock: two runs may start at once."""
    from aligner.models.archive import extract

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.parent / f".{folder.name}.lock"):
            if (folder / "metadata.json").is_file():
                return
            log.info("unpacking the bundled translator into %s (once)", folder)
            with tempfile.TemporaryDirectory(prefix=f".{folder.name}.tmp-", dir=folder.parent) as scratch:
                extract(archive, Path(scratch)).replace(folder)
    except OSError as error:
        raise ModelError(
            f"the bundled translator cannot be unpacked into {folder.parent}: {error}",
            "Free 100 MB there, or set ALIGNER_CACHE to another folder.",
        ) from error
