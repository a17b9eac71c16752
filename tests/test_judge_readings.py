"""What the joint reader said is kept by what it was given: same numbers, no network for a known pair."""

from __future__ import annotations

import numpy as np
import pytest

from aligner.embed.encoder import HashEncoder
from aligner.judge import joint
from aligner.judge.joint import Reading
from aligner.judge.readings import KeptReader


class Net:
    """Stands for the network: a reading out of the lengths of the two sides, counted."""

    def __init__(self, path):
        self.seen = 0

    def __call__(self, pairs, threads=None):
        self.seen += len(pairs)
        return [
            Reading(
                len(nl.states) / 7,
                np.full(8, 0.1, np.float32),
                np.linspace(0, 1, len(nl.states), dtype=np.float32),
                np.linspace(0, 1, len(en.states), dtype=np.float32),
            )
            for nl, en in pairs
        ]


@pytest.fixture
def weights(tmp_path, monkeypatch):
    monkeypatch.setattr(joint, "JointReader", Net)
    (tmp_path / "weights").write_bytes(b"one")
    return tmp_path / "weights"


def pairs():
    texts = ["De brug is dicht.", "The bridge is closed.", "", "It is open."]
    a, b, c, d = HashEncoder().encode(texts)
    return [(a, b), (a, d), (c, b), (a, b)]


def same(one, two):
    return one.divergence == two.divergence and all(
        x.dtype == y.dtype and x.tobytes() == y.tobytes()
        for x, y in ((one.kinds, two.kinds), (one.nl, two.nl), (one.en, two.en))
    )


def test_kept_and_fresh_are_the_same_and_nothing_is_loaded_for_known_pairs(tmp_path, weights):
    bare = KeptReader(weights)(pairs())
    first, again = KeptReader(weights, tmp_path / "r.sqlite"), KeptReader(weights, tmp_path / "r.sqlite")
    fresh = first(pairs())
    assert first._reader.seen == 3  # equal pairs are read once
    kept = again(pairs())
    assert again._reader is None
    assert all(same(a, b) and same(a, c) for a, b, c in zip(bare, fresh, kept, strict=True))


def test_other_weights_and_damage_are_read_anew(tmp_path, weights):
    first = KeptReader(weights, tmp_path / "r.sqlite")
    first(pairs())
    first.close()
    weights.write_bytes(b"two")
    other = KeptReader(weights, tmp_path / "r.sqlite")
    other(pairs())
    assert other._reader.seen == 3
    other.close()
    (tmp_path / "r.sqlite").write_bytes(b"no database" * 500)
    anew = KeptReader(weights, tmp_path / "r.sqlite")
    assert len(anew(pairs())) == 4
    assert anew._reader.seen == 3
    assert (tmp_path / "r.sqlite.damaged").exists()
