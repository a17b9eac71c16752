"""Does the best body window say the same at all? A logistic model of coverage, anchors and the caption itself.

Three things tell: how well the words cover each other; whether numbers and names agree (the same event last year
shares all words but the figures); and what kind of sentence the caption is, for which its own vector stands: a
caption that describes the picture has no counterpart, however many of its words the body has. In cross-validation
over 640 units with hard negatives the AUC is .959 by coverage, .982 with the vector, .984 with anchors, .987 with
both; the cosine alone has .866.

Weights in `decision.json`, learned by `scripts/fit_alignment.py`; `plain` is for encoders whose vectors it does
not know.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.embed.tokens import WordScores
from aligner.judge import names, numbers
from aligner.records import Pair

#: Coordinates of a unit vector of 384 are near .05; times this they count like standardised features.
VECTOR_SCALE = 16.0


def features(
    parts: Sequence[WordScores], covered: NDArray[np.float32], cosine: float, margin: float, lead: float
) -> dict[str, float]:
    """How a unit and a window cover each other, by name; `covered` is how well each word of the unit is.

    `there` is the weighted share of the unit's words covered, `there_worst` the mean of its three worst
    content words; `back` and `back_worst` the same for the window's words.
    """
    weights = parts[0].weights_a
    back = np.concatenate([part.best_b for part in parts])
    back_weights = np.concatenate([part.weights_b for part in parts])
    return {
        "there": _mean(covered, weights),
        "there_worst": _worst(covered, weights),
        "back": _mean(back, back_weights),
        "back_worst": _worst(back, back_weights),
        "cosine": cosine,
        "margin": margin,
        "lead": lead,
        "length": math.log1p(len(weights)),
    }


def anchors(caption: str, body: str, caption_lang: str) -> dict[str, float]:
    """Numbers and names of a unit and a window, matched and unmatched, told of the caption and the body."""
    nl, en = (caption, body) if caption_lang == "nl" else (body, caption)
    pair = Pair(nl, en)
    sides = {"nl": "caption", "en": "body"} if caption_lang == "nl" else {"nl": "body", "en": "caption"}
    told = numbers.signals(pair) | names.signals(pair)
    return {"_".join(sides.get(part, part) for part in name.split("_")): value for name, value in told.items()}


def decide(found: dict[str, float], vector: NDArray[np.float32] | None = None) -> float:
    """The probability 0..1 that the window is the unit's counterpart.

    `vector` is the unit's own, if it comes from the bundled encoder.
    """
    model = _model()["plain" if vector is None else "bundled"]
    total = float(model["bias"]) + sum(weight * found[name] for name, weight in model["weights"].items())
    if vector is not None:
        total += float(vector @ np.asarray(model["vector"], np.float32))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def _model() -> dict[str, Any]:
    text = (files("aligner.alignment") / "decision.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def _mean(scores: np.ndarray, weights: np.ndarray) -> float:
    return float(weights @ scores / max(float(weights.sum()), 1e-9))


def _worst(scores: np.ndarray, weights: np.ndarray, most: int = 3) -> float:
    content = scores[weights >= 0.5]
    chosen = content if len(content) else scores
    return float(np.sort(chosen)[:most].mean()) if len(chosen) else 0.0
