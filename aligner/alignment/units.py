"""Caption units and body elements: what is compared with what.

A quote is compared without its attribution and without its outer marks, because the attribution weighs as
much as the content in a sentence vector; an attribution that cuts a quote in two leaves two ranges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aligner.records import BODY_ROLES, Block, Document, Quote, QuoteKind, Role, Segment, Sentence, Span

LANGUAGES = ("nl", "en")

_LETTER = re.compile(r"[^\W_]")
_EDGE = re.compile(r"^(?:[\s,;:–—]|-\s)+|[\s,]+$")
_RELATIVE = re.compile(r", (?P<clause>(?:who|whose|die|wiens|wier) [^,;:]+(?:, [^,;:]+)??)(?=,|\s*$)")
_LEAST_CLAUSE = 4  # words
# A quote inside a sentence counts as what the sentence says if it holds at least this share of its words;
# below it the marks are scare quotes or a quoted fragment, and the sentence stands whole.
_QUOTED_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Element:
    """A body sentence's content, or one of its quotes: `sentence` is its index in `Document.sentences`."""

    segment: Segment
    sentence: int


def body_elements(document: Document) -> list[Element]:
    """The body's sentences in the article's own language, in text order, attributions taken off."""
    quotes = _quotes_by_block(document)
    return [
        Element(segment, number)
        for number, sentence in enumerate(document.sentences)
        if document.blocks[sentence.block].role in BODY_ROLES and sentence.lang == document.lang
        for segment in segments(document, sentence, quotes[sentence.block])
    ]


def caption_units(document: Document) -> list[Element]:
    """What is to be aligned: every caption sentence, and body sentences in the other language of the two."""
    quotes = _quotes_by_block(document)
    return [
        Element(segment, number)
        for number, sentence in enumerate(document.sentences)
        if _is_unit(document, document.blocks[sentence.block], sentence)
        for segment in segments(document, sentence, quotes[sentence.block])
    ]


def why_not(document: Document, unit: Segment) -> str:
    """The reason why a unit cannot be aligned at all; empty if it can."""
    if unit.lang not in LANGUAGES or document.lang not in LANGUAGES:
        return "unknown language"
    return "same language" if unit.lang == document.lang else ""


def _is_unit(document: Document, block: Block, sentence: Sentence) -> bool:
    if block.role is Role.CAPTION:
        return True
    # A body sentence in the other language; a quote block (pull quote) has no row of its own.
    return (
        block.role in {Role.PARAGRAPH, Role.LIST}
        and sentence.lang in LANGUAGES
        and document.lang in LANGUAGES
        and sentence.lang != document.lang
    )


def _quotes_by_block(document: Document) -> list[list[Quote]]:
    found: list[list[Quote]] = [[] for _ in document.blocks]
    for quote in document.quotes:
        found[quote.block].append(quote)
    return found


def segments(document: Document, sentence: Sentence, quotes: Sequence[Quote]) -> list[Segment]:
    """What a sentence says, as one segment or, where it reports two things, several.

    A sentence that is a quote gives the quote's words; a sentence that only attributes ("he added.")
    gives nothing; any other stands whole.
    """
    text, whole = document.text, sentence.span
    here = [quote for quote in quotes if quote.span.overlaps(whole)]
    direct = [quote for quote in here if quote.kind is QuoteKind.DIRECT]
    frames = [cut for quote in quotes for frame in quote.frame if (cut := _cut(frame, whole))]
    role = document.blocks[sentence.block].role

    def made(spans: Iterable[Span], quote: Quote | None, quoted: bool) -> list[Segment]:
        kept = tuple(trimmed for span in spans if _LETTER.search((trimmed := _trim(text, span)).of(text)))
        speaker = quote.speaker_full if quote else ""
        return [Segment(kept, sentence.lang, role, sentence.block, quoted, speaker)] if kept else []

    contents = [cut for quote in direct if (cut := _cut(quote.span, whole))]
    if contents and _is_quotation(text, whole, contents, frames):
        found: list[Segment] = []
        for group in _by_speaker(direct):
            cuts = [cut for quote in group if (cut := _cut(quote.span, whole))]
            found += made(cuts, group[0], True)
        for quote in here:
            if quote.kind is QuoteKind.INDIRECT and not any(quote.span.overlaps(cut) for cut in contents):
                found += made([_cut(quote.span, whole) or whole], quote, False)
        for quote in {quote.frame: quote for quote in direct}.values():
            found += made(_relative_clauses(text, quote, whole), None, False)
        return found
    if not contents and frames and not _has_letters(text, whole, frames):
        return []
    speaking = next((quote for quote in here if quote.speaker_full), None)
    return made([whole], speaking, bool(contents) and _share(text, whole, contents) >= _QUOTED_SHARE)


def _relative_clauses(text: str, quote: Quote, whole: Span) -> list[Span]:
    """What an attribution says of the speaker: "(said) Ann Bell, who has run the port since 1998"."""
    found: list[Span] = []
    for frame in quote.frame:
        inside = _cut(frame, whole)
        if inside is None:
            continue
        words = inside.of(text)
        before, cue, after = words.partition(quote.cue) if quote.cue else ("", "", words)
        for start, part in ((inside.start, before), (inside.start + len(before) + len(cue), after)):
            clause = _RELATIVE.search(part)
            if clause and len(clause["clause"].split()) >= _LEAST_CLAUSE:
                found.append(Span(start, start + clause.end()))
    return found[:1]


def _is_quotation(text: str, whole: Span, contents: Sequence[Span], frames: Sequence[Span]) -> bool:
    if not _has_letters(text, whole, [*contents, *frames]):
        return True
    if text[whole.start : contents[0].start].rstrip(" \n“”\"'‘’„«»").endswith(":"):
        return True
    return bool(frames) and _share(text, whole, contents) >= _QUOTED_SHARE


def _by_speaker(direct: Sequence[Quote]) -> list[list[Quote]]:
    groups: list[list[Quote]] = []
    for quote in direct:
        if groups and groups[-1][0].speaker_full == quote.speaker_full:
            groups[-1].append(quote)
        else:
            groups.append([quote])
    return groups


def _share(text: str, whole: Span, contents: Sequence[Span]) -> float:
    return sum(len(span.of(text).split()) for span in contents) / max(1, len(whole.of(text).split()))


def _has_letters(text: str, whole: Span, without: Sequence[Span]) -> bool:
    """Whether `whole` holds a letter or digit outside the ranges `without`."""
    at = whole.start
    for span in sorted(without):
        if _LETTER.search(text, at, max(at, min(span.start, whole.end))):
            return True
        at = max(at, span.end)
    return bool(_LETTER.search(text, min(at, whole.end), whole.end))


def _cut(span: Span, whole: Span) -> Span | None:
    start, end = max(span.start, whole.start), min(span.end, whole.end)
    return Span(start, end) if start < end else None


def _trim(text: str, span: Span) -> Span:
    """`span` without white space, commas and dashes at its edges, and without marks that stand alone there."""
    start, end = span
    while True:
        words = text[start:end]
        before = (start, end)
        for edge in _EDGE.finditer(words):
            if edge.start() == 0:
                start += edge.end()
            else:
                end -= len(words) - edge.start()
        for opening, closing in _MARKS:
            words = text[start:end]
            if words[:1] == opening and (words[-1:] == closing or closing not in words[1:]):
                start += 1
                end -= words[-1:] == closing and end - 1 > start
            elif words[-1:] == closing and closing not in words[:-1] and opening not in words[:-1]:
                end -= 1
        if (start, end) == before or start >= end:
            return Span(start, max(start, end))


_MARKS = (("“", "”"), ('"', '"'), ("„", "”"), ("«", "»"), ("‘", "’"))
