"""Whole-word patterns in small letters, tried only on texts that hold a word with one of their beginnings.

Five hundred patterns are sought in every pair, and nineteen in twenty of the searches can be left out this way.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from aligner.records import Span

#: Stands in a table between the parts of a word that stands in two: `neemt…af`.
APART = "…"
#: How far apart these may stand, in characters of one clause.
_BETWEEN = r"\b[^.;:|]{0,60}?\b"


class Words:
    """A pattern of whole words: alternatives between bars, each a regular expression."""

    def __init__(self, alternatives: str) -> None:
        self.alternatives = alternatives
        self.beginnings = frozenset(_beginning(one) for one in _split(alternatives)) if alternatives else frozenset()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled expression; only those that some text calls for are compiled."""
        return re.compile(rf"(?<![\w-])(?:{self.alternatives.replace(APART, _BETWEEN)})(?!\w)")

    def search(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return None if self.beginnings.isdisjoint(beginnings(text)) else self.pattern.search(text)

    def spans(self, text: str) -> tuple[Span, ...]:
        """Where it matches, in order."""
        if self.beginnings.isdisjoint(beginnings(text)):
            return ()
        return tuple(Span(*match.span()) for match in self.pattern.finditer(text))


def _split(pattern: str) -> list[str]:
    """The pattern split at the bars outside parentheses."""
    parts, depth = [""], 0
    for char in pattern:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _beginning(alternative: str) -> str:
    """Up to three letters that any match begins with, empty if the pattern does not tell."""
    letters = re.match(r"[^\W\d_]*", alternative)
    found = letters.group() if letters else ""
    if alternative[len(found) : len(found) + 1] in {"?", "*", "{"}:  # the last letter need not stand there
        found = found[:-1]
    return found[:3]


@lru_cache(maxsize=8)
def beginnings(text: str) -> frozenset[str]:
    """The beginnings, of up to three letters, of all words; the empty one among them."""
    return frozenset(word[:size] for word in re.findall(r"\w+", text) for size in range(4)) | {""}
