"""The dynamic programme that cuts two documents into beads.

A bead takes p sentences of one side and q of the other, p + q ≤ 7; a skip takes one sentence of one side. One row of
borders is one pass of array operations, so that 50,000 sentences take seconds; the memory is that of the band.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from aligner.alignment.bitext.evidence import MOST, Evidence
from aligner.alignment.bitext.path import Band

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Doubles = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

#: Sentences of both sides in a bead, at most.
TOGETHER = MOST + 1


@dataclass(frozen=True, slots=True)
class Costs:
    """What beads cost beside their evidence.

    `merge`: for each sentence beyond the first on a side. `spread`: for p sentences of one side against q of the
    other, times p·ln q + q·ln p: a run twice as long holds a token's match by chance twice as easily. `length`: for
    sides of unequal length, times the absolute log ratio of their characters and the number of sentences. `skip`: a
    sentence without counterpart, times the square root of its tokens, on top of its evidence for nowhere. `joined`:
    what a bead gains for each sentence if the margin of its joined texts is that of a typical true pair.
    """

    merge: float = 3.0
    spread: float = 3.0
    length: float = 2.7
    skip: float = 1.65
    joined: float = 3.2


class Place(NamedTuple):
    """A bead or skip by its first sentences i and j and its numbers of sentences p and q."""

    i: int
    j: int
    p: int
    q: int


class Edge(NamedTuple):
    """A step that a ladder may take, and its score."""

    place: Place
    score: float


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: sentences `a` of one document and `b` of the other, either possibly empty."""

    a: range
    b: range
    score: float


@dataclass(frozen=True, slots=True)
class Lattice:
    """All beads of a band with their scores, and what skips cost.

    `beads[row][p - 1]` (w, most q): the score of the bead of p and q sentences from sentence `row` and the window's
    column on. `skip_a` (n,), `skip_b` (m,) are the costs of leaving a sentence alone.
    """

    borders: Band
    beads: list[list[Floats]]
    skip_a: Doubles
    skip_b: Doubles

    @property
    def sizes(self) -> tuple[int, int]:
        """Sentences on both sides."""
        return len(self.skip_a), len(self.skip_b)


def lattice(
    evidence: Evidence,
    borders: Band,
    lengths: tuple[Ints, Ints],
    costs: Costs,
    free: tuple[Sequence[int], Sequence[int]] = ((), ()),
) -> Lattice:
    """The beads that `evidence` speaks for. `lengths` are the characters of each sentence, (n,) and (m,).

    Sentences in `free`, whose counterpart is known to stand elsewhere, are skipped at no cost.
    """
    sums = tuple(np.concatenate([[0], np.cumsum(side)]).astype(np.float64) for side in lengths)
    skip_a = np.maximum(costs.skip * np.sqrt(np.maximum(evidence.tokens_a, 1)) - evidence.nowhere_a, 0.0)
    skip_b = np.maximum(costs.skip * np.sqrt(np.maximum(evidence.tokens_b, 1)) - evidence.nowhere_b, 0.0)
    skip_a[list(free[0])] = 0.0
    skip_b[list(free[1])] = 0.0
    return Lattice(borders, [_beads(evidence, row, sums, costs) for row in range(len(skip_a))], skip_a, skip_b)


def _beads(evidence: Evidence, row: int, sums: tuple[Doubles, ...], costs: Costs) -> list[Floats]:
    """For p = 1…: scores (w, TOGETHER − p) of the beads from sentence `row` and each column of its window on."""
    rows, starts = evidence.windows, evidence.starts
    low, high = int(rows.low[row]), int(rows.high[row])
    w = high - low
    if w <= 0:
        return []
    ends = np.arange(w)[:, None] + _COUNTS
    inside = ends <= w
    ends = np.minimum(ends, w)
    along = np.concatenate(
        [np.zeros((1, MOST)), np.cumsum(evidence.of_b[starts[row] : starts[row + 1]], axis=0, dtype=np.float64)]
    )
    length_b = np.log(sums[1][low + ends] - sums[1][low:high, None] + 15)
    of_a = np.zeros((w, MOST))
    found: list[Floats] = []
    for p in range(1, min(MOST, len(sums[0]) - 1 - row) + 1):
        here = row + p - 1
        first, last = int(rows.low[here]), min(int(rows.high[here]), high)
        if first >= high:
            break
        of_a[: first - low] = of_a[last - low :] = -1e9
        of_a[first - low : last - low] += evidence.of_a[starts[here] : starts[here] + last - first]
        most = min(TOGETHER - p, MOST, w)
        q = _COUNTS[:most]
        of_b = along[:, p - 1]
        unequal = np.abs(np.log(sums[0][row + p] - sums[0][row] + 15) - length_b[:, :most])
        scores = of_a[:, :most] + of_b[ends[:, :most]] - of_b[:-1, None] - costs.length * (p + q) * unequal
        scores -= costs.merge * (p + q - 2) + costs.spread * (p * np.log(q) + q * np.log(p))
        scores[~inside[:, :most]] = -np.inf
        found.append(scores.astype(np.float32))
    return found


_COUNTS = np.arange(1, MOST + 1)


def contenders(found: Lattice, slack: float) -> list[Edge]:
    """The beads and skips on some ladder whose score is at most `slack` below the best one's, sorted by place.

    A ladder over them alone is what `climb` finds; so their scores may be changed before.
    """
    forth, back, borders = _forward(found), _backward(found), found.borders
    n, m = found.sizes
    least = float(forth[-1][-1]) - slack - 1e-4
    edges: list[Edge] = []
    for row in range(n + 1):
        low = int(borders.low[row])
        for at in np.flatnonzero(forth[row] + back[row] >= least).tolist():
            so_far, j = float(forth[row][at]), low + at
            if j < m and at + 1 < len(back[row]) and so_far - found.skip_b[j] + back[row][at + 1] >= least:
                edges.append(Edge(Place(row, j, 0, 1), -float(found.skip_b[j])))
            if row == n:
                continue
            after = j - int(borders.low[row + 1])
            if 0 <= after < len(back[row + 1]) and so_far - found.skip_a[row] + back[row + 1][after] >= least:
                edges.append(Edge(Place(row, j, 1, 0), -float(found.skip_a[row])))
            beads = found.beads[row]
            for p, scores in enumerate(beads if beads and at < len(beads[0]) else (), start=1):
                start = j + 1 - int(borders.low[row + p])
                rest = back[row + p][max(start, 0) : max(start + scores.shape[1], 0)]
                first = max(-start, 0)
                gains = scores[at, first : first + len(rest)]
                for q in np.flatnonzero(so_far + gains + rest >= least).tolist():
                    edges.append(Edge(Place(row, j, p, first + q + 1), float(gains[q])))
    return edges


def _forward(found: Lattice) -> list[Doubles]:
    """The best score up to each border."""
    borders, n = found.borders, found.sizes[0]
    skipped = np.concatenate([[0.0], np.cumsum(found.skip_b)])
    best = [np.full(int(borders.high[row] - borders.low[row]), -np.inf) for row in range(n + 1)]
    best[0][0] = 0.0
    for row in range(n + 1):
        here, low = best[row], int(borders.low[row])
        # Skips along the row: the best of all borders to the left, each less the way from there.
        way = skipped[low : low + len(here)]
        here[:] = np.maximum.accumulate(here + way) - way
        if row == n:
            break
        _raise(best[row + 1], here - found.skip_a[row], low - int(borders.low[row + 1]))
        for p, scores in enumerate(found.beads[row], start=1):
            begins = min(len(scores), len(here))
            values = here[:begins, None] + scores[:begins]
            start = low - int(borders.low[row + p])
            for q in range(1, scores.shape[1] + 1):
                _raise(best[row + p], values[:, q - 1], start + q)
    return best


def _backward(found: Lattice) -> list[Doubles]:
    """The best score from each border to the end."""
    borders, n = found.borders, found.sizes[0]
    skipped = np.concatenate([[0.0], np.cumsum(found.skip_b)])
    best = [np.full(int(borders.high[row] - borders.low[row]), -np.inf) for row in range(n + 1)]
    best[n][-1] = 0.0
    for row in range(n, -1, -1):
        here, low = best[row], int(borders.low[row])
        if row < n:
            _raise(here, best[row + 1] - found.skip_a[row], int(borders.low[row + 1]) - low)
            for p, scores in enumerate(found.beads[row], start=1):
                begins = min(len(scores), len(here))
                start = low - int(borders.low[row + p])
                for q in range(1, scores.shape[1] + 1):
                    first, last = max(start + q, 0), min(start + q + begins, len(best[row + p]))
                    if last > first:
                        own = slice(first - start - q, last - start - q)
                        _raise(here, best[row + p][first:last] + scores[own, q - 1], own.start)
        way = skipped[low : low + len(here)]
        here[:] = np.maximum.accumulate((here - way)[::-1])[::-1] + way
    return best


def _raise(best: Doubles, values: npt.NDArray[np.floating[Any]], start: int) -> None:
    """Raise `best`, from index `start` on, to `values`; what lies outside is dropped."""
    first, last = max(start, 0), min(start + len(values), len(best))
    if last > first:
        np.maximum(best[first:last], values[first - start : last - start], out=best[first:last])


def climb(edges: Iterable[Edge], sizes: tuple[int, int]) -> list[Rung]:
    """The ladder with the highest sum of scores from (0, 0) to `sizes`, over `edges` sorted by place."""
    best: dict[tuple[int, int], tuple[float, Edge | None]] = {(0, 0): (0.0, None)}
    for edge in edges:
        i, j, p, q = edge.place
        if (i, j) not in best:
            continue
        reached, end = best[i, j][0] + edge.score, (i + p, j + q)
        if end not in best or reached > best[end][0]:
            best[end] = (reached, edge)
    rungs: list[Rung] = []
    last = best[sizes][1]
    while last is not None:
        i, j, p, q = last.place
        rungs.append(Rung(range(i, i + p), range(j, j + q), last.score))
        last = best[i, j][1]
    return rungs[::-1]


def best_ladder(found: Lattice) -> list[Rung]:
    """The ladder with the highest sum of scores."""
    return climb(contenders(found, 0.0), found.sizes)
