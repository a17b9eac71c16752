"""Text → sentence vector and token states, from one forward pass.

`SentenceTransformerEncoder` runs the bundled encoder or any sentence-transformers model; `HashEncoder` is a
stand-in for tests. Both give the same bytes for the same text, whatever else is encoded with it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from aligner.embed import bundled, names
from aligner.embed.threads import each

if TYPE_CHECKING:
    import numpy.typing as npt

    from aligner.embed.backends import Backend, Numbers, Tokens

#: Raised when the numbers change for another reason than the model's files: cached vectors are then not reused.
REVISION = 2


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Encoded:
    """One text's numbers.

    `vector`: float32 (dim,), unit length. `states`: float16 (n_tokens, width), each of unit length, without
    special and prefix tokens; n_tokens is 0 for an empty text, and tokens beyond the model's limit are missing.
    `offsets`: int32 (n_tokens, 2), character ranges in `text`, without white space at the ends.
    """

    text: str
    vector: npt.NDArray[np.float32]
    states: npt.NDArray[np.float16]
    offsets: npt.NDArray[np.int32]


class Encoder(Protocol):
    """What the pipeline needs of an encoder. `signature` changes whenever the numbers may."""

    @property
    def signature(self) -> str:
        """A short string, equal only for encoders that give equal numbers."""

    @property
    def name(self) -> str:
        """The name shown to users and written into the `encoder` column."""

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Numbers for each text, in order."""


def open_encoder(name: str = "") -> Encoder:
    """The encoder that `--encoder NAME` means: empty for the bundled one, "hash" for the tests' stand-in.

    Raises `ModelError` when it is not on this machine.
    """
    return HashEncoder() if name == HashEncoder.name else SentenceTransformerEncoder(name)


class SentenceTransformerEncoder:
    """The bundled encoder (no name), or any sentence-transformers model: a folder, or a name present locally.

    The folder is found (the bundled one unpacked) at once; the model is loaded at the first `encode`, so that a
    run served by the cache never loads it. `layer` counts blocks from 1; the default is two thirds of the depth
    (8 of 12, see `tokens`). `threads` is how many batches are computed at once; None means one a processor.
    Raises `ModelError` when the model is missing or cannot be loaded. Longer texts are cut at the model's limit.
    """

    def __init__(
        self, name_or_path: str | Path | None = None, *, layer: int | None = None, threads: int | None = None
    ) -> None:
        wanted = str(name_or_path or "")
        self._bundled = wanted in names.BUNDLED_NAMES
        self._folder = bundled.ensure_bundled() if self._bundled else names.resolve(wanted)
        self.name = "multilingual-e5-small" if self._bundled else wanted.rstrip("/").rsplit("/models/", 1)[-1]
        self.prefix = "query: " if self._bundled else names.prefix_of(wanted, self._folder)
        self._layer = layer
        self._threads = threads
        self._backend: Backend | None = None
        content = bundled.content_hash(self._folder) if self._bundled else names.files_hash(self._folder)
        parts = f"{content}\0{self.prefix}\0{layer}\0{REVISION}"
        self.signature = f"{Path(self.name).name}-{hashlib.sha256(parts.encode()).hexdigest()[:16]}"

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Numbers for each text, in order; equal texts are computed once. See `Encoded` for shapes."""
        distinct = list(dict.fromkeys(texts))
        if not distinct:
            return []
        backend = self._loaded()
        tokens = backend.tokenise([self.prefix + _sound(text) for text in distinct])
        found: dict[str, Encoded] = {}
        plan = list(backend.plan([len(t.ids) for t in tokens]))

        def computed(batch: tuple[int, list[int]]) -> list[Numbers]:
            shape, indices = batch
            return backend.forward([tokens[i] for i in indices], shape)

        for (_, indices), numbers in zip(plan, each(computed, plan, self._threads), strict=True):
            for index, (vector, states) in zip(indices, numbers, strict=True):
                text = distinct[index]
                found[text] = self._encoded(text, tokens[index], vector, states)
        return [found[text] for text in texts]

    def _encoded(
        self, text: str, tokens: Tokens, vector: npt.NDArray[np.float32], states: npt.NDArray[np.float32]
    ) -> Encoded:
        start = len(self.prefix)
        ranges = [
            (-1, -1) if special else _trimmed(text, max(begin - start, 0), end - start)
            for special, (begin, end) in zip(tokens.special, tokens.offsets, strict=True)
        ]
        keep = [at for at, (begin, end) in enumerate(ranges) if end > begin and not _marker(ranges[at : at + 2])]
        return Encoded(
            text=text,
            vector=_unit(vector),
            states=_unit(states[keep]).astype(np.float16),
            offsets=np.array([ranges[at] for at in keep], np.int32).reshape(-1, 2),
        )

    def _loaded(self) -> Backend:
        if self._backend is None:
            from aligner.embed.backends import FullBackend, LightBackend

            kind = LightBackend if self._bundled else FullBackend
            self._backend = kind(self._folder, self._layer, len(self.prefix))
        return self._backend


_DIM = 256
_WORD = re.compile(r"\w+|[^\w\s]")


class HashEncoder:
    """A stand-in for tests without a model: hashed character trigrams of words. Knows no meaning, no language.

    Equal words (up to case) get equal states, words that share letters similar ones; a sentence's vector is the
    mean of its words. One token a word or mark. Shapes as in `Encoded`, with 256 dimensions.
    """

    name = "hash"
    signature = "hash-1"

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Numbers for each text, in order."""
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> Encoded:
        found = list(_WORD.finditer(text))
        states = np.zeros((len(found), _DIM), np.float32)
        for row, word in enumerate(found):
            states[row] = _hashed(word.group().lower())
        vector = states.sum(axis=0) if len(found) else _hashed("")
        offsets = np.array([word.span() for word in found], np.int32).reshape(-1, 2)
        return Encoded(text, _unit(vector), states.astype(np.float16), offsets)


def _hashed(word: str) -> npt.NDArray[np.float32]:
    """A unit vector (256,) from the word and its trigrams."""
    padded = f"^{word}$"
    out = np.zeros(_DIM, np.float32)
    for gram in [padded, *(padded[at : at + 3] for at in range(len(padded) - 2))]:
        digest = hashlib.blake2b(gram.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        for byte in range(0, 16, 2):
            out[digest[byte]] += 1 if digest[byte + 1] & 1 else -1
    return _unit(out)


def _unit(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Rows (or the one row) scaled to length 1; a row of zeros stays."""
    values = values.astype(np.float32, copy=False)
    length = np.sqrt((values * values).sum(axis=-1, keepdims=True))
    return np.asarray(values / np.maximum(length, 1e-12), np.float32)


def _sound(text: str) -> str:
    """`text` with lone surrogates as U+FFFD (one for one, so that offsets stay): tokenizers refuse them."""
    try:
        text.encode("utf-8")
        return text
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _marker(ranges: list[tuple[int, int]]) -> bool:
    """Whether the first of two ranges begins the second: a lone word marker (`▁`) that a tokenizer pins on it."""
    return len(ranges) == 2 and ranges[0][0] == ranges[1][0] and ranges[0][1] < ranges[1][1]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space at its ends; empty when nothing is left (prefix tokens among others)."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    while start < end < len(text) and unicodedata.combining(text[end]):  # NFKC leaves a composed accent out
        end += 1
    return start, end
