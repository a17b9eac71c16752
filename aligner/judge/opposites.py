"""Opposites: does one side say `rise` where the other says `fall`?

A table of axes (`data/antonyms.tsv`) names the words of both poles in both languages, and behind `~` further words that
may render a pole but do not show it by themselves (`extra` for `more`). A side shows one pole more often than the
other side does, and that one the other pole: this alone is a hint, since the two may speak of different things. The
token states tell whether they do: opposites that are each other's best counterpart stand in the same place.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from aligner.embed.encoder import Encoded
from aligner.embed.tokens import FLOOR, TokenMatch, Word, match
from aligner.judge.cues import cues, lower
from aligner.judge.lexicon import rendered
from aligner.judge.patterns import Words, beginnings
from aligner.records import Finding, Kind, Pair, Span

_DATA = Path(__file__).parent / "data"
#: Opposites meet where each is the other's best counterpart but for this margin: they stand in the same place.
APART = -0.1
#: Certainty of opposites that meet, by what natural training pairs say of them (diverging against faithful).
SURE = 0.9
#: The same on an axis that turns round when two things change places, where they may have done so, and where a side
#: makes an exception (`open only if` says `shut unless`).
TURNED = 0.55
_EXCEPTIONS = {
    "nl": Words(r"pas|tenzij|behalve|uitsluitend|uitgezonderd|met uitzondering|op (?:\w+ ){1,3}na"),
    "en": Words(r"only|solely|unless|except|all but|barring|with the exception"),
}
#: A word counts for the order of two texts if its best counterpart is at least as like it as this.
_LIKE = 0.45
#: So many words behind an opposite tell what it speaks of.
_BEHIND = 6
#: Behind it stand, in the table, words that may render a pole but do not show it.
_ALSO = " ~ "


class Pole(NamedTuple):
    """Words that show a pole, and others that may render it."""

    words: Words
    also: Words


class Axis(NamedTuple):
    """Two poles in both languages.

    `weight`: 1, or less where a word of a pole has other senses. `turns`: `A before B` is `B after A`.
    """

    name: str
    weight: float
    turns: bool
    nl: tuple[Pole, Pole]
    en: tuple[Pole, Pole]


class Opposing(NamedTuple):
    """An axis of which the Dutch shows one pole more often (`nl`), the English the other one (`en`).

    `same_nl`, `same_en`: words of the Dutch and the English for the pole that the other side shows more often.
    `alone`: neither side holds any word that may render that pole.
    """

    axis: Axis
    nl: tuple[Span, ...]
    en: tuple[Span, ...]
    same_nl: tuple[Span, ...]
    same_en: tuple[Span, ...]
    alone: bool


@cache
def axes() -> tuple[Axis, ...]:
    """The table."""
    rows = (_DATA / "antonyms.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return tuple(_axis(*row.split("\t")) for row in rows)


def _axis(name: str, weight: str, turns: str, *cells: str) -> Axis:
    parts = (cell.partition(_ALSO) for cell in cells)
    a, b, c, d = (Pole(Words(words), Words(also)) for words, _, also in parts)
    return Axis(name, float(weight), bool(turns), (a, b), (c, d))


@cache
def _by_beginning(lang: str) -> dict[str, list[tuple[int, int]]]:
    """Beginning of a word → (axis, pole) that a word with this beginning may show."""
    found: dict[str, list[tuple[int, int]]] = {}
    for number, axis in enumerate(axes()):
        for at, pole in enumerate(axis.nl if lang == "nl" else axis.en):
            for beginning in pole.words.beginnings:
                found.setdefault(beginning, []).append((number, at))
    return found


def _candidates(text: str, lang: str) -> set[tuple[int, int]]:
    table = _by_beginning(lang)
    return {one for beginning in beginnings(text) for one in table.get(beginning, ())}


@lru_cache(maxsize=8)
def opposing(pair: Pair) -> list[Opposing]:
    """Axes of which each side shows another pole more often than the other side does, in the order of the table."""
    nl, en = lower(pair.nl), lower(pair.en)
    there = _candidates(en, "en")
    found = []
    for number, at in sorted(_candidates(nl, "nl")):
        if (number, 1 - at) not in there:
            continue
        axis = axes()[number]
        mine, same_nl = axis.nl[at].words.spans(nl), axis.nl[1 - at].words.spans(nl)
        theirs, same_en = axis.en[1 - at].words.spans(en), axis.en[at].words.spans(en)
        if len(mine) <= len(same_en) or len(theirs) <= len(same_nl):
            continue
        alone = not (same_nl or same_en or axis.nl[1 - at].also.search(nl) or axis.en[at].also.search(en))
        found.append(Opposing(axis, mine, theirs, same_nl, same_en, alone))
    return found


class Meeting(NamedTuple):
    """Two opposite words, by number, and by how much each is more like the other than like any other word (the smaller
    of both margins; words for the same pole left out)."""

    nl: int
    en: int
    margin: float


def meeting(found: Opposing, words: TokenMatch) -> Meeting | None:
    """The opposite words that stand most in the same place; None where none has states."""
    scores = words.word_similarity
    mine, theirs = _at(words.words_a, found.nl), _at(words.words_b, found.en)
    rows = np.setdiff1d(np.arange(len(words.words_a)), mine + _at(words.words_a, found.same_nl))
    columns = np.setdiff1d(np.arange(len(words.words_b)), theirs + _at(words.words_b, found.same_en))
    met = [
        Meeting(i, j, float(scores[i, j] - max(scores[i, columns].max(initial=-1), scores[rows, j].max(initial=-1))))
        for i in mine
        for j in theirs
        if scores[i, j] >= FLOOR
    ]
    return max(met, key=lambda one: one.margin, default=None)


def _at(words: Sequence[Word], spans: Sequence[Span]) -> list[int]:
    """The words at either end of the spans: what stands between `neemt` and `af` is no part of it."""
    ends = [end for span in spans for end in (span.start, span.end - 1)]
    return [at for at, word in enumerate(words) if any(word.start <= end < word.end for end in ends)]


def compare(pair: Pair, nl: Encoded, en: Encoded) -> list[Finding]:
    """`meaning` findings for opposites that meet, most certain first.

    A negation on one side alone, or a word that holds one, may turn either (`is not rejected`, `passed`); so may a
    word for the same thing elsewhere. Such opposites are none.
    """
    found = opposing(pair)
    if not found:
        return []
    words = match(nl, en)
    findings = []
    for one in found:
        met = meeting(one, words)
        if met is None or met.margin < APART:
            continue
        left, right = words.words_a[met.nl].span, words.words_b[met.en].span
        if not _as_negated(pair, left, right) or _elsewhere(pair, left, right):
            continue
        turned = _excepts(pair) or (one.axis.turns and not _same_order(pair, met, words))
        certainty = (TURNED if turned else SURE) * one.axis.weight
        evidence = f"{left.of(pair.nl)} and {right.of(pair.en)} are opposites ({one.axis.name})."
        findings.append(Finding(Kind.MEANING, round(certainty, 3), left, right, evidence, "critical"))
    return sorted(findings, key=lambda finding: -finding.probability)[:2]


def _excepts(pair: Pair) -> bool:
    return any(_EXCEPTIONS[lang].search(lower(pair.cell(lang))) for lang in ("nl", "en"))


def _as_negated(pair: Pair, left: Span, right: Span) -> bool:
    """Whether the rest of both sides negates alike, and neither in a way that may cancel out."""
    nl, en = cues(_without(pair.nl, left), "nl"), cues(_without(pair.en, right), "en")
    return len(nl.strong) == len(en.strong) and not (nl.even or en.even or nl.counter or en.counter)


def _without(text: str, span: Span) -> str:
    return text[: span.start] + "|" * (span.end - span.start) + text[span.end :]


def _elsewhere(pair: Pair, left: Span, right: Span) -> bool:
    """Whether the other side holds a known translation of either word."""
    return rendered(left.of(pair.nl), "nl", pair.en) is True or rendered(right.of(pair.en), "en", pair.nl) is True


def _same_order(pair: Pair, met: Meeting, words: TokenMatch) -> bool:
    """Whether what stands behind the one word stands behind the other as well: the two speak of the same.

    `Later than his brother` and `sooner than his brother` differ; `the brother came sooner than he` says the first.
    Behind a comparative its `dan` or `than` counts.
    """
    here = _compared(pair.nl, words.words_a, met.nl, "dan")
    there = _compared(pair.en, words.words_b, met.en, "than")
    if (here == met.nl) != (there == met.en):
        return False
    behind = 0
    for at in _clause(pair.nl, words.words_a, here, _BEHIND):
        best = int(words.word_similarity[at].argmax())
        if words.word_similarity[at, best] >= _LIKE:
            behind += (best > there) - (best < there)
    return behind > 0


def _compared(text: str, words: Sequence[Word], at: int, than: str) -> int:
    """The word with which a comparison goes on behind word `at`; `at` itself where there is none."""
    for number in _clause(text, words, at, _BEHIND + 2):
        if words[number].span.of(text).lower() == than:
            return number
    return at


def _clause(text: str, words: Sequence[Word], at: int, most: int) -> list[int]:
    """The words behind word `at` up to the next mark, at most so many."""
    found: list[int] = []
    for number in range(at + 1, min(at + 1 + most, len(words))):
        if text[words[number - 1].end : words[number].start].strip():
            break
        found.append(number)
    return found
