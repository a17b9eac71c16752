"""Sentences: exact offsets, quotes and abbreviations, and texts that were made to break it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.segment.sentences import split

TABLE = [
    ("nl", ["De trein kwam.", "Niemand stapte in."]),
    ("nl", ["Dhr. K.L. Bos en mevr. Prins e.a. wonen in 's-Gravenhage.", "Zij zwijgen."]),
    ("nl", ["Er waren o.a. appels, peren enz. te koop.", "Meer niet."]),
    ("nl", ["Het kostte 3.5 miljoen, d.w.z. veel.", "Te veel?"]),
    ("nl", ["“Ga mee.", "Het is ver,” zei hij."]),
    ("nl", ["„Stop!” riep de agent.", "De man stopte."]),
    ("nl", ["'s Avonds regende het.", "'t Werd koud."]),
    ("nl", ["Nr. 8 won.", "St. Maarten ook."]),
    ("nl", ["Het werd stil… heel stil.", "Toen niets."]),
    ("nl", ["Zij hoorde dat.", '"Kom", zei ze.']),
    ("nl", ["Zij wijst de kritiek van de hand.", "“Er vlogen stenen”, zegt ze."]),
    ("nl", ["« Wij wachten. »", "Dat deden ze."]),
    ("en", ["Mr. Hale of St. Ives met Dr. J. K. Moss.", "They talked."]),
    ("en", ['"Why?" the old man asked.', "Nobody knew."]),
    ("en", ['"Leave now," she said.', "He left."]),
    ("en", ["‘It’s the stairs.", "I can’t climb,’ she said."]),
    ("en", ["It cost $3.5m (a lot).", "(Too much.)", "Yes."]),
    ("en", ["See https://example.org/a.b?c=d.", "Then come."]),
    ("en", ["It lacks vitamin C.", "We know."]),
    ("de", ["„Gut.“", "Er ging."]),
]


@pytest.mark.parametrize(("lang", "wanted"), TABLE)
def test_table(lang, wanted):
    text = " ".join(wanted)
    assert [span.of(text) for span in split(text, lang)] == wanted


@pytest.mark.parametrize("lang", ["unknown", "", "xx", "ru"])
def test_other_languages_are_split_as_well_as_can_be(lang):
    assert len(split("Aaa bbb ccc. Ddd eee fff.\n\nGgg hhh", lang)) == 3


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet=st.sampled_from(list("aB. !?\"'“”‘’„«»()\n…-–é\u00a0,0")), max_size=120) | st.text(max_size=120),
    st.sampled_from(["nl", "en", "unknown"]),
)
def test_spans_are_sorted_disjoint_and_lose_nothing_but_white_space(text, lang):
    spans = split(text, lang)
    at = 0
    for span in spans:
        assert at <= span.start < span.end <= len(text)
        assert not text[at : span.start].strip()
        assert span.of(text) == span.of(text).strip()
        at = span.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "piece",
    ["Een zin met “wat. tekst” erin. ", "“", '"a. ', "a", "a.b. ", "(", "A. ", "\n", "' ", "dat. A", 'zei "', "„ "],
)
def test_linear_in_the_text(piece):
    text = piece * (300_000 // len(piece))
    start = time.process_time()
    split(text, "nl")
    assert time.process_time() - start < 6  # 0.2 s on the machine it was written on; quadratic takes minutes


def test_a_no_break_space_behind_a_full_stop_is_a_space():
    # sentencex 1.2 panicked here: the byte behind the full stop was no border of a character
    text = "Het is\xa0klaar B.\xa0 En nu\xa0weg."
    assert [span.of(text) for span in split(text, "nl")]


def test_a_lone_surrogate_does_not_break_the_splitting():
    text = "Een man \ud800 kwam thuis. Hij at."
    assert [span.of(text) for span in split(text, "nl")] == ["Een man \ud800 kwam thuis.", "Hij at."]
