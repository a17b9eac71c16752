"""Opposites, false friends and modality: words that turn a sentence round without a number, name or negation.

A modest reader: it knows 160 pairs of opposites and has no view of who does what. Its findings are hints;
its signals (poles, conditions, modals on each side) are meant for the learned combination.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from aligner.judge.cues import cues
from aligner.records import Finding, Kind, Pair, Span

_DATA = Path(__file__).parent / "data"
#: Certainty of opposites on an axis of weight 1. A false friend whose right word is missing has its own weight:
#: 0.75 where the like word is always wrong, 0.4 where it may be right (`controle` in 0.3 % of news pairs).
_OPPOSITES = 0.74


class _Words:
    """A pattern of whole words, tried only on texts that hold a word with one of its beginnings.

    Two hundred patterns are sought in every pair, and nine in ten of the searches can be left out this way.
    """

    def __init__(self, alternatives: str) -> None:
        self.pattern = re.compile(rf"(?<![\w-])(?:{alternatives})(?!\w)")
        self._beginnings = frozenset(_beginning(one) for one in _alternatives(alternatives))

    def search(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return None if self._beginnings.isdisjoint(_beginnings(text)) else self.pattern.search(text)

    def findall(self, text: str) -> list[str]:
        """As `re.Pattern.findall`."""
        return [] if self._beginnings.isdisjoint(_beginnings(text)) else self.pattern.findall(text)


def _alternatives(pattern: str) -> list[str]:
    """The pattern split at the bars outside parentheses."""
    parts, depth = [""], 0
    for char in pattern:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _beginning(alternative: str) -> str:
    """Up to three letters that any match begins with, empty if the pattern does not tell."""
    letters = re.match(r"[^\W\d_]*", alternative)
    found = letters.group() if letters else ""
    if alternative[len(found) : len(found) + 1] in {"?", "*", "{"}:  # the last letter need not stand there
        found = found[:-1]
    return found[:3]


@lru_cache(maxsize=8)
def _beginnings(text: str) -> frozenset[str]:
    """The beginnings, of up to three letters, of all words; the empty one among them."""
    return frozenset(word[:size] for word in re.findall(r"\w+", text) for size in range(4)) | {""}


class Axis(NamedTuple):
    """Two poles with their words in both languages."""

    name: str
    weight: float
    nl: tuple[_Words, _Words]
    en: tuple[_Words, _Words]


class Opposites(NamedTuple):
    """A pole on the Dutch side, the other one on the English side."""

    axis: Axis
    nl: Span
    en: Span


def _pattern(alternatives: str) -> _Words:
    return _Words(alternatives)


@cache
def _axes() -> tuple[Axis, ...]:
    rows = (_DATA / "antonyms.tsv").read_text(encoding="utf-8").splitlines()[1:]
    axes = []
    for row in rows:
        name, weight, *words = row.split("\t")
        a, b, c, d = map(_pattern, words)
        axes.append(Axis(name, float(weight), (a, b), (c, d)))
    return tuple(axes)


@cache
def _friends() -> tuple[tuple[float, _Words, _Words, _Words], ...]:
    rows = [r.split("\t") for r in (_DATA / "false_friends.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    return tuple((float(weight), _pattern(nl), _pattern(false), _pattern(right)) for nl, weight, false, right in rows)


#: Words that make a statement possible only, due, or conditional; counted on each side.
_MODES = {
    "nl": {
        "may": _pattern(r"kan|kunnen|kon|konden|mogelijk|misschien|wellicht|mogen|mag|mocht|waarschijnlijk|vermoed\w*"),
        "must": _pattern(r"moet|moeten|moest\w*|verplicht\w*|hoef\w*|dien(?:t|en)|zal|zullen"),
        "if": _pattern(r"als|indien|mits|tenzij|zolang|wanneer|mocht|voorwaarde"),
        "but": _pattern(r"maar|hoewel|ondanks|al\b|echter|toch"),
        "only": _pattern(r"alleen|slechts|enkel|uitsluitend|pas|hooguit"),
    },
    "en": {
        "may": _pattern(r"can|could|may|might|possib\w*|perhaps|maybe|likely|probabl\w*|allowed|suspected|alleged\w*"),
        "must": _pattern(r"must|ha(?:s|ve|d) to|should|need\w*|oblig\w*|required?|will|shall|ought|mandatory"),
        "if": _pattern(r"if|unless|provided|as long as|when|should|condition\w*"),
        "but": _pattern(r"but|although|though|despite|however|yet|while"),
        "only": _pattern(r"only|just|merely|solely|not until|at most"),
    },
}  # fmt: skip


@lru_cache(maxsize=8)
def opposites(pair: Pair) -> list[Opposites]:
    """Axes of which each side names one pole, and not the same one."""
    nl, en = _low(pair.nl), _low(pair.en)
    found = []
    for axis in _axes():
        mine = [pattern.search(nl) for pattern in axis.nl]
        theirs = [pattern.search(en) for pattern in axis.en]
        for here, there in ((0, 1), (1, 0)):
            left, right = mine[here], theirs[there]
            if left and right and not mine[there] and not theirs[here]:
                found.append(Opposites(axis, Span(*left.span()), Span(*right.span())))
    return found


@lru_cache(maxsize=8)
def _low(text: str) -> str:
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def compare(pair: Pair) -> list[Finding]:
    """`meaning` findings for opposites and false friends, most certain first."""
    nl, en = cues(pair.nl, "nl"), cues(pair.en, "en")
    # `not rejected` says `approved`: opposites mean nothing where the sides negate differently.
    steady = len(nl.strong) == len(en.strong)
    findings = []
    for axis, left, right in opposites(pair):
        certainty = _OPPOSITES * axis.weight * (1.0 if steady else 0.4) * (1.0 if len(pair.nl) < 160 else 0.85)
        evidence = f"{left.of(pair.nl)} and {right.of(pair.en)} are opposites ({axis.name})."
        findings.append(Finding(Kind.MEANING, round(certainty, 3), left, right, evidence, "critical"))
    findings += _false_friends(pair)
    findings.sort(key=lambda finding: -finding.probability)
    return [finding for finding in findings[:2] if finding.probability >= 0.2]


def _false_friends(pair: Pair) -> list[Finding]:
    nl, en = _low(pair.nl), _low(pair.en)
    findings = []
    for weight, word, false, right in _friends():
        mine, theirs = word.search(nl), false.search(en)
        if mine and theirs and not right.search(en):
            evidence = f"{mine.group()} does not mean {theirs.group()}."
            spans = Span(*mine.span()), Span(*theirs.span())
            findings.append(Finding(Kind.MEANING, weight, *spans, evidence))
    return findings


def signals(pair: Pair) -> dict[str, float]:
    """Opposites and false friends found, and for each mode (may, must, if, but, only) the surplus of a side."""
    found = compare(pair)
    out = {
        "meaning_opposites": float(len(opposites(pair))),
        "meaning_friends": float(len(_false_friends(pair))),
        "meaning_conflict": max((finding.probability for finding in found), default=0.0),
    }
    nl, en = _low(pair.nl), _low(pair.en)
    for mode in _MODES["nl"]:
        counts = [min(len(_MODES[lang][mode].findall(text)), 3) for lang, text in (("nl", nl), ("en", en))]
        out[f"mode_{mode}"] = float(counts[0] - counts[1])
    return out
