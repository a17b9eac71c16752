"""Words that come with people and bodies: titles, roles, particles of names, first names. Data only."""

from __future__ import annotations

from aligner.segment.wordlist import words

#: Small words inside a surname; they bind to the capitalised word that follows.
PARTICLES = words("""
van de den der het 't ’t 's ’s ten ter te op von zu zur zum du des del della di da dos das do la le los el al bin
ibn ben bint ould abu ap af av y e d' vande vander vanden
""")

#: Prepositions that open a surname, with an article behind them: in 't Veld, Uit den Bogaard.
SURNAME_PREPOSITIONS = words("in aan uit op onder over bij voor achter tot")

HONORIFICS: dict[str, str] = {
    "mr": "m",
    "mr.": "m",
    "mister": "m",
    "sir": "m",
    "lord": "m",
    "mrs": "f",
    "mrs.": "f",
    "ms": "f",
    "ms.": "f",
    "miss": "f",
    "lady": "f",
    "dame": "f",
    "madam": "f",
    "dhr": "m",
    "dhr.": "m",
    "meneer": "m",
    "mijnheer": "m",
    "heer": "m",
    "mevr": "f",
    "mevr.": "f",
    "mevrouw": "f",
    "mw": "f",
    "mw.": "f",
    "juffrouw": "f",
    "dr": "",
    "dr.": "",
    "prof": "",
    "prof.": "",
    "drs": "",
    "drs.": "",
    "ir": "",
    "ir.": "",
    "ing": "",
    "ing.": "",
    "cllr": "",
    "cllr.": "",
    "councillor": "",
    "pc": "",
    "sgt": "",
    "det": "",
    "insp": "",
    "supt": "",
    "lt": "",
    "col": "",
    "gen": "",
    "gen.": "",
    "sen.": "",
    "rep.": "",
    "gov.": "",
    "lt.": "",
    "sgt.": "",
    "capt.": "",
    "col.": "",
    "hon": "",
    "doctor": "",
    "dokter": "",
    "professor": "",
    "hoogleraar": "",
    "pater": "m",
    "father": "m",
    "broeder": "m",
    "zuster": "f",
    "sister": "f",
    "brother": "m",
    "rev": "",
    "rev.": "",
    "st": "",
    "prins": "m",
    "prinses": "f",
    "koning": "m",
    "koningin": "f",
    "prince": "m",
    "princess": "f",
    "king": "m",
    "queen": "f",
    "graaf": "m",
    "baron": "m",
    "imam": "m",
    "rabbijn": "",
    "rabbi": "",
    "bisschop": "m",
    "bishop": "",
    "paus": "m",
    "pope": "m",
    "kardinaal": "m",
    "cardinal": "m",
    "jonkheer": "m",
    "tante": "f",
    "oom": "m",
    "aunt": "f",
    "uncle": "m",
    "opa": "m",
    "oma": "f",
}

#: Words for what somebody is. A word that ends in one of the long ones (compounds) counts too.
ROLES = words("""
graaf dokter minister premier president voorzitter burgemeester wethouder schepen gedeputeerde staatssecretaris
kamerlid raadslid senator ambassadeur directeur bestuurder bestuursvoorzitter topman topvrouw ceo cfo eigenaar
eigenares oprichter ondernemer woordvoerder woordvoerster advocaat advocate rechter officier procureur aanklager
inspecteur commissaris commandant brandweercommandant korpschef agent generaal kolonel majoor kapitein luitenant
sergeant soldaat trainer coach bondscoach doelman keeper verdediger aanvaller spits middenvelder aanvoerder speler
speelster renner schaatser zwemster atleet turnster wetenschapper onderzoeker onderzoekster historicus econoom
bioloog arts chirurg verpleegkundige verpleegster huisarts psycholoog leraar lerares docent docente schooldirecteur
student studente leerling rector decaan boer boerin visser bakker slager kok chef winkelier kapper buurman buurvrouw
buurtbewoner bewoner bewoonster inwoner omwonende vrijwilliger vrijwilligster activist activiste schrijver
schrijfster auteur dichter kunstenaar kunstenares zanger zangeres acteur actrice regisseur muzikant dirigent curator
conservator journalist verslaggever fotograaf presentator presentatrice leider leidster fractievoorzitter
fractieleider partijleider oppositieleider lijsttrekker informateur secretaris penningmeester manager projectleider
teamleider afdelingshoofd hoofd baas zaakvoerder zaakvoerster uitbater uitbaatster getuige verdachte slachtoffer
dader moeder vader zoon dochter broer zus man vrouw weduwe weduwnaar meisje jongen ooggetuige machinist chauffeur
schipper piloot ingenieur architect aannemer timmerman boswachter dierenarts dominee priester pastoor ombudsman
notaris makelaar analist adviseur deskundige expert specialist coordinator coördinator gids toerist bezoeker klant
reiziger passagier patiënt patient kandidaat winnaar winnares kampioen kampioene ploegleider sportdirecteur
scheidsrechter voorvrouw voorman vakbondsleider vakbondsman boegbeeld beheerder beheerster mayor prime chancellor
secretary secretary-general chairman chairwoman chair chairperson head leader director executive owner founder
co-founder spokesman spokeswoman spokesperson lawyer attorney solicitor barrister judge prosecutor inspector
commissioner commander chief officer general colonel major captain lieutenant soldier goalkeeper striker midfielder
defender player runner swimmer scientist researcher historian economist biologist doctor surgeon nurse psychologist
teacher headteacher headmaster headmistress principal lecturer pupil dean farmer fisherman baker butcher cook
shopkeeper hairdresser neighbour neighbor resident volunteer campaigner writer author poet artist singer soprano
tenor actor actress conductor musician reporter photographer presenter editor publisher councillor councilor
congressman congresswoman representative governor envoy ambassador diplomat analyst adviser advisor engineer builder
driver pilot sailor skipper vicar priest bishop candidate winner champion referee witness suspect victim mother
father son daughter brother sister husband wife widow widower woman boy girl teenager pensioner grandmother
grandfather uncle aunt cousin friend colleague partner customer visitor tourist passenger guide ranger forester vet
organiser organizer treasurer superintendent detective constable firefighter paramedic midwife carer librarian
caretaker plumber electrician carpenter winemaker beekeeper shepherd gardener welder miner archaeologist geologist
ecologist climatologist virologist astronomer chemist physicist mathematician statistician dietitian diëtiste
therapist therapeut veteran veteraan brewer brouwer imker herder tuinman mijnwerker archeoloog geoloog ecoloog
klimatoloog viroloog sterrenkundige chemicus natuurkundige wiskundige statisticus monteur loodgieter elektricien
vroedvrouw verloskundige bibliothecaris conciërge kunstschilder official aide insider inventor bouwer producer
producent designer ontwerper filmmaker cineast recensent critic criticus reviewer ambtenaar topambtenaar medewerker
medewerkster leidinggevende imkerster juror jury organisator organisatrice initiatiefnemer initiatiefneemster
collega historica biologe psychologe politicus politica politician lawmaker mp mep wetenschapster onderwijzer
onderwijzeres juf meester tolk interpreter vertaler translator columnist blogger influencer goalie quarterback
batsman bowler sprinter marathonloper wielrenner wielrenster tennisser tennisster voetballer voetbalster molenaar
miller smid blacksmith jager hunter vlogger bloemist florist kapster kelner waiter waitress barman ober serveerster
grower teler tuinder fruitteler veehouder melkveehouder akkerbouwer lobbyist bestuurslid commissielid
gemeenteraadslid clerk beadle steward warden cashier kassier griffier secretaresse kroegbaas boss gast stamgast
guest bezoekster lid member deputy vice plaatsvervangend vicevoorzitter vicepremier oud-minister ex-minister oud-
former acting senior junior hoofdinspecteur hoofdredacteur redacteur uitgever raadsman raadsvrouw advocaat-
beklaagde gedaagde veroordeelde arrestant defendant accused convict detainee investigator rechercheur speurder peer
baron assistent assistente begeleider begeleidster raadgever bewaker bewaakster postbode postman koster sexton
verzorger verzorgster source bron diplomat diplomaat cardioloog uroloog nefroloog neuroloog psychiater internist host
gastheer gastvrouw lezer lezeres kijker luisteraar koper huurder kiezer fietser wandelaar automobilist reader viewer
listener voter buyer stagiair stagiaire leerling leerlinge pupil apprentice mentor leermeester promovendus promovenda
""")

MALE_ROLES = words("""
man husband father son brother uncle grandfather boy king prince lord chairman spokesman businessman fisherman
policeman headmaster actor widower fireman vader zoon broer oom jongen koning prins buurman topman
doelman weduwnaar zakenman visserman voorman vakbondsman timmerman raadsman opa grandad gentleman monk bachelor
stepfather
""")
FEMALE_ROLES = words("""
woman wife mother daughter sister aunt grandmother girl queen princess lady chairwoman spokeswoman businesswoman
policewoman headmistress actress widow vrouw moeder dochter zus tante meisje koningin prinses buurvrouw topvrouw
woordvoerster voorzitster zangeres schrijfster actrice lerares docente verpleegster kunstenares presentatrice boerin
eigenares bewoonster onderzoekster advocate activiste studente zaakvoerster uitbaatster winnares kampioene
raadsvrouw voorvrouw weduwe oma soprano midwife vroedvrouw granny nun sopraan leidster speelster zwemster turnster
directrice weduwe diëtiste
""")

#: Nouns that name a body that speaks as one.
BODIES = words("""
politie police parket om gemeente ministerie ministry kabinet regering government council gemeenteraad raad board
bestuur agency agentschap bureau bank bond vakbond union league club vereniging stichting foundation charity bedrijf
company firm firma onderneming concern organisatie organization organisation commissie commission committee comité
hof court rechtbank school universiteit university hogeschool hospital ziekenhuis museum partij party fractie
coalitie coalition oppositie opposition leger army navy marine air brandweer fire service dienst inspectie
inspectorate authority autoriteit autoriteiten authorities officials functionarissen onderzoekers researchers
scientists wetenschappers residents bewoners inwoners omwonenden buurtbewoners villagers farmers boeren experts
deskundigen critics critici activists activisten organisers organisatoren workers werknemers arbeiders teachers
leraren ouders parents students studenten scholieren doctors artsen lawyers advocaten prosecutors witnesses getuigen
ooggetuigen relatives nabestaanden familie family neighbours neighbors buren supporters fans spelers players sources
bronnen institute instituut centrum centre center federation federatie waterschap provincie province house kamer
parlement parliament senaat senate team ploeg zoo dierentuin theater theatre festival krant newspaper magazine
network station church kerk parish parochie trust fund fonds group groep association coöperatie cooperative airline
luchtvaartmaatschappij airport luchthaven port haven railway operator vervoerder publiek audience crowd menigte
medewerkers staff employees personeel spokespeople woordvoerders lokale plaatselijke voorstanders tegenstanders
opponents korps departement department guild gilde abbey abdij klooster convent brigade society instantie
programme programma show podcast
""")

#: Last words of a capitalised run that is a body or a place, not a person.
NOT_PEOPLE = frozenset(w.capitalize() for w in BODIES) | words("""
Street Road Square Park Bridge River Lake Hall Castle Tower Station Airport Avenue Lane Hill Bay Island Islands
Valley Café Cafe Hotel Plaza Stadium Arena College Academy Bill Act Treaty Accord Agreement Cup League Prize Award
Festival Times Post Guardian News Radio Journal States Kingdom Republic Union Nations Europe America Africa Asia
Zealand Zuid Noord Oost West Straat Laan Plein Weg Brug Kanaal Ziekenhuis Universiteit Stichting Vereniging Gracht
Markt Dijk Polder Meer Bos Centraal Limited Ltd Inc BV NV Group Holdings FC United City Rovers Town Wanderers Kamer
Nederland België Holland Belgium Christmas Easter Pasen Kerstmis Day House Crown Office Department Channel Sea Ocean
Zee County Council Committee Report Forum Summit
""")

#: Endings of nouns for what a firm is or somebody does, which stand before a name: "Bouwmarktketen Praxo".
KINDS = (
    *("keten", "houder", "verwerker", "fabrikant", "producent", "aanbieder", "exploitant", "leverancier", "maker"),
    *("vervoerder", "verzekeraar", "waakhond", "bestuurder", "liefhebber", "bewoner", "bewoonster", "verkoper", "ière"),
)
