"""A run over many inputs: read, hand to the pipeline in chunks, record each article, write the files.

The disk's side of `pipeline`: it knows the ledger and the run folder, and tells progress as events; it
prints nothing. One bad input costs only itself.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

from aligner import __version__
from aligner.config import Settings
from aligner.embed.threads import processors
from aligner.errors import RunError
from aligner.pipeline import Stopwatch
from aligner.read.archives.columns import parse_columns
from aligner.read.archives.stream import articles
from aligner.read.article import Article
from aligner.read.inputs import STDIN, find_inputs
from aligner.records import Page
from aligner.rows import under_name
from aligner.toolbox import open_tools
from aligner.work.chunk import Reply, Task, Toolbox, do
from aligner.work.pool import Pool
from aligner.write import tsv
from aligner.write.ledger import Entry, Ledger

#: Articles whose texts are embedded and translated together. The translator's batches hold sentences of one length
#: alone: 32 articles fill them better than 16 did, and their token states stay under 150 MB.
CHUNK = 32
#: Fewer articles than these do not pay another process, which loads the models again.
FEW = 4


@dataclass(frozen=True, slots=True)
class Event:
    """Progress: `done` of `total` inputs, after `document` with what became of it; `resumed`: an earlier run did it."""

    document: str
    done: int
    total: int
    rows: int = 0
    flagged: int = 0
    error: str = ""
    resumed: bool = False


@dataclass(slots=True)
class Summary:
    """Counts of a whole run folder, what was skipped, and the seconds a stage took in this call."""

    aligned: int = 0
    flagged: int = 0
    review: int = 0
    unaligned: int = 0
    failed: int = 0
    documents: int = 0
    resumed: int = 0
    skipped: int = 0
    notices: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    def line(self) -> str:
        """The summary line that ends every run."""
        return f"{self.aligned} aligned, {self.flagged} flagged, {self.unaligned} unaligned, {self.failed} failed"


def run(
    inputs: Sequence[str],
    out: Path,
    settings: Settings,
    *,
    pages: Iterable[Page] = (),
    made_by: Mapping[str, Any] = MappingProxyType({}),
    fresh: bool = False,
    progress: Callable[[Event], None] = lambda event: None,
) -> Summary:
    """Align `inputs` (and `pages` already read) into the run folder `out`; finished articles are not done again.

    `made_by` names what else decides the rows (versions, models, contents of files): a folder made by something else
    is refused. Models are loaded only if there is work. Raises `UsageError` if no input matches and `RunError` if the
    folder cannot be used; a bad input becomes a line of `failures.tsv`. Interrupted by `KeyboardInterrupt`, it writes
    the files of what is done and lets it pass.
    """
    found = find_inputs(inputs, settings.include) if inputs else None
    items = found.items if found else ()
    passed = Counter[str]()  # records of archives that are no articles, by reason
    columns = parse_columns(settings.columns)
    stream: Iterator[Article | Page] = chain(articles(items, columns, lambda reason: passed.update([reason])), pages)
    with Ledger(out, settings.signature() | dict(made_by), fresh=fresh) as ledger:
        ledger.rename({item.path: item.document for item in items if item.path != STDIN})
        course = _Course(ledger, progress, len(items), len(found.skipped) if found else 0, passed)
        try:
            tasks = course.tasks(stream)
            for reply in _replies(tasks, settings, dict(made_by), alone=ledger.is_empty(), total=len(items)):
                course.record(reply)
        except KeyboardInterrupt:
            _finish(out, settings, ledger, course)
            raise
        # All inputs were read again: what did not fail now is mended (an archive that was cut off) or gone.
        ledger.forget_failures(course.failed)
        return _finish(out, settings, ledger, course)


class _Course:
    """How far a run is: what it has read, told and recorded."""

    def __init__(
        self, ledger: Ledger, progress: Callable[[Event], None], total: int, skipped: int, passed: Counter[str]
    ) -> None:
        self._ledger = ledger
        self._progress = progress
        self._total = total
        self._count = 0
        self._skipped = skipped
        self._passed = passed
        self.resumed = 0
        self.failed: set[str] = set()
        self.clock = Stopwatch()
        self.models: dict[str, Any] = {}
        self.notices: list[str] = []
        self._contents: dict[str, str] = {}  # of the articles that are being worked on, by name
        self._copies: dict[str, list[tuple[str, str]]] = {}  # by content: names and hashes that wait for one of these

    def tasks(self, stream: Iterable[Article | Page]) -> Iterator[Task]:
        """What is to be done of `stream`; what was done before, or is broken, is told on the way."""
        for item in self._timed(stream):
            task = _task(item)
            if isinstance(item, Article) and item.problem:
                # Without a hash: whatever it becomes, it is tried again.
                self._put(Entry(item.document, "", True, {"error": item.problem, "hint": item.hint}))
            elif self._ledger.is_done(item.document, task.sha256):
                self.resumed += 1
                self._tell(Event(item.document, 0, 0, resumed=True))
            elif not isinstance(item, Article):
                yield task
            elif not self._is_copy(task, item.content):
                self._contents[task.document] = item.content
                yield task

    def _is_copy(self, task: Task, content: str) -> bool:
        """Whether an agency's text is here already under another name: then that is not computed again."""
        if content in self._copies:  # it is being worked on
            self._copies[content].append((task.document, task.sha256))  # not its text: an archive may hold any number
            return True
        done = self._ledger.of_content(content, task.sha256)
        if done is None:
            self._copies[content] = []
            return False
        self._put(Entry(task.document, task.sha256, False, under_name(done, task.document)))
        return True

    def _timed(self, stream: Iterable[Article | Page]) -> Iterator[Article | Page]:
        iterator = iter(stream)
        while True:
            with self.clock("read"):
                item = next(iterator, None)
            if item is None:
                return
            yield item

    def record(self, reply: Reply) -> None:
        """Into the ledger, an article a transaction."""
        for stage, seconds in reply.seconds.items():
            self.clock.seconds[stage] = self.clock.seconds.get(stage, 0.0) + seconds
        self.models = reply.models or self.models
        self.notices.extend(notice for notice in reply.notices if notice not in self.notices)
        for entry in reply.entries:
            content = self._contents.pop(entry.document, "")
            self._put(entry, content)
            for document, sha256 in self._copies.pop(content, ()):
                payload = entry.payload if entry.failed else under_name(entry.payload, document)
                self._put(Entry(document, sha256, entry.failed, payload))

    @property
    def skipped(self) -> int:
        """Files and records that are no articles."""
        return self._skipped + self._passed.total()

    def told(self) -> list[str]:
        """What to say at the end."""
        if not self._passed:
            return self.notices
        told = ", ".join(f"{count} {reason}" for reason, count in self._passed.most_common(5))
        return [f"passed over in archives: {told}", *self.notices]

    def _put(self, entry: Entry, content: str = "") -> None:
        with self.clock("write"):
            self._ledger.put(entry, content)
        if entry.failed:
            self.failed.add(entry.document)
        self._tell(_event(entry))

    def _tell(self, event: Event) -> None:
        self._count += 1
        # An archive holds any number of articles: the total grows with what is found.
        self._progress(replace(event, done=self._count, total=max(self._total, self._count)))


def _task(item: Article | Page) -> Task:
    if isinstance(item, Page):
        return Task(item.document, hashlib.sha256(item.text.encode("utf-8", "surrogatepass")).hexdigest(), item)
    return Task(item.document, item.sha256, item)


def _replies(
    tasks: Iterator[Task], settings: Settings, made_by: dict[str, Any], *, alone: bool, total: int
) -> Iterator[Reply]:
    """Do `tasks`, some `total` of them: on a cluster if the settings name one, else in worker processes.

    A single one is done in this process if it is `alone` in its run folder: the last that a batch left over may be
    the one that crashes or never ends.
    """
    jobs = settings.jobs or processors()
    first = list(islice(tasks, jobs * CHUNK))
    waiting = chain(first, tasks)
    if settings.cluster and first:
        from aligner.work.cluster import over_cluster

        yield from over_cluster(settings, chunks(waiting, lambda taken: CHUNK), made_by)
    elif alone and len(first) == 1:
        yield do(first, Toolbox(lambda: open_tools(settings)), settings)
    elif first:
        workers = min(jobs, -(-len(first) // FEW))
        with Pool(settings, workers, max(1, jobs // workers)) as pool:
            # Few that are left over from an earlier run are all here already, whatever the total is.
            known = len(first) if len(first) < jobs * CHUNK else max(total, len(first))
            yield from pool.run(chunks(waiting, lambda taken: _guided(known - taken, workers)))


def _guided(left: int, workers: int) -> int:
    """Articles of the next chunk: fewer towards the end, so that no worker waits for another's last chunk.

    Guided self-scheduling (Polychronopoulos and Kuck 1987). How many an archive holds is not known: it goes on in
    whole chunks.
    """
    return max(FEW, min(CHUNK, -(-left // (2 * workers)))) if left > 0 else CHUNK


def chunks(tasks: Iterable[Task], size: Callable[[int], int]) -> Iterator[list[Task]]:
    """`tasks` in lists of `size(tasks taken so far)`."""
    iterator, taken = iter(tasks), 0
    while chunk := list(islice(iterator, size(taken))):
        taken += len(chunk)
        yield chunk


def _finish(out: Path, settings: Settings, ledger: Ledger, course: _Course) -> Summary:
    """Write the run folder's files."""
    try:
        with course.clock("write"):
            summary = write_files(out, ledger)
        summary.resumed = course.resumed
        summary.skipped = course.skipped
        summary.notices.extend(course.told())
        summary.seconds = course.clock.seconds
        write_run_json(out, settings, summary, course.models, ledger)
    except OSError as error:
        raise RunError(
            f"the files cannot be written: {error.strerror}", "Make room; the same command goes on where it stopped."
        ) from error
    return summary


def _event(entry: Entry) -> Event:
    if entry.failed:
        return Event(entry.document, 0, 0, error=entry.payload["error"])
    rows = entry.payload["rows"]
    return Event(entry.document, 0, 0, len(rows), sum(row["status"] == "divergent" for row in rows))


def write_files(out: Path, ledger: Ledger) -> Summary:
    """Write `corpus.tsv`, `unaligned.tsv` and `failures.tsv` from the ledger; returns their counts."""
    summary = Summary()
    with (
        tsv.table(out / "corpus.tsv", tsv.CORPUS_COLUMNS) as corpus,
        tsv.table(out / "unaligned.tsv", tsv.UNALIGNED_COLUMNS) as unaligned,
        tsv.table(out / "failures.tsv", tsv.FAILURE_COLUMNS) as failures,
    ):
        for entry in ledger.entries():
            summary.documents += 1
            if entry.failed:
                summary.failed += 1
                failures({"document": entry.document, **entry.payload})
                continue
            for row in entry.payload["rows"]:
                summary.aligned += 1
                summary.flagged += row["status"] == "divergent"
                summary.review += row["status"] == "review"
                corpus(row)
            for row in entry.payload["unaligned"]:
                summary.unaligned += 1
                unaligned(row)
    return summary


def write_run_json(out: Path, settings: Settings, summary: Summary, models: dict[str, Any], ledger: Ledger) -> None:
    """Write `run.json`: what made the run folder, and its counts."""
    path = out / "run.json"
    record = {
        "version": __version__,
        "written": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "settings": settings.signature(),
        "models": models or _models_before(path),
        "counts": {
            name: getattr(summary, name)
            for name in ("documents", "aligned", "flagged", "review", "unaligned", "failed", "resumed", "skipped")
        },
        "seconds": {name: round(value, 3) for name, value in summary.seconds.items()},
        "inputs": ledger.hashes(),
    }
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    tsv.write_atomically(path, lambda stream: stream.write(text))


def _models_before(path: Path) -> dict[str, Any]:
    """The models an earlier call noted, for a call that had nothing left to do."""
    try:
        models = json.loads(path.read_text(encoding="utf-8"))["models"]
    except (OSError, ValueError, KeyError):
        return {}
    return models if isinstance(models, dict) else {}
