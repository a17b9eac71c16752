"""The dynamic programme that cuts two documents into beads.

A bead takes p sentences of one side and q of the other, p + q ≤ 7; a skip takes one sentence of one side. One row of
borders is one pass of array operations, so that 50,000 sentences take seconds; the memory is that of the band.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

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
    """A bead by its first sentences i and j and its numbers of sentences p and q."""

    i: int
    j: int
    p: int
    q: int


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
    of_b = evidence.of_b[starts[row] : starts[row + 1]].astype(np.float64)
    along = np.concatenate([np.zeros((1, MOST)), np.cumsum(of_b, axis=0)])
    of_a = np.zeros((w, MOST))
    found: list[Floats] = []
    for p in range(1, min(MOST, len(sums[0]) - 1 - row) + 1):
        here = row + p - 1
        first, last = int(rows.low[here]), min(int(rows.high[here]), high)
        if first >= high:
            break
        told = np.full((w, MOST), -1e9)
        told[first - low : last - low] = evidence.of_a[starts[here] : starts[here] + last - first]
        of_a += told
        most = min(TOGETHER - p, MOST, w)
        scores = np.full((w, most), -np.inf, np.float32)
        for q in range(1, most + 1):
            size = w - q + 1
            length_a = sums[0][row + p] - sums[0][row]
            length_b = sums[1][low + q : low + q + size] - sums[1][low : low + size]
            unequal = np.abs(np.log((length_a + 15) / (length_b + 15)))
            scores[:size, q - 1] = (
                of_a[:size, q - 1]
                + (along[q:, p - 1] - along[:-q, p - 1])[:size]
                - costs.merge * (p + q - 2)
                - costs.spread * (p * np.log(q) + q * np.log(p))
                - costs.length * (p + q) * unequal
            )
        found.append(scores)
    return found


def climb(found: Lattice) -> list[Rung]:
    """The ladder with the highest sum of scores, from (0, 0) to (n, m)."""
    best, steps = _forward(found)
    borders = found.borders
    at, to = found.sizes
    rungs: list[Rung] = []
    while at or to:
        here = to - int(borders.low[at])
        p, q = divmod(int(steps[at][here]), 8)
        score = best[at][here] - best[at - p][to - q - int(borders.low[at - p])]
        rungs.append(Rung(range(at - p, at), range(to - q, to), float(score)))
        at, to = at - p, to - q
    return rungs[::-1]


def _forward(found: Lattice) -> tuple[list[Doubles], list[npt.NDArray[np.int8]]]:
    """The best score up to each border, and the step (p · 8 + q) that led there."""
    borders, n = found.borders, found.sizes[0]
    skipped = np.concatenate([[0.0], np.cumsum(found.skip_b)])
    best = [np.full(int(borders.high[row] - borders.low[row]), -np.inf) for row in range(n + 1)]
    steps = [np.zeros(len(row), np.int8) for row in best]
    best[0][0] = 0.0
    for row in range(n + 1):
        low = int(borders.low[row])
        # Skips along the row: the best of all borders to the left, each less the way from there.
        way = skipped[low : low + len(best[row])]
        reached = np.maximum.accumulate(best[row] + way) - way
        further = reached > best[row] + 1e-9
        best[row][further] = reached[further]
        steps[row][further] = 1
        if row == n:
            break
        after = int(borders.low[row + 1])
        _offer(best[row] - found.skip_a[row], low - after, best[row + 1], steps[row + 1], 8)
        for p, scores in enumerate(found.beads[row], start=1):
            begins = min(len(scores), len(best[row]))
            after = int(borders.low[row + p])
            for q in range(1, scores.shape[1] + 1):
                values = best[row][:begins] + scores[:begins, q - 1]
                _offer(values, low + q - after, best[row + p], steps[row + p], p * 8 + q)
    return best, steps


def _offer(values: Doubles | Floats, start: int, best: Doubles, steps: npt.NDArray[np.int8], step: int) -> None:
    """Take `values`, for the borders from `start` on, where they beat the `best` of a row."""
    first, last = max(start, 0), min(start + len(values), len(best))
    if last <= first:
        return
    offered, held = values[first - start : last - start], best[first:last]
    better = offered > held
    held[better] = offered[better]
    steps[first:last][better] = step


def _backward(found: Lattice) -> list[Doubles]:
    """The best score from each border to the end."""
    borders, n = found.borders, found.sizes[0]
    skipped = np.concatenate([[0.0], np.cumsum(found.skip_b)])
    best = [np.full(int(borders.high[row] - borders.low[row]), -np.inf) for row in range(n + 1)]
    best[n][-1] = 0.0
    for row in range(n, -1, -1):
        low = int(borders.low[row])
        here = best[row]
        if row < n:
            _take(here, best[row + 1], low - int(borders.low[row + 1]), -found.skip_a[row])
            for p, scores in enumerate(found.beads[row], start=1):
                begins = min(len(scores), len(here))
                after = int(borders.low[row + p])
                for q in range(1, scores.shape[1] + 1):
                    _take(here[:begins], best[row + p], low + q - after, scores[:begins, q - 1])
        way = skipped[low : low + len(here)]
        here[:] = np.maximum.accumulate((here - way)[::-1])[::-1] + way
    return best


def _take(here: Doubles, after: Doubles, start: int, gain: Floats | float) -> None:
    """Raise `here` to what follows at `after[start:]`, plus the gain of getting there."""
    first, last = max(start, 0), min(start + len(here), len(after))
    if last > first:
        own = slice(first - start, last - start)
        gains = gain[own] if isinstance(gain, np.ndarray) else gain
        here[own] = np.maximum(here[own], after[first:last] + gains)


def contenders(found: Lattice, slack: float) -> Iterator[Place]:
    """The beads on some ladder whose score is at most `slack` below the best one's."""
    forth, _ = _forward(found)
    back = _backward(found)
    borders = found.borders
    least = forth[-1][-1] - slack
    for row, beads in enumerate(found.beads):
        low = int(borders.low[row])
        for p, scores in enumerate(beads, start=1):
            begins = min(len(scores), len(forth[row]))
            for q in range(1, scores.shape[1] + 1):
                start = low + q - int(borders.low[row + p])
                first, last = max(start, 0), min(start + begins, len(back[row + p]))
                if last <= first:
                    continue
                own = slice(first - start, last - start)
                through = forth[row][own] + scores[own, q - 1] + back[row + p][first:last]
                for at in np.flatnonzero(through >= least).tolist():
                    yield Place(row, low + own.start + at, p, q)


def with_gains(found: Lattice, gains: Mapping[Place, float]) -> Lattice:
    """The lattice of these beads alone, each with its gain added."""
    beads = [[np.full_like(scores, -np.inf) for scores in row] for row in found.beads]
    for place, gain in gains.items():
        at = place.j - int(found.borders.low[place.i])
        beads[place.i][place.p - 1][at, place.q - 1] = found.beads[place.i][place.p - 1][at, place.q - 1] + gain
    return Lattice(found.borders, beads, found.skip_a, found.skip_b)
