"""Telling pairs that say the same twice: alike to the letter, or nearly.

Near means: both sides alike to 95 in 100 by `rapidfuzz`, and the same digits on both. Candidates are found by the
words and pairs of words with the lowest hashes, so that 200,000 pairs are not compared with each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b
from itertools import pairwise
from zlib import crc32

MODES = ("exact", "near")
NEAR = 95.0
_KEYS = 4  # lowest hashes a text is filed under: two texts that differ by a word share one of them almost always
_MOST = 200  # candidates looked at under one key: a headline repeated a thousand times must not cost a million
_WORD = re.compile(r"\w+")


class Duplicates:
    """Remembers the pairs it has seen. `exact` and `near` count what was found to be a copy."""

    def __init__(self, mode: str) -> None:
        self._mode = mode
        self._seen: set[bytes] = set()
        self._texts: list[tuple[str, str, tuple[str, ...]]] = []
        self._filed: dict[int, list[int]] = {}
        self.exact = 0
        self.near = 0

    def __call__(self, row: Mapping[str, str]) -> bool:
        """Whether an earlier row says the same."""
        key = blake2b(f"{row['nl']}\t{row['en']}".encode("utf-8", "replace"), digest_size=12).digest()
        if key in self._seen:
            self.exact += 1
            return True
        self._seen.add(key)
        if self._mode == "near" and self._is_near(row["nl"], row["en"]):
            self.near += 1
            return True
        return False

    def _is_near(self, nl: str, en: str) -> bool:
        from rapidfuzz import fuzz

        nl_words, en_words = _WORD.findall(nl.casefold()), _WORD.findall(en.casefold())
        digits = tuple(word for words in (nl_words, en_words) for word in words if any(map(str.isdigit, word)))
        mine = (" ".join(nl_words), " ".join(en_words), digits)
        keys = _lowest(nl_words)
        tried: set[int] = set()
        for key in keys:
            for at in self._filed.get(key, ()):
                if at in tried:
                    continue
                tried.add(at)
                theirs = self._texts[at]
                if (
                    theirs[2] == digits
                    and fuzz.ratio(mine[0], theirs[0], score_cutoff=NEAR)
                    and fuzz.ratio(mine[1], theirs[1], score_cutoff=NEAR)
                ):
                    return True
        self._texts.append(mine)
        for key in keys:
            filed = self._filed.setdefault(key, [])
            if len(filed) < _MOST:
                filed.append(len(self._texts) - 1)
        return False


def _lowest(words: list[str]) -> list[int]:
    pieces = {*words, *(f"{a} {b}" for a, b in pairwise(words))}
    return sorted({crc32(piece.encode("utf-8", "replace")) for piece in pieces})[:_KEYS]
