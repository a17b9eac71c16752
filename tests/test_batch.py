"""Batches: the same bytes however they are done, and one poisoned article costs one article."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from articles import template

from aligner import batch
from aligner.api import run_into
from aligner.config import Settings
from aligner.errors import RunError
from aligner.read.article import Article
from aligner.toolbox import open_tools
from aligner.work.chunk import Task, Toolbox, do
from aligner.work.pool import Pool
from aligner.write.ledger import STATE, read_entries

# The stand-in encoder knows no Dutch: with `none_below` at 0 every caption sentence gets its nearest sentence.
QUICK = Settings(encoder="hash", translate="none", none_below=0.0)
TOML = "none-below = 0.0\n"
TABLES = ("corpus.tsv", "unaligned.tsv", "failures.tsv")
COMMAND = [sys.executable, "-m", "aligner", "align", "--encoder", "hash", "--translate", "none"]

# Put before everything else in a worker: what a bad library, an endless loop or a huge page do to it.
POISON = """
import sys
if sys.argv[:1] == ["-m"]:
    import os, threading
    import aligner.read.reader as reader
    real = reader.read_text

    def read_text(document, text):
        if "POISON crash" in text:
            os.abort()
        if "POISON loop" in text:
            while True:
                pass
        if "POISON memory" in text:
            held = [bytearray(100_000_000) for _ in range(100)]
        return real(document, text)

    reader.read_text = read_text
"""


def write(folder: Path, count: int, extra=()):
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(template(number), encoding="utf-8")
    for name, text in extra:
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def tables(out: Path):
    return [(out / name).read_bytes() for name in TABLES]


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    folder = tmp_path_factory.mktemp("batch")
    (folder / "aligner.toml").write_text(TOML)
    return write(folder / "news", 30)


@pytest.fixture(scope="module")
def expected(news):
    run_into(news.parent / "once", [str(news)], QUICK.changed(jobs=1))
    found = tables(news.parent / "once")
    assert found[0].count(b"\n") == 31
    return found


def test_two_jobs_and_one_write_the_same_bytes(news, expected, tmp_path):
    run_into(tmp_path / "out", [str(news)], QUICK.changed(jobs=2))
    assert tables(tmp_path / "out") == expected


def test_articles_one_at_a_time_into_one_folder_make_the_same_corpus(tmp_path):
    folder = write(tmp_path / "news", 3)
    run_into(tmp_path / "together", [str(folder)], QUICK)
    for number in range(3):
        # The name is the path from the inputs' common root: here always the file's own.
        summary = run_into(tmp_path / "bit", [str(folder / f"{number:03}.txt")], QUICK)
        assert (summary.documents, summary.resumed) == (number + 1, 0)
    assert tables(tmp_path / "bit") == tables(tmp_path / "together")


def test_copies_of_an_agency_are_computed_once_and_read_as_if_alone(tmp_path, monkeypatch):
    """The same text under three names, and as a page of another suffix, which is read in another way."""
    names = ["anp/1.txt", "b/2.txt", "c/3.txt", "c/4.md"]
    for name in names:
        (tmp_path / "news" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "news" / name).write_text(template(3), encoding="utf-8")
    (tmp_path / "news" / "b" / "bad.txt").write_text("0", encoding="utf-8")
    (tmp_path / "news" / "c" / "bad.txt").write_text("0", encoding="utf-8")
    worked = []
    monkeypatch.setattr(batch, "do", lambda tasks, *rest: worked.extend(tasks) or do(tasks, *rest))
    monkeypatch.setattr(batch, "Pool", InProcess)
    inputs = QUICK.changed(include=("*.md",))
    run_into(tmp_path / "out", [str(tmp_path / "news")], inputs)
    assert [task.document for task in worked] == ["anp/1.txt", "b/bad.txt", "c/4.md"]
    together = {entry.document: entry for entry in read_entries(tmp_path / "out")}
    assert sorted(name for name, entry in together.items() if not entry.failed) == names
    assert len({entry.payload["rows"][0]["id"] for entry in together.values() if not entry.failed}) == len(names)
    assert together["b/bad.txt"].payload == together["c/bad.txt"].payload
    # Later copies are known by the ledger.
    worked.clear()
    (tmp_path / "news" / "d.txt").write_text(template(3), encoding="utf-8")
    run_into(tmp_path / "out", [str(tmp_path / "news")], inputs)
    assert {task.document for task in worked} == {"b/bad.txt"}  # a failure is tried again


class InProcess:
    """`Pool` without processes: the chunks are done here."""

    def __init__(self, settings, *rest):
        self._settings = settings

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return

    def run(self, chunks):
        toolbox = Toolbox(lambda: open_tools(self._settings))
        for chunk in chunks:
            yield batch.do(chunk, toolbox, self._settings)


def test_an_id_of_a_copy_is_that_of_the_article_itself(tmp_path):
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
    (tmp_path / "x" / "a.txt").write_text(template(3), encoding="utf-8")
    (tmp_path / "x" / "b.txt").write_text(template(3), encoding="utf-8")
    (tmp_path / "y" / "b.txt").write_text(template(3), encoding="utf-8")
    run_into(tmp_path / "both", [str(tmp_path / "x")], QUICK)
    run_into(tmp_path / "one", [str(tmp_path / "y")], QUICK)
    copy = next(entry for entry in read_entries(tmp_path / "both") if entry.document == "b.txt")
    assert copy.payload == next(read_entries(tmp_path / "one")).payload


def test_a_file_whose_name_changes_with_its_company_is_not_there_twice(tmp_path):
    write(tmp_path / "a", 1)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.txt").write_text(template(7), encoding="utf-8")
    run_into(tmp_path / "out", [str(tmp_path / "a")], QUICK)
    assert [entry.document for entry in read_entries(tmp_path / "out")] == ["000.txt"]
    run_into(tmp_path / "out", [str(tmp_path / "a"), str(tmp_path / "b")], QUICK)
    assert [entry.document for entry in read_entries(tmp_path / "out")] == ["a/000.txt", "b/x.txt"]
    # A different file of the old name is an article of its own, and nothing of the first is lost.
    run_into(tmp_path / "out", [str(tmp_path / "b")], QUICK)
    assert [entry.document for entry in read_entries(tmp_path / "out")] == ["a/000.txt", "x.txt"]


def test_poisoned_articles_fail_alone_with_their_reasons(tmp_path):
    poison = [(f"{kind}.txt", f"POISON {kind}\n\n{template(90)}") for kind in ("crash", "loop", "memory")]
    folder = write(tmp_path / "news", 8, poison)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(POISON)
    (tmp_path / "aligner.toml").write_text(TOML + "article-seconds = 2\nworker-memory = 2.0\n")
    environment = os.environ | {"PYTHONPATH": f"{tmp_path / 'site'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
    done = subprocess.run(
        [*COMMAND, str(folder), "--out", "out", "--jobs", "2"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "8 aligned, 0 flagged, 0 unaligned, 3 failed" in done.stderr
    failed = {entry.document: entry.payload["error"] for entry in read_entries(tmp_path / "out") if entry.failed}
    assert "SIGABRT" in failed.pop("crash.txt")
    assert "took longer than 2 s" in failed.pop("loop.txt")
    assert "needed more than 2 GB" in failed.pop("memory.txt")
    assert not failed
    # Failures are tried again: the last that is left over must not take the run with it.
    for name in ("loop.txt", "memory.txt"):
        (folder / name).unlink()
    again = subprocess.run(
        [*COMMAND, str(folder), "--out", "out", "--jobs", "2"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert again.returncode == 1, again.stderr
    assert "8 aligned, 0 flagged, 0 unaligned, 1 failed" in again.stderr


def test_inputs_that_are_slow_to_read_make_no_article_late(tmp_path):
    def slowly():
        for number in range(12):
            if number in (7, 9):
                time.sleep(2.5)  # the workers have answered long ago
            yield [Task(str(number), "", Article(str(number), template(number).encode()))]

    settings = QUICK.changed(article_seconds=1)
    with Pool(settings, 2) as pool:
        entries = []
        for reply in pool.run(slowly()):
            entries += reply.entries
    assert len(entries) == 12
    assert not [entry.payload for entry in entries if entry.failed]


def test_an_archive_that_was_cut_off_and_is_whole_now_has_not_failed(tmp_path):
    lines = [json.dumps({"caption": f"Bijschrift {n}.", "body": template(n)}) + "\n" for n in range(3)]
    whole = gzip.compress("".join(lines).encode())
    dump = tmp_path / "dump.jsonl.gz"
    dump.write_bytes(whole[:-8])
    assert run_into(tmp_path / "out", [str(dump)], QUICK).failed == 1
    dump.write_bytes(whole)
    assert run_into(tmp_path / "out", [str(dump)], QUICK).failed == 0


def start(folder, out):
    command = [*COMMAND, str(folder), "--out", str(out), "--jobs", "2"]
    return subprocess.Popen(command, stderr=subprocess.PIPE, cwd=folder.parent)


def count(out):
    try:
        return len(list(read_entries(out)))
    except Exception:  # noqa: BLE001 - not made yet, or being made
        return 0


def test_killed_at_random_moments_nothing_is_lost_or_doubled(news, expected, tmp_path):
    chosen = random.Random(8)
    for _ in range(12):
        run = start(news, tmp_path / "out")
        time.sleep(chosen.uniform(0.3, 4.0))
        run.kill()
        run.communicate()
    run = start(news, tmp_path / "out")
    assert b"30 aligned" in run.communicate()[1]
    assert tables(tmp_path / "out") == expected


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_an_interrupted_run_leaves_the_files_of_what_is_done(news, expected, tmp_path, sent):
    run = start(news, tmp_path / "out")
    while not count(tmp_path / "out") and run.poll() is None:
        time.sleep(0.02)
    run.send_signal(sent)
    _, told = run.communicate()
    if run.returncode == 0:
        pytest.skip("it was done before the signal came")
    assert run.returncode == 130
    assert b"interrupted" in told
    assert (tmp_path / "out" / "corpus.tsv").read_text(encoding="utf-8").count("\n") == count(tmp_path / "out") + 1
    run_into(tmp_path / "out", [str(news)], QUICK.changed(jobs=2))
    assert tables(tmp_path / "out") == expected


def test_outputs_carry_no_path_of_this_machine(news, expected):
    out = news.parent / "once"
    for path in [*out.glob("*.tsv"), out / "run.json", *(out / STATE).iterdir()]:
        assert str(news.parent).encode() not in path.read_bytes(), path.name


def test_a_local_cluster_writes_the_same_bytes(news, expected, tmp_path):
    pytest.importorskip("distributed")
    done = subprocess.run(
        [*COMMAND, str(news), "--out", str(tmp_path / "out"), "--jobs", "2", "--cluster", "local"],
        cwd=news.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert tables(tmp_path / "out") == expected


def test_a_cluster_that_is_not_there(news, tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    from aligner.errors import UsageError
    from aligner.work import cluster

    monkeypatch.setattr(cluster, "_CONNECTING", 1)
    with pytest.raises(UsageError, match="no Dask cluster"):
        run_into(tmp_path / "out", [str(news)], QUICK.changed(cluster="tcp://127.0.0.1:9"))


def test_a_full_disk_says_so_and_the_same_command_goes_on(news, expected, tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(small)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        with pytest.raises(RunError, match="cannot be written"):
            run_into(small / "out", [str(news)], QUICK.changed(jobs=2))
        subprocess.run(["mount", "-o", "remount,size=20m", str(small)], check=True)
        run_into(small / "out", [str(news)], QUICK.changed(jobs=2))
        assert tables(small / "out") == expected
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_strange_names_and_things_that_are_no_files(tmp_path):
    folder = write(tmp_path / "news", 2)
    (folder / "two\nlines.txt").write_text(template(3), encoding="utf-8")
    Path(os.fsdecode(os.fsencode(folder) + b"/b\xffd.txt")).write_text(template(4), encoding="utf-8")
    (folder / "loop").symlink_to(folder)
    (folder / "dangling.txt").symlink_to(folder / "nothing")
    os.mkfifo(folder / "pipe.txt")
    run_into(tmp_path / "out", [str(folder)], QUICK.changed(jobs=2))
    good = [entry.document for entry in read_entries(tmp_path / "out") if not entry.failed]
    assert good == ["000.txt", "001.txt", "b%FFd.txt", "two%0Alines.txt"]


def test_a_clock_that_jumps_changes_nothing(news, expected, tmp_path, monkeypatch):
    now = time.time()
    jumps = iter(range(10**9))
    monkeypatch.setattr(time, "time", lambda: now + (-1) ** next(jumps) * 10**8)
    run_into(tmp_path / "out", [str(news)], QUICK.changed(jobs=2))
    assert tables(tmp_path / "out") == expected


def test_a_killed_worker_of_a_cluster_loses_no_article(news, expected, tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(batch, "CHUNK", 2)  # so that both have work when one is killed
    from distributed import Client, LocalCluster

    with LocalCluster(n_workers=0, threads_per_worker=1, dashboard_address=None) as cluster:
        # Workers without a nanny: what is killed stays dead.
        options = ["--no-nanny", "--nthreads", "1", "--no-dashboard"]
        command = [sys.executable, "-m", "distributed.cli.dask_worker", cluster.scheduler_address, *options]
        workers = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for _ in "ab"]
        try:
            with Client(cluster, set_as_default=False) as client:
                client.wait_for_workers(2, timeout=60)
            killed = []

            def kill_one(event):
                if not killed:
                    workers[0].kill()
                    killed.append(event.document)

            run_into(tmp_path / "out", [str(news)], QUICK.changed(cluster=cluster.scheduler_address), progress=kill_one)
        finally:
            for worker in workers:
                worker.kill()
                worker.wait()
    assert killed
    assert tables(tmp_path / "out") == expected
