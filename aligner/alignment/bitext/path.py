"""The way through two documents, sentence against sentence: where the counterparts lie, before beads are made.

One-to-one steps and skips only. Long documents go from coarse to fine, as vecalign does (Thompson and Koehn 2019, after
the FastDTW of Salvador and Chan 2007): neighbouring vectors are averaged until the matrix is small, and each finer
level looks only around the path of the coarser one. Time and memory grow with the number of sentences, not its square.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]

#: Matrices up to so many cells are searched whole; larger ones are halved first.
WHOLE = 1_000_000
#: Cells on each side of a coarser path that the finer level looks at.
AROUND = 12
#: Sentences of the other side, evenly spread, from which a sentence's chance similarity is taken.
SAMPLE = 400
#: The neighbourhood of the margin score, at least.
LEAST_NEAR = 4
#: The margin of a true pair is taken to be so many times the noise, at least.
LEAST_TYPICAL = 1.5
#: What a sentence without counterpart costs, as a part of the typical margin of a true pair.
_SKIP = 0.2

_NONE = -np.inf


@dataclass(frozen=True, slots=True)
class Band:
    """Cells of a matrix with `rows` rows: row r holds the columns `low[r]` to `high[r]` (exclusive), both rising."""

    low: Ints
    high: Ints

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return int((self.high - self.low).sum())


@dataclass(frozen=True, slots=True)
class Margins:
    """Unit vectors of two documents (n, dim), (m, dim), with what their cosines are to be measured against.

    `chance_a` (n,), `chance_b` (m,): how similar each sentence is to the other side at large. `noise`: the standard
    deviation of all margins. `typical`: the margin of a true pair, the median over sentences that are each other's
    best: 2 to 3 times the noise for translations, 1 for documents on different subjects, taken to be 1.5 at least.
    """

    a: Floats
    b: Floats
    chance_a: Floats
    chance_b: Floats
    typical: float = 1.0
    noise: float = 0.0

    def between(self, rows: Ints, columns: Ints) -> Floats:
        """(len(rows), len(columns)) margins: cosine less the mean of the two chance similarities."""
        cosines = self.a[rows] @ self.b[columns].T
        return np.asarray(cosines - (self.chance_a[rows, None] + self.chance_b[columns]) / 2, np.float32)


def measure(a: Floats, b: Floats) -> Margins:
    """The margins between two documents' unit vectors, at a cost linear in their length.

    Chance is the mean over the most similar tenth of a sample of the other side, the neighbourhood of the margin score
    (Artetxe and Schwenk 2019), without the best match, which in a short document would weigh too much.
    """
    margins = Margins(a, b, chance(a, b), chance(b, a))
    if not len(a) or not len(b):
        return margins
    rows = np.linspace(0, len(a) - 1, min(len(a), SAMPLE)).round().astype(np.int64)
    found = margins.between(rows, np.arange(len(b)))
    best = found.argmax(axis=1)
    mutual = margins.between(np.arange(len(a)), best).argmax(axis=0) == rows
    noise = float(found.std())
    typical = float(np.median(found.max(axis=1)[mutual])) if mutual.any() else 0.0
    return replace(margins, typical=max(typical, LEAST_TYPICAL * noise, 1e-3), noise=noise)


def _sample(vectors: Floats) -> Floats:
    if len(vectors) <= SAMPLE:
        return vectors
    return vectors[np.linspace(0, len(vectors) - 1, SAMPLE).round().astype(np.int64)]


def chance(vectors: Floats, others: Floats) -> Floats:
    """How similar each of `vectors` (n, dim) is to `others` (m, dim) at large, its best match left out: (n,)."""
    if not len(vectors) or not len(others):
        return np.zeros(len(vectors), np.float32)
    others = _sample(others)
    if len(others) == 1:
        return np.asarray(vectors @ others[0], np.float32)
    k = min(max(LEAST_NEAR, len(others) // 10) + 1, len(others))
    out = np.empty(len(vectors), np.float32)
    for at in range(0, len(vectors), 4096):
        nearest = np.partition(vectors[at : at + 4096] @ others.T, len(others) - k, axis=1)[:, len(others) - k :]
        out[at : at + 4096] = (nearest.sum(axis=1) - nearest.max(axis=1)) / (k - 1)
    return out


def find_path(a: Floats, b: Floats) -> Ints:
    """The best monotone path between two documents' unit vectors (n, dim) and (m, dim).

    Returns border points (k, 2), from (0, 0) to (n, m): each step adds (1, 1), (1, 0) or (0, 1).
    """
    n, m = len(a), len(b)
    if n * m <= WHOLE or min(n, m) <= 2 * AROUND:
        band = Band(np.zeros(n + 1, np.int64), np.full(n + 1, m + 1, np.int64))
    else:
        band = around(_finer(find_path(_halved(a), _halved(b)), n, m), n, m, AROUND)
    return _search(a, b, band)


def _halved(vectors: Floats) -> Floats:
    """Neighbours averaged two by two; a last one without partner stays."""
    even = vectors[: len(vectors) // 2 * 2].reshape(-1, 2, vectors.shape[1]).mean(axis=1)
    halved = np.concatenate([even, vectors[-1:]]) if len(vectors) % 2 else even
    return np.asarray(halved / np.maximum(np.linalg.norm(halved, axis=1, keepdims=True), 1e-12), np.float32)


def _finer(path: Ints, n: int, m: int) -> Ints:
    return np.concatenate([np.minimum(path[:-1] * 2, (n, m)), [(n, m)]])


def around(path: Ints, n: int, m: int, width: int) -> Band:
    """The cells of a border matrix (n + 1, m + 1) at most `width` rows or columns from a path through it."""
    low = np.full(n + 1, m, np.int64)
    high = np.zeros(n + 1, np.int64)
    np.minimum.at(low, path[:, 0], path[:, 1])
    np.maximum.at(high, path[:, 0], path[:, 1])
    # A path that leaps over rows (a coarser one) covers them with its next point on either side.
    low = np.minimum.accumulate(low[::-1])[::-1]
    high = np.maximum.accumulate(high)
    rows = np.arange(n + 1)
    low = np.maximum(low[np.maximum(rows - width, 0)] - width, 0)
    high = np.minimum(high[np.minimum(rows + width, n)] + width, m) + 1
    return Band(low, high)


def _search(a: Floats, b: Floats, band: Band) -> Ints:
    n, m = len(a), len(b)
    margins = measure(a, b)
    chance_a, chance_b = margins.chance_a, margins.chance_b
    skip = _SKIP * margins.typical
    # Steps back a cell: 0 skips a sentence of b, 1 one of a, 2 pairs them.
    steps: list[npt.NDArray[np.int8]] = []
    before = np.zeros(0)
    for row in range(n + 1):
        low, high = int(band.low[row]), int(band.high[row])
        best = np.full(high - low, _NONE)
        step = np.zeros(high - low, np.int8)
        if row == 0:
            best[0] = 0.0
        else:
            start = int(band.low[row - 1])
            np.copyto(best, _shifted(before, low - start, high - low) - skip)
            step[:] = 1
            first = max(low, 1)
            gain = b[first - 1 : high - 1] @ a[row - 1] - (chance_a[row - 1] + chance_b[first - 1 : high - 1]) / 2
            paired = _shifted(before, first - 1 - start, high - first) + gain
            better = paired > best[first - low :]
            best[first - low :][better] = paired[better]
            step[first - low :][better] = 2
        # Skips along the row: the best of all cells to the left, each less the way from there.
        ramp = skip * np.arange(high - low)
        reached = np.maximum.accumulate(best + ramp) - ramp
        step[reached > best + 1e-12] = 0
        before = reached
        steps.append(step)
    return _traced(steps, band, n, m)


def _shifted(row: npt.NDArray[np.float64], by: int, size: int) -> npt.NDArray[np.float64]:
    """`row[by : by + size]`, with −∞ where it has no cells."""
    out = np.full(size, _NONE)
    first, last = max(by, 0), min(by + size, len(row))
    if last > first:
        out[first - by : last - by] = row[first:last]
    return out


def _traced(steps: list[npt.NDArray[np.int8]], band: Band, n: int, m: int) -> Ints:
    at, to = n, m
    path = [(n, m)]
    while at or to:
        step = steps[at][to - int(band.low[at])] if at else 0
        at -= step > 0
        to -= step != 1
        path.append((at, to))
    return np.array(path[::-1], np.int64)
