"""Worker processes with limits: an article that crashes, never ends or eats the memory costs only itself."""

from __future__ import annotations

import logging
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from aligner.config import Settings
from aligner.errors import InputError, ModelError
from aligner.work.chunk import Reply, Task, failure
from aligner.work.frames import heard, packed, receive, send

#: Chunks a worker has at hand: one it does and one that waits, so that reading and writing overlap with it.
AHEAD = 2
#: Seconds to build the tools (the first run ever unpacks 250 MB), and more for the first chunk, which loads the models.
LOADING, FIRST = 600.0, 30.0
#: Seconds that each further article of a chunk adds to the limit of the first.
EACH = 10.0
#: A process that did not get the processor for its limit is waited for this many times as long: on a machine with other
#: work an article must not fail for that.
PATIENCE = 5.0
#: One that sleeps and had less than this share of its time on the processor hangs; work that is crowded out does not
#: sleep.
IDLE = 0.005

_Message = tuple[dict[str, Any], bytes]


class Pool:
    """Up to `workers` processes of `threads` threads that do chunks of tasks; started as there is work for them.

    A chunk whose process dies, takes too long or runs out of memory is done again one article at a time; an article
    that does so alone fails with the reason. A context manager: at its end no process is left.
    """

    def __init__(self, settings: Settings, workers: int, threads: int = 1) -> None:
        self._settings = settings
        self._wanted = max(1, workers)
        self._threads = threads
        self._workers: list[_Worker] = []
        self._heard: queue.Queue[tuple[_Worker, dict[str, Any] | None]] = queue.Queue()
        self._again: deque[list[Task]] = deque()
        self._killed: set[str] = set()  # articles whose process was killed from outside once: those get a second try
        self._starts_lost = 0

    def run(self, chunks: Iterable[list[Task]]) -> Iterator[Reply]:
        """A reply a chunk (or a part of one), as they come; `chunks` is read as far as workers have room.

        Raises `ModelError` if the models cannot be loaded.
        """
        source = iter(chunks)
        while True:
            self._feed(source)
            if not any(worker.tasks for worker in self._workers):
                return
            try:
                worker, message = self._heard.get(timeout=0.5)
            except queue.Empty:
                pass
            else:
                if worker in self._workers:  # else: the last words of one that was given up
                    yield from self._meet(worker, message)
            if self._heard.empty():  # else: replies may have waited here while `chunks` or the caller took their time
                for late in [worker for worker in self._workers if worker.late()]:
                    yield from self._lost(late, "time")

    def close(self) -> None:
        """End all processes and forget their work; a later `run` begins anew."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        self._again.clear()
        self._starts_lost = 0

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _feed(self, source: Iterator[list[Task]]) -> None:
        for depth in range(AHEAD):
            for worker in self._workers:
                if len(worker.tasks) == depth:
                    chunk = self._next(source)
                    if chunk is None:
                        return
                    worker.give(chunk)
            while depth == 0 and len(self._workers) < self._wanted:
                chunk = self._next(source)
                if chunk is None:
                    return
                worker = _Worker(self._settings, self._threads, self._heard)
                self._workers.append(worker)
                worker.give(chunk)

    def _next(self, source: Iterator[list[Task]]) -> list[Task] | None:
        return self._again.popleft() if self._again else next(source, None)

    def _meet(self, worker: _Worker, message: dict[str, Any] | None) -> Iterator[Reply]:
        if message is None:
            yield from self._lost(worker, "death")
        elif "loaded" in message:
            self._starts_lost = 0
            worker.loaded()
            yield heard(message["loaded"])
        elif "reply" in message:
            worker.finished()
            yield heard(message["reply"])
        elif "memory" in message:
            yield from self._lost(worker, "memory")
        else:
            raise ModelError(*message["model"])

    def _lost(self, worker: _Worker, reason: str) -> Iterator[Reply]:
        """Give `worker` up; what it had is done again, its chunk of now one by one, or fails if it was one article."""
        self._workers.remove(worker)
        status = worker.end()
        if not worker.ready:
            self._starts_lost += 1
            if self._starts_lost > 1:
                raise ModelError(
                    f"worker processes end before they have loaded the models ({_death(status)})",
                    "See the lines above, and run: aligner doctor",
                )
            self._again.extend(worker.tasks)
            return
        if not worker.tasks:
            return
        chunk, *rest = worker.tasks
        if len(chunk) > 1:
            self._again.extend([task] for task in chunk)
        elif (
            reason == "death" and status in {-signal.SIGKILL, -signal.SIGTERM} and chunk[0].document not in self._killed
        ):
            self._killed.add(chunk[0].document)
            self._again.append(chunk)
        else:
            yield Reply([failure(chunk[0], self._reason(reason, status))])
        self._again.extend(rest)

    def _reason(self, reason: str, status: int) -> InputError:
        if reason == "time":
            return InputError(
                f"took longer than {self._settings.article_seconds} s",
                "Leave it out, or raise article_seconds in aligner.toml.",
            )
        if reason == "memory":
            return InputError(
                f"needed more than {self._settings.worker_memory:g} GB of memory",
                "Leave it out, or raise worker_memory in aligner.toml.",
            )
        return InputError(
            f"the process that worked on this article died ({_death(status)})",
            "Leave it out, and report the article: a library crashes on it.",
        )


def _death(status: int) -> str:
    if status >= 0:
        return f"exit status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"


class _Worker:
    """One process, the chunks it has, and since when it does the first of them."""

    def __init__(
        self, settings: Settings, threads: int, into: queue.Queue[tuple[_Worker, dict[str, Any] | None]]
    ) -> None:
        self.tasks: deque[list[Task]] = deque()
        self.ready = False
        self._first = True
        self._limit = float(settings.article_seconds)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "aligner.work.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._begin()
        self._out: queue.Queue[_Message | None] = queue.Queue()
        # A thread each way: neither side ever waits for the other with a full pipe.
        threading.Thread(target=self._write, daemon=True).start()
        threading.Thread(target=self._read, args=(into,), daemon=True).start()
        begin = {
            "settings": asdict(replace(settings, jobs=threads, report=False)),
            "threads": threads,
            "memory": int(settings.worker_memory * 1e9),
            "log": logging.getLogger("aligner").getEffectiveLevel(),
        }
        self._out.put((begin, b""))

    def give(self, chunk: list[Task]) -> None:
        """One more chunk to do."""
        if not self.tasks and self.ready:
            self._begin()
        self.tasks.append(chunk)
        self._out.put(packed(chunk))

    def loaded(self) -> None:
        """The models are built: the time of the first chunk begins."""
        self.ready = True
        self._begin()

    def finished(self) -> None:
        """The first chunk is done."""
        self.tasks.popleft()
        self._first = False
        self._begin()

    def late(self) -> bool:
        """Whether it takes longer than it may."""
        if not self.ready:
            allowed = LOADING
        elif self.tasks:
            allowed = self._limit + EACH * (len(self.tasks[0]) - 1) + (FIRST if self._first else 0.0)
        else:
            return False
        waited = time.monotonic() - self._since
        if waited <= allowed:
            return False
        worked = self._worked() - self._before
        hangs = worked < IDLE * waited and self._stat()[:1] == ["S"]
        return worked > allowed or hangs or waited > PATIENCE * allowed

    def _begin(self) -> None:
        """The time of what it does now begins."""
        self._since, self._before = time.monotonic(), self._worked()

    def _worked(self) -> float:
        """Seconds of processor that the process has had; all time counts where the system does not say (not Linux)."""
        told = self._stat()
        if not told:
            return time.monotonic()
        user, system = told[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def _stat(self) -> list[str]:
        """What Linux tells of the process from its state on; nothing elsewhere."""
        try:
            told = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            return []
        return told.rpartition(")")[2].split()

    def end(self) -> int:
        """Kill it if it still lives; its exit status."""
        self._out.put(None)
        try:
            # One that closed its output is about to end by itself: its own status says why.
            return self._process.wait(timeout=0.0 if self.late() else 2.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def _write(self) -> None:
        assert self._process.stdin is not None
        try:
            while (message := self._out.get()) is not None:
                send(self._process.stdin, *message)
            self._process.stdin.close()
        except OSError:
            return  # it died; the reading side tells

    def _read(self, into: queue.Queue[tuple[_Worker, dict[str, Any] | None]]) -> None:
        assert self._process.stdout is not None
        while (message := receive(self._process.stdout)) is not None:
            into.put((self, message[0]))
        into.put((self, None))
