"""The articles of any input as one stream: a plain file is one, an archive many.

The kind is told by the suffix (behind `.gz .bz2 .xz .zst`), for standard input and unknown suffixes by the
first bytes. What goes wrong is an article with a problem: the stream never raises for a bad input.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from aligner.errors import InputError
from aligner.read.archives.feeds import FEED, feed_articles
from aligner.read.archives.opening import Stream, inner_name, open_stream, suffix_of
from aligner.read.archives.tables import (
    delimited_articles,
    json_articles,
    jsonl_articles,
    parquet_articles,
)
from aligner.read.archives.warc import warc_articles
from aligner.read.article import Article
from aligner.read.decode import check_size
from aligner.read.inputs import STDIN, Item, find_inputs

log = logging.getLogger(__name__)

_JSONL = (".jsonl", ".ndjson", ".jsonlines", ".ldjson")
_FEEDS = (".xml", ".rss", ".atom", ".rdf")
_TABLES = (".csv", ".tsv")
_PARQUET = (".parquet", ".pq")
_WARC = (".warc", ".wet")


def articles(
    items: Iterable[Item], columns: Mapping[str, str], passed: Callable[[str], None] = lambda reason: None
) -> Iterator[Article]:
    """The articles of `items` in order. `columns` names fields of tables (`parse_columns`).

    `passed` is called with the reason for each record of an archive that is no article (an image, a redirect).
    """
    for item in items:
        yield from _of_item(item, columns, passed)


def _of_item(item: Item, columns: Mapping[str, str], passed: Callable[[str], None]) -> Iterator[Article]:
    if item.problem:
        yield Article(item.document, problem=item.problem, hint=item.hint)
        return
    count = 0
    try:
        for article in _opened(item, columns, passed):
            count += 1
            yield article
        if not count:
            yield Article(item.document, problem="no article in this file", hint="Look at what it holds.")
    except InputError as error:
        yield Article(item.document, problem=str(error), hint=error.hint)
    except Exception as error:
        log.exception("%s: the reader failed", item.document)
        problem = f"the reader failed on this input ({type(error).__name__})"
        yield Article(item.document, problem=problem, hint="Run it alone with --verbose and report the trace.")


def _opened(item: Item, columns: Mapping[str, str], passed: Callable[[str], None]) -> Iterator[Article]:
    inner = inner_name(item.document)
    suffix = suffix_of(inner)
    with open_stream(item.path) as stream:
        head = stream.peek(1024)
        if suffix in _PARQUET or head.startswith(b"PAR1"):
            if item.path == STDIN or inner != item.document:
                raise InputError("a Parquet file cannot be read from a pipe or compressed", "Give the file itself.")
            yield from parquet_articles(item.path, item.document, columns)
        elif suffix in _WARC or head.startswith(b"WARC/"):
            yield from warc_articles(stream, item.document, passed)
        elif suffix in _JSONL or (suffix == "" and head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b'{"')):
            yield from jsonl_articles(stream, item.document, columns)
        elif suffix == ".json":
            yield from json_articles(stream, item.document, columns)
        elif suffix in _TABLES:
            yield from delimited_articles(stream, item.document, columns, suffix)
        elif (suffix in _FEEDS or (suffix == "" and head.lstrip().startswith(b"<?xml"))) and FEED.search(
            stream.peek(4096)
        ):
            yield from feed_articles(stream, item.document)
        else:
            yield Article(item.document, _whole(item, stream))


def read(item: Item) -> bytes:
    """The bytes of an input that is one text, decompressed; `InputError` if it cannot be opened or is too big."""
    if item.problem:
        raise InputError(item.problem, item.hint)
    with open_stream(item.path) as stream:
        return _whole(item, stream)


def _whole(item: Item, stream: Stream) -> bytes:
    if item.path != STDIN and inner_name(item.document) == item.document:
        check_size(Path(item.path).stat().st_size)
    parts: list[bytes] = []
    size = 0
    for piece in stream.pieces():
        parts.append(piece)
        size += len(piece)
        check_size(size)
    return b"".join(parts)


def one_article(path: str, columns: Mapping[str, str]) -> Article:
    """The article that a path names: `dump.jsonl.gz/000123` is one of an archive, the archive's own path its first."""
    place, wanted = Path(path), ""
    if path != STDIN and not place.exists():
        archive = next((parent for parent in place.parents if parent.is_file()), None)
        if archive is not None:
            wanted, path = place.relative_to(archive).as_posix(), str(archive)
    item = find_inputs([path]).items[0]
    stream = articles([item], columns)
    if not wanted:
        return next(stream)
    for article in stream:
        if article.document == f"{item.document}/{wanted}":
            return article
    raise InputError(f"no article of {item.document} is called {wanted}", "Names are those in corpus.tsv.")
