"""Languages of short texts: a table of own captions, and when nothing should be said."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.records import UNKNOWN
from aligner.segment.language import detect

RIGHT = [
    ("nl", "Wandelaars op de dijk bij Lauwersoog, zondagmiddag."),
    ("nl", "De burgemeester onthult het standbeeld."),
    ("nl", "Minister Smith en president Johnson na afloop van het overleg."),
    ("nl", "’s Avonds loopt het plein vol."),
    ("nl", "„Dat hadden we nooit verwacht,” zegt de schaatsster."),
    ("nl", "Fans van Liverpool wachten op de bus naar Wembley."),
    ("nl", "Het gezin voor hun nieuwe woning in Almere."),
    ("nl", "'The Great Escape' draait vanavond in het filmhuis van Hoorn."),
    ("en", "Walkers on the dyke near Lauwersoog, Sunday afternoon."),
    ("en", "The mayor unveils the statue."),
    ("en", "Minister Van der Meer and Premier De Wit after the talks."),
    ("en", "Skaters wait for the ice to thicken at Giethoorn."),
    ("en", '"We never expected that," the skater says.'),
    ("en", "The family outside their new home in 's-Hertogenbosch."),
    ("de", "Spaziergänger am Sonntag auf dem Deich bei Emden."),
    ("fr", "Des promeneurs sur la digue, dimanche après-midi."),
    ("af", "Die mense het lank gewag, maar niemand het hulle gehelp nie."),
]


@pytest.mark.parametrize(("code", "text"), RIGHT)
def test_short_captions(code, text):
    assert detect(text).code == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "12.345",
        "2019-2024 (45%)",
        "Willem Bakker, Emma Visser, Pierre Dubois",
        "Jan Smit",
        "Foto",
        "©",
        "?!",
    ],
)
def test_unknown_rather_than_a_guess(text):
    assert detect(text).code == UNKNOWN


def test_an_english_quote_in_a_dutch_frame_is_dutch_as_a_whole():
    assert detect('Volgens de woordvoerder was het "a matter of time", maar niemand geloofde dat toen.').code == "nl"


def test_the_prior_decides_only_when_the_text_does_not():
    assert detect("Three boats left the harbour before dawn.", prior="nl").code == "en"


def test_long_text_costs_no_more_than_its_beginning():
    detect("warm")
    start = time.process_time()
    detect("Dit is een heel lange tekst zonder einde. " * 50_000)
    assert time.process_time() - start < 0.5


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.sampled_from([None, "nl", "en", "xx", ""]))
def test_any_text_gets_a_guess(text, prior):
    guess = detect(text, prior)
    assert guess.code
    assert 0.0 <= guess.confidence <= 1.0
