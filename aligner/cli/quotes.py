"""`aligner quotes`: the same quote in many articles."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.export import target, tell
from aligner.cli.show import say


def quotes(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN...", help="Run folders of `aligner align`.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write. Without it: standard output, if it is text.")
    ] = None,
    form: Annotated[str, typer.Option("--format", "-f", help="tsv, csv, xlsx, tmx or jsonl.")] = "tsv",
    speaker: Annotated[str, typer.Option(help="Only quotes of this person or body, such as 'Mark Rutte'.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Group the renderings of the same quote across articles and dates by speaker, and flag drift between them.

    Examples:

      aligner quotes may june --out quotes.tsv

      aligner quotes corpus --speaker "Mark Rutte" --format tmx --out rutte.tmx
    """
    from aligner.config import load_settings
    from aligner.quote_memory import quote_memory, write_memory
    from aligner.toolbox import open_tools

    memory = quote_memory(runs, open_tools(load_settings().changed(translate="none")), speaker=speaker)
    write_memory(memory, runs, form, target(out), force=force)
    tell(memory.problems, memory.notices, verbose=False)
    say(memory.line())
    if any(problem.dropped for problem in memory.problems):
        raise typer.Exit(1)
