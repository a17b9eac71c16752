"""Each caption unit with the body window that says the same: any order, one to four sentences, or none.

Token matching decides, not the sentence vector: a window is as good as the share of the unit's words that
find a counterpart in it and the share of its own words that find one in the unit. Sentences are embedded
once, alone; a window's words are those of its sentences, so no window is embedded to be compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.decision import anchors, decide, features
from aligner.alignment.reference import reference_words, with_earlier
from aligner.alignment.units import LANGUAGES, Element, body_elements, caption_units, why_not
from aligner.config import Settings
from aligner.embed.encoder import Encoded
from aligner.embed.names import BUNDLED_NAMES
from aligner.embed.tokens import WordScores, word_scores
from aligner.records import BODY_ROLES, Bead, Document, Segment

#: Body elements whose words are compared with a unit's: the nearest by sentence vector, and their neighbours.
#: The right one is among the nearest 8 for all 1,004 NTREX development sentences within their own document.
SHORTLIST = 8
#: Sentences before a window in which a name may stand that the window takes up with "he" or "the minister".
REFERENCE_REACH = 2
#: What each further sentence of a window must earn by covering more.
SENTENCE_COST = 0.02
#: A quote renders a quote rather than the sentence that reports it, when both cover it equally well.
QUOTE_BONUS = 0.02


@dataclass(frozen=True)
class Candidates:
    """What is to be compared in one article: caption units, and the body's elements."""

    units: tuple[Element, ...]
    elements: tuple[Element, ...]
    source: str
    why_nothing: str = ""

    @cached_property
    def unit_texts(self) -> tuple[str, ...]:
        """The units' texts, in order."""
        return tuple(unit.segment.text(self.source) for unit in self.units)

    @cached_property
    def element_texts(self) -> tuple[str, ...]:
        """The elements' texts, in order."""
        return tuple(element.segment.text(self.source) for element in self.elements)

    def texts(self) -> Iterator[str]:
        """All texts that `match` needs vectors of; none if nothing can be aligned."""
        if self.units and self.elements:
            yield from self.unit_texts
            yield from self.element_texts


def candidates(document: Document) -> Candidates:
    """Caption units and body elements of an article; `why_nothing` tells why there are no units."""
    units = tuple(caption_units(document))
    elements = tuple(body_elements(document))
    why = ""
    if not units:
        langs = {sentence.lang for sentence in document.sentences} & set(LANGUAGES)
        body = any(block.role in BODY_ROLES for block in document.blocks)
        if not body:
            why = "no article text was found"
        elif len(langs) < 2:
            names = " and ".join(sorted(langs)) or "neither nl nor en"
            why = f"only one language was found ({names}), and no caption"
        else:
            why = "no caption was found"
    return Candidates(units, elements, document.text, why)


def match(document: Document, plan: Candidates, vectors: Mapping[str, Encoded], settings: Settings) -> list[Bead]:
    """One bead a caption unit, in text order: with its body text, or with the reason why there is none."""
    body = Body.of(plan, vectors) if plan.units and plan.elements else None
    known = settings.encoder in BUNDLED_NAMES
    beads: list[Bead] = []
    for unit, text in zip(plan.units, plan.unit_texts, strict=True):
        reason = why_not(document, unit.segment)
        if reason or body is None:
            beads.append(Bead(unit.segment, None, 0.0, (1, 0), reason or "none"))
            continue
        found = best_window(vectors[text], body, unit.segment.quoted, unit.segment.lang, settings.max_window)
        probability = decide(found.features, vectors[text].vector if known else None)
        elements = plan.elements[found.first : found.last + 1]
        beads.append(
            Bead(
                unit.segment,
                _joined(elements),
                found.similarity,
                (1, len({element.sentence for element in elements})),
                "" if probability >= settings.none_below else "none",
            )
        )
    return beads


@dataclass(frozen=True)
class Body:
    """A body to search: elements encoded, their vectors (n, dim), their sentences, and which of them are quotes."""

    encoded: Sequence[Encoded]
    matrix: NDArray[np.float32]
    sentences: Sequence[int]
    quoted: Sequence[bool]

    @classmethod
    def of(cls, plan: Candidates, vectors: Mapping[str, Encoded]) -> Body:
        """The body of an article."""
        encoded = [vectors[text] for text in plan.element_texts]
        return cls(
            encoded,
            np.stack([item.vector for item in encoded]),
            [element.sentence for element in plan.elements],
            [element.segment.quoted for element in plan.elements],
        )


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive body elements `first..last` (inclusive) as the counterpart of a unit.

    `score` ranks windows of one unit; `similarity` is the cosine 0..1 of the unit's vector and the window's;
    `features` are what `decision.decide` needs.
    """

    first: int
    last: int
    score: float
    similarity: float
    features: dict[str, float]


def best_window(caption: Encoded, body: Body, quoted: bool, lang: str, most: int) -> Window:
    """The window of at most `most` sentences that a caption unit renders, if it renders any."""
    cosines = body.matrix @ caption.vector
    near = _shortlist(cosines)
    scores = {number: word_scores(caption, body.encoded[number]) for number in near}
    refers = reference_words(caption).any

    def covered(first: int, last: int) -> NDArray[np.float32]:
        """(words,) how well the window, or for a word that only refers the text before it, covers the unit's words."""
        inside: NDArray[np.float32] = np.max([scores[number].best_a for number in range(first, last + 1)], axis=0)
        begin = first
        while begin > 0 and body.sentences[first] - body.sentences[begin - 1] <= REFERENCE_REACH:
            begin -= 1
        for number in range(begin, first) if refers.any() else ():
            if number not in scores:
                scores[number] = word_scores(caption, body.encoded[number])
            inside = with_earlier(inside, scores[number].best_a, refers)
        return inside

    def score(first: int, last: int) -> float:
        parts = [scores[number] for number in range(first, last + 1)]
        fit = _score(parts, covered(first, last), body.quoted[first] == quoted)
        return fit - SENTENCE_COST * (body.sentences[last] - body.sentences[first])

    ranked = {(first, last): score(first, last) for first, last in _windows(body.sentences, near, most)}
    (first, last), top = max(ranked.items(), key=lambda item: item[1])
    others = [value for (a, b), value in ranked.items() if b < first or a > last]
    window = range(first, last + 1)
    vector = body.matrix[first : last + 1].sum(axis=0)
    similarity = float(np.clip(caption.vector @ vector / np.linalg.norm(vector), 0.0, 1.0))
    found = features(
        [scores[number] for number in window],
        covered(first, last),
        similarity,
        _margin(cosines, window),
        top - max(others, default=0.0),
    ) | anchors(caption.text, " ".join(body.encoded[number].text for number in window), lang)
    return Window(first, last, top, similarity, found)


def _shortlist(cosines: NDArray[np.float32]) -> list[int]:
    nearest = np.argsort(-cosines, kind="stable")[:SHORTLIST]
    wanted = {int(number) + step for number in nearest for step in (-1, 0, 1)}
    return sorted(number for number in wanted if 0 <= number < len(cosines))


def _windows(sentences: Sequence[int], near: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    """Runs of consecutive shortlisted elements that hold at most `most` sentences."""
    allowed = set(near)
    for first in near:
        last = first
        while last in allowed and sentences[last] - sentences[first] < most:
            yield first, last
            last += 1


def _score(parts: Sequence[WordScores], covered: NDArray[np.float32], same_form: bool) -> float:
    """How well a window and a unit cover each other, 0..1; what the unit says weighs more than what it leaves out."""
    weights = parts[0].weights_a
    there = float(weights @ covered) / max(float(weights.sum()), 1e-9)
    total = sum(float(part.weights_b.sum()) for part in parts)
    back = sum(float(part.weights_b @ part.best_b) for part in parts) / max(total, 1e-9)
    return 0.6 * there + 0.4 * back + (QUOTE_BONUS if same_form else 0.0)


def _margin(cosines: NDArray[np.float32], own: range) -> float:
    """Best cosine over the mean of the four next best outside the window (the ratio margin's idea)."""
    outside = np.delete(cosines, list(own))
    if not len(outside):
        return 0.0
    return float(cosines[own.start : own.stop].max() - np.sort(outside)[-4:].mean())


def _joined(elements: Sequence[Element]) -> Segment:
    segments = [element.segment for element in elements]
    speaker = next((segment.speaker for segment in segments if segment.speaker), "")
    return Segment(
        tuple(span for segment in segments for span in segment.spans),
        segments[0].lang,
        segments[0].role,
        segments[0].block,
        any(segment.quoted for segment in segments),
        speaker,
    )
