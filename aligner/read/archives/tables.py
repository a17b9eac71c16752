"""JSONL, JSON, CSV, TSV and Parquet: one article a record. A broken record is told of, and the next one read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aligner.errors import InputError
from aligner.read.archives.columns import fields_of, has_column, has_text, missing
from aligner.read.archives.lines import TooLong, byte_lines, text_of
from aligner.read.archives.naming import Namer
from aligner.read.archives.opening import Stream
from aligner.read.article import Article, Form
from aligner.read.decode import MAX_BYTES
from aligner.read.pairs import quoted_records

#: Records looked at before a file without any text is given up as a whole.
_PATIENCE = 20
_BATCH = 16  # records of a Parquet file that are in memory together


def jsonl_articles(stream: Stream, document: str, chosen: Mapping[str, str]) -> Iterator[Article]:
    """One JSON object a line."""
    name = Namer(document)
    trusting = _Trust(chosen)
    for line in byte_lines(stream):
        if isinstance(line, TooLong):
            yield Article(name(), problem=line.problem, hint="Split it, or leave that record out.")
        elif line.strip():
            try:
                record = json.loads(text_of(line))
            except InputError as error:
                yield Article(name(), line, problem=str(error), hint=error.hint)
            except (ValueError, RecursionError) as error:
                yield Article(name(), line, problem=f"broken JSON: {error}", hint="Correct that line, or leave it out.")
            else:
                yield trusting(_article(record, name, chosen), record)


def json_articles(stream: Stream, document: str, chosen: Mapping[str, str]) -> Iterator[Article]:
    """A JSON file: a list of records, a record, or an object that holds such a list."""
    data = b"".join(_limited(stream))
    try:
        value = json.loads(text_of(data.removeprefix(b"\xef\xbb\xbf")))
    except (ValueError, RecursionError) as error:
        raise InputError(f"broken JSON: {error}", "For one record a line use the suffix .jsonl.") from error
    if isinstance(value, dict):
        lists = [inner for inner in value.values() if isinstance(inner, list) and inner and isinstance(inner[0], dict)]
        value = [value] if has_text(fields_of(value, chosen)) or not lists else max(lists, key=len)
    name = Namer(document)
    trusting = _Trust(chosen)
    for record in value if isinstance(value, list) else [value]:
        yield trusting(_article(record, name, chosen), record)


def _limited(stream: Stream) -> Iterator[bytes]:
    size = 0
    for piece in stream.pieces():
        size += len(piece)
        if size > MAX_BYTES:
            raise InputError(
                f"too big: a .json file is read whole, up to {MAX_BYTES / 1e6:.0f} MB",
                "Make it .jsonl, e.g. jq -c '.[]' FILE",
            )
        yield piece


def delimited_articles(stream: Stream, document: str, chosen: Mapping[str, str], suffix: str) -> Iterator[Article]:
    """CSV (RFC 4180; commas or semicolons) or TSV (no quoting, unless its header is quoted), named by the header."""
    name = Namer(document)
    trusting = _Trust(chosen)
    lines = _Lines(stream)
    header = next((line for line in lines if line.strip()), "")
    separator = "\t" if suffix == ".tsv" else max(",;\t", key=header.count)
    quoted = suffix != ".tsv" or header.startswith('"')
    columns = [cell.strip() for cell in _records(iter([header]), separator, quoted).__next__()]
    if len(columns) < 2 and not chosen and not has_text(fields_of(dict.fromkeys(columns, "x"), chosen)):
        raise InputError(*missing(columns))
    records = _records(lines, separator, quoted)
    while True:
        try:
            record = next(records)
        except StopIteration:
            return
        except InputError as error:
            # what follows a broken cell is read on from the next line
            yield Article(name(), problem=str(error), hint="Correct that line, or leave it out.")
            records = _records(lines, separator, quoted)
            continue
        if lines.too_long is not None:
            yield Article(name(), problem=lines.too_long.problem, hint="Split it, or leave that record out.")
            lines.too_long = None
        elif record != [""]:
            yield _row(record, columns, name, chosen, trusting)


def _row(
    record: Sequence[str], columns: Sequence[str], name: Namer, chosen: Mapping[str, str], trusting: _Trust
) -> Article:
    if len(record) > len(columns):
        problem = f"the row has {len(record)} cells, the header {len(columns)}"
        return Article(name(), "\t".join(record).encode(), problem=problem, hint="Correct that line.")
    named = dict(zip(columns, [*record, *[""] * (len(columns) - len(record))], strict=True))
    return trusting(_article(named, name, chosen), named)


class _Lines:
    """Lines as text for a reader of records; one that is too long is given as an empty one and noted."""

    def __init__(self, stream: Stream) -> None:
        self._lines = byte_lines(stream)
        self.too_long: TooLong | None = None

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        if isinstance(line, TooLong):
            self.too_long = line
            return "\n"
        return text_of(line).replace("\0", "") if line.strip() else "\n"


def _records(lines: Iterator[str], separator: str, quoted: bool) -> Iterator[list[str]]:
    if quoted:
        return quoted_records(lines, separator, "this table")
    return (line.rstrip("\r\n").split(separator) for line in lines)


def parquet_articles(path: str, document: str, chosen: Mapping[str, str]) -> Iterator[Article]:
    """A Parquet file, a few rows at a time; columns without meaning for us are not read."""
    import pyarrow as pa  # late: 0.2 s
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path, buffer_size=1 << 20, pre_buffer=False) as table:
            names = table.schema_arrow.names
            wanted = _wanted(names, chosen)
            if not wanted:
                raise InputError(*missing(names))
            name = Namer(document)
            trusting = _Trust(chosen)
            for batch in table.iter_batches(_BATCH, columns=wanted):
                for record in batch.to_pylist():
                    yield trusting(_article(record, name, chosen), record)
    except (pa.ArrowException, OSError) as error:
        reason = str(error).split("\n")[0][:200]
        raise InputError(f"broken Parquet file: {reason}", "Write the file again.") from error


def _wanted(names: Sequence[str], chosen: Mapping[str, str]) -> list[str]:
    """The columns that may hold a field: every one that changes what a record of samples gives."""
    roots = {path.split(".")[0] for path in chosen.values()} | set(chosen.values())
    sample = [{"caption": "x", "credit": "x"}]
    return [name for name in names if name in roots or fields_of({name: "x"}, {}) or fields_of({name: sample}, {})]


def _article(record: Any, name: Namer, chosen: Mapping[str, str]) -> Article:
    if not isinstance(record, Mapping):
        what = type(record).__name__
        return Article(name(), problem=f"the record is no object but a {what}", hint="Give objects with named fields.")
    fields = fields_of(record, chosen)
    document = name(next(iter(fields.pop("id", [])), ""))
    data = json.dumps(fields, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    if not has_text(fields):
        problem, hint = ("no text: its column is empty", "") if has_column(record, chosen) else missing(record)
        return Article(document, data, problem=problem, hint=hint)
    if len(data) > MAX_BYTES:
        problem = f"too big: {len(data) / 1e6:.0f} MB, the limit for one article is {MAX_BYTES / 1e6:.0f} MB"
        return Article(document, problem=problem, hint="Leave that record out.")
    return Article(document, data, Form.FIELDS)


class _Trust:
    """Passes articles on, and gives a file up whose first records have no place for a text: one failure, not a million.

    A record whose text is empty tells nothing of the file: dumps begin with removed articles.
    """

    def __init__(self, chosen: Mapping[str, str]) -> None:
        self._chosen = chosen
        self._bad = 0
        self._good = False

    def __call__(self, article: Article, record: Any) -> Article:
        if not article.problem or (isinstance(record, Mapping) and has_column(record, self._chosen)):
            self._good = True
        elif not self._good:
            self._bad += 1
            if self._bad >= _PATIENCE:
                raise InputError(
                    f"the first {_PATIENCE} records are no articles: {article.problem}",
                    article.hint,
                )
        return article
