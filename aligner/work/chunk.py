"""A chunk of articles: bytes in, one ledger entry an article out, whatever happens to one of them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from aligner.config import Settings
from aligner.errors import InputError, ModelError
from aligner.pipeline import Result, Stopwatch, Tools, process
from aligner.read.article import Article
from aligner.read.reader import read_article
from aligner.records import Page
from aligner.write.ledger import Entry

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """One article to do: its name, the SHA-256 of its bytes, and the article, or the page if it was read already."""

    document: str
    sha256: str
    source: Article | Page


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of some tasks; the models that did them (as `run.json` has them), notices, seconds a stage."""

    entries: list[Entry]
    models: dict[str, Any] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


class Toolbox:
    """Builds the tools at the first call and keeps them."""

    def __init__(self, build: Callable[[], Tools]) -> None:
        self._build = build
        self._tools: Tools | None = None

    def __call__(self, clock: Stopwatch) -> Tools:
        """The tools; the time to build them counts as `load`."""
        if self._tools is None:
            with clock("load"):
                self._tools = self._build()
        return self._tools


def do(tasks: Sequence[Task], toolbox: Toolbox, settings: Settings) -> Reply:
    """Read, align and judge `tasks` together. Raises `ModelError` and `MemoryError`: those are no article's fault."""
    clock = Stopwatch()
    tools = toolbox(clock)
    entries: list[Entry] = []
    read: list[tuple[Task, Page]] = []
    for task in tasks:
        try:
            with clock("read"):
                read.append((task, _page(task)))
        except InputError as error:
            entries.append(failure(task, error))
    entries.extend(_outcomes(read, tools, settings, clock))
    return Reply(entries, tools.models(), list(tools.notices), clock.seconds)


def failure(task: Task, error: InputError) -> Entry:
    """The entry of a task that failed with `error`."""
    return Entry(task.document, task.sha256, True, {"error": str(error), "hint": error.hint})


def _page(task: Task) -> Page:
    if isinstance(task.source, Page):
        return task.source
    try:
        return read_article(task.source)
    except (InputError, MemoryError):
        raise
    except Exception as error:
        log.exception("%s: the reader failed", task.document)
        raise InputError(
            f"the reader failed on this article ({type(error).__name__})",
            "Run it alone with --verbose and report the trace.",
        ) from error


def _outcomes(read: Sequence[tuple[Task, Page]], tools: Tools, settings: Settings, clock: Stopwatch) -> list[Entry]:
    if not read:
        return []
    outcomes: list[Result | InputError]
    try:
        outcomes = process([page for _, page in read], tools, settings, clock)
    except (ModelError, MemoryError):
        raise
    except Exception as error:
        if isinstance(error, RuntimeError) and "can't allocate memory" in str(error):  # how torch tells it
            raise MemoryError(str(error)) from error
        if len(read) > 1:
            # One article broke the chunk: find out which, and let the others pass.
            log.debug("a chunk of %d articles failed; trying them one by one", len(read), exc_info=True)
            return [entry for single in read for entry in _outcomes([single], tools, settings, clock)]
        log.exception("%s: the pipeline failed", read[0][0].document)
        outcomes = [
            InputError("the pipeline failed on this article", "Run it alone with --verbose and report the trace.")
        ]
    return [
        failure(task, outcome)
        if isinstance(outcome, InputError)
        else Entry(task.document, task.sha256, False, outcome.payload())
        for (task, _), outcome in zip(read, outcomes, strict=True)
    ]
