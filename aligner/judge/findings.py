"""Which differences a flagged pair is told to have: kind, place and one plain sentence each.

The combination says which kinds are likely; the reader of that kind says where and why. Where it says nothing (of
meaning it knows opposites and false friends only, of omissions conditions), the place is where the joint reader marks
words, or words are bare.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from aligner.embed.encoder import Encoded
from aligner.embed.tokens import Word, match, words
from aligner.judge import coverage, names
from aligner.judge.combine import Combined
from aligner.judge.joint import Reading
from aligner.judge.lexicon import content_rendered
from aligner.judge.signals import SURE, sure
from aligner.judge.speaker import CERTAIN
from aligner.records import Finding, Kind, Pair, Span
from aligner.segment.governing import holds_governing

#: A second kind is told from this share on: 1.5 kinds a flag is the most that a reader bears.
SECOND = 0.5
#: Words around an omission that may hold what governs it ("tenzij" before the clause that is marked).
AROUND = 3
#: A word belongs to a difference from this mark on; the strongest word always does.
MARKED = 0.35
#: A word is told as a name from this weight on (`name_reading`); below it stand ordinary words with a capital.
NAME = 0.6
#: Kinds whose reader is heard at any certainty. Of natural training pairs with a mere hint of opposites three in four
#: diverge: where the meaning is held to differ, they are worth telling.
_BY_READER = frozenset(
    {Kind.NUMBER, Kind.ENTITY, Kind.NEGATION, Kind.SPEAKER, Kind.MEANING, Kind.OMISSION, Kind.ADDITION}
)
#: Kinds of which a reader's sure finding is told whatever the combination makes of the pair.
_SURELY = frozenset({Kind.NUMBER, Kind.ENTITY, Kind.NEGATION, Kind.MEANING, Kind.OMISSION, Kind.ADDITION})


def told(
    pair: Pair, nl: Encoded, en: Encoded, read: Sequence[Finding], reading: Reading | None, combined: Combined
) -> tuple[Finding, ...]:
    """The findings of a pair that is flagged, most certain first; at least one."""
    shares = {as_told(kind, pair.original): share for kind, share in combined.kinds.items()}
    likeliest = max(shares, key=lambda kind: shares[kind])
    vague = shares[likeliest] if likeliest is Kind.MEANING else 0.0
    for finding in read:
        if finding.kind is Kind.SPEAKER:
            # Resolved speakers are told whatever else is. Two agents in the cells come before a vague "the meaning
            # differs": of 82 diverging natural pairs with such a finding 60 have a wrong speaker.
            shares[Kind.SPEAKER] = 1.0 if finding.probability >= CERTAIN else max(vague, finding.probability)
        elif finding.kind in _SURELY and sure(finding):
            shares[finding.kind] = max(shares[finding.kind], finding.probability)
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    chosen = [ranked[0][0], *(kind for kind, share in ranked[1:3] if share >= SECOND)]
    if Kind.UNRELATED in (chosen[0], likeliest) and shares[Kind.SPEAKER] < CERTAIN:
        # Two sentences about other things differ in figures and names too.
        chosen = [Kind.UNRELATED]
    findings: list[Finding] = []
    for kind in chosen:
        findings.append(_finding(kind, shares[kind], pair, nl, en, read, reading))
        findings += _more(findings[-1], read)
    return tuple(findings)


def _more(first: Finding, read: Sequence[Finding]) -> list[Finding]:
    """Further figures or names that stand against each other: each is a mistake of its own, told if it is sure."""
    if first.kind not in (Kind.NUMBER, Kind.ENTITY):
        return []
    told_too = [first]
    for finding in sorted(read, key=lambda finding: -finding.probability):
        apart = all(finding.nl != other.nl and finding.en != other.en for other in told_too)
        if finding.kind is first.kind and finding.probability >= SURE and apart:
            told_too.append(replace(finding, probability=min(finding.probability, first.probability)))
    return told_too[1:]


def only_shorter(pair: Pair, findings: Sequence[Finding]) -> bool:
    """Whether a trimmed pair lacks only clauses that govern nothing: a caption may be shorter than its source."""
    if not pair.trimmed or len(findings) != 1:
        return False
    span = findings[0].nl if pair.original == "nl" else findings[0].en
    if span is None or (findings[0].nl is not None and findings[0].en is not None):
        return False
    source = pair.cell(pair.original)
    if findings[0].kind is Kind.NEGATION:
        return _in_an_aside(pair, source, span)
    if findings[0].kind is not Kind.OMISSION:
        return False
    before = " ".join(source[: span.start].split()[-AROUND:])
    return not holds_governing(f"{before} {span.of(source)}")


def _in_an_aside(pair: Pair, source: str, span: Span) -> bool:
    """Whether a word of the source stands in a relative clause between commas that the other side leaves out whole."""
    lang = pair.original
    for aside in _ASIDE[lang].finditer(source):
        if aside.start() <= span.start and span.end <= aside.end():
            # Without the negator itself, which is never rendered; of an aside without known words nothing is known.
            rest = source[aside.start() : span.start] + " " + source[span.end : aside.end()]
            known = content_rendered(rest, lang, pair.cell("en" if lang == "nl" else "nl"))
            return bool(known) and sum(known) <= LEFT_OUT * len(known)
    return False


#: A relative clause of whose known words no more than this share is rendered is left out.
LEFT_OUT = 0.25
_ASIDE = {
    "nl": re.compile(r", (?:die|dat|wie|waar\w*)\b[^,]*,"),
    "en": re.compile(r", (?:who|whom|whose|which|where)\b[^,]*,"),
}


def as_told(kind: Kind, original: str) -> Kind:
    """The combination speaks of what the English lacks; with an English original it is the Dutch that lacks."""
    if original == "en":
        return {Kind.OMISSION: Kind.ADDITION, Kind.ADDITION: Kind.OMISSION}.get(kind, kind)
    return kind


def _finding(
    kind: Kind, share: float, pair: Pair, nl: Encoded, en: Encoded, read: Sequence[Finding], reading: Reading | None
) -> Finding:
    own = max((f for f in read if f.kind is kind), key=lambda f: f.probability, default=None)
    if own is not None and kind in _BY_READER:
        return Finding(kind, share, own.nl, own.en, own.evidence, own.severity, own.suggestion)
    if kind is Kind.UNRELATED:
        whole = "The two sides tell of the same subject at most: little of the one is said in the other."
        return Finding(kind, share, Span(0, len(pair.nl)), Span(0, len(pair.en)), whole, "critical")
    if kind in (Kind.OMISSION, Kind.ADDITION):
        lang = pair.original if kind is Kind.OMISSION else ("en" if pair.original == "nl" else "nl")
        span = place(lang, nl if lang == "nl" else en, nl, en, reading)
        found = coverage.told(pair, lang, span, share)
        few = len(span.of(pair.cell(lang)).split()) <= 2
        return Finding(kind, share, found.nl, found.en, found.evidence, "minor" if few else "major")
    here = {lang: place(lang, own_side, nl, en, reading) for lang, own_side in (("nl", nl), ("en", en))}
    if kind is Kind.ENTITY:
        return _name(share, pair, here)
    dutch, english = here["nl"].of(pair.nl), here["en"].of(pair.en)
    return Finding(kind, share, here["nl"], here["en"], _SENTENCES[kind].format(nl=dutch, en=english), _SEVERITY[kind])


def _name(share: float, pair: Pair, here: dict[str, Span]) -> Finding:
    """The name in the marked words that the other side has not; the words themselves where they hold none."""
    found = names.match(pair)
    spans: dict[str, Span] = {}
    for lang, left in (("nl", found.nl_left), ("en", found.en_left)):
        marked = [name for name in left if name.weight >= NAME and name.span.overlaps(here[lang])]
        if marked:
            spans[lang] = max(marked, key=lambda name: name.weight).span
    told_of = {lang: span.of(pair.cell(lang)) for lang, span in spans.items()}
    match told_of:
        case {"nl": dutch, "en": english}:
            evidence = f"The Dutch names {dutch}, the English {english}."
        case {"nl": dutch}:
            evidence = f"The Dutch names {dutch}, the English does not."
        case {"en": english}:
            evidence = f"The English names {english}, the Dutch does not."
        case _:
            spans = here
            dutch, english = here["nl"].of(pair.nl), here["en"].of(pair.en)
            evidence = f"The two do not speak of the same: Dutch “{dutch}”, English “{english}”."
    return Finding(Kind.ENTITY, share, spans.get("nl"), spans.get("en"), evidence, "major")


_SENTENCES = {
    Kind.NUMBER: "The quantity or time differs: Dutch “{nl}”, English “{en}”.",
    Kind.NEGATION: "One side denies what the other says: Dutch “{nl}”, English “{en}”.",
    Kind.SPEAKER: "The words are put into another mouth: Dutch “{nl}”, English “{en}”.",
    Kind.MEANING: "The meaning differs: Dutch “{nl}”, English “{en}”.",
}
_SEVERITY = {
    Kind.NUMBER: "major",
    Kind.NEGATION: "critical",
    Kind.SPEAKER: "critical",
    Kind.MEANING: "major",
}


def place(lang: str, encoded: Encoded, nl: Encoded, en: Encoded, reading: Reading | None) -> Span:
    """Where on side `lang` the difference stands: the run of words around the most suspect one."""
    listed = words(encoded)
    if not listed:
        return Span(0, len(encoded.text))
    if reading is not None:
        marks = reading.nl if lang == "nl" else reading.en
        scores = np.array([_mark(word, marks) for word in listed])
    else:
        found = match(nl, en)
        scores = 1.0 - (found.word_best_a if lang == "nl" else found.word_best_b)
    top = int(scores.argmax())
    least = min(float(scores[top]), max(MARKED, 0.6 * float(scores[top])))
    first = last = top
    while first > 0 and scores[first - 1] >= least:
        first -= 1
    while last + 1 < len(listed) and scores[last + 1] >= least:
        last += 1
    return Span(listed[first].start, listed[last].end)


def _mark(word: Word, marks: np.ndarray) -> float:
    inside = [float(marks[token]) for token in word.tokens if token < len(marks)]
    return max(inside, default=0.0)
