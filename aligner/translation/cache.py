"""Translations on disk, by engine and text: one SQLite file that several processes share.

A translated sentence costs 16 ms (61 a second, batched, two cores), reading it back 0.02 ms. The cache never makes a
run fail: a file that cannot be used is done without, and a damaged one is begun again, with a warning.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from aligner.translation.base import Translation, Translator

log = logging.getLogger(__name__)

SCHEMA = 1
#: Texts translated and stored in one transaction: what a killed run loses at most (some 4 s of work).
BATCH = 256
#: Entries above which the oldest tenth goes (about 200 MB of news sentences).
LIMIT = 600_000
_BUSY = 30.0

_TABLES = """
CREATE TABLE IF NOT EXISTS entries (
    number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, text TEXT NOT NULL, engine TEXT NOT NULL, failed TEXT NOT NULL
);
"""


class CachedTranslator:
    """`translator` with its results kept in the file `path`, failures with their reasons too.

    What is kept is keyed by the engine's signature, the direction and the text, so another engine, version or
    direction never answers for this one.
    """

    def __init__(self, translator: Translator, path: Path, *, limit: int = LIMIT) -> None:
        self._translator = translator
        self._path = path
        self._limit = limit
        self._lock = threading.Lock()
        self._db: sqlite3.Connection | None = None
        self._opened = False

    @property
    def name(self) -> str:
        """That of the translator."""
        return self._translator.name

    @property
    def signature(self) -> str:
        """That of the translator."""
        return self._translator.signature

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Translation]:
        """One translation a text, in order: kept ones read, the others made and kept."""
        keys = {text: self._key(text, source, target) for text in texts}
        found = self._read(keys)
        missing = [text for text in keys if text not in found]
        for at in range(0, len(missing), BATCH):
            part = missing[at : at + BATCH]
            fresh = dict(zip(part, self._translator.translate(part, source, target), strict=True))
            self._write([(keys[text], out.text, out.engine, out.failed) for text, out in fresh.items()])
            found |= fresh
        return [found[text] for text in texts]

    def close(self) -> None:
        """Close the file; a later `translate` opens it again."""
        with self._lock:
            self._drop()
            self._opened = False

    def _key(self, text: str, source: str, target: str) -> bytes:
        told = "\0".join((self.signature, source, target, text))
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).digest()

    def _read(self, keys: dict[str, bytes]) -> dict[str, Translation]:
        texts = {key: text for text, key in keys.items()}
        wanted = list(texts)
        found: dict[str, Translation] = {}
        with self._guarded() as db:
            for at in range(0, len(wanted) if db else 0, 500):
                part = wanted[at : at + 500]
                marks = ",".join("?" * len(part))
                assert db is not None
                rows = db.execute(f"SELECT key, text, engine, failed FROM entries WHERE key IN ({marks})", part)
                found.update((texts[key], Translation(*told)) for key, *told in rows)
        return found

    def _write(self, rows: list[tuple[bytes, str, str, str]]) -> None:
        with self._guarded() as db:
            if db is None:
                return
            with db:
                db.executemany("INSERT OR REPLACE INTO entries (key, text, engine, failed) VALUES (?, ?, ?, ?)", rows)
            first, last = db.execute("SELECT min(number), max(number) FROM entries").fetchone()
            if last - first >= self._limit:
                with db:
                    db.execute("DELETE FROM entries WHERE number <= ?", (last - self._limit * 9 // 10,))

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[sqlite3.Connection | None]:
        """The open file, or None; its troubles are met here and never leave."""
        with self._lock:
            if not self._opened:
                self._opened = True
                self._db = self._open()
            try:
                yield self._db
            except (sqlite3.Error, UnicodeEncodeError) as error:  # the latter: a lone surrogate, not for SQLite
                log.warning("the translation cache %s is not used: %s", self._path, error)
                self._drop()

    def _drop(self) -> None:
        if self._db is not None:
            self._db.close()
        self._db = None

    def _open(self) -> sqlite3.Connection | None:
        """The file, begun again once if it is damaged or of another schema."""
        for attempt in range(2):
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                return _connect(self._path)
            except (sqlite3.OperationalError, OSError) as error:
                log.warning("the translation cache %s is not used: %s", self._path, error)
                return None
            except sqlite3.DatabaseError as error:
                if attempt:
                    return None
                aside = self._path.with_name(f"{self._path.name}.damaged")
                log.warning("the translation cache was damaged (%s): moved to %s, begun again", error, aside)
                with contextlib.suppress(FileNotFoundError):  # another process was first
                    self._path.replace(aside)
                for ending in ("-wal", "-shm"):
                    self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        return None


def _connect(path: Path) -> sqlite3.Connection:
    """Open and check; raises `sqlite3.DatabaseError` for a file that is no cache of this schema."""
    db = sqlite3.connect(path, timeout=_BUSY, check_same_thread=False)  # one lock guards every use
    try:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, SCHEMA):
            raise sqlite3.DatabaseError(f"schema {version}, not {SCHEMA}")
        if version == 0:
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {SCHEMA}; COMMIT;")
        db.execute("PRAGMA synchronous = NORMAL")  # the last batch may go in a power cut: it is made again
        db.execute("SELECT key FROM entries LIMIT 1").fetchone()
    except BaseException:
        db.close()
        raise
    return db
