"""Records, settings, the TSV dialect and the public names."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aligner
from aligner.config import Settings, load_settings, settings_from
from aligner.errors import UsageError
from aligner.records import Role, Segment, Span, fold
from aligner.write import tsv

PUBLIC = {"align", "check", "pair", "inspect", "translate", "read_tsv"}


def test_no_submodule_shadows_a_public_function():
    assert not PUBLIC & {module.name for module in pkgutil.iter_modules(aligner.__path__)}


def test_importing_the_package_loads_nothing_heavy():
    heavy = "torch sentence_transformers transformers pandas argostranslate trafilatura lxml"
    code = f"import sys, aligner, aligner.cli.app; print([m for m in {heavy.split()!r} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_every_public_name_is_there():
    for name in aligner.__all__:
        assert getattr(aligner, name) is not None


def test_an_unknown_setting_names_the_nearest_known_one():
    with pytest.raises(UsageError, match="unknown setting 'translat'") as raised:
        settings_from({"translat": "all"}, "aligner.toml")
    assert raised.value.hint == "Did you mean 'translate'?"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"jobs": "two"}, "wrong type"),
        ({"translate": "some"}, "not known"),
        ({"divergent": 1.5}, "not a probability"),
        ({"include": "*.md"}, "wrong type"),
        ({"review": 0.9, "divergent": 0.5}, "lies above"),
    ],
)
def test_a_wrong_value_is_refused(table, message):
    with pytest.raises(UsageError, match=message):
        settings_from(table, "aligner.toml")


def test_settings_come_from_the_nearest_file_above(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.aligner]\ntranslate = 'all'\n")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert load_settings(below).translate == "all"
    (tmp_path / "a" / "aligner.toml").write_text("none-below = 0.7\n")
    assert load_settings(below) == Settings(none_below=0.7)
    (below / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert load_settings(below) == Settings(none_below=0.7)


def test_broken_toml_names_the_file(tmp_path):
    (tmp_path / "aligner.toml").write_text("translate = \n")
    with pytest.raises(UsageError, match=r"aligner\.toml is not valid TOML"):
        load_settings(tmp_path)


def test_flags_win_and_those_without_effect_are_not_in_the_signature():
    settings = Settings().changed(translate="none", jobs=4, encoder=None)
    assert (settings.translate, settings.jobs, settings.encoder) == ("none", 4, "e5-small")
    assert settings.signature() == Settings(translate="none").signature()


cells = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)


@given(st.lists(st.tuples(cells, cells), max_size=6))
def test_what_is_written_is_read_back(rows):
    from pathlib import Path
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "t.tsv"
        tsv.write_tsv(path, [{"a": a, "b": b} for a, b in rows], ["a", "b"])
        assert path.read_bytes().count(b"\n") == len(rows) + 1
        frame = tsv.read_tsv(path)
    # pandas skips wholly empty lines only where there is a single column; two columns always have their tab.
    assert frame["a"].tolist() == [tsv.cell(a) for a, _ in rows]


def test_cells_have_three_decimals_and_no_breaks():
    assert [tsv.cell(value) for value in (0.12345, None, 'a "b"\tc\r\nd\re', 3)] == ["0.123", "", 'a "b" c d e', "3"]


def test_a_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "corpus.tsv"
    tsv.write_tsv(path, [{"a": 1}], ["a"])

    def rows():
        yield {"a": 2}
        raise RuntimeError("cut")

    with pytest.raises(RuntimeError):
        tsv.write_tsv(path, rows(), ["a"])
    assert path.read_text() == "a\n1\n"
    assert [p.name for p in tmp_path.iterdir()] == ["corpus.tsv"]


@given(st.lists(st.text(alphabet="ab \n\t", min_size=1, max_size=8), min_size=1, max_size=4))
def test_a_cell_is_its_folded_pieces_joined_by_one_space(pieces):
    source = "|".join(pieces)
    spans, at = [], 0
    for piece in pieces:
        spans.append(Span(at, at + len(piece)))
        at += len(piece) + 1
    segment = Segment(tuple(spans), "nl", Role.CAPTION, 0)
    assert segment.text(source) == " ".join(fold(piece) for piece in pieces)
