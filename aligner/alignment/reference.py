"""The words of a caption that only say who or what it speaks of: names, roles, and its opening "The …".

The body names somebody once and goes on with "he" or "the minister", so these words may find their counterpart in a
sentence before the one that says the same. Everything else must be said there.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.embed.encoder import Encoded
from aligner.embed.tokens import words
from aligner.segment.nouns import is_role
from aligner.segment.wordlist import words as words_of

#: What a counterpart earlier in the text is worth beside one in the window itself: the nearer one wins.
EARLIER = 0.9

_DEFINITE = words_of("the this these his her its their de het deze dit zijn haar hun")


class Refers(NamedTuple):
    """(words,) each: whether a word only refers at all; whether it is in a unit's opening "The …" and no name."""

    any: NDArray[np.bool_]
    opening: NDArray[np.bool_]


def reference_words(unit: Encoded) -> Refers:
    """Which words of a caption unit only refer."""
    found = words(unit)
    texts = [unit.text[word.start : word.end] for word in found]
    names, openings = np.zeros(len(found), bool), np.zeros(len(found), bool)
    for i, text in enumerate(texts):
        begins = i == 0 or any(mark in ".!?:" for mark in unit.text[found[i - 1].end : found[i].start])
        followed = i + 1 < len(texts) and texts[i + 1][0].isupper()
        names[i] = (text[0].isupper() and (followed or not begins)) or is_role(text)
        openings[i] = i == 1 and texts[0].lower() in _DEFINITE and not text[0].isupper()
    return Refers(names | openings, openings)


def with_earlier(
    covered: NDArray[np.float32], earlier: NDArray[np.float32], refers: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """`covered` (words,), raised for referring words to what `earlier` text covers of them."""
    return np.where(refers, np.maximum(covered, EARLIER * earlier), covered)
