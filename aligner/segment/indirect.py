"""Reported speech without quote marks: "zei dat …", "Volgens X …", "X said …", "…, aldus X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aligner.segment.attribution import Frame, after, classes_of, closes, is_noun, source_at, speaks, subject
from aligner.segment.clauses import LEAST, clause_end, content_end
from aligner.segment.frames import ADVERBS, OPENERS, VERBS, WEEKDAYS, VerbClass, dutch, english
from aligner.segment.names import Phrase, phrase
from aligner.segment.nouns import DETERMINERS, is_role
from aligner.segment.tokens import Tok
from aligner.segment.wordlist import listed, words

_TO_THAT = 22  # tokens between a verb and its that/dat
_CLAUSE_OPENERS = words("""
he she it they we i you there this that these those the a an his her their its our no some many more most all both
each every somebody someone anybody anyone everybody nobody nothing everyone one two three four five six seven eight
nine ten if when while although because what
""")
_NOT_CLAUSES = words("so nothing something goodbye yes no as to by of from with about against in into on at over")
_HOLDERS = words("""
statement interview letter speech report email e-mail post briefing conference court parliament hearing message
tweet television radio reporters journalists newspaper podcast broadcast article blog memo note summary
""")


#: What opens a reported question.
_ASKED = words("of waarom hoe wanneer")
#: Verbs that oftener take a thing than a clause; the clause must show a verb.
_WEAK = frozenset(
    form
    for base in listed("""
announce report confirm deny reveal declare write explain note repeat mention state demand hint disclose find rule
promise pledge propose suggest indicate post tweet point continue answer counter recount recall stress express know
understand remember hear warn object conclude complain reiterate boast caution mean feel regret doubt wonder expect ask
agree
""")
    for form in english(base)
)
_AUXILIARIES = words("""
is are was were be been has have had will would can could shall should may might must do does did won't wouldn't
can't couldn't isn't aren't wasn't weren't hasn't haven't hadn't didn't doesn't don't it's he's she's they're we're
there's they'd he'd she'd we'd i'd they'll he'll she'll we'll it'll needs need came went made took got
""")


#: Dutch verbs whose infinitive with te is reported speech ("zegt te vertrekken"); roepen, vragen, weigeren are not.
_WITH_TE = frozenset(
    form
    for verb in listed("""
zeggen adviseren beloven hopen verwachten denken beweren vrezen menen laten verklaren erkennen ontkennen zweren
verzekeren melden geloven
""")
    for form in dutch(verb)
)


class Reported(NamedTuple):
    """A reported clause: the tokens `start:end` of the unit, and its frame."""

    start: int
    end: int
    frame: Frame


def reported(unit: Sequence[Tok], lang: str, begin: int = 0) -> Iterator[Reported]:
    """The reported clauses of a unit, from `begin` on."""
    end = content_end(unit, len(unit))
    if end - begin < LEAST:
        return
    halves = _inner(unit, begin, end)
    if halves:
        yield from halves
        return
    found = _by_source(unit, begin, end) or _by_verb(unit, begin, end, lang) or _trailing(unit, begin, end)
    if found is None:
        yield from participles(unit, begin, None)
        return
    yield found
    follow = found.end
    if follow < end:
        yield from _further(unit, follow, end, lang, found.frame)


def _by_source(unit: Sequence[Tok], begin: int, end: int) -> Reported | None:
    """Volgens X …, According to X, …; and mid-sentence "… is volgens X …" as the whole sentence."""
    i = begin
    while i < end and (unit[i].low in ("but", "and", "maar", "en", "want") or not unit[i].word):
        i += 1
    behind = source_at(unit, i)
    found = phrase(unit, behind, bare=True, source=True) if behind else None
    if found is None:
        return None
    start = _skip_apposition(unit, found.end, end)
    if start < end and unit[start].text == ",":
        start += 1
    stop = clause_end(unit, start, end)
    return Reported(start, stop, Frame(found, i, i, start)) if stop - start >= LEAST - 1 else None


def _inner(unit: Sequence[Tok], begin: int, end: int) -> list[Reported]:
    """A frame inside the clause parts it in two: "The bus, he argued, is late", "De zaal is volgens Bos klaar"."""
    for j in range(begin + 1, end - 1):
        if unit[j].quote >= 0:
            return []
        frame: Frame | None = None
        stop = j
        if unit[j].text == ",":
            stop = next((k for k in range(j + 2, min(end - 1, j + 10)) if unit[k].text == ","), 0)
            frame = after(unit[:stop], j - 1, strict=True) if stop else None
            if frame is not None and (frame.end != stop or unit[frame.start].low in ("dat", "that")):
                frame = None
            stop += 1
            if frame is not None and unit[begin].low in OPENERS and j - begin > 1 and _subject_follows(unit, frame):
                return []  # "Speaking in Warsaw, Rutte said, …"
        elif unit[j].low == "volgens" and unit[j - 1].word and unit[j - 1].low not in ("en", "maar", "want"):
            found = phrase(unit, j + 1, bare=True, source=True)
            if found is not None:
                frame, stop = Frame(found, j, j, found.end), found.end
        if stop < end and unit[stop].low in ("who", "which", "whose", "die", "dat", "waar", "wiens"):
            continue  # "…, says the report, which …": the frame closes the sentence
        if frame is not None and frame.speaker is not None and speaks(unit, frame.speaker) and stop < end:
            halves = [_bare(unit, begin, j), _bare(unit, stop, end)]
            return [Reported(*half, frame) for half in halves if half[0] < half[1]]
    return []


def _bare(unit: Sequence[Tok], start: int, end: int) -> tuple[int, int]:
    """The range without punctuation at its ends."""
    while start < end and not unit[start].word and unit[start].quote < 0:
        start += 1
    return start, max(start, content_end(unit, end))


def participles(unit: Sequence[Tok], begin: int, frame: Frame | None) -> Iterator[Reported]:
    """…, adding that … · …, saying the … · …, who added that …: reported by the subject before, or that of `frame`."""
    end = content_end(unit, len(unit))
    for v in range(begin + 1, end - LEAST):
        relative = unit[v - 1].low in ("die", "who") and v > begin + 1 and unit[v - 2].text == ","
        if not relative and (unit[v - 1].text != "," or not unit[v].low.endswith("ing")):
            continue
        kinds = classes_of(unit, v)
        if not kinds & {VerbClass.SAY, VerbClass.TELL}:
            continue
        that = next((j for j in range(v + 1, min(end, v + 8)) if unit[j].low in ("that", "dat")), None)
        if relative and that is None:
            continue
        start = that + 1 if that is not None else _zero_that(unit, v + 1, end, unit[v].low, False)
        who = frame.speaker if frame is not None else phrase(unit, begin)
        if start is None or who is None or end - start < LEAST:
            continue
        stop = clause_end(unit, start, end)
        yield Reported(start, stop, Frame(who, v, v, start, kinds))


def _subject_follows(unit: Sequence[Tok], frame: Frame) -> bool:
    """Whether the frame has its subject first, so that an adverbial before it belongs to the frame."""
    return frame.speaker is not None and frame.speaker.start < frame.cue and frame.speaker.pronoun == ""


def _skip_apposition(unit: Sequence[Tok], i: int, end: int) -> int:
    """Behind ", who runs the port," or ", voorzitter van de bond,": the index of the second comma."""
    if i < end and unit[i].text == ",":
        for j in range(i + 2, min(end, i + 14)):
            if unit[j].text == ",":
                first = unit[i + 1].low
                if first in ("who", "die", "whose", "wie") or is_role(first) or (first in DETERMINERS and j - i < 9):
                    return j
                return i
    elif i < end and unit[i].low in ("in", "on", "of", "from", "at", "uit", "van", "who", "die"):
        for j in range(i + 1, min(end, i + 12)):
            if unit[j].text == ",":
                return j if unit[i].low not in ("die",) else i
    return i


def _by_verb(unit: Sequence[Tok], begin: int, end: int, lang: str) -> Reported | None:
    """X said (that) …, X zei dat …, X zegt … te …, X called it "…"."""
    for v in range(begin, end):
        kinds = classes_of(unit, v)
        if v > begin and unit[v - 1].low in ("who", "which", "that", "die") and unit[v].low in VERBS["en"]:
            continue  # "the man who found the bottle"
        if not kinds or (v and unit[v - 1].quote >= 0 and v - 1 > begin):
            continue
        who = subject(unit, begin, v)
        if (
            who is None
            or who.pronoun in ("1", "?")
            or unit[who.start].low in ("which", "who")
            or not _able(unit, who, kinds)
        ):
            continue
        if is_noun(unit, v, who):
            continue
        start = _clause_start(unit, v, end, kinds, who.end if who.start > v else v + 1, lang)
        if start is None:
            continue
        stop = clause_end(unit, start, end)
        if stop - start < LEAST - 1 and unit[start].quote < 0:
            continue
        first = min(who.start, v)
        plural = who.pronoun == "p" or (unit[v].low in VERBS["nl"] and unit[v].low.endswith("en"))
        return Reported(start, stop, Frame(who, v, first, start, kinds, plural))
    return None


def _able(unit: Sequence[Tok], who: Phrase, kinds: frozenset[VerbClass]) -> bool:
    """Whether the subject can have said it: any noun phrase for say and tell, somebody for the vaguer verbs."""
    if kinds & {VerbClass.SAY, VerbClass.TELL}:
        return bool(speaks(unit, who) or unit[who.start].low in DETERMINERS or unit[who.start].capital)
    return speaks(unit, who)


def _clause_start(unit: Sequence[Tok], v: int, end: int, kinds: frozenset[VerbClass], i: int, lang: str) -> int | None:
    """Where the clause that the verb at `v` reports begins (i is behind verb and speaker); None if it reports none."""
    dutch = unit[v].low in VERBS["nl"] and (lang != "en" or unit[v].low not in VERBS["en"])
    if VerbClass.NAME in kinds and not (kinds & {VerbClass.SAY, VerbClass.TELL}):
        if unit[i].low in ("van", "of") and i + 1 < end:
            i += 1  # "spreekt van “geklungel”"
        return i if any(t.quote >= 0 for t in unit[i:end]) else None
    for j in range(i, min(end, i + _TO_THAT)):
        token = unit[j]
        if token.quote >= 0 and unit[j - 1].low in ("in", "op", "on", "aan"):
            continue  # wrote in "The Post" that …
        if token.quote >= 0 or token.text in ":;" or (token.text == "," and j > i and not dutch):
            break
        if token.text == "," and unit[j + 1].low in (
            "want",
            "omdat",
            "terwijl",
            "maar",
            "toen",
            "als",
            "waarna",
            "zodat",
        ):
            break
        if token.low == "dat" and dutch and not _determines(unit, j, i):
            return j + 1
        if token.low == "that" and not dutch:
            if _determines(unit, j, i) or (
                j > i + 1 and unit[i].low in _CLAUSE_OPENERS and VerbClass.TELL not in kinds
            ):
                break
            return j + 1
        if j > i and classes_of(unit, j) and unit[j].low not in ("laten", "weten"):
            break
    if dutch:
        if unit[v].low in ("vraagt", "vroeg", "vragen", "vroegen", "weet", "betwijfelt"):
            whether = next((j for j in range(i, min(end, i + 8)) if unit[j].low in _ASKED), None)
            if whether is not None:
                return whether + (unit[whether].low == "of")
        return _infinitive(unit, i, end) if unit[v].low in _WITH_TE else None
    if not kinds & {VerbClass.SAY, VerbClass.TELL, VerbClass.MIND} or unit[v].low.endswith("ing"):
        return None
    if VerbClass.TELL in kinds and VerbClass.SAY not in kinds:
        told = phrase(unit, i, bare=True)
        if told is None:
            return None
        i = told.end
        if i < end and unit[i].low in ("whether", "if"):
            return i + 1
    return _zero_that(unit, i, end, unit[v].low, VerbClass.MIND in kinds)


def _determines(unit: Sequence[Tok], j: int, i: int) -> bool:
    """Whether "dat" at `j` is a demonstrative: "zei dat boek", "bestreed dat."."""
    return j + 1 >= len(unit) or (not unit[j + 1].word and unit[j + 1].quote < 0)


def _infinitive(unit: Sequence[Tok], i: int, end: int) -> int | None:
    """The start of "zegt … te kunnen …": an infinitive with te near the end of the sentence."""
    for j in range(i + 1, end - 1):
        if unit[j].quote >= 0 or unit[j].text == ",":
            return None
        if unit[j].low == "te" and unit[j + 1].low.endswith("n"):
            return i
    return None


def _zero_that(unit: Sequence[Tok], i: int, end: int, verb: str, mind: bool) -> int | None:
    """The start of an English clause without that: behind "said", "said on Monday", "said in a statement"."""
    while (
        i < end
        and unit[i].word
        and (unit[i].low in WEEKDAYS or (unit[i].low in ADVERBS and unit[i].low not in _CLAUSE_OPENERS))
    ):
        i += 1
    if i < end and unit[i].low in ("on", "in", "at", "during", "after", "to", "last", "through", "via"):
        for j in range(i + 1, min(end, i + 8)):
            if unit[j].low in WEEKDAYS or unit[j].low in _HOLDERS or (unit[i].low == "last" and j == i + 1):
                i = j + 1
                if i < end and unit[i].low in WEEKDAYS:
                    i += 1
                if i < end and unit[i].text == ",":
                    i += 1
                break
        else:
            return None
    if i >= end or end - i < LEAST:
        return None
    if unit[i].low == "that":
        return i + 1
    if unit[i].quote >= 0 or unit[i].low in _NOT_CLAUSES or not unit[i].word:
        return i if unit[i].low == "no" and end - i > LEAST else None
    if verb.startswith("expect") and unit[i].low != "to" and any(t.low == "to" for t in unit[i + 1 : end]):
        return i  # "expects others to follow"
    if verb in _WEAK and not any(t.low in _AUXILIARIES for t in unit[i:end]):
        return None  # "announced a new timetable"
    finite = any(t.low in _AUXILIARIES for t in unit[i + 1 : min(end, i + 6)])
    if mind and not (unit[i].low in _CLAUSE_OPENERS or unit[i].capital or finite):
        return None
    return i


def _further(unit: Sequence[Tok], i: int, end: int, lang: str, frame: Frame) -> Iterator[Reported]:
    """What a second attribution in the same sentence reports; a verb without a subject takes the first one's."""
    k = i
    while k < end and (
        (not unit[k].word and unit[k].quote < 0)
        or unit[k].low in ("and", "en", "while", "terwijl", "but", "maar", "also", "ook", "then")
    ):
        k += 1
    if k >= end:
        return
    kinds = classes_of(unit, k)
    if unit[k].low in ("that", "dat") and unit[k - 1].low in ("and", "en", "but", "maar"):
        stop = clause_end(unit, k + 1, end)
        yield Reported(k + 1, stop, frame)
        if stop < end:
            yield from _further(unit, stop, end, lang, frame)
        return
    if kinds:
        start = next((j + 1 for j in range(k + 1, min(end, k + 10)) if unit[j].low in ("that", "dat")), None)
        if start is not None and end - start >= LEAST - 1:
            stop = clause_end(unit, start, end)
            yield Reported(start, stop, Frame(frame.speaker, k, k, start, kinds, frame.plural))
            if stop < end:
                yield from _further(unit, stop, end, lang, frame)
        return
    yield from reported(unit[:end], lang, k)


def _trailing(unit: Sequence[Tok], begin: int, end: int) -> Reported | None:
    """…, zegt X · …, aldus X · …, X said · …, according to X."""
    for j in range(end - 1, begin + 2, -1):
        if unit[j].text == "," or unit[j].low in ("according", "volgens"):
            at = j if unit[j].text == "," else j - 1
            frame = after(unit, at - 1, strict=True) if unit[j].text == "," else after(unit, at)
            if frame is not None and frame.speaker is not None and frame.end >= end - 1 and speaks(unit, frame.speaker):
                negated = any(t.low in ("dat", "that", "niet", "not") for t in unit[j:end])
                if negated or VerbClass.NAME in frame.classes or not closes(unit, frame, end):
                    continue
                start = _behind_dateline(unit, begin, at)
                while start < at and not unit[start].word and unit[start].quote < 0:
                    start += 1
                if at - start >= LEAST and not _only_adverbial(unit, start, at):
                    return Reported(start, content_end(unit, at if unit[j].text == "," else at + 1), frame)
    return None


def _behind_dateline(unit: Sequence[Tok], begin: int, end: int) -> int:
    """`begin`, or behind "AMSTERDAM (ANP) – " at the head of an article."""
    for j in range(begin + 1, min(begin + 6, end)):
        if unit[j].text in "–—-" and any(t.text.isupper() and len(t.text) > 2 for t in unit[begin:j]):
            return j + 1
        if unit[j].word and not unit[j].capital:
            break
    return begin


def _only_adverbial(unit: Sequence[Tok], start: int, end: int) -> bool:
    """Whether the words are but the opening adverbial of the main clause ("Speaking in Warsaw, Rutte said")."""
    return unit[start].low in ("speaking", "asked", "in", "on", "at", "after", "op", "na", "tijdens", "bij")
