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

from aligner.alignment.decision import decide, features
from aligner.alignment.units import LANGUAGES, Element, body_elements, caption_units, why_not
from aligner.config import Settings
from aligner.embed.encoder import Encoded
from aligner.embed.tokens import WordScores, word_scores
from aligner.records import BODY_ROLES, Bead, Document, Segment

#: Body elements whose words are compared with a unit's: the nearest by sentence vector, and their neighbours.
#: The right one is among the nearest 8 for all 1,004 NTREX development sentences within their own document.
SHORTLIST = 8


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


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive body elements `first..last` (inclusive) as a counterpart of one unit, with its score."""

    first: int
    last: int
    score: float


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
    if not plan.units:
        return []
    encoded = [vectors[text] for text in plan.element_texts] if plan.elements else []
    matrix = np.stack([item.vector for item in encoded]) if encoded else np.zeros((0, 1), np.float32)
    beads: list[Bead] = []
    for unit, text in zip(plan.units, plan.unit_texts, strict=True):
        reason = why_not(document, unit.segment)
        if reason or not encoded:
            beads.append(Bead(unit.segment, None, 0.0, (1, 0), reason or "none"))
            continue
        beads.append(_best(plan, unit, vectors[text], encoded, matrix, settings))
    return beads


def _best(
    plan: Candidates,
    unit: Element,
    caption: Encoded,
    encoded: Sequence[Encoded],
    matrix: NDArray[np.float32],
    settings: Settings,
) -> Bead:
    cosines = matrix @ caption.vector
    near = _shortlist(cosines)
    scores = {number: word_scores(caption, encoded[number]) for number in near}
    best, second = None, 0.0
    for first, last in _windows(plan.elements, near, settings.max_window):
        window = _window(unit, plan, first, last, scores)
        if best is None or window.score > best.score:
            best = window
    assert best is not None, "a shortlist has at least one element"
    for number in near:
        if not best.first <= number <= best.last:
            second = max(second, _window(unit, plan, number, number, scores).score)
    body = _joined(plan.elements[best.first : best.last + 1])
    found = features(
        [scores[number] for number in range(best.first, best.last + 1)],
        float(cosines[best.first : best.last + 1].max()),
        _margin(cosines, range(best.first, best.last + 1)),
        best.score - second,
    )
    probability = decide(found)
    vector = np.sum([encoded[number].vector for number in range(best.first, best.last + 1)], axis=0)
    similarity = float(np.clip(caption.vector @ vector / np.linalg.norm(vector), 0.0, 1.0))
    sentences = len({element.sentence for element in plan.elements[best.first : best.last + 1]})
    reason = "" if probability >= settings.none_below else "none"
    return Bead(unit.segment, body, similarity, (1, sentences), reason)


def _shortlist(cosines: NDArray[np.float32]) -> list[int]:
    nearest = np.argsort(-cosines, kind="stable")[:SHORTLIST]
    wanted = {int(number) + step for number in nearest for step in (-1, 0, 1)}
    return sorted(number for number in wanted if 0 <= number < len(cosines))


def _windows(elements: Sequence[Element], near: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    """Runs of consecutive shortlisted elements that hold at most `most` sentences."""
    allowed = set(near)
    for first in near:
        last = first
        while last in allowed and elements[last].sentence - elements[first].sentence < most:
            yield first, last
            last += 1


def _window(unit: Element, plan: Candidates, first: int, last: int, scores: Mapping[int, WordScores]) -> Window:
    parts = [scores[number] for number in range(first, last + 1)]
    weights = parts[0].weights_a
    covered = np.max([part.best_a for part in parts], axis=0)
    there = float(weights @ covered / max(weights.sum(), 1e-9))
    total = sum(float(part.weights_b.sum()) for part in parts)
    back = sum(float(part.weights_b @ part.best_b) for part in parts) / max(total, 1e-9)
    quoted = plan.elements[first].segment.quoted == unit.segment.quoted
    return Window(first, last, 0.6 * there + 0.4 * back + (0.02 if quoted else 0.0))


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
