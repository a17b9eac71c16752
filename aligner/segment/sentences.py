"""Sentences with exact offsets.

The splitter is sentencex (Wikimedia; Rust, offsets in characters): 0.07 s of processor time for 1 MB of Dutch
news text on the machine where this was written, and on 13 kB of it some hundred times faster than pysbd.
Its answer is used on a copy of the text in which quote marks are blanks, since
it never splits inside quotes, and is then repaired: abbreviations it does not know, marks back to their
sentence, and no cut between a quote and its attribution.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.records import UNKNOWN, Span
from aligner.segment.frames import ADVERBS, NEEDS, STOPS, VERBS, WEEKDAYS
from aligner.segment.language import frequencies
from aligner.segment.language_words import LANGUAGES_OF
from aligner.segment.wordlist import words

#: Marks that may stand around a sentence. The apostrophes are here only at the edge of a word.
_MARKS = "\"“”„‟«»‹›‘’‚‛'`"
_CLOSERS = "\"”“»«›’‘')]}*"
_MASK = str.maketrans(dict.fromkeys('"“”„‟«»‹›()[]{}\n\r\t', " "))
#: sentencex takes two apostrophes far apart ('s-Gravenhage … 's avonds) for a pair of marks.
_APOSTROPHE = re.compile(r"['‘’‚`](?=\w)")
_OPENING = re.compile(r"(?<!\w)['‘’‚`](?!['’](?:s|t|n|m|k|r)\b)(?!(?:s|t|n|m|k|r|em|ns|\d0s)\b)(?=\w)|['‘’‚`](?!\w)")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")

#: Abbreviations before which a capital may follow without a new sentence.
_NEVER_LAST = words("""
dhr mevr mw mej drs ir ing mr mrs ms dr prof st ste sint nr nrs no vs jr sr lt gen col sgt capt maj cmdr rep sen gov
hon rev fr bv t.a.v i.v.m m.b.t i.p.v d.w.z o.a a.o m.n n.a.v t.g.v i.s.m o.l.v t/m c.q bijv vgl zgn resp incl excl
max min ca e.g i.e cf viz approx fig vol art blz pag p pp jl ll a.s u.s u.k blvd ave mt ft tel red bew ds pr z.k.h
h.k.h mgr
""")
#: Abbreviations that often end a sentence: a following capital is a new sentence.
_MAYBE_LAST = words("e.a e.d enz etc a.m p.m inc ltd co corp v.chr n.chr d.m.v m.a.w")

_LAST_WORD = re.compile(r"(\w[\w.\-/]*|')\.$")
_INITIALS = re.compile(r"(?:\b|(?<=\.))[A-ZÀ-Þ]$|^(?:[A-ZÀ-Þ]\.)+[A-ZÀ-Þ]$")
#: sentencex takes some common words for abbreviations: "Een buurvrouw hoorde dat. Zij …".
_FULL_STOP = re.compile(r"\b([a-z]{2,}|[A-Z][a-z]{2,8})\.\s+(?=[A-ZÀ-Þ])[A-ZÀ-Þ]")
_MONTHS = WEEKDAYS | {"may"}  # "in May. Nobody …"
_FIRST_WORDS = re.compile(r"\w[\w’'\-]*")
_COMMON = 5  # powers of two per million words
_CHUNK = 20_000  # sentencex is quadratic in unbalanced marks and brackets; long texts go in pieces
_CLAUSE_END = re.compile(r"[.!?;:,\"“„«]")
_LONGEST_NAME = 6  # words between a closing mark and the verb of its attribution

_UNFIT = re.compile(r"[^\S\x00-\x7f]|[\ud800-\udfff]")


def split(text: str, lang: str) -> list[Span]:
    """The sentences of `text` (in a language code, or "unknown") in order, without outer white space."""
    if not text.strip():
        return []
    code = "en" if lang == UNKNOWN or not lang else lang
    spans: list[Span] = []
    start = 0
    for gap in [*(m.span() for m in _PARAGRAPH.finditer(text)), (len(text), len(text))]:
        paragraph = _paragraph(text[start : gap[0]], code)
        spans += [Span(span.start + start, span.end + start) for span in paragraph]
        start = gap[1]
    return spans


def _paragraph(text: str, code: str) -> list[Span]:
    """The sentences of a text without empty lines."""
    # sentencex panics where a full stop is followed by a space of more than one byte (no-break space), and at lone
    # surrogates.
    masked = _UNFIT.sub(" ", _APOSTROPHE.sub("X", _OPENING.sub(" ", text.translate(_MASK))))
    cuts = sorted({cut for cut in _cuts(masked, code) if 0 < cut < len(text)})
    spans: list[Span] = []
    start = 0
    for cut in [*_placed(text, masked, cuts), len(text)]:
        span = _trim(text, start, cut)
        start = cut
        if span.start >= span.end:
            continue
        if spans and (not any(c.isalnum() for c in span.of(text)) or _joined(text, spans[-1], span)):
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return spans


def _cuts(masked: str, code: str) -> Iterator[int]:
    """Where sentencex begins a new sentence."""
    import sentencex

    start = 0
    while start < len(masked):
        end = min(len(masked), start + _CHUNK)
        if end < len(masked):
            space = masked.rfind(". ", start + _CHUNK // 2, end) + 1
            end = space + 1 if space > start else end
        for piece in sentencex.get_sentence_boundaries(code, masked[start:end]):
            yield start + int(piece["start_index"])
        yield end
        start = end
    for match in _FULL_STOP.finditer(masked):
        last = match.group(1)
        plain = last not in _NEVER_LAST and (last in LANGUAGES_OF or _word(last))
        if plain or (last[0].isupper() and last.lower() in _MONTHS):
            yield match.end() - 1


def _word(last: str) -> bool:
    """Whether a word that sentencex takes for an abbreviation is a common one: "van de hand. De …"."""
    levels = frequencies().get(last, {})
    return len(last) >= 4 and max(levels.get("nl", 0), levels.get("en", 0)) >= _COMMON


def _placed(text: str, masked: str, cuts: list[int]) -> Iterator[int]:
    """The cuts, moved so that marks go with their sentence: closing ones back, opening ones on."""
    previous = 0
    for cut in cuts:
        place = cut
        while place > previous and masked[place - 1].isspace():
            place -= 1
        while place < len(text) and (text[place] in _CLOSERS or _german(text, place)):
            place += 1
        # A mark behind white space opens what follows; French guillemets stand apart on both sides.
        if text[place : place + 2] in (" »", "\u00a0»", "\u202f»"):
            place += 2
        if place > previous:
            yield place
            previous = place


def _german(text: str, at: int) -> bool:
    """Whether the opening mark at `at` closes: „so“ and ‚so‘."""
    return text[at] in "“‘" and at > 0 and not text[at - 1].isspace() and not text[at + 1 : at + 2].strip()


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _joined(text: str, before: Span, after: Span) -> bool:
    """Whether the cut between the two is a mistake."""
    head = text[after.start : after.start + 200]
    tail = text[max(before.start, before.end - 60) : before.end]
    bare = tail.rstrip(_CLOSERS)
    closed = bare != tail
    first = head.lstrip(_MARKS + "([")
    lower = first[:1].islower() and head[:1] not in "'’‘`"
    if closed and bare[-1:] in ".!?…,":
        # After a full stop only a verb goes on ("Ja." zei hij): "Ja." De minister zei … is a new sentence.
        return (lower or bare[-1] in "!?") and _attribution(head)
    if bare[-1:] in "!?" or bare.endswith(("...", "…")):
        return lower
    word = _LAST_WORD.search(bare)
    if word is None:
        return lower and bare[-1:] not in ".:;"
    last = word.group(1)
    if last.lower() in _NEVER_LAST:
        return first[:1].isalnum()
    if _INITIALS.search(last):
        return first[:1].isalnum() and _initial(bare[: word.start()], first)
    if lower or first[:1].isdigit():
        return last.lower() in _MAYBE_LAST or "." in last or len(last) <= 2 or (lower and len(last) <= 4)
    return False


def _initial(before: str, after: str) -> bool:
    """Whether a capital with a full stop is an initial ("J. Bakker"), not a last word ("vitamin C. We")."""
    left = before.split()[-1:] or [""]
    right = _FIRST_WORDS.match(after)
    return not left[0] or left[0][:1].isupper() or (right is not None and right.group().lower() not in LANGUAGES_OF)


def _attribution(head: str) -> bool:
    """Whether `head`, what follows a closing mark, begins with an attribution: "zei X", "the old man said"."""
    if head[:1] in _MARKS:
        return False
    stop = _CLAUSE_END.search(head)
    words = _FIRST_WORDS.findall(head[: stop.start()] if stop else head)[: _LONGEST_NAME + 2]
    if not words or words[0] in ("aldus", "volgens", "according"):
        return bool(words)
    if any(words[0] in forms for forms in VERBS.values()):
        return words[0] not in NEEDS or not NEEDS[words[0]].isdisjoint(words)
    # Only English puts the speaker first behind a quote: "Why?" the old man asked.
    for i, word in enumerate(words[: _LONGEST_NAME + 1]):
        if word.lower() in _BREAKS:
            return False
        if word in VERBS["en"]:
            return i + 1 == len(words) or words[i + 1] in STOPS - {"that"} or words[i + 1] in ADVERBS
    return False


#: Words that show that what follows a quote is a sentence of its own, not a name.
_BREAKS = words("""
in on at after before when while but and so then dat dit daarmee zo toen maar en in op na toch ook that this it
""")
