"""Encoders: shapes, offsets, names and prefixes without a model; sameness in any company with it (`model`)."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.embed import buckets, names
from aligner.embed.encoder import Encoded, HashEncoder, SentenceTransformerEncoder, open_encoder
from aligner.embed.packs import PACK, packs
from aligner.errors import ModelError

TEXTS = [
    "De minister sprak gisteren met de boeren in Assen.",
    "The minister spoke with farmers in Assen yesterday.",
    "",
    "x",
    "  北京 is  de hoofd\u00adstad van\u00a0China\n",
    "a\ud800b",
    "e\u0301e\u0301n cafe\u0301, ﬁjn",
    "‘Nee’, zei hij – “nooit”…",
    "water " * 700,
    *(f"Zin {n} " + "met nog wat woorden erbij " * (n % 7) for n in range(16)),
]


def check(encoded: Encoded, dim: int) -> None:
    """What every encoder promises of one text."""
    assert encoded.vector.dtype == np.float32
    assert encoded.vector.shape == (dim,)
    assert abs(float(np.linalg.norm(encoded.vector)) - 1) < 1e-5
    assert encoded.states.dtype == np.float16
    assert encoded.offsets.dtype == np.int32
    assert encoded.offsets.shape == (len(encoded.states), 2)
    if len(encoded.states):
        assert np.allclose(np.linalg.norm(encoded.states.astype(np.float32), axis=1), 1, atol=2e-3)
    for start, end in encoded.offsets.tolist():
        assert 0 <= start < end <= len(encoded.text)
        piece = encoded.text[start:end]
        assert piece == piece.strip()


def equal(a: Encoded, b: Encoded) -> bool:
    return (a.vector.tobytes(), a.states.tobytes(), a.offsets.tobytes()) == (
        b.vector.tobytes(),
        b.states.tobytes(),
        b.offsets.tobytes(),
    )


@given(st.text(max_size=60))
def test_hash_encoder_keeps_the_promises(text: str) -> None:
    check(HashEncoder().encode([text])[0], 256)


def test_hash_encoder_prefers_equal_words() -> None:
    a, b, c = HashEncoder().encode(["een rode fiets", "de rode fiets", "twaalf appels"])
    assert a.vector @ b.vector > a.vector @ c.vector
    assert open_encoder("hash").signature == HashEncoder.signature


@given(st.lists(st.integers(1, 1300), max_size=60))
def test_batches_hold_each_text_once_in_a_fitting_shape(lengths: list[int]) -> None:
    seen: list[int] = []
    for bucket, indices in buckets.batches(lengths):
        assert 1 <= len(indices) <= buckets.rows_of(bucket)
        assert all(buckets.bucket_of(lengths[i]) == bucket >= lengths[i] for i in indices)
        seen += indices
    assert sorted(seen) == list(range(len(lengths)))


@given(st.lists(st.integers(1, 600), max_size=200))
def test_packs_hold_each_text_once_and_long_texts_alone(lengths: list[int]) -> None:
    seen: list[int] = []
    for size, indices in packs(lengths):
        total = sum(lengths[i] for i in indices)
        assert 0 < total <= size
        # The size follows from the text alone, never from the others.
        assert size == PACK if total <= PACK else (len(indices) == 1 and size - PACK < total)
        seen += indices
    assert sorted(seen) == list(range(len(lengths)))


def _folder(path: Path, name: str, **prompts: str) -> Path:
    path.mkdir()
    (path / "config.json").write_text(json.dumps({"_name_or_path": name}))
    (path / "config_sentence_transformers.json").write_text(json.dumps({"prompts": prompts}))
    return path


@pytest.mark.parametrize(
    ("name", "prompts", "prefix"),
    [
        ("intfloat/multilingual-e5-base", {}, "query: "),
        ("intfloat/e5-large-v2", {"query": "", "document": ""}, "query: "),
        (
            "intfloat/multilingual-e5-large-instruct",
            {},
            "Instruct: Retrieve semantically similar text.\nQuery: ",
        ),
        ("sentence-transformers/LaBSE", {}, ""),
        ("some/model", {"query": "ask: ", "STS": "same: "}, "same: "),
        ("some/home5-net", {}, ""),
    ],
)
def test_prefix_by_prompts_then_family(tmp_path: Path, name: str, prompts: dict[str, str], prefix: str) -> None:
    assert names.prefix_of("given", _folder(tmp_path / "m", name, **prompts)) == prefix


def test_resolve_finds_folders_and_installed_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path))
    folder = _folder(tmp_path / "mine", "x")
    assert names.resolve(str(folder)) == folder
    (tmp_path / "models").mkdir()
    installed = _folder(names.installed_dir("owner/model"), "x")
    assert names.resolve("owner/model") == installed


@pytest.mark.parametrize("name", ["owner/no-such-model", "no-such-model", "/no/such/folder", "no spaces allowed"])
def test_an_absent_encoder_says_what_to_type(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(ModelError) as caught:
        open_encoder(name)
    assert caught.value.hint


def test_files_hash_sees_content_and_names(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "m", "x")
    before = names.files_hash(folder)
    (folder / "config.json").write_text("{}")
    changed = names.files_hash(folder)
    (folder / "config.json").rename(folder / "other.json")
    assert len({before, changed, names.files_hash(folder)}) == 3


@pytest.fixture(scope="module")
def encoder() -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder()


@pytest.mark.model
def test_real_shapes_and_offsets(encoder: SentenceTransformerEncoder) -> None:
    found = encoder.encode(TEXTS)
    for encoded in found:
        check(encoded, 384)
    assert found[2].states.shape == (0, 384)
    assert [found[3].text[a:b] for a, b in found[3].offsets] == ["x"]
    assert [found[4].text[a:b] for a, b in found[4].offsets][:2] == ["北京", "is"]
    assert len(found[8].states) < 512  # cut at the limit
    words = [found[6].text[a:b] for a, b in found[6].offsets]
    assert "".join(words) == "e\u0301e\u0301ncafe\u0301,ﬁjn"


@pytest.mark.model
def test_the_same_bytes_in_any_company(encoder: SentenceTransformerEncoder) -> None:
    import torch

    together = dict(zip(TEXTS, encoder.encode(TEXTS), strict=True))
    shuffled = random.Random(7).sample(TEXTS, len(TEXTS))
    assert all(equal(together[t], e) for t, e in zip(shuffled, encoder.encode(shuffled), strict=True))
    assert all(equal(together[t], encoder.encode([t])[0]) for t in TEXTS[:10])
    threads = torch.get_num_threads()
    for several in (1, 3):
        other = SentenceTransformerEncoder(threads=several)
        assert all(equal(together[t], e) for t, e in zip(TEXTS, other.encode(TEXTS), strict=True))
    assert torch.get_num_threads() == threads  # the user's own setting


@pytest.mark.model
def test_light_and_full_path_agree(encoder: SentenceTransformerEncoder) -> None:
    from aligner.embed.bundled import ensure_bundled

    full = SentenceTransformerEncoder(ensure_bundled())
    assert full.prefix == encoder.prefix
    for light, other in zip(encoder.encode(TEXTS), full.encode(TEXTS), strict=True):
        assert 1 - float(light.vector @ other.vector) < 1e-6
        assert (light.offsets == other.offsets).all()
        a, b = light.states.astype(np.float32), other.states.astype(np.float32)
        assert np.allclose(a, b, atol=2e-3)
    together = dict(zip(TEXTS, full.encode(TEXTS), strict=True))
    backwards = full.encode(TEXTS[::-1])
    assert all(equal(together[t], e) for t, e in zip(TEXTS[::-1], backwards, strict=True))


@pytest.mark.model
def test_a_broken_folder_is_a_model_error(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "m", "x")
    with pytest.raises(ModelError):
        SentenceTransformerEncoder(folder).encode(["x"])
    with pytest.raises(ModelError):
        SentenceTransformerEncoder(layer=99).encode(["x"])


@pytest.mark.model
def test_the_bundled_encoder_loads_without_transformers() -> None:
    code = (
        "import sys; from aligner.embed.encoder import open_encoder; assert 'torch' not in sys.modules;"
        "open_encoder().encode(['x']); assert 'transformers' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
