"""What a run tells while it goes on: a bar, a line a minute, or JSON for other programs."""

from __future__ import annotations

import json

import pytest
from articles import template
from typer.testing import CliRunner

from aligner.batch import Event, Summary
from aligner.cli.app import app
from aligner.cli.progress import ProgressBar, Tally, clock_time, print_summary


class Clock:
    """Seconds that pass when told."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def test_rate_and_time_left_are_of_what_this_call_does():
    clock = Clock()
    tally = Tally(clock)
    for number in range(1, 11):
        tally.add(Event("a", number, 20, rows=2, resumed=True))
    clock.now += 10
    for number in range(11, 16):
        tally.add(Event("b", number, 20, rows=2, flagged=1))
    tally.add(Event("c", 16, 20, error="no text"))
    assert (tally.pairs, tally.flagged, tally.failed) == (30, 5, 1)
    assert tally.rate == pytest.approx(0.6)
    assert tally.left == pytest.approx(4 / 0.6)
    assert tally.counts() == "30 pairs, 5 flagged, 1 failed"
    assert clock_time(3 * 3600 + 61.4) == "3:01:01"


def test_nothing_is_said_of_the_time_left_before_it_is_known():
    tally = Tally(Clock())
    tally.add(Event("a", 1, 1))
    assert tally.left is None  # an archive: one found, one done
    tally.add(Event("b", 2, 4, resumed=True))
    assert tally.speed().endswith("left")


def test_a_line_a_minute_where_nobody_watches(capsys):
    clock = Clock()
    with ProgressBar(quiet=False, clock=clock) as progress:
        for number in range(1, 9):
            clock.now += 20
            progress(Event("a", number, 12, rows=1))
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "3 of 12 articles, 3 pairs, 0 flagged; 0.1/s, 0:03:00 left",
        "6 of 12 articles, 6 pairs, 0 flagged; 0.1/s, 0:02:00 left",
    ]
    with ProgressBar(quiet=True, clock=clock) as progress:
        clock.now += 200
        progress(Event("a", 1, 1))
    assert capsys.readouterr().err == ""


def test_a_bar_and_a_table_on_a_terminal(capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with ProgressBar(quiet=False) as progress:
        progress(Event("a", 1, 2, rows=3, flagged=1))
        progress(Event("b", 2, 2, error="no text"))
        progress._bar.refresh()
    print_summary(Summary(aligned=3, flagged=1, documents=2, failed=1), progress.tally)
    told = capsys.readouterr().err
    assert "3 pairs, 1 flagged, 1 failed" in told
    assert "2/2" in told
    assert "inputs failed" in told
    assert "for review" not in told  # none


def test_json_events_end_with_the_counts(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "aligner.toml").write_text("none-below = 0.0\n")
    news = tmp_path / "news"
    news.mkdir()
    (news / "good.txt").write_text(template(1), encoding="utf-8")
    (news / "bad\nname.txt").write_text("0000", encoding="utf-8")
    command = ["align", str(news), "--encoder", "hash", "--translate", "none", "--json"]
    runner = CliRunner()
    assert runner.invoke(app, command).exit_code != 0  # standard output is the corpus then
    for resumed in (0, 1):
        done = runner.invoke(app, [*command, "--out", str(tmp_path / "out")])
        assert done.exit_code == 1
        *articles, end = [json.loads(line) for line in done.stdout.splitlines()]
        assert [one["event"] for one in articles] == ["article", "article"]
        assert [one["done"] for one in articles] == [1, 2]
        bad, good = sorted(articles, key=lambda one: one["document"])
        assert (good["document"], good["rows"], good["resumed"]) == ("good.txt", 1 - resumed, bool(resumed))
        assert "no text" in bad["error"]
        assert (end["event"], end["documents"], end["failed"], end["resumed"]) == ("end", 2, 1, resumed)
