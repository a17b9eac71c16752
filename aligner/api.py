"""The jobs as functions that return data: no printing, no exit."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.batch import Event, Summary, run
from aligner.config import Settings
from aligner.errors import RunError, UsageError
from aligner.read.pairs import open_pairs, table_of
from aligner.read.reader import read_page, two_texts
from aligner.records import Document, Page, fold
from aligner.segment.document import segment
from aligner.toolbox import made_by, open_tools
from aligner.write.ledger import read_entries
from aligner.write.tsv import read_tsv

if TYPE_CHECKING:
    import pandas as pd

    from aligner.alignment.bitext.documents import Bead


@dataclass(frozen=True)
class Alignment:
    """What `align` returns: the three tables of a run folder as frames of strings, and the counts."""

    corpus: pd.DataFrame
    unaligned: pd.DataFrame
    failures: pd.DataFrame
    summary: Summary


def align(
    paths: Sequence[str | Path] | str | Path,
    *,
    out: str | Path | None = None,
    settings: Settings | None = None,
    fresh: bool = False,
    progress: Callable[[Event], None] = lambda event: None,
    **flags: Any,
) -> Alignment:
    """Align articles: files, folders or globs. Without `out` nothing stays on disk.

    `flags` are fields of `Settings` (`translate="none"`). Raises `UsageError` if no input matches or a
    flag is unknown, `RunError` if `out` cannot be used; a bad input becomes a row of `failures`.
    """
    inputs = [paths] if isinstance(paths, str | Path) else list(paths)
    try:
        chosen = (settings or Settings()).changed(**flags)
    except TypeError as error:
        raise UsageError(f"unknown setting: {error}", "See aligner.Settings for the names.") from error
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(out) if out is not None else Path(scratch)
        summary = run_into(folder, [str(path) for path in inputs], chosen, fresh=fresh, progress=progress)
        corpus, unaligned, failures = (read_tsv(folder / f"{name}.tsv") for name in ("corpus", "unaligned", "failures"))
    return Alignment(corpus, unaligned, failures, summary)


def run_into(
    out: Path,
    inputs: Sequence[str],
    settings: Settings,
    *,
    caption: Path | None = None,
    body: Path | None = None,
    fresh: bool = False,
    progress: Callable[[Event], None] = lambda event: None,
) -> Summary:
    """Align into a run folder; `caption` and `body` are two loose texts that count as one article."""
    pages: list[Page] = []
    if caption is not None and body is not None:
        pages.append(two_texts(caption, body))
    return run(
        inputs,
        out,
        settings,
        pages=pages,
        made_by=made_by(settings),
        fresh=fresh,
        progress=progress,
    )


def check(
    pairs: Any,
    *,
    source: str | None = None,
    quoting: str = "auto",
    terms: str | Path | Iterable[Sequence[str]] = (),
    allow: str | Path | Iterable[Sequence[str]] = (),
    max_false_alarms: float | None = None,
    settings: Settings | None = None,
    progress: Callable[[Event], None] = lambda event: None,
    **flags: Any,
) -> pd.DataFrame:
    """Judge existing pairs: (nl, en) tuples, mappings, a frame, or the path of a TSV, CSV or TMX file.

    Returns their columns as strings, with the divergence columns behind; rows and order are kept. `terms` and `allow`
    are files or rows as `aligner.judge.terms` has them; the other arguments are those of `aligner check`. Raises
    `UsageError` for unknown arguments and `InputError` for a file that cannot be read.
    """
    import pandas as pd

    from aligner import checking

    try:
        chosen = (settings or Settings()).changed(**flags)
    except TypeError as error:
        raise UsageError(f"unknown setting: {error}", "See aligner.Settings for the names.") from error
    if source not in {None, "nl", "en"}:
        raise UsageError(f"source = {source!r} is not known", "Choose nl or en.")
    chosen = checking.settings_for(chosen, max_false_alarms)
    accepted = checking.accepted_from(terms or chosen.terms or (), allow)
    opened = open_pairs(pairs, quoting) if isinstance(pairs, str | Path) else nullcontext(table_of(pairs))
    with opened as table:
        header, rows, _ = checking.check_table(
            table, open_tools(chosen), source=source, accepted=accepted, progress=progress
        )
        return pd.DataFrame(list(rows), columns=pd.Index(header), dtype=str)


@dataclass(frozen=True)
class Bitext:
    """What `pair` returns: the beads in order (see `Bead`), the table of `aligner pair`, and what seems wrong."""

    beads: list[Bead]
    table: pd.DataFrame
    warnings: list[str]

    def __iter__(self) -> Iterator[Bead]:
        """The beads."""
        return iter(self.beads)

    def __len__(self) -> int:
        """How many beads there are."""
        return len(self.beads)


def pair(
    nl_sentences: Sequence[str],
    en_sentences: Sequence[str],
    *,
    langs: tuple[str, str] = ("nl", "en"),
    source: str | None = None,
    judge: bool = True,
    settings: Settings | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    **flags: Any,
) -> Bitext:
    """Align two whole documents given as sentences; with other `langs` the two need not be Dutch and English.

    Blank sentences keep their index. `source` is the language of the original (default: the first). Without `judge`
    (and for other languages) the table has no verdicts. Raises `UsageError` for unknown arguments.
    """
    import pandas as pd

    from aligner import pairing
    from aligner.write.tsv import cell

    try:
        chosen = (settings or Settings()).changed(**{"translate": "none", **flags})
    except TypeError as error:
        raise UsageError(f"unknown setting: {error}", "See aligner.Settings for the names.") from error
    codes = pairing.languages(",".join(langs))
    if source is not None and source not in codes:
        raise UsageError(f"source = {source!r} is none of {codes}", "Choose one of the two languages.")
    texts = [
        pairing.Text(lang, lang, tuple(map(fold, sentences)))
        for lang, sentences in zip(codes, (nl_sentences, en_sentences), strict=True)
    ]
    tools = open_tools(chosen)
    paired = pairing.pair_texts(texts[0], texts[1], tools, progress)
    names = pairing.columns(paired)
    cells = [[cell(row.get(name)) for name in names] for row in pairing.rows(paired, tools, source or "", judge=judge)]
    return Bitext(paired.beads, pd.DataFrame(cells, columns=pd.Index(names), dtype=str), paired.warnings)


def inspect(path: str | Path, *, columns: str = "") -> dict[str, Any]:
    """Blocks, languages, sentences, quotes and speakers of one input, as `inspect --json` prints them.

    Of an archive the first article, or the one that the path goes on to name (`dump.jsonl/000123`). All `start`
    and `end` are character offsets into `text`. Raises `InputError` if it cannot be read.
    """
    return described(segment(read_page(str(path), columns)))


def described(document: Document) -> dict[str, Any]:
    """A document as plain data, in the contract's form."""
    text = document.text
    sentences: list[list[dict[str, Any]]] = [[] for _ in document.blocks]
    for s in document.sentences:
        sentences[s.block].append({"start": s.span.start, "end": s.span.end, "text": s.span.of(text), "lang": s.lang})
    return {
        "document": document.document,
        "text": text,
        "title": document.title,
        "date": document.date,
        "lang": document.lang,
        "blocks": [
            {
                "role": str(block.role),
                "lang": block.lang,
                "lang_confidence": round(block.lang_confidence, 3),
                "start": block.span.start,
                "end": block.span.end,
                "text": block.span.of(text),
                "sentences": sentences[number],
            }
            for number, block in enumerate(document.blocks)
        ],
        "quotes": [
            {
                "start": quote.span.start,
                "end": quote.span.end,
                "text": quote.span.of(text),
                "lang": quote.lang,
                "kind": str(quote.kind),
                "speaker": quote.speaker,
                "speaker_full": quote.speaker_full,
                "cue": quote.cue,
                "block": quote.block,
            }
            for quote in document.quotes
        ],
        "credits": list(document.credits),
    }


def find_row(run_folder: Path, row_id: str) -> dict[str, Any]:
    """The row of a run whose id begins with `row_id`: `{row, details, thresholds}`.

    Raises `RunError` if the folder is no run, or no row or several rows match.
    """
    found = [
        (row, entry.payload["details"][row["id"]])
        for entry in read_entries(run_folder)
        if not entry.failed
        for row in entry.payload["rows"]
        if row["id"].startswith(row_id)
    ]
    if not row_id or not found:
        raise RunError(f"no row of this run has the id {row_id!r}", "Take an id from the first column of corpus.tsv.")
    if len(found) > 1:
        raise RunError(f"{len(found)} rows have an id that begins with {row_id!r}", "Give more of its characters.")
    row, details = found[0]
    scores = details["scores"]
    return {
        "row": row,
        "details": details,
        "thresholds": {"review": scores["threshold.review"], "divergent": scores["threshold.divergent"]},
    }


__all__ = ["Alignment", "Bitext", "align", "check", "described", "find_row", "inspect", "pair", "run_into"]
