"""Numbers by value: do both sides give the same figures, amounts, dates and times?

A quantity without counterpart is weak evidence (an omission, an idiom); two that stand against each other are
strong. So a finding needs an unmatched quantity of one sort on both sides, or equal ones of which the two sides say
other things.
"""

from __future__ import annotations

import re
from itertools import islice

from aligner.judge.assign import once_each
from aligner.judge.number_certainty import certainty
from aligner.judge.number_context import NAMES, Clash, clashes
from aligner.judge.number_matching import Match, match
from aligner.judge.number_owners import EXCHANGED, Matched, exchanged
from aligner.judge.number_values import MEASURES, Value, family
from aligner.records import Finding, Kind, Pair

#: Beyond this many unmatched quantities a side, a cell is a table and no sentence: no findings, linear time.
_MOST = 24
#: Less certain ones are told nowhere.
_LEAST = 0.2


def compare(pair: Pair) -> list[Finding]:
    """A `number` finding for each two quantities of one sort that stand against each other, most certain first."""
    found = match(pair)
    beside = [_around(pair, clash) for clash in clashes(pair.nl, pair.en, found.nl, found.en)][:2]
    beside += [_crosswise(pair, *two) for two in exchanged(pair.nl, pair.en, found.matched)][:1]
    return sorted([*_opposed(pair, found), *beside], key=lambda finding: -finding.probability)


def _opposed(pair: Pair, found: Match) -> list[Finding]:
    """Findings of quantities without counterpart that stand against each other, at most three."""
    nl, en = (*found.nl_left, *found.nl_again), (*found.en_left, *found.en_again)
    if not nl or not en or max(len(nl), len(en)) > _MOST:
        return []
    sure = {(i, j): certainty(pair, a, b, found) for i, a in enumerate(nl) for j, b in enumerate(en)}
    ranked = sorted(
        ((p, -_distance(pair, nl[i], en[j]), i, j) for (i, j), p in sure.items() if p >= _LEAST), reverse=True
    )
    chosen = islice(once_each((i, j) for _, _, i, j in ranked), 3)
    return [_finding(pair, nl[i], en[j], sure[i, j]) for i, j in chosen]


def _crosswise(pair: Pair, one: Matched, other: Matched) -> Finding:
    (a, b), (c, d) = one, other
    told = [value.span.of(text) for value, text in ((a, pair.nl), (d, pair.en), (c, pair.nl), (b, pair.en))]
    evidence = "The Dutch says {} where the English says {}, and {} where it says {}.".format(*told)
    return Finding(Kind.NUMBER, EXCHANGED, a.span, d.span, evidence)


def _around(pair: Pair, clash: Clash) -> Finding:
    nl, en = clash.nl.span.of(pair.nl), clash.en.span.of(pair.en)
    evidence = f"Of {nl} the Dutch says {NAMES[clash.nl_says]}, the English of {en} {NAMES[clash.en_says]}."
    return Finding(Kind.NUMBER, clash.certainty, clash.nl.span, clash.en.span, evidence)


def _distance(pair: Pair, a: Value, b: Value) -> float:
    return abs(a.span.start / max(len(pair.nl), 1) - b.span.start / max(len(pair.en), 1))


def _finding(pair: Pair, a: Value, b: Value, probability: float) -> Finding:
    nl, en = a.span.of(pair.nl), b.span.of(pair.en)
    return Finding(
        Kind.NUMBER, round(probability, 3), a.span, b.span, f"The Dutch says {nl}, the English {en}.",
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
