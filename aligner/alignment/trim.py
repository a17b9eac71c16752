"""Cuts a body sentence down to the clause that a caption renders.

A condition, exception or contrast that governs the rendered clause stays ("if", "unless", "but", "mits", "tenzij"):
dropping it is an omission to be judged, and must not be trimmed out of sight.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from aligner.embed.encoder import Encoded
from aligner.embed.tokens import Word, match, word_weights
from aligner.records import Bead, Document, Segment, Span
from aligner.segment.governing import opens_governing

#: What a cut must gain in the score of `captions`, and how much less of the unit the rest may cover.
#: Token F1 of the body span over 389 aligned units of `corpora/examples` (dev and train): .948 untrimmed, .955 with
#: these; over the 65 that render a part only, .692 and .758. Gains of .01 to .03 differ by .01.
GAIN = 0.02
LOSS = 0.04
#: Leaving out whole sentences needs less than cutting into one.
SENTENCE_GAIN = 0.0
#: A clause of fewer words is no clause of its own.
SHORTEST = 3

_BORDER = re.compile(r"[,;:()–—](?=\s)|\s[–—-]\s|[.!?…][”\"’]?(?=\s)")
_OPENER = re.compile(
    r"\s(?=(?:and|or|but|who|which|because|while|when|after|before|although|though|whereas|since|if|unless|where|adding|"
    r"en|of|maar|die|omdat|terwijl|toen|nadat|voordat|waarna|hoewel|al|want|als|mits|tenzij|zolang|zodra|waar|wat|om)\s)",
    re.IGNORECASE,
)


def trim(document: Document, bead: Bead, unit: Encoded, body: Encoded) -> Bead:
    """`bead` with its body cut to what the caption renders; `unit` and `body` are its two cells encoded."""
    assert bead.body is not None, "only aligned beads are trimmed"
    span = rendered(unit, body)
    kept = cut(bead.body, document.text, span) if span != Span(0, len(body.text)) else ()
    if not kept:
        return bead
    sentences = sum(any(s.span.overlaps(piece) for piece in kept) for s in document.sentences)
    return replace(bead, body=replace(bead.body, spans=kept), counts=(bead.counts[0], max(1, sentences)))


def rendered(unit: Encoded, body: Encoded) -> Span:
    """The range of `body.text` that `unit` renders: the run of clauses that fits best, or all of it."""
    whole = Span(0, len(body.text))
    clauses = clauses_of(body.text)
    if len(clauses) < 2:
        return whole
    found = match(unit, body)
    scores, weights, back = found.word_similarity, word_weights(unit), word_weights(body)
    if not scores.size:
        return whole
    member = _members(clauses, found.words_b)
    best = found.word_best_b

    def fit(first: int, last: int) -> tuple[float, float]:
        inside = (member >= first) & (member <= last)
        if not inside.any():
            return 0.0, 0.0
        there = float(weights @ scores[:, inside].max(axis=1) / weights.sum())
        return there, 0.6 * there + 0.4 * float(back[inside] @ best[inside] / back[inside].sum())

    all_there, all_score = fit(0, len(clauses) - 1)
    chosen, top = (0, len(clauses) - 1), all_score + GAIN
    for first in range(len(clauses)):
        for last in range(first, len(clauses)):
            there, score = fit(first, last)
            if _whole(body.text, clauses, first, last):
                score += GAIN - SENTENCE_GAIN
            if score > top and there >= all_there - LOSS and last - first + 1 < len(clauses):
                chosen, top = (first, last), score
    first, last = _governed(body.text, clauses, *chosen)
    return (
        _edges(body.text, Span(clauses[first].start, clauses[last].end))
        if (first, last) != (0, len(clauses) - 1)
        else whole
    )


def clauses_of(text: str) -> list[Span]:
    """The clauses of a text: ranges that cover it, cut behind marks and before words that open a clause."""
    cuts = sorted({m.end() for m in _BORDER.finditer(text)} | {m.end() for m in _OPENER.finditer(text)})
    clauses: list[Span] = []
    start = 0
    for at in [*cuts, len(text)]:
        if len(text[start:at].split()) >= SHORTEST or (at == len(text) and start < at):
            clauses.append(Span(start, at))
            start = at
    if len(clauses) > 1 and len(clauses[-1].of(text).split()) < SHORTEST:
        tail = clauses.pop()
        clauses[-1] = Span(clauses[-1].start, tail.end)
    return clauses


def _members(clauses: Sequence[Span], words: Sequence[Word]) -> np.ndarray:
    ends = [clause.end for clause in clauses]
    return np.searchsorted(ends, [word.start for word in words], side="right")


def _whole(text: str, clauses: Sequence[Span], first: int, last: int) -> bool:
    """Whether the run begins and ends with a sentence."""
    begins = first == 0 or _ends(clauses[first - 1].of(text))
    return begins and (last + 1 == len(clauses) or _ends(clauses[last].of(text)))


def _governed(text: str, clauses: Sequence[Span], first: int, last: int) -> tuple[int, int]:
    """The run with the clauses beside it that govern it: a condition before, a condition or contrast behind."""
    while last + 1 < len(clauses) and opens_governing(clauses[last + 1].of(text)):
        last += 1
    while first > 0 and opens_governing(clauses[first - 1].of(text)) and not _ends(clauses[first - 1].of(text)):
        first -= 1
    if first > 0 and opens_governing(clauses[first].of(text)) and not _ends(clauses[first - 1].of(text)):
        # A run that opens with "but" or "unless" is governed by nothing before it: it stands as it is.
        return first, last
    return first, last


def _ends(text: str) -> bool:
    return text.rstrip(' ”"’').endswith((".", "!", "?"))


def _edges(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in " ,;:–—-)":
        start += 1
    while end > start and text[end - 1] in " ,;:–—-(":
        end -= 1
    return Span(start, end)


def cut(segment: Segment, source: str, span: Span) -> tuple[Span, ...]:
    """The ranges in `source` behind the characters `span` of `segment.text(source)`."""
    kept: list[Span] = []
    at = 0
    for piece in segment.spans:
        places = _places(source, piece)
        inside = places[max(0, span.start - at) : max(0, span.end - at)]
        if inside:
            kept.append(Span(inside[0], inside[-1] + 1))
        at += len(places) + 1
    return tuple(kept)


def _places(source: str, span: Span) -> list[int]:
    """For each character of the folded text of `span`, where it stands in `source`."""
    places: list[int] = []
    gap = False
    for index in range(span.start, span.end):
        if source[index].isspace():
            gap = bool(places)
            continue
        if gap:
            places.append(index - 1)
            gap = False
        places.append(index)
    return places
