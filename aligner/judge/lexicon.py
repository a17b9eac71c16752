"""Word knowledge of the two languages: crude stems and a learned table of translations."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from aligner.records import Pair

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


def content_rendered(text: str, side: str, other: str) -> list[bool]:
    """Whether each content word of `text` that the table knows is rendered on the other side."""
    words = (word for word in _LONGER.findall(text.lower()) if word not in EMPTY)
    return [known for word in words if (known := rendered(word, side, other)) is not None]


_LONGER = re.compile(r"[^\W\d_]{3,}")
_EMPTY_WORDS = (
    "de het een die dat deze dit van voor met naar aan bij uit tot over als dan dus maar want zich zijn haar hun "
    "was is werd wordt worden heeft hebben had hadden kan kunnen zal zullen zou zouden moet moeten mag mogen wil "
    "hij zij wij men ook nog meer meest zo erg heel enkel enkele enige door onder tegen the and that this those "
    "these with from for into onto about over been being was were are is have has had having will would can could "
    "should must may might do does did done they she his her their its our your any anyone anything more most "
    "very much such than then there here who which what when where how be get got yet ever"
)
EMPTY = frozenset(_EMPTY_WORDS.split())


@lru_cache(maxsize=8)
def coverage(pair: Pair) -> tuple[float, float]:
    """The share of known content words that are rendered, of the side with less and of the side with more."""
    shares = []
    for text, side, other in ((pair.nl, "nl", pair.en), (pair.en, "en", pair.nl)):
        found = content_rendered(text, side, other)
        shares.append(sum(found) / len(found) if found else 0.5)
    return min(shares), max(shares)
