"""Negation: does one side deny what the other affirms?

A cue that the other side does not answer (`judge.cues`), with the chance that it is a divergence
(`judge.negation_evidence`), or a negating prefix whose bare word stands across.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from aligner.embed.encoder import Encoded
from aligner.embed.tokens import match
from aligner.judge.combine import logit
from aligner.judge.cues import NEGATING, cues, lower, unanswered
from aligner.judge.lexicon import coverage, rendered
from aligner.judge.negation_evidence import certainty
from aligner.records import Finding, Kind, Pair, Span


@dataclass(frozen=True, slots=True)
class Lone:
    """A negation that the other side does not have: its cue, its side, and the chance that it is a divergence."""

    cue: Span
    side: str
    certainty: float


@lru_cache(maxsize=8)
def lone(pair: Pair, nl: Encoded, en: Encoded) -> Lone | None:
    """The cue that most likely denies what the other side affirms, None if both negate alike."""
    left = unanswered(pair)
    if left is None:
        return None
    found = match(nl, en) if left.side == "nl" else match(en, nl)
    told = [(certainty(pair, left.side, cue, found), cue) for cue in left.cues]
    most, cue = max(told, key=lambda one: one[0])
    return Lone(cue, left.side, most)


_PREFIX_CERTAINTY = 0.72


@lru_cache(maxsize=8)
def prefixed(pair: Pair) -> Lone | None:
    """A negating prefix (`onbetaalbaar`, `unlawful`) whose bare word the other side affirms, with no negation there."""
    for side, text, other in (("nl", pair.nl, pair.en), ("en", pair.en, pair.nl)):
        across = "en" if side == "nl" else "nl"
        here, there = cues(text, side), cues(other, across)
        if here.strong or here.even or there.strong or there.even or there.soft:
            continue
        if NEGATING[across].search(lower(other)):
            continue
        for found in NEGATING[side].finditer(lower(text)):
            if rendered(found.group(1), side, other) and not rendered(found.group(), side, other):
                return Lone(Span(*found.span()), side, _PREFIX_CERTAINTY)
    return None


def compare(pair: Pair, nl: Encoded, en: Encoded) -> list[Finding]:
    """At most one `negation` finding: a cue on one side that the other has nothing to answer with."""
    found = lone(pair, nl, en) or prefixed(pair)
    if found is None or found.certainty < 0.1:
        return []
    word = found.cue.of(pair.cell(found.side))
    first, second = ("Dutch", "English") if found.side == "nl" else ("English", "Dutch")
    dutch, english = (found.cue, None) if found.side == "nl" else (None, found.cue)
    evidence = f"The {first} negates ({word}), the {second} does not."
    return [Finding(Kind.NEGATION, found.certainty, dutch, english, evidence, "critical")]


def signals(pair: Pair, nl: Encoded, en: Encoded) -> dict[str, float]:
    """Cues of each kind a side, their difference, and the certainty of a lone one."""
    dutch, english = cues(pair.nl, "nl"), cues(pair.en, "en")
    found = lone(pair, nl, en)
    low, high = coverage(pair)
    return {
        "neg_nl": float(len(dutch.strong)),
        "neg_en": float(len(english.strong)),
        "neg_difference": float(len(dutch.strong) - len(english.strong)),
        "neg_lone": float(bool(dutch.strong) != bool(english.strong)),
        "neg_soft_nl": float(len(dutch.soft)),
        "neg_soft_en": float(len(english.soft)),
        "neg_even_nl": float(dutch.even),
        "neg_even_en": float(english.even),
        "neg_cover_low": round(low, 3),
        "neg_cover_high": round(high, 3),
        "neg_prefix": float(prefixed(pair) is not None),
        "neg_conflict": found.certainty if found else 0.0,
        "neg_odds": _odds(found),
    }


def _odds(found: Lone | None) -> float:
    """By how much the odds of a lone cue are more than usual, as a logarithm: what adds up with other evidence."""
    return max(0.0, logit(found.certainty) - logit(_OFTEN)) if found else 0.0


#: Up to this certainty a lone cue says nothing: faithful free renderings have as much.
_OFTEN = 0.3
