"""Noun phrases without a name of a person ("the former mayor", "haar man", "de bond"), as descriptions of somebody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aligner.segment import nouns
from aligner.segment.context import gender_of_words, lowered
from aligner.segment.language_words import LANGUAGES_OF
from aligner.segment.names import Phrase, phrase
from aligner.segment.people import masculine
from aligner.segment.people_words import BODIES
from aligner.segment.relations import PEERS, POSSESSIVES
from aligner.segment.synonyms import BODY_SYNONYMS, POLICE
from aligner.segment.tokens import Tok
from aligner.segment.wordlist import words

DEFINITE = words("the de het that die this dit deze")
INDEFINITE = words("a an een 'n one another")
LEADS = DEFINITE | INDEFINITE | frozenset(POSSESSIVES)
#: Nouns for a man or a woman, and nothing else.
MAN_WOMAN = words("man woman vrouw boy girl jongen meisje heer dame gentleman lady")
_TIED = re.compile(r" (?:van|of|for|voor|bij|der|namens|on behalf of) ")
_WHENCE = re.compile(r" (?:uit|from|with|met) .*")
#: "De oudste", "the elder": one of two or more who are known.
_OF_SEVERAL = words("oudste jongste elder eldest younger youngest oldest eerste laatste former latter")
_AGED = ("year-old", "jarige")
_FORMER = ("former", "then", "oud-", "ex-", "voormalig", "toenmalig", "later")
_WHO = ([",", "who"], [",", "die"])
_WORD = re.compile(r"[\w'’-]+")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun phrase at an offset: its words as told ("de bond"), noun, and determiner ("" if it has none)."""

    at: int
    phrase: str
    head: str
    lead: str
    starting: bool = False  # first in its sentence
    itself: bool = False  # "the player himself": somebody known

    @property
    def definite(self) -> bool:
        """Whether it means somebody known, or the only one."""
        return self.lead in DEFINITE

    @property
    def possessive(self) -> bool:
        """Whether it says whose: "her brother"."""
        return self.lead in POSSESSIVES

    @property
    def body(self) -> bool:
        """Whether it means a body or document rather than people."""
        known = nouns.is_body(self.head) or nouns.is_document(self.head) or self.head in BODY_SYNONYMS
        return known and not nouns.is_role(self.head)

    @property
    def former(self) -> bool:
        """Whether it says what somebody was: "the former keeper", "de oud-minister"."""
        return any(word.startswith(_FORMER) for word in self.phrase.split()[1:2])

    @property
    def again(self) -> bool:
        """Whether it says no more than age, origin or the past, so that somebody known before is meant."""
        known = self.head in nouns.AGAIN | nouns.ORIGINS | _OF_SEVERAL or self.head.endswith((*_AGED, "'er"))
        return known or self.former or self.itself or nouns.origin(self.phrase.split()[-1])

    @property
    def plural(self) -> bool:
        """Whether it means several people."""
        return nouns.is_plural(self.head) and not self.body and (self.former or not self.again)

    @property
    def gender(self) -> str:
        """The sex that the noun shows: m, f or ""."""
        return gender_of_words([masculine(self.head), self.head])

    @property
    def tied(self) -> bool:
        """Whether a complement says whose: "the director of the museum"."""
        return _TIED.search(self.phrase) is not None

    @property
    def short(self) -> bool:
        """Whether it is no longer than article, adjective and noun, but for where somebody is from."""
        return not self.tied and len(_WHENCE.sub("", self.phrase).split()) <= 3

    @property
    def content(self) -> frozenset[str]:
        """Its words but for determiners and other small ones."""
        return frozenset(w for w in _WORD.findall(self.phrase.lower()) if w not in LANGUAGES_OF or w in BODIES)


def described(text: str, tokens: Sequence[Tok], found: Phrase, starting: bool = False) -> Noun:
    """The description that the phrase `found` gives."""
    first = tokens[found.start]
    told = lowered(text[first.start : tokens[found.end - 1].end])
    if not (told[:2].isupper() and len(told) > 1) and "'" not in first.low:
        told = told[:1].lower() + told[1:]
    told = re.sub(r"^(the|de|het) (?:same|zelfde) ", r"\1 ", told)
    behind = tokens[found.end].low if found.end < len(tokens) else ""
    itself = told.endswith(" zelf") or behind in ("zelf", "himself", "herself")
    told = told.removesuffix(" zelf")
    return Noun(first.start, told, found.head, first.low if first.low in LEADS else "", starting, itself)


def noun_at(text: str, tokens: Sequence[Tok], i: int, starting: bool) -> Noun | None:
    """Somebody or a body that the noun phrase at the determiner `i` mentions; None for things and for names."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is not None and tokens[i].low in DEFINITE and nouns.origin(after.text):
        behind = tokens[i + 2] if i + 2 < len(tokens) else None
        if behind is None or (not behind.capital and not nouns.is_agent(behind.low) and behind.low not in BODIES):
            return Noun(tokens[i].start, f"{tokens[i].low} {after.text}", after.low, tokens[i].low, starting)
    found = phrase(tokens, i)
    if found is None or found.pronoun:
        return None
    if found.name is not None:
        if found.name[0] > i + 2 or not _organisation(tokens, found):
            return None  # "the party leader Ann Bell" is a person
        head = next(t.low for t in tokens[i : found.end] if nouns.is_body(t.low))
        return Noun(
            tokens[i].start, lowered(text[tokens[i].start : tokens[found.end - 1].end]), head, tokens[i].low, starting
        )
    document = next((j for j in range(i + 1, min(i + 3, found.end)) if nouns.is_document(tokens[j].low)), 0)
    if document and starting:
        told = lowered(text[tokens[i].start : tokens[document].end])
        return Noun(tokens[i].start, told, tokens[document].low, tokens[i].low, starting)
    noun = described(text, tokens, found, starting)
    if noun.head in nouns.TIMES:
        return None
    if noun.body:
        return noun if noun.definite else None
    relative = [t.low for t in tokens[found.end : found.end + 2]] in _WHO
    if (
        nouns.is_agent(noun.head)
        or (noun.definite and noun.head in _OF_SEVERAL)
        or noun.head.endswith(_AGED)
        or relative
        or (noun.possessive and noun.head in PEERS)
    ):
        return noun
    return None


def _organisation(tokens: Sequence[Tok], found: Phrase) -> bool:
    """Whether a phrase with a name is a body's: "the Ministry of Health", "de Tweede Kamer"."""
    if found.name is None:
        return False
    first = found.name[0]
    if nouns.is_body(tokens[found.end - 1].low):
        return True
    tied = first + 1 < found.end and tokens[first + 1].low in ("of", "van", "for", "voor")
    return tied and nouns.is_body(tokens[first].low)


def is_police(head: str) -> bool:
    """Whether a plural means the force, without having been introduced."""
    return head in POLICE
