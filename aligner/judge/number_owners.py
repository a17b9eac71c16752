"""Two equal figures that stand with one another's owners: turnover down a fifth and visitors a quarter, or the reverse.

Each figure is looked at in its clause. Where what the Dutch says of the first is what the English says of the second,
and the other way round, and neither clause has a word of its own counterpart, the figures are exchanged. Of the natural
training pairs and 7,000 true ones 8 have such figures, all of them wrong; of true pairs with two figures exchanged in
the English a third is found.
"""

from __future__ import annotations

import re
from itertools import combinations

from aligner.judge.lexicon import stem, translations
from aligner.judge.number_values import Value, family

#: A Dutch quantity and its English counterpart.
Matched = tuple[Value, Value]

#: How certain it is, where found, that two figures are exchanged.
EXCHANGED = 0.88
#: More quantities than this are a table.
_MOST = 8
_BORDER = {
    "nl": re.compile(r"[,;:()–—]|\b(?:en|maar|terwijl|waarvan|of|tegen|tegenover|dan)\b"),
    "en": re.compile(r"[,;:()–—]|\b(?:and|but|while|whereas|with|of which|or|against|compared|than)\b"),
}
_WORD = re.compile(r"[^\W\d_]{3,}")


def exchanged(nl_text: str, en_text: str, matched: tuple[Matched, ...]) -> list[tuple[Matched, Matched]]:
    """Two equal quantities each, whose clauses answer to one another crosswise."""
    out = []
    for (a, b), (c, d) in combinations(matched if len(matched) <= _MOST else (), 2):
        if not _of_one_sort(a, c) or not _of_one_sort(b, d):
            continue
        mine, yours = _apart(_clause(nl_text, a, c, "nl"), _clause(nl_text, c, a, "nl"))
        here, there = _apart(_clause(en_text, b, d, "en"), _clause(en_text, d, b, "en"))
        straight = _shared(mine, here) or _shared(yours, there)
        if not straight and _shared(mine, there) and _shared(yours, here):
            out.append(((a, b), (c, d)))
    return out


def _of_one_sort(a: Value, b: Value) -> bool:
    mine, theirs = ({family(dim) for dim, _ in value.readings} for value in (a, b))
    # Days and months change places with the wording: not on Wednesday but on Monday.
    return bool((mine & theirs) - {"weekday", "month"}) and a.readings != b.readings


def _apart(one: frozenset[str], other: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Both without what they have in common."""
    return one - other, other - one


def _clause(text: str, value: Value, other: Value, lang: str) -> frozenset[str]:
    """The stems in the clause of `value`, as far as the quantity it is compared with."""
    low = text.lower()
    start = other.span.end if other.span.end <= value.span.start else 0
    end = other.span.start if other.span.start >= value.span.end else len(low)
    for border in _BORDER[lang].finditer(low, start, end):
        if border.end() <= value.span.start:
            start = border.end()
        elif border.start() >= value.span.end:
            end = border.start()
            break
    words = _WORD.findall(low[start : value.span.start]) + _WORD.findall(low[value.span.end : end])
    return frozenset(stem(word, lang) for word in words)


def _shared(nl: frozenset[str], en: frozenset[str]) -> bool:
    """Whether a Dutch stem is rendered among the English ones."""
    known = translations()
    return any(
        word in en or not en.isdisjoint(known.get(word, ())) or (len(word) >= 5 and any(e[:5] == word[:5] for e in en))
        for word in nl
    )
