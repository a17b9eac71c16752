"""Whom a phrase without a name can mean, by what stands around it: the sentence before, the next one, the only name."""

from __future__ import annotations

import re

from aligner.segment import nouns
from aligner.segment.cast import Cast
from aligner.segment.context import gender_of_words
from aligner.segment.relations import POSSESSIVES
from aligner.segment.wordlist import words

MAN_WOMAN = {"man": "m", "woman": "f", "vrouw": "f", "boy": "m", "girl": "f", "jongen": "m", "meisje": "f"}

#: "the veteran", "de Brit": somebody who has been named, by another word.
AGAIN = words("""
veteran veteraan dutchman dutchwoman nederlander nederlandse belg belgian fransman frenchman frenchwoman duitser
german brit briton amerikaan american amerikaanse limburger zeeuw fries brabander rotterdammer amsterdammer londoner
""")
#: People by where they come from: a capital and one of these endings (a newspaper's name may have them too).
_ORIGIN = re.compile(
    r"[A-ZÀ-Þ]\w+(?:ian|ean|can|man|woman|ese|ish|aan|ees|ier|aar|aars|[^aeiou]se|erse|ster|[dlnrst]er|nees)$"
)
_NO_ORIGIN = words("guardian observer standaard stentor gelderlander volkskrant")
_ORIGINS = words(
    "dane swede finn pole scot turk greek czech slovak swiss deen zweed fin pool schot turk griek tsjech rus "
    "fransen kroaat bulgaar hongaar slowaak portugees spanjaard italiaan brit ier welshman vlaming waal"
)


def near(cast: Cast, at: int, kind: str = "?") -> str:
    """The subject of the sentence before, in the same paragraph, or else the last person named in it."""
    start = cast.text.rfind("\n", 0, at) + 1
    here = cast.sentence_of(at)
    near = [
        m
        for m in cast.before(at, 12)
        if m.at >= start
        and m.who.person
        and not m.quoted
        and here - m.sentence <= 2
        and (kind == "?" or m.who.gender in ("", kind))
    ]
    if not near:
        return ""
    return next((m.who.name for m in near if m.subject), near[0].who.name)


def only(cast: Cast, at: int, head: str) -> str:
    """The only person whom the article has named so far, if there is but one."""
    names = {m.who.name for m in cast.before(at, 80) if m.who.person and len(m.who.words) > 1 and not m.quoted}
    return names.pop() if len(names) == 1 and nouns.is_agent(head) else ""


def holder(cast: Cast, at: int) -> str:
    """Who must hold an office: the full name without a role that the sentence before, in this paragraph, is about."""
    here = cast.sentence_of(at)
    for mention in cast.before(at, 6):
        who = mention.who
        if "\n" in cast.text[mention.at : at] or here - mention.sentence > 2:
            return ""
        if mention.subject and not mention.quoted and who.person:
            bare = not who.roles and not any(nouns.is_agent(w) for w in who.hints)
            return who.name if bare and len(who.words) > 1 else ""
    return ""


def named_next(cast: Cast, head: str, phrase: str, at: int) -> str:
    """The name that the next sentence gives: "…," says a vet. Ann Bell was at home when …"."""
    first = phrase.split()[0].lower()
    tied = re.search(r" (?:for|of|van|voor|from|bij) ", phrase) is not None
    if nouns.is_plural(head) or first in POSSESSIVES or tied:
        return ""
    if not nouns.is_role(head) and not nouns.is_agent(head) and head not in MAN_WOMAN:
        return ""
    here = cast.sentence_of(at)
    gender = gender_of_words([head])
    for mention in cast.after(at, 4):
        who = mention.who
        if "\n" in cast.text[at : mention.at] or mention.sentence - here > 2:
            return ""
        if mention.sentence == here or not who.person or mention.quoted:
            continue
        new = who.first == mention.at and mention.subject and len(who.words) > 1
        other = who.roles or any(nouns.is_role(w) for w in who.hints) or {gender, who.gender} == {"m", "f"}
        if new and not other:
            who.hints.add(head)
            return who.name
        return ""
    return ""


def just_named(cast: Cast, at: int) -> str:
    """The subject of the sentence before: "Jan Prins was erbij. „…” zegt de beiaardier."."""
    here = cast.sentence_of(at)
    for mention in cast.before(at, 12):
        if mention.who.person and mention.subject and not mention.quoted and here - mention.sentence <= 3:
            return mention.who.name
    return ""


def origin(word: str) -> bool:
    """Whether a capitalised word behind an article says where somebody is from: "the Nigerian", "de Tilburger"."""
    low = word.lower()
    return low not in _NO_ORIGIN and (low in AGAIN or low in _ORIGINS or _ORIGIN.match(word) is not None)
