"""Two whole documents, sentence by sentence, into beads: path, evidence, ladder, moved passages.

Sentences may stand in any number against each other (up to six and one), be missing on a side, or have moved. The
result is the same on every run; time and memory grow with the number of sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aligner.alignment.bitext.evidence import gather, windows
from aligner.alignment.bitext.moves import align_moved, find_moved
from aligner.alignment.bitext.path import Margins, around, chance, find_path, measure
from aligner.alignment.bitext.program import Costs, Edge, Rung, climb, contenders, lattice

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
#: Beads on a ladder at most so far below the best are looked at again with their joined texts embedded.
SLACK = 8.0


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
    scores = iter(_similarities([rung for rung, _ in marked if rung.a and rung.b], side_a, side_b))
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
    """One document: the vectors of its sentences and of runs of them, and token states on demand."""

    def __init__(self, texts: Sequence[str], encoder: Encoder, progress: Callable[[int], None]) -> None:
        self.texts = texts
        self._encoder = encoder
        self._kept: list[Encoded] = []
        self._runs: dict[tuple[int, int], Floats] = {}
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

    def join(self, runs: Iterable[tuple[int, int]]) -> None:
        """Embed the joined texts of runs (first, count), so that `vector` knows them."""
        wanted = sorted({run for run in runs if run[1] > 1} - self._runs.keys())
        for at in range(0, len(wanted), BLOCK):
            part = wanted[at : at + BLOCK]
            texts = [joined_text(self.texts, range(first, first + count)) for first, count in part]
            self._runs.update(zip(part, (one.vector for one in self._encoder.encode(texts)), strict=True))

    def vector(self, first: int, count: int) -> Floats:
        """The unit vector of a run of sentences."""
        return np.asarray(self.vectors[first] if count == 1 else self._runs[first, count], np.float32)


def _ladder(a: _Side, b: _Side) -> tuple[list[Rung], list[Rung]]:
    """The monotone ladder, and the beads of moved passages."""
    if not len(a) or not len(b):
        return [
            *(Rung(range(i, i + 1), range(0), 0.0) for i in range(len(a))),
            *(Rung(range(0), range(j, j + 1), 0.0) for j in range(len(b))),
        ], []
    costs = Costs()
    margins = measure(a.vectors, b.vectors)
    path = find_path(a.vectors, b.vectors)
    borders = around(path, len(a), len(b), WIDTH)
    pairs = find_moved(margins, windows(around(path, len(a), len(b), NEAR), len(b)))
    evidence = gather(a.encoded, b.encoded, (len(a), len(b)), borders)
    found = lattice(evidence, borders, (a.lengths, b.lengths), costs, ([i for i, _ in pairs], [j for _, j in pairs]))
    ladder = climb(_with_joined(contenders(found, SLACK), a, b, margins, costs), found.sizes)
    moved = align_moved(pairs, ladder, (a.encoded, b.encoded), (a.lengths, b.lengths))
    gone_a = {i for rung in moved for i in rung.a}
    gone_b = {j for rung in moved for j in rung.b}
    return [
        rung for rung in ladder if (rung.a and rung.b) or (gone_a.isdisjoint(rung.a) and gone_b.isdisjoint(rung.b))
    ], moved


def _with_joined(edges: Sequence[Edge], a: _Side, b: _Side, margins: Margins, costs: Costs) -> list[Edge]:
    """Edges with what each bead gains from the margin of its joined texts, against that of a typical true pair."""
    places = [edge.place for edge in edges if edge.place.p and edge.place.q]
    runs_a, runs_b = ({(i, p) for i, _, p, _ in places}, {(j, q) for _, j, _, q in places})
    chance_a, chance_b = _chances(a, b, sorted(runs_a)), _chances(b, a, sorted(runs_b))
    found: list[Edge] = []
    for edge in edges:
        i, j, p, q = edge.place
        gain = 0.0
        if p and q:
            margin = float(a.vector(i, p) @ b.vector(j, q)) - (chance_a[i, p] + chance_b[j, q]) / 2
            gain = costs.joined * (p + q) * margin / margins.typical
        found.append(Edge(edge.place, edge.score + gain))
    return found


def _chances(side: _Side, other: _Side, runs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], float]:
    """The chance similarity of each run's joined text."""
    side.join(runs)
    if not runs:
        return {}
    return dict(zip(runs, chance(np.array([side.vector(*run) for run in runs]), other.vectors).tolist(), strict=True))


def _similarities(rungs: Sequence[Rung], a: _Side, b: _Side) -> list[float]:
    """The cosine of each rung's joined texts."""
    a.join((rung.a.start, len(rung.a)) for rung in rungs)
    b.join((rung.b.start, len(rung.b)) for rung in rungs)
    return [
        min(1.0, max(0.0, float(a.vector(rung.a.start, len(rung.a)) @ b.vector(rung.b.start, len(rung.b)))))
        for rung in rungs
    ]


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
