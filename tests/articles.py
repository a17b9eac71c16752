"""Articles of our own for tests: small, invented, in both directions."""

from __future__ import annotations

FERRY = """Ferry crews vote to end two-week strike
Sailings between the islands resume on Monday, the operator says.
“We hebben gekregen waar we om vroegen. Niemand van ons wilde de eilanden langer afsluiten,” zei Dekker. / ANP
14 May 2024

Crews on the northern ferries have voted to end a strike that cut off four islands for two weeks.

The deal gives them two extra days of leave a month, said Marijke Dekker, who led the talks for the union.

"We got what we asked for. None of us wanted to cut the islands off any longer," Dekker said.

The operator lost an estimated 1.2 million euros in fares. It will not try to win that money back from the union.

"The next time we meet, I hope it is over coffee," she added.
"""

MARKET = """Marktkooplui keren terug naar het Havenplein

Na drie jaar verbouwing staat de weekmarkt weer op het plein.

The stalls returned to the square after three years of building work. (Photo: Joris Aerts)

De markt telt 64 kramen, acht meer dan voor de verbouwing. Volgens de gemeente kwamen er zaterdag 5.500 bezoekers.

“Ik heb mijn oude klanten teruggezien”, zei visboer Willem Terpstra. “Sommigen stonden te huilen.”

Na drie jaar werkzaamheden staan de kramen weer op het plein.
"""

PLAIN = """Council agrees budget

The council agreed the budget on Tuesday after a debate of six hours. Nobody voted against it.
"""


def template(number: int) -> str:
    """An article unlike its neighbours, for runs over many."""
    towns = ["Aalsmeer", "Brielle", "Coevorden", "Delden", "Elburg", "Franeker", "Goes", "Hattem"]
    town, cost = towns[number % len(towns)], 10 + number
    return (
        f"{town} gets a new bridge\n\n"
        f"“De brug bij {town} gaat {cost} miljoen euro kosten,” zei wethouder Anna Visser. / ANP\n\n"
        f"The town of {town} will get a new bridge across the river after years of debate.\n\n"
        f'"The bridge at {town} is going to cost {cost} million euros," said alderman Anna Visser.\n\n'
        f"Work is to begin in {2030 + number % 7}, when the old one closes for good.\n"
    )
