"""`aligner review`: a table for people to decide in, and their decisions back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.export import names, target, tell
from aligner.cli.show import complain, plain, say

review = typer.Typer(
    name="review",
    help="Write a table of the pairs for people to accept, reject or correct, and read it back.",
    epilog="Example: aligner review export corpus review.xlsx",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@review.command("export")
def export_file(
    run: Annotated[Path, typer.Argument(help="The run folder.")],
    file: Annotated[
        Path | None, typer.Argument(help="File to write: .xlsx, .csv or .tsv. Without it: TSV on standard output.")
    ] = None,
    status: Annotated[str | None, typer.Option(help="Only these: equivalent, review, divergent (with commas).")] = None,
    excel_safe: Annotated[
        bool, typer.Option("--excel-safe", help="In CSV and TSV, an apostrophe before what Excel takes for a formula.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Write the pairs with empty columns for a verdict (accept, reject or correct), corrected texts and a comment.

    Example:

      aligner review export corpus review.xlsx --status review,divergent
    """
    from aligner.reviewing import export_review

    told = export_review(run, target(file), status=names(status), excel_safe=excel_safe, force=force)
    tell(told.problems, told.notices, verbose=False)
    say(f"{told.written} rows written, {told.decided} with a verdict")
    if any(problem.dropped for problem in told.problems):
        raise typer.Exit(1)


@review.command("import")
def import_file(
    run: Annotated[Path, typer.Argument(help="The run folder.")],
    file: Annotated[Path, typer.Argument(help="The file that people filled in, or that the report saved.")],
    force: Annotated[bool, typer.Option("--force", help="Where the run has another verdict, take the file's.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Every notice, not the first twenty.")] = False,
) -> None:
    """Take people's verdicts into the run, and tell how often the flags were right.

    Example:

      aligner review import corpus review.xlsx
    """
    from aligner.reviewing import import_review

    told = import_review(run, file, force=force)
    tell(told.problems, [*told.stale, *told.conflicts, *told.notices], verbose=verbose)
    sys.stdout.write(f"{'kind':<14}{'rows':>8}{'reviewed':>10}{'right':>8}{'wrong':>8}{'share right':>13}\n")
    for line in told.table:
        share = f"{line.right / line.reviewed:.0%}" if line.reviewed else "–"
        sys.stdout.write(
            f"{plain(line.kind):<14}{line.flagged:>8}{line.reviewed:>10}{line.right:>8}{line.wrong:>8}{share:>13}\n"
        )
    say(told.line())
    if told.stale or told.conflicts:
        complain("some rows were not taken", "They are named above; correct the file and import it again.")
        raise typer.Exit(1)
