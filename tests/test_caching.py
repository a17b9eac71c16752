"""`aligner cache`: told and emptied, damaged or not."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from aligner.caching import caches, clear
from aligner.embed.cache import CachedEncoder
from aligner.embed.encoder import HashEncoder
from aligner.errors import RunError


def test_what_is_kept_is_told_and_emptied(tmp_path, monkeypatch):
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path))
    assert [(cache.name, cache.entries, cache.size) for cache in caches()] == [
        ("embeddings", 0, 0),
        ("readings", 0, 0),
        ("translations", 0, 0),
    ]
    with CachedEncoder(HashEncoder(), tmp_path / "embeddings.sqlite") as encoder:
        encoder.encode([f"De brug kostte {number} euro." for number in range(300)])
        held = caches()[0]
        assert held.entries == 300
        clear()  # while it is open
        assert caches()[0].entries == 0
        assert caches()[0].size < held.size / 2
        assert len(encoder.encode(["Nog een zin."])) == 1
    assert caches()[0].entries == 1


def test_a_damaged_cache_is_told_and_removed(tmp_path, monkeypatch):
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path))
    (tmp_path / "translations.sqlite").write_bytes(b"no database" * 1000)
    assert {cache.name: cache.entries for cache in caches()}["translations"] is None
    clear()
    assert not (tmp_path / "translations.sqlite").exists()


def test_a_cache_in_use_is_not_taken_for_damaged(tmp_path, monkeypatch):
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path))
    monkeypatch.setattr("aligner.caching._BUSY", 0.1)
    path = tmp_path / "embeddings.sqlite"
    with CachedEncoder(HashEncoder(), path) as encoder:
        encoder.encode(["De brug kostte 3 euro."])
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = DELETE")  # the mode in which a writer shuts readers out
        db.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RunError, match="embeddings"):
            clear()
        db.execute("ROLLBACK")
    assert caches()[0].entries == 1
