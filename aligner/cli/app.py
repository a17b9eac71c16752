"""The command `aligner`: one shell a command, data on stdout, everything else on stderr.

Commands import what they need when they run, so that `--help` stays quick.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import Annotated

import typer

from aligner import __version__
from aligner.cli.align import align
from aligner.cli.cache import cache
from aligner.cli.check import check
from aligner.cli.doctor import doctor
from aligner.cli.explain import explain
from aligner.cli.export import export
from aligner.cli.inspect import inspect
from aligner.cli.models import models
from aligner.cli.pair import pair
from aligner.cli.quotes import quotes
from aligner.cli.reflag import reflag
from aligner.cli.report import report
from aligner.cli.review import review
from aligner.cli.show import complain
from aligner.cli.translate import translate
from aligner.errors import AlignerError

INTERRUPTED = 130

app = typer.Typer(
    name="aligner",
    help="Pair Dutch and English captions with the body text that says the same, and flag where the meaning diverges.",
    epilog="Example: aligner align articles/ --out corpus",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command()(align)
app.command()(check)
app.command()(pair)
app.command()(inspect)
app.command()(explain)
app.command()(reflag)
app.command()(export)
app.command()(report)
app.command()(quotes)
app.command()(translate)
app.add_typer(review)
app.add_typer(models)
app.add_typer(cache)
app.command()(doctor)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"aligner {__version__}\n")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options before the command."""


def _interrupt(number: int, frame: FrameType | None) -> None:
    """SIGTERM is met as Ctrl-C is: what is done gets written, children are ended."""
    raise KeyboardInterrupt


def main() -> None:
    """Run the command line; an `AlignerError` becomes two lines on stderr and 2, Ctrl-C (or SIGTERM) 130."""
    signal.signal(signal.SIGTERM, _interrupt)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = app(standalone_mode=False)
    except (typer.Abort, KeyboardInterrupt):
        status = INTERRUPTED
    except AlignerError as error:
        complain(str(error), error.hint)
        status = 2
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): keep Python from complaining again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except Exception as error:
        # Click's own usage errors; anything else is a bug and keeps its trace.
        if not hasattr(error, "exit_code") or not hasattr(error, "show"):
            raise
        error.show()
        status = error.exit_code
    if status == INTERRUPTED:  # Typer turns Ctrl-C into this status by itself
        complain("interrupted", "The same command goes on where it stopped.")
    sys.exit(status or 0)
