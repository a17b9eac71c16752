"""`aligner check`: divergence of pairs that exist already."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.progress import ProgressBar
from aligner.cli.show import complain, say, share


def check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="TSV or CSV with columns nl and en, TMX, or -.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="File to write, CSV if it ends in .csv. Without it: TSV on standard output."),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(help="Which side is the original: nl or en. Default: a column 'original' of the file, else nl."),
    ] = None,
    quoting: Annotated[
        str,
        typer.Option(
            help="none: quote marks are text; minimal: they quote cells; auto: minimal if that fits every cell."
        ),
    ] = "auto",
    encoder: Annotated[
        str | None, typer.Option(help="A sentence-transformers model: e5-small (bundled), a folder, or a hub name.")
    ] = None,
    max_false_alarms: Annotated[
        str | None, typer.Option(metavar="SHARE", help="Flag at most this share of true pairs, such as 2%.")
    ] = None,
    terms: Annotated[str | None, typer.Option(help="A TSV of Dutch and English wordings that count as equal.")] = None,
    allow: Annotated[
        str | None, typer.Option(help="A TSV of accepted differences: Dutch, English, and optionally the kinds.")
    ] = None,
    probe: Annotated[
        bool, typer.Option("--probe", help="Plant mistakes in these pairs and tell how many would be found.")
    ] = False,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", help="Processor threads to use (default: all).")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the summary line and errors.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Traces of failures.")] = False,
) -> None:
    """Judge pairs that exist already, and add where and how their meanings differ.

    Examples:

      aligner check pairs.tsv > judged.tsv

      aligner check memory.tmx --out judged.csv --source en

      aligner check pairs.tsv --probe
    """
    from aligner.config import load_settings
    from aligner.errors import InputError, UsageError

    logging.basicConfig(stream=sys.stderr, format="%(name)s: %(message)s", level=logging.CRITICAL)
    logging.getLogger("aligner").setLevel(logging.DEBUG if verbose else logging.WARNING)
    if source not in {None, "nl", "en"}:
        raise UsageError(f"--source {source} is not known", "Choose nl or en.")
    alarms = share(max_false_alarms, "--max-false-alarms")
    settings = load_settings().changed(encoder=encoder, jobs=jobs, terms=terms)
    target = None if out is None or str(out) == "-" else out

    from aligner.checking import CheckSummary, accepted_from, check_file, settings_for

    settings = settings_for(settings, alarms)
    accepted = accepted_from(settings.terms, allow or "")
    summary: CheckSummary
    try:
        with ProgressBar(quiet=quiet, noun="pairs") as progress:
            if probe:
                from aligner.probing import probe_file

                summary = probe_file(file, target or sys.stdout, settings, quoting=quoting, progress=progress)
            else:
                summary = check_file(
                    file,
                    target or sys.stdout,
                    settings,
                    source=source,
                    quoting=quoting,
                    accepted=accepted,
                    progress=progress,
                )
    except InputError as error:
        complain(str(error), error.hint)
        say("0 pairs, 1 file failed")
        raise typer.Exit(1) from error
    if not quiet:
        for notice in summary.notices:
            say(notice)
    if summary.failed:
        complain(f"the judge failed on {summary.failed} of the pairs", "Run again with --verbose and report the trace.")
    say(summary.line())
    if summary.failed:
        raise typer.Exit(1)
