"""Quotes and who says them: direct speech in every style of marks, reported speech, and speakers by full name.

The way: marks pair up inside a block (`marks`), a block becomes units of tokens with each marked stretch as one
token (`tokens`), frames are read around those (`attribution`) or reported clauses found without marks
(`indirect`), and phrases become full names (`speakers`, over the `cast` of the whole article).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from aligner.records import Block, Quote, QuoteKind, Role, Sentence, Span
from aligner.segment.attribution import Frame, after, before
from aligner.segment.cast import Cast
from aligner.segment.frames import VerbClass
from aligner.segment.indirect import participles, reported
from aligner.segment.language_words import LANGUAGES_OF
from aligner.segment.marks import Marked, dash_lines, find_marked
from aligner.segment.names import name_run
from aligner.segment.speakers import Speakers
from aligner.segment.tokens import Tok, Unit, tokenize, units
from aligner.segment.wordlist import words

_HEADLINES = frozenset({Role.TITLE, Role.DEK, Role.HEADING})
#: "Rutte to US: …", "Bos over de brug: …": what may stand between the name and the colon of a headline.
_TO_WHOM = words("to on over about tegen aan says zegt")
_NO_SPEECH = frozenset({Role.CREDIT, Role.BYLINE, Role.DATELINE})


@dataclass(slots=True)
class _State:
    """What has been found so far, and what a quote without attribution takes its speaker from."""

    text: str
    speakers: Speakers
    quotes: list[Quote] = field(default_factory=list)
    open_speaker: str | None = None  # the speaker of a quote paragraph whose marks were not closed
    narrative: Span | None = None  # the last sentence that was not only a quote
    attributed: tuple[str, str, str] = ("", "", "")  # words, full name, cue of the last attribution
    exchange: list[str] = field(default_factory=list)  # speakers since the last narrative, in turn
    turns: list[str] = field(default_factory=list)  # speakers of all direct quotes, in turn


def find_quotes(text: str, blocks: Sequence[Block], sentences: Sequence[Sentence]) -> tuple[Quote, ...]:
    """The quotes of an article in text order. `blocks` and `sentences` carry their languages."""
    cast = Cast(text, blocks, sentences)
    state = _State(text, Speakers(cast))
    by_block: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        by_block.setdefault(sentence.block, []).append(sentence)
    dialogue = _dialogue(text, blocks)
    for number, block in enumerate(blocks):
        if block.role not in _NO_SPEECH:
            after_it = blocks[number + 1].span if number + 1 < len(blocks) else block.span
            _block(state, number, block, by_block.get(number, []), dialogue, text[after_it.start : after_it.start + 1])
    ordered = sorted(state.quotes, key=lambda q: (q.span, q.kind))
    return tuple(_first_turns(ordered)) if dialogue else tuple(ordered)


def _first_turns(quotes: Sequence[Quote]) -> list[Quote]:
    """Gives a dialogue's opening line, which nothing attributes, to the one who does not speak next."""
    found = list(quotes)
    for i in range(len(found) - 1, -1, -1):
        quote = found[i]
        if quote.kind == QuoteKind.DIRECT and not quote.speaker_full:
            names = list(dict.fromkeys(q.speaker_full for q in found[i + 1 : i + 6] if q.speaker_full))
            before = found[i - 1].speaker_full if i and quote.block - found[i - 1].block <= 1 else ""
            other = next((name for name in names if name != before), "")
            if before and other:
                found[i] = replace(quote, speaker_full=other)
            elif len(names) >= 2:
                found[i] = replace(quote, speaker_full=names[1])
    return found


def _dialogue(text: str, blocks: Sequence[Block]) -> bool:
    """Whether dashes at the start of lines are speech here: at least two such lines, outside lists."""
    lines = sum(len(dash_lines(text, b.span)) for b in blocks if b.role in (Role.PARAGRAPH, Role.QUOTE))
    return lines >= 2


def _block(
    state: _State, number: int, block: Block, sentences: Sequence[Sentence], dialogue: bool, following: str
) -> None:
    lines = dash_lines(state.text, block.span) if dialogue and block.role in (Role.PARAGRAPH, Role.QUOTE) else []
    if lines:
        for line in lines:
            _dash_line(state, number, block.lang, line)
        return
    if block.role in _HEADLINES:
        _headline(state, number, block)
    marked = find_marked(state.text, block.span, following)
    tokens = tokenize(state.text, block.span, marked)
    found = units(tokens, sentences, [s.span.end for s in sentences])
    continued = state.open_speaker
    state.open_speaker = None
    langs = {s.span.start: s.lang for s in sentences}
    previous: str | None = None  # full name of the attribution that closed the unit before, in this block
    for index, unit in enumerate(found):
        lang = langs.get(unit[0].start, block.lang)
        next_unit = found[index + 1] if index + 1 < len(found) else None
        previous = _unit(state, number, lang, unit, next_unit, marked, previous, continued if index == 0 else None)


# -------------------------------------------------------------------- one unit


def _unit(
    state: _State,
    number: int,
    lang: str,
    unit: Unit,
    following: Unit | None,
    marked: Sequence[Marked],
    previous: str | None,
    continued: str | None,
) -> str | None:
    """Finds the quotes of one unit; gives the full name whose words may go on in the next one."""
    places = [i for i, token in enumerate(unit) if token.quote >= 0]
    frames: dict[int, Frame] = {}
    for i in places:
        frame = _frame_of(unit, i, places, frames)
        if frame is not None:
            frames[i] = frame
    resolved: dict[tuple[int, int], tuple[str, str]] = {}
    speaker: str | None = None
    alone = bool(places) and not any(t.word for t in unit)
    for i in places:
        stretch = marked[unit[i].quote]
        frame = frames.get(i)
        if frame is not None and frame.classes == {VerbClass.NAME} and stretch.span.of(state.text).istitle():
            continue  # "'Mad Meg' they call her": a nickname
        if frame is not None and frame.end <= i and unit[i - 1].word and not _sentence_like(state.text, stretch):
            continue  # "riep «plofklas» uit": a word that is named, not said
        if frame is not None and _speech(state.text, stretch, framed=frame.speaker is not None):
            key = (frame.cue, frame.start)
            if key not in resolved:
                resolved[key] = _resolve(state, unit, frame)
            words, full = resolved[key]
            if frame.speaker is None:
                words, full, _ = _context(state, stretch, None, previous, None, False)
            cue = unit[frame.cue].text if frame.cue >= 0 else ""
            _add(state, number, lang, stretch, words, full, cue, _frame_span(unit, frame))
            speaker = full
            state.attributed = (words, full, cue)
        elif alone and _speech(state.text, stretch, framed=False):
            words, full, cue = _context(state, stretch, following, previous, continued, i == places[0])
            _add(state, number, lang, stretch, words, full, cue, None)
            speaker = full
        if not stretch.closed:
            state.open_speaker = speaker or ""
    direct = bool(frames) or (alone and speaker is not None)
    clauses = list(reported(unit, lang)) if not direct else []
    if frames:
        last = max(frames)
        clauses = list(participles(unit, last + 1, frames[last])) if frames[last].start > last else []
    for clause in clauses:
        before = unit[clause.start].start if clause.start < clause.frame.start else None
        words, full = _resolve(state, unit, clause.frame, before)
        cue = _cue(state.text, unit, clause.frame)
        start = clause.start
        while start < clause.end - 1 and not unit[start].word and unit[start].quote < 0:
            start += 1
        span = Span(unit[start].start, unit[clause.end - 1].end)
        frame_span = _frame_span(unit, clause.frame)
        state.quotes.append(Quote(span, QuoteKind.INDIRECT, lang, number, words, full, cue, (frame_span,)))
        state.speakers.spoke(unit[clause.frame.start].start, full)
        state.attributed = (words, full, cue)
        speaker = full
    if not alone and (direct or unit[-1].text != "?"):  # an interviewer's question is about nobody
        state.narrative = Span(unit[0].start, unit[-1].end)
        if not direct:
            state.exchange.clear()
    return speaker


def _frame_of(unit: Unit, i: int, places: Sequence[int], known: dict[int, Frame]) -> Frame | None:
    """The frame that governs the quote at `i`: behind it, before it, or that of its other half."""
    frame = after(unit, i)
    if frame is not None and not _swallowed(unit, i, frame):
        return frame
    earlier = [k for k in places if k < i and k in known]
    lead = before(unit, i)
    if lead is not None and unit[i - 1].text == ":":
        return lead
    if earlier:
        other = known[earlier[-1]]
        between = unit[earlier[-1] + 1 : i]
        if other.end <= i and other.start > earlier[-1]:
            return other
        if all(not t.word or t.low in ("and", "en", "but", "maar") for t in between):
            return other
    if lead is not None and (VerbClass.NAME not in lead.classes or VerbClass.SAY in lead.classes):
        return lead
    return None


def _swallowed(unit: Unit, i: int, frame: Frame) -> bool:
    """Whether the quote at `i` but ends a longer clause that the frame reports (the plan is "dead", he said)."""
    lead = [t for t in unit[:i] if t.word]
    if not lead or any(t.quote >= 0 for t in unit[:i]):
        return False
    return unit[i - 1].word or (unit[i - 1].text != ":" and unit[i - 1].text != ",")


def _speech(text: str, stretch: Marked, *, framed: bool) -> bool:
    """Whether the content can be something said: not empty; without a frame, a sentence or four words."""
    content = stretch.span.of(text)
    words = content.split()
    if not any(c.isalnum() for c in content):
        return False
    return framed or content[-1] in ".!?…," or len(words) >= 4


def _sentence_like(text: str, stretch: Marked) -> bool:
    """Whether the content, right behind a verb without a comma, is a clause rather than a word or two."""
    content = stretch.span.of(text)
    return content[-1:] in ".!?…," or len(content.split()) >= 3


def _resolve(state: _State, unit: Unit, frame: Frame, said: int | None = None) -> tuple[str, str]:
    if frame.speaker is None:
        return "", ""
    return state.speakers.resolve(unit, frame.speaker, plural=frame.plural, said=said)


def _cue(text: str, unit: Unit, frame: Frame) -> str:
    if frame.cue < 0:
        return ""
    if unit[frame.cue].low == "according":
        return text[unit[frame.cue].start : unit[frame.cue + 1].end]
    return unit[frame.cue].text


def _frame_span(unit: Unit, frame: Frame) -> Span:
    end = max(frame.end, frame.start + 1)
    return Span(unit[frame.start].start, unit[min(end, len(unit)) - 1].end)


def _add(
    state: _State, number: int, lang: str, stretch: Marked, words: str, full: str, cue: str, frame: Span | None
) -> None:
    span = _bare(state.text, stretch.span)
    if span.start >= span.end:
        return
    frames = (frame,) if frame is not None else ()
    state.quotes.append(Quote(span, QuoteKind.DIRECT, lang, number, words, full, cue, frames))
    state.speakers.spoke(span.start, full)
    for turns in (state.exchange, state.turns):
        if full and turns[-1:] != [full]:
            turns.append(full)


def _bare(text: str, span: Span) -> Span:
    """The content without a trailing comma."""
    end = span.end
    while end > span.start and (text[end - 1] == "," or text[end - 1].isspace()):
        end -= 1
    return Span(span.start, end)


# -------------------------------------------------------------------- quotes without an attribution


def _context(
    state: _State, stretch: Marked, following: Unit | None, previous: str | None, continued: str | None, first: bool
) -> tuple[str, str, str]:
    """(words, full name, cue) for a quote that stands alone."""
    if previous:
        words, full, cue = state.attributed
        return (words, full, cue) if full == previous else ("", previous, "")
    if continued is not None and first:
        return "", continued, ""
    if following is not None:
        named = _behind(state, following)
        if named is not None:
            return named
    if state.narrative is not None:
        full = state.speakers.subject_of(state.narrative)
        if full:
            return "", full, ""
    if len(state.exchange) >= 2:
        return "", state.exchange[-2], ""
    last = state.speakers.last_speakers(stretch.span.start, 1)
    return "", last[0] if last else state.speakers.main_person(stretch.span.start), ""


def _behind(state: _State, unit: Unit) -> tuple[str, str, str] | None:
    """The speaker in a sentence behind the quote that says whose words these were: "Dat zegt X."."""
    if not unit or unit[0].low not in ("dat", "zo", "that", "so", "dit", "aldus"):
        return None
    if len(unit) > 3 and unit[1].low in ("was", "is", "were", "zijn", "waren"):
        named = state.speakers.subject_of(Span(unit[0].start, unit[-1].end))  # "That was the advice Ann Bell gave"
        return ("", named, "") if named else None
    frame = after([Tok("“”", unit[0].start, unit[0].start, 0), *unit], 0)
    if frame is None or frame.speaker is None:
        return None
    shifted = [Tok("“”", unit[0].start, unit[0].start, 0), *unit]
    words, full = _resolve(state, shifted, frame)
    return words, full, shifted[frame.cue].text if frame.cue >= 0 else ""


def _headline(state: _State, number: int, block: Block) -> None:
    """A headline of the kind "Rutte to US: Now is not the time" is speech if the name is a person of the article."""
    head, colon, rest = block.span.of(state.text).partition(": ")
    tokens = tokenize(state.text, Span(block.span.start, block.span.start + len(head)))
    if not colon or not tokens or not rest.strip() or rest.lstrip()[0] in "\"“„‘'«":
        return
    end = name_run(tokens, 0)
    if end == 0 or (end < len(tokens) and tokens[end].low not in _TO_WHOM):
        return
    words = [t.low for t in tokens[:end]]
    who = state.speakers.cast.named(words, block.span.start)
    if who is None or len(who.words) < 2 or who.evidence < 2:
        return
    start = block.span.start + len(head) + len(colon)
    span = Span(start, start + len(rest.rstrip()))
    spoken = " ".join(t.text for t in tokens[:end])
    frame = (Span(block.span.start, start - 1),)
    state.quotes.append(Quote(span, QuoteKind.DIRECT, block.lang, number, spoken, who.name, "", frame))


# -------------------------------------------------------------------- dialogue with dashes


def _dash_line(state: _State, number: int, lang: str, line: Marked) -> None:
    """One line of dialogue: "— Why?, she asks. I'm not that old." """
    tokens = tokenize(state.text, line.span)
    place = _inner_frame(tokens)
    if place is None:
        full = ""
        if len(state.turns) >= 2:
            full = state.turns[-2]
        _add(state, number, lang, line, "", full, "", None)
        return
    cut, frame = place
    words, full = _resolve(state, tokens, frame)
    cue = tokens[frame.cue].text if frame.cue >= 0 else ""
    frame_span = Span(tokens[frame.start].start, tokens[max(frame.end, frame.start + 1) - 1].end)
    pieces = [Span(line.span.start, tokens[cut].end), Span(tokens[min(frame.end, len(tokens) - 1)].end, line.span.end)]
    for piece in pieces:
        start = piece.start
        while start < piece.end and not state.text[start].isalnum() and state.text[start] not in "\"“„‘'’":
            start += 1
        if any(c.isalnum() for c in state.text[start : piece.end]):
            _add(state, number, lang, Marked(Span(start, piece.end), piece, line.mark), words, full, cue, frame_span)


def _inner_frame(tokens: Sequence[Tok]) -> tuple[int, Frame] | None:
    """(last token of the first piece, frame) of the attribution inside a dash line."""
    for i in range(len(tokens) - 1):
        if not tokens[i].word or tokens[i + 1].word:
            continue
        end = next(
            (j for j in range(i + 2, len(tokens)) if tokens[j].text in ".!?:" or (tokens[j].text == "," and j > i + 3)),
            len(tokens),
        )
        frame = after(tokens[:end], i, strict=True)
        if (
            frame is not None
            and frame.speaker is not None
            and tokens[frame.start].low
            not in LANGUAGES_OF.keys()
            - {
                "he",
                "she",
                "hij",
                "zij",
                "ze",
                "says",
                "said",
                "zegt",
                "zei",
                "her",
                "his",
                "haar",
                "zijn",
                "the",
                "de",
                "asked",
                "aldus",
                "volgens",
                "vroeg",
                "zo",
                "they",
            }
        ):
            cut = i + 1 if tokens[i + 1].text in "?!…" else i
            return cut, frame
    return None
