"""Word knowledge of the two languages: crude stems and a learned table of translations."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_ENDS = {
    "nl": ("heden", "ingen", "tjes", "etje", "den", "ten", "de", "te", "en", "je", "st", "t", "e", "s", "d"),
    "en": ("ings", "ing", "edly", "ied", "ies", "ed", "es", "ly", "s", "e", "y"),
}


@lru_cache(maxsize=20000)
def stem(word: str, lang: str) -> str:
    """The word without its endings, doubled letters single: good enough to find it again in another form."""
    text = word.lower()
    if len(text) > 6 and lang == "nl" and text.startswith("ge"):
        text = text[2:]  # participles: gestemd, stemde
    for end in _ENDS[lang]:
        if text.endswith(end) and len(text) - len(end) >= 3:
            text = text[: -len(end)]
            break
    out = text[:1]
    for char in text[1:]:
        if char != out[-1]:
            out += char
    if lang == "nl" and out[-1:] in "vz":
        out = out[:-1] + {"v": "f", "z": "s"}[out[-1]]
    return out[:9]


@cache
def translations() -> dict[str, frozenset[str]]:
    """Dutch stem → English stems it may stand for, as learned by `scripts/learn_lexicon.py`."""
    table = {}
    for line in (_DATA / "lexicon.tsv").read_text(encoding="utf-8").splitlines():
        nl, en = line.split("\t")
        table[nl] = frozenset(en.split(" "))
    return table


@cache
def back_translations() -> dict[str, frozenset[str]]:
    """English stem → Dutch stems."""
    table: dict[str, set[str]] = {}
    for nl, english in translations().items():
        for en in english:
            table.setdefault(en, set()).add(nl)
    return {en: frozenset(found) for en, found in table.items()}


_WORD = re.compile(r"[^\W\d_]{2,}")


@lru_cache(maxsize=512)
def stems(text: str, lang: str) -> frozenset[str]:
    """The stems of all words of a cell."""
    return frozenset(stem(word, lang) for word in _WORD.findall(text.lower()))


def rendered(word: str, lang: str, other: str) -> bool | None:
    """Whether the other cell holds a known translation of `word`, or a word written like it; None for a word
    that the table does not know."""
    mine = stem(word, lang)
    theirs = stems(other, "en" if lang == "nl" else "nl")
    known = (translations() if lang == "nl" else back_translations()).get(mine)
    if known and not known.isdisjoint(theirs):
        return True
    if len(mine) >= 5 and any(found.startswith(mine[:5]) for found in theirs):
        return True
    return False if known else None
