"""`aligner translate`: lines in, lines out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.show import say


def translate(
    to: Annotated[str, typer.Option("--to", help="The language wanted: nl or en.")],
    file: Annotated[str, typer.Argument(metavar="[FILE]", help="A text file, or - for standard input.")] = "-",
    translator: Annotated[str, typer.Option(help="auto, argos or bundled.")] = "auto",
) -> None:
    """Translate line by line: one line out for every line in, empty lines kept.

    Examples:

      aligner translate captions.txt --to en

      echo "Goedemorgen." | aligner translate --to en
    """
    from aligner.errors import UsageError
    from aligner.translation.service import translate_texts

    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}", "Check the path and the permissions.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is not UTF-8", "Save it as UTF-8 text.") from error
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    failed = 0
    for number, outcome in enumerate(translate_texts(lines, to, translator), start=1):
        sys.stdout.write(f"{' '.join(outcome.text.split())}\n")
        if outcome.failed:
            failed += 1
            say(f"line {number}: {outcome.failed}")
    say(f"{len(lines)} lines, {failed} not translated")
