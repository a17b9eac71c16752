"""The words by which a cell negates, and which of them the other cell does not answer.

Litotes and fixed phrases are taken out first (`niet onbelangrijk`, `not only`). Where both sides negate, cues are
paired by the words around them and by their place; what is left over on the side with more is unanswered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from aligner.judge.assign import once_each
from aligner.judge.lexicon import EMPTY, rendered
from aligner.records import Pair, Span

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Cues:
    """Where a cell negates: outright, in words that imply a negation, in phrases that cancel out.

    `litotes` are those phrases that deny a negating word (`niet onredelijk`): they cancel out against `redelijk`,
    not against `onredelijk`.
    """

    strong: tuple[Span, ...]
    soft: tuple[Span, ...]
    litotes: tuple[Span, ...]
    even: int
    counter: int = 0


@cache
def _patterns(lang: str) -> dict[str, re.Pattern[str]]:
    parts: dict[str, list[str]] = {"litotes": [], "even": [], "strong": [], "soft": [], "counter": []}
    for language, sort, pattern, _ in _rows():
        if language == lang and sort in parts:
            parts[sort].append(pattern)
    return {sort: _whole("|".join(found)) for sort, found in parts.items()}


@cache
def _answers(lang: str) -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    """A negation of `lang` in its place, and the words that say the same across without one."""
    return [
        (_whole(pattern), _whole(across))
        for language, sort, pattern, across in _rows()
        if language == lang and sort == "answered"
    ]


@cache
def _rows() -> list[list[str]]:
    lines = (_DATA / "negation.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [[*line.split("\t"), ""][:4] for line in lines]


def _whole(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")


@lru_cache(maxsize=512)
def cues(text: str, lang: str) -> Cues:
    """The negation cues of one cell."""
    low = lower(text)
    patterns = _patterns(lang)
    litotes = tuple(Span(m.start(), m.end()) for m in patterns["litotes"].finditer(low))
    low, _ = _blank(low, patterns["litotes"])
    low, even = _blank(low, patterns["even"])
    strong = [Span(m.start(), m.end()) for m in patterns["strong"].finditer(low)]
    rest, _ = _blank(low, patterns["strong"])
    soft = [Span(m.start(), m.end()) for m in patterns["soft"].finditer(rest)]
    return Cues(tuple(strong), tuple(soft), litotes, even + len(litotes), len(patterns["counter"].findall(rest)))


@lru_cache(maxsize=8)
def lower(text: str) -> str:
    """`text` in small letters, no longer and no shorter."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("’", "'")


def _blank(low: str, pattern: re.Pattern[str]) -> tuple[str, int]:
    return pattern.subn(lambda match: "|" * len(match.group()), low)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Cues of the side that negates more often that the other side has no cue for."""

    side: str
    cues: tuple[Span, ...]


#: More cues of a cell are not paired: the cell is a text.
_MOST = 12


def unanswered(pair: Pair) -> Unanswered | None:
    """The cues without a counterpart, None where both sides negate alike."""
    nl, en = _counted(pair.nl, "nl"), _counted(pair.en, "en")
    if not nl and not en:
        nl, en = _halved(pair, "nl"), _halved(pair, "en")
    if len(nl) == len(en) or max(len(nl), len(en)) > _MOST:
        return None
    side = "nl" if len(nl) > len(en) else "en"
    more, less = (nl, en) if side == "nl" else (en, nl)
    left = _left_over(pair, side, more, less)
    if len(left) == 2 and not _CLAUSE.search(lower(pair.cell(side))[left[0].end : left[1].start]):
        return None  # "nothing I would not do": they cancel out
    return Unanswered(side, left)


def said_otherwise(pair: Pair, side: str, cue: Span) -> bool:
    """Whether words across say what the negation says where it stands: `not … until` is `pas`."""
    text, across = lower(pair.cell(side)), lower(pair.cell("en" if side == "nl" else "nl"))
    return any(
        found.start() <= cue.start and cue.end <= found.end() and word.search(across)
        for here, word in _answers(side)
        for found in here.finditer(text)
    )


def _counted(text: str, lang: str) -> tuple[Span, ...]:
    """The strong cues, those left out that only carry another one on: `neither … nor`, `zonder A, zonder B`."""
    low, found = lower(text), list[Span]()
    for cue in cues(text, lang).strong:
        carried = found and not _SENTENCE.search(low[found[-1].end : cue.start])
        if not (carried and (low[cue.start : cue.end] in _SECOND or _ECHO.search(low[: cue.start]))):
            found.append(cue)
    return tuple(found)


def _halved(pair: Pair, side: str) -> tuple[Span, ...]:
    """Litotes of a side where the other has the negating word alone: `niet onredelijk` against `unreasonable`."""
    other = "en" if side == "nl" else "nl"
    across = cues(pair.cell(other), other)
    halved = not across.even and NEGATING[other].search(lower(pair.cell(other)))
    return cues(pair.cell(side), side).litotes if halved else ()


#: Words with a negating prefix, the bare word in group 1.
NEGATING = {
    "nl": re.compile(r"(?<!\w)on(?!der|s|ze|t|ge?veer|langs|line|eens|dank|lust|weer|heil|getwijfeld)(\w{4,})"),
    "en": re.compile(
        r"(?<!\w)(?:un(?!der|ion|it|iv|til|cle|iq|less)|in(?=[acdes])(?!doors|expens|debted|sist|spect|struct|stall|spir|stead|stant|stitut|clud|creas|dicat|dustr|divid|ternet|terest|side)|im(?=p)(?!pris)|il(?=l)|ir(?=r))(\w{4,})"
    ),
}
_SECOND = frozenset({"noch", "nor"})
_ECHO = re.compile(r"(?:,|\b(?:en|of|and|or|ook|zeker|laat staan|even))\s*$")
_SENTENCE = re.compile(r"[.!?;:]")
_CLAUSE = re.compile(r"[,.;:!?]|\b(?:maar|en|but|and)\b")


def _left_over(pair: Pair, side: str, more: tuple[Span, ...], less: tuple[Span, ...]) -> tuple[Span, ...]:
    """What remains of `more` when each cue of `less` has taken the one most like it."""
    other = "en" if side == "nl" else "nl"
    text, across = pair.cell(side), pair.cell(other)
    around = [" ".join(_around(across, cue)) for cue in less]
    scored = sorted(
        (
            (
                _shared(_around(text, cue), side, around[j])
                - 0.5 * abs(cue.start / len(text) - its.start / len(across)),
                i,
                j,
            )
            for i, cue in enumerate(more)
            for j, its in enumerate(less)
        ),
        reverse=True,
    )
    taken = {i for i, _ in once_each((i, j) for _, i, j in scored)}
    return tuple(cue for i, cue in enumerate(more) if i not in taken)


def _around(text: str, cue: Span) -> list[str]:
    """The content words among the five before a cue and the five behind it."""
    near = _WORD.findall(text[max(0, cue.start - 60) : cue.start])[-5:] + _WORD.findall(text[cue.end :][:60])[:5]
    return [word.lower() for word in near if word.lower() not in EMPTY]


def _shared(words: list[str], side: str, other: str) -> float:
    return sum(rendered(word, side, other) is True for word in words) / (len(words) + 1)


_WORD = re.compile(r"[^\W\d_]{2,}")
