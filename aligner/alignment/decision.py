"""Does the best body window say the same at all? A small logistic model over its coverage.

Weights in `decision.json`, learned by `scripts/fit_alignment.py` with the true counterpart left in or taken out
of the body.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np

from aligner.embed.tokens import WordScores

FEATURES = ("there", "there_worst", "back", "back_worst", "cosine", "margin", "lead", "length")


def features(parts: Sequence[WordScores], cosine: float, margin: float, lead: float) -> dict[str, float]:
    """Features of a unit against a window, by name.

    `there` is the weighted share of the unit's words covered, `there_worst` the mean of its three worst
    content words; `back` and `back_worst` the same for the window's words.
    """
    weights = parts[0].weights_a
    covered = np.max([part.best_a for part in parts], axis=0)
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


def decide(found: dict[str, float]) -> float:
    """The probability 0..1 that the window is the unit's counterpart."""
    model = _model()
    total = model["bias"] + sum(model["weights"][name] * found[name] for name in FEATURES)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def _model() -> dict[str, dict[str, float]]:
    text = (files("aligner.alignment") / "decision.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def _mean(scores: np.ndarray, weights: np.ndarray) -> float:
    return float(weights @ scores / max(float(weights.sum()), 1e-9))


def _worst(scores: np.ndarray, weights: np.ndarray, most: int = 3) -> float:
    content = scores[weights >= 0.5]
    chosen = content if len(content) else scores
    return float(np.sort(chosen)[:most].mean()) if len(chosen) else 0.0
