"""Embeddings on disk, by content: one SQLite file that several processes share.

A row is what `Encoded` holds, raw: vector float32, states float16, offsets int32. zlib takes 7 % off the states
and 30 ms a thousand tokens, so nothing is compressed but the offsets, which are small as they are. A news
sentence (36 tokens) takes 29 kB; reading it back 0.1 ms, computing it 13 ms.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType

import numpy as np

from aligner.cache_file import CacheFile
from aligner.embed.encoder import Encoded, Encoder

DEFAULT_LIMIT = 2_000_000_000
#: Texts computed and stored in one transaction: a killed run loses at most these (some 4 s of work).
BATCH = 256
_DAY = 86_400

_TABLES = """
CREATE TABLE IF NOT EXISTS entries (
    key BLOB PRIMARY KEY, tokens INTEGER NOT NULL, width INTEGER NOT NULL,
    vector BLOB NOT NULL, states BLOB NOT NULL, offsets BLOB NOT NULL, used INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS by_use ON entries (used);
"""


class CachedEncoder:
    """`encoder` with its results kept in the file `path`; fresh and kept results are the same bytes.

    The file is a `CacheFile`: no trouble with it makes a run fail. Above `limit` bytes the entries unused for longest
    go. Close it, or use it as a context manager.
    """

    def __init__(self, encoder: Encoder, path: Path, *, limit: int = DEFAULT_LIMIT) -> None:
        self._encoder = encoder
        self._file = CacheFile(path, "embedding cache", _TABLES)
        self._limit = limit

    @property
    def signature(self) -> str:
        """That of the encoder."""
        return self._encoder.signature

    @property
    def name(self) -> str:
        """That of the encoder."""
        return self._encoder.name

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Numbers for each text, in order: kept ones read, the others computed and kept."""
        distinct = list(dict.fromkeys(texts))
        found = self._read(distinct)
        missing = [text for text in distinct if text not in found]
        for at in range(0, len(missing), BATCH):
            fresh = self._encoder.encode(missing[at : at + BATCH])
            self._write(fresh)
            found.update((encoded.text, encoded) for encoded in fresh)
        return [found[text] for text in texts]

    def close(self) -> None:
        """Close the file; a later `encode` opens it again."""
        self._file.close()

    def __enter__(self) -> CachedEncoder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self.signature}\0{text}".encode("utf-8", "surrogatepass")).digest()

    def _read(self, texts: Sequence[str]) -> dict[str, Encoded]:
        keys = {self._key(text): text for text in texts}
        found: dict[str, Encoded] = {}
        today = int(time.time()) // _DAY
        with self._file.opened() as db:
            if db is None:
                return found
            stale = []
            for part in _parts(list(keys), 500):
                marks = ",".join("?" * len(part))
                rows = db.execute(f"SELECT * FROM entries WHERE key IN ({marks})", part)
                for key, tokens, width, vector, states, offsets, used in rows:
                    found[keys[key]] = _unpacked(keys[key], (tokens, width), vector, states, offsets)
                    if used != today:  # once a day is enough to know what is old, and most reads stay reads
                        stale.append((today, key))
            if stale:
                with db:
                    db.executemany("UPDATE entries SET used = ? WHERE key = ?", stale)
        return found

    def _write(self, fresh: Sequence[Encoded]) -> None:
        today = int(time.time()) // _DAY
        rows = [
            (self._key(e.text), *e.states.shape, e.vector.tobytes(), e.states.tobytes(), e.offsets.tobytes(), today)
            for e in fresh
        ]
        with self._file.opened() as db:
            if db is None:
                return
            with db:
                db.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            self._shrink(db)

    def _shrink(self, db: sqlite3.Connection) -> None:
        """Drop the entries unused for longest until the file's live pages are a tenth below the limit."""
        size = db.execute("PRAGMA page_size").fetchone()[0]

        def live() -> int:
            pages = db.execute("PRAGMA page_count").fetchone()[0] - db.execute("PRAGMA freelist_count").fetchone()[0]
            return int(pages * size)

        if live() <= self._limit:
            return
        while live() > self._limit * 0.9:
            with db:
                gone = db.execute("DELETE FROM entries WHERE key IN (SELECT key FROM entries ORDER BY used LIMIT 500)")
            if not gone.rowcount:
                return


def _unpacked(text: str, shape: tuple[int, int], vector: bytes, states: bytes, offsets: bytes) -> Encoded:
    """The numbers as they were put in; raises `ValueError` if sizes do not fit."""
    return Encoded(
        text=text,
        vector=np.frombuffer(vector, np.float32),
        states=np.frombuffer(states, np.float16).reshape(shape),
        offsets=np.frombuffer(offsets, np.int32).reshape(shape[0], 2),
    )


def _parts(items: list[bytes], size: int) -> Iterator[list[bytes]]:
    for at in range(0, len(items), size):
        yield items[at : at + size]
