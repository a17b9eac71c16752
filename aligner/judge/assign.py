"""Who answers to whom: each once, the likest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def once_each(ranked: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Of pairs of indices, best first, those of which neither index stands in a better one that was taken."""
    left: set[int] = set()
    right: set[int] = set()
    for i, j in ranked:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            yield i, j
