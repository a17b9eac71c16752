"""The ledger: whole articles or nothing, one run at a time, settings that must agree."""

from __future__ import annotations

import sqlite3

import pytest

from aligner.errors import RunError
from aligner.write.ledger import LEDGER, STATE, Entry, Ledger, read_entries

SETTINGS = {"encoder": "e5-small", "translate": "none"}


def entry(name, sha="1", failed=False, **payload):
    return Entry(name, sha, failed, payload)


def test_what_is_put_is_there_sorted_and_replaced(tmp_path):
    with Ledger(tmp_path, SETTINGS) as ledger:
        ledger.put(entry("b.txt", rows=["“é”"]))
        ledger.put(entry("a.txt", error="empty", failed=True))
        ledger.put(entry("b.txt", "2", rows=["\ud800"]))
        assert ledger.is_done("b.txt", "2")
        assert not ledger.is_done("b.txt", "1")
        assert not ledger.is_done("a.txt", "1")  # a failure is tried again
    assert list(read_entries(tmp_path)) == [
        entry("a.txt", error="empty", failed=True),
        entry("b.txt", "2", rows=["\ud800"]),
    ]


def test_an_article_is_found_by_its_content(tmp_path):
    with Ledger(tmp_path, SETTINGS) as ledger:
        ledger.put(entry("a.txt", rows=[1]), "content")
        assert ledger.of_content("content", "1") == {"rows": [1]}
        ledger.put(entry("a.txt", "2", rows=[2]), "other")
        assert ledger.of_content("content", "1") is None  # that name stands for another text now
        ledger.put(entry("b.txt", failed=True), "broken")
        assert ledger.of_content("broken", "1") is None


def test_other_settings_are_refused_and_named(tmp_path):
    with Ledger(tmp_path, SETTINGS) as ledger:
        ledger.put(entry("a.txt"))
    with pytest.raises(RunError, match="translate: 'none' → 'all'") as raised:
        Ledger(tmp_path, SETTINGS | {"translate": "all"})
    assert "--fresh" in raised.value.hint
    with Ledger(tmp_path, SETTINGS | {"translate": "all"}, fresh=True) as ledger:
        assert not ledger.is_done("a.txt", "1")


def test_a_second_run_is_refused_with_the_pid_of_the_first(tmp_path):
    import os

    with Ledger(tmp_path, SETTINGS), pytest.raises(RunError, match=f"process {os.getpid()}"):
        Ledger(tmp_path, SETTINGS)
    Ledger(tmp_path, SETTINGS).close()


def test_a_folder_that_holds_no_run(tmp_path):
    with pytest.raises(RunError, match="is not a run folder"):
        list(read_entries(tmp_path))


def test_a_damaged_ledger_is_an_error_not_a_crash(tmp_path):
    with Ledger(tmp_path, SETTINGS) as ledger:
        ledger.put(entry("a.txt"))
    (tmp_path / STATE / LEDGER).write_bytes(b"not a database" * 100)
    with pytest.raises(RunError, match="damaged"):
        Ledger(tmp_path, SETTINGS)
    with pytest.raises(RunError, match="damaged"):
        list(read_entries(tmp_path))


def test_another_version_is_refused(tmp_path):
    Ledger(tmp_path, SETTINGS).close()
    with sqlite3.connect(tmp_path / STATE / LEDGER) as db:
        db.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    db.close()
    with pytest.raises(RunError, match="another version"):
        Ledger(tmp_path, SETTINGS)


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match="cannot write"):
        Ledger(tmp_path / "file" / "out", SETTINGS)
