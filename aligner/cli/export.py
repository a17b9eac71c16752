"""`aligner export`: runs in the formats of other tools."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from aligner.cli.show import complain, say

if TYPE_CHECKING:
    from aligner.write.corpus import Problem

#: Lines of one sort that are shown unless --verbose asks for all.
_SHOWN = 20


def export(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN...", help="Run folders of `aligner align`.")],
    form: Annotated[str, typer.Option("--format", "-f", help="tsv, csv, xlsx, tmx, xliff, jsonl, parquet or moses.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write. Without it: standard output, if it is text.")
    ] = None,
    status: Annotated[str | None, typer.Option(help="Only these: equivalent, review, divergent (with commas).")] = None,
    min_similarity: Annotated[float | None, typer.Option(help="Only pairs at least this similar, such as 0.8.")] = None,
    kinds: Annotated[
        str | None, typer.Option(help="Only pairs with one of these kinds, such as number,negation.")
    ] = None,
    roles: Annotated[str | None, typer.Option(help="Only pairs with a side of these roles, such as caption.")] = None,
    dedupe: Annotated[
        str | None, typer.Option(help="exact: leave out pairs with the same texts. near: with nearly the same.")
    ] = None,
    reviewed: Annotated[
        bool,
        typer.Option("--reviewed", help="Leave out rejected pairs, take corrected texts and accepted pairs as equal."),
    ] = False,
    unaligned: Annotated[
        bool, typer.Option("--unaligned", help="Export the sentences without a counterpart instead of the pairs.")
    ] = False,
    source: Annotated[str, typer.Option(help="Source language in TMX and XLIFF: auto, nl, en, or all (TMX).")] = "auto",
    codes: Annotated[str, typer.Option(help="Language codes in TMX and XLIFF, such as nl-NL,en-GB.")] = "nl,en",
    locale: Annotated[str, typer.Option(help="nl: decimal commas, and semicolons in CSV, for a Dutch Excel.")] = "",
    excel_safe: Annotated[
        bool,
        typer.Option("--excel-safe", help="In CSV and TSV, an apostrophe before what Excel would take for a formula."),
    ] = False,
    bom: Annotated[
        bool | None, typer.Option("--bom/--no-bom", help="A byte order mark (default: in CSV, not in TSV).")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Every notice, not the first twenty.")] = False,
) -> None:
    """Write the pairs of one or several runs in another format.

    Examples:

      aligner export corpus --format tmx --status equivalent --out memory.tmx

      aligner export may june --format csv --locale nl --dedupe exact --out pairs.csv
    """
    from aligner.exporting import Choice
    from aligner.exporting import export as do_export

    choice = Choice(
        status=names(status),
        min_similarity=min_similarity,
        kinds=names(kinds),
        roles=names(roles),
        dedupe=dedupe or "",
        reviewed=reviewed,
        unaligned=unaligned,
    )
    outcome = do_export(
        runs,
        form,
        target(out),
        choice,
        source=source,
        codes=_codes(codes),
        locale=locale,
        excel_safe=excel_safe,
        bom=bom,
        force=force,
    )
    tell(outcome.problems, outcome.notices, verbose=verbose)
    say(outcome.line())
    if any(problem.dropped for problem in outcome.problems):
        raise typer.Exit(1)


def names(text: str | None) -> frozenset[str]:
    """A list with commas as a set of names."""
    return frozenset(name.strip().lower() for name in (text or "").split(",") if name.strip())


def target(out: Path | None) -> Path | IO[bytes]:
    """The file to write to, or standard output."""
    return sys.stdout.buffer if out is None or os.fspath(out) == "-" else out


def tell(problems: Sequence[Problem], notices: Sequence[str], *, verbose: bool) -> None:
    """What is wrong with the input, and what the reader of the output should know, on stderr."""
    for lines in ([str(problem) for problem in problems], list(notices)):
        for line in lines if verbose else lines[:_SHOWN]:
            complain(line)
        if len(lines) > _SHOWN and not verbose:
            say(f"  … and {len(lines) - _SHOWN:,} more of these (--verbose shows all)")


def _codes(text: str) -> tuple[str, str]:
    from aligner.errors import UsageError

    nl, _, en = (part.strip() for part in text.partition(","))
    valid = all(code.replace("-", "").isalnum() and code.isascii() for code in (nl, en))
    if not valid or nl.lower().split("-")[0] != "nl" or en.lower().split("-")[0] != "en":
        raise UsageError(f"--codes {text} are not codes for Dutch and English", "Give them as nl-NL,en-GB.")
    return nl, en
