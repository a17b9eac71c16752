"""Words of a block as the grammar of attributions sees them: tokens, with a marked stretch as one token."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from aligner.records import Sentence, Span
from aligner.segment.marks import Marked

_WORD = re.compile(
    r"(?:dhr|mevr|mw|mr|mrs|ms|dr|drs|prof|ir|ing|st|gen|sen|rep|gov|lt|sgt|capt|col|rev|jr|sr|ds)\.(?=\s)"
    r"|(?:[A-ZÀ-Þ]\.)+(?=[\s\-A-ZÀ-Þ,])"
    r"|['’](?:s|t|n|m|k|r)(?![^\W_])(?:-[A-ZÀ-Þ][^\W_]+)?"
    r"|[^\W_]+(?:['’.&\-‑][^\W_]+)*(?:['’](?=\s[a-z]))?"
    r"|\S",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Tok:
    """A word or mark of punctuation; or a whole marked stretch, whose number is `quote` (else -1)."""

    text: str
    start: int
    end: int
    quote: int = -1

    @property
    def low(self) -> str:
        """The word in lower case, with straight apostrophes."""
        return self.text.lower().replace("’", "'")

    @property
    def word(self) -> bool:
        """Whether this is a word (not punctuation, not a quote)."""
        return self.quote < 0 and (self.text[0].isalnum() or len(self.text) > 1)

    @property
    def capital(self) -> bool:
        """Whether this is a word with a capital (d'Arc, 's-Gravenhage and iPhone count)."""
        return self.word and (
            self.text[0].isupper() or (len(self.text) > 3 and any(c.isupper() for c in self.text[1:4]))
        )


Unit = list[Tok]


def tokenize(text: str, span: Span, marked: Sequence[Marked] = ()) -> list[Tok]:
    """The tokens of `span`, with the stretches of `marked` as one token each."""
    tokens: list[Tok] = []
    at = span.start
    for number, stretch in enumerate(marked):
        tokens += _words(text, at, stretch.outer.start)
        tokens.append(Tok("“”", stretch.outer.start, stretch.outer.end, number))
        at = stretch.outer.end
    return tokens + _words(text, at, span.end)


def _words(text: str, start: int, end: int) -> list[Tok]:
    return [Tok(m.group(), m.start(), m.end()) for m in _WORD.finditer(text, start, end)]


def units(tokens: Sequence[Tok], sentences: Sequence[Sentence], ends: Sequence[int]) -> list[Unit]:
    """The tokens by sentence; sentences that one marked stretch joins are one unit. `ends` are the sentences' ends."""
    found: list[Unit] = []
    limit = -1
    for token in tokens:
        if token.start >= limit or not found:
            found.append([])
            limit = token.start
        found[-1].append(token)
        index = bisect_right(ends, max(token.start, token.end - 1))
        limit = max(limit, ends[index] if index < len(sentences) else token.end)
    return found
