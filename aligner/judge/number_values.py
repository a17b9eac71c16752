"""The record of one quantity in a text, and when two of them can be the same quantity."""

from __future__ import annotations

from dataclasses import dataclass

from aligner.records import Span

#: (dimension, amount in that dimension's base unit). Money carries its currency: `money:EUR`.
Reading = tuple[str, float]

#: Base units: days, metres, kilograms, square metres, litres, metres a second, degrees Celsius, minutes of the day.
MEASURES = frozenset({"duration", "length", "mass", "area", "volume", "speed", "temp"})
#: Dimensions without a numeral of their own: they match nothing but themselves.
NAMED = frozenset({"weekday", "month", "date", "decade", "code"})


@dataclass(frozen=True, slots=True)
class Value:
    """One quantity: where it stands, every way to read it, and how much it may carry.

    `raw` are the bare numerals (35 in `35 km`), for a match across dimensions. `weight` runs from 1 (a figure)
    to 0.2 (a word that only implies a quantity: `both`, `half`); a soft value can explain one on the other side
    but cannot conflict. `hedged` tells of `about`, `nearly`. `parts` are the two figures of `acht van de tien`.
    """

    span: Span
    readings: tuple[Reading, ...]
    raw: tuple[float, ...] = ()
    unit: str = ""
    weight: float = 1.0
    hedged: bool = False
    digits: bool = False
    parts: tuple[Value, ...] = ()


def family(dimension: str) -> str:
    """The dimension without its currency."""
    return dimension.partition(":")[0]


def same(a: Value, b: Value) -> bool:
    """Whether the two can be one quantity in some reading."""
    exclusive = False
    for dim, x in a.readings:
        for other, y in b.readings:
            if dim == other:
                if _close(dim, x, y, a, b):
                    return True
                exclusive |= dim not in {"count", "ordinal"}
            elif _across(dim, x, other, y):
                return True
            elif family(dim) == family(other) == "money":
                exclusive = True
    return not exclusive and any(_near(x, y, 0.0) for x in a.raw for y in b.raw)


def _near(x: float, y: float, tolerance: float) -> bool:
    return abs(x - y) <= max(tolerance, 1e-6) * max(abs(x), abs(y), 1e-9)


def _close(dim: str, x: float, y: float, a: Value, b: Value) -> bool:
    if dim == "weekday" and a.weight < 1 and b.weight < 1:
        return (x - y) % 7 in {0, 1, 6}  # the night of Sunday is the small hours of Monday
    if dim in NAMED or dim in {"clock", "ordinal", "year", "century", "points"}:
        return abs(x - y) < 1e-6
    slack = 0.03 if _rounded(a, b) else 0.0
    if dim == "share":
        # A fraction stands for a rounded percentage (`een derde`, 33 %), two percentages must be equal, or nearly so
        # where one is hedged: `ruim 60 procent` for 62 %, but not `tot 6 procent` for up to 4 %.
        if a.unit == b.unit:
            return abs(x - y) <= (min(2.1, 0.08 * max(x, y)) if slack else 0.051)
        return abs(x - y) <= min(2.1, 0.1 * max(x, y))
    if dim == "magnitude":
        return _near(x, y, 0.25)
    if dim == "temp" and "f" in (a.unit, b.unit) and a.unit != b.unit and a.raw and b.raw:
        warm, cool = (a.raw[0], b.raw[0]) if a.unit == "f" else (b.raw[0], a.raw[0])
        if _near(warm, 1.8 * cool, 0.05):
            return True  # 1,4 graad warmer, 2.5 degrees Fahrenheit warmer
    if dim == "temp":
        return abs(x - y) <= (1e-6 if a.unit == b.unit else 1.6) or abs(x - y) < 0.01
    if dim in MEASURES and a.unit != b.unit:
        # Months against weeks are told roundly (8 weeks, two months: 8 % apart), converted units to two figures.
        return _converted(x, y, a, b, 0.1 if dim == "duration" else 0.07)
    return _near(x, y, slack)


def _rounded(a: Value, b: Value) -> bool:
    """Whether one of two figures may be the other rounded: `bijna 2.000` for 1,987, but not `zo'n 45` for some 46."""
    if a.hedged == b.hedged or not a.raw or not b.raw:
        return False
    years = any(dim == "year" for value in (a, b) for dim, _ in value.readings)
    rough, exact = (a, b) if a.hedged else (b, a)
    return not years and granule(rough.raw[0]) > granule(exact.raw[0])


def _converted(x: float, y: float, a: Value, b: Value, slack: float) -> bool:
    """Whether one of two measures is the other in its own unit, told as roundly as it is: 200 km is 130 miles."""
    if not a.raw or not b.raw or not a.raw[0] or not b.raw[0]:
        return _near(x, y, slack)
    for amount, converted in ((a.raw[0], y * a.raw[0] / x), (b.raw[0], x * b.raw[0] / y)):
        off = abs(amount - converted)
        if off <= granule(amount) and _near(x, y, slack):
            return True
        if amount < 10 and off <= granule(amount) / 2:
            return True  # an inch is 3 centimetres, although 18 % are too much
    return False


def granule(amount: float) -> float:
    """The step in which a figure seems to be told: 10 for 130, 5 for 165, 1 for 137, .1 for 2.5."""
    whole, _, decimals = f"{amount:.3f}".rstrip("0").partition(".")
    if decimals:
        return 10.0 ** -len(decimals)
    size = 10.0 ** (len(whole) - len(whole.rstrip("0"))) if amount else 1.0
    return size * 5 if amount > 10 * size and amount % (size * 5) == 0 else size


def _across(dim: str, x: float, other: str, y: float) -> bool:
    """Equal although of two dimensions: hundreds and 340, twice and 2, half and a halving, 26 March and March."""
    for (d, u), (e, v) in (((dim, x), (other, y)), ((other, y), (dim, x))):
        if d == "magnitude" and (e in {"count", "year"} or e in MEASURES or e.startswith("money")):
            if 0.75 * u <= v < 20 * u:
                return True
        elif d == "times" and e == "share":
            if abs(u * 100 - v) < 1:
                return True
        elif d == "clock" and e in {"count", "duration", "ordinal"}:
            if e == "count" and (_near(u, v * 60, 0) or _near(u, (v + 12) * 60, 0) or _near(u, v * 60 - 720, 0)):
                return True
        elif d == "date" and e in {"month", "ordinal", "count"}:
            if v == (u // 100 if e == "month" else u % 100):
                return True
        elif d == "century" and e == "decade" and abs((u - 1) * 100 - v) < 1:
            return True
        elif d == "decade" and e in {"year", "count"} and v % 100 == u:
            return True  # `sinds 1970`, since the 1970s; in de twintig, in their twenties
    return False


def conflicting(a: Value, b: Value) -> float:
    """How plain it is that two unmatched values fill one and the same place: 0 (other sorts) to 1."""
    best = 0.0
    for dim, x in a.readings:
        for other, y in b.readings:
            if dim == other == "weekday" and 1 < abs(x - y) < 6:
                return 1.0  # a night may carry the name of the day before or after, not of another one
            if dim == other:
                best = max(best, 1.0 if dim != "count" else 0.85)
            elif family(dim) == family(other) == "money":
                best = max(best, 1.0)
            elif (
                {dim, other} <= {"count", "share", "points", "times", "ordinal", "year", "magnitude"}
                or ({dim, other} & {"count"} and ({dim, other} & MEASURES or "money" in {family(dim), family(other)}))
                or {dim, other} in ({"month", "date"}, {"share", "times"}, {"clock", "count"}, {"clock", "duration"})
                or {dim, other} == {"decade", "year"}
            ):
                best = max(best, 0.6)
    return best * min(a.weight, b.weight)
