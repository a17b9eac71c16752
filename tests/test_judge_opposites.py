"""Opposites that stand in the same place on both sides."""

from __future__ import annotations

import re

import numpy as np
import pytest

from aligner.embed.encoder import Encoded
from aligner.judge.opposites import SURE, TURNED, axes, compare, opposing
from aligner.judge.verdict import raised
from aligner.records import Kind, Pair

SIZE = 512


def encoded(text: str, meanings: dict[str, int]) -> Encoded:
    """A text whose words are tokens; words of one number are alike, all others alike to themselves alone."""
    found = list(re.finditer(r"\w+", text))
    states = np.zeros((len(found), SIZE), np.float16)
    for at, word in enumerate(found):
        said = word.group().lower()
        states[at, meanings.get(said, 100 + sum(map(ord, said)) % (SIZE - 100))] = 1
    offsets = np.array([word.span() for word in found], np.int32).reshape(-1, 2)
    return Encoded(text, states.mean(0).astype(np.float32), states, offsets)


def found(nl: str, en: str, *together: str):
    """Findings where the words of each `together` ("huren rents") mean the same to the encoder."""
    meanings = {word: number for number, words in enumerate(together) for word in words.split()}
    return compare(Pair(nl, en), encoded(nl, meanings), encoded(en, meanings))


@pytest.mark.parametrize(
    ("nl", "en", "told"),
    [
        ("Minstens twaalf bewoners moesten hun huis uit.", "At most twelve residents had to leave.", True),
        ("De regels voor terrassen worden aangescherpt.", "The rules for terraces are being relaxed.", True),
        ("De fabriek wordt in het najaar gesloopt.", "The plant will be built in autumn.", True),
        ("De oppositie stemde tegen de begroting.", "The coalition voted against the budget.", True),
        ("Het geld gaat naar de steden.", "The money goes to the countryside.", True),
        ("De huidige trainer zag het duel op tv.", "The former coach watched the match on TV.", True),
        ("Het was een van onze mooiste momenten.", "It was one of our worst moments.", True),
        ("De concentraties nemen sterk af.", "Concentrations increase sharply.", True),
        ("De afgenomen belangstelling valt op.", "The increased interest is striking.", True),
        ("Ik herinner me elk woord.", "I forget every word.", True),
        ("Een paar dagen voor Kerst kwam het nieuws.", "A couple of days after Christmas the news came.", True),
        ("Hij belde nadat hij de diagnose kreeg.", "He phoned before he got the diagnosis.", True),
        ("De zoon van de bakker erft de zaak.", "The baker's daughter inherits the shop.", True),
        ("Het dorp ligt in het zuidoosten.", "The village lies in the north-west.", True),
        ("Meer dan de helft deed mee, minder dan verwacht.", "Less than half took part, less than expected.", True),
        ("Meer dan de helft deed mee, minder dan verwacht.", "More than half took part, less than expected.", False),
        ("De maatregel is tijdelijk.", "The measure is temporary.", False),
        ("Hoogstens tien mensen mogen naar binnen.", "At most ten people are let in.", False),
    ],
)
def test_poles_of_many_sorts(nl, en, told):
    assert bool(opposing(Pair(nl, en))) is told


def test_opposites_in_the_same_place_are_sure():
    (finding,) = found("De huren stijgen snel.", "Rents are falling fast.", "stijgen falling", "huren rents")
    assert finding.kind is Kind.MEANING
    assert finding.probability == SURE
    assert finding.evidence == "stijgen and falling are opposites (rise/fall)."
    assert raised([finding]) > 0.519


def test_opposites_that_speak_of_other_things_are_none():
    assert found("De huren stijgen in het dorp.", "In the village, as the leaves were falling, rents went on.") == []


def test_a_known_translation_elsewhere_answers_the_word():
    nl, en = "De prijzen dalen, de lonen stijgen.", "Prices fall, wages are rising and the leaves falling."
    assert found(nl, en, "stijgen rising", "dalen fall") == []


@pytest.mark.parametrize(
    ("nl", "en", "together"),
    [
        ("Het plan is niet goedgekeurd.", "The plan was rejected.", "goedgekeurd rejected"),
        ("Dat is niet onmogelijk.", "That is possible.", "onmogelijk possible"),
        ("De premier weigert te zwijgen.", "The premier speaks.", "zwijgen speaks"),
    ],
)
def test_a_negation_explains_opposites(nl, en, together):
    assert found(nl, en, together) == []


def test_what_an_axis_compares_may_have_changed_places():
    words = ("na before", "overleed died", "broer brother", "zus sister")
    same = found("Hij overleed na zijn broer.", "He died before his brother.", *words)
    assert same[0].probability > 0.7
    turned = found("De broer overleed na zijn zus.", "His sister died before the brother.", *words)
    assert [finding.probability <= TURNED for finding in turned if "before/after" in finding.evidence] == [True]


def test_an_exception_turns_the_sentence():
    (finding,) = found("De winkel gaat pas maandag open.", "The shop stays shut until Monday.", "open shut")
    assert finding.probability == TURNED


def test_both_parts_of_a_split_verb_count_but_not_what_stands_between():
    nl, en = "De winst neemt in 2019 af.", "Profit will increase in 2019."
    assert found(nl, en, "2019") == []
    (finding,) = found(nl, en, "af increase")
    assert finding.nl is not None
    assert finding.nl.of(nl) == "af"


def test_the_table_is_sound():
    names = [axis.name for axis in axes()]
    assert len(names) >= 290
    assert len(set(names)) == len(names)
    for axis in axes():
        assert 0 < axis.weight <= 1
        for poles in (axis.nl, axis.en):
            assert all(pole.words.pattern and pole.also.pattern for pole in poles)
            for one, other in (poles, poles[::-1]):
                bare = [word for word in one.words.alternatives.split("|") if word.isalpha()]
                assert [word for word in bare if other.words.search(word)] == [], axis.name
