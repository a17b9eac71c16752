"""WARC files (also of one gzip member a record): one article a response of HTML or plain text.

Requests, images, redirects and errors are passed over and counted. One record is in memory at a time, and
of one record no more than an article may have.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

from aligner.errors import InputError
from aligner.read.archives.naming import Namer
from aligner.read.archives.opening import Raw, Stream
from aligner.read.article import Article, Form
from aligner.read.decode import MAX_BYTES

_PAGES = {"text/html": Form.HTML, "application/xhtml+xml": Form.HTML, "text/plain": Form.TEXT}
_ENCODED = ("gzip", "x-gzip", "deflate", "br", "zstd")


def warc_articles(stream: Stream, document: str, passed: Callable[[str], None]) -> Iterator[Article]:
    """The articles of a WARC (or WET) file; `passed` is called with the reason for each record that is none."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # late: one use

    if not stream.peek(5) == b"WARC/":
        raise InputError("not a WARC file: it does not begin with WARC/", "Check the download.")
    name = Namer(document)
    kinds = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
    complete = _Complete(stream)
    try:
        for record in ArchiveIterator(cast(BinaryIO, complete), record_types=kinds, parse_http=True):
            yield from _record(record, name, passed)
    except InputError:
        raise
    except Exception as error:
        raise InputError(
            f"broken WARC after {name.number} articles: {type(error).__name__}: {error}", "Fetch or write it again."
        ) from error
    if complete.error is not None:
        raise complete.error


class _Complete(Raw):
    """The file that the library reads; it takes an error for the end, so the error is kept."""

    def __init__(self, stream: Stream) -> None:
        super().__init__(stream)
        self.error: InputError | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            return super().read(size)
        except InputError as error:
            self.error = error
            return b""


def _record(record: Any, name: Namer, passed: Callable[[str], None]) -> Iterator[Article]:
    headers = record.headers
    address = headers.get("WARC-Target-URI", "").strip("<>")
    http = record.http_headers
    kind, charset, form = "", "", Form.TEXT
    if http is not None:
        status = http.status_code
        kind = (http.get("Content-Type") or "").partition(";")[0].strip().lower()
        charset = record.http_charset or ""
        if status is not None and status != 200:
            passed(f"HTTP status {status}")
            return
    else:
        kind = (headers.get("Content-Type") or "").partition(";")[0].strip().lower()
    if kind not in _PAGES:
        passed(kind or "of no type")
        return
    form = _PAGES[kind]
    data = record.reader.read(MAX_BYTES + 1)
    encoding = (http.get("Content-Encoding") or "").strip().lower() if http is not None else ""
    try:
        data = _decoded(data, encoding)
    except (zlib.error, ValueError, EOFError) as error:
        yield Article(name(address), data, problem=f"broken {encoding} data: {error}", hint="Fetch the page again.")
        return
    if len(data) > MAX_BYTES:
        problem = f"too big: more than {MAX_BYTES / 1e6:.0f} MB, the limit for one article"
        yield Article(name(address), problem=problem, hint="Leave that record out.")
        return
    if not data.strip():
        passed("empty")
        return
    yield Article(name(address), data, form, charset)


def _decoded(data: bytes, encoding: str) -> bytes:
    """The body without its content encoding, cut where it is too big; some crawlers decode but keep the header.

    Raises `EOFError` for a body that was cut off, `zlib.error` or `ValueError` for one that cannot be read.
    """
    if encoding not in _ENCODED:
        return data
    if encoding in ("gzip", "x-gzip"):
        return _inflated(data, 31) if data[:2] == b"\x1f\x8b" else data
    if encoding == "deflate":
        for width in (15, -15):
            try:
                return _inflated(data, width)
            except zlib.error:
                continue
        return data
    if b"<" in data[:200].lstrip()[:1]:
        return data
    raise ValueError(f"encoding {encoding} is not read")


def _inflated(data: bytes, width: int) -> bytes:
    packer = zlib.decompressobj(width)
    found = packer.decompress(data, MAX_BYTES + 1)
    if not packer.eof and len(found) <= MAX_BYTES:
        raise EOFError("it is cut off")
    return found
