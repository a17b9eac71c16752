"""The names of one cell: capitalised words, with what is known of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from aligner.judge.name_tables import Concept, bare, common, concepts, generic
from aligner.records import Span

_TOKEN = re.compile(r"['’]s-[^\W\d_]\w+|(?:[^\W\d_]\.){2,}|[^\W_]\w*(?:[-'’&]\w+)*")
_OPENERS = ".!?:;…•|"
_QUOTES = "\"'“”„‘’«»()[] -–—"
_PARTICLES = frozenset(
    ["van", "von", "de", "den", "der", "het", "ten", "ter", "la", "le", "di", "da", "du", "al", "el", "bin"]
)
_LONGEST = 6  # words of the longest name in the table


@dataclass(frozen=True, slots=True)
class Name:
    """A name: its place, what it may stand for, the run of capitals it belongs to, and its weight as evidence."""

    span: Span
    text: str
    concepts: frozenset[Concept]
    run: int
    weight: float


@dataclass(frozen=True, slots=True)
class Names:
    """Everything the comparison asks of one cell."""

    names: tuple[Name, ...]
    words: frozenset[str]
    initials: frozenset[str]


@lru_cache(maxsize=512)
def read(text: str, lang: str) -> Names:
    """The names of `text`, all its words bare, and the initials of its runs of capitals."""
    tokens = [(match.start(), match.end(), match.group()) for match in _TOKEN.finditer(text)]
    table = concepts(lang)
    found: list[Name] = []
    run, last_end, at = 0, -9, 0
    runs: dict[int, list[str]] = {}
    while at < len(tokens):
        start, end, word = tokens[at]
        size, known = _known(text, tokens, at, table)
        initial = _opens(text, start)
        if known and not (initial and size == 1 and _ambiguous(word, lang)):
            end = tokens[at + size - 1][1]
            run = run if start - last_end <= 1 else run + 1
            weight = 0.5 if size == 1 and _ambiguous(word, lang) else 1.0
            found.append(Name(Span(start, end), text[start:end], known, run, weight))
            runs.setdefault(run, []).extend(token[2] for token in tokens[at : at + size])
            last_end = end
        elif word[0].isupper() or (word[0] in "'’" and len(word) > 3):
            run = run if start - last_end <= 1 else run + 1
            found += _parts(start, word, run, initial, lang, table)
            runs.setdefault(run, []).append(word)
            last_end = end
        elif word in _PARTICLES and last_end == start - 1:
            last_end = end  # Jan de Vries is one run
        at += max(size, 1)
    found = [_settle(name, found) for name in found]
    initials = frozenset(
        "".join(word[0] for word in words if word.lower() not in _PARTICLES).upper()
        for words in runs.values()
        if len(words) > 1
    )
    return Names(tuple(found), frozenset(bare(piece) for _, _, w in tokens for piece in {w, *w.split("-")}), initials)


def _known(
    text: str, tokens: list[tuple[int, int, str]], at: int, table: dict[str, frozenset[Concept]]
) -> tuple[int, frozenset[Concept]]:
    """How many words from `at` on make the longest known name, and what it stands for."""
    start = tokens[at][0]
    for size in range(min(_LONGEST, len(tokens) - at), 0, -1):
        end = tokens[at + size - 1][1]
        if size > 1 and end - start > 60:
            continue
        name = text[start:end].replace("’", "'")
        for form in (name, name.removesuffix("'s").removesuffix("'"), name[:-1] if name.endswith("s") else name):
            if form in table:
                return size, table[form]
    return 1, frozenset()


def _parts(
    start: int, word: str, run: int, initial: bool, lang: str, table: dict[str, frozenset[Concept]]
) -> list[Name]:
    """A capitalised word as names: `VN-gezant` is `VN`, `Arnhem-Leeuwarden` is two."""
    out = []
    at = start
    for piece in word.split("-"):
        here, at = at, at + len(piece) + 1
        form = piece.replace("’", "'").removesuffix("'s").removesuffix("'")
        if len(form) < 2 or not form[0].isupper():
            continue
        known = table.get(form, frozenset())
        weight = 1.0
        if known:
            weight = 0.8
        elif generic(form, lang) or generic(piece.replace("’", "'"), lang):
            weight = 0.15
        elif form.isupper() or (sum(c.isupper() for c in form) >= 2 and len(form) < 6):
            weight = 0.45
        elif any(c.isdigit() for c in form):
            weight = 0.3
        elif initial:
            # An unknown first word is a name more often in English than in Dutch, which writes compounds as one.
            weight = 0.8 if lang == "en" else 0.7 if len(form) < 8 else 0.4
        elif len(form) < 3:
            weight = 0.3
        out.append(Name(Span(here, here + len(piece)), form, known, run, weight))
    return out


def _settle(name: Name, found: list[Name]) -> Name:
    """A sentence's first word counts as a name when a name follows it directly (`Karin Jansen`)."""
    if name.weight in {0.4, 0.7} and any(
        other.run == name.run and other is not name and other.weight >= 0.4 for other in found[:200]
    ):
        return Name(name.span, name.text, name.concepts, name.run, 0.75)
    return name


def _ambiguous(word: str, lang: str) -> bool:
    """Whether the known name is an ordinary word too (`Golf`, `Kamer`, `Polish`)."""
    return word.lower() in common(lang)


def _opens(text: str, start: int) -> bool:
    """Whether a sentence, or a quote, begins at `start`."""
    at = start - 1
    quoted = False
    while at >= 0 and text[at] in _QUOTES:
        quoted |= text[at] in "\"“”„‘«'"
        at -= 1
    return at < 0 or text[at] in _OPENERS or quoted
