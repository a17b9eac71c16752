"""Names: exonyms, derivations and spellings are equal; another name is not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.judge import names
from aligner.records import Kind, Pair

EQUAL = [
    ("Het kabinet in Den Haag zwijgt.", "The cabinet in The Hague is silent."),
    ("De Haagse rechter besloot het.", "The judge in The Hague decided it."),
    ("De top in Luik liep uit.", "The summit in Liège overran."),
    ("De NAVO en de VN zwijgen.", "NATO and the United Nations are silent."),
    ("Een Belgische schipper.", "A skipper from Belgium."),
    ("De Zuid-Koreaanse premier.", "South Korea's prime minister."),
    ("Volgens Jan van der Meulen is het klaar.", "According to Van der Meulen it is finished."),
    ("Hij sprak met Poetin.", "He spoke to Putin."),
    ("De Rijn en de Noordzee.", "The Rhine and the North Sea."),
    ("Het ligt in de Gobiwoestijn.", "It lies in the Gobi desert."),
    ("Toms fiets is weg.", "Tom's bicycle is gone."),
    ("Een gezant van de Veiligheidsraad.", "An envoy of the Security Council."),
    ("Het ministerie van Buitenlandse Zaken zwijgt.", "The Foreign Ministry is silent."),
    ("Marc Dąbrowski won.", "Marc Dabrowski won."),
    ("De gemeente Vlissingen wil dat.", "Flushing town council wants that."),
]
DIFFERENT = [
    ("De trein naar Keulen stond stil.", "The train to Vienna came to a halt."),
    ("Een Oostenrijkse skiër viel.", "An Australian skier fell."),
    ("De haven van Luik is dicht.", "The port of Lille is closed."),
    ("Volgens Karin Dekkers is het klaar.", "According to Petra Dekkers it is finished."),
    ("De burgemeester van Harderwijk trad af.", "The mayor of Coevorden resigned."),
    ("De Slowaakse delegatie vertrok.", "The Slovenian delegation left."),
]


@pytest.mark.parametrize(("nl", "en"), EQUAL)
def test_equal_names_are_silent(nl, en):
    assert [finding for finding in names.compare(Pair(nl, en)) if finding.probability >= 0.5] == []


@pytest.mark.parametrize(("nl", "en"), DIFFERENT)
def test_other_names_are_found(nl, en):
    finding = names.compare(Pair(nl, en))[0]
    assert finding.kind is Kind.ENTITY
    assert finding.probability >= 0.7


def test_a_lone_name_is_a_signal_only():
    pair = Pair("De brug is dicht.", "The bridge at Arnhem is closed.")
    assert names.compare(pair) == []
    assert names.signals(pair)["name_en_left"] >= 0.8


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.text(alphabet="ABEHaehirstn '’-.İßŁ", max_size=80))
def test_never_raises_and_stays_inside(a, b):
    for pair in (Pair(a, b), Pair(b, a)):
        for finding in names.compare(pair):
            assert 0 <= finding.nl.start < finding.nl.end <= len(pair.nl)
            assert 0 <= finding.en.start < finding.en.end <= len(pair.en)
        names.signals(pair)


@pytest.mark.parametrize("piece", ["Aa ", "Den ", "A-", "United ", "'s-"])
def test_hostile_cells_take_linear_time(piece):
    started = time.perf_counter()
    names.compare(Pair(piece * 2000, "Bb " * 2000))
    assert time.perf_counter() - started < 5
