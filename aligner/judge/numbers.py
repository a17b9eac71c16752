"""Numbers by value: do both sides give the same figures, amounts, dates and times?

A quantity without counterpart is weak evidence (an omission, an idiom); two that stand against each other are
strong. So a finding needs an unmatched quantity of one sort on both sides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from aligner.judge.number_context import NAMES, Clash, clashes
from aligner.judge.number_reading import values
from aligner.judge.number_values import MEASURES, Value, conflicting, family, same
from aligner.records import Finding, Kind, Pair

#: Beyond this many unmatched quantities a side, a cell is a table and no sentence: no findings, linear time.
_MOST = 24


@dataclass(frozen=True, slots=True)
class Match:
    """The quantities of both sides, and those without a counterpart."""

    nl: tuple[Value, ...]
    en: tuple[Value, ...]
    nl_left: tuple[Value, ...]
    en_left: tuple[Value, ...]


@lru_cache(maxsize=8)  # findings and signals of a pair both ask
def match(pair: Pair) -> Match:
    """Which quantities of the two cells have a counterpart."""
    nl, en = values(pair.nl, "nl"), values(pair.en, "en")
    return Match(nl, en, unmatched(nl, en), unmatched(en, nl))


def unmatched(mine: tuple[Value, ...], theirs: tuple[Value, ...]) -> tuple[Value, ...]:
    """Those of `mine` that nothing in `theirs` equals, in any languages: equal readings by hash, then one by one."""
    exact = {(dim, round(amount, 6)) for value in theirs for dim, amount in value.readings}
    rest = [v for v in mine if not any((dim, round(amount, 6)) in exact for dim, amount in v.readings)]
    if len(rest) > 4 * _MOST or len(theirs) > 40 * _MOST:
        return tuple(rest)
    return tuple(value for value in rest if not any(same(value, other) for other in theirs))


def compare(pair: Pair) -> list[Finding]:
    """A `number` finding for each two quantities of one sort that stand against each other, most certain first."""
    found = match(pair)
    around = [_around(pair, clash) for clash in clashes(pair.nl, pair.en, found.nl, found.en)]
    if not found.nl_left or not found.en_left or max(len(found.nl_left), len(found.en_left)) > _MOST:
        return around[:2]
    scored = sorted(
        (
            (_certainty(pair, a, b, found), -_distance(pair, a, b), i, j)
            for i, a in enumerate(found.nl_left)
            for j, b in enumerate(found.en_left)
        ),
        reverse=True,
    )
    findings: list[Finding] = []
    used_nl: set[int] = set()
    used_en: set[int] = set()
    for certainty, _, i, j in scored:
        if certainty < 0.2 or len(findings) == 3:
            break
        if i in used_nl or j in used_en:
            continue
        used_nl.add(i)
        used_en.add(j)
        findings.append(_finding(pair, found.nl_left[i], found.en_left[j], certainty))
    return sorted([*findings, *around[:2]], key=lambda finding: -finding.probability)


def _around(pair: Pair, clash: Clash) -> Finding:
    nl, en = clash.nl.span.of(pair.nl), clash.en.span.of(pair.en)
    evidence = f"Of {nl} the Dutch says {NAMES[clash.nl_says]}, the English of {en} {NAMES[clash.en_says]}."
    return Finding(Kind.NUMBER, clash.certainty, clash.nl.span, clash.en.span, evidence)


#: What stands before or around a bare figure that tells an age; a comma or brackets behind a name do so too.
_AGE_BEFORE = re.compile(r"(?:\baged?|\bage of|\bleeftijd van|[A-Z][\w’'-]+,|[A-Z][\w’'-]+ \()\s*$")
_AGE_BEHIND = re.compile(r"(?:[,.;)]|$| and\b| en\b)")


def _ages(pair: Pair, a: Value, b: Value) -> bool:
    """Whether both tell an age: `de 4-jarige Lisa` and `Lisa, 14,`, of which only one says years."""
    nl, en = (any(dim == "duration" for dim, _ in value.readings) for value in (a, b))
    if nl == en:
        return False
    text, value = (pair.nl, a) if en else (pair.en, b)
    before, behind = text[: value.span.start], text[value.span.end :]
    return bool(value.digits and _AGE_BEFORE.search(before) and _AGE_BEHIND.match(behind))


def _certainty(pair: Pair, a: Value, b: Value, found: Match) -> float:
    certainty = 0.95 * (1.0 if _ages(pair, a, b) else conflicting(a, b))
    if certainty and _halved(a, b, found):
        certainty *= 0.6
    elif certainty and not _typo(a, b) and (_derived(a, found.en) or _derived(b, found.nl)):
        certainty *= 0.65
    if max(len(found.nl_left), len(found.en_left)) > 2:
        certainty *= 0.9
    # 23 jaar against the 32: of nine such pairs among the natural training pairs one is faithful.
    return max(certainty, _TYPO) if certainty and _typo(a, b) else certainty


#: Certainty of two figures that differ by one digit or by the order of their digits.
_TYPO = 0.8


def _halved(a: Value, b: Value, found: Match) -> bool:
    """Whether one is twice the other and a word for double or half stands by."""
    if any(dim == "ordinal" for value in (a, b) for dim, _ in value.readings):
        return False  # the second half of a match is not twice its first
    words = [v for v in (*found.nl, *found.en) if v is not a and v is not b]
    doubled = any(reading in (("times", 2.0), ("times", 0.5), ("share", 50.0)) for v in words for reading in v.readings)
    return doubled and any(abs(x - 2 * y) < 1e-6 or abs(y - 2 * x) < 1e-6 for x in a.raw[:1] for y in b.raw[:1])


def _typo(a: Value, b: Value) -> bool:
    """Whether two figures differ in one digit or in the order of their digits: no arithmetic explains that."""
    if not (a.digits and b.digits and a.raw and b.raw):
        return False
    x, y = (f"{value.raw[0]:g}" for value in (a, b))
    return len(x) == len(y) > 1 and (sorted(x) == sorted(y) or sum(p != q for p, q in zip(x, y, strict=True)) == 1)


def _derived(value: Value, others: tuple[Value, ...]) -> bool:
    """Whether the value is the sum, difference, product or complement of quantities of the other side."""
    if len(others) > 8:
        return False
    amounts = [amount for other in others for amount in other.raw[:1]]
    shares = [amount for other in others for dim, amount in other.readings if dim == "share"]
    for mine in value.raw[:1]:
        if mine <= 4 and mine.is_integer():
            continue  # small numbers are the sum of others by chance
        for i, x in enumerate(amounts):
            for y in amounts[i + 1 :]:
                if any(abs(mine - z) < 1e-6 for z in (x + y, abs(x - y), x * y)):
                    return True
            if any(abs(mine - x * share / 100) < 0.01 * mine for share in shares):
                return True
    return any(abs(100 - x - y) < 1.1 for dim, x in value.readings if dim == "share" for y in shares)


def _distance(pair: Pair, a: Value, b: Value) -> float:
    return abs(a.span.start / max(len(pair.nl), 1) - b.span.start / max(len(pair.en), 1))


def _finding(pair: Pair, a: Value, b: Value, certainty: float) -> Finding:
    nl, en = a.span.of(pair.nl), b.span.of(pair.en)
    return Finding(
        Kind.NUMBER, round(certainty, 3), a.span, b.span, f"The Dutch says {nl}, the English {en}.",
        _severity(a, b), _suggestion(pair, a, b),
    )  # fmt: skip


def _severity(a: Value, b: Value) -> str:
    """Critical from a factor of ten on, as a lost zero or `miljard` for `million` makes it."""
    for dim, x in a.readings:
        for other, y in b.readings:
            if family(dim) == family(other) and dim not in {"code", "date", "clock", "year"} and min(x, y) > 0:
                return "critical" if max(x, y) / min(x, y) >= 9.99 and dim not in {"temp"} else "major"
    return "major"


def _suggestion(pair: Pair, a: Value, b: Value) -> str:
    """The rendering's figure and what it should be, where both are plain figures of one sort."""
    if not (a.digits and b.digits) or {family(d) for d, _ in a.readings}.isdisjoint(family(d) for d, _ in b.readings):
        return ""
    figures = [re.findall(r"\d+(?:[.,]\d+)*", value.span.of(pair.cell(lang))) for value, lang in ((a, "nl"), (b, "en"))]
    if any(len(found) != 1 for found in figures) or a.unit != b.unit:
        return ""
    nl, en = figures[0][0], figures[1][0]
    swap = str.maketrans(".,", ",.")
    if re.fullmatch(r"\d{1,2}[.:]\d\d", nl) and ("clock" in {d for d, _ in a.readings}):
        return ""
    return f"{en} → {nl.translate(swap)}" if pair.original == "nl" else f"{nl} → {en.translate(swap)}"


def signals(pair: Pair) -> dict[str, float]:
    """Counts of matched and unmatched quantities a side, of the hard ones among them, and the best conflict."""
    found = match(pair)
    findings = compare(pair)

    def hard(left: tuple[Value, ...]) -> float:
        return float(sum(value.weight >= 0.8 for value in left))

    def mass(left: tuple[Value, ...]) -> float:
        return round(sum(value.weight for value in left), 3)

    units = {family(d) for v in (*found.nl_left, *found.en_left) for d, _ in v.readings}
    return {
        "number_nl": float(len(found.nl)),
        "number_en": float(len(found.en)),
        "number_matched": float(len(found.nl) - len(found.nl_left)),
        "number_nl_left": mass(found.nl_left),
        "number_en_left": mass(found.en_left),
        "number_nl_hard": hard(found.nl_left),
        "number_en_hard": hard(found.en_left),
        "number_measure": float(bool(units & (MEASURES | {"money", "share"}))),
        "number_conflict": max((finding.probability for finding in findings), default=0.0),
    }
