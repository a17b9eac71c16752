"""Numbers by value: what is equal, what is not, and what is no number at all."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.judge import numbers
from aligner.judge.figures import figures
from aligner.judge.number_reading import values
from aligner.judge.number_words import dutch, english
from aligner.records import Kind, Pair

EQUAL = [
    ("Dat kost 1.000,5 meter kabel.", "That takes 1,000.5 metres of cable."),
    ("Er kwamen 1.500 man op af.", "It drew 1,500 people."),
    ("Er kwamen 1 500 man op af.", "It drew 1500 people."),
    ("Tweeëntwintig schapen liepen los.", "Twenty-two sheep were loose."),
    ("Honderdtwintigduizend flesjes.", "A hundred and twenty thousand bottles."),
    ("Na anderhalf jaar was het klaar.", "It was finished after eighteen months."),
    ("Het begint om half drie.", "It starts at 2.30 pm."),
    ("In de eerste helft van het jaar daalde de winst.", "Profit fell in the first six months of the year."),
    ("Na de eerste ronde stond zij tweede.", "She was second after the opening round."),
    ("De bus gaat om kwart voor vier.", "The bus leaves at 3:45."),
    ("Om tien over half zes ging het licht uit.", "The lights went out at 5.40 pm."),
    ("De zitting begint om 14.30 uur.", "The hearing opens at 2:30 pm."),
    ("Om middernacht ging de brug dicht.", "The bridge closed at midnight."),
    ("Een schuld van 2,5 miljard euro.", "A debt of €2.5 billion."),
    ("Een schuld van 3 biljoen dollar.", "A debt of $3 trillion."),
    ("Het leverde twee ton op.", "It raised 200,000 euros."),
    ("Tientallen schuiten lagen stil.", "Dozens of barges lay idle."),
    ("Een op de vijf fietst.", "20 per cent cycle."),
    ("Twee derde stemde mee.", "Two-thirds voted along."),
    ("Driekwart van de oogst.", "Three quarters of the harvest."),
    ("De prijs is verdubbeld.", "The price has doubled."),
    ("Een 35-jarige molenaar.", "A miller, 35, from the village."),
    ("Een vijfendertigjarige molenaar.", "A 35-year-old miller."),
    ("Op 26 maart 2025 brak de dijk.", "The dike broke on March 26, 2025."),
    ("Van 5-12 mei is het feest.", "The fair runs from 5 to 12 May."),
    ("In de jaren negentig was het er stil.", "It was quiet there in the 1990s."),
    ("De twintigste eeuw.", "The 20th century."),
    ("Ze verloren met 2-1.", "They lost 2-1."),
    ("Het ligt op 80 kilometer.", "It is 50 miles away."),
    ("Het werd 30 graden Celsius.", "It was 86 degrees Fahrenheit."),
    ("Een stuk van 10 hectare.", "A plot of 25 acres."),
    ("Bijna 2.000 mensen tekenden.", "As many as 1,987 people signed."),
    ("De tweede keer lukte het.", "The 2nd time it worked."),
    ("Een drieweekse staking.", "A three-week strike."),
    ("Tijdens kerstavond was het stil.", "It was quiet on 24 December."),
    ("Twee weken later.", "A fortnight later."),
    ("Zij waren het op één lijn eens.", "They were in two minds."),
    ("De Tweede Kamer stemt dinsdag.", "The lower house votes on Tuesday."),
    ("Seizoen 2011/2012.", "The 2011-12 season."),
]

DIFFERENT = [
    ("Er waren 35 klachten.", "There were 53 complaints.", "53 → 35"),
    ("Een schuld van 3 biljoen dollar.", "A debt of $3 billion.", ""),
    ("Het begint om half drie.", "It starts at half past three.", ""),
    ("Hij stopte in de eerste helft een strafschop.", "He saved a penalty in the second half.", ""),
    ("Het kostte 750.000 euro.", "It cost £750,000.", ""),
    ("De zitting is op donderdag.", "The hearing is on Tuesday.", ""),
    ("Op 3 april begint het.", "It starts on 6 April.", ""),
    ("Zes weken lag het stil.", "It lay idle for six days.", ""),
    ("Honderden kwamen kijken.", "Thousands came to look.", ""),
    ("Een op de acht zakt.", "Eight per cent fail.", ""),
    ("Dertien schuiten zonken.", "Three barges sank.", ""),
    ("De uitstoot daalde van 40 naar 20 procent.", "Emissions went from 20 to 40 per cent.", ""),
    ("Minstens 3.500 mensen mogen blijven.", "Up to 3,500 people may stay.", ""),
]


@pytest.mark.parametrize(("nl", "en"), EQUAL)
def test_equal_values_are_silent(nl, en):
    assert numbers.compare(Pair(nl, en)) == []


@pytest.mark.parametrize(("nl", "en", "suggestion"), DIFFERENT)
def test_conflicting_values_are_found(nl, en, suggestion):
    finding = numbers.compare(Pair(nl, en))[0]
    assert finding.kind is Kind.NUMBER
    assert finding.probability >= 0.7
    assert finding.nl is not None
    assert finding.en is not None
    if suggestion:
        assert finding.suggestion == suggestion


def test_suggestion_corrects_the_rendering():
    assert (
        numbers.compare(Pair("Er zijn 1.350 boten.", "There are 1,530 boats.", original="en"))[0].suggestion
        == "1.350 → 1.530"
    )


def test_a_lone_number_is_a_signal_only():
    pair = Pair("De brug is dicht.", "The bridge has been closed for 14 days.")
    assert numbers.compare(pair) == []
    assert numbers.signals(pair)["number_en_left"] == 1


def test_articles_and_pronouns_are_no_numbers():
    assert values("Een man zag eens een hond.", "nl") == () or all(
        v.weight < 0.5 for v in values("Een man zag eens een hond.", "nl")
    )
    assert all(value.weight < 0.5 for value in values("No one knew which one it was, for one thing.", "en"))


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("zevenenveertig", 47),
        ("negenhonderd", 900),
        ("elfduizend", 11000),
        ("achtste", 8),
        ("elftal", None),
        ("achteraf", None),
    ],
)
def test_dutch_words(word, value):
    found = dutch(word)
    assert (found and found[0]) == value


def test_english_words():
    assert english(("seven", "thousand", "million"))[0] == 7e9
    assert english(("two", "hundred", "and", "six", "boats"))[:2] == (206, 4)


def test_figures_of_both_languages():
    assert figures("1.500", "nl") == (1500,)
    assert figures("1.500", "en")[0] == 1.5
    assert figures("1.234.567,8", "nl") == (1234567.8,)
    assert figures("06", "nl") == ()


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.text(alphabet="0123456789 .,-%€$£:'½abehimnorstuwz ", max_size=80))
def test_never_raises_and_stays_inside(a, b):
    for pair in (Pair(a, b), Pair(b, a)):
        for finding in numbers.compare(pair):
            assert 0 <= finding.nl.start < finding.nl.end <= len(pair.nl)
            assert 0 <= finding.en.start < finding.en.end <= len(pair.en)
            assert 0 <= finding.probability <= 1
        numbers.signals(pair)


def test_a_code_of_figures_in_groups_is_read():
    assert [value.readings for value in values("De B0 000 staat klaar.", "nl")] == [(("code", 0.0),)]


@pytest.mark.parametrize(
    "piece", ["12 ", "twee ", "1.", "en een half ", "half ", "één op de ", "‑", "honderd", "12:30 "]
)
def test_hostile_cells_take_linear_time(piece):
    started = time.perf_counter()
    numbers.compare(Pair(piece * 2000, "thirteen " * 2000))
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("nl", "en"),
    [
        ("De 4-jarige Lisa is gevonden.", "Lisa, 14, has been found."),
        ("Broeder Anselm overleed op 19-jarige leeftijd.", "Brother Anselm has died at the age of 67."),
        ("Lisa (14) is zoek.", "Lisa, who is 15 years old, is missing."),
        ("De toegang is gratis tot 23 jaar.", "Admission is free for anyone below 32."),
    ],
)
def test_two_ages_stand_against_each_other(nl, en):
    assert numbers.compare(Pair(nl, en))[0].probability >= 0.8


def test_years_and_a_bare_figure_are_no_two_ages():
    pair = Pair("De 35-jarige Mark werkte 12 jaar in Gent.", "Mark, 35, had 30 people in Ghent.")
    assert all(finding.probability < 0.7 for finding in numbers.compare(pair))


@pytest.mark.parametrize(
    ("nl", "en", "told"),
    [
        (
            "Wie de regels overtreedt, riskeert een boete tot 6 procent.",
            "Offenders face fines of up to 4 percent.",
            True,
        ),
        ("Ruim 60 procent van de leden stemde voor.", "Of the members 62 percent voted in favour.", False),
        ("Ongeveer 5 procent van de bomen is ziek.", "About 5 percent of the trees are diseased.", False),
    ],
)
def test_a_hedge_does_not_make_small_percentages_equal(nl, en, told):
    assert bool(numbers.compare(Pair(nl, en))) is told
