"""The learned combination: signals of all readers to one calibrated probability, and a share for each kind.

Logistic weights over standardised signals in `data/combine.json`, a file that can be read; learned and calibrated by
`scripts/fit_judge.py` on pairs the joint reader was not trained on. Two sets: `joint` for the bundled encoder, and
`plain` for any other encoder, whose token states the joint reader does not know.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from aligner.records import Kind


@dataclass(frozen=True, slots=True)
class Combined:
    """`divergence` 0..1, calibrated at a prior of 20 % diverging pairs; `kinds`: each kind's share 0..1 if it diverges."""

    divergence: float
    kinds: dict[Kind, float]


def combine(signals: Mapping[str, float], *, joint: bool) -> Combined:
    """Combine `signals` (missing ones count as their mean in training)."""
    model = _model()["joint" if joint else "plain"]
    z = {
        name: max(-4.0, min(4.0, (signals.get(name, mean) - mean) / scale))
        for name, (mean, scale) in model["signals"].items()
    }
    kinds = {Kind(kind): _logistic(weights, z) for kind, weights in model["kinds"].items()}
    return Combined(_logistic(model["divergence"], z), kinds)


def thresholds() -> tuple[float, float]:
    """(review, divergent): the probabilities from which a pair is told, as `scripts/fit_judge.py` set them."""
    found = _model()["thresholds"]
    return float(found["review"]), float(found["divergent"])


def _logistic(weights: Mapping[str, float], z: Mapping[str, float]) -> float:
    total = weights["bias"] + sum(weight * z[name] for name, weight in weights.items() if name != "bias")
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def _model() -> dict[str, Any]:
    return dict(json.loads((files("aligner.judge") / "data" / "combine.json").read_text(encoding="utf-8")))
