"""Two whole documents, sentence by sentence, into beads: path, evidence, ladder, moved passages.

Sentences may stand in any number against each other (up to six and one), be missing on a side, or have moved. The
result is the same on every run; time and memory grow with the number of sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aligner.alignment.bitext.evidence import gather, windows
from aligner.alignment.bitext.moves import align_moved, find_moved
from aligner.alignment.bitext.path import around, find_path, measure
from aligner.alignment.bitext.program import Rung, climb

if TYPE_CHECKING:
    import numpy.typing as npt

    from aligner.embed.encoder import Encoded, Encoder

    Floats = npt.NDArray[np.float32]

#: Borders on each side of the path within which beads are sought.
WIDTH = 8
#: Sentences at most this far from the path have their counterpart where it is expected.
NEAR = 2
#: Sentences embedded at a time, and sentences whose token states are kept in memory (28 kB each).
BLOCK, KEPT = 512, 6000


class Bead(NamedTuple):
    """Sentences of the first document and of the second that say the same, by their indices from 0.

    One side is empty for a sentence without counterpart. `similarity` is the cosine of the two joined texts' vectors in
    0..1, 0 for an empty side; `moved` tells that the passage stands elsewhere in the other document.
    """

    a: tuple[int, ...]
    b: tuple[int, ...]
    similarity: float = 0.0
    moved: bool = False

    @property
    def cost(self) -> float:
        """1 − similarity; 0 for a sentence without counterpart, as vecalign has it."""
        return 1.0 - self.similarity if self.a and self.b else 0.0


def align_documents(
    a: Sequence[str],
    b: Sequence[str],
    encoder: Encoder,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Bead]:
    """The beads of two documents given as sentences, sorted by their place in the first.

    Every sentence is in exactly one bead; one without words (a blank line) is alone. `progress(done, total)` is told
    of sentences embedded.
    """
    places_a = [at for at, text in enumerate(a) if text.strip()]
    places_b = [at for at, text in enumerate(b) if text.strip()]
    total = len(places_a) + len(places_b)
    side_a = _Side([a[at] for at in places_a], encoder, lambda done: progress(done, total))
    side_b = _Side([b[at] for at in places_b], encoder, lambda done: progress(len(places_a) + done, total))
    rungs, moved = _ladder(side_a, side_b)
    marked = [(rung, False) for rung in rungs] + [(rung, True) for rung in moved]
    scores = iter(_similarities([rung for rung, _ in marked if rung.a and rung.b], side_a, side_b, encoder))
    beads = [
        Bead(
            tuple(places_a[i] for i in rung.a),
            tuple(places_b[j] for j in rung.b),
            next(scores) if rung.a and rung.b else 0.0,
            was_moved,
        )
        for rung, was_moved in marked
    ]
    beads += [Bead((at,), ()) for at, text in enumerate(a) if not text.strip()]
    beads += [Bead((), (at,)) for at, text in enumerate(b) if not text.strip()]
    return in_order(beads)


class _Side:
    """One document: its sentences' vectors, and their token states on demand."""

    def __init__(self, texts: Sequence[str], encoder: Encoder, progress: Callable[[int], None]) -> None:
        self.texts = texts
        self._encoder = encoder
        self._kept: list[Encoded] = []
        vectors: list[Floats] = []
        for at in range(0, len(texts), BLOCK):
            encoded = encoder.encode(texts[at : at + BLOCK])
            vectors += [one.vector for one in encoded]
            if len(texts) <= KEPT:
                self._kept += encoded
            progress(min(at + BLOCK, len(texts)))
        self.vectors = np.array(vectors, np.float32) if vectors else np.zeros((0, 1), np.float32)
        self.lengths = np.array([len(text) for text in texts], np.int64)

    def __len__(self) -> int:
        return len(self.texts)

    def encoded(self, first: int, last: int) -> Sequence[Encoded]:
        """Sentences `first` to `last`: from memory, or from the encoder (and so its disk cache) again."""
        return self._kept[first:last] if self._kept else self._encoder.encode(self.texts[first:last])


def _ladder(a: _Side, b: _Side) -> tuple[list[Rung], list[Rung]]:
    """The monotone ladder, and the beads of moved passages."""
    if not len(a) or not len(b):
        return [
            *(Rung(range(i, i + 1), range(0), 0.0) for i in range(len(a))),
            *(Rung(range(0), range(j, j + 1), 0.0) for j in range(len(b))),
        ], []
    margins = measure(a.vectors, b.vectors)
    path = find_path(a.vectors, b.vectors)
    borders = around(path, len(a), len(b), WIDTH)
    pairs = find_moved(margins, windows(around(path, len(a), len(b), NEAR), len(b)))
    evidence = gather(a.encoded, b.encoded, (len(a), len(b)), borders)
    free = ([i for i, _ in pairs], [j for _, j in pairs])
    ladder = climb(evidence, borders, (a.lengths, b.lengths), free=free)
    moved = align_moved(pairs, ladder, (a.encoded, b.encoded), (a.lengths, b.lengths))
    gone_a = {i for rung in moved for i in rung.a}
    gone_b = {j for rung in moved for j in rung.b}
    return [
        rung for rung in ladder if (rung.a and rung.b) or (gone_a.isdisjoint(rung.a) and gone_b.isdisjoint(rung.b))
    ], moved


def _similarities(rungs: Sequence[Rung], a: _Side, b: _Side, encoder: Encoder) -> list[float]:
    """The cosine of each rung's joined texts, those of several sentences being embedded as they are joined."""
    joined = {
        text
        for rung in rungs
        for side, run in ((a, rung.a), (b, rung.b))
        if len(run) > 1
        for text in (joined_text(side.texts, run),)
    }
    texts = sorted(joined)
    vectors: dict[str, Floats] = {}
    for at in range(0, len(texts), BLOCK):
        vectors.update((one.text, one.vector) for one in encoder.encode(texts[at : at + BLOCK]))

    def vector(side: _Side, run: range) -> Floats:
        return side.vectors[run.start] if len(run) == 1 else vectors[joined_text(side.texts, run)]

    return [min(1.0, max(0.0, float(vector(a, rung.a) @ vector(b, rung.b)))) for rung in rungs]


def joined_text(texts: Sequence[str], indices: Sequence[int]) -> str:
    """The sentences of a bead's side as one text."""
    return " ".join(texts[at] for at in indices)


def in_order(beads: Sequence[Bead]) -> list[Bead]:
    """Beads by their place in the first document; one that is empty there stands behind its neighbour in the second."""
    before = {j: bead.a[-1] for bead in beads if bead.a and not bead.moved for j in bead.b}
    reached, last = {}, -1
    for j in range(max((j for bead in beads for j in bead.b), default=-1) + 1):
        last = reached[j] = before.get(j, last)

    def place(bead: Bead) -> tuple[int, int, int]:
        return (bead.a[0], 0, 0) if bead.a else (reached[bead.b[0]], 1, bead.b[0])

    return sorted(beads, key=place)
