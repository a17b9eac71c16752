"""What a translator should know of a pair although it is no divergence: a quantity converted into another unit."""

from __future__ import annotations

from aligner.judge.number_matching import match
from aligner.judge.number_values import MEASURES, same
from aligner.records import Pair

_CONVERTED = MEASURES - {"duration"}


def of(pair: Pair) -> str:
    """One plain sentence for each quantity that stands in other units on the two sides, empty if there is none."""
    found = match(pair)
    told = []
    for a in found.nl:
        if a in found.nl_left or {dim for dim, _ in a.readings}.isdisjoint(_CONVERTED):
            continue
        equal = [b for b in found.en if same(a, b)]
        if equal and all(b.unit != a.unit and set(b.raw).isdisjoint(a.raw) for b in equal):
            nl, en = a.span.of(pair.nl), equal[0].span.of(pair.en)
            told.append(f"{nl} and {en} are the same quantity in other units.")
    return " ".join(told)
