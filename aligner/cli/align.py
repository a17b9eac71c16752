"""`aligner align`: the main job."""

from __future__ import annotations

import logging
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

from aligner.cli.progress import JsonEvents, ProgressBar, print_summary
from aligner.cli.show import complain, print_pairs, say


def align(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT...",
            help="Files, folders, globs, - for standard input; archives of articles (WARC, RSS, JSONL, CSV, Parquet).",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Run folder to write. Without it, the pairs go to standard output."),
    ] = None,
    caption: Annotated[Path | None, typer.Option(help="A text with the caption, for --body.")] = None,
    body: Annotated[Path | None, typer.Option(help="A text with the article, for --caption.")] = None,
    translate: Annotated[str | None, typer.Option(help="Which texts to translate: aligned, all or none.")] = None,
    translator: Annotated[str | None, typer.Option(help="auto, argos or bundled.")] = None,
    encoder: Annotated[
        str | None, typer.Option(help="A sentence-transformers model: e5-small (bundled), a folder, or a hub name.")
    ] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", help="Processors to use (default: all).")] = None,
    cluster: Annotated[
        str | None,
        typer.Option(help="Do the work on a Dask cluster: tcp://HOST:PORT, or local. Needs the extra [dask]."),
    ] = None,
    report: Annotated[bool | None, typer.Option("--report", help="Also write report.html into the run folder.")] = None,
    include: Annotated[
        list[str] | None, typer.Option(help="In folders, read files of this name too (a glob such as '*.md').")
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(help="Columns of tables and JSON records, such as caption=bijschrift,body=tekst (else guessed)."),
    ] = None,
    terms: Annotated[str | None, typer.Option(help="A TSV of house terms and names that count as equal.")] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Begin anew in a run folder that holds a run already.")
    ] = False,
    events: Annotated[
        bool, typer.Option("--json", help="With --out: progress as JSON objects, one a line, on standard output.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the summary line and errors.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Seconds a stage, and traces of failures.")] = False,
) -> None:
    """Pair captions with the body text that says the same, translate both, and flag divergence.

    Examples:

      aligner align article.txt

      aligner align articles/ --out corpus --translate all

      aligner align crawl.warc.gz feed.xml --out corpus

      aligner align dump.jsonl.gz --columns caption=bijschrift,body=tekst --out corpus

      aligner align --caption caption.txt --body article.txt
    """
    from aligner.config import load_settings
    from aligner.errors import UsageError

    logging.basicConfig(stream=sys.stderr, format="%(name)s: %(message)s", level=logging.CRITICAL)
    logging.getLogger("aligner").setLevel(logging.DEBUG if verbose else logging.WARNING)
    settings = load_settings().changed(
        translate=translate,
        translator=translator,
        encoder=encoder,
        jobs=jobs,
        cluster=cluster,
        report=report,
        include=tuple(include) if include else None,
        columns=columns,
        terms=terms,
    )
    if (caption is None) != (body is None):
        raise UsageError("--caption and --body belong together", "Give both files, or an article that holds both.")
    if not inputs and caption is None:
        raise UsageError(
            "no input given", "Give files, folders or globs, such as: aligner align articles/ --out corpus"
        )

    if settings.report and out is None:
        raise UsageError("--report needs a run folder", "Add --out FOLDER.")
    if events and out is None:
        raise UsageError("--json needs a run folder: without one the pairs go to standard output", "Add --out FOLDER.")
    from aligner.api import run_into

    progress = JsonEvents() if events else ProgressBar(quiet=quiet)
    with tempfile.TemporaryDirectory() as scratch, progress:
        folder = out or Path(scratch)
        summary = run_into(folder, inputs or [], settings, caption=caption, body=body, fresh=fresh, progress=progress)
        if out is None:
            _to_stdout(folder)
        elif settings.report:
            from aligner.write.report import write_report

            say(f"{write_report(out).path}: open it in a browser")
        for row in _rows(folder / "failures.tsv"):
            complain(f"{row['document']}: {row['error']}", row["hint"])
    if isinstance(progress, JsonEvents):
        progress.end(summary)
    elif out is not None and not quiet and sys.stderr.isatty():
        print_summary(summary, progress.tally)
    if not quiet:
        for notice in summary.notices:
            say(notice)
        if summary.skipped:
            say(f"{summary.skipped} files or records skipped that are no articles (--include GLOB reads more)")
    if verbose:
        say("seconds: " + ", ".join(f"{stage} {seconds:.2f}" for stage, seconds in summary.seconds.items()))
    say(summary.line())
    if summary.failed:
        raise typer.Exit(1)


def _to_stdout(folder: Path) -> None:
    if sys.stdout.isatty():
        print_pairs(_rows(folder / "corpus.tsv"), _rows(folder / "unaligned.tsv"))
        return
    sys.stdout.write((folder / "corpus.tsv").read_text(encoding="utf-8"))
    for row in _rows(folder / "unaligned.tsv"):
        say(f"unaligned ({row['reason']}): {row['document']}: {row['text']}")


def _rows(path: Path) -> list[dict[str, Any]]:
    header, *lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    names = header.split("\t")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines]
