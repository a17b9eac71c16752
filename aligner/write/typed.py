"""The cells of a row as values: scores as numbers, lists as lists. What does not fit its type is null."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aligner.write.corpus import number, offsets_of, spans_of

NUMBERS = frozenset({"similarity", "divergence", "best_score"})
OFFSETS = frozenset({"nl_start", "nl_end", "en_start", "en_end", "start", "end"})
SPANS = frozenset({"nl_span", "en_span"})
LISTS = frozenset({"kinds"})


def typed(name: str, row: Mapping[str, str]) -> Any:
    """The value of one cell: float, list of int, list of `{start, end}` or null, list of str, or the text itself."""
    text = row.get(name, "")
    if name in NUMBERS:
        return number(text) if text else None
    if name in OFFSETS:
        return offsets_of(text)
    if name in LISTS:
        return text.split(";") if text else []
    if name in SPANS:
        kinds = row.get("kinds", "")
        spans = spans_of(text, kinds.count(";") + 1 if kinds else 0)
        if spans is None:
            return None
        return [None if span is None else {"start": span[0], "end": span[1]} for span in spans]
    return text
