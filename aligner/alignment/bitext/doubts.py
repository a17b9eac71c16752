"""What speaks against two documents being each other's translation, as measured: for warnings, never for refusing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aligner.alignment.bitext.documents import Bead
from aligner.records import UNKNOWN
from aligner.segment.language import detect

#: Above this share of sentences without counterpart, or below this mean similarity, a warning is due. Of 71 pairs of
#: true translations (own, made from NTREX, Text+Berg) none has more than .39 alone or a mean below .898 with the
#: bundled encoder; documents on different subjects have .53 to .68 alone and means of .815 to .827.
MOST_ALONE, LEAST_SIMILAR = 0.4, 0.86
#: From this share of sentences that stand in the other document word for word, the two are hardly a translation.
MOST_SAME = 0.5
#: Characters of a document by which its language is told.
_SAMPLE = 4000
_SURE = 0.8


@dataclass(frozen=True, slots=True)
class Side:
    """One document for these purposes: what it is called, its language as told by the user, its sentences."""

    name: str
    lang: str
    sentences: Sequence[str]


def doubts(a: Side, b: Side, beads: Sequence[Bead]) -> list[str]:
    """Warnings with their measured reason, empty for two documents that fit."""
    empty = [side.name for side in (a, b) if not any(text.strip() for text in side.sentences)]
    if empty:
        return [f"{name}: no sentences; nothing can be paired" for name in empty]
    found = _languages(a, b)
    same = _same(a, b)
    if same >= MOST_SAME:
        found.append(f"{same:.0%} of the sentences are the same in both documents: is one of them the wrong file?")
    paired = [bead for bead in beads if bead.a and bead.b]
    for side, placed in ((a, {i for bead in paired for i in bead.a}), (b, {j for bead in paired for j in bead.b})):
        count = sum(1 for text in side.sentences if text.strip())
        alone = 1 - len(placed) / count
        if alone > MOST_ALONE:
            found.append(f"{side.name}: {alone:.0%} of {count} sentences have no counterpart")
    mean = sum(bead.similarity for bead in paired) / len(paired) if paired else 0.0
    if paired and mean < LEAST_SIMILAR:
        found.append(f"the pairs are unlike each other (mean similarity {mean:.2f}): are these translations?")
    return found


def _languages(a: Side, b: Side) -> list[str]:
    told = [_language(side) for side in (a, b)]
    if told == [b.lang, a.lang] and a.lang != b.lang:
        return [
            f"the files look swapped: {a.name} is in {told[0]} and {b.name} in {told[1]} (--langs {a.lang},{b.lang})"
        ]
    return [
        f"{side.name} looks like {code}, not {side.lang}"
        for side, code in zip((a, b), told, strict=True)
        if code not in {UNKNOWN, side.lang}
    ]


def _language(side: Side) -> str:
    text = "\n".join(side.sentences[: _SAMPLE // 20])[:_SAMPLE]
    guess = detect(text, prior=side.lang)
    return guess.code if guess.confidence >= _SURE else UNKNOWN


def _same(a: Side, b: Side) -> float:
    """The share of a's sentences with letters that stand word for word in b."""
    known = set(b.sentences)
    wordy = [text for text in a.sentences if sum(char.isalpha() for char in text) > 3]
    return sum(text in known for text in wordy) / len(wordy) if wordy else 0.0
