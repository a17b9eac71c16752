"""`aligner cache`: told and emptied, damaged or not."""

from __future__ import annotations

from aligner.caching import caches, clear
from aligner.embed.cache import CachedEncoder
from aligner.embed.encoder import HashEncoder


def test_what_is_kept_is_told_and_emptied(tmp_path, monkeypatch):
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path))
    assert [(cache.entries, cache.size) for cache in caches()] == [(0, 0), (0, 0)]
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
    assert caches()[1].entries is None
    clear()
    assert not (tmp_path / "translations.sqlite").exists()
