"""The dynamic programme that cuts two documents into beads, given the evidence of their tokens in a band.

A bead takes p sentences of one side and q of the other, p + q ≤ 7; a skip takes one sentence of one side. One row of
borders is one pass of array operations, so that 50,000 sentences take seconds; the memory is that of the band.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aligner.alignment.bitext.evidence import MOST, Evidence
from aligner.alignment.bitext.path import Band

if TYPE_CHECKING:
    import numpy.typing as npt

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
    sentence without counterpart, times the square root of its tokens.
    """

    merge: float = 2.76
    spread: float = 1.01
    length: float = 1.5
    skip: float = 7.05


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: sentences `a` of one document and `b` of the other, either possibly empty."""

    a: range
    b: range
    score: float


def climb(
    evidence: Evidence,
    borders: Band,
    lengths: tuple[Ints, Ints],
    costs: Costs | None = None,
    free: tuple[Sequence[int], Sequence[int]] = ((), ()),
) -> list[Rung]:
    """The ladder with the highest sum of scores, from (0, 0) to (n, m), within `borders` (n + 1 rows).

    `lengths` are the characters of each sentence, (n,) and (m,). Sentences in `free`, whose counterpart is known to
    stand elsewhere, are skipped at no cost.
    """
    costs = costs or Costs()
    n, m = len(lengths[0]), len(lengths[1])
    sums = tuple(np.concatenate([[0], np.cumsum(side)]).astype(np.float64) for side in lengths)
    skip_a = costs.skip * np.sqrt(np.maximum(evidence.tokens_a, 1))
    skip_b = costs.skip * np.sqrt(np.maximum(evidence.tokens_b, 1))
    skip_a[list(free[0])] = 0.0
    skip_b[list(free[1])] = 0.0
    skipped_b = np.concatenate([[0.0], np.cumsum(skip_b)])
    best = [np.full(int(borders.high[row] - borders.low[row]), -np.inf) for row in range(n + 1)]
    # The step that led to a border: p · 8 + q.
    steps = [np.zeros(len(row), np.int8) for row in best]
    best[0][0] = 0.0
    for row in range(n + 1):
        low, high = int(borders.low[row]), int(borders.high[row])
        # Skips along the row: the best of all borders to the left, each less the way from there.
        reached = np.maximum.accumulate(best[row] + skipped_b[low:high]) - skipped_b[low:high]
        further = reached > best[row] + 1e-9
        best[row][further] = reached[further]
        steps[row][further] = 1
        if row == n:
            break
        _offer(best[row] - skip_a[row], low, best[row + 1], steps[row + 1], int(borders.low[row + 1]), 8)
        for p, scores in enumerate(_beads(evidence, row, sums, costs), start=1):
            begins = min(len(scores), len(best[row]))
            for q in range(1, scores.shape[1] + 1):
                _offer(
                    best[row][:begins] + scores[:begins, q - 1],
                    low + q,
                    best[row + p],
                    steps[row + p],
                    int(borders.low[row + p]),
                    p * 8 + q,
                )
    return _traced(best, steps, borders, n, m)


def _offer(values: Doubles, start: int, best: Doubles, steps: npt.NDArray[np.int8], low: int, step: int) -> None:
    """Take `values`, for the borders from `start` on, where they beat the `best` of a row that begins at `low`."""
    first, last = max(start, low), min(start + len(values), low + len(best))
    if last <= first:
        return
    offered, held = values[first - start : last - start], best[first - low : last - low]
    better = offered > held
    held[better] = offered[better]
    steps[first - low : last - low][better] = step


def _beads(evidence: Evidence, row: int, sums: tuple[Doubles, ...], costs: Costs) -> list[Doubles]:
    """For p = 1…: scores (w, TOGETHER − p) of the beads from sentence `row` and each column of its window on."""
    rows, starts = evidence.windows, evidence.starts
    low, high = int(rows.low[row]), int(rows.high[row])
    w = high - low
    if w <= 0:
        return []
    of_b = evidence.of_b[starts[row] : starts[row + 1]].astype(np.float64)
    along = np.concatenate([np.zeros((1, MOST)), np.cumsum(of_b, axis=0)])
    of_a = np.zeros((w, MOST))
    found: list[Doubles] = []
    for p in range(1, min(MOST, len(sums[0]) - 1 - row) + 1):
        here = row + p - 1
        first, last = int(rows.low[here]), min(int(rows.high[here]), high)
        if first >= high:
            break
        told = np.full((w, MOST), -1e9)
        told[first - low : last - low] = evidence.of_a[starts[here] : starts[here] + last - first]
        of_a += told
        most = min(TOGETHER - p, MOST, w)
        scores = np.full((w, most), -np.inf)
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


def _traced(best: list[Doubles], steps: list[npt.NDArray[np.int8]], borders: Band, n: int, m: int) -> list[Rung]:
    at, to = n, m
    found: list[Rung] = []
    while at or to:
        here = to - int(borders.low[at])
        p, q = divmod(int(steps[at][here]), 8)
        score = best[at][here] - best[at - p][to - q - int(borders.low[at - p])]
        found.append(Rung(range(at - p, at), range(to - q, to), float(score)))
        at, to = at - p, to - q
    return found[::-1]
