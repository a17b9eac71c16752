"""`aligner pair`: two whole documents, many-to-many."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.progress import ProgressBar
from aligner.cli.show import complain, say

FORMATS = ("tsv", "ladder")


def pair(
    a: Annotated[str, typer.Argument(metavar="A", help="A document of any suffix, or - for standard input.")],
    b: Annotated[
        str | None,
        typer.Argument(metavar="[B]", help="Its translation. Without it, A is a table with columns nl and en."),
    ] = None,
    langs: Annotated[str, typer.Option(help="Language codes of A and B. Dutch and English are judged too.")] = "nl,en",
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            "-o",
            help="File to write, or (existing, or ending in /) a run folder for export, report and review. "
            "Without it: standard output.",
        ),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", help="tsv: texts, scores, divergence; ladder: [0,1]:[2]:cost a line, 0-based.")
    ] = "tsv",
    split_lines: Annotated[
        bool, typer.Option("--split-lines", help="Take one sentence a line; blank lines count.")
    ] = False,
    source: Annotated[
        str | None, typer.Option(help="Language of the original, which the other renders (default: that of A).")
    ] = None,
    encoder: Annotated[
        str | None, typer.Option(help="A sentence-transformers model: e5-small (bundled), a folder, or a hub name.")
    ] = None,
    terms: Annotated[str | None, typer.Option(help="A TSV of house terms and names that count as equal.")] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", help="Processor threads to use (default: all).")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the summary line and errors.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Traces of failures.")] = False,
) -> None:
    """Align two whole documents: sentences that say the same, in any number, with what is missing or has moved.

    Every sentence is in exactly one row. A passage that stands elsewhere in the other document is marked as moved.
    Dutch–English rows get the divergence columns of `aligner check`; other languages have none.

    Examples:

      aligner pair brief.nl.txt letter.en.txt --out pairs.tsv

      aligner pair brief.nl.txt letter.en.txt --out corpus/ && aligner export corpus --format tmx --out corpus.tmx

      aligner pair bilingual-page.tsv --out pairs.tsv

      aligner pair a.de a.fr --langs de,fr --split-lines --format ladder
    """
    from aligner.config import load_settings
    from aligner.errors import InputError, UsageError

    logging.basicConfig(stream=sys.stderr, format="%(name)s: %(message)s", level=logging.CRITICAL)
    logging.getLogger("aligner").setLevel(logging.DEBUG if verbose else logging.WARNING)
    if form not in FORMATS:
        raise UsageError(f"--format {form} is not known", f"Choose one of: {', '.join(FORMATS)}.")
    settings = load_settings().changed(encoder=encoder, jobs=jobs, terms=terms, translate="none")

    from aligner import pairing
    from aligner.batch import Event
    from aligner.checking import check_target
    from aligner.toolbox import open_tools
    from aligner.write.tsv import lines

    codes = pairing.languages(langs)
    if b is None and codes != ("nl", "en"):
        raise UsageError("a table holds its documents in columns nl and en", "Give two files for other languages.")
    if source is not None and source not in codes:
        raise UsageError(f"--source {source} is none of {langs}", f"Choose {codes[0]} or {codes[1]}.")
    target = None if out in {None, "-"} else Path(out or "")
    folder = target if out and target and (target.is_dir() or out.endswith("/")) else None
    if folder is not None and (form == "ladder" or set(codes) != {"nl", "en"}):
        raise UsageError("a run folder holds Dutch and English as TSV", "Give --out the name of a file instead.")
    if target is not None and folder is None:
        check_target(target)
    try:
        if b is None:
            texts = pairing.read_columns(a, split_lines=split_lines)
        else:
            texts = (
                pairing.read_side(a, codes[0], split_lines=split_lines),
                pairing.read_side(b, codes[1], split_lines=split_lines),
            )
    except InputError as error:
        complain(str(error), error.hint)
        say("0 aligned, 0 flagged, 0 unaligned, 1 failed")
        raise typer.Exit(1) from error
    tools = open_tools(settings)
    with ProgressBar(quiet=quiet, noun="sentences") as bar:
        paired = pairing.pair_texts(texts[0], texts[1], tools, lambda done, total: bar(Event("", done, total)))
    for warning in paired.warnings:
        complain(warning)
    if folder is not None:
        from aligner.pairing_run import write_run

        write_run(paired, tools, settings, folder, source or "")
    elif form == "ladder":
        _write(target, pairing.ladder(paired.beads))
    else:
        table = lines(pairing.rows(paired, tools, source or ""), pairing.columns(paired))
        _write(target, table)
    if not quiet:
        for notice in tools.notices:
            say(notice)
    say(paired.line())
    if paired.failed:
        raise typer.Exit(1)


def _write(target: Path | None, content: Iterable[str]) -> None:
    from aligner.write.tsv import write_atomically

    if target is None:
        sys.stdout.writelines(content)
    else:
        write_atomically(target, lambda stream: stream.writelines(content))
