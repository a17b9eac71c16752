"""What the joint reader said, on disk: a pair that was read before needs neither its network nor torch.

An entry takes 0.6 kB. It is keyed by the reader's code and weights and by the very token states that it was given, so
that another encoder, or another version of it, never answers for this one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aligner.cache_file import CacheFile, drop_oldest
from aligner.judge import joint

if TYPE_CHECKING:
    from aligner.embed.encoder import Encoded

#: Entries above which the oldest tenth goes (about 200 MB).
LIMIT = 300_000

_TABLES = """
CREATE TABLE IF NOT EXISTS entries (
    number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, divergence REAL NOT NULL, kinds BLOB NOT NULL,
    nl BLOB NOT NULL, en BLOB NOT NULL
);
"""


class KeptReader:
    """The joint reader with the weights in the file `weights`, loaded at the first pair that is not kept in `path`.

    Without a path nothing is kept. `threads` is how many pairs are read at once; None means one a processor.
    """

    def __init__(
        self, weights: Path, path: Path | None = None, *, limit: int = LIMIT, threads: int | None = None
    ) -> None:
        self._weights = weights
        self._file = CacheFile(path, "cache of the judge's readings", _TABLES) if path else None
        self._limit = limit
        self._threads = threads
        self._reader: joint.JointReader | None = None
        self._signature = b""

    def __call__(self, pairs: Sequence[tuple[Encoded, Encoded]]) -> list[joint.Reading]:
        """One reading a pair, in order: kept ones read, the others made and kept."""
        if self._file is None or not pairs:
            return self._read(pairs)
        keys = [self._key(*pair) for pair in pairs]
        found = self._kept(self._file, list(dict.fromkeys(keys)))
        missing = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in found}
        if missing:
            fresh = dict(zip(missing, self._read(list(missing.values())), strict=True))
            self._keep(self._file, fresh)
            found |= fresh
        return [found[key] for key in keys]

    def close(self) -> None:
        """Close the file; a later call opens it again."""
        if self._file is not None:
            self._file.close()

    def _read(self, pairs: Sequence[tuple[Encoded, Encoded]]) -> list[joint.Reading]:
        if self._reader is None:
            self._reader = joint.JointReader(self._weights)
        return self._reader(pairs, self._threads)

    def _key(self, nl: Encoded, en: Encoded) -> bytes:
        if not self._signature:
            code = Path(joint.__file__).read_bytes()
            self._signature = hashlib.sha256(code + b"\0" + self._weights.read_bytes()).digest()
        told = hashlib.sha256(self._signature)
        for side in (nl, en):
            told.update(repr(side.states.shape).encode() + side.states.tobytes())
        return told.digest()

    def _kept(self, file: CacheFile, keys: list[bytes]) -> dict[bytes, joint.Reading]:
        found: dict[bytes, joint.Reading] = {}
        with file.opened() as db:
            for at in range(0, len(keys) if db else 0, 500):
                part = keys[at : at + 500]
                marks = ",".join("?" * len(part))
                assert db is not None
                rows = db.execute(f"SELECT key, divergence, kinds, nl, en FROM entries WHERE key IN ({marks})", part)
                for key, divergence, *arrays in rows:
                    read = joint.Reading(divergence, *(np.frombuffer(array, np.float32) for array in arrays))
                    if len(read.kinds) == len(joint.KINDS):  # else damaged: read anew
                        found[key] = read
        return found

    def _keep(self, file: CacheFile, fresh: dict[bytes, joint.Reading]) -> None:
        rows = [
            (key, read.divergence, *(np.asarray(part, np.float32).tobytes() for part in (read.kinds, read.nl, read.en)))
            for key, read in fresh.items()
        ]
        with file.opened() as db:
            if db is None:
                return
            with db:
                db.executemany(
                    "INSERT OR REPLACE INTO entries (key, divergence, kinds, nl, en) VALUES (?, ?, ?, ?, ?)", rows
                )
            drop_oldest(db, self._limit)
