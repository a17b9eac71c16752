"""How well a description fits somebody who has been mentioned: by noun, synonym, trait, gender and number.

Fit and salience (`discourse`) add up to one score; the constants were set on `corpora/quotes` (dev, train, train2).
"""

from __future__ import annotations

import re

from aligner.segment import nouns
from aligner.segment.descriptions import MAN_WOMAN, Noun, is_police
from aligner.segment.first_names import FIRST_NAMES
from aligner.segment.people import Referent, has_role, masculine
from aligner.segment.people_words import BODIES, HONORIFICS, ROLES
from aligner.segment.relations import KIN
from aligner.segment.synonyms import BODY_SYNONYMS, OFFICES, SYNONYMS
from aligner.segment.wordlist import words

#: A fit from which on the words themselves say who is meant, however far away.
STRONG = 2.0
_SAME, _OWN, _HINT, _SYNONYM, _SYNONYM_HINT, _AGAIN, _BARE = 5.0, 4.0, 3.2, 3.0, 2.2, 0.8, 0.6
_OFFICE, _OTHER, _OTHER_OFFICE = -1.5, -2.0, -3.0
#: What somebody is in the story at hand, whatever their trade.
_SITUATIONS = words("""
slachtoffer victim jubilaris feestvarken winnaar winnares winner verliezer loser gedupeerde dader verdachte suspect
beklaagde defendant accused arrestant getuige witness aangeklaagde veroordeelde organisator organiser organizer
initiatiefnemer initiatiefneemster bezoeker visitor
""")
_DIFFERENT = words("other another second third andere tweede derde nieuwe new ander nog")

#: Bodies that, with the article, mean one named before: "Delta said … the airline said".
_ANAPHORIC = words("""
airline company firm union club bank charity agency organisation organization group carrier retailer manufacturer
maker bond vakbond bedrijf onderneming organisatie maatschappij luchtvaartmaatschappij vereniging stichting concern
dienst instantie instelling overheidsdienst spoorwegen keten club partij fractie party newspaper krant broadcaster
omroep
""")


def fit(noun: Noun, who: Referent) -> float | None:
    """How well `noun` describes `who`; None if it cannot mean them."""
    if who.head:
        return _unnamed(noun, who)
    weak = who.evidence < 3 and not who.gender and not occupied(who) and who.words[0].capitalize() not in FIRST_NAMES
    if not who.person or (weak and (noun.body or noun.head in _ANAPHORIC)):
        return _named_body(noun, who)
    if noun.plural or (noun.body and noun.head not in ("chief", "head")) or _sexes(noun, who):
        return None
    trait = _trait(noun, who)
    if trait is not None:
        return trait if trait > 0 else None
    return _by_role(noun, who)


def _by_role(noun: Noun, who: Referent) -> float | None:
    """By what a person has been called, or may be if nobody has said."""
    if noun.former:
        return _AGAIN  # "de oud-verdediger" need not be the one who defends now
    own = frozenset({noun.head, masculine(noun.head)})
    wider = frozenset().union(*(SYNONYMS.get(word, frozenset()) for word in own))
    for found, weight in ((who.roles, _OWN), (who.hints, _HINT)):
        if has_role(found, own):
            return weight
    for found, weight in ((who.roles, _SYNONYM), (who.hints, _SYNONYM_HINT)):
        if wider and has_role(found, wider):
            return weight
    if noun.again or noun.head in MAN_WOMAN:
        return _AGAIN
    if noun.head in _SITUATIONS:
        return _BARE
    if not noun.short or not nouns.is_agent(noun.head):
        return None
    office = not OFFICES.isdisjoint(own)
    if occupied(who):
        return _OTHER_OFFICE if office else _OTHER
    if (len(who.words) == 1 and not who.roles) or who.evidence < 1:
        return None
    return _OFFICE if office else _BARE


def occupied(who: Referent) -> bool:
    """Whether the article has said what somebody is; "Dr" and "Mrs" do not."""
    known = {role for role in who.roles if role not in MAN_WOMAN | KIN and (role in ROLES or role not in HONORIFICS)}
    return bool(known) or any(map(nouns.is_agent, who.hints))


def _sexes(noun: Noun, who: Referent) -> bool:
    return {noun.gender, who.gender} == {"m", "f"}


def _trait(noun: Noun, who: Referent) -> float | None:
    """By age, origin or party: above zero if it agrees, 0 if it differs, None if it says nothing."""
    if noun.head.endswith(("jarige", "year-old")):
        ages = {trait for trait in who.traits if trait.isdigit()}
        return None if not ages else _OWN if noun.head.split("-")[0] in ages else 0.0
    parts = set(re.split(r"[-\s]", noun.phrase.lower())[1:])
    if len(parts) > 1 and not parts.isdisjoint(t for t in who.traits if not t.isdigit()):
        return _HINT
    if noun.again and noun.phrase[-len(noun.head) :].istitle():
        for trait in who.traits:
            if len(trait) > 3 and noun.head.startswith(trait[: max(4, len(trait) - 2)]):
                return _OWN
    return None


def _named_body(noun: Noun, who: Referent) -> float | None:
    """A body with a name of its own: "the agency" of the European Rail Agency, "the airline" of Delta."""
    if noun.plural or not noun.short:
        return None
    last = who.words[-1]
    same = BODY_SYNONYMS.get(noun.head, frozenset()) | {noun.head}
    if len(who.words) > 1 and (last == noun.head or who.words[0] == noun.head):
        return _OWN
    if len(same) > 1 and (last in same or any(len(word) > 3 and last.endswith(word) for word in same)):
        return _SYNONYM
    if len(noun.phrase.split()) > 2:
        return None
    if noun.head in _ANAPHORIC or noun.head.endswith(("maatschappij", "bedrijf", "organisatie", "federatie")):
        somebody = who.words[0].capitalize() in FIRST_NAMES or who.gender or who.roles
        return None if somebody else _BARE if noun.head in BODIES or len(who.words) == 1 else 0.0
    return None


def _unnamed(noun: Noun, who: Referent) -> float | None:
    """Somebody or a body known by a noun alone."""
    if noun.phrase == who.name:
        return _SAME
    if is_police(noun.head) and who.head in ("police", "politie"):
        return _OWN
    if noun.plural != who.plural or noun.body != who.body or _sexes(noun, who):
        return None
    if not _DIFFERENT.isdisjoint(noun.phrase.split()):
        return None
    known = frozenset(re.findall(r"[\w'’-]+", who.name.lower()))
    more = noun.content - known - {noun.head}
    own = who.head == noun.head or masculine(who.head) == masculine(noun.head)
    suffix = min(len(who.head), len(noun.head)) > 3 and who.head.endswith(noun.head)
    if own or suffix:
        return _OWN if not more else _HINT - len(more) if not noun.tied else None
    if more:
        return None
    if who.body:
        same = BODY_SYNONYMS.get(noun.head, frozenset())
        alike = who.head in same or any(len(word) > 3 and who.head.endswith(word) for word in same)
        return _SYNONYM if alike and not noun.tied else None
    return None if who.plural else _by_role(noun, who)
