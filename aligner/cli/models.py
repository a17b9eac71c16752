"""`aligner models`: encoders and translation packages."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli.show import plain, say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

models = typer.Typer(
    name="models", help="List, install and remove encoders and translation packages.", no_args_is_help=True
)


@models.command(name="list")
def list_() -> None:
    """Show what is bundled, installed and available; asks no network.

    Example:

      aligner models list
    """
    from aligner.models import list_models

    for model in list_models():
        size = f"{model.bytes / 1e6:.0f} MB" if model.bytes else ""
        cells = (model.name, model.kind, model.state, model.version, size, str(model.path or ""))
        sys.stdout.write("\t".join(plain(cell) for cell in cells) + "\n")


@models.command()
def install(
    names: Annotated[
        list[str],
        typer.Argument(metavar="NAME...", help="nl-en, en-nl, a .argosmodel file, or sentence-transformers/NAME."),
    ],
    replace: Annotated[bool, typer.Option("--replace", help="Replace what is there already.")] = False,
) -> None:
    """Install models, from the network or from files.

    Examples:

      aligner models install nl-en en-nl

      aligner models install translate-nl_en-1_8.argosmodel
    """
    from aligner.models import install as install_models

    with _Bars() as bars:
        done = install_models(names, progress=bars, replace=replace)
    for item in done:
        say(f"{item.name} {item.version}: {item.state} ({item.path})")


@models.command()
def remove(name: Annotated[str, typer.Argument(help="The name as `models list` shows it.")]) -> None:
    """Delete an installed model; what is bundled stays.

    Example:

      aligner models remove nl-en
    """
    from aligner.models import remove as remove_model

    for folder in remove_model(name):
        say(f"removed {folder}")


@models.command()
def path(name: Annotated[str, typer.Argument(help="The name as `models list` shows it.")]) -> None:
    """Print the folder of a model that is here.

    Example:

      aligner models path e5-small
    """
    from aligner.models import path as model_path

    sys.stdout.write(f"{model_path(name)}\n")


class _Bars:
    """A progress bar a download, on stderr, for people. Called with (what, bytes done, bytes in all)."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> _Bars:
        return self

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show how far a download is."""
        if not sys.stderr.isatty():
            return
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

            columns: tuple[Any, ...] = (
                TextColumn("{task.description}"),
                BarColumn(),
                DownloadColumn(),
                TransferSpeedColumn(),
            )
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
        if what not in self._tasks:
            self._tasks[what] = self._bar.add_task(plain(what), total=total or None)
        self._bar.update(self._tasks[what], completed=done, total=total or None)

    def __exit__(self, *exc: object) -> None:
        if self._bar is not None:
            self._bar.stop()
