"""Conditions and exceptions: a clause that governs the sentence on one side and has left no trace on the other.

`The mayor agrees, provided the council does` and `De burgemeester gaat akkoord` share every word but those that
matter. Only plain conditions and exceptions count (mits, tenzij, zolang; unless, provided, except), and the other side
must hold neither a word that may stand for one nor the words of the clause: of 8,955 natural training pairs 70 that
diverge and 4 faithful ones are such.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from aligner.judge.lexicon import content_rendered
from aligner.records import Finding, Kind, Pair, Span


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{words})(?!\w)", re.IGNORECASE)


_CUES = {
    "nl": _pattern(
        r"mits|tenzij|zolang|op voorwaarde dat|behalve(?! [^,.;]* ook)|(?<!niets )(?<!niet )uitgezonderd|"
        r"met uitzondering van|(?:alleen|enkel|pas) (?:als|wanneer)|indien"
    ),
    "en": _pattern(
        r"unless|provided(?: that)?|providing|(?:as|so) long as|on condition that|except(?: for)?|only (?:if|when)|"
        r"with the exception of"
    ),
}
#: What may stand for a condition or an exception: the other side is then not without one.
_ANSWERS = {
    "en": _pattern(
        r"if|unless|when(?:ever)?|once|until|till|provid\w+|condition\w*|as long as|so long as|while|only|except\w*|"
        r"but|bar|barring|should|subject to|depend\w*|assuming|without|apart from|aside from|other than|hinge\w*|"
        r"contingent|need\w*|requir\w*|must|exclud\w*|save|exempt\w*|first|before|after|proviso|permitting|otherwise|alone|else|"
        r"pending|given|in (?:exchange|return)|for the duration|together with|as well as|stood|lone|solitary|minus"
    ),
    "nl": _pattern(
        r"als|indien|mits|tenzij|wanneer|zolang|voorwaarde\w*|voorbehoud|behoudens|mocht\w*|behalve|tot|totdat|pas|"
        r"alleen|enkel|slechts|maar|uitgezonderd|uitzondering|zonder|eerst|voordat|nadat|moet\w*|afhank\w*|hang\w*|na|buiten|"
        r"vereis\w*|nodig|anders|toestemming|zodra|terwijl|op \S+(?: \S+){0,3} na|ander\w*|uitsloot|uitgesloten|met|"
        r"(?<=, )dan"
    ),
}
#: A clause with this share of its known words on the other side, or more, is rendered in other words.
_THERE = 0.34
_LONGEST = 140


@dataclass(frozen=True, slots=True)
class Lone:
    """A governing clause without a counterpart: its side, its characters, the share of its words that are rendered."""

    side: str
    clause: Span
    share: float


@lru_cache(maxsize=8)
def lone(pair: Pair) -> Lone | None:
    """The first clause of either side that governs alone."""
    for side, other in (("nl", "en"), ("en", "nl")):
        text = pair.cell(side)
        cue = _CUES[side].search(text)
        if cue is None or _ANSWERS[other].search(pair.cell(other)):
            continue
        stop = re.compile(r"[,;:.!?](?= |$)|[”\"]").search(text, cue.end())
        end = min(stop.start() if stop else len(text), cue.start() + _LONGEST)
        known = content_rendered(text[cue.end() : end], side, pair.cell(other))
        return Lone(side, Span(cue.start(), end), sum(known) / len(known) if known else 0.0)
    return None


def compare(pair: Pair) -> list[Finding]:
    """At most one finding: the original's condition is left out, or the rendering's was added."""
    found = lone(pair)
    if found is None:
        return []
    this, other = ("Dutch", "English") if found.side == "nl" else ("English", "Dutch")
    omitted = found.side == pair.original
    clause = found.clause.of(pair.cell(found.side))
    nl, en = (found.clause, None) if found.side == "nl" else (None, found.clause)
    evidence = f"The {this} makes a condition or exception (“{clause}”) that the {other} does not make."
    certainty = 0.75 if found.share < _THERE else 0.35
    return [Finding(Kind.OMISSION if omitted else Kind.ADDITION, certainty, nl, en, evidence, "major")]


def signals(pair: Pair) -> dict[str, float]:
    """A governing clause alone on the Dutch or the English side, and whether its words are missing too."""
    found = lone(pair)
    return {
        f"condition_{side}": 0.0 if found is None or found.side != side else 1.0 if found.share < _THERE else 0.5
        for side in ("nl", "en")
    }
