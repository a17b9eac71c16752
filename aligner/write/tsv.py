"""The TSV dialect of the contract: header line, tab, LF, no quoting and no escaping.

A tab, CR or LF inside a cell becomes one space, and `"` is literal, so that a line is always a row.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from uuid import uuid4

from aligner.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

CORPUS_COLUMNS = [
    "id",
    "document",
    "nl",
    "en",
    "alignment",
    "original",
    "nl_role",
    "en_role",
    "nl_start",
    "nl_end",
    "en_start",
    "en_end",
    "quote",
    "nl_speaker",
    "en_speaker",
    "similarity",
    "divergence",
    "status",
    "severity",
    "kinds",
    "nl_span",
    "en_span",
    "evidence",
    "suggestion",
    "nl_in_en",
    "en_in_nl",
    "translator",
    "encoder",
]
UNALIGNED_COLUMNS = [
    "document",
    "lang",
    "role",
    "start",
    "end",
    "text",
    "reason",
    "best_text",
    "best_score",
    "translation",
]
FAILURE_COLUMNS = ["document", "error", "hint"]

# What Python's str.splitlines would also break at stays: only these three end a cell or a line in TSV.
_BREAKS = re.compile(r"\r\n|[\t\r\n]")


def cell(value: object) -> str:
    """`value` as a cell: None is empty, a float has three decimals, breaks become one space."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3f}"
    # NUL ends a string inside pandas' C parser; no reader lets one through, but rows may come from elsewhere.
    return _BREAKS.sub(" ", str(value)).replace("\0", "\ufffd")


def lines(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Iterable[str]:
    """The header and one line a row, each with its LF; missing values are empty cells."""
    yield "\t".join(columns) + "\n"
    for row in rows:
        yield "\t".join(cell(row.get(name)) for name in columns) + "\n"


def write_tsv(path: Path, rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Write `rows` to `path` by a temporary file and rename: a reader sees the old file or the new one."""

    def body(stream: IO[str]) -> None:
        stream.writelines(lines(rows, columns))

    write_atomically(path, body)


def write_atomically(path: Path, body: Any) -> None:
    """Call `body(stream)` on a temporary UTF-8 file beside `path`, flush it to disk and rename it there."""
    with atomically(path) as stream:
        body(stream)


@contextmanager
def table(path: Path, columns: Sequence[str]) -> Iterator[Callable[[Mapping[str, Any]], None]]:
    """A function that writes one row of `path`, which appears when the block ends well."""
    with atomically(path) as stream:
        stream.write("\t".join(columns) + "\n")

        def put(row: Mapping[str, Any]) -> None:
            stream.write("\t".join(cell(row.get(name)) for name in columns) + "\n")

        yield put


@contextmanager
def atomically(path: Path) -> Iterator[IO[str]]:
    """A temporary UTF-8 file beside `path`, flushed to disk and renamed to it when the block ends well."""
    temporary = path.with_name(f".{path.name}.{uuid4().hex[:8]}.tmp")
    try:
        with temporary.open("w", encoding="utf-8", newline="", errors="replace") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def read_tsv(path: str | os.PathLike[str]) -> pd.DataFrame:
    """A TSV of this dialect as a frame of strings; empty cells are empty strings.

    Raises `InputError` if the file is missing, empty or not UTF-8.
    """
    import pandas as pd

    try:
        return pd.read_csv(
            path, sep="\t", quoting=3, dtype=str, keep_default_na=False, encoding="utf-8", lineterminator="\n"
        )
    except FileNotFoundError as error:
        raise InputError(f"{Path(path).name}: no such file", "Give the path of a corpus.tsv.") from error
    except pd.errors.EmptyDataError as error:
        raise InputError(f"{Path(path).name} is empty", "A TSV begins with a header line.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{Path(path).name} is not UTF-8", "Save it as UTF-8 text.") from error
