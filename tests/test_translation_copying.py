"""Names and figures carried over from the source by attention."""

from __future__ import annotations

import pytest

from aligner.translation.copying import carry_over


def attention(target: int, source: int, links: dict[int, int], strength: float = 0.8) -> list[list[float]]:
    """Uniform but for the linked pairs."""
    rest = (1 - strength) / source
    return [[strength + rest if links.get(t) == s else rest for s in range(source)] for t in range(target)]


def test_a_garbled_name_takes_the_spelling_of_the_source():
    source = ["▁zei", "▁Ber", "zof", "sky", "."]
    target = ["▁said", "▁Ber", "zz", "ky", "."]
    assert carry_over(source, target, attention(5, 5, {1: 1, 2: 2, 3: 3})) == "said Berzofsky."


def test_a_garbled_figure_takes_that_of_the_source_in_english_form():
    source = ["▁van", "▁1.469", ",5", "▁euro"]
    target = ["▁of", "▁€", "▁19", "99"]
    assert carry_over(source, target, attention(4, 4, {2: 1, 3: 2})) == "of € 1,469.5"


@pytest.mark.parametrize(
    "given", ["▁Nederland", "▁Haagse", "▁Rekenkamer", "▁Kamerleden", "▁Donderdag", "▁Rangers-doelman"]
)
def test_what_english_spells_otherwise_stays_translated(given):
    source, target = ["▁in", given], ["▁in", "▁Something"]
    assert carry_over(source, target, attention(2, 2, {1: 1})) == "in Something"


def test_the_first_word_of_a_sentence_is_no_name():
    source, target = ["▁Gisteren", "▁kwam"], ["▁Yesterday", "▁came"]
    assert carry_over(source, target, attention(2, 2, {0: 0})) == "Yesterday came"


def test_a_name_that_came_over_by_itself_is_not_put_in_again():
    source, target = ["▁met", "▁Lotte"], ["▁with", "▁Lotte", "▁Verner"]
    assert carry_over(source, target, attention(3, 2, {1: 1, 2: 1})) == "with Lotte Verner"


def test_common_words_never_give_way_to_names():
    source, target = ["▁zegt", "▁Vermeer"], ["▁says", "▁house"]
    assert carry_over(source, target, attention(2, 2, {1: 1})) == "says house"


def test_marks_and_the_genitive_around_a_word_stay():
    source, target = ["▁van", "▁Vermeer", "▁lijst"], ["▁(V", "ern", "'s", "▁list"]
    assert carry_over(source, target, attention(4, 3, {0: 1, 1: 1, 2: 1})) == "(Vermeer's list"


def test_nothing_in_gives_nothing_out():
    assert carry_over([], [], []) == ""
    assert carry_over(["▁Hij"], [], []) == ""
