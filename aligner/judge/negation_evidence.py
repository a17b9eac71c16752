"""How likely it is that a cue without an answer is a divergence.

In a close rendering a missing `not` is a mistake; in a free one the negation mostly stands in another word. How close
the pair is, and whether such a word stands where the cue would, is told by the tokens' states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from aligner.embed.tokens import FUNCTION_WEIGHT, TokenMatch, word_weights
from aligner.embed.tokens import coverage as token_coverage
from aligner.judge.cues import cues, lower, said_otherwise
from aligner.judge.lexicon import coverage
from aligner.judge.logistic import chance, learned, total
from aligner.judge.number_reading import values
from aligner.judge.opposites import opposing
from aligner.records import Pair, Span

#: Cues that other words say more often than they say `not`, `no`, `never`.
_WEAK = frozenset(
    "zonder nauwelijks amper allerminst allesbehalve noch evenmin nee nergens niets niks niemand nimmer without "
    "hardly barely scarcely nothing nobody none neither nor nowhere".split()
)


def certainty(pair: Pair, side: str, cue: Span, found: TokenMatch) -> float:
    """The chance 0..1 that a cue of `side` denies what the other affirms. `found` compares its side (a) with that.

    Weights as `scripts/fit_negation.py` learned them.
    """
    return round(chance(total(learned("negation"), dict(evidence(pair, side, cue, found)))), 3)


def evidence(pair: Pair, side: str, cue: Span, found: TokenMatch) -> Iterator[tuple[str, float]]:
    """What speaks for and against a divergence, by name."""
    text, other = pair.cell(side), "en" if side == "nl" else "nl"
    across = cues(pair.cell(other), other)
    yield "even", float(across.even > 0)
    yield "weak", float(lower(cue.of(text)) in _WEAK)
    poles = [span for one in opposing(pair) if one.alone for span in (one.nl if side == "nl" else one.en)]
    yield "opposites", float(any(_near(span, cue) for span in poles))
    yield "english", float(side == "en")
    yield "known", coverage(pair)[1]
    yield "otherwise", float(said_otherwise(pair, side, cue) or _rest(pair))
    _, back = token_coverage(found, word_weights(found.a, side), word_weights(found.b, other))
    yield "covered", back.mean
    yield "order", _order(found)
    scores = found.word_similarity
    here = [i for i, word in enumerate(found.words_a) if word.span.overlaps(cue)]
    beside = _beside(text, cue, found)
    yield "beside", float(scores[beside].max(axis=1).mean()) if beside and scores.size else _USUAL
    yield "instead", float(_instead(pair, side, cue, found))
    yield "cue", float(found.word_best_a[here].max()) if here else 0.0
    yield "soft", _explained(found, here, across.soft)


def _rest(pair: Pair) -> bool:
    """Whether one side counts those who did and the other those who did not: `five of the nine`, `four of the nine`."""
    dutch, english = _amounts(pair.nl, "nl"), _amounts(pair.en, "en")
    totals = (dutch & english) | {100.0}
    return any(a + b in totals for a in dutch - english for b in english - dutch)


def _amounts(text: str, lang: str) -> frozenset[float]:
    found = values(text, lang)
    return frozenset(raw for value in found for part in (value, *value.parts) for raw in part.raw if raw > 0)


#: How alike the words beside a cue and their counterparts mostly are, taken where there are none.
_USUAL = 0.45


def _near(span: Span, cue: Span) -> bool:
    return abs(span.start - cue.start) < 40


def _beside(text: str, cue: Span, found: TokenMatch) -> list[int]:
    """The two words before a cue and the two behind it in its clause."""
    words = found.words_a
    before = [i for i, word in enumerate(words) if word.end <= cue.start][-2:]
    after = [i for i, word in enumerate(words) if word.start >= cue.end][:2]
    first, last = _clause(text, cue)
    return [i for i in before + after if first <= words[i].start and words[i].end <= last]


def _order(found: TokenMatch) -> float:
    """The share of linked words that come in the same order on both sides, two by two; .5 where too few are linked."""
    links = [(i, j) for i, j in found.word_links.tolist() if found.word_similarity[i, j] >= _LINKED]
    places = np.array([j for _, j in sorted(links)])
    if len(places) < 3:
        return 0.5
    rising = np.triu(places[None, :] > places[:, None], 1).sum()
    return float(rising) / (len(places) * (len(places) - 1) / 2)


#: Words more alike than this say the same.
_LINKED = 0.45


def _instead(pair: Pair, side: str, cue: Span, found: TokenMatch) -> bool:
    """Whether the other side has one or some of what the cue says there is none of: `geen man` against `a man`."""
    other = "en" if side == "nl" else "nl"
    across = pair.cell(other)
    word = lower(cue.of(pair.cell(side)))
    if word in _NOBODY:
        return bool(_SOMEBODY[other].search(lower(across)))
    if word not in ("geen", "no"):
        return False
    weights = word_weights(found.a, side)
    denied = [i for i, one in enumerate(found.words_a) if one.start >= cue.end][:3]
    for i in [i for i in denied if weights[i] > FUNCTION_WEIGHT][:2]:
        j = int(found.word_similarity[i].argmax()) if found.words_b else 0
        before = found.words_b[max(0, j - 2) : j]
        if found.words_b and found.word_similarity[i, j] >= _LINKED:
            return any(_SOME[other].fullmatch(lower(one.span.of(across))) for one in before)
    return False


_NOBODY = frozenset("niemand nobody niets niks nothing none".split()) | {"no one", "no-one"}
_SOMEBODY = {
    "nl": re.compile(r"\b(?:iemand|iets|mensen)\b"),
    "en": re.compile(r"\b(?:some(?:one|body|thing)|people)\b"),
}
_SOME = {
    "nl": re.compile(r"een|één|twee|drie|enkele|enige|sommige|meerdere"),
    "en": re.compile(r"an?|some|one|two|three|several|another|any"),
}
_LONGEST = 90
_BORDER = re.compile(r"[,;:.!?()\"“”«»]|\s(?:maar|en|of|omdat|want|terwijl|but|and|or|because|while)\s")


def _clause(text: str, cue: Span) -> tuple[int, int]:
    """Where the clause around a cue begins and ends, roughly."""
    begin = max(0, cue.start - _LONGEST)
    borders = list(_BORDER.finditer(text, begin, cue.start))
    stop = _BORDER.search(text, cue.end, cue.end + _LONGEST)
    return borders[-1].end() if borders else begin, stop.start() if stop else cue.end + _LONGEST


def _explained(found: TokenMatch, here: list[int], soft: tuple[Span, ...]) -> float:
    """By how much a soft word across is more like the cue than like any other word, −.5 at the least.

    `will not` against `weigert`: the cue is what `weigert` is left with.
    """
    scores = found.word_similarity
    there = [j for j, word in enumerate(found.words_b) if any(word.span.overlaps(span) for span in soft)]
    if not here or not there:
        return _UNLIKE
    others = np.delete(scores, here, axis=0)
    rest = others.max(axis=0) if len(others) else np.full(scores.shape[1], -1.0)
    return max(_UNLIKE, float((scores[here].max(axis=0) - rest)[there].max()))


_UNLIKE = -0.5
