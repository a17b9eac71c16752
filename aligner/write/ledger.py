"""The ledger of a run: one SQLite file in the run folder that holds each finished article's result.

An article's result is one transaction, so that a run cut at any moment holds whole articles only. A run is
keyed by its settings' signature; an article by its document name and the SHA-256 of its bytes.
The final files are written from here alone, which makes them independent of order, jobs and interruptions.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from filelock import FileLock, Timeout

from aligner.errors import RunError

log = logging.getLogger(__name__)

SCHEMA_VERSION = 1
STATE = ".aligner"  # the run folder's own corner, beside the files people open
LEDGER = "ledger.sqlite"
LOCK = "lock"

_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS results (
    document TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    failed INTEGER NOT NULL,
    payload BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS sources (source TEXT PRIMARY KEY, document TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS contents (content TEXT PRIMARY KEY, document TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article in the ledger. `payload` is what the pipeline returned, or `{error, hint}` if it failed."""

    document: str
    sha256: str
    failed: bool
    payload: dict[str, Any]


class Ledger:
    """Open ledger of a run folder, locked against a second run. Use as a context manager.

    Raises `RunError` if another run holds the folder, the ledger is of another version, or the settings
    differ from those the folder was made with (unless `fresh`, which empties it).
    """

    def __init__(self, folder: Path, signature: Mapping[str, Any], *, fresh: bool = False) -> None:
        self._state = folder / STATE
        try:
            self._state.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RunError(
                f"cannot write into {folder}: {error.strerror}", "Choose an --out that you may write to."
            ) from error
        if not (self._state / LEDGER).is_file() and (folder / "corpus.tsv").is_file():
            raise RunError(
                f"{folder} holds a corpus.tsv of another making", "Choose another --out, or move that file away first."
            )
        self._lock = FileLock(self._state / LOCK)
        try:
            self._acquire()
        except OSError as error:
            raise RunError(
                f"cannot write into {folder}: {error.strerror}", "Choose an --out that you may write to."
            ) from error
        try:
            self._db = _connect(self._state / LEDGER)
            if fresh:
                self._db.executescript(
                    "DROP TABLE IF EXISTS results; DROP TABLE IF EXISTS meta; DROP TABLE IF EXISTS sources;"
                    "DROP TABLE IF EXISTS contents;" + _TABLES
                )
            self._check(dict(signature))
        except BaseException:
            self._lock.release()
            raise

    def _acquire(self) -> None:
        holder = self._state / "pid"
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            pid = holder.read_text().strip() if holder.is_file() else "unknown"
            raise RunError(
                f"another run (process {pid}) is writing into this folder",
                "Wait for it to end, or choose another --out.",
            ) from error
        holder.write_text(f"{os.getpid()}\n")

    def _check(self, signature: dict[str, Any]) -> None:
        held = dict(self._db.execute("SELECT key, value FROM meta"))
        if not held:
            with self._db:
                self._db.executemany(
                    "INSERT INTO meta VALUES (?, ?)",
                    [("schema", str(SCHEMA_VERSION)), ("signature", json.dumps(signature, sort_keys=True))],
                )
            return
        if held.get("schema") != str(SCHEMA_VERSION):
            raise RunError(
                f"this run folder was written by another version of aligner (ledger {held.get('schema')})",
                "Use --fresh to begin anew in it, or choose another --out.",
            )
        before = json.loads(held["signature"])
        changes = [
            f"{name}: {before.get(name)!r} → {signature.get(name)!r}"
            for name in sorted(before.keys() | signature.keys())
            if before.get(name) != signature.get(name)
        ]
        if changes:
            raise RunError(
                f"this run folder was made with other settings ({'; '.join(changes)})",
                "Use --fresh to begin anew in it, or choose another --out.",
            )

    def is_done(self, document: str, sha256: str) -> bool:
        """Whether an article of that name and hash is finished; failures are tried again."""
        query = "SELECT 1 FROM results WHERE document = ? AND sha256 = ? AND failed = 0"
        return self._db.execute(query, (document, sha256)).fetchone() is not None

    def of_content(self, content: str, sha256: str) -> dict[str, Any] | None:
        """What came of a finished article of this content (`Article.content`), whatever it was called."""
        query = """
            SELECT payload FROM contents JOIN results USING (document) WHERE content = ? AND sha256 = ? AND failed = 0
        """
        found = self._db.execute(query, (content, sha256)).fetchone()
        return None if found is None else _unpacked(found[0])

    def put(self, entry: Entry, content: str = "") -> None:
        """Record one article in one transaction, replacing what stood under its name."""
        blob = _packed(entry.payload)
        with self._written():
            self._db.execute(
                "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)",
                (entry.document, entry.sha256, int(entry.failed), blob),
            )
            if content and not entry.failed:
                self._db.execute("INSERT OR REPLACE INTO contents VALUES (?, ?)", (content, entry.document))

    @contextmanager
    def _written(self) -> Iterator[None]:
        """One transaction; a disk that is full or cannot be written is a `RunError`."""
        try:
            with self._db:
                yield
        except sqlite3.OperationalError as error:
            raise RunError(f"the ledger cannot be written: {error}", "Make room; the same command goes on.") from error

    def settle(self, entries: Iterable[Entry], signature: Mapping[str, Any]) -> None:
        """Put these entries in the place of those of their name and set what the run is keyed by, all or nothing."""
        rows = ((entry.document, entry.sha256, int(entry.failed), _packed(entry.payload)) for entry in entries)
        with self._written():
            self._db.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", rows)
            self._db.execute(
                "UPDATE meta SET value = ? WHERE key = 'signature'", (json.dumps(dict(signature), sort_keys=True),)
            )

    def is_empty(self) -> bool:
        """Whether no article was recorded yet."""
        return self._db.execute("SELECT 1 FROM results LIMIT 1").fetchone() is None

    def forget_failures(self, documents: set[str]) -> None:
        """Drop failures that are not among `documents`, those of a run that has read all its inputs."""
        gone = [
            (name,)
            for (name,) in self._db.execute("SELECT document FROM results WHERE failed = 1")
            if name not in documents
        ]
        with self._written():
            self._db.executemany("DELETE FROM results WHERE document = ?", gone)

    def rename(self, sources: Mapping[str, str]) -> None:
        """Note which file each document is (`sources`: file → document) and forget the names that files had before.

        A document's name is the path from the inputs' common root, so that more inputs may change it; without this
        the file would be in the corpus twice. A file is told by a hash of its path: no path is kept.
        """
        hashed = {hashlib.sha256(os.fsencode(path)).hexdigest()[:32]: name for path, name in sources.items()}
        before = self._db.execute("SELECT source, document FROM sources")
        names = set(hashed.values())
        gone = [(old, f"{old}/") for source, old in before if hashed.get(source, old) != old and old not in names]
        with self._written():
            # The articles of an archive are called after it: `dump.jsonl/000123`.
            self._db.executemany("DELETE FROM results WHERE document = ? OR instr(document, ?) = 1", gone)
            self._db.executemany("INSERT OR REPLACE INTO sources VALUES (?, ?)", hashed.items())

    def hashes(self) -> dict[str, str]:
        """Document name to the SHA-256 of its bytes, sorted, failures too."""
        return dict(self._db.execute("SELECT document, sha256 FROM results ORDER BY document"))

    def entries(self) -> Iterator[Entry]:
        """All articles, sorted by document name, one in memory at a time."""
        yield from _entries(self._db)

    def close(self) -> None:
        """Fold the write-ahead log into the file and give the folder free."""
        try:
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as error:  # a full disk: the log stays beside the file and is read with it
            log.debug("the write-ahead log stays: %s", error)
        self._db.close()
        (self._state / "pid").unlink(missing_ok=True)
        # The lock's file stays: removing it would let a third run lock a new one beside the second's.
        self._lock.release()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _packed(payload: Mapping[str, Any]) -> bytes:
    return zlib.compress(json.dumps(payload, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass"))


def _unpacked(blob: bytes) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(zlib.decompress(blob).decode("utf-8", "surrogatepass"))
    return payload


def held_signature(folder: Path) -> dict[str, Any]:
    """What the run in `folder` is keyed by. Raises `RunError` if the folder holds no run of this version."""
    with closing(_reading(folder)) as db:
        return dict(json.loads(dict(db.execute("SELECT key, value FROM meta"))["signature"]))


def read_entries(folder: Path) -> Iterator[Entry]:
    """The articles of a finished or interrupted run, without locking it.

    Raises `RunError` if the folder holds no run of this version.
    """
    try:
        with closing(_reading(folder)) as db:
            yield from _entries(db)
    except sqlite3.DatabaseError as error:
        raise _damaged(folder, error) from error


def _reading(folder: Path) -> sqlite3.Connection:
    path = folder / STATE / LEDGER
    if not path.is_file():
        raise RunError(
            f"{folder.name or folder} is not a run folder", "Give the --out folder of an `aligner align` run."
        )
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        schema = dict(db.execute("SELECT key, value FROM meta")).get("schema")
    except sqlite3.DatabaseError as error:
        raise _damaged(folder, error) from error
    if schema != str(SCHEMA_VERSION):
        db.close()
        raise RunError("the run was written by another version of aligner", "Run `aligner align` again with --fresh.")
    return db


def _damaged(folder: Path, error: Exception) -> RunError:
    return RunError(f"the ledger of {folder.name} is damaged: {error}", "Run `aligner align` again with --fresh.")


def read_dates(folder: Path) -> dict[str, str]:
    """Document name to the article's date (as the page gave it), where one is known; empty without a ledger."""
    if not (folder / STATE / LEDGER).is_file():
        return {}
    return {entry.document: date for entry in read_entries(folder) if (date := entry.payload.get("date", ""))}


def _connect(path: Path) -> sqlite3.Connection:
    try:
        db = sqlite3.connect(path, timeout=30.0)
        db.execute("PRAGMA journal_mode=WAL")
        # FULL: an article told as done must survive a power cut; one fsync an article is small beside encoding it.
        db.execute("PRAGMA synchronous=FULL")
        db.executescript(_TABLES)
    except sqlite3.OperationalError as error:
        raise RunError(f"the ledger cannot be written: {error}", "Make room, or choose another --out.") from error
    except sqlite3.DatabaseError as error:
        raise RunError(
            f"the ledger of this run folder is damaged: {error}",
            "Choose another --out, or delete the folder and run again.",
        ) from error
    return db


def _entries(db: sqlite3.Connection) -> Iterator[Entry]:
    query = "SELECT document, sha256, failed, payload FROM results ORDER BY document"
    for document, sha256, failed, blob in db.execute(query):
        yield Entry(document, sha256, bool(failed), _unpacked(blob))
