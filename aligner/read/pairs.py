"""Pairs from tables and translation memories: TSV, CSV and TMX, read as a stream with every row in its place.

A file is gone through twice: first to learn how it is quoted, how long it is and whether it can be read to its
end, so that a broken file is told of before anything is computed; then row by row.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from aligner.errors import InputError, UsageError

QUOTINGS = ("auto", "none", "minimal")

#: A line or a quoted cell beyond this many bytes or characters is no row of text: a quote mark was never closed.
_LONGEST = 16_000_000
_COMPLETE = re.compile(r'"(?:[^"]|"")*"')
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_ARCHIVES = {b"PK\x03\x04": "a zip archive or workbook", b"\x1f\x8b": "a gzip file", b"%PDF": "a PDF file"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Row(NamedTuple):
    """The cells of one row, as many as there are columns; `trouble` says why they may stand in the wrong ones."""

    cells: list[str]
    trouble: str = ""


@dataclass(frozen=True)
class PairTable:
    """A table of pairs: names of its columns, which two hold the pair, how many rows, and the rows themselves.

    `rows()` begins anew at each call. `notices` are what a user should know of how the file was read.
    """

    name: str
    columns: Sequence[str]
    nl: int
    en: int
    count: int
    rows: Callable[[], Iterator[Row]]
    notices: Sequence[str] = field(default_factory=list)

    def column(self, name: str) -> int | None:
        """Where the column of that name stands, None if there is none."""
        return next((at for at, known in enumerate(self.columns) if known == name), None)


@contextmanager
def open_pairs(path: str | Path, quoting: str = "auto") -> Iterator[PairTable]:
    """The pairs of a TSV, CSV or TMX file (`-`: standard input), told apart by suffix, else by content.

    Raises `UsageError` for a path that is no file, `InputError` for a file that cannot be read as pairs.
    """
    if quoting not in QUOTINGS:
        raise UsageError(f"quoting = {quoting!r} is not known", f"Choose one of: {', '.join(QUOTINGS)}.")
    with _opened(str(path)) as (handle, name):
        yield _table(handle, name, quoting)


@contextmanager
def _opened(path: str) -> Iterator[tuple[BinaryIO, str]]:
    if path == "-":
        with tempfile.TemporaryFile() as spool:  # two passes need a file
            shutil.copyfileobj(sys.stdin.buffer, spool)
            yield spool, "standard input"
        return
    if _URL.match(path) and not os.path.lexists(path):
        raise UsageError(
            f"this is a URL, and nothing is fetched from the network: {path}", "Save the file and pass its path."
        )
    if Path(path).is_dir():
        raise UsageError(f"{path} is a folder", "Give one TSV, CSV or TMX file; `aligner align` takes folders.")
    with _open(path) as handle:
        if not handle.seekable():  # a pipe: <(zcat pairs.tsv.gz)
            with tempfile.TemporaryFile() as spool:
                shutil.copyfileobj(handle, spool)
                yield spool, Path(path).name
            return
        yield handle, Path(path).name


def _open(path: str) -> BinaryIO:
    try:
        return Path(path).open("rb")
    except FileNotFoundError as error:
        raise UsageError(f"no such file: {path}", "Give a TSV, CSV or TMX file, or - for standard input.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}", "Make it readable.") from error


def _table(handle: BinaryIO, name: str, quoting: str) -> PairTable:
    handle.seek(0)
    head = handle.read(4096)
    if not head.strip(b"\xef\xbb\xbf\r\n\t "):
        raise InputError(f"{name} is empty", "Give a table with a header line, or a TMX file.")
    for magic, what in _ARCHIVES.items():
        if head.startswith(magic):
            raise InputError(f"{name} is {what}", "Save it as TSV, CSV or TMX in UTF-8.")
    suffix = Path(name).suffix.lower()
    if suffix == ".tmx" or (
        suffix not in {".tsv", ".csv"} and re.match(rb"[\xef\xbb\xbf\s]*<(\?xml|!DOCTYPE|tmx)", head)
    ):
        from aligner.read.tmx import tmx_table

        return tmx_table(handle, name)
    if head.startswith(_UTF16):
        raise InputError(f"{name} is UTF-16, not UTF-8", _encoding_hint(name, "UTF-16"))
    return _text_table(handle, name, suffix, quoting)


def _text_table(handle: BinaryIO, name: str, suffix: str, quoting: str) -> PairTable:
    header = next((line for line in _lines(handle, name) if line.strip()), "")
    separator = _separator(header, suffix)
    notices: list[str] = []
    quoted = _is_quoted(handle, name, separator, quoting)
    if quoted and quoting == "auto" and separator == "\t":
        notices.append("quote marks around cells were read as quoting (--quoting none keeps them as text)")

    def records() -> Iterator[list[str]]:
        return quoted_records(_lines(handle, name), separator, name) if quoted else _plain(handle, name, separator)

    filled = (record for record in records() if record != [""])
    columns = [column.strip() for column in next(filled)]
    nl, en = (_find(columns, lang, name) for lang in ("nl", "en"))
    count = sum(1 for _ in filled)
    blank = sum(1 for record in records() if record == [""])
    if blank:
        notices.append(f"{blank} blank line{'s' if blank > 1 else ''} left out")

    def rows() -> Iterator[Row]:
        filled = (record for record in records() if record != [""])
        next(filled)
        for record in filled:
            yield _row(record, len(columns), separator)

    return PairTable(name, columns, nl, en, count, rows, notices)


def _row(record: list[str], width: int, separator: str) -> Row:
    if len(record) <= width:
        return Row(record + [""] * (width - len(record)))
    trouble = f"the row has {len(record)} cells, the header {width}"
    return Row([*record[: width - 1], separator.join(record[width - 1 :])], trouble)


def _separator(header: str, suffix: str) -> str:
    """Tab for TSV; else the mark that stands in the header: a comma, or the semicolon of Dutch spreadsheets."""
    if suffix == ".tsv" or (suffix != ".csv" and "\t" in header):
        return "\t"
    return max(",;\t", key=header.count)


def _find(columns: list[str], lang: str, name: str) -> int:
    for wanted in (columns, [column.strip('"').casefold() for column in columns]):
        at = [number for number, column in enumerate(wanted) if column == lang]
        if len(at) > 1:
            raise InputError(f"{name} has {len(at)} columns named {lang}", "Leave one of them.")
        if at:
            return at[0]
    shown = ", ".join(column[:30] for column in columns[:8])
    raise InputError(f"{name} has no column named {lang}; its first line is: {shown}", "Name the columns nl and en.")


def _lines(handle: BinaryIO, name: str) -> Iterator[str]:
    """The lines with their ends, split at LF alone; `InputError` where they are not UTF-8."""
    handle.seek(0)
    number = 0
    while data := handle.readline(_LONGEST):
        number += 1
        if len(data) >= _LONGEST:
            raise InputError(f"{name}: line {number} is longer than {_LONGEST:,} bytes", "Is this a table of pairs?")
        try:
            yield data.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise InputError(f"{name} is not UTF-8 (line {number})", _encoding_hint(name, "WINDOWS-1252")) from error


def _encoding_hint(name: str, encoding: str) -> str:
    return f"Save it as UTF-8, e.g. iconv -f {encoding} -t UTF-8 {name}"


def _plain(handle: BinaryIO, name: str, separator: str) -> Iterator[list[str]]:
    for line in _lines(handle, name):
        yield _without_end(line).split(separator)


def _without_end(line: str) -> str:
    return line[:-2] if line.endswith("\r\n") else line[:-1] if line.endswith("\n") else line


def _is_quoted(handle: BinaryIO, name: str, separator: str, quoting: str) -> bool:
    """Whether cells that begin with `"` are quoted fields; reads the whole file, and so finds what is not UTF-8.

    Where a line of its own is a regular row, a quote mark that is not closed in its cell is text: read as quoting,
    it would swallow the rows up to the next one.
    """
    widths: set[int] = set()
    opening = complete = 0
    for record in _plain(handle, name, separator):
        if record != [""]:
            widths.add(len(record))
        for cell in record:
            if cell.startswith('"'):
                opening += 1
                complete += _COMPLETE.fullmatch(cell) is not None
    if quoting != "auto":
        return quoting == "minimal"
    if not opening or complete == opening:
        return bool(opening)
    regular = len(widths) == 1
    if regular and separator == "\t":
        return False
    try:
        quoted = {len(record) for record in quoted_records(_lines(handle, name), separator, name) if record != [""]}
    except InputError:
        if separator == "\t" or regular:
            return False
        raise
    return len(quoted) == 1 or separator != "\t"


def quoted_records(lines: Iterator[str], separator: str, name: str) -> Iterator[list[str]]:
    """Records as RFC 4180 has them, with any separator; `InputError` for a quoted cell that does not end properly.

    The csv module would take the rest of the file for one cell, or glue what follows a closing quote mark to it.
    """
    number = 0
    for line in lines:
        number += 1
        first = number
        buffer, at, record = line, 0, []
        while True:
            if not buffer.startswith('"', at):
                end = buffer.find(separator, at)
                record.append(buffer[at:] if end < 0 else buffer[at:end])
            else:
                end, seek = -1, at + 1
                while end < 0:
                    quote = buffer.find('"', seek)
                    if quote < 0:
                        seek, more = len(buffer), next(lines, "")
                        number += 1
                        if not more or len(buffer) > _LONGEST:
                            raise InputError(f"{name}: the quoted cell of line {first} does not end", _QUOTING_HINT)
                        buffer += more
                    elif buffer.startswith('""', quote):
                        seek = quote + 2
                    else:
                        end = quote
                record.append(buffer[at + 1 : end].replace('""', '"'))
                rest = buffer[end + 1 : end + 3]
                if rest[:1] not in {separator, "\n", ""} and rest != "\r\n":
                    raise InputError(f"{name}: text follows a closing quote mark in line {number}", _QUOTING_HINT)
                end = end + 1 if rest.startswith(separator) else -1
                if end < 0:
                    yield record
                    break
            if end < 0:
                record[-1] = _without_end(record[-1])
                yield record
                break
            at = end + len(separator)


_QUOTING_HINT = "Quote marks may be text: try --quoting none, or correct that line."


def table_of(pairs: Any) -> PairTable:
    """A table out of (nl, en) tuples, mappings with `nl` and `en`, or a pandas frame."""
    records = pairs.to_dict("records") if hasattr(pairs, "to_dict") and hasattr(pairs, "columns") else list(pairs)
    columns = [str(name) for name in pairs.columns] if hasattr(pairs, "columns") else []
    for record in records if not columns else ():
        names = record.keys() if isinstance(record, Mapping) else ("nl", "en")
        columns += [str(name) for name in names if str(name) not in columns]
    columns = columns or ["nl", "en"]
    if "nl" not in columns or "en" not in columns:
        raise UsageError(f"pairs need nl and en, not {', '.join(columns)}", "Give tuples (nl, en) or mappings.")

    def rows() -> Iterator[Row]:
        for record in records:
            if isinstance(record, Mapping):
                named = {str(name): value for name, value in record.items()}
            else:
                named = dict(zip(("nl", "en"), record, strict=True))
            yield Row([_string(named.get(name)) for name in columns])

    return PairTable("pairs", columns, columns.index("nl"), columns.index("en"), len(records), rows)


def _string(value: object) -> str:
    # Not a number is what pandas has for an empty cell; it alone is unequal to itself.
    return "" if value is None or value != value else str(value)
