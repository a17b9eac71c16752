"""What the tokens say of where a sentence's counterpart lies: the signal that settles the borders of beads.

For a token of one document, its best cosine in every sentence of the other document nearby becomes a distribution over
those sentences (softmax). The log-probability that the counterpart lies in a given run of sentences is the token's
evidence for that run; function words, at home everywhere, weigh little. One place more is "nowhere", at a fixed cosine:
a sentence whose tokens go there has no counterpart. A sentence's evidence is the sum over its tokens, divided by the
square root of their number, since tokens of one sentence are not independent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aligner.alignment.bitext.path import Band
from aligner.embed.tokens import centred_states

if TYPE_CHECKING:
    import numpy.typing as npt

    from aligner.embed.encoder import Encoded

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]

#: Sentences of one side in a bead, at most.
MOST = 6
#: The softness of the distribution over sentences, in cosine.
TEMPERATURE = 0.08
#: The cosine of "nowhere", which stands among the sentences: tokens without a better match have no counterpart.
NOWHERE = 0.5
#: Sentences whose token states are held at a time.
BLOCK = 256

_NEVER = np.float32(-1e9)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence in a band. Row i holds the sentences of b that sentence i of a may pair with: `windows`.

    `of_a` (cells, MOST): at row i and column j, what sentence i of a says for b's run of q = 1… sentences from j on.
    `of_b` (cells, MOST): what sentence j of b says for a's run of p = 1… sentences from i on. Both ≤ 0, and −1e9 where
    the run leaves the band. `nowhere_a` (n,) and `nowhere_b` (m,): what they say for having no counterpart. `starts`
    (n + 1,) are the rows' first cells; `tokens_a` (n,), `tokens_b` (m,) the counts.
    """

    windows: Band
    starts: Ints
    of_a: Floats
    of_b: Floats
    nowhere_a: Floats
    nowhere_b: Floats
    tokens_a: Ints
    tokens_b: Ints


def windows(borders: Band, m: int) -> Band:
    """The sentences of b that lie between the borders of a row and those of the next."""
    return Band(borders.low[:-1], np.minimum(borders.high[1:] - 1, m))


def gather(
    encode_a: Callable[[int, int], Sequence[Encoded]],
    encode_b: Callable[[int, int], Sequence[Encoded]],
    sizes: tuple[int, int],
    borders: Band,
) -> Evidence:
    """Evidence of two documents of `sizes` (n, m) sentences, in the band of `borders` (n + 1 rows).

    `encode_a(first, last)` gives the sentences of that range; blocks of `BLOCK` are asked for, so that token states
    of the whole need not be held.
    """
    n, m = sizes
    rows = windows(borders, m)
    starts = np.concatenate([[0], np.cumsum(rows.high - rows.low)])
    of_a = np.full((starts[-1], MOST), _NEVER)
    of_b = np.full((starts[-1], MOST), _NEVER)
    nowhere_a = np.zeros(n, np.float32)
    tokens_a = np.zeros(n, np.int64)
    tokens_b = np.zeros(m, np.int64)
    held: dict[int, Floats] = {}  # of b: states by sentence
    best_b: list[Floats] = []  # by row: the best cosine of each token of the row's window
    mass: dict[int, Floats] = {}  # of b: each token's sum of exponentials over the rows so far
    for first in range(0, n, BLOCK):
        last = min(first + BLOCK, n)
        low, high = int(rows.low[first]), int(rows.high[last - 1])
        for j in [j for j in held if j < low]:
            del held[j]
        begin = max(held, default=low - 1) + 1
        for j, encoded in enumerate(encode_b(begin, high) if high > begin else (), start=begin):
            held[j] = centred_states(encoded)
            tokens_b[j] = len(held[j])
            mass[j] = np.full(len(held[j]), np.exp((NOWHERE - 1) / TEMPERATURE), np.float32)
        for i, encoded in enumerate(encode_a(first, last), start=first):
            states = centred_states(encoded)
            tokens_a[i] = len(states)
            window = range(int(rows.low[i]), int(rows.high[i]))
            told, best, nowhere_a[i] = _row(states, [held[j] for j in window])
            of_a[starts[i] : starts[i + 1]] = told
            best_b.append(best)
            at = 0
            for j in window:
                mass[j] += np.exp((best[at : at + tokens_b[j]] - 1) / TEMPERATURE)
                at += tokens_b[j]
    log_mass = np.array([np.log(np.maximum(mass[j], 1e-30)).sum() if j in mass else 0.0 for j in range(m)])
    for i in range(n):
        of_b[starts[i] : starts[i + 1]] = _column(i, rows, best_b, tokens_b, log_mass)
    nowhere_b = ((NOWHERE - 1) / TEMPERATURE * tokens_b - log_mass) / np.sqrt(np.maximum(tokens_b, 1))
    return Evidence(rows, starts, of_a, of_b, nowhere_a, nowhere_b.astype(np.float32), tokens_a, tokens_b)


def _row(states: Floats, others: Sequence[Floats]) -> tuple[Floats, Floats, float]:
    """What one sentence of a says of its window (w, MOST), the best cosines of the window's tokens, and for nowhere."""
    w = len(others)
    told = np.full((w, MOST), _NEVER)
    sizes = np.array([len(other) for other in others], np.int64)
    full = np.flatnonzero(sizes)
    if not len(states) or not len(full):
        told[:] = 0.0  # a sentence without tokens (marks alone) says nothing
        for q in range(1, MOST):
            told[max(w - q, 0) :, q] = _NEVER
        return told, np.full(int(sizes.sum()), -1.0, np.float32), 0.0
    product = states @ np.concatenate([other for other in others if len(other)]).T
    best = np.full((len(states), w), -1.0, np.float32)
    best[:, full] = np.maximum.reduceat(product, np.concatenate([[0], np.cumsum(sizes[full])[:-1]]), axis=1)
    nowhere = (NOWHERE - 1) / TEMPERATURE
    mass = np.log(np.exp((best - 1) / TEMPERATURE).sum(axis=1) + np.exp(nowhere)).sum()
    run = best
    for q in range(1, min(MOST, w) + 1):
        if q > 1:
            run = np.maximum(run[:, :-1], best[:, q - 1 :])
        told[: w - q + 1, q - 1] = ((run - 1).sum(axis=0) / TEMPERATURE - mass) / np.sqrt(len(states))
    return told, product.max(axis=0), float((nowhere * len(states) - mass) / np.sqrt(len(states)))


def _column(i: int, rows: Band, best_b: Sequence[Floats], tokens_b: Ints, log_mass: npt.NDArray[np.float64]) -> Floats:
    """What the sentences of row i's window say for the runs of a that begin at i: (w, MOST)."""
    low, high = int(rows.low[i]), int(rows.high[i])
    told = np.full((high - low, MOST), _NEVER)
    sums = np.concatenate([[0], np.cumsum(tokens_b[low:high])])
    run = best_b[i]
    for p in range(1, min(MOST, len(best_b) - i) + 1):
        # The windows' bounds rise with the rows: the common window of the run shrinks from the left.
        first = int(rows.low[i + p - 1])
        if first >= high:
            break
        skipped = int(sums[first - low])
        if p > 1:
            new = best_b[i + p - 1][: int(sums[-1]) - skipped]
            run = np.maximum(run[len(run) - len(new) :], new)
        total = np.concatenate([[0.0], np.cumsum(run, dtype=np.float64)])[sums[first - low :] - skipped]
        sizes = tokens_b[first:high]
        found = (np.diff(total) - sizes) / TEMPERATURE - log_mass[first:high]
        told[first - low :, p - 1] = np.where(sizes > 0, found / np.sqrt(np.maximum(sizes, 1)), 0.0)
    return told
