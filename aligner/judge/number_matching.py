"""Which quantity of one side is which of the other: each serves once, the likest first.

`645 mijl (1040 km)` and `6450 miles (1040 km)`: the Dutch miles are equal to the English kilometres, but those are
taken by the Dutch ones, so that the miles stand against each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from aligner.judge.assign import once_each
from aligner.judge.number_reading import values
from aligner.judge.number_values import Value, family, same
from aligner.records import Pair

#: Beyond this many quantities a side a cell is a table and no sentence: equal ones are found by hash, in linear time.
MOST = 40


@dataclass(frozen=True, slots=True)
class Match:
    """The quantities of both sides, in text order.

    `matched` are pairs of equal ones, `left` those that nothing on the other side equals, `again` those whose equal
    is taken by a liker one: mostly something told twice.
    """

    nl: tuple[Value, ...]
    en: tuple[Value, ...]
    matched: tuple[tuple[Value, Value], ...] = ()
    nl_left: tuple[Value, ...] = ()
    en_left: tuple[Value, ...] = ()
    nl_again: tuple[Value, ...] = ()
    en_again: tuple[Value, ...] = ()


@lru_cache(maxsize=8)  # findings and signals of a pair both ask
def match(pair: Pair) -> Match:
    """Which quantities of the two cells have a counterpart."""
    nl, en = values(pair.nl, "nl"), values(pair.en, "en")
    nl, en = _parted(nl, en), _parted(en, nl)
    nl_left, en_left = unmatched(nl, en), unmatched(en, nl)
    if max(len(nl), len(en)) > MOST:
        return Match(nl, en, (), nl_left, en_left)
    matched = tuple(_assigned(nl, en, max(len(pair.nl), 1), max(len(pair.en), 1)))
    used_nl, used_en = {a.span for a, _ in matched}, {b.span for _, b in matched}
    nl_again = tuple(v for v in nl if v.span not in used_nl and v not in nl_left)
    en_again = tuple(v for v in en if v.span not in used_en and v not in en_left)
    return Match(nl, en, matched, nl_left, en_left, nl_again, en_again)


def unmatched(mine: tuple[Value, ...], theirs: tuple[Value, ...]) -> tuple[Value, ...]:
    """Those of `mine` that nothing in `theirs` equals, in any languages: equal readings by hash, then one by one."""
    exact = {(dim, round(amount, 6)) for value in theirs for dim, amount in value.readings}
    rest = [v for v in mine if not any((dim, round(amount, 6)) in exact for dim, amount in v.readings)]
    if len(rest) > 4 * MOST or len(theirs) > 20 * MOST:
        return tuple(rest)
    return tuple(value for value in rest if not any(same(value, other) for other in theirs))


def _parted(mine: tuple[Value, ...], theirs: tuple[Value, ...]) -> tuple[Value, ...]:
    """`mine` with `acht van de tien` as eight and ten where the other side tells no such share."""
    if not any(value.parts for value in mine) or len(theirs) > MOST:
        return mine
    shares = [v for v in theirs if any(dim in {"share", "times"} for dim, _ in v.readings) and not v.parts]
    out: list[Value] = []
    for value in mine:
        whole = not value.parts or any(same(value, other) for other in theirs) or shares
        out += [value] if whole else value.parts
    return tuple(out)


def _assigned(
    nl: tuple[Value, ...], en: tuple[Value, ...], long_nl: int, long_en: int
) -> Iterator[tuple[Value, Value]]:
    ranked = sorted(
        (unlike(a, b), abs(a.span.start / long_nl - b.span.start / long_en), i, j)
        for i, a in enumerate(nl)
        for j, b in enumerate(en)
        if same(a, b)
    )
    for i, j in once_each((i, j) for _, _, i, j in ranked):
        yield nl[i], en[j]


def unlike(a: Value, b: Value) -> int:
    """How unlike two equal quantities are: 0 told alike, 1 of one sort, 2 one of them only implied, 3 across sorts."""
    exact = any(dim == other and abs(x - y) < 1e-6 for dim, x in a.readings for other, y in b.readings)
    if exact and a.readings[0][0] == b.readings[0][0] and a.unit == b.unit and min(a.weight, b.weight) >= 0.5:
        return 0
    if min(a.weight, b.weight) < 0.5:
        return 2
    return 1 if {family(dim) for dim, _ in a.readings} & {family(dim) for dim, _ in b.readings} else 3
