"""Negation and opposites."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.embed.encoder import HashEncoder
from aligner.judge import meaning, negation, negation_evidence, opposites
from aligner.judge.cues import cues, said_otherwise, unanswered
from aligner.judge.lexicon import rendered, stem
from aligner.records import Kind, Pair

#: What the toy encoder takes for the same word.
GLOSSES = dict(
    zip(
        "the king city saw see people listened listen minister gives money school bridge open is has was court".split(),
        "de koning stad zag zag volk luisterde luisterde minister geeft geld school brug open is heeft was hof".split(),
        strict=True,
    )
)


def encoded(nl, en):
    """States that are the same for a word and its gloss, and unlike for all others."""
    glossed = re.sub(r"\w+", lambda word: GLOSSES.get(word.group().lower(), word.group()), en)
    one, real, other = HashEncoder().encode([nl, en, glossed])
    return one, replace(real, states=other.states, vector=other.vector)


def compare(nl, en):
    return negation.compare(Pair(nl, en), *encoded(nl, en))


EQUAL = [
    ("De brug is niet open.", "The bridge is not open."),
    ("Dat is niet onbelangrijk.", "That is important."),
    ("Niet alleen de brug, maar ook de sluis is dicht.", "The bridge is closed, and so is the lock."),
    ("Hij sluit een staking niet uit.", "He says a strike is possible."),
    ("De minister weigerde te antwoorden.", "The minister did not answer."),
    ("Hij heeft geen geld meer.", "He no longer has any money."),
    ("Hij zei niets.", "He said nothing."),
    ("Dat kan niet zonder hulp.", "That takes help."),
]


@pytest.mark.parametrize(("nl", "en"), EQUAL)
def test_equal_polarity_is_silent(nl, en):
    assert [finding for finding in compare(nl, en) if finding.probability >= 0.6] == []


@pytest.mark.parametrize(
    ("nl", "en", "side"),
    [
        ("De koning zag de stad niet.", "The king saw the city.", "nl"),
        ("Het volk luisterde naar de koning.", "The people did not listen to the king.", "en"),
        ("De minister geeft geen geld aan de school.", "The minister gives money to the school.", "nl"),
    ],
)
def test_a_lone_negation_in_a_close_rendering_is_found(nl, en, side):
    finding = compare(nl, en)[0]
    assert finding.kind is Kind.NEGATION
    assert finding.probability >= 0.7
    assert (finding.nl is None) == (side == "en")


def test_signals_count_cues():
    nl, en = "Niemand zag iets.", "Somebody saw something."
    found = negation.signals(Pair(nl, en), *encoded(nl, en))
    assert found["neg_nl"] == 1
    assert found["neg_en"] == 0
    assert found["neg_lone"] == 1


def test_lexicon_knows_inflected_forms():
    assert stem("steden", "nl") != ""
    assert rendered("koningen", "nl", "The kings were there.") is True
    assert rendered("xyzzy", "nl", "The kings were there.") is None


@pytest.mark.parametrize(
    ("nl", "en"),
    [
        ("De huren stijgen.", "Rents are falling."),
        ("De raad keurde het plan goed.", "The council rejected the plan."),
        ("Hij gaf het toe.", "He denied it."),
        ("Eventueel komt er een brug.", "Eventually there will be a bridge."),
    ],
)
def test_opposites_and_false_friends(nl, en):
    assert meaning.compare(Pair(nl, en))[0].kind is Kind.MEANING


def test_opposites_are_no_hint_where_one_side_negates():
    found = meaning.compare(Pair("Het plan werd niet goedgekeurd.", "The plan was rejected."))
    assert found == []


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.text(alphabet="nietgbukvor '’-.İß", max_size=80))
def test_never_raises_and_stays_inside(a, b):
    for pair in (Pair(a, b), Pair(b, a)):
        states = HashEncoder().encode([pair.nl, pair.en])
        for finding in [*negation.compare(pair, *states), *meaning.compare(pair)]:
            for span, cell in ((finding.nl, pair.nl), (finding.en, pair.en)):
                assert span is None or 0 <= span.start < span.end <= len(cell)
        negation.signals(pair, *states)
        meaning.signals(pair)


@pytest.mark.parametrize("piece", ["niet ", "sluit ", "on", "hoe ", "geen a "])
def test_hostile_cells_take_linear_time(piece):
    started = time.perf_counter()
    pair = Pair(piece * 2000, "not un" * 2000)
    unanswered(pair)
    negation.prefixed(pair)
    meaning.compare(pair)
    assert time.perf_counter() - started < 5


def test_a_negating_prefix_against_the_bare_word():
    found = compare("De koning vond het mogelijk.", "The king thought it impossible.")
    assert found[0].en is not None
    assert compare("De koning vond het onmogelijk.", "The king thought it impossible.") == []
    assert compare("De koning vond het weinig mogelijk.", "The king thought it impossible.") == []


def test_patterns_skip_only_texts_that_cannot_match():
    """Each pattern of opposites, false friends and modes finds in a text what its bare expression finds."""
    words = "steeg daalde omhoog up 12 north-south up by, controle, mist niet-langer may unless 'mits' best-of".split()
    texts = [" ".join(words[at:] + words[:at]) for at in range(len(words))] + words + [""]
    patterns = [pole.words for axis in opposites.axes() for pole in (*axis.nl, *axis.en)]
    patterns += [p for row in meaning._friends() for p in row[1:]]
    patterns += [p for modes in meaning._MODES.values() for p in modes.values()]
    assert len(patterns) > 200
    for pattern in patterns:
        for text in texts:
            bare = [match.span() for match in pattern.pattern.finditer(text)]
            assert [(span.start, span.end) for span in pattern.spans(text)] == bare
            assert bool(pattern.search(text)) == bool(bare)


def left(nl, en):
    """The words that the other side does not answer."""
    found = unanswered(Pair(nl, en))
    return [] if found is None else [cue.of(nl if found.side == "nl" else en) for cue in found.cues]


@pytest.mark.parametrize(
    ("nl", "en", "words"),
    [
        ("De koning spreekt Frans noch Duits.", "The king speaks neither French nor German.", []),
        ("Hij kwam zonder jas, zonder hoed en zonder geld.", "He came without a coat, a hat or money.", []),
        ("Help wie zichzelf niet kan helpen.", "Help those who cannot help themselves.", []),
        ("Hij heeft alles voor ons over.", "There is nothing he would not do for us.", []),
        ("De zaak werd niet-ontvankelijk verklaard.", "The case was declared inadmissible.", []),
        ("De steen werd onthuld.", "The stone was not unveiled.", ["not"]),
        ("Dat is niet onredelijk.", "That is reasonable.", []),
        ("Dat is niet onredelijk.", "That is unreasonable.", ["niet on"]),
        ("De stad koopt niet, en de koning komt.", "The city is not buying, and the king is not coming.", ["not"]),
    ],
)  # fmt: skip
def test_cues_are_paired_and_what_is_left_is_told(nl, en, words):
    assert [word[: len(word) if len(word) < 7 else 7] for word in left(nl, en)] == words


def test_the_cue_that_is_left_over_is_the_one_whose_words_are_affirmed():
    nl = "De stad koopt het huis niet, en de koning komt in de winter."
    en = "The city is not buying the house, and the king is not coming in the winter."
    (cue,) = unanswered(Pair(nl, en)).cues
    assert cue.start > en.index("king")


@pytest.mark.parametrize(
    ("nl", "en", "otherwise"),
    [
        ("De koning kwam pas in mei.", "The king did not come until May.", True),
        ("De koning kwam tot mei.", "The king did not come until May.", False),
        ("Niet iedereen kwam.", "Some did not come, said most.", True),
        ("De brug is niet zo lang als gevreesd.", "The bridge is shorter than feared.", True),
        ("De brug gaat niet voor 2030 open.", "The bridge will open in 2030 at the earliest.", True),
        ("De brug gaat niet open.", "The bridge will open.", False),
    ],
)
def test_what_other_words_say_where_a_negation_stands(nl, en, otherwise):
    pair = Pair(nl, en)
    side = "nl" if cues(nl, "nl").strong else "en"
    assert said_otherwise(pair, side, cues(pair.cell(side), side).strong[0]) is otherwise


def test_closeness_makes_the_certainty():
    """The same lone cue is near certain in a literal rendering and weak in a free one."""
    close = compare("De koning zag de stad niet.", "The king saw the city.")[0].probability
    free = compare("De koning zag de stad niet.", "His majesty had his eyes elsewhere that day.")
    assert close > 0.6
    assert not free or free[0].probability < 0.4


def test_a_soft_word_that_is_like_the_cue_answers_it():
    nl, en = "De koning niet zag de stad.", "The king refused see the city."
    bare = compare(nl, en)[0].probability
    one, other = encoded(nl, en)
    states = other.states.copy()
    states[2] = one.states[2]  # the encoder takes `refused` for what `niet` says
    answered = negation.compare(Pair(nl, en), one, replace(other, states=states))[0].probability
    assert answered < bare - 0.2


@pytest.mark.parametrize(
    ("nl", "en", "rest"),
    [
        ("Van de negen klimmers kwamen er vijf niet terug.", "Four of the nine climbers came back.", True),
        ("Liefst 71 procent wil niet bij de stad.", "As many as 29 per cent want to join the city.", True),
        ("Van de negen klimmers kwamen er vijf niet terug.", "Five of the nine climbers came back.", False),
        ("De klimmers kwamen niet terug.", "The climbers came back.", False),
    ],
)
def test_those_who_did_and_those_who_did_not_make_up_the_whole(nl, en, rest):
    assert negation_evidence._rest(Pair(nl, en)) is rest
