"""The writers by the names of their formats, and where each can write to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO

from aligner.errors import UsageError
from aligner.write.corpus import Row
from aligner.write.form import Form

FORMATS = ("tsv", "csv", "xlsx", "tmx", "xliff", "jsonl", "parquet", "moses")
#: Formats that are no text, or more than one file.
NEED_OUT = frozenset({"xlsx", "parquet", "moses"})


def check_form(form_name: str, out: object, formats: Sequence[str] = FORMATS) -> None:
    """Raise `UsageError` for a format that is not among `formats`, or cannot go to a stream when `out` is no path."""
    if form_name not in formats:
        raise UsageError(f"--format {form_name} is not known", f"Choose one of: {', '.join(formats)}.")
    if form_name in NEED_OUT and not isinstance(out, Path):
        what = "two files" if form_name == "moses" else "binary"
        raise UsageError(f"{form_name} is {what} and does not go to standard output", "Give --out FILE.")


def write_rows(form_name: str, streams: Sequence[IO[bytes]], rows: Iterator[Row], form: Form) -> None:
    """Write rows in the format `form_name` to its streams: two for `moses` (Dutch, English), one for all others."""
    if form_name == "moses":
        from aligner.write.moses import write as write_moses

        write_moses(streams[0], streams[1], rows, form)
    else:
        writer(form_name)(streams[0], rows, form)


def writer(form_name: str) -> Callable[[IO[bytes], Iterator[Row], Form], None]:
    """The writer of a format, imported when it is wanted: some need libraries that take a second to load."""
    if form_name in {"tsv", "csv"}:
        from aligner.write import delimited

        return delimited.write_tsv if form_name == "tsv" else delimited.write_csv
    if form_name == "tmx":
        from aligner.write.tmx import write as write_tmx

        return write_tmx
    if form_name == "xliff":
        from aligner.write.xliff import write as write_xliff

        return write_xliff
    if form_name == "jsonl":
        from aligner.write.jsonl import write as write_jsonl

        return write_jsonl
    if form_name == "parquet":
        from aligner.write.parquet import write as write_parquet

        return write_parquet
    from aligner.write.xlsx import write as write_xlsx

    return write_xlsx
