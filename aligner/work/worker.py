"""A worker process: `python -m aligner.work.worker`, driven through its standard input and output by `pool`.

It is a process of its own making, not a fork: models and their threads do not survive one, and the program that
called aligner is not imported again. It ends when its input ends, so that a killed run leaves nothing behind.
"""

from __future__ import annotations

import logging
import os
import queue
import signal
import sys
import threading
from typing import IO, Any

from aligner.work.frames import receive, send, told, unpacked


def main() -> None:
    """Do chunks until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the run decides
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    waiting: queue.Queue[tuple[dict[str, Any], bytes]] = queue.Queue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, waiting), daemon=True).start()
    try:
        _serve(waiting, answers)
    except BrokenPipeError:
        os._exit(1)  # the run is gone


def _listen(stream: IO[bytes], waiting: queue.Queue[tuple[dict[str, Any], bytes]]) -> None:
    while (message := receive(stream)) is not None:
        waiting.put(message)
    os._exit(0)


def _serve(waiting: queue.Queue[tuple[dict[str, Any], bytes]], answers: IO[bytes]) -> None:
    begin, _ = waiting.get()
    os.environ["OMP_NUM_THREADS"] = str(begin["threads"])  # before numpy and torch read it
    logging.basicConfig(stream=sys.stderr, format="%(name)s: %(message)s", level=logging.CRITICAL)
    logging.getLogger("aligner").setLevel(begin["log"])
    _limit_memory(begin["memory"])

    from aligner.config import Settings
    from aligner.errors import ModelError
    from aligner.pipeline import Stopwatch
    from aligner.toolbox import open_tools
    from aligner.work.chunk import Reply, Toolbox, do

    given = begin["settings"] | {"include": tuple(begin["settings"]["include"])}
    settings = Settings(**given)
    toolbox = Toolbox(lambda: open_tools(settings))
    try:
        clock = Stopwatch()
        toolbox(clock)
        send(answers, {"loaded": told(Reply([], seconds=clock.seconds))})
        while True:
            head, tail = waiting.get()
            send(answers, {"reply": told(do(unpacked(head, tail), toolbox, settings))})
    except ModelError as error:
        send(answers, {"model": [str(error), error.hint]})
    except MemoryError:
        send(answers, {"memory": True})  # the process may be in any state now: it ends


def _limit_memory(size: int) -> None:
    """No more than `size` bytes of private memory, where the system can say so (Linux)."""
    if sys.platform == "linux" and size:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))


if __name__ == "__main__":
    main()
