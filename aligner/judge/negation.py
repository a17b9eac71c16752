"""Negation: does one side deny what the other affirms?

Cues are counted by side after litotes and fixed phrases are taken out (`niet onbelangrijk`, `not only`). A cue on
one side alone is strong evidence only when the other side holds nothing that could say the same (`refused`,
`without`, `unless`, `un-`): half of all lone cues in faithful news pairs are met by such a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from aligner.records import Finding, Kind, Pair, Span

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Cues:
    """Where a cell negates: outright, in words that imply a negation, in phrases that cancel out."""

    strong: tuple[Span, ...]
    soft: tuple[Span, ...]
    even: int


@cache
def _patterns(lang: str) -> dict[str, re.Pattern[str]]:
    parts: dict[str, list[str]] = {"even": [], "strong": [], "soft": []}
    for line in (_DATA / "negation.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        language, sort, pattern = line.split("\t")
        if language == lang:
            parts[sort].append(pattern)
    return {sort: re.compile(r"(?<!\w)(?:" + "|".join(found) + r")(?!\w)") for sort, found in parts.items()}


@lru_cache(maxsize=512)
def cues(text: str, lang: str) -> Cues:
    """The negation cues of one cell."""
    low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("’", "'")
    patterns = _patterns(lang)
    low, even = _blank(low, patterns["even"])
    strong = [Span(m.start(), m.end()) for m in patterns["strong"].finditer(low)]
    rest, _ = _blank(low, patterns["strong"])
    soft = [Span(m.start(), m.end()) for m in patterns["soft"].finditer(rest)]
    return Cues(tuple(strong), tuple(soft), even)


def _blank(low: str, pattern: re.Pattern[str]) -> tuple[str, int]:
    return pattern.subn(lambda match: "|" * len(match.group()), low)


def compare(pair: Pair) -> list[Finding]:
    """At most one `negation` finding: a cue on one side that the other has nothing to answer with."""
    nl, en = cues(pair.nl, "nl"), cues(pair.en, "en")
    certainty = _certainty(nl, en, max(len(pair.nl), len(pair.en)))
    if certainty < 0.2:
        return []
    lone, side = (nl.strong[0], "nl") if len(nl.strong) > len(en.strong) else (en.strong[0], "en")
    word = lone.of(pair.cell(side))
    first, second = ("Dutch", "English") if side == "nl" else ("English", "Dutch")
    return [
        Finding(
            Kind.NEGATION,
            round(certainty, 3),
            lone if side == "nl" else None,
            lone if side == "en" else None,
            f"The {first} negates ({word}), the {second} does not.",
            "critical",
        )
    ]


def _certainty(nl: Cues, en: Cues, length: int) -> float:
    more, less = (nl, en) if len(nl.strong) > len(en.strong) else (en, nl)
    if len(more.strong) == len(less.strong):
        return 0.0
    if less.strong:
        return 0.3 if len(more.strong) - len(less.strong) == 1 else 0.25
    # The more words that may hold the negation, and the longer the text, the less a lone cue says.
    certainty = 0.86 - 0.3 * min(len(less.soft), 2) - 0.25 * min(less.even, 1)
    return certainty * (1.0 if length < 200 else 0.85)


def signals(pair: Pair) -> dict[str, float]:
    """Cues of each kind a side, their difference, and the certainty of a lone one."""
    nl, en = cues(pair.nl, "nl"), cues(pair.en, "en")
    return {
        "neg_nl": float(len(nl.strong)),
        "neg_en": float(len(en.strong)),
        "neg_difference": float(len(nl.strong) - len(en.strong)),
        "neg_lone": float(bool(nl.strong) != bool(en.strong)),
        "neg_soft_nl": float(len(nl.soft)),
        "neg_soft_en": float(len(en.soft)),
        "neg_even_nl": float(nl.even),
        "neg_even_en": float(en.even),
        "neg_conflict": _certainty(nl, en, max(len(pair.nl), len(pair.en))),
    }
