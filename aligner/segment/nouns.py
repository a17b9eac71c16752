"""What a single noun says: a role, somebody by its ending, a body; and words that no noun phrase contains."""

from __future__ import annotations

import re

from aligner.segment.people_words import BODIES, ROLES
from aligner.segment.wordlist import words

DETERMINERS = words("""
the a an his her their its our my your this that these those one another some many several both two three four five
six most other de het een zijn haar hun onze ons mijn deze die dat dit enkele veel sommige beide twee drie vier vijf
zes andere 't 'n
""")
#: English compounds are written apart: their parts would only make roles of names (Adelaide, Prendergast).
_NO_COMPOUND = words("""
head chef gids zoon lead aide host dean cook poet peer guest mayor judge nurse owner miner carer voter buyer reader
viewer uncle aunt friend wife girl woman rival chair clerk major queen king prince ober bron
""")
_LONG_ROLES = tuple(r for r in ROLES if len(r) >= 4 and r.isascii() and r not in _NO_COMPOUND)
_KIN = ("zus", "man", "vriendin", "boerin")  # they double their consonant in the plural
#: Frequent Dutch finite verbs, which no speaker's phrase contains.
FINITE = words("""
komt komen kwam kwamen staat staan stond stonden gaat gaan ging gingen ligt liggen lag lagen blijft blijven bleef
bleven loopt lopen liep liepen krijgt krijgen kreeg kregen doet doen deed deden maakt maken maakte neemt nemen nam
namen ziet zien zag zagen houdt houden hield moet moeten moest moesten kan kunnen kon konden mag mogen mocht mochten
wil willen wilde wilden zal zullen zou zouden hoeft hoeven lijkt lijken leek leken blijkt bleek geldt gold dreigt
dreigen duurt duurde kost kosten kostte draait draaien werkt werken werkte speelt spelen begint beginnen begon
bestaat bestaan ontbreekt ontbreken valt vallen viel vielen stijgt stijgen steeg daalt dalen daalde groeit groeien
groeide verdwijnt verdwijnen verdween vertrekt vertrok sluit sluiten sloot opent openen opende verliest verloor wint
won betaalt betalen betaalde is zijn was waren heeft hebben had hadden wordt worden werd werden zit zitten zat zaten
vindt vinden vond vonden telt tellen telde hangt hing gebeurt gebeurde brengt brengen bracht helpt helpen hielp
brandt brandde raakt raakte slaat sloeg past passen paste
""")
DOCUMENTS = words("""
documents reports papers files leaked emails documenten stukken rapporten papieren
report study survey letter statement document audit inquiry memo review ruling verdict rapport studie onderzoek brief
verklaring verslag advies nota vonnis arrest enquête peiling evaluatie persbericht communiqué
""")
_LONG_DOCUMENTS = ("rapport", "onderzoek", "verslag", "verklaring", "bericht", "studie")
#: "the veteran", "de Brit": somebody who has been named, by another word.
AGAIN = words("""
veteran veteraan dutchman dutchwoman nederlander nederlandse belg belgian fransman frenchman frenchwoman duitser
german brit briton amerikaan american amerikaanse limburger zeeuw fries brabander rotterdammer amsterdammer londoner
""")
#: People by where they come from: a capital and one of these endings (a newspaper's name may have them too).
_ORIGIN = re.compile(
    r"[A-ZÀ-Þ]\w+(?:ian|ean|can|man|woman|ese|ish|aan|ees|ier|aar|aars|[^aeiou]se|sche|erse|ster|[dlnrst]er|nees)$"
)
_NO_ORIGIN = words("guardian observer standaard stentor gelderlander volkskrant")
ORIGINS = words(
    "dane swede finn pole scot turk greek czech slovak swiss deen zweed fin pool schot turk griek tsjech rus "
    "fransen kroaat bulgaar hongaar slowaak portugees spanjaard italiaan brit ier welshman vlaming waal"
)
_AGENT_ENDINGS = (
    "er",
    "or",
    "ist",
    "ian",
    "man",
    "woman",
    "ologist",
    "aar",
    "iste",
    "ster",
    "loog",
    "loge",
    "kundige",
    "vrouw",
    "eur",
    "euse",
    "eres",
    "ant",
    "ent",
    "ers",
    "ors",
    "ists",
    "aars",
    "isten",
    "men",
    "women",
    "logen",
    "kundigen",
    "anten",
    "enten",
    "icus",
    "aris",
    "endus",
    "andus",
)


def is_role(word: str) -> bool:
    """Whether `word` says what somebody is; compounds count (oppositieleider, ex-minister)."""
    low = word.lower().replace("’", "'")
    if (
        low in ROLES
        or low.removesuffix("s") in ROLES
        or low.removesuffix("en") in ROLES
        or low.removesuffix("n") in ROLES
    ):
        return True
    if low.endswith("en") and low[-4:-3] == low[-3:-2] and low[:-3].endswith(_KIN) and len(low) > 5:
        return True  # zussen, tweelingzussen, echtgenotes
    last = low.rsplit("-", 1)[-1]
    return last in ROLES or (len(low) > 7 and low.endswith(_LONG_ROLES))


#: Nouns of time, which head no speaker's phrase.
TIMES = words("""
nacht dag dagen week weken maand maanden jaar jaren ochtend middag avond uur minuut minuten keer moment ogenblik
weekend zomer winter herfst lente seizoen night day days week weeks month months year years morning afternoon evening
hour hours minute minutes time moment season summer winter autumn spring
""")
#: Words with the ending of an agent that are none.
_THINGS = words("""
shoulder finger paper letter number weather winter summer matter corner counter order power tower border river cover
answer offer center chapter computer butter dinner supper laughter anger danger hunger shelter moment document
government parliament agreement percent restaurant motor horror floor nummer zomer schouder vinger papier leger anker
kelder ladder oktober september november december december wonder gender tender figure center monster register theater
meter cluster poster filter quarter manner former latter master disaster easter paster sister-in-law partner-in kwartier
manier rivier plezier dossier fornuis kamer lever koffer halster venster kleuter beter liever verder eerder ander
another other rather whether either neither together ever never however whatever element instrument argument document
experiment monument fragment segment apartment appartement evenement moment parlement talent patent percent accent
content incident accident event restant krant plant restaurant kant want constant debt error terror mirror color favor
labor vapor harbor humor minor major vector factor reactor sector doctor-in tractor corridor visor interior exterior
januari tenslotte hour flour rumour labour harbour colour honour behaviour humour neighbour-hood
""")


def is_agent(word: str) -> bool:
    """Whether `word` looks like somebody by its ending (smuggler, visagiste, viroloog), or is a known role."""
    low = word.lower()
    return is_role(low) or (len(low) > 5 and low not in _THINGS and low.endswith(_AGENT_ENDINGS))


def is_body(word: str) -> bool:
    """Whether `word` is a body that speaks as one; compounds count (boerenbond)."""
    low = word.lower().replace("’", "'")
    return (
        low in BODIES
        or low.rsplit("-", 1)[-1] in BODIES
        or (
            len(low) > 6
            and low.endswith(
                (
                    "bond",
                    "raad",
                    "partij",
                    "federatie",
                    "maatschappij",
                    "korps",
                    "dienst",
                    "vereniging",
                    "organisatie",
                    "ministerie",
                    "politie",
                    "bedrijf",
                )
            )
        )
    )


def is_document(word: str) -> bool:
    """Whether `word` is a text that says something ("the report", "het juryrapport")."""
    low = word.lower()
    return low in DOCUMENTS or (len(low) > 7 and low.endswith(_LONG_DOCUMENTS))


def is_plural(head: str) -> bool:
    """Whether a role noun is plural: "the governors" are not the governor."""
    return head not in ROLES and head.endswith(("s", "en"))


def origin(word: str) -> bool:
    """Whether a capitalised word behind an article says where somebody is from: "the Nigerian", "de Tilburger"."""
    low = word.lower()
    if not word[:1].isupper() or low in _NO_ORIGIN:
        return False
    return low in AGAIN or low in ORIGINS or _ORIGIN.match(word) is not None
