"""Argos packages used directly: found, loaded, and equal to argostranslate's own door."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
import translation_toys as toys

from aligner.errors import ModelError
from aligner.translation import packages
from aligner.translation.argos import MAX_PIECES, PackageEngine

QUIET = {"capture_output": True, "text": True}


@pytest.fixture(scope="module")
def toy(tmp_path_factory):
    return toys.write_package(tmp_path_factory.mktemp("packages"))


@pytest.fixture(autouse=True)
def homes(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path / "cache"))
    for name in ("ARGOS_PACKAGES_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "SNAP"):
        monkeypatch.delenv(name, raising=False)


def test_sentences_come_back_in_their_order(toy):
    engine = PackageEngine(packages.read_package(toy))
    sentences = ["de kat zit op de mat.", "Test.", "een man loopt weg", "hallo wereld", "de"]
    assert [out.text for out in engine.translate(sentences)] == sentences
    assert {out.engine for out in engine.translate(sentences)} == {"argos nl-en 1.0"}


def test_equal_to_argostranslate_sentence_by_sentence(toy, tmp_path):
    """The real `argostranslate.translate` over the same package, its sentence splitter replaced by identity."""
    sentences = ["de kat zit op de mat.", "een man loopt weg", "Test. de kat", "x y z", "hallo wereld, 12:30!"] * 4
    program = """
import json, sys
from argostranslate import package, translate
from pathlib import Path
made = translate.PackageTranslation(None, None, package.Package(Path(sys.argv[1])))
made.sentencizer = type("Whole", (), {"split_sentences": lambda self, text: [text]})()
print("RESULT" + json.dumps([made.hypotheses(text, 1)[0].value for text in json.load(sys.stdin)]))
"""
    env = {**os.environ, "HOME": str(tmp_path), "ARGOS_PACKAGES_DIR": str(toy.parent)}
    run = subprocess.run(
        [sys.executable, "-c", program, str(toy)],
        input=json.dumps(sentences),
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    theirs = json.loads(run.stdout.partition("RESULT")[2])
    assert PackageEngine(packages.read_package(toy)).raw(sentences) == theirs


def test_a_lone_surrogate_and_odd_space_do_no_harm(toy):
    engine = PackageEngine(packages.read_package(toy))
    assert engine.raw(["de\u00a0kat\nzit", "de \ud800 kat"])[0] == "de kat zit"


def test_an_endless_sentence_is_a_failure_with_its_reason(toy):
    engine = PackageEngine(packages.read_package(toy))
    long, short = engine.translate(["q" * (MAX_PIECES + 1), "de kat"])
    assert (long.text, long.failed) == ("", f"longer than {MAX_PIECES} pieces")
    assert short.text == "de kat"


def test_signature_follows_the_files(toy, tmp_path):
    import shutil

    other = tmp_path / "other"
    shutil.copytree(toy, other)
    first = PackageEngine(packages.read_package(toy)).signature
    assert PackageEngine(packages.read_package(other)).signature == first
    metadata = json.loads((other / "metadata.json").read_text())
    (other / "metadata.json").write_text(json.dumps(metadata | {"package_version": "1.1"}))
    assert PackageEngine(packages.read_package(other)).signature != first


def test_a_broken_model_says_what_to_do(toy, tmp_path):
    import shutil

    broken = tmp_path / "broken"
    shutil.copytree(toy, broken)
    (broken / "model" / "model.bin").write_bytes(b"nothing")
    with pytest.raises(ModelError) as caught:
        PackageEngine(packages.read_package(broken)).translate(["de kat"])
    assert "models remove nl-en" in caught.value.hint


def test_folders_are_those_of_argostranslate(monkeypatch, tmp_path):
    home = tmp_path / "home"
    own = tmp_path / "cache" / "packages"
    assert packages.folders() == [home / ".local" / "share" / "argos-translate" / "packages", own]
    settings = home / ".config" / "argos-translate" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"ARGOS_PACKAGES_DIR": str(tmp_path / "named")}))
    assert packages.folders() == [tmp_path / "named", own]
    settings.write_text("{broken")
    assert len(packages.folders()) == 2
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "env"))
    assert packages.folders()[0] == tmp_path / "env"


def test_newest_of_a_direction_first_and_unsound_ones_skipped(monkeypatch, tmp_path, toy):
    import shutil

    place = tmp_path / "packages"
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(place))
    for version in ("1.9", "1.10", "1.2"):
        folder = place / f"p{version}"
        shutil.copytree(toy, folder)
        metadata = json.loads((folder / "metadata.json").read_text())
        (folder / "metadata.json").write_text(json.dumps(metadata | {"package_version": version}))
    (place / "p1.2" / "metadata.json").write_text("[]")
    (place / "empty").mkdir()
    assert [package.version for package in packages.installed()] == ["1.10", "1.9"]


def test_reading_packages_imports_and_makes_nothing(tmp_path):
    program = """
import sys
from aligner.translation import packages
packages.installed()
heavy = {"argostranslate", "stanza", "torch", "ctranslate2"} & set(sys.modules)
assert not heavy, heavy
"""
    env = {**os.environ, "HOME": str(tmp_path / "nowhere"), "ALIGNER_CACHE": str(tmp_path / "cache")}
    run = subprocess.run([sys.executable, "-c", program], check=False, env=env, **QUIET)
    assert (run.returncode, run.stdout) == (0, ""), run.stderr
    assert not (tmp_path / "nowhere").exists()


def test_translating_does_not_import_torch_or_print(toy, tmp_path):
    program = """
import sys
from pathlib import Path
from aligner.translation import packages
from aligner.translation.argos import PackageEngine
out = PackageEngine(packages.read_package(Path(sys.argv[1]))).translate(["de kat"])
assert out[0].text == "de kat", out
heavy = {"stanza", "torch", "spacy", "argostranslate.settings"} & set(sys.modules)
assert not heavy, heavy
"""
    env = {**os.environ, "HOME": str(tmp_path / "nowhere")}
    run = subprocess.run([sys.executable, "-c", program, str(toy)], check=False, env=env, **QUIET)
    assert (run.returncode, run.stdout) == (0, ""), run.stderr
