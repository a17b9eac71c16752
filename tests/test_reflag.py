"""Other thresholds for a finished run give the files that a run with these thresholds gives."""

from __future__ import annotations

import json
import sqlite3
import zlib

import pytest
from articles import FERRY, MARKET
from typer.testing import CliRunner

import aligner
from aligner.cli.app import app
from aligner.errors import RunError, UsageError
from aligner.reflagging import chosen, reflag

STRICT, LOOSE = {"review": 0.98, "divergent": 0.99}, {"review": 0.001, "divergent": 0.002}
FILES = ("corpus.tsv", "unaligned.tsv", "failures.tsv")


@pytest.fixture
def run(tmp_path):
    """Makes a run of two articles with these thresholds, by the stand-in encoder."""
    for name, text in (("ferry", FERRY), ("market", MARKET)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")

    def make(name, limits):
        settings = aligner.Settings(encoder="hash", translate="none", none_below=0.0, **limits)
        aligner.align(tmp_path / "*.txt", out=tmp_path / name, settings=settings)
        return tmp_path / name

    return make


def test_the_files_are_those_of_a_run_with_these_thresholds(run):
    strict, loose = run("strict", STRICT), run("loose", LOOSE)
    rows = len(aligner.read_tsv(strict / "corpus.tsv"))
    assert rows > 0
    assert set(aligner.read_tsv(strict / "corpus.tsv")["status"]) == {"equivalent"}
    summary, changed = reflag(strict, **LOOSE)
    assert summary.aligned == rows
    assert summary.flagged == changed > 0
    assert [(strict / name).read_bytes() for name in FILES] == [(loose / name).read_bytes() for name in FILES]
    told = aligner.read_tsv(strict / "corpus.tsv")
    assert all(told["evidence"][told["status"] == "divergent"])
    reflag(strict, **STRICT)
    assert set(aligner.read_tsv(strict / "corpus.tsv")["kinds"]) == {""}


def test_run_json_and_explain_tell_the_new_thresholds(run):
    folder = run("run", STRICT)
    before = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    reflag(folder, **LOOSE)
    after = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert (after["settings"]["review"], after["settings"]["divergent"]) == (0.001, 0.002)
    assert after["counts"]["flagged"] > before["counts"]["flagged"]
    assert after["inputs"] == before["inputs"]
    row = aligner.read_tsv(folder / "corpus.tsv")["id"][0]
    told = CliRunner().invoke(app, ["explain", str(folder), row])
    assert "review from 0.00, divergent from 0.00" in told.stdout


def test_the_run_goes_on_with_the_new_thresholds_only(run):
    folder = run("run", STRICT)
    reflag(folder, **LOOSE)
    with pytest.raises(RunError, match="divergent"):
        run("run", STRICT)
    assert run("run", LOOSE) == folder


def test_an_interrupted_change_leaves_the_run_as_it_was(run, monkeypatch):
    folder = run("run", STRICT)
    before = (folder / "corpus.tsv").read_bytes()

    def broken(*_):
        raise OSError("disk full")

    monkeypatch.setattr("aligner.reflagging._decide", broken)
    with pytest.raises(OSError, match="disk full"):
        reflag(folder, **LOOSE)
    monkeypatch.undo()
    assert (folder / "corpus.tsv").read_bytes() == before
    assert run("run", STRICT) == folder


def test_a_run_without_probabilities_and_a_folder_that_is_no_run_are_refused(run, tmp_path):
    folder = run("run", STRICT)
    ledger = folder / ".aligner" / "ledger.sqlite"
    with sqlite3.connect(ledger) as db:
        for name, blob in db.execute("SELECT document, payload FROM results").fetchall():
            payload = json.loads(zlib.decompress(blob))
            for details in payload["details"].values():
                del details["differences"]
            db.execute(
                "UPDATE results SET payload = ? WHERE document = ?", (zlib.compress(json.dumps(payload).encode()), name)
            )
    with pytest.raises(RunError, match="kept no probabilities"):
        reflag(folder, **LOOSE)
    with pytest.raises(RunError, match="not a run folder"):
        reflag(tmp_path / "nothing", **LOOSE)


def test_thresholds_are_chosen_in_one_way_only():
    review, divergent = chosen(0.4)
    assert divergent == 0.4
    assert 0 < review < 0.4
    assert chosen(0.4, 0.1) == (0.1, 0.4)
    assert chosen(None, None, 0.02)[1] > chosen(None, None, 0.2)[1]
    for wrong in ((None,), (0.4, None, 0.02), (0.4, 0.5), (1.4,)):
        with pytest.raises(UsageError):
            chosen(*wrong)


def test_the_command_line_takes_percentages(run):
    folder = run("run", STRICT)
    done = CliRunner().invoke(app, ["reflag", str(folder), "--threshold", "2%", "--review", "0,01"])
    assert done.exit_code == 0
    assert "divergent from 0.02, review from 0.01" in done.stderr
    assert done.stdout == ""
