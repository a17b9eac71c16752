"""How far a job is: a bar for people, a line a minute for logs, JSON lines for other programs."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from aligner.cli.show import say

if TYPE_CHECKING:
    from rich.progress import Progress

    from aligner.batch import Event, Summary

#: Seconds between two lines where standard error is no terminal.
EVERY = 60.0


class Tally:
    """Events summed up: inputs done, what came of them, how many a second, and how long the rest takes.

    What an earlier run had done is counted as done, not as speed.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since = clock()
        self.done = self.total = self.pairs = self.flagged = self.failed = self.resumed = 0

    def add(self, event: Event) -> None:
        """One more input."""
        self.done, self.total = event.done, event.total
        self.pairs += event.rows
        self.flagged += event.flagged
        self.failed += bool(event.error)
        self.resumed += event.resumed

    @property
    def rate(self) -> float:
        """Inputs a second."""
        return (self.done - self.resumed) / max(self._clock() - self._since, 1e-6)

    @property
    def left(self) -> float | None:
        """Seconds to go; None as long as nothing tells (an archive holds any number of articles)."""
        rest = self.total - self.done
        return rest / self.rate if rest and self.rate else None

    def counts(self) -> str:
        """Pairs and what stands out among them."""
        failed = f", {self.failed} failed" if self.failed else ""
        return f"{self.pairs} pairs, {self.flagged} flagged{failed}"

    def speed(self) -> str:
        """Rate and time left, as far as they are known."""
        left = "" if self.left is None else f", {clock_time(self.left)} left"
        return f"{self.rate:.1f}/s{left}"


def clock_time(seconds: float) -> str:
    """`h:mm:ss`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


class ProgressBar:
    """Shows each `batch.Event` on stderr: a bar on a terminal, else a line a minute; nothing if `quiet`.

    A context manager; `noun` is what is counted.
    """

    def __init__(
        self, *, quiet: bool, noun: str = "articles", clock: Callable[[], float] = time.monotonic, every: float = EVERY
    ) -> None:
        self._noun = noun
        self._quiet = quiet
        self._terminal = sys.stderr.isatty()
        self._clock = clock
        self._every = every
        self._told = clock()
        self._bar: Progress | None = None
        self._task: Any = None
        self.tally = Tally(clock)

    def __enter__(self) -> ProgressBar:
        return self

    def __call__(self, event: Event) -> None:
        """Show one more input as done."""
        self.tally.add(event)
        if self._quiet:
            return
        if self._terminal:
            self._draw()
        elif self._clock() - self._told >= self._every:
            self._told = self._clock()
            say(f"{event.done} of {event.total} {self._noun}, {self.tally.counts()}; {self.tally.speed()}")

    def _draw(self) -> None:
        tally = self.tally
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            self._bar = Progress(
                TextColumn(self._noun),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[counts]}; {task.fields[speed]}"),
                console=Console(stderr=True),
                transient=True,
            )
            self._bar.start()
            self._task = self._bar.add_task("", total=tally.total, counts="", speed="")
        self._bar.update(
            self._task, completed=tally.done, total=tally.total, counts=tally.counts(), speed=tally.speed()
        )

    def __exit__(self, *exc: object) -> None:
        if self._bar is not None:
            self._bar.stop()


class JsonEvents:
    """Each `batch.Event` as one JSON object on its own line of stdout, with `"event": "article"`; flushed at once."""

    def __enter__(self) -> JsonEvents:
        return self

    def __call__(self, event: Event) -> None:
        """Tell one more input."""
        _line({"event": "article"} | asdict(event))

    def end(self, summary: Summary) -> None:
        """The last line: the counts of the whole run folder, `"event": "end"`."""
        _line({"event": "end"} | asdict(summary))

    def __exit__(self, *exc: object) -> None:
        return


def _line(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")  # ASCII: names of files may hold anything
    sys.stdout.flush()


def print_summary(summary: Summary, tally: Tally) -> None:
    """The counts of a run as a table on stderr."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE, show_header=False)
    table.add_column(justify="right")
    table.add_column()
    for count, what in (
        (summary.documents, "articles in the corpus" + (f", {summary.resumed} done before" if summary.resumed else "")),
        (summary.aligned, "pairs"),
        (summary.flagged, "flagged as divergent"),
        (summary.review, "for review"),
        (summary.unaligned, "caption sentences without a counterpart"),
        (summary.failed, "inputs failed"),
    ):
        if count or what == "pairs":
            table.add_row(str(count), what)
    if tally.done > tally.resumed:
        table.add_row(f"{tally.rate:.1f}", "articles a second")
    Console(stderr=True).print(table)
