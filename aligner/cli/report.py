"""`aligner report`: a run as one page for people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.export import tell
from aligner.cli.show import say


def report(
    run: Annotated[Path, typer.Argument(help="The run folder.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write (default: report.html in the run folder).")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Every notice, not the first twenty.")] = False,
) -> None:
    """Write one self-contained HTML page: flagged pairs first, differing words marked, verdicts with the keyboard.

    Example:

      aligner report corpus
    """
    from aligner.write.report import write_report

    told = write_report(run, out, force=force)
    tell(told.problems, [], verbose=verbose)
    say(f"{told.path}: {told.pairs} pairs, {told.flagged} flagged")
    if any(problem.dropped for problem in told.problems):
        raise typer.Exit(1)
