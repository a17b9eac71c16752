"""Moved passages: sentences whose counterpart stands elsewhere, where no monotone ladder can reach it.

They are sought among the sentences without a likely counterpart nearby, so that the search stays small in texts that
are parallel at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from aligner.alignment.bitext.evidence import gather
from aligner.alignment.bitext.path import Band, Margins
from aligner.alignment.bitext.program import Costs, Rung, best_ladder, lattice

if TYPE_CHECKING:
    import numpy.typing as npt

    from aligner.embed.encoder import Encoded

    Ints = npt.NDArray[np.int64]
    Reader = Callable[[int, int], Sequence[Encoded]]

#: A sentence whose best margin nearby is below this part of a true pair's is sought elsewhere…
WEAK = 0.6
#: …and counts as moved if its margin with a mutually best sentence there reaches this part.
STRONG = 0.75
#: …and so many times the noise: documents on different subjects then have 5 and 1 moved beads, not 15 and 21.
CLEAR = 1.6
#: Sentences a side that are sought elsewhere, at most: 4,000 by 4,000 take a second.
MOST_SOUGHT = 4000
#: Sentences around a moved passage that its tokens are compared with, for contrast.
CONTEXT = 4
#: Sentences on each side of a moved pair that may belong to its passage, at most: two long appendices of which neither
#: is a translation are otherwise compared token by token, every sentence with every other.
REACH = 40


def find_moved(margins: Margins, rows: Band) -> list[tuple[int, int]]:
    """Pairs (i, j) outside the windows `rows` that are each other's best among the sentences weak nearby."""
    n, m = len(margins.a), len(margins.b)
    best_a, best_b = np.full(n, -1.0), np.full(m, -1.0)
    for i in range(n):
        low, high = int(rows.low[i]), int(rows.high[i])
        if high > low:
            near = margins.between(np.array([i]), np.arange(low, high))[0]
            best_a[i] = near.max()
            best_b[low:high] = np.maximum(best_b[low:high], near)
    weak = WEAK * margins.typical
    left = np.flatnonzero(best_a < weak)[:MOST_SOUGHT]
    right = np.flatnonzero(best_b < weak)[:MOST_SOUGHT]
    if not len(left) or not len(right):
        return []
    found = margins.between(left, right)
    forth, back = found.argmax(axis=1), found.argmax(axis=0)
    least = max(STRONG * margins.typical, CLEAR * margins.noise)
    return [
        (int(left[at]), int(right[to]))
        for at, to in enumerate(forth.tolist())
        if back[to] == at and found[at, to] >= least
    ]


def align_moved(
    pairs: Sequence[tuple[int, int]],
    ladder: Sequence[Rung],
    encoded: tuple[Reader, Reader],
    lengths: tuple[Ints, Ints],
) -> list[Rung]:
    """Beads of the passages around `pairs` whose sentences the `ladder` skipped; `encoded` reads sentences."""
    free_a = {i for rung in ladder if not rung.b for i in rung.a}
    free_b = {j for rung in ladder if not rung.a for j in rung.b}
    found: list[Rung] = []
    for i, j in pairs:
        if i not in free_a or j not in free_b:
            continue
        a, b = _run(i, free_a, len(lengths[0])), _run(j, free_b, len(lengths[1]))
        for rung in _local(a, b, encoded, lengths):
            if set(rung.a) <= free_a and set(rung.b) <= free_b:
                found.append(rung)
                free_a -= set(rung.a)
                free_b -= set(rung.b)
    return found


def _run(at: int, free: set[int], size: int) -> range:
    """The free sentences around `at`, `REACH` at most in either direction, with `CONTEXT` more on both sides."""
    first = last = at
    while first - 1 in free and at - first < REACH:
        first -= 1
    while last + 1 in free and last - at < REACH:
        last += 1
    return range(max(first - CONTEXT, 0), min(last + 1 + CONTEXT, size))


def _local(a: range, b: range, encoded: tuple[Reader, Reader], lengths: tuple[Ints, Ints]) -> list[Rung]:
    """The beads of one passage against another, all sentences of one being near all of the other."""
    borders = Band(np.zeros(len(a) + 1, np.int64), np.full(len(a) + 1, len(b) + 1, np.int64))
    evidence = gather(
        lambda first, last: encoded[0](a.start + first, a.start + last),
        lambda first, last: encoded[1](b.start + first, b.start + last),
        (len(a), len(b)),
        borders,
    )
    ladder = best_ladder(
        lattice(evidence, borders, (lengths[0][a.start : a.stop], lengths[1][b.start : b.stop]), Costs())
    )
    return [
        Rung(
            range(a.start + rung.a.start, a.start + rung.a.stop),
            range(b.start + rung.b.start, b.start + rung.b.stop),
            rung.score,
        )
        for rung in ladder
        if rung.a and rung.b
    ]
