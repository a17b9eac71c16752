"""Names: do both sides speak of the same people, places and bodies?

No name tagger: capitalised words, a table of exonyms and likeness of letters. As with numbers, a name without
counterpart is weak evidence; one on each side that stand against each other is strong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from aligner.judge.name_reading import Name, Names, read
from aligner.judge.name_tables import PLACES, bare, sounded
from aligner.records import Finding, Kind, Pair

#: Beyond this many unmatched names a side the cell is a list; comparing stays linear.
_MOST = 20
_LIKE = 80.0  # likeness of letters from which two spellings are one name


@dataclass(frozen=True, slots=True)
class Match:
    """Names of both sides and those without counterpart."""

    nl: Names
    en: Names
    nl_left: tuple[Name, ...]
    en_left: tuple[Name, ...]


@lru_cache(maxsize=8)  # findings and signals of a pair both ask
def match(pair: Pair) -> Match:
    """Which names of the two cells have a counterpart."""
    nl, en = read(pair.nl, "nl"), read(pair.en, "en")
    return Match(nl, en, _left(nl, en), _left(en, nl))


def _left(mine: Names, theirs: Names) -> tuple[Name, ...]:
    keys = {concept.key for name in theirs.names for concept in name.concepts}
    wider = {related for name in theirs.names for concept in name.concepts for related in concept.related}
    sounds = {sounded(word) for word in theirs.words}
    rest = []
    for name in mine.names:
        if any(concept.key in keys or concept.key in wider or concept.related & keys for concept in name.concepts):
            continue
        if bare(name.text) in theirs.words or sounded(name.text) in sounds or name.text.upper() in theirs.initials:
            continue
        rest.append(name)
    if len(rest) > 4 * _MOST:
        return tuple(rest)
    others = theirs.names[: 10 * _MOST]
    return tuple(name for name in rest if not any(_alike(name, other) for other in others))


#: What a Dutch compound or derivation may add to a name: `Nijldelta`, `Gobiwoestijn`, `Toms`, `Aalsterse`.
_TAILS = re.compile(
    r"(?:s|e|se|er|ers|aar|aars|erse|n|en|zee|meer|dal|delta|vallei|baai|kanaal|eiland|eilanden|woestijn|poort|straat|"
    r"plein|park|brug|tijd|tijdperk|toren|kerk|klooster|gebied|streek|polder|haven|berg|gebergte|kust|verzen|versie|"
    r"topman|baas|chef|directeur|directie|fan|fans|speler|spelers|trainer|leider|kiezer|kiezers|aanhanger|aanhangers|"
    r"criticus|wet|app|account|vlucht|toestel|kantoor|beurs|museum|huis|hof|stad|club|groep|concern|watcher|watchers)$"
)


def _alike(a: Name, b: Name) -> bool:
    """Whether two words may spell one name; two known names are told apart by the table alone."""
    if a.concepts and b.concepts:
        return False
    x, y = sounded(a.text), sounded(b.text)
    short, long = sorted((x, y), key=len)
    if len(short) >= 3 and long.startswith(short) and (len(short) >= 5 or _TAILS.fullmatch(long[len(short) :])):
        return True
    if len(short) < 4:
        return False
    stem = next((at for at, (p, q) in enumerate(zip(x, y, strict=False)) if p != q), len(short))
    return stem >= 5 or (stem >= 4 and stem >= 0.6 * len(short)) or ratio(x, y) >= _LIKE


def compare(pair: Pair) -> list[Finding]:
    """An `entity` finding for each two names that stand against each other, most certain first."""
    found = match(pair)
    if not found.nl_left or not found.en_left or max(len(found.nl_left), len(found.en_left)) > _MOST:
        return []
    anchors_nl, anchors_en = _anchors(found.nl, found.nl_left), _anchors(found.en, found.en_left)
    strong = max(sum(name.weight >= 0.6 for name in left) for left in (found.nl_left, found.en_left))
    crowd = 1.0 if strong <= 2 else 0.85
    scored = sorted(
        (
            (
                _certainty(a, b, anchors_nl, anchors_en) * crowd,
                -abs(a.span.start / len(pair.nl) - b.span.start / len(pair.en)),
                i,
                j,
            )
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
    return findings


def _anchors(names: Names, left: tuple[Name, ...]) -> dict[int, frozenset[str]]:
    """The matched words of each run that also holds an unmatched one: a surname with another first name."""
    missing = {name.span for name in left}
    out: dict[int, set[str]] = {}
    for name in names.names:
        if name.span not in missing and not name.concepts and name.weight >= 0.4:
            out.setdefault(name.run, set()).add(sounded(name.text))
    return {run: frozenset(words) for run, words in out.items()}


def _certainty(a: Name, b: Name, nl: dict[int, frozenset[str]], en: dict[int, frozenset[str]]) -> float:
    weight = min(a.weight, b.weight)
    mine, other = nl.get(a.run, frozenset()), en.get(b.run, frozenset())
    if mine or other:
        # A first name beside a matched surname says nothing unless the other side has another one there.
        return weight * (0.95 if mine & other else 0.25)
    types = [{concept.type for concept in name.concepts} for name in (a, b)]
    if all(types):
        if types[0] & types[1]:
            return 0.93 * weight
        if types[0] & PLACES and types[1] & PLACES:
            # A country in one text and a town of it in the other are no contradiction.
            return (0.6 if "country" in types[0] | types[1] else 0.8) * weight
        return 0.5 * weight
    if any(types):
        known = types[0] or types[1]
        return (0.74 if known & (PLACES - {"country", "people"}) else 0.62) * weight
    return 0.8 * weight


def _finding(pair: Pair, a: Name, b: Name, certainty: float) -> Finding:
    nl, en = a.span.of(pair.nl), b.span.of(pair.en)
    return Finding(
        Kind.ENTITY, round(certainty, 3), a.span, b.span, f"The Dutch names {nl}, the English {en}.", "major", ""
    )


def signals(pair: Pair) -> dict[str, float]:
    """Matched and unmatched names a side (weighted), and the best conflict."""
    found = match(pair)
    findings = compare(pair)
    nl, en = (round(sum(n.weight for n in left), 3) for left in (found.nl_left, found.en_left))
    return {
        "name_nl": round(sum(name.weight for name in found.nl.names), 3),
        "name_en": round(sum(name.weight for name in found.en.names), 3),
        "name_nl_left": nl,
        "name_en_left": en,
        "name_nl_known": float(sum(bool(name.concepts) for name in found.nl_left)),
        "name_en_known": float(sum(bool(name.concepts) for name in found.en_left)),
        "name_conflict": max((finding.probability for finding in findings), default=0.0),
    }
