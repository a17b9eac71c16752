"""Words for the same office or trade, in both languages: "de burgemeester" finds "mayor Ann Bell". Data only."""

from __future__ import annotations

from aligner.segment.wordlist import words

_GROUPS = """
burgemeester burgervader burgermoeder mayor
premier minister-president prime-minister regeringsleider
president staatshoofd
minister bewindsman bewindsvrouw bewindspersoon secretary
staatssecretaris bewindsman bewindsvrouw
wethouder schepen alderman alderwoman councillor
kamerlid parlementslid volksvertegenwoordiger politicus politica mp lawmaker politician
partijleider fractievoorzitter oppositieleider leider leader
voorzitter voorzitster preses chair chairman chairwoman chairperson voorman voorvrouw
directeur directrice director baas boss topman topvrouw ceo bestuursvoorzitter bestuurder chief executive head
woordvoerder woordvoerster spokesman spokeswoman spokesperson
rechter judge magistraat magistrate
aanklager officier prosecutor procureur
advocaat advocate raadsman raadsvrouw lawyer attorney solicitor barrister
arts dokter doctor medicus huisarts physician gp chirurg specialist cardioloog uroloog nefroloog neuroloog
leerling leerlinge pupil apprentice student studente promovendus promovenda
leermeester mentor teacher
chirurg arts surgeon doctor
verpleger verpleegster verpleegkundige nurse
hoogleraar professor prof academic academicus
onderzoeker onderzoekster wetenschapper wetenschapster researcher scientist academic
bioloog biologe ecoloog ecologe biologist ecologist zoologist
viroloog virologe epidemioloog virologist epidemiologist
historicus historica geschiedkundige historian
econoom econome economist
schrijver schrijfster auteur romancier writer author novelist
dichter dichteres poet
journalist verslaggever reporter journaliste
kunstenaar kunstenares schilder artist painter
zanger zangeres singer soprano tenor
acteur actrice actor actress
regisseur filmmaker cineast director
trainer coach bondscoach manager hoofdcoach oefenmeester
doelman keeper goalie goalkeeper
aanvoerder captain
speler voetballer player footballer
wielrenner renner rider cyclist coureur
boer boerin landbouwer veehouder melkveehouder akkerbouwer farmer
visser vissersman fisherman
schipper kapitein skipper captain
bakker baker
slager butcher
kok chef cook
winkelier winkelierster shopkeeper
uitbater uitbaatster eigenaar eigenares zaakvoerder zaakvoerster ondernemer owner proprietor landlord kroegbaas
oprichter oprichtster founder initiatiefnemer initiatiefneemster
leraar lerares docent docente onderwijzer juf meester teacher
rector schooldirecteur headteacher headmaster headmistress principal head
brandweercommandant bevelvoerder commandant commander
commandant commander kolonel colonel majoor generaal general
boswachter ranger
agent politieman politieagent officer policeman
commissaris korpschef inspecteur superintendent inspector chief
pastoor priester geestelijke pastor dominee predikant priest vicar clergyman cleric
imker bijenhouder beekeeper
molenaar miller
conciërge caretaker janitor
buurman buurvrouw buur neighbour neighbor
vader father dad
moeder mother mum
man echtgenoot husband
vrouw echtgenote wife
inwoner bewoner bewoonster resident
getuige witness
verdachte beklaagde suspect defendant accused
investigator detective inspector rechercheur speurder
aanklager prosecutor procureur
deskundige expert specialist
ambtenaar official
architect ontwerper designer
tuinder teler grower
ambassadeur diplomaat gezant ambassador diplomat envoy
bewindsman bewindsvrouw minister staatssecretaris minister-president
dominee predikant geestelijke priester pastoor vicar priest reverend clergyman rev
peer lord lady baron barones baroness
monk monnik broeder brother pater
nun zuster sister
"""

_SETS = [words(line) for line in _GROUPS.strip().splitlines()]

#: A word → all words that may name the same person.
SYNONYMS: dict[str, frozenset[str]] = {
    word: frozenset().union(*(group for group in _SETS if word in group)) for group in _SETS for word in group
}

#: Words for the same body: "de politie" is "het korps" further on, "the council" "the authority".
_BODY_GROUPS = """
politie police korps force politiekorps constabulary
ministerie ministry departement department
gemeente gemeentebestuur stad stadsbestuur council authority city raad gemeenteraad college town
bond vakbond federatie vereniging organisatie brancheorganisatie belangenorganisatie koepel gilde union federation
association guild society organisation organization body
abdij abbey klooster monastery convent community gemeenschap priory order orde
school college academy academie universiteit university instelling institution hogeschool
ziekenhuis hospital trust kliniek clinic instelling
bedrijf company firm onderneming concern maker manufacturer fabrikant producent keten chain retailer
stichting foundation charity trust organisatie fonds fund
club ploeg team elftal
parket openbaar-ministerie om
waterschap hoogheemraadschap
brandweer fire-service brigade service
rechtbank court hof tribunal
krant newspaper dagblad paper
museum instelling gallery
"""

BODY_SYNONYMS: dict[str, frozenset[str]] = {}
for _line in _BODY_GROUPS.strip().replace("union federation\n", "union federation ").splitlines():
    for _word in words(_line):
        BODY_SYNONYMS[_word] = BODY_SYNONYMS.get(_word, frozenset()) | words(_line)

#: Plurals that mean the force, without having been introduced.
POLICE = words("officers agenten detectives rechercheurs politiemensen")

#: Offices that one holds without having been introduced: "the judge" need not be who was named last.
OFFICES = words("""
rechter judge magistraat officier prosecutor aanklager minister premier president burgemeester mayor wethouder schepen
koning koningin king queen paus pope woordvoerder woordvoerster spokesman spokeswoman spokesperson advocaat lawyer
directeur director voorzitter chair chairman trainer coach verpleegster verpleegkundige nurse arts dokter doctor agent
officer inspecteur inspector commissaris commandant chief getuige witness verdachte suspect deskundige expert buurman
buurvrouw neighbour moeder vader mother father man vrouw wife husband scheidsrechter referee curator ombudsman notaris
rector pastoor priest vicar eigenaar owner conciërge caretaker secretaris secretary ambtenaar official
huisarts gp chirurg surgeon gouverneur governor procureur raadsman raadsvrouw barrister solicitor attorney
""")
