"""Names and figures that a small model garbles, carried over from the source by its attention.

The bundled translator reads the states of an encoder that has half forgotten how a name is spelled ("Storney" for
Stewart, 1999 for 1469), but its attention still points at the word. On FLORES dev that is worth the chrF that
`scripts/bench_translation.py` prints with and without.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

#: A word goes over where the attention to it (a sum over its pieces), at least `LEAST_ATTENTION`, and the likeness of
#: the two spellings times `LIKENESS` come to `LEAST` together. On 334 sentences of FLORES and NTREX dev, chrF 38.2
#: without: 39.5 by attention alone, 39.7 with likeness; .2 to .5 for `LEAST` differ by .3.
LEAST_ATTENTION, LIKENESS, LEAST = 0.05, 0.5, 0.3
_START = "▁"
_BARE = re.compile(r"^(\W*)(.*?)((?:['’]s)?\W*)$", re.DOTALL)
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_DECIMAL = re.compile(r"\d+,\d+")
_SWAP = str.maketrans(".,", ",.")


class _Word(NamedTuple):
    """Pieces `start:end` of one word: what stands before it, the word itself, what stands behind."""

    start: int
    end: int
    before: str
    bare: str
    after: str


def carry_over(source: Sequence[str], target: Sequence[str], attention: Sequence[Sequence[float]]) -> str:
    """The text of `target` (Dutch to English) with its garbled names and figures replaced by the source's.

    `source` and `target` are SentencePiece pieces; `attention` is target pieces by source pieces. A source word goes
    over at most once, and not at all if the target has it already. Words that English spells otherwise (exonyms,
    institutions, ordinary words at the start of a sentence) stay as they were translated.
    """
    import numpy as np
    from rapidfuzz.fuzz import ratio

    theirs, ours = _words(source), _words(target)
    if not theirs or not ours:
        return "".join(target).replace(_START, " ").strip()
    there, known = {word.bare for word in ours}, {word.bare for word in theirs}
    wanted = [
        (at, text)
        for at, word in enumerate(theirs)
        if (text := _as_english(word.bare, first=at == 0)) and text not in there
    ]
    table = _by_word(np.asarray(attention, dtype=np.float32), ours, theirs)
    texts = [word.bare for word in ours]
    likely = sorted(
        (
            (float(table[to, at]) + LIKENESS * ratio(word.bare, text) / 100, to, text)
            for at, text in wanted
            for to, word in enumerate(ours)
            if table[to, at] >= LEAST_ATTENTION and word.bare not in known and _garbled(word.bare, text)
        ),
        key=lambda candidate: -candidate[0],
    )
    given: dict[int, str] = {}
    for weight, to, text in likely:
        if weight >= LEAST and to not in given and text not in given.values():
            given[to] = text
    texts = [given.get(to, word.bare) for to, word in enumerate(ours)]
    return " ".join(word.before + text + word.after for word, text in zip(ours, texts, strict=True))


def _words(pieces: Sequence[str]) -> list[_Word]:
    starts = [at for at, piece in enumerate(pieces) if at == 0 or piece.startswith(_START)]
    found = []
    for start, end in pairwise([*starts, len(pieces)]):
        parts = _BARE.match("".join(pieces[start:end]).replace(_START, ""))
        assert parts is not None  # every part of the pattern may be empty
        if any(parts.groups()):
            found.append(_Word(start, end, *parts.groups()))
    return found


def _by_word(attention: Any, ours: list[_Word], theirs: list[_Word]) -> Any:
    """(target words, source words): mean over a target word's pieces of the sum over a source word's."""
    import numpy as np

    columns = np.stack([attention[:, word.start : word.end].sum(1) for word in theirs], 1)
    return np.stack([columns[word.start : word.end].mean(0) for word in ours])


def _as_english(word: str, *, first: bool) -> str:
    """A Dutch word as English has it, if it is a figure or a name that is spelled alike; else empty."""
    if any(char.isdigit() for char in word):
        return word.translate(_SWAP) if _GROUPED.fullmatch(word) or _DECIMAL.fullmatch(word) else word
    return word if _is_name(word, first) else ""


def _is_name(word: str, first: bool) -> bool:
    from aligner.judge.name_tables import concepts, generic

    if len(word) < 2 or not word[:1].isupper() or generic(word, "nl") or word in concepts("nl"):
        return False
    if first and not any(char.isupper() for char in word[1:]):
        return word in concepts("en")
    if any(part.islower() and len(part) > 3 for part in word.split("-")[1:]):  # a Dutch compound: Rangers-doelman
        return False
    return not word.endswith(("se", "ers", "ische"))


def _garbled(word: str, instead: str) -> bool:
    """Whether a target word may be a botched `instead`: figures for figures, anything but common words for names."""
    from aligner.judge.name_tables import common

    if any(char.isdigit() for char in instead):
        return any(char.isdigit() for char in word)
    return word[:1].isupper() or (word.isalpha() and word.lower() not in common("en"))
