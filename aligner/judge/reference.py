"""A name on one side where the other says `he` or names the role alone: who is meant stands in the sentence before.

`Museumdirecteur Frits de Lange hoopt …` against `He hopes …` lacks nothing, and to a judge of the two cells alone the
museum director looks added; so does ACM in `toezichthouder ACM` against `the competition authority`.
"""

from __future__ import annotations

import re

from aligner.records import Finding, Kind, Pair, Span
from aligner.segment.nouns import is_agent
from aligner.segment.people_words import BODIES

_PRONOUNS = {
    # Without `zijn`, `haar`, `die`: mostly a verb, an article's like, a relative.
    "nl": re.compile(r"\b(?:hij|hijzelf|zij|ze|hem|hen)\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:he|she|they|him|her|his|their|(?<!of )them)\b", re.IGNORECASE),
}
#: Pronouns that surely stand for a person: `ze` inside a sentence is mostly a thing or several.
_TAKEN = {
    "nl": re.compile(r"\b(?:[Hh]ij|[Zz]ij|[Hh]em|Ze)\b"),
    "en": re.compile(r"\b(?:he|she|him|her)\b", re.IGNORECASE),
}
#: A name in full, or one in the genitive: places and single words with a capital are no people.
_NAME = re.compile(r"[A-Z][\w’'-]+(?: (?:van|von|de|den|der|het|ter|ten|'t))* [A-Z][\w-]+")
_GENITIVE = re.compile(r"[A-Z][\w-]+(?:['’]s|s['’])$")
#: What stands before a place, a firm, a second person.
_BEFORE = frozenset("in naar uit bij te op en of for to at from in with and or".split())
#: More words are more than who is meant.
_LONGEST = 6
_TOLD = re.compile(r"\d|\b(?:niet|geen|not|no|never|nooit|als|if|tenzij|unless|maar|but)\b", re.IGNORECASE)


def only_referred(pair: Pair, findings: tuple[Finding, ...]) -> bool:
    """Whether all that a pair is said to differ in is somebody named on one side and a pronoun on the other."""
    if len(findings) != 1 or findings[0].kind not in (Kind.OMISSION, Kind.ADDITION, Kind.ENTITY):
        return False
    told = findings[0]
    if (told.nl is None) == (told.en is None):
        return False  # two names that stand against each other
    lang, span = ("nl", told.nl) if told.nl is not None else ("en", told.en)
    assert span is not None
    other = "en" if lang == "nl" else "nl"
    here, there = pair.cell(lang), pair.cell(other)
    # A pronoun that has one for itself on this side stands for somebody else.
    spare = len(_PRONOUNS[other].findall(there)) > len(_TAKEN[lang].findall(here))
    if _names(span.of(here)) and spare:
        return True
    return told.kind is Kind.ENTITY and _introduced(here, span) and _has_role(there)


def _introduced(text: str, span: Span) -> bool:
    """Whether a role stands right before the name: `toezichthouder ACM`, `mayor Femke Halsema`."""
    before = text[: span.start].split()[-1:]
    return bool(before) and _someone(before[0].strip(",“\"‘'"))


def _has_role(text: str) -> bool:
    """Whether a role stands there without a name: `the competition authority`."""
    words = [word.strip(",.;:“”\"‘’'") for word in text.split()]
    after = [*words[1:], ""]
    return any(_someone(word) and not following[:1].isupper() for word, following in zip(words, after, strict=True))


def _names(phrase: str) -> bool:
    """Whether the words are somebody's name, with a role or a cue beside it at most."""
    named = _NAME.search(phrase) or _GENITIVE.search(phrase)
    words = phrase.split()
    return bool(named) and len(words) <= _LONGEST and words[0].lower() not in _BEFORE and not _TOLD.search(phrase)


def _someone(word: str) -> bool:
    return is_agent(word) or word.lower() in BODIES
