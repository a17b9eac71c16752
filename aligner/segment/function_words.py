"""Closed lists of function words, lower case: words whose absence or change seldom changes what is said.

Determiners, auxiliaries, prepositions, conjunctions, pronouns and particles. Left out on purpose, since they
carry meaning that the judge looks at: negation (niet, geen, not, never, without), numerals, quantifiers (alle,
some), and the conditions and contrasts that govern a clause (als, mits, tenzij, zolang, maar, if, unless, but).
"""

from __future__ import annotations

_NL = """
de het een der des den 't 'n
die dat deze dit zulk zulke dergelijke diens wier welk welke wat wie
ik jij je u hij zij ze wij we jullie men mij me jou hem haar ons hen hun zich zichzelf elkaar
mijn jouw uw zijn onze 'm 'r z'n m'n d'r
ben bent is was waren geweest wees
heb hebt heeft hebben had hadden gehad
word wordt worden werd werden geworden
kan kun kunt kunnen kon konden gekund moet moeten moest moesten mag mogen mocht mochten
wil wilt willen wilde wilden wou zal zult zullen zou zouden zul hoeft hoeven hoefde
ga gaat gaan ging gingen doe doet doen deed deden laat laten liet lieten blijf blijft blijven bleef
aan achter af bij binnen boven buiten door in langs met na naar naast om onder op over per
rond rondom sinds tegen tijdens tot tussen uit van vanaf vanuit vanwege via volgens voor voorbij wegens
en of want dus dan toen terwijl omdat doordat zodat opdat
er hier daar waar hoe ook nog al wel eens maar even toch zo zeer heel erg nou hoor immers namelijk
te ten ter toe heen terug weg neer mee
eraan erbij erdoor erin ermee erna ernaar erom erop erover ertegen ertoe eruit ervan ervoor
daaraan daarbij daardoor daarin daarmee daarna daarnaar daarom daarop daarover daartegen daartoe daarvan daarvoor
hieraan hierbij hierdoor hierin hiermee hierna hierom hierop hierover hiertegen hiervan hiervoor
waaraan waarbij waardoor waarin waarmee waarna waarnaar waarom waarop waarover waartegen waarvan waarvoor
"""
_EN = """
the a an
this that these those such which what who whom whose
i you he she it we they me him her us them one
my your his its our their mine yours hers ours theirs
myself yourself himself herself itself ourselves yourselves themselves each other
am is are was were be been being
have has had having do does did doing done
can could may might must shall should will would ought
i'm you're he's she's it's we're they're that's there's who's what's here's let's
i've you've we've they've i'd you'd he'd she'd we'd they'd i'll you'll he'll she'll it'll we'll they'll
go goes going gonna get gets got let lets
about above across after against along alongside amid among amongst around as at before behind below beneath
beside besides between beyond by during for from in inside into near of off on onto out outside over past per
since through throughout to toward towards under underneath until up upon via with within
and or so than then when while because whereas
there here where how also too just even still yet very really quite rather well indeed
's 're 've 'd 'll 'm
"""
#: Language code → its function words.
FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "nl": frozenset(_NL.split()) - {"maar"},  # `maar` is a particle too, but first a contrast
    "en": frozenset(_EN.split()),
}
