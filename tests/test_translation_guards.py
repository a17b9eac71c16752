"""What may stand as a translation."""

from __future__ import annotations

import pytest

from aligner.translation.guards import objection, repeated

SOURCE = "De minister zei dat het kabinet de plannen voor de zomer naar de Kamer stuurt."


@pytest.mark.parametrize(
    "text",
    [
        "The minister said the cabinet will send the plans to parliament before the summer.",
        "The minister said that, that is, the plans, the plans for summer, go to the House.",
        "Very, very, very important.",
    ],
)
def test_sound_text_passes(text):
    assert objection(SOURCE, text) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plicht " * 128, "repeats itself"),
        ("The minister said " + "that the plan " * 5, "repeats itself"),
        ("ovaovaovaovaovaovaovaovaovaova", "repeats itself"),
        ("", "nothing"),
        ("  ", "nothing"),
        ("The ⁇ said so to the House of Representatives before.", "cannot write"),
        ("Minister.", "only 1 words"),
        (" ".join(f"word{i}" for i in range(90)), "90 words for 15"),
    ],
)
def test_failures_are_named(text, said):
    assert said in objection(SOURCE, text)


def test_what_the_source_repeats_may_be_repeated():
    assert objection("nee nee nee nee nee nee", "no no no no no no") == ""
    assert objection("Wat is ⁇ hier?", "What is ⁇ here?") == ""


def test_four_times_is_the_line_for_groups_and_five_for_a_word():
    assert repeated(["a", "b", "a", "b", "a", "b"]) == ""
    assert repeated(["a", "b", "a", "b", "a", "b", "a", "b"]) == "a b"
    assert repeated(["ha"] * 4) == ""
    assert repeated(["ha"] * 5) == "ha"
