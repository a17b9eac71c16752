"""Who somebody is to somebody else: "her husband", "zijn collega", couples and twins under one surname."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aligner.segment.context import gender_of_words
from aligner.segment.first_names import FIRST_NAMES
from aligner.segment.names import name_run
from aligner.segment.nouns import is_body, is_role
from aligner.segment.people import Person
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


def related(owner: Person | None, head: str, pool: Iterable[Person]) -> Person | None:
    """The one in `pool` (nearest first) who is the owner's <head>: by surname for relatives, else the other one."""
    if owner is None:
        return None
    gender = gender_of_words([head])
    others = [p for p in pool if p is not owner and p.person and (not gender or p.gender in ("", gender))]
    if head in KIN and len(owner.words) > 1:
        kin = next((p for p in others if len(p.words) > 1 and p.words[-1] == owner.words[-1]), None)
        if kin is not None or head not in PEERS:
            return kin
    if head in PEERS:
        return next((p for p in others if len(p.words) > 1 and p.words[0] not in POSSESSIVES), None)
    return None


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
    run = name_run(tokens, at + 1)
    if tokens[end - 1].text not in FIRST_NAMES and tokens[at + 1].text not in FIRST_NAMES:
        return []
    place = tokens[run - 1].text in NOT_PEOPLE or is_body(tokens[run - 1].low)
    if run - at < 3 or (place and tokens[at + 1].text not in FIRST_NAMES):
        return []  # "Chelsea and Manchester United"
    return [t.text for t in tokens[at + 2 : run]]


def nickname(tokens: Sequence[Tok], end: int) -> int:
    """Behind the marks of a nickname at `end` (Jan "de Beer" Peters): where the surname begins; 0 if there is none."""
    marks = "\"“”„‘’'«»"
    if end >= len(tokens) or tokens[end].text not in marks:
        return 0
    for j in range(end + 2, min(end + 5, len(tokens) - 1)):
        if tokens[j].text in marks:
            return j + 1 if tokens[j + 1].capital and name_run(tokens, j + 1) > j + 1 else 0
    return 0
