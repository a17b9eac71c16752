"""Frequent short words of eight languages, as evidence for `language.detect`. Data only.

A word may stand in several lists: it then speaks for all of them against the rest. The lists of the
third languages exist to keep Afrikaans and German from being taken for Dutch; they need not be long.
"""

from __future__ import annotations

from aligner.segment.wordlist import listed

_NL = listed("""
de het een en van in is dat op te zijn met voor niet aan er die om als dan bij ook naar uit nog door over ze zich
maar hij ik je we wij zij jij u jullie hun haar hem ons onze onder tot heeft hebben had hadden was waren wordt
worden werd werden kan kunnen kon konden moet moeten moest wil willen wilde zal zullen zou zouden mag mogen mocht
gaat gaan ging gingen komt komen kwam kwamen staat staan stond ligt lag zit geen veel meer al wel tegen na tijdens
tussen sinds omdat zodat terwijl toen nu hier daar waar wie wat hoe waarom welke dit deze dat mijn jouw uw zijn
iemand niemand iets niets alles iedereen altijd nooit weer zo zonder binnen buiten boven vanaf volgens aldus zei
zegt zeggen vindt vertelt gisteren vandaag morgen maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari
februari maart mei juni juli augustus oktober jaar jaren uur eerste tweede nieuwe nieuw oude oud grote groot goede
goed kleine links rechts archieffoto foto beeld staat vrouw man mensen kinderen stad een twee drie vier vijf zes
zeven acht negen tien of en toch heel erg alleen samen achter naast rond per zelf eigen andere ander elk elke alle
beide sommige vele enkele elkaar want dus hoewel indien mits tenzij zolang voordat nadat wanneer via langs doet doen
deed maakt maken gemaakt geen gedaan krijgt krijgen kreeg laat laten liet blijft blijven bleef ziet zien zag weet
weten wist denkt denken dacht mij me hen eens even steeds graag liever beter best minder minst zoals ander
tweeduizend 's 't m'n z'n d'r heb hebt bent ben
""")

_EN = listed("""
the of and to a in is that for it with as was on be at by this had not are but from or have an they which one you
were her all she there would their we him been has when who will more no if out so said what up its about into than
them can only other new some could time these two may then do first any my now such like our over man me even most
made after also did many before must through back years where much your way well down should because each just those
people mr how too little state good very make world still own see men work long get here between both life being
under never day same another know while last might us great old year off come since against go came right used take
three he i his her hers left during says say told added warned according monday tuesday wednesday thursday friday
saturday sunday january february march april june july august september october november december file photo picture
seen near outside inside without within whether although unless until though across around behind beside along next
week month today yesterday tomorrow woman women children police city four five six seven eight nine ten nobody
someone something nothing everyone isn't don't doesn't didn't can't won't wasn't couldn't it's he's she's we're
they're i'm you're that's there's does doing done want wants let lets going goes gone think thinks keep got again
always every why whose upon toward towards per via best better less least few am wasn't aren't weren't hasn't
haven't hadn't wouldn't shouldn't
""")

_DE = listed("""
der die das und ist nicht ein eine einer eines einem einen zu den dem des mit von für auf im am an als auch sich bei
aus nach wie wir ihr sie er es ich wird werden wurde wurden hat haben hatte sind war waren sein kann können über
unter vor durch um noch nur oder aber wenn dass daß so zum zur vom beim sagte sagt keine kein mehr schon sehr was
wer wo ihre seine unsere jahr jahre jahren gegen bis zwischen während seit
""")

_AF = listed("""
die het 'n en van in is dat op te nie met vir aan hy hulle ons sy ek jy dit was om as by ook na uit nog oor maar hul
haar hom word kan sal moet wil sê baie daar hier wat wie hoe hoekom hierdie daardie geen meer tot teen sonder deur
nadat omdat terwyl gehad gesê naby verlede jaar jare vandag gister môre my jou julle onder toe weer steeds reeds se
mense nuwe goeie vyf ses sewe agt nege honderde duisende miljoen polisie regering kinders vrou vroue dorp huise
skool skole kos pad paaie nag wêreld lewe werk werkers prys pryse boere plaas reën hospitaal dokter hof regter
verkiesing leier span speler wedstryd suid kaap maak gaan kom kyk sien loop lê bly gee neem kry vra dink voel begin
hou bring speel wag help woon praat skryf lees koop verkoop verloor gewen gesterf beseer gevind gekom gegaan gemaak
gedoen gesien gegee gekry gehou genoem geopen gesluit gebou verby langs sedert indien totdat self saam altyd nooit
dikwels soms net amper ongeveer heeltemal eintlik vroeg laat oggend middag aand nuus regs agter voor bo so iets niks
iemand niemand elke ander klein oud ou jong lank hoog ver mooi swaar vinnig kort moeilik belangrik duidelik krag
stad gestaan gesit geloop gevat gery brug
""")

_FR = listed("""
le la les un une des du de et est à au aux en dans pour par sur avec que qui ne pas plus il elle ils elles on nous
vous se sa son ses leur leurs ce cette ces été être avoir a ont sont était d'un d'une mais ou où comme entre sans
sous après lors dit selon deux ans très tout tous même
""")

_ES = listed("""
el la los las un una de del y en es que a por con para no se su al lo como más pero sus le ya o este sí porque esta
entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante dos años fue son ha han era está
dijo según
""")

_IT = listed("""
il lo la i gli le un uno una di del della dei delle dello degli da dal dalla in nel nella con su sul sulla per tra
fra e è che non si come più ma anche ha hanno sono era dopo davanti durante al alla ai alle agli all' dell' due anni
detto secondo
""")

#: Language code → its frequent words, lower case.
WORDS: dict[str, frozenset[str]] = {
    "nl": frozenset(_NL),
    "en": frozenset(_EN),
    "de": frozenset(_DE),
    "af": frozenset(_AF),
    "fr": frozenset(_FR),
    "es": frozenset(_ES),
    "it": frozenset(_IT),
}

#: Languages each frequent word belongs to.
LANGUAGES_OF: dict[str, frozenset[str]] = {
    word: frozenset(code for code, words in WORDS.items() if word in words)
    for word in frozenset().union(*WORDS.values())
}
