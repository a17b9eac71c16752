"""The door to translation: any text in, one translation or a reason out, kept on disk."""

from __future__ import annotations

import sqlite3

import pytest
import translation_toys as toys
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import ModelError, UsageError
from aligner.translation import packages, service, shipped
from aligner.translation.argos import PackageEngine
from aligner.translation.base import Translation
from aligner.translation.cache import CachedTranslator


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    folder = tmp_path_factory.mktemp("packages")
    toys.write_package(folder)
    toys.write_package(folder, "en", "nl", "1.2")
    return folder


@pytest.fixture
def here(both, tmp_path, monkeypatch):
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(both))
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(shipped, "FOLDER", tmp_path / "nothing shipped")
    return tmp_path


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "none"))
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(shipped, "FOLDER", tmp_path / "nothing shipped")


def test_without_a_translator_one_line_says_what_to_type(nowhere):
    translator, notice = service.open_translator("auto")
    assert translator is None
    assert notice.endswith("aligner models install nl-en en-nl")
    assert "\n" not in notice
    with pytest.raises(ModelError) as caught:
        service.translate_texts(["Hallo daar, buurman."], "en")
    assert "models install nl-en" in caught.value.hint


def test_empty_texts_need_no_translator(nowhere):
    assert [out.text for out in service.translate_texts(["", "  "], "en")] == ["", ""]


def test_unknown_choices_are_refused(here):
    for call in (
        lambda: service.open_translator("google"),
        lambda: service.open_translator("auto", "nl-de"),
        lambda: service.translate_texts(["x"], "fr"),
    ):
        with pytest.raises(UsageError):
            call()


def test_both_directions_and_their_names(here):
    translator, notice = service.open_translator("auto")
    assert notice == ""
    assert translator.name == "argos nl-en 1.0; argos en-nl 1.2"
    assert translator.translate(["the cat"], "en", "nl") == [Translation("the cat", "argos en-nl 1.2")]


def test_a_missing_direction_is_a_notice_and_a_reason(here, monkeypatch, tmp_path):
    only = tmp_path / "only"
    toys.write_package(only)
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(only))
    translator, notice = service.open_translator("argos")
    assert "en-nl" in notice
    assert translator.translate(["the cat"], "en", "nl")[0].failed == "no translator from en to nl"


def test_one_out_for_every_one_in(here):
    texts = ["", "de kat zit op de mat. een man loopt weg.", "👍🎉", "12 345", "Rutte", "   ", "de kat"]
    out = service.translate_texts(texts, "en")
    assert [o.text for o in out] == ["", texts[1], "👍🎉", "12 345", "Rutte", "", "de kat"]
    assert not any(o.failed for o in out)


def test_what_is_in_the_target_language_stays(here):
    text = "The government announced on Monday that it would not change the law before the summer."
    assert service.translate_texts([text], "en")[0].text == text


def test_three_thousand_words(here):
    text = " ".join(["de kat zit op de mat, een man loopt weg"] * 330)
    (out,) = service.translate_texts([text], "en")
    assert out.failed == ""
    assert len(out.text.split()) == len(text.split())


def test_long_sentences_are_cut_at_commas_and_nothing_is_lost():
    words = [f"w{i}{',' if i % 30 == 29 else ''}" for i in range(200)]
    parts = service.shortened(" ".join(words))
    assert " ".join(parts).split() == words
    assert max(len(part.split()) for part in parts) <= 80
    assert parts[0].endswith(",")
    assert service.shortened("") == []
    assert max(len(part) for part in service.shortened("x" * 5000 + " y")) <= 80 * 201


class Breaking:
    """An engine that cannot do some sentences."""

    name, signature = "breaking", "breaking-1"

    def translate(self, sentences):
        return [
            Translation("", self.name, "no") if "kapot" in s else Translation(s.upper(), self.name) for s in sentences
        ]


def test_one_failed_sentence_of_two_fails_the_text_of_many_leaves_a_gap():
    door = service.SentenceTranslator({("nl", "en"): Breaking()})
    (few,) = door.translate(["De kat is kapot. De man loopt weg."], "nl", "en")
    assert (few.text, few.failed) == ("", "no")
    (many,) = door.translate(["De kat is kapot. " + "De man loopt weg. " * 12], "nl", "en")
    assert many.text.startswith(f"{service.GAP} DE MAN")


@given(st.lists(st.text(max_size=60), max_size=5))
def test_never_a_crash(texts):
    door = service.SentenceTranslator({("nl", "en"): Breaking()})
    assert len(door.translate(texts, "nl", "en")) == len(texts)


class Counting:
    """A translator that counts what it is asked."""

    name = "counting"

    def __init__(self, signature="counting-1"):
        self.signature = signature
        self.asked = []

    def translate(self, texts, source, target):
        self.asked += texts
        return [Translation("" if t == "bad" else t.upper(), self.name, "loop" if t == "bad" else "") for t in texts]


def test_the_cache_answers_by_engine_direction_and_text(tmp_path):
    first = Counting()
    path = tmp_path / "t.sqlite"
    out = CachedTranslator(first, path).translate(["a", "bad", "a", "b"], "nl", "en")
    assert [o.text for o in out] == ["A", "", "A", "B"]
    assert first.asked == ["a", "bad", "b"]
    again = Counting()
    assert CachedTranslator(again, path).translate(["b", "bad"], "nl", "en") == [out[3], out[1]]
    assert again.asked == []
    CachedTranslator(again, path).translate(["b"], "en", "nl")
    assert again.asked == ["b"]
    other = Counting("counting-2")
    CachedTranslator(other, path).translate(["b"], "nl", "en")
    assert other.asked == ["b"]


def test_a_damaged_or_unwritable_cache_is_done_without(tmp_path, caplog):
    path = tmp_path / "t.sqlite"
    path.write_bytes(b"this is no database, " * 100)
    assert CachedTranslator(Counting(), path).translate(["a"], "nl", "en")[0].text == "A"
    assert (tmp_path / "t.sqlite.damaged").exists()
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert CachedTranslator(Counting(), blocked / "t.sqlite").translate(["a"], "nl", "en")[0].text == "A"
    assert "is not used" in caplog.text


def test_the_cache_forgets_the_oldest(tmp_path):
    path = tmp_path / "t.sqlite"
    cached = CachedTranslator(Counting(), path, limit=20)
    for at in range(50):
        cached.translate([f"text {at}"], "nl", "en")
    cached.close()
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM entries").fetchone()[0] <= 20


def test_lone_surrogates_pass_the_cache(tmp_path):
    out = CachedTranslator(Counting(), tmp_path / "t.sqlite").translate(["a\ud800"], "nl", "en")
    assert out[0].text == "A\ud800"


def test_shipped_package_is_unpacked_once_and_marked(here, monkeypatch, both):
    place = here / "shipped"
    place.mkdir()
    toys.zip_package(both / "translate-nl_en-1_0", place)
    monkeypatch.setattr(shipped, "FOLDER", place)
    translator, _ = service.open_translator("bundled")
    assert translator.name == "bundled nl-en 1.0"
    assert translator.translate(["de kat"], "nl", "en")[0].engine == "bundled nl-en 1.0"
    package = shipped.ensure_bundled("nl", "en")
    assert package.path == shipped.bundled_folder(next(place.iterdir()))
    assert shipped.ensure_bundled("en", "nl") is None
    auto, _ = service.open_translator("auto", "nl-en")
    assert auto.name == "argos nl-en 1.0"


def test_engines_of_other_packages_have_other_signatures(both):
    found = {PackageEngine(package).signature for package in map(packages.read_package, sorted(both.iterdir()))}
    assert len(found) == 2
