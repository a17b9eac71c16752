"""The judge as a whole: kinds that turn with the direction, places inside the cells, thresholds that decide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.embed.encoder import HashEncoder
from aligner.judge import negation
from aligner.judge.combine import Combined, combine, thresholds
from aligner.judge.findings import as_told, told
from aligner.judge.signals import read_cells
from aligner.judge.verdict import Judge
from aligner.records import Kind, Pair

ENCODER = HashEncoder()
JUDGE = Judge(joint=False)


def verdict(nl, en, judge=JUDGE, **fields):
    pair = Pair(nl, en, **fields)
    return judge(pair, *ENCODER.encode([nl, en]))


def test_a_wrong_figure_is_told_with_place_and_repair():
    pair = Pair("De brug kost 35 miljoen euro.", "The bridge costs 53 million euros.")
    sure = Combined(0.9, {kind: 0.9 if kind is Kind.NUMBER else 0.1 for kind in Kind})
    (number,) = told(pair, *ENCODER.encode([pair.nl, pair.en]), read_cells(pair), None, sure)
    assert number.nl.of(pair.nl).startswith("35")
    assert number.en.of(pair.en).startswith("53")
    assert "35" in number.evidence
    assert "53" in number.evidence


def test_another_speaker_is_divergence_whatever_the_words():
    found = verdict("Wij gaan door", "We go on", nl_speaker="Anna Visser", en_speaker="Piet de Boer")
    assert (found.status, found.findings[0].kind, found.severity) == ("divergent", Kind.SPEAKER, "critical")


@pytest.mark.parametrize(("original", "kind"), [("nl", Kind.OMISSION), ("en", Kind.ADDITION)])
def test_omission_is_told_of_the_rendering(original, kind):
    assert as_told(Kind.OMISSION, original) is kind


def test_thresholds_decide_and_stand_among_the_scores():
    pair = ("De brug kost 35 miljoen euro.", "The bridge costs 53 million euros.")
    always, never = Judge(0.0, 0.0, joint=False), Judge(1.0, 1.0, joint=False)
    assert verdict(*pair, always).status == "divergent"
    quiet = verdict(*pair, never)
    assert (quiet.status, quiet.findings, quiet.severity) == ("equivalent", (), "")
    assert quiet.scores["threshold.divergent"] == 1.0
    review, divergent = thresholds()
    assert 0.0 < review < divergent < 1.0


def test_a_verdict_does_not_depend_on_its_neighbours():
    pairs = [
        Pair("De brug kost 35 miljoen euro.", "The bridge costs 53 million euros."),
        Pair("Niemand stemde tegen.", "Nobody voted against."),
    ]
    encoded = [(pair, *ENCODER.encode([pair.nl, pair.en])) for pair in pairs]
    assert JUDGE.judge(encoded) == [JUDGE(*item) for item in encoded] == JUDGE.judge(encoded[::-1])[::-1]


words = st.sampled_from("de het niet 35 53 Anna Visser Gent zei geen , . “ ” the not said miljoen".split())


@given(st.lists(words, max_size=12), st.lists(words, max_size=12))
def test_whatever_the_cells_the_spans_lie_inside(nl, en):
    found = verdict(" ".join(nl), " ".join(en), Judge(0.0, 0.0, joint=False))
    assert 0.0 <= found.divergence <= 1.0
    for finding in found.findings:
        for span, cell in ((finding.nl, nl), (finding.en, en)):
            assert span is None or 0 <= span.start <= span.end <= len(" ".join(cell))


def test_a_missing_signal_counts_as_its_mean():
    assert combine({}, joint=False).divergence == combine({"unheard of": 5.0}, joint=False).divergence


def test_no_alternative_denies_on_both_sides():
    pair = Pair(
        "Voor die route is er geen alternatief, zegt de schipper.",
        "There is no alternative to that route, the skipper says.",
    )
    assert not [f for f in negation.compare(pair) if f.probability > 0.3]
