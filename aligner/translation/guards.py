"""When a machine translation is none: loops, runaway or missing text, signs the model could not write.

Small models fall into loops on names and lists ("plicht" 128 times); a reader is better served by an empty
cell with its reason than by that.
"""

from __future__ import annotations

import re

#: What SentencePiece writes for a piece that it does not know.
UNKNOWN_MARK = "⁇"
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
#: The same one to eight words this often in a row are a loop (unless the source does it too).
_TIMES = 4
#: Longest unit, in words, that is looked at for a loop.
_UNIT = 8


def objection(source: str, text: str, target: str = "") -> str:
    """Why `text` cannot stand as a translation of `source`; empty when it can."""
    if not text.strip():
        return "the translator gave nothing"
    unknown = text.count(UNKNOWN_MARK)
    if unknown > source.count(UNKNOWN_MARK):
        return f"{unknown} sign{'s' * (unknown > 1)} that the translator cannot write"
    words, given = _WORD.findall(text.lower()), _WORD.findall(source.lower())
    loop = repeated(words)
    if loop and not repeated(given):
        return f"the translator repeats itself ({loop!r})"
    if (run := _letters(text)) and not _letters(source):
        return f"the translator repeats itself ({run!r})"
    if len(words) > 3 * len(given) + 8:
        return f"{len(words)} words for {len(given)}"
    if len(given) >= 12 and 4 * len(words) < len(given):
        return f"only {len(words)} words for {len(given)}"
    return ""


def repeated(words: list[str]) -> str:
    """The words that are said four times or more in a row (a single word: five times), or nothing."""
    for size in range(1, _UNIT + 1):
        times = _TIMES + (size == 1)
        run = 0
        for at in range(size, len(words)):
            run = run + 1 if words[at] == words[at - size] else 0
            if run >= size * (times - 1):
                return " ".join(words[at - size + 1 : at + 1])
    return ""


def _letters(text: str) -> str:
    """Two to six letters eight times in a row inside one word (`ovaovaova…`), or nothing."""
    found = re.search(r"([^\W\d_]{2,6}?)\1{7,}", text)
    return found.group(1) if found else ""
