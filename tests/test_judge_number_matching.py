"""Which quantity answers to which, and how certain it is that two stand against each other."""

from __future__ import annotations

import pytest

from aligner.judge import numbers
from aligner.judge.number_matching import match
from aligner.judge.number_values import granule
from aligner.records import Pair

EQUAL = [
    ("De wedstrijd was na 27:37 beslist.", "The match was over after 27:37."),
    ("Ze liep 1.04,37 op de horden.", "She clocked 1:04.37 in the hurdles."),
    ("De trein vertrekt om 4.30 uur.", "The train, which leaves at 4.30, is full."),
    ("Er valt 5 tot 10 centimeter sneeuw.", "Two to four inches of snow are due."),
    ("De wind haalt 140 km per uur.", "Winds of 85 mph are expected."),
    ("De bus rijdt 64 km/u.", "The bus does 64 kph."),
    ("Het dorp ligt op 200 km.", "The village is 130 miles away."),
    ("De rups meet 3 centimeter.", "The caterpillar is an inch and a quarter long, or 1.25 inches."),
    ("Eén op zes huizen staat leeg.", "One in six houses is empty."),
    ("Acht van de tien molens draaien.", "Eight of the village's ten mills are turning."),
    ("Het is de op twee na grootste haven.", "It is the third largest port."),
    ("Op één na de oudste club.", "The second oldest club."),
    ("Hij is in de twintig.", "He is in his twenties."),
    ("Ze ruzieden tientallen jaren.", "They quarrelled for decades."),
    ("Er staan zo'n vijftig hutten.", "There are some four dozen huts."),
    ("De koe brak zondagnacht uit.", "The cow broke out in the small hours of Monday."),
    ("Er kwamen een half dozijn gasten.", "Six guests came."),
    ("De rente daalt een kwart procentpunt.", "The rate falls by a quarter of a percentage point."),
    ("Na zes kwartalen groeit de streek weer.", "After a year and a half the region grows again."),
    ("Het water was 1,4 graad te warm.", "The water was 2.5 degrees Fahrenheit too warm."),
    ("Er stonden anderhalf keer zoveel koeien.", "There were half as many cows again."),
    ("Minder dan de helft is stuk.", "More than half are sound."),
    ("De koerier was drie minuten trager.", "The courier took three minutes more."),
    ("De markt is nu maandag in plaats van woensdag.", "The market, meant for Wednesday, is now on Monday."),
    ("Dat was in september.", "That was in Sept."),
    ("Van de 31 doden zijn er negen kind.", "Nine children and 22 adults died."),
]

DIFFERENT = [
    ("De drie wedstrijden tegen Gent, nu voor de vierde maal.", "The six matches with Ghent, now for the fourth time."),
    ("De toren staat 645 mijl (1040 km) verder.", "The tower is 6450 miles (1040 km) away."),
    ("Een doek van 6 bij 6 cm.", "A canvas of 26 by 6 cm."),
    ("Zij wonnen vier van de vier duels.", "They won seven duels out of four."),
    ("Op 28 juni zonk de boot.", "The boat sank on June 82."),
    ("Om 15:16 ging de bel.", "The bell rang at 15:61."),
    ("De goal viel na 27:37.", "The goal came at 27:27."),
    ("In de jaren '36 was het er druk.", "It was busy there in the 1930s."),
    ("In 38 procent van de gevallen, tegen 30 procent.", "In 38 percent of cases, against 38 percent."),
    ("De boete gaat tot 30.000 euro.", "The fine is up to 30,500 euros."),
    ("Wachten tot zeker 2031.", "A wait until at least 2034."),
    ("Ruim 46 procent stemde voor.", "Over 45 percent voted in favour."),
    ("Het dorp ligt op 200 km.", "The village is 137 miles away."),
    ("De twee jaar oude brug kostte 3 procent meer.", "The bridge, eleven years old, cost 3 percent more."),
    ("Acht van de tien molens draaien.", "Eight of the village's fifteen mills are turning."),
    ("Hij stierf in 1870.", "He died in 18700."),
    ("Een kaart kost 30 of 10 dollar.", "A ticket costs 300 or 10 dollars."),
    ("De club vierde haar 65e verjaardag.", "The club celebrated its 63rd birthday."),
    ("De redding duurde twaalf minuten, zijn eerste.", "The rescue, his first, took eleven minutes."),
]


@pytest.mark.parametrize(("nl", "en"), EQUAL)
def test_equal_quantities_are_not_surely_at_odds(nl, en):
    assert all(finding.probability < 0.7 for finding in numbers.compare(Pair(nl, en)))


@pytest.mark.parametrize(("nl", "en"), DIFFERENT)
def test_different_quantities_are_surely_at_odds(nl, en):
    assert numbers.compare(Pair(nl, en))[0].probability >= 0.7


def test_each_quantity_serves_once():
    found = match(Pair("Twee schepen, twee kapiteins.", "Two ships and their captains."))
    assert [a.span.of("Twee schepen, twee kapiteins.") for a, _ in found.matched] == ["Twee"]
    assert len(found.nl_again) == 1
    assert found.nl_left == found.en_left == ()


def test_a_thing_told_twice_is_no_finding():
    pair = Pair("De twee zussen zwegen; de twee waren moe.", "The two sisters kept silent; they were tired.")
    assert numbers.compare(pair) == []


def test_arithmetic_explains_another_figure():
    pair = Pair("Van de 39 winkels hielden vier zich aan de wet.", "Inspectors caught 35 of the 39 shops.")
    assert all(finding.probability < 0.7 for finding in numbers.compare(pair))


@pytest.mark.parametrize(
    ("nl", "en", "wrong"),
    [
        ("Een vrouw van 34 en een man van 43.", "A woman aged 43 and a man of 34.", True),
        ("Een vrouw van 34 en een man van 43.", "A man of 43 and a woman aged 34.", False),
        ("De boer had 19 koeien en 212 schapen.", "The farmer owned 212 cows and 19 sheep.", True),
        ("De omzet steeg 3 procent, de winst 8.", "Profit rose 8 percent, turnover 3.", False),
        ("Van de vijf boeren stopten er drie.", "Three of the five farmers gave up.", False),
    ],
)
def test_figures_exchanged_between_their_owners(nl, en, wrong):
    findings = [finding for finding in numbers.compare(Pair(nl, en)) if "where the English says" in finding.evidence]
    assert bool(findings) is wrong


@pytest.mark.parametrize(("amount", "step"), [(130, 10), (137, 1), (165, 5), (2.5, 0.1), (200, 100), (0, 1)])
def test_the_step_in_which_a_figure_is_told(amount, step):
    assert granule(amount) == pytest.approx(step)
