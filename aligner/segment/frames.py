"""Reporting verbs and the other words of attribution frames, Dutch (with Flemish) and English. Data only.

Each Dutch row is a verb's forms (infinitive and plural, third person, past, past plural, participle);
English verbs are given by their base form and inflected below. The classes say what a verb may govern:

say     direct and indirect speech            tell    the same, with the person addressed as object
manner  direct speech only ("lacht", "snapped")   mind    direct speech, and indirect after dat/that
name    a judgement in words ("noemde", "called") that is reported speech without being a clause
"""

from __future__ import annotations

from enum import StrEnum

from aligner.segment.wordlist import listed, words


class VerbClass(StrEnum):
    """What a reporting verb may govern."""

    SAY = "say"
    TELL = "tell"
    MANNER = "manner"
    MIND = "mind"
    NAME = "name"


_NL_SAY = """
zeggen zegt zei zeiden gezegd | stellen stelt stelde stelden gesteld | benadrukken benadrukt benadrukte benadrukten
| beklemtonen beklemtoont beklemtoonde beklemtoonden | onderstrepen onderstreept onderstreepte onderstreepten |
verklaren verklaart verklaarde verklaarden verklaard | melden meldt meldde meldden gemeld | beweren beweert beweerde
beweerden | betogen betoogt betoogde betoogden | erkennen erkent erkende erkenden | ontkennen ontkent ontkende
ontkenden | bevestigen bevestigt bevestigde bevestigden | beamen beaamt beaamde beaamden | antwoorden antwoordt
antwoordde antwoordden geantwoord | schrijven schrijft schreef schreven geschreven | berichten bericht berichtte
berichtten | concluderen concludeert concludeerde concludeerden geconcludeerd | constateren constateert constateerde
constateerden geconstateerd | oordelen oordeelt oordeelde oordeelden geoordeeld | herhalen herhaalt herhaalde
herhaalden | verduidelijken verduidelijkt verduidelijkte verduidelijkten | preciseren preciseert preciseerde
preciseerden | verzekeren verzekert verzekerde verzekerden | bezweren bezweert bezwoer bezwoeren | beloven belooft
beloofde beloofden beloofd | voorspellen voorspelt voorspelde voorspelden | toelichten toegelicht | aangeven
aangeeft aangaf | adviseren adviseert adviseerde adviseerden | onthullen onthult onthulde onthulden | toegeven
toegeeft toegaf toegegeven | opmerken opmerkt opmerkte opgemerkt | uitleggen uitlegt uitlegde uitgelegd | toevoegen
toevoegt toevoegde toegevoegd | voegen voegt voegde voegden | merken merkt merkte merkten | leggen legt legde legden
| geven geeft gaf gaven aangegeven | wijzen wijst wees wezen gewezen | houden houdt hield hielden | kondigen kondigt
kondigde kondigden aangekondigd | laten laat liet lieten | vullen vult vulde vulden aangevuld | tekenen tekent
tekende tekenden | stippen stipt stipte stipten | werpen werpt wierp wierpen | maken maakt maakte maakten | brengen
brengt bracht brachten | lichten licht lichtte lichtten | rapporteren rapporteert rapporteerde rapporteerden |
getuigen getuigt getuigde getuigden | verkondigen verkondigt verkondigde verkondigden | suggereren suggereert
suggereerde suggereerden | tweeten tweet tweette tweetten | twitteren twittert twitterde twitterden | mailen mailt
mailde mailden gemaild | eisen eist eiste eisten | waarschuwen waarschuwt waarschuwde waarschuwden gewaarschuwd |
nuanceren nuanceert nuanceerde nuanceerden | zweren zweert zwoer zwoeren | noteren noteert noteerde noteerden |
opperen oppert opperde opperden | riposteren riposteert riposteerde | argumenteren argumenteert argumenteerde
argumenteerden | aankondigen aankondigt aankondigde aankondigden | meedelen meedeelt meedeelde meegedeeld | delen
deelt deelde deelden | waarschuwen | bepleiten bepleit bepleitte bepleitten | sluiten sluit sloot sloten uitgesloten
| zeggen zegde zegden | haalt haalde haalden | kaatst kaatste | repliceren repliceert repliceerde repliceerden |
communiceren communiceert communiceerde | verdedigt verdedigde
"""

_NL_TELL = """
vertellen vertelt vertelde vertelden verteld | herinneren herinnert herinnerde herinnerden | verwijten verwijt
verweet verweten | vragen vraagt vroeg vroegen gevraagd | informeren informeert informeerde informeerden
"""

_NL_MANNER = """
lachen lacht lachte lachten | zuchten zucht zuchtte zuchtten | verzuchten verzucht verzuchtte verzuchtten | grappen
grapt grapte grapten | grijnzen grijnst grijnsde grijnsden | glimlachen glimlacht glimlachte glimlachten | knikken
knikt knikte knikten | roepen roept riep riepen | schreeuwen schreeuwt schreeuwde schreeuwden | fluisteren fluistert
fluisterde fluisterden | mompelen mompelt mompelde mompelden | foeteren foetert foeterde foeterden | mopperen
moppert mopperde mopperden | klagen klaagt klaagde klaagden | snauwen snauwt snauwde snauwden | sneren sneert
sneerde sneerden | schamperen schampert schamperde schamperden | brullen brult brulde brulden | jubelen jubelt
jubelde jubelden | juichen juicht juichte juichten | peinzen peinst peinsde peinsden | mijmeren mijmert mijmerde
mijmerden | filosoferen filosofeert filosofeerde | analyseren analyseert analyseerde analyseerden | relativeren
relativeert relativeerde relativeerden | vervolgen vervolgt vervolgde vervolgden | reageren reageert reageerde
reageerden gereageerd | klinken klinkt klonk klonken geklonken | luiden luidt luidde luidden | heten heet heette
heetten | besluit | gniffelen gniffelt gniffelde | grommen gromt gromde gromden | briesen briest brieste briesten |
fulmineren fulmineert fulmineerde fulmineerden | protesteren protesteert protesteerde protesteerden | gaan ging
gingen gaat | weten weet wist wisten | begint begon begonnen | grinnikt grinnikte | knipoogt knipoogde | dreigt
dreigde | instrueert instrueerde | smeekt smeekte | raadt raadde | eindigt eindigde | glundert glunderde | straalt
straalde | snikt snikte | stamelt stamelde | stottert stotterde | gilt gilde | kreunt kreunde | schatert schaterde |
schimpt schimpte | schertst schertste | tiert tierde | spot spotte | plaagt plaagde | troost troostte | pocht pochte
| sombert somberde | bromt bromde | fluit floot | monkelt monkelde | smaalt smaalde | ketst ketste | bijt beet |
leest las | prijst prees | looft loofde | bedankt bedankte | citeert citeerde | droomt droomde | bekent bekende
bekenden | herpakt | reciteert | zingt zong zongen | pleit pleitte pleitten
"""

_NL_MIND = """
vinden vindt vond vonden gevonden | denken denkt dacht dachten gedacht | hopen hoopt hoopte hoopten gehoopt | vrezen
vreest vreesde vreesden gevreesd | menen meent meende meenden | geloven gelooft geloofde geloofden | verwachten
verwacht verwachtte verwachtten | schatten schat schatte schatten | betwijfelen betwijfelt betwijfelde betwijfelden |
betreuren betreurt betreurde betreurden | voelen voelt voelde | begrijpen begrijpt begreep begrepen | beseffen beseft
besefte beseften
"""

_NL_NAME = """
spreekt sprak spreken spraken | noemen noemt noemde noemden genoemd | omschrijven omschrijft omschreef omschreven |
bestempelen bestempelt bestempelde bestempelden | betitelen betitelt betitelde betitelden | typeren typeert typeerde
typeerden
"""

_EN_SAY = """
say add warn insist argue claim explain note reply answer acknowledge admit concede recall announce state declare
stress emphasise emphasize observe remark comment confirm deny suggest predict promise pledge vow complain write
tweet post continue conclude reiterate repeat report reveal maintain contend assert allege testify respond counter
object agree boast lament caution hint indicate demand mention advise propose point mean argue disclose estimate
affirm swear confess underline underscore clarify elaborate recount rule find stipulate specify
"""
_EN_TELL = "tell remind assure reassure inform ask warn promise convince notify advise"
_EN_MANNER = """
joke shout cry whisper mutter murmur quip laugh sigh snap scream yell exclaim protest venture tease grin smile shrug
nod chuckle beam muse call read retort wail groan grumble bark growl jeer mumble stammer sob scoff plead begin offer
interject chime rasp sneer fume rage thunder enthuse gush summarise summarize echo ask go put wonder demand urge
reflect beg rave threaten instruct know bellow roar hiss croak cheer cackle coo drawl chirp lecture preach lie
apologise apologize confide concur rejoin enquire inquire query blurt splutter cheer
"""
_EN_MIND = """
believe think hope fear expect feel doubt worry wonder suspect reckon remember regret
"""
_EN_NAME = "call speak describe dismiss label brand denounce hail condemn dub characterise characterize decry"

_IRREGULAR = {
    "speak": "speaks spoke speaking",
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote written writing",
    "think": "thinks thought",
    "feel": "feels felt",
    "know": "knows knew known",
    "read": "reads read",
    "mean": "means meant",
    "find": "finds found",
    "swear": "swears swore sworn",
    "begin": "begins began",
    "understand": "understands understood",
    "put": "puts put",
    "go": "goes went",
    "cry": "cries cried crying",
    "reply": "replies replied replying",
    "deny": "denies denied denying",
    "testify": "testifies testified testifying",
    "clarify": "clarifies clarified clarifying",
    "worry": "worries worried",
    "specify": "specifies specified",
    "decry": "decries decried",
    "notify": "notifies notified",
    "stress": "stresses stressed stressing",
    "confess": "confesses confessed",
    "express": "expresses expressed",
    "admit": "admits admitted admitting",
    "quip": "quips quipped quipping",
    "snap": "snaps snapped",
    "beg": "begs begged",
    "query": "queries queried",
    "shrug": "shrugs shrugged",
    "nod": "nods nodded",
    "grin": "grins grinned",
    "sob": "sobs sobbed",
    "label": "labels labelled labeled",
    "dub": "dubs dubbed",
    "post": "posts posted posting",
    "recall": "recalls recalled recalling",
    "dismiss": "dismisses dismissed",
    "gush": "gushes gushed",
}


def english(base: str) -> list[str]:
    """The forms of an English verb."""
    if base in _IRREGULAR:
        return [base, *_IRREGULAR[base].split()]
    stem = base[:-1] if base.endswith("e") else base
    return [base, base + ("es" if base.endswith(("sh", "ch", "ss")) else "s"), stem + "ed", stem + "ing"]


def dutch(infinitive: str) -> list[str]:
    """The forms of a Dutch verb of the tables above."""
    rows = f"{_NL_SAY}|{_NL_TELL}|{_NL_MANNER}|{_NL_MIND}".split("|")
    return next((row.split() for row in rows if row.split()[:1] == [infinitive]), [infinitive])


def _dutch_forms(rows: str) -> list[str]:
    return [form for row in rows.split("|") for form in row.split()]


def _classes() -> dict[str, dict[str, frozenset[VerbClass]]]:
    """Language → form → classes of the verb."""
    tables = {
        "nl": {
            VerbClass.SAY: _dutch_forms(_NL_SAY),
            VerbClass.TELL: _dutch_forms(_NL_TELL),
            VerbClass.MANNER: _dutch_forms(_NL_MANNER),
            VerbClass.MIND: _dutch_forms(_NL_MIND),
            VerbClass.NAME: _dutch_forms(_NL_NAME),
        },
        "en": {
            VerbClass.SAY: [f for b in _EN_SAY.split() for f in english(b)],
            VerbClass.TELL: [f for b in _EN_TELL.split() for f in english(b)],
            VerbClass.MANNER: [f for b in _EN_MANNER.split() for f in english(b)],
            VerbClass.MIND: [f for b in _EN_MIND.split() for f in english(b)],
            VerbClass.NAME: [f for b in _EN_NAME.split() for f in english(b)],
        },
    }
    result: dict[str, dict[str, frozenset[VerbClass]]] = {}
    for lang, by_class in tables.items():
        forms: dict[str, set[VerbClass]] = {}
        for kind, its_forms in by_class.items():
            for word in its_forms:
                forms.setdefault(word, set()).add(kind)
        result[lang] = {word: frozenset(kinds) for word, kinds in forms.items()}
    return result


#: Language → verb form → what it may govern.
VERBS = _classes()

#: Verbs of saying that do not vouch for what they report.
_DENYING = frozenset(
    [*english("deny"), *dutch("ontkennen"), *dutch("sluiten"), *english("ask"), *dutch("vragen"), *dutch("beweren")]
)


def states(cue: str) -> bool:
    """Whether the verb `cue` reports its clause as a fact: "said", but not "hopes", "denies" or "called"."""
    low = cue.lower()
    kinds = VERBS["nl"].get(low, frozenset()) | VERBS["en"].get(low, frozenset())
    return bool(kinds & {VerbClass.SAY, VerbClass.TELL}) and VerbClass.MIND not in kinds and low not in _DENYING


#: Forms that are reporting verbs only with a particle or object further on, and which one.
NEEDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(listed("voegen voegt voegde voegden"), frozenset({"toe"})),
    **dict.fromkeys(listed("merken merkt merkte merkten"), frozenset({"op"})),
    **dict.fromkeys(listed("leggen legt legde legden"), frozenset({"uit"})),
    **dict.fromkeys(listed("geven geeft gaf gaven"), frozenset({"toe", "aan", "mee"})),
    **dict.fromkeys(listed("wijzen wijst wees wezen"), frozenset({"erop"})),
    **dict.fromkeys(listed("houden houdt hield hielden"), frozenset({"vol", "voor", "staande"})),
    **dict.fromkeys(listed("kondigen kondigt kondigde kondigden"), frozenset({"aan"})),
    **dict.fromkeys(listed("laten laat liet lieten"), frozenset({"weten", "optekenen", "vallen", "ontvallen"})),
    **dict.fromkeys(listed("sluiten sluit sloot sloten"), frozenset({"uit"})),
    **dict.fromkeys(listed("vullen vult vulde vulden"), frozenset({"aan"})),
    **dict.fromkeys(listed("tekenen tekent tekende tekenden"), frozenset({"aan"})),
    **dict.fromkeys(listed("stippen stipt stipte stipten"), frozenset({"aan"})),
    **dict.fromkeys(listed("werpen werpt wierp wierpen"), frozenset({"tegen", "op"})),
    **dict.fromkeys(listed("maken maakt maakte maakten"), frozenset({"bekend", "duidelijk"})),
    **dict.fromkeys(listed("brengen brengt bracht brachten"), frozenset({"uit", "in"})),
    **dict.fromkeys(listed("lichten licht lichtte lichtten"), frozenset({"toe"})),
    **dict.fromkeys(listed("delen deelt deelde deelden"), frozenset({"mee"})),
    **dict.fromkeys(listed("haalt haalde haalden"), frozenset({"aan", "uit"})),
    **dict.fromkeys(listed("kaatst kaatste"), frozenset({"terug"})),
    **dict.fromkeys(listed("spreekt sprak spreken spraken"), frozenset({"van"})),
    **dict.fromkeys(listed("speak speaks spoke"), frozenset({"of"})),
    **dict.fromkeys(listed("gaan gaat ging gingen"), frozenset({"verder"})),
    **dict.fromkeys(listed("point points pointed pointing"), frozenset({"out"})),
    **dict.fromkeys(listed("go goes went"), frozenset({"on"})),
    **dict.fromkeys(listed("put puts"), frozenset({"it", "in"})),
}

#: Particles and set phrases that belong to a frame when they follow its verb.
PARTICLES = words("toe op uit aan weten vol erop bekend duidelijk mee tegen verder eraan daaraan out on terug")

#: Words before a name that make a frame without a verb, by language.
SOURCES: dict[str, tuple[tuple[str, ...], ...]] = {
    "nl": (("volgens",), ("aldus",), ("naar", "het", "oordeel", "van"), ("in", "de", "woorden", "van")),
    "en": (("according", "to"), ("in", "the", "words", "of"), ("in", "the", "view", "of")),
}

#: Conjunctions that open a reported clause.
THAT: dict[str, frozenset[str]] = {
    "nl": frozenset({"dat", "of", "waarom", "hoe"}),
    "en": frozenset({"that", "whether", "why", "how"}),
}

#: Nouns that stand for an utterance, before a dat/that clause or a colon.
PRONOUNS: dict[str, dict[str, str]] = {
    "nl": {
        "hij": "m",
        "hijzelf": "m",
        "zij": "f",
        "ze": "f",
        "zijzelf": "f",
        "ie": "m",
        "wij": "1",
        "we": "1",
        "ik": "1",
        "hem": "m",
        "haar": "f",
        "hen": "p",
        "hun": "p",
        "zijn": "m",
        "men": "?",
        "die": "?",
        "deze": "?",
        "dezelfde": "?",
        "laatstgenoemde": "?",
    },
    "en": {
        "he": "m",
        "she": "f",
        "they": "p",
        "we": "1",
        "i": "1",
        "him": "m",
        "her": "f",
        "them": "p",
        "it": "it",
        "who": "?",
        "both": "p",
    },
}

#: Adverbs that may stand between subject and verb, or open a clause before them.
ADVERBS = words("""
also later then further once again now still even just only simply quickly quietly repeatedly previously earlier
recently however meanwhile moreover instead yesterday today tomorrow tonight publicly angrily bluntly already never
always often himself herself themselves itself afterwards ook later toen daarna verder nogmaals opnieuw nu nog
eerder gisteren vandaag morgen vanmorgen vanochtend vanmiddag vanavond vannacht wel toch dan dus inmiddels
vervolgens intussen bovendien daarnaast desgevraagd zelf echter immers altijd vaak soms al net juist wél daarbij
daarop daarover hierover erover er zich voorts overigens tenslotte onlangs destijds ondertussen evenwel nochtans
alvast beide beiden allebei has had have heeft hebben hadden is was were monday tuesday wednesday thursday friday
saturday sunday maandag dinsdag woensdag donderdag vrijdag zaterdag zondag maandagavond dinsdagavond woensdagavond
donderdagavond vrijdagavond zaterdagavond zondagavond maandagochtend dinsdagochtend woensdagochtend donderdagochtend
vrijdagochtend zaterdagochtend zondagochtend maandagmiddag dinsdagmiddag woensdagmiddag donderdagmiddag
vrijdagmiddag zaterdagmiddag zondagmiddag flatly firmly calmly dryly drily softly loudly proudly sadly wryly coldly
briefly bitterly cheerfully officially
""")

WEEKDAYS = frozenset(w for w in ADVERBS if (w.endswith("day") and len(w) > 5) or "dag" in w) - {
    "today",
    "vandaag",
    "yesterday",
} | words(
    "january february march april june july august september october november december "
    "januari februari maart mei juni juli augustus oktober"
)

#: Words that end a speaker's phrase when they follow it.
STOPS = words("""
in on at to after before during when while as with about from by near into over through since until if because but
and or than then via per outside inside following amid against towards toward without op na tijdens toen terwijl als
met over bij tegen aan tot vanuit voor uit naar omdat maar en of dan door onder tussen rond sinds via per nadat
voordat binnen buiten dat that which who whose die wie waar where whether had has have is was were zijn werd werden
wordt heeft hebben zou zal kan niet not te om er
""")

#: Prepositions that tie a noun to the speaker's phrase ("a spokesman for the ministry").
LINKS = words("of for van voor bij der")

#: Prepositions and conjunctions that open an adverbial at the beginning of a clause.
OPENERS = words("""
in on at after before during when while as with about from by near since until if because speaking asked despite
under following amid according for to without op na tijdens toen terwijl als met over bij tegen aan tot vanuit voor
uit naar omdat door onder tussen rond sinds via nadat voordat volgens zonder ondanks sedert te begin eind halverwege
halfway
""")

#: What else may stand first in a sentence before a name, with a capital that only its place gives it.
FIRST_IN_SENTENCE = (
    ADVERBS
    | STOPS
    | OPENERS
    | words("""
perhaps maybe indeed thus hence elsewhere nevertheless nonetheless besides instead only even still though neither
both either nor like unlike according asked pressed speaking questioned reached contacted writing quoted told poor
dear young old little big new former ex late tiny brave lucky exit enter cue thanks thank why how where what who
whose when whether once unless without within beyond despite except since until till yes no not never nobody
misschien wellicht kennelijk blijkbaar inderdaad helaas gelukkig vooral zelfs alleen slechts eerst ooit nooit straks
strakjes voordien nadien achteraf vooraf tegelijk tevens trouwens niettemin desondanks desalniettemin dergelijke
gevraagd geconfronteerd aldus zodoende daarom waarom hoe waar wanneer wie wat welke zodra zolang sinds tenzij
behalve ondanks dankzij namens wegens arme jonge oude kleine grote nieuwe voormalig wijlen dank bravo kortom
""")
)

CONNECTIVES = words("and but so yet or en maar dus want doch of though although")

#: English reporting verbs in the bare form, which is a noun as often as not (post, report, claim).
BASES = frozenset(f"{_EN_SAY} {_EN_TELL} {_EN_MANNER} {_EN_MIND} {_EN_NAME}".split()) - {"read", "put"}
