"""Words without a counterpart: where something may be missing on one side or added on the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aligner.embed.encoder import Encoded
from aligner.embed.tokens import FUNCTION_WEIGHT, Word, coverage, match, word_weights
from aligner.records import Finding, Kind, Pair, Span

#: A content word whose best counterpart scores lower is bare. Of the content words of 200 true NTREX development
#: pairs 2 % lie below, of the words of a planted phrase 61 %.
BARE = 0.40
#: Below this mean best score of the worse covered side, and below this cosine, lie the near neighbours of NTREX
#: development sentences (half below .44 and .85) and few faithful natural pairs (a tenth below .49 and .86).
APART, FAR = 0.56, 0.87
#: A phrase is told as missing from this many bare content words that stand together.
FEWEST = 2


def signals(pair: Pair, nl: Encoded, en: Encoded) -> dict[str, float]:
    """Raw coverage features of a pair, both ways, by name."""
    found = match(nl, en)
    forth, back = coverage(found, word_weights(nl, "nl"), word_weights(en, "en"))
    told: dict[str, float] = {"cover.cosine": float(nl.vector @ en.vector)}
    for name, side in (("nl", forth), ("en", back)):
        told[f"cover.{name}.mean"] = side.mean
        told[f"cover.{name}.worst"] = side.worst
        told[f"cover.{name}.contrast"] = side.contrast
        told[f"cover.{name}.unlinked"] = side.unlinked
    for name, encoded, best in (("nl", nl, found.word_best_a), ("en", en, found.word_best_b)):
        runs = bare_runs(found.words_a if name == "nl" else found.words_b, best, word_weights(encoded, name))
        told[f"cover.{name}.bare"] = float(max((count for _, count in runs), default=0))
    # Steep where two sentences share a subject only: the linear combination needs the bend.
    told["cover.apart"] = max(0.0, APART - min(forth.mean, back.mean))
    told["cover.far"] = max(0.0, FAR - told["cover.cosine"])
    told["cover.length"] = float(np.log((len(nl.states) + 1) / (len(en.states) + 1)))
    return told


def told(pair: Pair, lang: str, span: Span, probability: float) -> Finding:
    """The finding that words of side `lang` have no counterpart: omission if it is the original, else addition."""
    missing = lang == pair.original
    phrase = span.of(pair.cell(lang))
    this, other = ("Dutch", "English") if lang == "nl" else ("English", "Dutch")
    return Finding(
        Kind.OMISSION if missing else Kind.ADDITION,
        probability,
        span if lang == "nl" else None,
        span if lang == "en" else None,
        f"The {this} says “{phrase}”, which the {other} {'leaves out' if missing else 'does not have'}.",
    )


def bare_runs(words: Sequence[Word], best: NDArray[np.float32], weights: NDArray[np.float32]) -> list[tuple[Span, int]]:
    """Runs of words without counterpart, with the number of content words in each; function words may stand inside."""
    runs: list[tuple[Span, int]] = []
    first, last, count = -1, -1, 0
    for number, (score, weight) in enumerate(zip(best, weights, strict=True)):
        content = weight > FUNCTION_WEIGHT
        if content and score < BARE:
            first = number if count == 0 else first
            last, count = number, count + 1
        elif content and count:
            runs.append((Span(words[first].start, words[last].end), count))
            count = 0
    if count:
        runs.append((Span(words[first].start, words[last].end), count))
    return [run for run in runs if run[1] >= FEWEST]
