"""What stands around two equal quantities: at least against at most, before against after, from against to.

`minstens 3.500` against `up to 3,500`: the figures agree, what is said of them does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from aligner.judge.number_values import MEASURES, Value, same

#: Opposed readings of the words around a quantity.
OPPOSED = {"+": "-", "-": "+", "before": "after", "after": "before", "more": "less", "less": "more", "by": "to"}
OPPOSED["to"] = "by"
NAMES = {
    "+": "at least", "-": "at most", "before": "before", "after": "after", "more": "more", "less": "less",
    "by": "a change by", "to": "a change to", "old": "the old value", "new": "the new value",
}  # fmt: skip

_BEFORE = {
    "nl": {
        "+": r"minstens|minimaal|ten minste|tenminste|op zijn minst|ruim|meer dan|niet minder dan|vanaf|boven de|dik|"
        r"zeker",
        "-": r"hoogstens|hooguit|maximaal|ten hoogste|niet meer dan|minder dan|bijna|net geen|nog geen|krap|onder de|"
        r"een kleine|tot|tot wel|amper|nauwelijks",
        "before": r"voor|vóór|kort voor",
        "after": r"na|ná|kort na|sinds|pas in|pas op|pas na",
        "by": r"met",
        "to": r"naar|tot",
    },
    "en": {
        "+": r"at least|no (?:less|fewer) than|not less than|more than|over|well over|just over|upwards of|in excess "
        r"of|a minimum of|above|a good|fully|exceeding",
        "-": r"at most|at the most|no more than|not more than|less than|fewer than|up to|as many as|under|just under|"
        r"nearly|almost|close to|a maximum of|below|not quite|barely|hardly|approaching|some way short of|nearing|"
        r"as much as|shy of",
        "before": r"before|ahead of|shortly before|just before",
        "after": r"after|since|shortly after|just after|until after|not until|not before",
        "by": r"by",
        "to": r"to",
    },
}  # fmt: skip
_AFTER = {
    "nl": {
        "before": r"eerder|vroeger|geleden|voordien|ervoor|tevoren|van tevoren",
        "after": r"later|nadien|erna|daarna",
        "more": r"meer|hoger|langer|duurder|groter|zwaarder|ouder|extra|erbij|te veel|te hoog|boven",
        "less": r"minder|lager|korter|goedkoper|kleiner|lichter|jonger|eraf|te weinig|te laag|onder",
        "+": r"of meer|of ouder",
        "-": r"of minder|of jonger",
    },
    "en": {
        "before": r"earlier|ago|ahead|previously|sooner|in advance",
        "after": r"later|afterwards",
        "more": r"more|higher|longer|dearer|bigger|larger|heavier|older|extra|too many|up\b|above|taller|"
        r"more expensive",
        "less": r"fewer|less|lower|shorter|cheaper|smaller|lighter|younger|too few|down|below",
        "+": r"or more|or older|and over|plus|at least",
        "-": r"or less|or fewer|or younger|or under|at most",
    },
}  # fmt: skip
_NEGATED = re.compile(r"\b(?:niet|geen|nooit|not|no|never|cannot|without|zonder|unlikely|onwaarschijnlijk)\b|n['’]t\b")


@dataclass(frozen=True, slots=True)
class Clash:
    """Two equal quantities of which opposite things are said."""

    nl: Value
    en: Value
    nl_says: str
    en_says: str
    certainty: float


@cache
def _compiled(lang: str, behind: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = (_AFTER if behind else _BEFORE)[lang]
    if behind:
        return tuple((k, re.compile(rf"^[\s-]?(?:in|de|het)?\s?(?:{v})\b")) for k, v in table.items())
    tail = r"(?: (?:de|het|een|the|a|an|dan|about|some|zo'n|wel|ook|nog))?[\s$€£]*$"
    return tuple((k, re.compile(rf"\b(?:{v}){tail}")) for k, v in table.items())


def said(text: str, value: Value, lang: str) -> frozenset[str]:
    """What the words around `value` say of it, in the terms of `OPPOSED`."""
    before = text[max(0, value.span.start - 28) : value.span.start].lower()
    after = text[value.span.end : value.span.end + 24].lower()
    found = {key for key, pattern in _compiled(lang, False) if pattern.search(before)}
    found |= {key for key, pattern in _compiled(lang, True) if pattern.search(after)}
    dims = {dim.partition(":")[0] for dim, _ in value.readings}
    if not dims & _MOMENTS:
        moments = {"before", "after"} & {key for key, pattern in _compiled(lang, False) if pattern.search(before)}
        found -= moments
    if not dims & {"share", "points", "money", "count", *MEASURES} or dims & {"year", "clock"}:
        found -= {"by", "to"}
    if dims & {"clock", "year", "date", "month", "weekday"}:
        found -= {"+", "-", "more", "less"}
    return frozenset(found)


def clashes(nl_text: str, en_text: str, nl: tuple[Value, ...], en: tuple[Value, ...]) -> list[Clash]:
    """Equal quantities with opposite surroundings; none where a figure occurs twice or a negation is near."""
    out: list[Clash] = []
    if len(nl) > 40 or len(en) > 40 or bool(_NEGATED.search(nl_text.lower())) != bool(_NEGATED.search(en_text.lower())):
        return out
    pairs = []
    for a in nl:
        twins = [b for b in en if same(a, b)]
        if len(twins) == 1 and a.weight >= 0.5 and sum(same(other, twins[0]) for other in nl) == 1:
            pairs.append((a, twins[0]))
    for a, b in pairs:
        if any(reading == ("share", 50.0) for reading in a.readings):
            continue  # less than half are broken, more than half are sound
        if _near_negation(nl_text, a) or _near_negation(en_text, b):
            continue
        mine, theirs = said(nl_text, a, "nl"), said(en_text, b, "en")
        for key in sorted(mine):
            opposite = OPPOSED.get(key)
            if opposite in theirs and key not in theirs and opposite not in mine:
                out.append(Clash(a, b, key, opposite, 0.6 if {key, opposite} == {"by", "to"} else 0.78))
                break
    return out + _swapped(nl_text, en_text, pairs)


_MOMENTS = frozenset(["clock", "year", "date", "month", "weekday", "decade", "century"])


def _near_negation(text: str, value: Value) -> bool:
    return bool(_NEGATED.search(text[max(0, value.span.start - 30) : value.span.end + 15].lower()))


#: Old and new value by what stands between (and before) two figures: True if the first is the old one.
_FROM_TO: dict[str, tuple[tuple[re.Pattern[str] | None, re.Pattern[str], bool], ...]] = {
    "nl": (
        (re.compile(r"\bvan\W*$"), re.compile(r"\bnaar\b|\btot\b"), True),
        (None, re.compile(r"^\W*tegen\b|, was\b|\bvan\W*$"), False),
    ),
    "en": (
        (re.compile(r"\bfrom\W*$"), re.compile(r"\bto\b"), True),
        (None, re.compile(r"\bfrom\W*$|compared (?:with|to)|\bagainst\b|instead of"), False),
    ),
}


def _order(text: str, first: Value, second: Value, lang: str) -> bool | None:
    if second.span.start - first.span.end > 45:
        return None
    before = text[max(0, first.span.start - 12) : first.span.start].lower()
    between = text[first.span.end : second.span.start].lower()
    for lead, link, old_first in _FROM_TO[lang]:
        if (lead is None or lead.search(before)) and link.search(between):
            return old_first
    return None


def _swapped(nl_text: str, en_text: str, pairs: list[tuple[Value, Value]]) -> list[Clash]:
    """Old and new value exchanged (`van 40 naar 20`, `from 20 to 40`), for neighbours of the Dutch side."""
    out = []
    sorts: dict[str, list[tuple[Value, Value]]] = {}
    for pair in pairs:
        moment = pair[0].readings[0][0] in _MOMENTS
        sorts.setdefault("moment" if moment else "amount", []).append(pair)
    for (a, b), (c, d) in (two for found in sorts.values() for two in pairwise(found)):
        nl_old_first = _order(nl_text, a, c, "nl")
        if nl_old_first is None:
            continue
        first, second = (b, d) if b.span < d.span else (d, b)
        en_old_first = _order(en_text, first, second, "en")
        if en_old_first is None:
            continue
        nl_old = a if nl_old_first else c
        en_old = first if en_old_first else second
        if (nl_old is a) != (en_old is b):
            out.append(Clash(a, b, *(("old", "new") if nl_old is a else ("new", "old")), 0.85))
    return out
