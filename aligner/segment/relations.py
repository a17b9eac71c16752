"""Who somebody is to somebody else: "her husband", "zijn collega", couples and twins under one surname."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.segment.first_names import FIRST_NAMES
from aligner.segment.names import name_run
from aligner.segment.nouns import is_body, is_role
from aligner.segment.people_words import NOT_PEOPLE
from aligner.segment.tokens import Tok
from aligner.segment.wordlist import words

POSSESSIVES = {"his": "m", "zijn": "m", "her": "f", "haar": "f", "their": "", "hun": ""}

#: Relatives: they share the surname more often than not.
KIN = words("""
husband wife spouse man vrouw echtgenoot echtgenote eega partner brother sister broer zus zuster zusje broertje twin
tweelingbroer tweelingzus father mother vader moeder son daughter zoon dochter cousin uncle aunt oom tante nephew
niece neef nicht grandfather grandmother opa oma grandson granddaughter kleinzoon kleindochter schoonzus schoonbroer
""")
#: What two people are to each other: of two who have been named, "his rival" is the other one.
PEERS = words("""
colleague collega rival rivale opponent tegenstander tegenstandster opponente counterpart ambtgenoot ambtgenote
partner companion reisgenoot reisgenote teammate ploegmaat ploeggenoot ploeggenote teamgenoot teamgenote kompaan
kompane maat neighbour neighbor buurman buurvrouw buur vriend vriendin friend compagnon vennoot concurrent
concurrente co-author medeauteur tegenspeler tegenspeelster co-star medestander metgezel metgezellin lotgenoot
lotgenote huisgenoot huisgenote flatmate housemate roommate clubgenoot partijgenoot partijgenote successor opvolger
opvolgster predecessor voorganger voorgangster
""")


#: Relations that answer to the same words, and what the other one is in turn.
_SPOUSES = words("husband wife spouse man vrouw echtgenoot echtgenote eega partner vriend vriendin")
_SIBLINGS = words("""
brother sister broer zus zuster zusje broertje twin tweelingbroer tweelingzus tweelingbroertje tweelingzusje
""")
_PARENTS = words("father mother vader moeder dad mum mom parent ouder")
_CHILDREN = words("son daughter zoon dochter child kind zoontje dochtertje")
_TEACHERS = words("""
boss baas chef manager leidinggevende teacher leermeester mentor coach trainer professor promotor docent lerares leraar
""")
PUPILS = words("""
pupil leerling leerlinge student studente apprentice speler speelster player promovendus promovenda medewerker
medewerkster protégé protégée assistent assistente assistant cliënt cliënte client
""")
_CLASSES = (_SPOUSES, _SIBLINGS, _PARENTS, _CHILDREN, PEERS, _TEACHERS, PUPILS)
_BACK = {
    _SPOUSES: _SPOUSES,
    _SIBLINGS: _SIBLINGS,
    _PARENTS: _CHILDREN,
    _CHILDREN: _PARENTS,
    PEERS: PEERS,
    _TEACHERS: PUPILS,
    PUPILS: _TEACHERS,
}


def same_tie(tie: str, head: str, *, back: bool = False) -> bool:
    """Whether who was introduced as "his <tie>" may be "his <head>"; `back` asks it of the one on the other side."""
    if not back:
        return tie == head or (head in _SPOUSES and tie in _SPOUSES)
    return any(tie in kind and head in _BACK.get(kind, frozenset()) for kind in _CLASSES)


def shared_surname(tokens: Sequence[Tok], i: int, end: int) -> list[str]:
    """The surname that a lone first name borrows: "Jan en Mia Peters" gives Jan his."""
    if end + 1 >= len(tokens) or tokens[end - 1].text.isupper() or tokens[end - 1].text in NOT_PEOPLE:
        return []
    if end - i > 1 and tokens[end - 2].capital and tokens[end - 2].text in FIRST_NAMES:
        return []
    at = end
    while at + 2 < len(tokens) and tokens[at].text == "," and tokens[at + 1].text in FIRST_NAMES:
        at += 2  # "Jan, Piet en Mia Peters"
    if tokens[at].low not in ("en", "and", "&") or at + 1 >= len(tokens) or is_role(tokens[at + 1].low):
        return []
    if tokens[at + 1].low in POSSESSIVES and at + 3 < len(tokens) and tokens[at + 2].low in KIN:
        at += 2  # "Jan en zijn vrouw Mia Peters"
    run = name_run(tokens, at + 1)
    place = tokens[run - 1].text in NOT_PEOPLE or is_body(tokens[run - 1].low)
    if run - at < 3 or (place and tokens[at + 1].text not in FIRST_NAMES):
        return []  # "Chelsea and Manchester United"
    return [t.text for t in tokens[at + 2 : run]]


def nickname(tokens: Sequence[Tok], end: int) -> int:
    """Behind the marks of a nickname at `end` (Jan "de Beer" Peters): where the surname begins; 0 if there is none."""
    marks = "\"“”„‘’'«»"
    if end >= len(tokens) or tokens[end].text not in marks or tokens[end].start == tokens[end - 1].end:
        return 0
    for j in range(end + 2, min(end + 5, len(tokens) - 1)):
        if tokens[j].text in marks:
            return j + 1 if tokens[j + 1].capital and name_run(tokens, j + 1) > j + 1 else 0
    return 0
