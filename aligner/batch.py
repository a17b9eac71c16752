"""A run over many inputs: read, hand to the pipeline in chunks, record each article, write the files.

The disk's side of `pipeline`: it knows the ledger and the run folder, and tells progress as events; it
prints nothing. One bad input costs only itself.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

from aligner import __version__
from aligner.config import Settings
from aligner.errors import InputError, ModelError
from aligner.pipeline import Result, Stopwatch, Tools, process
from aligner.read.archives.columns import parse_columns
from aligner.read.archives.stream import articles
from aligner.read.article import Article
from aligner.read.inputs import find_inputs
from aligner.read.reader import read_article
from aligner.records import Page
from aligner.write import tsv
from aligner.write.ledger import Entry, Ledger

log = logging.getLogger(__name__)

#: Articles whose texts are embedded together: 16 fill the encoder's batch shapes, and their token states
#: stay under 100 MB.
CHUNK = 16


@dataclass(frozen=True, slots=True)
class Event:
    """Progress: `done` of `total` inputs, after `document` with what became of it."""

    document: str
    done: int
    total: int
    rows: int = 0
    flagged: int = 0
    error: str = ""


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
    tools: Callable[[], Tools],
    *,
    pages: Iterable[Page] = (),
    made_by: Mapping[str, Any] = MappingProxyType({}),
    fresh: bool = False,
    progress: Callable[[Event], None] = lambda event: None,
) -> Summary:
    """Align `inputs` (and `pages` already read) into the run folder `out`; finished articles are not done again.

    `made_by` names what else decides the rows (versions, models, contents of files): a folder made by something else
    is refused. `tools` is called once, and only if there is work. Raises `UsageError` if no input matches and
    `RunError` if the folder cannot be used; a bad input becomes a line of `failures.tsv`.
    """
    clock = Stopwatch()
    found = find_inputs(inputs, settings.include) if inputs else None
    items = found.items if found else ()
    passed = Counter[str]()  # records of archives that are no articles, by reason
    columns = parse_columns(settings.columns)
    stream = chain(articles(items, columns, lambda reason: passed.update([reason])), pages)
    loaded = _Once(tools, clock)
    with Ledger(out, settings.signature() | dict(made_by), fresh=fresh) as ledger:
        done = ledger.done()
        # Failures inside archives are forgotten too: all of them are read again now.
        ledger.forget_failures({item.document for item in items})
        resumed = 0
        count = 0
        for chunk in _chunks(stream, CHUNK):
            waiting: list[tuple[Page, str]] = []
            for item in chunk:
                name = item.document
                try:
                    with clock("read"):
                        page, sha256 = _load(item, done.get(name))
                except InputError as error:
                    count += 1
                    ledger.put(_failure(name, "", error))
                    progress(Event(name, count, max(len(items), count), error=str(error)))
                    continue
                if page is None:
                    resumed += 1
                    count += 1
                    progress(Event(name, count, max(len(items), count)))
                else:
                    waiting.append((page, sha256))
            for page, sha256, outcome in _outcomes(waiting, loaded, settings, clock):
                entry = (
                    _failure(page.document, sha256, outcome)
                    if isinstance(outcome, InputError)
                    else Entry(page.document, sha256, False, outcome.payload())
                )
                with clock("write"):
                    ledger.put(entry)
                count += 1
                progress(_event(entry, count, max(len(items), count)))
        with clock("write"):
            summary = write_files(out, ledger)
        summary.resumed = resumed
        summary.skipped = (len(found.skipped) if found else 0) + passed.total()
        if passed:
            told = ", ".join(f"{count} {reason}" for reason, count in passed.most_common(5))
            summary.notices.append(f"passed over in archives: {told}")
        if loaded.tools is not None:
            summary.notices.extend(loaded.tools.notices)
        summary.seconds = clock.seconds
        _write_run_json(out, settings, summary, loaded.tools, ledger)
    return summary


class _Once:
    """Builds the tools at the first call and keeps them."""

    def __init__(self, build: Callable[[], Tools], clock: Stopwatch) -> None:
        self._build = build
        self._clock = clock
        self.tools: Tools | None = None

    def __call__(self) -> Tools:
        if self.tools is None:
            with self._clock("load"):
                self.tools = self._build()
        return self.tools


def _load(item: Article | Page, done: str | None) -> tuple[Page | None, str]:
    """The page and the SHA-256 of its bytes; no page if those were `done` already."""
    if isinstance(item, Page):
        sha256 = hashlib.sha256(item.text.encode("utf-8", "surrogatepass")).hexdigest()
        return (None if sha256 == done else item), sha256
    sha256 = item.sha256
    if sha256 == done and not item.problem:
        return None, sha256
    try:
        return read_article(item), sha256
    except InputError:
        raise
    except Exception as error:
        log.exception("%s: the reader failed", item.document)
        raise InputError(
            f"the reader failed on this article ({type(error).__name__})",
            "Run it alone with --verbose and report the trace.",
        ) from error


def _outcomes(
    waiting: Sequence[tuple[Page, str]], tools: _Once, settings: Settings, clock: Stopwatch
) -> Iterator[tuple[Page, str, Result | InputError]]:
    if not waiting:
        return
    pages = [page for page, _ in waiting]
    built = tools()
    try:
        outcomes = process(pages, built, settings, clock)
    except ModelError:
        # The model fails to load at its first use: no article's fault, and the next would fail alike.
        raise
    except Exception:
        if len(waiting) > 1:
            # One article broke the chunk: find out which, and let the others pass.
            log.debug("a chunk of %d articles failed; trying them one by one", len(waiting), exc_info=True)
            for single in waiting:
                yield from _outcomes([single], tools, settings, clock)
            return
        log.exception("%s: the pipeline failed", pages[0].document)
        outcomes = [
            InputError("the pipeline failed on this article", "Run it alone with --verbose and report the trace.")
        ]
    yield from ((page, sha256, outcome) for (page, sha256), outcome in zip(waiting, outcomes, strict=True))


def _failure(document: str, sha256: str, error: InputError) -> Entry:
    return Entry(document, sha256, True, {"error": str(error), "hint": error.hint})


def _event(entry: Entry, done: int, total: int) -> Event:
    if entry.failed:
        return Event(entry.document, done, total, error=entry.payload["error"])
    rows = entry.payload["rows"]
    return Event(entry.document, done, total, len(rows), sum(row["status"] == "divergent" for row in rows))


def write_files(out: Path, ledger: Ledger) -> Summary:
    """Write `corpus.tsv`, `unaligned.tsv` and `failures.tsv` from the ledger; returns their counts."""
    summary = Summary()

    def corpus() -> Iterator[dict[str, Any]]:
        for entry in ledger.entries():
            summary.documents += 1
            for row in () if entry.failed else entry.payload["rows"]:
                summary.aligned += 1
                summary.flagged += row["status"] == "divergent"
                summary.review += row["status"] == "review"
                yield row

    def unaligned() -> Iterator[dict[str, Any]]:
        for entry in ledger.entries():
            for row in () if entry.failed else entry.payload["unaligned"]:
                summary.unaligned += 1
                yield row

    def failures() -> Iterator[dict[str, Any]]:
        for entry in ledger.entries():
            if entry.failed:
                summary.failed += 1
                yield {"document": entry.document, **entry.payload}

    tsv.write_tsv(out / "corpus.tsv", corpus(), tsv.CORPUS_COLUMNS)
    tsv.write_tsv(out / "unaligned.tsv", unaligned(), tsv.UNALIGNED_COLUMNS)
    tsv.write_tsv(out / "failures.tsv", failures(), tsv.FAILURE_COLUMNS)
    return summary


def _write_run_json(out: Path, settings: Settings, summary: Summary, tools: Tools | None, ledger: Ledger) -> None:
    path = out / "run.json"
    models = tools.models() if tools is not None else _models_before(path)
    record = {
        "version": __version__,
        "written": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "settings": settings.signature(),
        "models": models,
        "counts": {
            name: getattr(summary, name)
            for name in ("documents", "aligned", "flagged", "review", "unaligned", "failed", "resumed", "skipped")
        },
        "seconds": {name: round(value, 3) for name, value in summary.seconds.items()},
        "inputs": {entry.document: entry.sha256 for entry in ledger.entries()},
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


def _chunks(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
