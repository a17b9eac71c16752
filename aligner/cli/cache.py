"""`aligner cache`: how much is kept of earlier runs, and emptying it."""

from __future__ import annotations

import sys

import typer

from aligner.cli.show import say

cache = typer.Typer(
    name="cache",
    help="Embeddings and translations kept from earlier runs: how much, and emptying them.",
    epilog="Example: aligner cache info",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@cache.command()
def info() -> None:
    """One line a cache: name, entries, megabytes, file.

    Example:

      aligner cache info
    """
    from aligner.caching import caches

    for each in caches():
        entries = "damaged" if each.entries is None else each.entries
        sys.stdout.write(f"{each.name}\t{entries}\t{each.size / 1e6:.1f} MB\t{each.path}\n")


@cache.command()
def clear() -> None:
    """Empty the caches; the next run computes again.

    Example:

      aligner cache clear
    """
    from aligner.caching import clear as empty

    for each in empty():
        say(f"{each.name}: {each.size / 1e6:.1f} MB removed")
