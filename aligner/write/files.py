"""New files beside the old: written under a temporary name, flushed to disk, renamed; never over a file unasked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from aligner.errors import UsageError


def refuse_overwriting(paths: Sequence[Path], *, force: bool) -> None:
    """Raise `UsageError` if one of `paths` cannot be written, or exists and `force` is not given."""
    for path in paths:
        if path.is_dir():
            raise UsageError(f"{path} is a folder", "Give the name of a file.")
        if not path.absolute().parent.is_dir():
            raise UsageError(f"no such folder: {path.parent}", "Make it first, or choose another --out.")
        if path.exists() and not force:
            raise UsageError(f"{path} exists", "Use --force to replace it, or choose another name.")


@contextmanager
def replacing(paths: Sequence[Path], *, force: bool = False) -> Iterator[list[Path]]:
    """Temporary files, one for each of `paths`, that take their places when the block ends well.

    Raises `UsageError` if a file is in the way and `force` is not given, or the folder cannot be written to.
    """
    refuse_overwriting(paths, force=force)
    temporary = [path.with_name(f".{path.name}.{uuid4().hex[:8]}.tmp") for path in paths]
    try:
        for path in temporary:
            try:
                path.touch(exist_ok=False)
            except OSError as error:
                raise UsageError(
                    f"cannot write into {path.parent}: {error.strerror}", "Choose another --out."
                ) from error
        yield temporary
        for path in temporary:
            with path.open("rb+") as stream:
                os.fsync(stream.fileno())
        refuse_overwriting(paths, force=force)  # somebody may have made the file in the meantime
        for path, target in zip(temporary, paths, strict=True):
            path.replace(target)
    finally:
        for path in temporary:
            path.unlink(missing_ok=True)
