"""Quote marks and what they enclose: the outermost pairs of every style, without a word about speech.

An apostrophe never opens: it stands between letters, or before one of the clipped words ('s, 't, 'n, '70s).
A closing single mark and the s-genitive ("the jurors' phones") look alike; the one that is followed
by punctuation, or preceded by it, wins.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from aligner.records import Span

_PAIRS: dict[str, str] = {
    "“": '”“"',
    "„": '“”‟"„',
    "‟": '”"',
    "”": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹",
    '"': '"”',
    "‘": "’'",
    "‚": "‘’'",
    "‛": "’'",
    "'": "'’",
    "’": "’",
}
_SINGLE = "'‘’‚‛‹›"
_DASHES = "–—―-"
_CLIPPED = re.compile(
    r"['’‘](?:n['’](?!\w)|(?:s|t|n|m|k|r|ns|d'r|em|til|tis|twas|cause|bout|round)(?![^\W_])|\d\d)", re.IGNORECASE
)
_CANDIDATE = re.compile("[" + re.escape("".join(_PAIRS)) + "]")
#: A dialogue line: a dash, a space, and a word.
_DASH_LINE = re.compile(rf"(?:^|\n)[ \t]*([{_DASHES}]) ?(?=[^\W_])", re.MULTILINE)


class Marked(NamedTuple):
    """A marked stretch: `span` is the content, `outer` includes the marks; `closed` is False if no mark ends it."""

    span: Span
    outer: Span
    mark: str
    closed: bool = True
    dash: bool = False


def find_marked(text: str, block: Span, following: str = "") -> list[Marked]:
    """The outermost marked stretches of one block, in order. Linear: every mark is looked at once or twice.

    `following` is the character that the next block begins with: a single mark that is never closed is a quote,
    not an apostrophe, only if the next paragraph goes on with the same mark.
    """
    found: list[Marked] = []
    at = block.start
    unclosed: dict[str, bool] = {}
    while match := _CANDIDATE.search(text, at, block.end):
        opener = match.start()
        mark = match.group()
        at = opener + 1
        if not _opens(text, opener, block) or unclosed.get(mark):
            continue
        closer = _closer(text, opener, block)
        if closer < 0:
            unclosed[mark] = mark in _SINGLE
            lead = text[max(block.start, opener - 40) : opener].rstrip()
            goes_on = following == mark and (not lead or lead[-1] in ",.!?:…")
            if goes_on or (mark not in _SINGLE and (not lead or lead[-1] in ":,")):
                found.append(_marked(text, opener, block.end, block.end, mark, closed=False))
                break
            continue
        found.append(_marked(text, opener, closer, closer + 1, mark, closed=True))
        at = closer + 1
    return found


def dash_lines(text: str, block: Span) -> list[Marked]:
    """Dialogue lines of a block, each from behind its dash to the end of the line."""
    starts = [
        m
        for m in _DASH_LINE.finditer(text, block.start, block.end)
        if m.start() <= block.start or text[m.start()] == "\n"
    ]
    lines: list[Marked] = []
    for match in starts:
        end = text.find("\n", match.end(), block.end)
        end = block.end if end < 0 else end
        mark = match.start(1)
        lines.append(Marked(_strip(text, match.end(), end), Span(mark, end), match.group(1), True, True))
    return lines


def _marked(text: str, opener: int, end: int, outer_end: int, mark: str, *, closed: bool) -> Marked:
    return Marked(_strip(text, opener + 1, end), Span(opener, outer_end), mark, closed)


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _opens(text: str, at: int, block: Span) -> bool:
    """Whether the mark at `at` can open a quote."""
    mark = text[at]
    before = text[at - 1] if at > block.start else " "
    after = text[at + 1] if at + 1 < block.end else " "
    if before.isalnum() or (before in ".,!?…" and mark not in "«„‚“‘"):
        return False
    if after.isspace():
        return mark in "«‹„“" and at + 2 < block.end  # French style with inner spaces
    if mark in _SINGLE and _CLIPPED.match(text, at, block.end):
        # '’t Is mooi’: a clipped word may open the content of a quote only behind a mark of its own.
        return False
    return after not in ",.;:!?)" or (after in "…." and text[at + 1 : at + 4] in ("...", "…"))


def _closer(text: str, opener: int, block: Span) -> int:
    """The index of the mark that closes the one at `opener`, or -1."""
    mark = text[opener]
    closers = _PAIRS[mark]
    single = mark in _SINGLE
    weak = -1
    depth = 0
    double_inside = ""
    at = opener + 1
    pattern = _CANDIDATE
    while match := pattern.search(text, at, block.end):
        i, char = match.start(), match.group()
        at = i + 1
        before, after = text[i - 1], text[i + 1] if i + 1 < block.end else " "
        if single and not before.isalnum() and (clipped := _CLIPPED.match(text, i, block.end)):
            at = clipped.end()  # rock 'n' roll, 's avonds
            continue
        if single and char in '"“”„«»':
            # Double marks inside single ones are nested; skip to their end.
            if char == double_inside or (double_inside and char in '”»"'):
                double_inside = ""
            elif not before.isalnum() and not after.isspace() and not double_inside:
                double_inside = char
            continue
        if (
            char == mark
            and char not in "'\"’”»"
            and not before.isalnum()
            and not after.isspace()
            and char not in closers
        ):
            depth += 1
            continue
        if mark == "„" and char in "“„" and not before.isalnum() and before.isspace() and not after.isspace():
            depth += 1
            continue
        if char not in closers or not _closes(before, after, single, char):
            if char == '"' and mark == '"' and before.isspace() and not after.isspace():
                return -1  # a new straight mark opens: the first was never closed
            continue
        if depth:
            depth -= 1
            continue
        if not single:
            return i
        if before in ",.!?…;:" or after in ",.!?…;:)" or after == "\n" or i + 1 >= block.end or before.isspace():
            return i
        if before not in "sxzSXZ":
            return i
        weak = i if weak < 0 else weak
    return weak


def _closes(before: str, after: str, single: bool, char: str) -> bool:
    """Whether a mark between these two characters can close."""
    if after.isalnum():
        return False
    if before.isspace():
        return char in "»›" or (char in "”" and not single)
    return True
