"""Runs that are damaged, and files in the way: named row by row, nothing lost, nothing overwritten."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys

import pytest
from runs import FLAGGED, make_run, row

from aligner.errors import RunError, UsageError
from aligner.exporting import Choice, export
from aligner.write.files import replacing


@pytest.fixture
def run(tmp_path):
    return make_run(tmp_path / "run", [row(at) for at in range(4)])


def told(run, name="tsv", **options):
    outcome = export([run], name, io.BytesIO(), **options)
    return outcome, [str(problem) for problem in outcome.problems]


def edit(run, change):
    path = run / "corpus.tsv"
    path.write_bytes(change(path.read_bytes()))


def test_a_file_that_ends_in_the_middle(run):
    edit(run, lambda data: data[:-60])
    outcome, problems = told(run)
    assert outcome.written == 3
    assert problems[0].startswith("run, line 5: the file ends in the middle of this row: ")
    assert problems[0].endswith("cells where the header has 28; left out")


def test_doubled_ids_are_named_with_the_first_line(run):
    edit(run, lambda data: data + data.split(b"\n")[2] + b"\n")
    outcome, problems = told(run)
    assert outcome.written == 4
    assert problems[0].startswith("run, line 6: the id ")
    assert problems[0].endswith("stands in line 3 already; left out")
    assert outcome.line() == "4 rows exported; 1 damaged"


def test_a_row_edited_by_hand_is_kept_and_named(run):
    edit(run, lambda data: data.replace(b"kostte 12", b"kostte 13", 1))
    outcome, problems = told(run)
    assert outcome.written == 4
    assert len(problems) == 1
    assert "line 2: edited by hand" in problems[0]


def test_missing_columns(run):
    def without(name):
        def change(data):
            lines = [line.split(b"\t") for line in data.rstrip(b"\n").split(b"\n")]
            at = lines[0].index(name)
            return b"".join(b"\t".join(line[:at] + line[at + 1 :]) + b"\n" for line in lines)

        return change

    edit(run, without(b"suggestion"))
    outcome, problems = told(run, "tmx")
    assert outcome.written == 4
    assert problems == ["run: corpus.tsv lacks columns, read as empty: suggestion"]
    edit(run, without(b"en"))
    with pytest.raises(RunError, match="no column en"):
        told(run)


def test_odd_cells_are_named(tmp_path):
    rows = [
        row(0, similarity="hoog"),
        row(1, status="fine"),
        row(2, **FLAGGED | {"nl_span": "15-700;"}),
        row(3, kinds="typo", nl_span="", en_span=""),
        row(4, nl=" "),
        row(5, en_start="", en_end=""),
    ]
    outcome, problems = told(make_run(tmp_path / "r", rows), "jsonl")
    assert outcome.written == 5
    assert [problem.split(": ", 1)[1] for problem in problems] == [
        "similarity is no number: hoog",
        "unknown status: fine",
        "nl_span does not fit its cell and kinds: 15-700;",
        "unknown kind: typo",
        "the cell nl is empty; left out",
    ]


def test_bytes_that_are_not_utf8_cost_their_row_only(run):
    edit(run, lambda data: data.replace(b"doc1", b"doc\xff", 1))
    outcome, problems = told(run)
    assert outcome.written == 3
    assert problems == ["run, line 5: the line is not UTF-8; left out"]


def test_windows_line_ends_and_a_mark_from_a_spreadsheet(run):
    edit(run, lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    outcome, problems = told(run)
    assert (outcome.written, problems) == (4, [])


def test_runs_of_another_version_or_without_run_json(run):
    (run / "run.json").write_text(json.dumps({"version": "0.0.1"}))
    assert told(run)[1][0].startswith("run: written by aligner 0.0.1")
    (run / "run.json").write_text("{")
    assert told(run)[1] == ["run: run.json cannot be read"]
    (run / "run.json").unlink()
    assert "stopped halfway" in told(run)[1][0]


def test_what_is_no_run(tmp_path, run):
    with pytest.raises(RunError, match="no such run folder"):
        told(tmp_path / "nowhere")
    with pytest.raises(RunError, match="is not a run folder"):
        told(tmp_path)
    (run / ".aligner").mkdir()
    (run / ".aligner" / "ledger.sqlite").touch()
    (run / "corpus.tsv").unlink()
    with pytest.raises(RunError, match="was stopped before it wrote"):
        told(run)
    make_run(tmp_path / "run", [])
    with pytest.raises(RunError, match="twice"):
        export([run, run / "corpus.tsv"], "tsv", io.BytesIO())
    (run / "corpus.tsv").write_text("")
    with pytest.raises(RunError, match="no header line"):
        told(run)


def test_nothing_is_overwritten_without_force(run, tmp_path):
    out = tmp_path / "o.tmx"
    out.write_text("mine")
    with pytest.raises(UsageError, match="exists"):
        export([run], "tmx", out)
    assert out.read_text() == "mine"
    export([run], "tmx", out, force=True)
    assert out.read_text().startswith("<?xml")
    with pytest.raises(UsageError, match="belongs to the run"):
        export([run], "tsv", run / "corpus.tsv", force=True)
    with pytest.raises(UsageError, match="no such folder"):
        export([run], "tsv", tmp_path / "no" / "o.tsv")


def test_a_failure_leaves_the_old_file_and_no_temporary_one(tmp_path):
    out = tmp_path / "o.tsv"
    out.write_text("old")

    def fail():
        with replacing([out], force=True) as (temporary,):
            temporary.write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert out.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["o.tsv"]


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("pdf", {}),
        ("xlsx", {}),
        ("parquet", {}),
        ("moses", {}),
        ("xliff", {"source": "all"}),
        ("tmx", {"excel_safe": True}),
        ("jsonl", {"locale": "nl"}),
        ("tmx", {"bom": True}),
        ("csv", {"locale": "fr"}),
        ("tmx", {"choice": Choice(unaligned=True)}),
    ],
)
def test_options_that_do_not_go_together(run, name, options):
    with pytest.raises(UsageError):
        export([run], name, io.BytesIO(), **options)


def test_the_command(run, tmp_path):
    def aligner(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "aligner", *map(str, arguments)],
            capture_output=True,
            cwd=tmp_path,
            env=os.environ | {"HOME": str(tmp_path)},
            check=False,
        )

    done = aligner("export", "run", "--format", "tsv")
    assert (done.returncode, done.stderr) == (0, b"4 rows exported\n")
    assert done.stdout == (run / "corpus.tsv").read_bytes()
    done = aligner("export", "run", "--format", "xlsx")
    assert done.returncode == 2
    assert b"Give --out FILE." in done.stderr
    done = aligner("export", "run", "--format", "csv", "--status", "nonsense")
    assert done.returncode == 2
    edit(run, lambda data: data + b"a\tb\n")
    done = aligner("export", "run", "--format", "tmx", "--out", "o.tmx", "--codes", "nl-NL,en-GB")
    assert done.returncode == 1
    assert b"run, line 6: 2 cells where the header has 28; left out" in done.stderr
    assert b'xml:lang="en-GB"' in (tmp_path / "o.tmx").read_bytes()


def test_the_commands_load_no_heavy_library():
    heavy = {"pandas", "lxml", "openpyxl", "pyarrow", "xlsxwriter", "rapidfuzz"}
    code = f"import sys, aligner.cli.app; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
