"""The same work on a Dask cluster: chunks go out as Dask tasks, replies come back as they are done.

Each Dask worker keeps one `Pool` process a thread, so that models are loaded once and a poisoned article costs itself
there too; the chunks of a worker that is lost are done by another.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from aligner.config import Settings
from aligner.embed.threads import processors
from aligner.errors import ModelError, RunError, UsageError
from aligner.work.chunk import Reply, Task
from aligner.work.frames import heard, packed, told, unpacked
from aligner.work.pool import Pool

if TYPE_CHECKING:
    from distributed import Client

#: Chunks at hand for each thread of the cluster: one being done, one waiting.
AHEAD = 2
_CONNECTING = 20
_own = threading.local()


def over_cluster(settings: Settings, chunks: Iterator[list[Task]], made_by: dict[str, Any]) -> Iterator[Reply]:
    """A reply a chunk, as they come, from the cluster that `settings.cluster` names: an address, or `local`.

    `made_by` is what decides the rows here (`toolbox.made_by`): workers with anything else are refused. Raises
    `UsageError` without Dask or cluster, `RunError` for workers of another version, `ModelError` as `Pool` does.
    """
    try:
        from distributed import as_completed
    except ImportError as error:
        raise UsageError("a cluster needs Dask", "Type: pip install 'nl-en-aligner[dask]'") from error
    with ExitStack() as stack:
        client = _connect(settings, stack)
        plain = asdict(settings) | {"cluster": "", "jobs": 1}
        # What a worker has checked and loaded holds for one run: its files may be others in the next.
        made_by = made_by | {"run": uuid4().hex}
        flow = as_completed(loop=client.loop)

        def submit() -> bool:
            chunk = next(chunks, None)
            if chunk is not None:
                # Not pure: a chunk is done for this run, whatever another asked before.
                flow.add(client.submit(work, plain, made_by, *packed(chunk), pure=False, retries=3))
            return chunk is not None

        room = AHEAD * max(1, sum(client.nthreads().values()))
        for _ in range(room):
            if not submit():
                break
        for future in flow:
            answer = _answer(future)
            future.release()
            submit()
            yield heard(answer)


def _connect(settings: Settings, stack: ExitStack) -> Client:
    from distributed import Client, LocalCluster

    logging.getLogger("distributed").setLevel(logging.ERROR)
    address: Any = settings.cluster
    if address == "local":
        jobs = settings.jobs or processors()
        address = stack.enter_context(
            LocalCluster(n_workers=jobs, threads_per_worker=1, processes=True, dashboard_address=None)
        )
    try:
        client = stack.enter_context(Client(address, timeout=_CONNECTING, set_as_default=False))
        client.wait_for_workers(1, timeout=_CONNECTING * 3)
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(
            f"no Dask cluster with a worker at {settings.cluster}",
            "Start one (dask scheduler; dask worker ADDRESS), or use --cluster local.",
        ) from error
    return client


def _answer(future: Any) -> dict[str, Any]:
    from distributed import KilledWorker

    try:
        answer: dict[str, Any] = future.result()
    except KilledWorker as error:
        raise RunError(
            f"the cluster lost several workers over the same articles ({error})",
            "See the logs of its workers; the same command goes on where it stopped.",
        ) from error
    if "differs" in answer:
        raise RunError(
            f"a worker of the cluster differs from this machine in: {', '.join(answer['differs'])}",
            "Install the same version, models and terms file on all of them.",
        )
    if "model" in answer:
        raise ModelError(*answer["model"])
    return answer


def work(settings: dict[str, Any], made_by: dict[str, Any], head: dict[str, Any], tail: bytes) -> dict[str, Any]:
    """Do one chunk on a Dask worker. What goes wrong with all of them is an answer too, so that Dask does not retry."""
    chosen = Settings(**settings | {"include": tuple(settings["include"])})
    run = str(made_by.pop("run", ""))
    differs = _differences(chosen, json.dumps(made_by), run)
    if differs:
        return {"differs": differs}
    pool = _pool(chosen, run)
    try:
        replies = list(pool.run([unpacked(head, tail)]))
    except ModelError as error:
        pool.close()  # it outlives this run: the next must not find this one's articles in it
        return {"model": [str(error), error.hint]}
    seconds: dict[str, float] = {}
    for reply in replies:
        for stage, took in reply.seconds.items():
            seconds[stage] = seconds.get(stage, 0.0) + took
    models: dict[str, Any] = next((reply.models for reply in replies if reply.models), {})
    notices = list(dict.fromkeys(notice for reply in replies for notice in reply.notices))
    return told(Reply([entry for reply in replies for entry in reply.entries], models, notices, seconds))


@lru_cache(maxsize=4)  # hashing the judge and the terms takes as long as an article: once a run, not once a chunk
def _differences(settings: Settings, made_by: str, run: str) -> list[str]:
    """What decides the rows here and is not as the `run` (`made_by`, as JSON) has it."""
    from aligner.toolbox import made_by as made_here

    here, there = made_here(settings), json.loads(made_by)
    return sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))


def _pool(settings: Settings, run: str) -> Pool:
    """This thread's pool of one process, kept between the chunks of one run."""
    if getattr(_own, "made_for", None) != (settings, run):
        if hasattr(_own, "pool"):
            _own.pool.close()
        _own.pool, _own.made_for = Pool(settings, 1), (settings, run)
    pool: Pool = _own.pool
    return pool
