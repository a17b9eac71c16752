"""What the caches of embeddings and translations hold, and emptying them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from aligner.embed.folders import cache_dir
from aligner.errors import RunError

#: Name told → file in the cache folder.
FILES = {"embeddings": "embeddings.sqlite", "readings": "readings.sqlite", "translations": "translations.sqlite"}
_BUSY = 5.0


@dataclass(frozen=True, slots=True)
class Cache:
    """One cache file: entries in it (None: damaged, or of another program) and its bytes on disk."""

    name: str
    path: Path
    entries: int | None
    size: int


def caches() -> list[Cache]:
    """The caches of this machine; those that do not exist yet have no entries.

    Raises `RunError` for one that is locked or may not be read: that is no damage.
    """
    return [_looked_at(name, cache_dir() / file) for name, file in FILES.items()]


def clear() -> list[Cache]:
    """Empty all caches and give their room back; returns what they held.

    Raises `RunError` if one cannot be emptied. Runs that use a cache meanwhile go on: they compute again.
    """
    before = caches()
    for cache in before:
        if cache.entries is None:
            for path in _files(cache.path):
                path.unlink(missing_ok=True)
        elif cache.size:
            try:
                with closing(sqlite3.connect(cache.path, timeout=_BUSY, isolation_level=None)) as db:
                    db.execute("DELETE FROM entries")
                    db.execute("VACUUM")
                    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except sqlite3.Error as error:
                raise RunError(
                    f"the cache of {cache.name} cannot be emptied: {error}", "Try again when no run uses it."
                ) from error
    return before


def _looked_at(name: str, path: Path) -> Cache:
    size = sum(each.stat().st_size for each in _files(path))
    if not path.is_file():
        return Cache(name, path, 0, size)
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=_BUSY)) as db:
            (entries,) = db.execute("SELECT count(*) FROM entries").fetchone()
    except sqlite3.OperationalError as error:
        if not _no_cache(error):
            raise RunError(f"the cache of {name} cannot be read: {error}", "Try again when no run uses it.") from error
        return Cache(name, path, None, size)
    except sqlite3.DatabaseError:
        return Cache(name, path, None, size)
    return Cache(name, path, entries, size)


def _no_cache(error: sqlite3.Error) -> bool:
    """Whether SQLite reads the file but finds another database in it; else it is locked, or not to be opened."""
    return error.sqlite_errorcode == sqlite3.SQLITE_ERROR


def _files(path: Path) -> Iterator[Path]:
    """The file and what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm"):
        each = path.with_name(path.name + ending)
        if each.is_file():
            yield each
