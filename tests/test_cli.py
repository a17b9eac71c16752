"""The command line, with a stand-in encoder: streams, statuses, resuming. The real one is in test_end_to_end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from articles import FERRY, MARKET, PLAIN, template

import aligner
from aligner.write.ledger import LEDGER, STATE

RUN = [sys.executable, "-m", "aligner"]


@pytest.fixture
def run(tmp_path):
    """Call `aligner ...` in a folder of its own with a cache of its own."""
    # The stand-in knows no meaning: with this setting every caption sentence gets its best window as a row.
    (tmp_path / "aligner.toml").write_text("none-below = 0.0\n")
    env = os.environ | {"ALIGNER_CACHE": str(tmp_path / "cache"), "HOME": str(tmp_path), "COLUMNS": "120"}

    def call(*arguments, stdin="", **changes):
        return subprocess.run(
            [*RUN, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=env | changes,
            check=False,
            timeout=300,
        )

    call.env = env
    return call


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "ferry.txt").write_text(FERRY, encoding="utf-8")
    (folder / "market.txt").write_text(MARKET, encoding="utf-8")
    return folder


HASH = ("--encoder", "hash", "--translate", "none")


def test_help_is_quick_and_has_examples(run):
    begin = time.perf_counter()
    done = run("--help")
    # 0.5 s is the promise on an idle machine; four times that is a heavy import, whatever else runs here.
    assert time.perf_counter() - begin < 2.0
    assert done.returncode == 0
    assert "aligner align articles/ --out corpus" in done.stdout
    assert "aligner align --caption" in run("align", "--help").stdout


def test_version(run):
    assert run("--version").stdout == f"aligner {aligner.__version__}\n"


def test_a_run_writes_its_files_and_one_summary_line(run, articles, tmp_path):
    done = run("align", articles, "--out", "out", *HASH)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert done.stderr.strip().endswith("failed")
    names = {path.name for path in (tmp_path / "out").iterdir() if not path.name.startswith(".")}
    assert names == {"corpus.tsv", "unaligned.tsv", "failures.tsv", "run.json"}
    corpus = aligner.read_tsv(tmp_path / "out" / "corpus.tsv")
    unaligned = aligner.read_tsv(tmp_path / "out" / "unaligned.tsv")
    assert (len(corpus), len(unaligned)) == (3, 0)
    assert set(corpus["document"]) == {"ferry.txt", "market.txt"}
    record = json.loads((tmp_path / "out" / "run.json").read_text())
    assert record["counts"]["documents"] == 2
    assert str(tmp_path) not in json.dumps(record)


def test_every_cell_is_its_folded_pieces(run, articles, tmp_path):
    run("align", articles, "--out", "out", *HASH)
    corpus = aligner.read_tsv(tmp_path / "out" / "corpus.tsv")
    assert len(corpus) == 3
    for row in corpus.to_dict("records"):
        text = json.loads(run("inspect", articles / row["document"], "--json").stdout)["text"]
        for lang in ("nl", "en"):
            starts, ends = (row[f"{lang}_{edge}"].split(";") for edge in ("start", "end"))
            pieces = [" ".join(text[int(s) : int(e)].split()) for s, e in zip(starts, ends, strict=True)]
            assert " ".join(pieces) == row[lang]


def test_without_out_the_pairs_go_to_standard_output(run, articles, tmp_path):
    piped = run("align", articles, *HASH)
    run("align", articles, "--out", "out", *HASH)
    assert piped.stdout == (tmp_path / "out" / "corpus.tsv").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.glob("*") if path.is_file()] == ["aligner.toml"]


def test_standard_input_and_two_loose_files(run, tmp_path):
    done = run("align", "-", *HASH, stdin=FERRY)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("id\tdocument\tnl\ten\t")
    (tmp_path / "c.txt").write_text("De kramen staan weer op het plein. (Foto: Joris Aerts)", encoding="utf-8")
    (tmp_path / "b.txt").write_text("The stalls are back on the square.\n\nNobody had missed them.", encoding="utf-8")
    done = run("align", "--caption", "c.txt", "--body", "b.txt", *HASH)
    assert done.returncode == 0, done.stderr
    assert run("align", "--caption", "c.txt").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["align", "https://example.org/a.html"], "example.org"),
        (["align", "nothing-here.txt"], "nothing-here.txt"),
        (["align", "*.nothing"], "*.nothing"),
        (["align"], "no input"),
        (["align", "a.txt", "--translate", "some"], "aligned, all, none"),
        (["align", "--no-such-option"], "No such option"),
        (["explain", "nowhere", "abc"], "not a run folder"),
    ],
)
def test_wrong_usage_is_status_2_with_a_hint(run, arguments, words):
    done = run(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_bad_inputs_cost_only_themselves(run, articles, tmp_path):
    (articles / "empty.txt").write_text("")
    (articles / "binary.txt").write_bytes(b"\x7fELF\0\0\0" * 50)
    (articles / "plain.txt").write_text(PLAIN)
    done = run("align", articles, "--out", "out", *HASH)
    assert done.returncode == 1
    failures = aligner.read_tsv(tmp_path / "out" / "failures.tsv")
    assert failures["document"].tolist() == ["binary.txt", "empty.txt", "plain.txt"]
    assert all(failures["error"])
    assert all(failures["hint"])
    assert len(aligner.read_tsv(tmp_path / "out" / "corpus.tsv")) == len(
        aligner.read_tsv(tmp_path / "out" / "corpus.tsv").query("document in ['ferry.txt', 'market.txt']")
    )
    assert "3 failed" in done.stderr


def test_a_second_call_does_nothing_and_more_inputs_extend(run, articles, tmp_path):
    run("align", articles, "--out", "out", *HASH)
    before = (tmp_path / "out" / "corpus.tsv").read_bytes()
    assert run("align", articles, "--out", "out", *HASH).returncode == 0
    assert (tmp_path / "out" / "corpus.tsv").read_bytes() == before
    assert json.loads((tmp_path / "out" / "run.json").read_text())["counts"]["resumed"] == 2
    (articles / "bridge.txt").write_text(template(1), encoding="utf-8")
    assert run("align", articles, "--out", "out", *HASH).returncode == 0
    assert json.loads((tmp_path / "out" / "run.json").read_text())["counts"]["documents"] == 3


def test_other_settings_on_the_same_folder_are_refused(run, articles):
    run("align", articles, "--out", "out", *HASH)
    done = run("align", articles, "--out", "out", "--encoder", "hash", "--translate", "all")
    assert done.returncode == 2
    assert "--fresh" in done.stderr
    assert run("align", articles, "--out", "out", "--encoder", "hash", "--translate", "all", "--fresh").returncode == 0


def test_a_run_cut_by_kill_ends_with_the_same_bytes(run, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(120):
        (folder / f"{number:03}.txt").write_text(template(number), encoding="utf-8")
    whole = run("align", folder, "--out", "whole", *HASH)
    assert whole.returncode == 0, whole.stderr
    for wanted in (1, 40, 90):
        process = subprocess.Popen(
            [*RUN, "align", str(folder), "--out", "cut", *HASH], cwd=tmp_path, env=run.env, stderr=subprocess.DEVNULL
        )
        while process.poll() is None and _finished(tmp_path / "cut") < wanted:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert _finished(tmp_path / "cut") > 0
    again = run("align", folder, "--out", "cut", *HASH)
    assert again.returncode == 0, again.stderr
    for name in ("corpus.tsv", "unaligned.tsv", "failures.tsv"):
        assert (tmp_path / "cut" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    assert not list((tmp_path / "cut").glob("*.tmp"))


def _finished(folder):
    import sqlite3

    path = folder / STATE / LEDGER
    if not path.is_file():
        return 0
    try:
        with sqlite3.connect(path) as db:
            return db.execute("SELECT count(*) FROM results").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def test_explain_shows_scores_and_words(run, articles, tmp_path):
    run("align", articles, "--out", "out", *HASH)
    corpus = aligner.read_tsv(tmp_path / "out" / "corpus.tsv")
    done = run("explain", "out", corpus["id"][0][:8])
    assert done.returncode == 0, done.stderr
    assert "threshold" in done.stdout
    assert "word alignment" in done.stdout


def test_text_from_pages_cannot_steer_the_terminal(run):
    hostile = FERRY.replace("gekregen", "\x1b[31mgekregen\u202e")
    done = run("inspect", "-", stdin=hostile)
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


def test_a_report_needs_a_run_folder_and_is_written_there(run, articles, tmp_path):
    assert "--out" in run("align", articles, "--report", *HASH).stderr
    done = run("align", articles, "--out", "out", "--report", *HASH)
    assert done.returncode == 0, done.stderr
    assert "<html" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_models_are_listed_and_an_unknown_one_says_what_to_type(run):
    done = run("models", "list")
    assert done.returncode == 0, done.stderr
    assert any(line.startswith("e5-small\tencoder\tbundled") for line in done.stdout.splitlines())
    done = run("models", "path", "en-nl")
    assert (done.returncode, done.stdout) == (2, "")
    assert "aligner models install en-nl" in done.stderr


def test_translating_without_a_translator_says_what_to_type(run):
    done = run("translate", "--to", "en", "--translator", "argos", stdin="Goedemorgen.\n\nTot ziens.\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert "aligner models install" in done.stderr
    assert run("translate", "--to", "fr", stdin="Goedemorgen.\n").returncode == 2


def test_terms_that_cannot_be_read_are_wrong_usage(run, articles):
    done = run("align", articles, "--terms", "nowhere.tsv", *HASH)
    assert done.returncode == 2
    assert "nowhere.tsv" in done.stderr


def test_a_run_folder_among_the_inputs_is_no_article(run, articles, tmp_path):
    for _ in range(2):
        done = run("align", articles, "--out", articles / "out", "--report", *HASH)
        assert done.returncode == 0, done.stderr
    assert json.loads((articles / "out" / "run.json").read_text())["counts"]["documents"] == 2


def test_a_corpus_of_another_making_is_not_written_over(run, articles, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "corpus.tsv").write_text("mine\n")
    assert run("align", articles, "--out", "out", *HASH).returncode == 2
    assert (tmp_path / "out" / "corpus.tsv").read_text() == "mine\n"


def test_a_failure_is_forgotten_with_its_file(run, articles):
    (articles / "empty.txt").write_text("")
    assert run("align", articles, "--out", "out", *HASH).returncode == 1
    (articles / "empty.txt").unlink()
    assert run("align", articles, "--out", "out", *HASH).returncode == 0


def test_other_terms_are_other_settings(run, articles, tmp_path):
    (tmp_path / "terms.tsv").write_text("haven\tport\n")
    assert run("align", articles, "--out", "out", "--terms", "terms.tsv", *HASH).returncode == 0
    (tmp_path / "terms.tsv").write_text("haven\tharbour\n")
    done = run("align", articles, "--out", "out", "--terms", "terms.tsv", *HASH)
    assert done.returncode == 2
    assert "terms file" in done.stderr


def test_inspecting_a_bad_file_names_it(run, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    done = run("inspect", "empty.txt")
    assert (done.returncode, done.stdout) == (1, "")
    assert "empty.txt" in done.stderr


def test_an_interruption_says_that_the_same_command_goes_on(run, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(1000):
        (folder / f"{number:04}.txt").write_text(template(number), encoding="utf-8")
    process = subprocess.Popen(
        [*RUN, "align", str(folder), "--out", "cut", *HASH],
        cwd=tmp_path,
        env=run.env,
        stderr=subprocess.PIPE,
        text=True,
        # A shell's background jobs ignore Ctrl-C, and so would their children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    while process.poll() is None and _finished(tmp_path / "cut") < 1:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "goes on where it stopped" in errors
