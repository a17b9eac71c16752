"""Several batches at once, one processor each.

torch shares one product among threads that wait for each other at its end. With other work on the machine they wait
long: 2,200 sentences that take one thread 35 s took two more than 20 minutes. Threads with a batch each never wait.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Out = TypeVar("Out")


def processors() -> int:
    """How many to use unless told: `OMP_NUM_THREADS` where it is set, else all, at most eight."""
    told = os.environ.get("OMP_NUM_THREADS", "")
    return int(told) if told.isdigit() and int(told) else max(1, min(8, os.cpu_count() or 1))


def each(function: Callable[[Item], Out], items: Iterable[Item], threads: int | None = None) -> list[Out]:
    """`function` of every item, in order, `threads` at a time, each on one processor; torch's own setting stays."""
    import torch

    before = torch.get_num_threads()
    try:
        # OpenMP keeps the number a thread, so each sets its own; MKL's is one for all, so it is put back.
        with ThreadPoolExecutor(threads or processors(), initializer=torch.set_num_threads, initargs=(1,)) as pool:
            return list(pool.map(function, items))
    finally:
        torch.set_num_threads(before)
