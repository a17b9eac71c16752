"""The embedding cache: same bytes, sharing, damage, limit; all with the model-free encoder."""

from __future__ import annotations

import logging
import multiprocessing
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from aligner.embed.cache import CachedEncoder
from aligner.embed.encoder import Encoded, HashEncoder

TEXTS = ["Een zin over water.", "", "A sentence about water.", "a\ud800b", "Een zin over water."]


class Counting(HashEncoder):
    """Counts what it is asked for."""

    def __init__(self, signature: str = "counting") -> None:
        self.signature = signature  # type: ignore[misc]
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        self.seen += texts
        return super().encode(texts)


def same(a: Encoded, b: Encoded) -> bool:
    pairs = [(a.vector, b.vector), (a.states, b.states), (a.offsets, b.offsets)]
    return a.text == b.text and all(
        x.dtype == y.dtype and x.shape == y.shape and x.tobytes() == y.tobytes() for x, y in pairs
    )


def test_kept_and_fresh_are_the_same_bytes(tmp_path: Path) -> None:
    inner = Counting()
    with CachedEncoder(inner, tmp_path / "c.sqlite") as cached:
        first = cached.encode(TEXTS)
    with CachedEncoder(inner, tmp_path / "c.sqlite") as cached:
        again = cached.encode(TEXTS)
        assert cached.name == inner.name
        assert cached.signature == inner.signature
    assert sorted(inner.seen) == sorted(set(TEXTS))
    bare = HashEncoder().encode(TEXTS)
    assert all(same(a, b) and same(a, c) for a, b, c in zip(bare, first, again, strict=True))


def test_another_signature_is_another_entry(tmp_path: Path) -> None:
    one, two = Counting("one"), Counting("two")
    for inner in (one, two):
        with CachedEncoder(inner, tmp_path / "c.sqlite") as cached:
            cached.encode(["x"])
    assert one.seen == two.seen == ["x"]


@pytest.mark.parametrize("content", [b"no database at all" * 500, b"SQLite format 3\x00" + b"\xff" * 9000])
def test_a_damaged_file_is_moved_aside(tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes) -> None:
    path = tmp_path / "c.sqlite"
    path.write_bytes(content)
    inner = Counting()
    with caplog.at_level(logging.WARNING), CachedEncoder(inner, path) as cached:
        cached.encode(["x"])
    assert "damaged" in caplog.text
    assert (tmp_path / "c.sqlite.damaged").read_bytes() == content
    with CachedEncoder(inner, path) as cached:
        cached.encode(["x"])
    assert inner.seen == ["x"]


def test_a_row_of_wrong_size_rebuilds_the_file(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "c.sqlite"
    inner = Counting()
    with CachedEncoder(inner, path) as cached:
        cached.encode(["x y"])
    with sqlite3.connect(path) as db:
        db.execute("UPDATE entries SET states = x'00'")
    db.close()
    with caplog.at_level(logging.WARNING), CachedEncoder(inner, path) as cached:
        assert same(cached.encode(["x y"])[0], HashEncoder().encode(["x y"])[0])
        cached.encode(["x y"])
    assert inner.seen == ["x y", "x y"]
    assert "damaged" in caplog.text


def test_an_unusable_place_is_done_without(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    with caplog.at_level(logging.WARNING), CachedEncoder(HashEncoder(), tmp_path / "file" / "c.sqlite") as cached:
        assert len(cached.encode(["x"])) == 1
        assert len(cached.encode(["x"])) == 1
    assert len(caplog.records) == 1


def test_the_oldest_go_above_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    texts = [f"woord {n} " * 30 for n in range(600)]
    with CachedEncoder(HashEncoder(), path) as cached:
        cached.encode(texts[:100])
    with sqlite3.connect(path) as db:
        db.execute("UPDATE entries SET used = 1")
    db.close()
    inner = Counting("hash-1")
    with CachedEncoder(inner, path, limit=15_000_000) as cached:
        cached.encode(texts[100:])
        inner.seen.clear()
        cached.encode(texts[:100])
        assert len(inner.seen) == 100  # the oldest went
    assert path.stat().st_size < 40_000_000


def _fill(path: str, first: int) -> None:
    with CachedEncoder(HashEncoder(), Path(path)) as cached:
        for at in range(first, first + 40):
            cached.encode([f"zin {at}", f"zin {at + 1}"])


def test_several_processes(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    context = multiprocessing.get_context("spawn")
    runs = [context.Process(target=_fill, args=(str(path), first)) for first in (0, 20, 40)]
    for run in runs:
        run.start()
    for run in runs:
        run.join(60)
    assert [run.exitcode for run in runs] == [0, 0, 0]
    inner = Counting("hash-1")
    with CachedEncoder(inner, path) as cached:
        found = cached.encode([f"zin {at}" for at in range(81)])
    assert inner.seen == []
    assert np.isfinite(found[0].vector).all()
    assert not (tmp_path / "c.sqlite.damaged").exists()
