"""Where models and caches live: the user's cache folder, or a temporary one when that cannot be written."""

from __future__ import annotations

import logging
import os
import stat
import tempfile
from pathlib import Path

import platformdirs

ENV_CACHE = "ALIGNER_CACHE"

log = logging.getLogger(__name__)


def cache_dir() -> Path:
    """The writable folder for models and caches, made if need be.

    `ALIGNER_CACHE` wins over the platform's cache folder. When the folder cannot be written (read-only home,
    full or foreign), a folder below the system's temporary one is taken and one warning logged. Raises
    `OSError` only when not even that can be made.
    """
    wanted = _wanted()
    try:
        _probe(wanted)
        return wanted
    except OSError as error:
        fallback = _fallback()
        log.warning(
            "cannot write to %s (%s); using %s (set %s to choose a folder)", wanted, error.strerror, fallback, ENV_CACHE
        )
        return fallback


def _wanted() -> Path:
    named = os.environ.get(ENV_CACHE)
    if named:
        return Path(named).expanduser()
    return Path(platformdirs.user_cache_dir("aligner", appauthor=False))


def _probe(folder: Path) -> None:
    """Make `folder` and one file in it, so that a read-only mount is noticed too; raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        pass


def _fallback() -> Path:
    """A folder of our own below the temporary one, the same for every later run of this user."""
    user = os.getuid() if hasattr(os, "getuid") else "user"
    folder = Path(tempfile.gettempdir()) / f"aligner-cache-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    # Anybody can make names in /tmp: a folder (or link) of somebody else must not feed us a model.
    if not stat.S_ISDIR(status.st_mode) or (hasattr(os, "getuid") and status.st_uid != os.getuid()):
        return Path(tempfile.mkdtemp(prefix="aligner-cache-"))
    _probe(folder)
    return folder
