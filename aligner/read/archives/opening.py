"""Files as streams of bytes, decompressed on the way, with limits against files that mean harm.

Nothing is ever whole in memory: a reader takes pieces. A compressed file that swells beyond reason is cut
off (`_RATIO`), so that a bomb costs a second or two, not the disk or the memory.
"""

from __future__ import annotations

import bz2
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Any, BinaryIO, cast

from aligner.errors import InputError
from aligner.read.inputs import STDIN

COMPRESSED = (".gz", ".bz2", ".xz", ".zst")
PIECE = 1 << 18  # bytes a read
#: Text shrinks 3 to 20 times, a dump of much-alike pages 100 times; a bomb 1,000 times and more.
_RATIO, _FREE = 250, 20_000_000
_BROKEN = (EOFError, zlib.error, lzma.LZMAError, ValueError)
_MAGIC = {b"\x1f\x8b": ".gz", b"BZh": ".bz2", b"\xfd7zXZ": ".xz", b"\x28\xb5\x2f\xfd": ".zst"}


class Stream:
    """Bytes of an input as they are after decompression: `read(n)` and `peek(n)`; errors become `InputError`."""

    def __init__(self, raw: _Counted, opened: _Counted | _Unpacked, *, compressed: bool) -> None:
        self._raw = raw
        self._opened = opened
        self._compressed = compressed
        self._ahead = b""
        self._given = 0

    def read(self, size: int = PIECE) -> bytes:
        """Up to `size` bytes, empty at the end."""
        if self._ahead:
            piece, self._ahead = self._ahead[:size], self._ahead[size:]
            return piece
        try:
            piece = self._opened.read(size)
        except OSError as error:
            reason = error.strerror or str(error)
            raise InputError(f"cannot be read to its end ({reason})", "Download or export it again.") from error
        except _BROKEN as error:
            raise InputError(
                f"the compressed data is broken after {self._given:,} bytes ({error})", "Download or export it again."
            ) from error
        self._given += len(piece)
        if self._compressed and self._given > max(_FREE, _RATIO * self._raw.tell()):
            raise InputError(
                f"compressed more than {_RATIO} times: no text does that, and unpacking stopped",
                "Unpack it yourself if you trust it, and give the result.",
            )
        return piece

    def peek(self, size: int) -> bytes:
        """The next `size` bytes without taking them; fewer at the end."""
        while len(self._ahead) < size:
            held, self._ahead = self._ahead, b""
            piece = self.read(size)
            self._ahead = held + piece
            if not piece:
                break
        return self._ahead[:size]

    def pieces(self) -> Iterator[bytes]:
        """All bytes, piece by piece."""
        while piece := self.read():
            yield piece


class Raw:
    """A `Stream` as a plain binary file for libraries that want one."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes."""
        piece = self._stream.read(size if size and size > 0 else PIECE)
        self._at += len(piece)
        return piece

    def tell(self) -> int:
        """How many bytes were read."""
        return self._at


@contextmanager
def open_stream(path: str) -> Iterator[Stream]:
    """The bytes of a file (`-`: standard input), decompressed if its first bytes say so."""
    try:
        raw = cast(BinaryIO, sys.stdin.buffer) if path == STDIN else Path(path).open("rb")  # noqa: SIM115
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", "check the path and the permissions") from error
    try:
        head = raw.peek(6)[:6] if hasattr(raw, "peek") else b""
        kind = next((suffix for magic, suffix in _MAGIC.items() if head.startswith(magic)), "")
        counted = _Counted(raw)
        yield Stream(counted, _Unpacked(counted, kind) if kind else counted, compressed=bool(kind))
    finally:
        if path != STDIN:
            raw.close()


class _Counted:
    """A binary file that knows how many bytes were taken from it, a pipe too."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._taken = 0

    def read(self, size: int) -> bytes:
        piece = self._raw.read(size)
        self._taken += len(piece)
        return piece

    def tell(self) -> int:
        return self._taken


class _Unpacked:
    """A compressed file as a plain one: frame after frame, as `cat` may have joined them.

    The standard library's files lose what they have unpacked when the rest is broken, and zstandard's takes a
    file that is cut off for one that ends.
    """

    def __init__(self, raw: _Counted, kind: str) -> None:
        self._raw = raw
        self._begin = _BEGIN[kind]
        self._fed = 2048 if kind == ".zst" else PIECE >> 2  # zstd has no limit: 2 KB swell to 64 MB at the worst
        self._frame: Any = None
        self._waiting = b""
        self._ready = b""

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; raises one of `_BROKEN` where the data is broken or ends within a frame."""
        while not self._ready:
            data = self._waiting
            self._waiting = b""
            if not data and (self._frame is None or self._frame.needs_input):
                data = self._raw.read(self._fed)
                if not data and self._frame is None:
                    return b""
                if not data:
                    raise EOFError("it ends too early")
            if self._frame is None:
                data = data.lstrip(b"\0")  # tapes and some servers pad the end
                if not data:
                    continue
                self._frame = self._begin()
            self._ready = self._frame.decompress(data, size)
            if self._frame.eof:
                self._waiting, self._frame = self._frame.unused_data, None
        piece, self._ready = self._ready[:size], self._ready[size:]
        return piece


class _Gzip:
    """One gzip member with the interface of `bz2.BZ2Decompressor`."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(31)

    def decompress(self, data: bytes, size: int) -> bytes:
        return self._member.decompress(self._member.unconsumed_tail + data, size)

    @property
    def needs_input(self) -> bool:
        return not self._member.unconsumed_tail

    @property
    def eof(self) -> bool:
        return self._member.eof

    @property
    def unused_data(self) -> bytes:
        return self._member.unused_data


class _Zstd:
    """One Zstandard frame with the interface of `bz2.BZ2Decompressor`, but no limit on what it gives."""

    needs_input = True

    def __init__(self) -> None:
        import zstandard  # late: rare

        # a window of 128 MB is what `zstd --long` makes; the default refuses it
        self._frame = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
        self._error = zstandard.ZstdError

    def decompress(self, data: bytes, size: int) -> bytes:
        try:
            return self._frame.decompress(data)
        except self._error as error:
            raise ValueError(str(error)) from error

    @property
    def eof(self) -> bool:
        return self._frame.eof

    @property
    def unused_data(self) -> bytes:
        return self._frame.unused_data


_BEGIN: dict[str, Callable[[], Any]] = {
    ".gz": _Gzip,
    ".bz2": bz2.BZ2Decompressor,
    ".xz": lzma.LZMADecompressor,
    ".zst": _Zstd,
}


def inner_name(name: str) -> str:
    """`name` without the suffix of a compression: `a.html.gz` → `a.html`."""
    suffix = suffix_of(name)
    return name[: -len(suffix)] if suffix in COMPRESSED else name


def suffix_of(name: str) -> str:
    """The suffix of a name in lower case, with its dot."""
    return PurePath(name).suffix.lower()
