"""Cuts a body sentence down to the clause that a caption renders.

A condition, exception or contrast that governs the rendered clause stays ("if", "unless", "but", "mits", "tenzij"):
dropping it is an omission to be judged, and must not be trimmed out of sight.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.reference import reference_words, with_earlier
from aligner.embed.encoder import Encoded
from aligner.embed.tokens import Word, match, word_weights
from aligner.records import Bead, Document, QuoteKind, Segment, Span
from aligner.segment.frames import states
from aligner.segment.governing import opens_governing

#: What a cut must gain in the score of `captions`, and how much less of the unit the rest may cover: in the mean of
#: its words, and of any one word.
GAIN = 0.01
LOSS = 0.06
WORD_LOSS = 0.2
#: A clause of fewer words is no clause of its own.
SHORTEST = 3

Floats = NDArray[np.float32]

_BORDER = re.compile(r"[,;:()–—](?=\s)|\s[–—-]\s|[.!?…][”\"’]?(?=\s)")
_OPENERS = {
    "en": "and|or|but|who|which|because|while|when|after|before|although|though|whereas|since|if|unless|where|adding|"
    "until|provided|as long as|except|in which case",
    "nl": "en|of|maar|die|omdat|terwijl|toen|nadat|voordat|waarna|waarbij|waarvan|hoewel|al|want|als|mits|tenzij|"
    "zolang|zodra|totdat|waar|wat|om|behalve",
}
_OPENER = {lang: re.compile(rf"\s(?=(?:{words})\s)", re.IGNORECASE) for lang, words in _OPENERS.items()}

_VERB = re.compile(
    r"\W*(?:is|was|are|were|has|had|have|will|would|must|can|could|may|might|should|did|does|zijn|waren|heeft|hebben|"
    r"hadden|wordt|werd|worden|werden|zal|zou|zullen|zouden|moet|moest|moeten|kan|kon|kunnen|mag|mocht|wil|wilde)\s"
)
_AND = re.compile(r"\W*(?:and|or|but|en|of|maar)\s", re.IGNORECASE)


def trim(document: Document, bead: Bead, unit: Encoded, body: Encoded) -> Bead:
    """`bead` with its body cut to what the caption renders; `unit` and `body` are its two cells encoded."""
    assert bead.body is not None, "only aligned beads are trimmed"
    span = rendered(unit, body, bead.body.lang, reported_borders(document, bead.body))
    kept = cut(bead.body, document.text, span) if span != Span(0, len(body.text)) else ()
    if not kept:
        return bead
    sentences = sum(any(s.span.overlaps(piece) for piece in kept) for s in document.sentences)
    return replace(bead, body=replace(bead.body, spans=kept), counts=(bead.counts[0], max(1, sentences)))


def reported_borders(document: Document, body: Segment) -> list[int]:
    """Where reported clauses begin and end in the body's own text: "She said that | the bus was late".

    Only behind verbs that state: what somebody hopes or denies is not said without them.
    """
    at = {place: index for index, place in enumerate(_places_of(document.text, body))}
    ends = {place + 1: index + 1 for place, index in at.items() if place >= 0}
    quotes = [
        quote.span
        for quote in document.quotes
        if quote.block == body.block and quote.kind is QuoteKind.INDIRECT and states(quote.cue)
    ]
    return [place[edge] for span in quotes for edge, place in ((span.start, at), (span.end, ends)) if edge in place]


def rendered(unit: Encoded, body: Encoded, lang: str, borders: Sequence[int] = ()) -> Span:
    """The range of `body.text` that `unit` renders: the run of clauses that fits best, or all of it.

    `lang` is the body's; `borders` are further places where a clause begins or ends.
    """
    whole = Span(0, len(body.text))
    clauses = clauses_of(body.text, lang, borders)
    if len(clauses) < 2:
        return whole
    found = match(unit, body)
    scores, weights, back = found.word_similarity, word_weights(unit), word_weights(body)
    if not scores.size:
        return whole
    member = _members(clauses, found.words_b)
    best, refers = found.word_best_b, reference_words(unit)

    def covered(first: int, last: int) -> Floats:
        inside = (member >= first) & (member <= last)
        told = scores[:, inside].max(axis=1) if inside.any() else np.zeros(len(scores), np.float32)
        earlier = member < first
        if not earlier.any():
            return told
        # A pronoun takes up a name of the sentence before, and "and" leaves out the subject of its own; any other
        # name or subject is part of what the sentence says.
        if _ends(clauses[first - 1].of(body.text)):
            return with_earlier(told, scores[:, earlier].max(axis=1), refers.any)
        if _AND.match(clauses[first].of(body.text)):
            return with_earlier(told, scores[:, earlier].max(axis=1), refers.opening)
        return told

    everything = covered(0, len(clauses) - 1)

    def fit(first: int, last: int) -> float | None:
        """The score of a run of clauses; None if it lacks too much of what the unit says."""
        told = covered(first, last)
        lost = weights * (everything - told)
        if lost.sum() > LOSS * weights.sum() or lost.max() > WORD_LOSS:
            return None
        inside = (member >= first) & (member <= last)
        return float(0.6 * weights @ told / weights.sum() + 0.4 * back[inside] @ best[inside] / back[inside].sum())

    chosen = (0, len(clauses) - 1)
    top = (fit(*chosen) or 0.0) + GAIN
    for first in range(len(clauses)):
        for last in range(first, len(clauses)):
            if last - first + 1 == len(clauses) or not ((member >= first) & (member <= last)).any():
                continue
            score = fit(first, last)
            if score is not None and _whole(body.text, clauses, first, last):
                score += GAIN  # leaving out whole sentences needs less than cutting into one
            if score is not None and score > top:
                chosen, top = (first, last), score
    first, last = _governed(body.text, clauses, *chosen)
    if (first, last) == (0, len(clauses) - 1):
        return whole
    return _edges(body.text, Span(clauses[first].start, clauses[last].end))


def clauses_of(text: str, lang: str, borders: Iterable[int] = ()) -> list[Span]:
    """The clauses of a text: ranges that cover it, cut behind marks and before words that open a clause."""
    openers = _OPENER[lang].finditer(text) if lang in _OPENER else ()
    cuts = sorted({m.end() for m in _BORDER.finditer(text)} | {m.end() for m in openers} | set(borders))
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
    """Whether the run begins and ends with a sentence, or with a main clause behind a semicolon."""
    begins = first == 0 or _ends(clauses[first - 1].of(text))
    return begins and (last + 1 == len(clauses) or _ends(clauses[last].of(text)))


def _governed(text: str, clauses: Sequence[Span], first: int, last: int) -> tuple[int, int]:
    """The run with the clauses beside it that govern it: a condition before, a condition or contrast behind."""
    begin = last
    while last + 1 < len(clauses) and opens_governing(clauses[last + 1].of(text)):
        last += 1
    # What depends on the last of these belongs to it: "but only in schools | where half of the pupils …", "provided
    # that the gate, | which lies in a dock, | still fits".
    while begin < last < len(clauses) - 1 and not _ends(clauses[last].of(text)):
        last += 1
    while first > 0 and opens_governing(clauses[first - 1].of(text)) and not _ends(clauses[first - 1].of(text)):
        first -= 1
    # "Roelandt, who was not in court, | must also pay a fine": a verb in front wants its subject.
    if _VERB.match(clauses[first].of(text)):
        while first > 0 and not _ends(clauses[first - 1].of(text)):
            first -= 1
    return first, last


def _ends(text: str) -> bool:
    return text.rstrip(' ”"’').endswith((".", "!", "?", ";"))


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
    places = _places_of(source, segment)[span.start : span.end]
    for piece in segment.spans:
        inside = [place for place in places if piece.start <= place < piece.end]
        if inside:
            kept.append(Span(inside[0], inside[-1] + 1))
    return tuple(kept)


def _places_of(source: str, segment: Segment) -> list[int]:
    """For each character of `segment.text(source)`, where it stands in `source`; -1 for a space between two pieces."""
    places: list[int] = []
    for number, piece in enumerate(segment.spans):
        places += [-1] * (number > 0) + _places(source, piece)
    return places


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
