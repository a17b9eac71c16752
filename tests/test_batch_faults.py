"""Faults that really happen to a batch: nothing is lost, nothing is doubled, and the bytes stay the same."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from pathlib import Path

import pytest
from articles import template

from aligner.api import run_into
from aligner.config import Settings
from aligner.errors import RunError
from aligner.read.article import Article
from aligner.work import pool
from aligner.work.chunk import Task

QUICK = Settings(encoder="hash", translate="none", none_below=0.0)


def tables(out: Path):
    return [(out / name).read_bytes() for name in ("corpus.tsv", "unaligned.tsv", "failures.tsv")]


def write(folder: Path, count: int):
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(template(number), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    return write(tmp_path_factory.mktemp("faults") / "news", 24)


@pytest.fixture(scope="module")
def expected(news):
    run_into(news.parent / "once", [str(news)], QUICK.changed(jobs=1))
    return tables(news.parent / "once")


def children() -> list[int]:
    """The worker processes of this one."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=False
    )
    return [int(line.split()[0]) for line in listed.stdout.splitlines() if "aligner.work.worker" in line]


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_worker_loses_no_article(news, expected, tmp_path, sent):
    """As the system's memory guard does it: each worker that is there after the first article dies at once."""
    killed = []

    def kill_all(event):
        if not killed:
            for pid in children():
                os.kill(pid, sent)
                killed.append(pid)

    summary = run_into(tmp_path / "out", [str(news)], QUICK.changed(jobs=2), progress=kill_all)
    assert killed
    assert (summary.documents, summary.failed) == (24, 0)
    assert tables(tmp_path / "out") == expected


def test_an_article_is_not_late_because_other_work_has_the_processor(monkeypatch):
    """The worker is stopped for three times what an article may take, as on a machine that is overloaded."""
    monkeypatch.setattr(pool, "FIRST", 0.0)
    names = ["0", "1", "2"]
    chunks = ([Task(name, "", Article(name, template(int(name)).encode()))] for name in names)
    entries = []
    with pool.Pool(QUICK.changed(article_seconds=1), 1) as working:
        for reply in working.run(chunks):
            entries += reply.entries
            if len(entries) == 1 and reply.entries:
                for pid in children():
                    os.kill(pid, signal.SIGSTOP)
                    threading.Timer(3.0, os.kill, (pid, signal.SIGCONT)).start()
    assert [(entry.document, entry.failed) for entry in entries] == [(name, False) for name in names]


@pytest.fixture
def small_disk(tmp_path):
    """A disk of its own, to be made read-only."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("mounting is not allowed here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def read_only(place: Path, yes: bool):
    subprocess.run(["mount", "-o", f"remount,{'ro' if yes else 'rw'}", str(place)], check=True)


def test_a_read_only_folder_is_refused_before_any_work(news, small_disk):
    (small_disk / "out").mkdir()
    read_only(small_disk, yes=True)
    for out in (small_disk / "out", small_disk / "new"):
        with pytest.raises(RunError, match="cannot write") as raised:
            run_into(out, [str(news)], QUICK)
        assert "--out" in raised.value.hint
    read_only(small_disk, yes=False)


def test_a_disk_that_becomes_read_only_says_so_and_the_same_command_goes_on(news, expected, small_disk):
    # A file that is open for writing keeps a disk from turning read-only: a lost disk is played by SQLite's own switch.
    from aligner.write import ledger

    real = ledger.Ledger.put

    def lost(self, entry, content=""):
        if entry.document == "010.txt":
            self._db.execute("PRAGMA query_only = ON")
        real(self, entry, content)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger.Ledger, "put", lost)
        with pytest.raises(RunError, match="cannot be written"):
            run_into(small_disk / "out", [str(news)], QUICK)
    run_into(small_disk / "out", [str(news)], QUICK)
    assert tables(small_disk / "out") == expected


@pytest.mark.model
def test_translations_are_the_same_for_any_jobs_and_with_a_cache_that_breaks_on_the_way(tmp_path, monkeypatch):
    """The real translator: its batches have other sentences in them for every number of jobs."""
    from aligner.translation.service import open_translator

    if open_translator("bundled")[0] is None:
        pytest.skip("no translator is bundled")
    news = write(tmp_path / "news", 10)
    settings = QUICK.changed(translate="all", translator="bundled")

    def break_cache(event):
        for path in (tmp_path / "cache 2").glob("translations.sqlite*"):
            path.write_bytes(b"no database at all" * 400)

    found = []
    for jobs, progress in ((1, lambda event: None), (2, break_cache)):
        monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path / f"cache {jobs}"))
        run_into(tmp_path / str(jobs), [str(news)], settings.changed(jobs=jobs), progress=progress)
        found.append(tables(tmp_path / str(jobs)))
    assert found[0] == found[1]
    assert b"bundled nl-en" in found[0][0]
