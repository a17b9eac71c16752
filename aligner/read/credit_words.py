"""Words that photo credits are made of: agencies, labels, and the small words between names.

All in lower case. Data only; `credits` has the rules.
"""

from __future__ import annotations


def _words(text: str, mark: str | None = None) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(mark) if word.strip())


#: Names that are agencies or picture desks wherever they stand.
AGENCIES = frozenset(
    _words("""
    afp anp ap apa ansa belga belgaimage bloomberg dpa epa efe epa-efe getty gettyimages reuters upi tass xinhua
    zuma imago alamy shutterstock unsplash pexels ntb scanpix ritzau tt lehtikuva keystone lapresse lusa pap ctk
    čtk mti tanjug hina sta tasr bns elta leta pa istock istockphoto adobestock dreamstime rex sipa sipausa
    nurphoto abacapress abaca maxppp cugnot hollandse kyodo jiji yonhap anadolu wenn splash backgrid photonews
    isopix pixabay flickr wikimedia picture-alliance novum magnum eyevine ullstein akg-images nasa esa
    afpforum ddp photothek agence pressphoto proshots photoshelter pool defodi camerapress
    """)
)

#: Agencies of two words: looked for as phrases.
AGENCY_PHRASES = _words(
    """
    getty images · associated press · hollandse hoogte · pro shots · agence france-presse · press association ·
    picture alliance · orange pictures · soccrates images · bsr agency · nur photo · canadian press · zuma press
    · anadolu agency · rex features · pa wire · pa media · pa images · adobe stock · ap photo · afp photo ·
    united photos · belga image · photo news · dutch media tools · brunopress · eyes on media · de beeldunie
    """,
    "·",
)

#: Patterns of words that announce a credit, before a colon or a name (`Foto: X`, `Beeld X`).
LABELS = _words(
    """
    foto's · foto’s · fotos · fotografie · fotograaf · fotobewerking · archieffoto · archiefbeeld · archief ·
    persfoto · foto · beeld · beelden · still · illustratie · bron · tekening · infographic · graphic · pics? ·
    photographs? · photographer · photography · photos? · pictures? · images? · file photo · file picture ·
    handout · screenshots? · screengrab · video · videostill · illustration · credits? · image credits? ·
    photo credits? · picture credits? · image source · photo source · source · courtesy · bild(?:er)? · fotos? ·
    quelle · symbolbild · archivbild · archivfoto · cr[ée]dits? photos? · cr[ée]dits? · image · cr[ée]ditos? ·
    imagen · imagem · fuente · cortes[íi]a · immagine · fonte · fot\\.? · zdj[ęe]cie · [źz]r[óo]d[łl]o · kuvat? ·
    kuvaaja · lähde · ilustrace · billede · bilde · kilde · källa
    """,
    "·",
)

#: Lower-case words that may stand between or beside names in a credit.
BETWEEN = frozenset(
    _words("""
    van de der den het 't ’t ten ter te op in 's ’s d' d’ von vom zu zur am und für durch of the and for via by
    from at courtesy en voor door uit met dank aan du des la le les et pour par da di del della dos das do e y i
    al el bin ibn ben af av och og ja a con
    """)
)

#: Lower-case nouns that are a source themselves (`Foto: eigen archief`, `Photo: handout`).
SOURCES = frozenset(
    _words("""
    archief archieven archive archives archiv stock images image handout pool picture pictures photo photos foto foto's
    fotos beeld press agency wire media nuotr. nuotr eigen privé privéarchief privéfoto privécollectie collectie
    collection familie family gemeente politie brandweer redactie fotoarchief beeldarchief aangeleverd supplied
    provided submitted file screenshot youtube twitter instagram facebook tiktok google wikipedia wikimedia
    commons privat zvg rr dr ap anp afp dpa epa reuters stockfoto video still illustratie illustration montage
    bewerking maps university ministerie provincie waterschap museum universiteit police department council
    fotograaf photographer fotografie photography persbureau alliance service press-handout
    """)
)
