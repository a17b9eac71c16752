"""Lines of a stream with a limit on their length, in whatever encoding, one at a time."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from aligner.errors import InputError
from aligner.read.archives.opening import Stream
from aligner.read.decode import MAX_BYTES, decode

#: A line that is longer than this many bytes ends the file: nothing that follows it is worth the reading.
ENDLESS = 1_000_000_000
_BLANK = 1 << 16


@dataclass(frozen=True, slots=True)
class TooLong:
    """Stands for a line that was too long to keep: how many bytes it had."""

    size: int

    @property
    def problem(self) -> str:
        """The reason in words."""
        return f"a line of {self.size / 1e6:.0f} MB, the limit for one article is {MAX_BYTES / 1e6:.0f} MB"


def byte_lines(stream: Stream) -> Iterator[bytes | TooLong]:
    """The lines with their ends, as UTF-8 if the stream says that it is UTF-16; split at LF alone."""
    waiting: list[bytes] = []
    size = 0
    for piece in map(_without_flood, _as_bytes(stream)):
        *whole, rest = piece.split(b"\n")
        for part in whole:
            size += len(part) + 1
            yield TooLong(size) if size > MAX_BYTES else b"".join((*waiting, part, b"\n"))
            waiting, size = [], 0
        size += len(rest)
        waiting = [*waiting, rest] if size <= MAX_BYTES else []
        if size > ENDLESS:
            raise InputError(f"a line of more than {ENDLESS / 1e9:.0f} GB", "Is this a file of one article a line?")
    if size > MAX_BYTES:
        yield TooLong(size)
    elif last := b"".join(waiting):
        yield last


def _without_flood(piece: bytes) -> bytes:
    """Of more than 64 KB of mere white space one line end: no text has that, a bomb of blank lines takes minutes."""
    if len(piece) > _BLANK and not piece.strip():
        return b"\n" if b"\n" in piece else b""
    return piece


def _as_bytes(stream: Stream) -> Iterator[bytes]:
    head = stream.peek(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and head[2:] != b"\0\0":
        decoder = codecs.getincrementaldecoder("utf-16")(errors="replace")
        for piece in stream.pieces():
            yield decoder.decode(piece).encode("utf-8", "replace")
        return
    if head.startswith(codecs.BOM_UTF8):
        stream.read(len(codecs.BOM_UTF8))
    yield from stream.pieces()


def text_of(line: bytes) -> str:
    """A line's characters: UTF-8, else what `decode` makes of it; `InputError` if that is nothing.

    Line by line: the rows of one file may come from several desks, each with an encoding of its own.
    """
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return decode(line)
