"""A cache on disk: one SQLite file that several processes share, and that never makes a run fail.

A file that cannot be opened or written (read-only, full disk, in use) is done without, with one warning; a damaged one,
or one of another schema, is moved aside and begun again. What is kept there can always be computed again.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

log = logging.getLogger(__name__)

#: Seconds to wait for another process's transaction (a batch is written in well under a second).
_BUSY = 30.0


class CacheFile:
    """The file `path` with the table `entries` that `tables` makes; `name` is what warnings call it."""

    def __init__(self, path: Path, name: str, tables: str, schema: int = 1) -> None:
        self.path = path
        self._name = name
        self._tables = tables
        self._schema = schema
        self._db: sqlite3.Connection | None = None
        self._opened = False
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def opened(self) -> Iterator[sqlite3.Connection | None]:
        """The open file, or None if it cannot be used; held by one thread at a time.

        Trouble inside the block (SQLite's, or a `ValueError` for a row whose sizes do not fit) ends the block, not
        the program.
        """
        with self._lock:
            if not self._opened:
                self._opened = True
                self._db = self._open()
            try:
                yield self._db
            except UnicodeEncodeError as error:  # a lone surrogate, which SQLite takes in no text: not kept
                log.debug("%s: %s", self.path, error)
            except (sqlite3.Error, ValueError) as error:
                self._drop()
                # SQLite says `DatabaseError` itself of a malformed file, its subclasses of other trouble (busy, full,
                # read-only: the file may be sound).
                if type(error) is sqlite3.DatabaseError or isinstance(error, ValueError):
                    self._move_aside(error)
                    self._opened = False
                else:
                    self._warn(error)

    def close(self) -> None:
        """Close the file; a later use opens it again."""
        with self._lock:
            self._drop()
            self._opened = False

    def _drop(self) -> None:
        if self._db is not None:
            self._db.close()
        self._db = None

    def _open(self) -> sqlite3.Connection | None:
        for attempt in range(2):
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                return self._connect()
            except (sqlite3.OperationalError, OSError) as error:
                self._warn(error)
                return None
            except sqlite3.DatabaseError as error:
                if attempt:
                    self._warn(error)
                    return None
                self._move_aside(error)
        return None

    def _connect(self) -> sqlite3.Connection:
        """Open and check; raises `sqlite3.DatabaseError` for a file that is no cache of this schema."""
        db = sqlite3.connect(self.path, timeout=_BUSY, check_same_thread=False)  # one lock guards every use
        try:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, self._schema):
                raise sqlite3.DatabaseError(f"schema {version}, not {self._schema}")
            if version == 0:
                db.execute("PRAGMA journal_mode = WAL")
                db.executescript(f"BEGIN IMMEDIATE; {self._tables} PRAGMA user_version = {self._schema}; COMMIT;")
            # A cache may lose its last batch in a power cut; it is then computed again.
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("SELECT * FROM entries LIMIT 1").fetchone()
        except BaseException:
            db.close()
            raise
        return db

    def _move_aside(self, error: Exception) -> None:
        aside = self.path.with_name(f"{self.path.name}.damaged")
        log.warning("the %s was damaged (%s): moved to %s, begun again", self._name, error, aside)
        with contextlib.suppress(OSError):  # another process was first, or the place is read-only: told at opening
            self.path.replace(aside)
            for ending in ("-wal", "-shm"):
                self.path.with_name(self.path.name + ending).unlink(missing_ok=True)

    def _warn(self, error: Exception) -> None:
        log.warning("the %s %s is not used: %s", self._name, self.path, error)


def drop_oldest(db: sqlite3.Connection, limit: int) -> None:
    """Of a table with a rising `number`: above `limit` entries the oldest tenth goes."""
    first, last = db.execute("SELECT min(number), max(number) FROM entries").fetchone()
    if first is not None and last - first >= limit:
        with db:
            db.execute("DELETE FROM entries WHERE number <= ?", (last - limit * 9 // 10,))
