"""Logistic weights that scripts learned: a file in `data`, a sum, a chance."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def learned(name: str) -> dict[str, float]:
    """The weights in `data/NAME.json`, with `bias`."""
    found = json.loads((files("aligner.judge") / "data" / f"{name}.json").read_text(encoding="utf-8"))
    return dict(found["weights"])


def total(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    """Log odds: `bias` and each weight times the value of its name. Raises `KeyError` for a value that is missing."""
    return weights["bias"] + sum(weight * values[name] for name, weight in weights.items() if name != "bias")


def chance(odds: float) -> float:
    """The probability 0..1 with these log odds, cut at ±30."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))
