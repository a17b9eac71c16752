"""Where a reported clause ends: at the full stop, at the next attribution, at "and that"."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.segment.attribution import after, classes_of, speaks
from aligner.segment.names import phrase
from aligner.segment.tokens import Tok

LEAST = 3  # tokens of a reported clause


def content_end(unit: Sequence[Tok], end: int) -> int:
    """`end` without the full stop and what else closes the sentence."""
    while end > 0 and not unit[end - 1].word and unit[end - 1].quote < 0 and unit[end - 1].text != ")":
        end -= 1
    return end


def clause_end(unit: Sequence[Tok], start: int, end: int) -> int:
    """Where the clause ends because another attribution begins: ", while Y said", "and added that"."""
    for j in range(start + 2, end):
        low = unit[j].low
        comma = unit[j].text == ","
        if unit[j].text == ";":
            return j
        if not comma and low not in ("and", "en", "while", "terwijl", "but", "maar"):
            continue
        k = j + 1
        while k < end and unit[k].low in ("and", "en", "while", "terwijl", "but", "maar", "also", "ook", "then"):
            k += 1
        if k >= end or k > j + 4:
            continue
        if unit[k].low in ("that", "dat") and unit[k - 1].low in ("and", "en", "but", "maar") and end - k > LEAST:
            return j
        if comma and classes_of(unit, k) and unit[k].low.endswith("ing") and _that_near(unit, k, end):
            return j
        if classes_of(unit, k) and (k > j + 1 or not comma) and _that_near(unit, k, end):
            return j
        if k == j + 1 and comma:
            continue
        found = phrase(unit, k)
        if (
            found is not None
            and found.end < end
            and classes_of(unit, found.end)
            and (_that_near(unit, found.end, end) or unit[found.end].low in ("said", "says"))
        ):
            return j
        if unit[k].low in ("volgens", "according"):
            return j
    frame_at = next((j for j in range(start + 2, end) if unit[j].text == "," and _closing(unit, j, end)), end)
    return content_end(unit, frame_at)


def _closing(unit: Sequence[Tok], j: int, end: int) -> bool:
    """Whether an attribution at the comma `j` closes the sentence ("…, he added", "…, aldus Bos")."""
    if end - j > 9:
        return False
    frame = after(unit, j - 1, strict=True)
    return (
        frame is not None
        and frame.speaker is not None
        and frame.end >= end - 1
        and speaks(unit, frame.speaker)
        and not any(t.low in ("dat", "that") for t in unit[j:end])
    )


def _that_near(unit: Sequence[Tok], v: int, end: int) -> bool:
    return any(t.low in ("that", "dat") for t in unit[v + 1 : min(end, v + 8)])
