"""Attribution frames in one unit (a sentence with its quotes as single tokens): who, verb, and where they stand.

`after` reads what follows a quote ("…", zei X · "…," said X · "…," X said · …, aldus X), `before` what leads to
it (X zei: "…" · According to X, …), `subject` the noun phrase that a verb belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from aligner.segment.frames import (
    ADVERBS,
    BASES,
    CONNECTIVES,
    LINKS,
    NEEDS,
    OPENERS,
    PARTICLES,
    PRONOUNS,
    SOURCES,
    STOPS,
    VERBS,
    WEEKDAYS,
    VerbClass,
)
from aligner.segment.names import Phrase, name_run, phrase
from aligner.segment.nouns import DETERMINERS, TIMES, is_agent, is_body
from aligner.segment.tokens import Tok

_REACH = 14  # tokens between verb and particle, or subject and verb
_BEHIND_HET = frozenset({"bij", "in", "uit", "aan"}) | ADVERBS
_OBJECTS = frozenset({"it", "him", "them", "me", "us", "hem", "hen", "mij"})
_IMPERSONAL = frozenset({"klinkt", "klonk", "luidt", "luidde", "heet", "heette"})
#: Behind these a form of the lists is an infinitive, a passive or a noun.
_NO_VERB_AFTER = frozenset("to te of van for by door be been being no not niet geen can must".split())
_PASSIVE = frozenset("was were is are been be get gets got".split())
#: What may open the words between subject and verb: a relative clause, a complement, an adverbial.
_BETWEEN = frozenset("who die that of van from in at for bij uit voor on op with met near".split())
_NONE: frozenset[VerbClass] = frozenset()


class Frame(NamedTuple):
    """An attribution: the speaker's phrase (None if it has none), the cue's index, and its range of tokens."""

    speaker: Phrase | None
    cue: int
    start: int
    end: int
    classes: frozenset[VerbClass] = _NONE
    plural: bool = False


def classes_of(unit: Sequence[Tok], i: int) -> frozenset[VerbClass]:
    """What the word at `i` may govern as a reporting verb; empty if it is none here."""
    token = unit[i]
    if not token.word or token.text[0].isupper():
        return _NONE
    found = VERBS["nl"].get(token.low, _NONE) | VERBS["en"].get(token.low, _NONE)
    if not found:
        return _NONE
    before = unit[i - 1].low if i else ""
    if before in DETERMINERS and before not in ("this", "that", "dat", "dit", "die", "het", "both", "deze"):
        return _NONE
    if before in _NO_VERB_AFTER or (before in _PASSIVE and token.low in ("called", "told", "asked", "said", "quoted")):
        return _NONE
    if token.low == "asked" and before in ("when", "if", "as", ""):
        return _NONE
    needs = NEEDS.get(token.low)
    if needs is not None and not _particle(unit, i, needs):
        return _NONE
    return found


def _particle(unit: Sequence[Tok], i: int, needs: frozenset[str]) -> bool:
    """Whether a particle of the verb at `i` follows in its clause."""
    for token in unit[i + 1 : i + 1 + _REACH]:
        if token.text in ",;:" or token.quote >= 0:
            return False
        if token.low in needs:
            return True
    return False


def is_noun(unit: Sequence[Tok], v: int, who: Phrase) -> bool:
    """Whether the English bare form at `v` is a noun rather than the verb of `who`: "a different note", "a post"."""
    plural = who.pronoun in ("p", "1") or who.head.endswith(("s", "police", "people", "en"))
    return unit[v].low in BASES and unit[v].low not in VERBS["nl"] and not plural


def _plural(verb: str) -> bool:
    """Whether a Dutch verb form is plural, so that ze/zij means a group."""
    return verb in VERBS["nl"] and verb.endswith("en")


def source_at(unit: Sequence[Tok], i: int) -> int:
    """The index behind "volgens" or "according to" at `i`; 0 if no such words stand there."""
    for source in (*SOURCES["nl"], *SOURCES["en"]):
        if tuple(t.low for t in unit[i : i + len(source)]) == source:
            return i + len(source)
    return 0


def after(unit: Sequence[Tok], k: int, *, strict: bool = False) -> Frame | None:
    """The frame that follows token `k` (a quote, or the last word of a clause).

    `strict` asks for a comma or other mark between the two.
    """
    i = k + 1
    marks = 0
    while i < len(unit) and not unit[i].word and unit[i].quote < 0 and marks < 3:
        if unit[i].text not in ",.!?…–—-)":
            return None
        i += 1
        marks += 1
    if i >= len(unit) or unit[i].quote >= 0 or (strict and not marks):
        return None
    if behind := source_at(unit, i):
        found = phrase(unit, behind, bare=True, source=True)
        return Frame(found, i, i, _frame_end(unit, found.end)) if found else None
    start = i
    if unit[i].low in ("zo", "dat", "dus", "so", "dit", "aldus") and i + 1 < len(unit):
        i += 1
    kinds = classes_of(unit, i)
    if kinds and unit[i].low != "aldus" and not unit[i].low.endswith("ing"):
        found = _inverted(unit, i)
        if found is not None:
            return Frame(found, i, start, _frame_end(unit, found.end), kinds, _plural(unit[i].low))
        if unit[i].low in _IMPERSONAL and unit[k].quote >= 0:
            return Frame(None, i, start, _frame_end(unit, i + 1), kinds)
    return _subject_first(unit, start) or (_unknown_verb(unit, start, k) if marks or unit[k].quote >= 0 else None)


def _unknown_verb(unit: Sequence[Tok], i: int, k: int) -> Frame | None:
    """A verb that no list knows, right behind a quote: "…", knipoogde de smid · "…," raved a visitor."""
    low = unit[i].low
    if unit[k].quote < 0 or not unit[i].word or unit[i].capital or i + 1 >= len(unit):
        return None
    small = (
        low in STOPS or low in ADVERBS or low in DETERMINERS or pronoun_kind(low) or low in CONNECTIVES or len(low) < 4
    )
    if small or not low.endswith(("t", "de", "te", "den", "ten", "s", "ed")):
        return None
    found = phrase(unit, i + 1)
    if found is None or found.start != i + 1 or not speaks(unit, found):
        return None
    return Frame(found, i, i, _frame_end(unit, found.end), frozenset({VerbClass.MANNER}))


def _inverted(unit: Sequence[Tok], verb: int) -> Phrase | None:
    """The speaker behind the verb: "zei X", "klinkt het bij X", "voegde X eraan toe"."""
    i = verb + 1
    needs = NEEDS.get(unit[verb].low, frozenset())
    while i < len(unit) and unit[i].low in needs and unit[verb].low in VERBS["en"]:
        i += 1  # "put in Mrs Hill", "pointed out Bell"
    if i + 1 < len(unit) and unit[i].low in ("het", "it") and unit[i + 1].low in _BEHIND_HET:
        i += 1
        while i < len(unit) and unit[i].low in ADVERBS:
            i += 1
        if i < len(unit) and unit[i].low in ("bij", "in", "uit", "aan"):
            return phrase(unit, i + 1, bare=True)
        return None
    if i < len(unit) and unit[i].low == "het" and unit[verb].low in _IMPERSONAL:
        return None  # "klonk het vastberaden"
    while i < len(unit) and unit[i].low in ("er", "daar", "toen", "dan", "ook"):
        i += 1
    if i < len(unit) and unit[i].low in WEEKDAYS:
        i += 1
    if i < len(unit) and unit[i].low in _OBJECTS:
        return None  # "denied it", "told him"
    found = phrase(unit, i, bare=True)
    if found is None or found.start > i + 3 or (found.pronoun == "?" and not _die(unit, found)):
        return None
    return found


def _die(unit: Sequence[Tok], found: Phrase) -> bool:
    """Whether "die" is somebody: right behind the verb, with nothing after it but a mark ("…", moppert die.)."""
    return unit[found.start].low == "die" and (found.end >= len(unit) or not unit[found.end].word)


def _subject_first(unit: Sequence[Tok], i: int) -> Frame | None:
    """X said, she asks, pianist Ann Bell said on Sunday; English order, or Dutch with a name."""
    found = phrase(unit, i, bare=True)
    if found is None or found.start != i:
        return None
    for v in range(found.end, min(len(unit), found.end + _REACH)):
        if unit[v].quote >= 0 or unit[v].text in ":;":
            return None
        kinds = classes_of(unit, v)
        if kinds and _adjacent(unit, found.end, v) and unit[v - 1].text + str(v - found.end) != ",1":
            if unit[v].low not in VERBS["en"] and not found.pronoun:
                return None  # Dutch has the verb first behind a quote; else it is a new clause
            following = unit[v + 1].low if v + 1 < len(unit) else ""
            if following in ("that", "dat"):
                return None
            return Frame(found, v, i, _frame_end(unit, v + 1), kinds, found.pronoun == "p")
    return None


def _adjacent(unit: Sequence[Tok], end: int, verb: int) -> bool:
    """Whether only adverbs, a prepositional phrase, or an apposition between commas part subject and verb."""
    between = unit[end:verb]
    if len(between) > 2 and between[0].low in ("of", "van", "from", "uit") and between[1].capital:
        place = name_run(unit, end + 1)
        if place < verb and unit[place].text == ",":
            return _adjacent(unit, place, verb)  # "Senator Ann Bell of Vermont, a Democrat, said"
    if all(t.low in ADVERBS or t.low == "both" or (t.low.endswith("ly") and not t.capital) for t in between) or (
        len(between) == 1 and between[0].text == ","
    ):
        return True
    while between and between[-1].low in ADVERBS and between[-1].word:
        between = between[:-1]
    commas = [j for j, t in enumerate(between) if t.text == ","]
    if between and between[0].text == "," and between[-1].text == "," and len(between) > 2:
        return len(commas) <= 4
    if between and between[0].text + between[-1].text in ("––", "——", "--") and len(between) > 2:
        return True
    if between and between[0].low in ("die", "who", "that") and commas == [len(between) - 1] and len(between) > 2:
        return True  # "Een buurvrouw die het zag, zegt"
    if commas or not between:
        return False
    if between[0].low in _BETWEEN:
        return not any(classes_of(between, j) for j in range(len(between)))
    return between[0].text + between[-1].text in ("()", "––", "——", "--")


def _frame_end(unit: Sequence[Tok], i: int) -> int:
    """Where the frame that reaches `i` ends: before the next quote, or at the unit's end without its full stop."""
    while i < len(unit) and unit[i].quote < 0:
        i += 1
    while i > 0 and not unit[i - 1].word and unit[i - 1].quote < 0 and unit[i - 1].text != ")":
        i -= 1
    return i


def before(unit: Sequence[Tok], k: int) -> Frame | None:
    """The frame that leads to the quote at `k`: with a colon, a comma, or the verb right before it."""
    if k == 0:
        return None
    last = unit[k - 1]
    begin = max((j + 1 for j in range(k) if unit[j].quote >= 0), default=0)
    if last.text == ":":
        if behind := source_at(unit, begin):
            return Frame(phrase(unit, behind, bare=True), begin, begin, k - 1)
        frame = _last_verb(unit, begin, k - 1)
        if frame is not None:
            return frame
        return Frame(_leading(unit, begin, k - 1), -1, begin, k - 1)
    if last.text == ",":
        if behind := source_at(unit, begin):
            found = phrase(unit, behind, bare=True)
            if found is not None and found.end == k - 1:
                return Frame(found, begin, begin, k - 1)
        frame = _last_verb(unit, begin, k - 1)
        if frame is not None and k - 1 - frame.cue <= 8 and not _clause(unit, frame.cue + 1, k - 1):
            return frame
        return None
    frame = _last_verb(unit, begin, k)
    if frame is None or (VerbClass.NAME in frame.classes and VerbClass.SAY not in frame.classes):
        return None
    end = max(frame.cue + 1, frame.speaker.end if frame.speaker and frame.speaker.start > frame.cue else 0)
    rest = unit[end:k]
    if all(t.low in ADVERBS or t.low in WEEKDAYS for t in rest):
        return frame
    told = phrase(unit, end, bare=True)
    if VerbClass.TELL in frame.classes and told is not None and told.end == k:
        return frame
    return None


def _clause(unit: Sequence[Tok], i: int, end: int) -> bool:
    """Whether a reported clause stands between verb and quote ("said that he was, …")."""
    return any(t.low in ("that", "dat") for t in unit[i:end])


def _last_verb(unit: Sequence[Tok], begin: int, end: int) -> Frame | None:
    """The last reporting verb in the range that has a subject."""
    for v in range(end - 1, begin - 1, -1):
        kinds = classes_of(unit, v)
        if kinds:
            found = subject(unit, begin, v)
            if found is not None and not is_noun(unit, v, found):
                return Frame(found, v, begin, end, kinds, _plural(unit[v].low) or found.pronoun == "p")
    return None


def _leading(unit: Sequence[Tok], begin: int, end: int) -> Phrase | None:
    """The phrase that a clause without a reporting verb begins with ("Rutte over de NAVO: …")."""
    found = phrase(unit, begin)
    if (
        found is not None
        and found.start <= begin + 1
        and (found.name or found.pronoun in ("m", "f") or found.end >= end)
    ):
        return found
    for i in range(begin, end):
        if unit[i].capital:
            found = phrase(unit, i)
            if found is not None and found.name is not None:
                return found
    for i in range(begin, end):
        if unit[i].low in DETERMINERS:
            found = phrase(unit, i)
            if found is not None and is_agent(found.head):
                return found
    return None


def subject(unit: Sequence[Tok], begin: int, verb: int) -> Phrase | None:
    """The noun phrase that the verb at `verb` belongs to, in a clause that begins at `begin`."""
    i = begin
    while i < verb and ((not unit[i].word and unit[i].quote < 0) or unit[i].low in CONNECTIVES):
        i += 1
    starts = [i, *(j + 1 for j in range(i, verb) if unit[j].text == "," or unit[j].low in CONNECTIVES)]
    inverted = i == verb or unit[i].low in OPENERS or unit[i].low in ADVERBS or unit[verb].low in VERBS["nl"]
    for start in starts:
        if start >= verb or not unit[start].word or unit[start].low in OPENERS:
            continue
        found = phrase(unit, start)
        if start > i and inverted and found is not None and found.end == verb - 1 and unit[verb - 1].text == ",":
            continue  # "Op de vraag of de trein terugkomt, antwoordt Bos": the comma ends the adverbial
        if found is not None and found.end <= verb and _adjacent(unit, found.end, verb):
            timed = found.end > found.start + 1 and unit[found.start + 1].low in TIMES  # "de dag voordien"
            if (
                timed
                or found.head in WEEKDAYS | TIMES
                or (found.end - found.start == 1 and unit[found.start].low in ("dat", "that", "dit", "this", "het"))
            ):
                continue
            return found
    if unit[verb - 1].low in ("en", "and", "but", "maar") and i < verb:
        # "De kapper pakt een schaar en zegt dat …": the subject of the first clause.
        for start in range(i, verb - 1):
            if unit[start].low in DETERMINERS or unit[start].capital or start == i:
                found = phrase(unit, start)
                if found is not None and speaks(unit, found):
                    return found
    if inverted:
        following = unit[verb + 1] if verb + 1 < len(unit) else None
        if following is not None and following.word and unit[verb].low in VERBS["nl"]:
            found = _inverted(unit, verb)
            if found is not None and following.low not in ("dat", "of"):
                return found
    return _suffix(unit, i, verb)


def speaks(unit: Sequence[Tok], found: Phrase) -> bool:
    """Whether a phrase means somebody or a body that can speak, rather than a thing."""
    return bool(found.name or found.pronoun in ("m", "f", "p", "it") or is_agent(found.head) or is_body(found.head))


def _suffix(unit: Sequence[Tok], begin: int, verb: int) -> Phrase | None:
    """A name, pronoun or short noun phrase right before the verb, whatever stands before it."""
    end = verb
    while end > begin and unit[end - 1].low in ADVERBS and unit[end - 1].word:
        end -= 1
    for start in range(max(begin, end - 8), end):
        if not unit[start].word or unit[start].low in STOPS or unit[start].low in OPENERS:
            continue
        previous = unit[start - 1] if start > begin else None
        if (
            previous is not None
            and previous.word
            and (previous.capital or previous.low in ("of", "van", "in", "at", "te", "near"))
        ):
            continue
        found = phrase(unit, start)
        if (
            found is not None
            and found.end == end
            and found.start == start
            and (found.name or found.pronoun in tuple("mfp") or unit[start].low in DETERMINERS)
        ):
            return found
    return None


def closes(unit: Sequence[Tok], frame: Frame, end: int) -> bool:
    """Whether nothing but an adverbial follows verb and speaker up to `end`: "…, zei Bos dinsdag in de raad"."""
    if frame.speaker is None:
        return False
    rest = unit[max(frame.speaker.end, frame.cue + 1) : end]
    first = rest[0].low if rest else ""
    if VerbClass.TELL in frame.classes and len(rest) <= 4 and not any(t.low in ("dat", "that") for t in rest):
        return True  # "…, the patriarch told the faithful"
    return not rest or not rest[0].word or first in STOPS | ADVERBS | WEEKDAYS | LINKS | PARTICLES or first == "zich"


def pronoun_kind(word: str) -> str:
    """m, f, p, 1, ? or "" for a word of either language."""
    return PRONOUNS["nl"].get(word) or PRONOUNS["en"].get(word) or ""
