"""A name or a role on one side where the other says `he`: who is meant is known from the sentence before.

`Museumdirecteur Frits de Lange hoopt …` against `He hopes …` lacks nothing, and to a judge of the two cells alone the
museum director looks added.
"""

from __future__ import annotations

import re

from aligner.records import Finding, Kind, Pair

_PRONOUNS = {
    "nl": re.compile(r"\b(?:hij|hijzelf|zij|ze|hem|haar|zijn|hun|hen|die)\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:he|she|they|him|her|his|their|(?<!of )them)\b", re.IGNORECASE),
}
#: A name in full, or one in the genitive: places and single words with a capital are no people.
_NAME = re.compile(r"[A-Z][\w’'-]+(?: (?:van|von|de|den|der|het|ter|ten|'t))* [A-Z][\w-]+")
_GENITIVE = re.compile(r"[A-Z][\w-]+(?:['’]s|s['’])$")
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
    return _names(span.of(pair.cell(lang))) and bool(_PRONOUNS[other].search(pair.cell(other)))


def _names(phrase: str) -> bool:
    """Whether the words are somebody's name, with a role or a cue beside it at most."""
    named = _NAME.search(phrase) or _GENITIVE.search(phrase)
    return bool(named) and len(phrase.split()) <= _LONGEST and not _TOLD.search(phrase)
