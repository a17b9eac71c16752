"""`aligner reflag`: other thresholds for a finished run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.show import say, share


def reflag(
    run: Annotated[Path, typer.Argument(help="The run folder.")],
    threshold: Annotated[
        str | None, typer.Option(metavar="P", help="Divergent from this probability on, such as 0.4 or 40%.")
    ] = None,
    review: Annotated[
        str | None, typer.Option(metavar="P", help="For review from this one on (default: in step with the threshold).")
    ] = None,
    max_false_alarms: Annotated[
        str | None, typer.Option(metavar="SHARE", help="Instead: flag at most this share of true pairs, such as 2%.")
    ] = None,
) -> None:
    """Flag the rows of a run by other thresholds, without computing anything anew.

    Examples:

      aligner reflag corpus --threshold 0.4

      aligner reflag corpus --max-false-alarms 2%
    """
    from aligner import reflagging

    lower, divergent = reflagging.chosen(
        share(threshold, "--threshold"), share(review, "--review"), share(max_false_alarms, "--max-false-alarms")
    )
    summary, changed = reflagging.reflag(run, lower, divergent)
    say(f"divergent from {divergent:g}, review from {lower:g}: {changed} of {summary.aligned} rows changed")
    for notice in summary.notices:
        say(notice)
    say(summary.line())
