"""How certain it is that two quantities without counterpart stand against each other.

Features of the two, weighed by logistic weights in `data/numbers.json`, which `scripts/fit_numbers.py` learns from
natural pairs and true ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.judge.lexicon import stem, translations
from aligner.judge.logistic import chance, learned, total
from aligner.judge.number_matching import Match
from aligner.judge.number_values import MEASURES, Value, conflicting, family
from aligner.records import Pair

_MOMENTS = frozenset({"year", "weekday", "month", "date", "clock", "decade", "century"})
_OTHER_MEASURES = frozenset({"money", "points", "magnitude", "lap"}) | (MEASURES - {"duration"})


def certainty(pair: Pair, a: Value, b: Value, found: Match) -> float:
    """Probability that the Dutch `a` and the English `b` are one place told differently; 0 if they cannot be."""
    told = features(pair, a, b, found)
    if not told:
        return 0.0
    return chance(total(learned("numbers"), told))


def features(pair: Pair, a: Value, b: Value, found: Match) -> dict[str, float]:
    """What speaks for and against, by name; empty for quantities of sorts that never stand against each other."""
    ages = _ages(pair, a, b)
    if not ages and conflicting(a, b) == 0:
        return {}
    again = (a in found.nl_again) + (b in found.en_again)
    left = max(len(found.nl_left) + (a in found.nl_again), len(found.en_left) + (b in found.en_again))
    told = dict.fromkeys(_SORTS, 0.0)
    told["age" if ages else _sort(pair, a, b)] = 1.0
    return told | {
        "implied": float(min(a.weight, b.weight) < 0.5),
        "same unit": float(a.unit == b.unit),
        "hedged": float(a.hedged or b.hedged),
        "one digit apart": float(_typo(a, b)),
        "arithmetic": float(_derived(a, b, found)),
        "halved": float(_halved(a, b, found)),
        "told again": float(min(again, 1)),
        "more left": float(min(left - 1, 3)),
        "same order": float(_same_order(a, b, found)),
        "same words around": float(min(_words_shared(pair, a, b), 3)),
    }


#: The sorts of which one is 1 in every set of features.
_SORTS = ("age", "count", "ordinal", "moment", "duration", "measure", "share", "times", "years or count", "mixed")


#: What may follow a number that counts nothing told beside it.
_ALONE = re.compile(
    r"\s*(?:[^\w\s(-]|$|(?:and|or|of|on|in|at|when|for|with|to|from|by|is|was|en|op|om|toen|van|bij|naar|met)\b)"
)


def _sort(pair: Pair, a: Value, b: Value) -> str:
    mine, theirs = ({family(dim) for dim, _ in value.readings} for value in (a, b))
    both = mine & theirs
    for name, sorts in (("moment", _MOMENTS), ("measure", _OTHER_MEASURES)):
        if both & sorts:
            return name
    for name in ("share", "duration", "ordinal", "times", "count"):
        if name in both:
            return name
    if not both:
        text, value = (pair.nl, a) if "count" in mine else (pair.en, b)
        alone = _ALONE.match(text, value.span.end) is not None
        return "years or count" if alone and {"count", "duration"} <= mine | theirs else "mixed"
    return "count"  # codes


#: What stands before or around a bare figure that tells an age; a comma or brackets behind a name do so too.
_AGE_BEFORE = re.compile(
    r"(?:\b(?:aged?|age of|leeftijd van|under|over|below|above|(?:older|younger) than|turned|onder de|boven de)"
    r"|[A-Z][\w’'-]+,|[A-Z][\w’'-]+ \()\s*$"
)
_AGE_BEHIND = re.compile(r"(?:[,.;)]|$| and\b| en\b)")


def _ages(pair: Pair, a: Value, b: Value) -> bool:
    """Whether both tell an age: `de 4-jarige Lisa` and `Lisa, 14,`, of which only one says years."""
    nl, en = (any(dim == "duration" for dim, _ in value.readings) for value in (a, b))
    if nl == en:
        return False
    text, value = (pair.nl, a) if en else (pair.en, b)
    before, behind = text[: value.span.start], text[value.span.end :]
    return bool(value.digits and _AGE_BEFORE.search(before) and _AGE_BEHIND.match(behind))


def _typo(a: Value, b: Value) -> bool:
    """Whether two figures differ in one digit or in the order of their digits: arithmetic seldom explains that."""
    if not (a.digits and b.digits and a.raw and b.raw):
        return False
    x, y = (f"{value.raw[0]:g}" for value in (a, b))
    return len(x) == len(y) > 1 and (sorted(x) == sorted(y) or sum(p != q for p, q in zip(x, y, strict=True)) == 1)


def _halved(a: Value, b: Value, found: Match) -> bool:
    """Whether one is twice the other and a word for double or half stands by."""
    if any(dim == "ordinal" for value in (a, b) for dim, _ in value.readings):
        return False  # the second half of a match is not twice its first
    words = [v for v in (*found.nl, *found.en) if v is not a and v is not b]
    doubled = any(reading in (("times", 2.0), ("times", 0.5), ("share", 50.0)) for v in words for reading in v.readings)
    return doubled and any(abs(x - 2 * y) < 1e-6 or abs(y - 2 * x) < 1e-6 for x in a.raw[:1] for y in b.raw[:1])


def _derived(a: Value, b: Value, found: Match) -> bool:
    """Whether one follows from the other and a third quantity: 31 dead of whom nine children, 22 adults and nine."""
    for dim, x in a.readings:
        for other, y in b.readings:
            if dim != other or dim in {"ordinal", "date", "month", "weekday", "decade", "code"}:
                continue
            if (dim == "share" and abs(100 - x - y) < 1.1) or (dim == "times" and abs(x * y - 1) < 1e-6):
                return True
            if any(min(abs(x + z - y), abs(y + z - x), abs(x + y - z)) < 1e-6 for z in _thirds(dim, a, b, found)):
                return True
            low, high = sorted((x, y))
            if any(low and abs(low * z - high) < 0.01 * high for z in _factors(a, b, found)):
                return True
    return False


def _thirds(dim: str, a: Value, b: Value, found: Match) -> Iterator[float]:
    """What may be added to or taken from a quantity of that sort."""
    for value in (*found.nl, *found.en):
        if value is not a and value is not b:
            for other, z in value.readings:
                if other == dim and z:
                    yield z
                elif dim == "year" and other == "duration":
                    yield round(z / 365.25)
                elif dim == "clock" and other == "duration":
                    yield round(z * 1440)


def _factors(a: Value, b: Value, found: Match) -> Iterator[float]:
    """By what a quantity may be multiplied: times, shares, `drie jaar lang`, `elk`."""
    for value in (*found.nl, *found.en):
        if value is not a and value is not b:
            for dim, z in value.readings:
                if dim == "times" and z:
                    yield max(z, 1 / z)
                elif dim == "share" and z:
                    yield 100 / z
                    if z < 100:
                        yield 100 / (100 - z)
                elif dim == "duration" and value.raw[:1] and value.raw[0] > 1:
                    yield value.raw[0]


def _same_order(a: Value, b: Value, found: Match) -> bool:
    """Whether the same matched quantities stand before the two on either side."""
    return all((x.span < a.span) == (y.span < b.span) for x, y in found.matched)


_WORD = re.compile(r"[^\W\d_]{2,}")
_SMALL = frozenset(
    "de het een van en in op te dat die is was met voor aan er om als bij the an of and on to that for at by as from "
    "per with".split()
)


def _words_shared(pair: Pair, a: Value, b: Value) -> int:
    """How many of the four content words around the Dutch quantity are rendered around the English one."""
    before, behind = _around(pair.nl, a)
    near = [*before[-2:], *behind[:2]]
    words = {word for part in _around(pair.en, b) for word in part}
    stems = {stem(word, "en") for word in words}
    known = translations()
    return sum(
        word in words
        or not stems.isdisjoint(known.get(stem(word, "nl"), ()))
        or (len(word) >= 5 and any(other.startswith(stem(word, "nl")[:5]) for other in stems))
        for word in near
    )


def _around(text: str, value: Value) -> tuple[list[str], list[str]]:
    before, behind = text[max(0, value.span.start - 35) : value.span.start], text[value.span.end : value.span.end + 45]
    sides = ([word for word in _WORD.findall(part.lower()) if word not in _SMALL] for part in (before, behind))
    first, second = sides
    return first[-4:], second[:4]
