"""The judge as a whole: kinds that turn with the direction, places inside the cells, thresholds that decide."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.embed.encoder import HashEncoder
from aligner.judge.combine import Combined, combine, thresholds
from aligner.judge.cues import unanswered
from aligner.judge.findings import as_told, only_shorter, told
from aligner.judge.joint import Reading
from aligner.judge.origin import with_origins
from aligner.judge.reference import only_referred
from aligner.judge.signals import read_cells
from aligner.judge.verdict import Judge, raised
from aligner.records import Finding, Kind, Pair, Span, Verdict
from aligner.rows import verdict_cells

ENCODER = HashEncoder()
JUDGE = Judge(joint=False)


def verdict(nl, en, judge=JUDGE, **fields):
    pair = Pair(nl, en, **fields)
    return judge(pair, *ENCODER.encode([nl, en]))


def test_a_wrong_figure_is_told_with_place_and_repair():
    pair = Pair("De brug kost 35 miljoen euro.", "The bridge costs 53 million euros.")
    sure = Combined(0.9, {kind: 0.9 if kind is Kind.NUMBER else 0.1 for kind in Kind})
    (number,) = told(
        pair, *ENCODER.encode([pair.nl, pair.en]), read_cells(pair, *ENCODER.encode([pair.nl, pair.en])), None, sure
    )
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
    assert unanswered(pair) is None


def told_of(nl, en, kind, **fields):
    pair = Pair(nl, en, **fields)
    sure = Combined(0.9, {one: 0.9 if one is kind else 0.1 for one in Kind})
    return pair, told(
        pair, *ENCODER.encode([pair.nl, pair.en]), read_cells(pair, *ENCODER.encode([pair.nl, pair.en])), None, sure
    )


def test_two_wrong_figures_are_two_findings_each_in_its_place():
    pair, found = told_of(
        "De brug kostte 12 miljoen euro en ging na 35 dagen open.",
        "The bridge cost 15 million euros and opened after 53 days.",
        Kind.NUMBER,
    )
    assert [finding.kind for finding in found] == [Kind.NUMBER, Kind.NUMBER]
    assert {finding.nl.of(pair.nl).split()[0] for finding in found} == {"12", "35"}
    assert {finding.en.of(pair.en).split()[0] for finding in found} == {"15", "53"}


@pytest.mark.parametrize(
    ("nl", "en", "evidence"),
    [
        ("De brug van het dorp Dokkum gaat open.", "The bridge is open in 2022.", "The Dutch names Dokkum, "),
        ("De brug gaat open in 2022.", "The bridge of the town Dokkum opens.", "The English names Dokkum, "),
        ("De brug gaat open in 2022.", "The bridge is open again.", "The two do not speak of the same: "),
    ],
)
def test_what_is_no_name_is_not_told_to_be_one(nl, en, evidence):
    pair, marks = Pair(nl, en), np.ones(200, np.float32)
    marked = Reading(0.9, np.zeros(8, np.float32), marks, marks)
    sure = Combined(0.9, {kind: 0.9 if kind is Kind.ENTITY else 0.1 for kind in Kind})
    (found,) = told(
        pair, *ENCODER.encode([nl, en]), read_cells(pair, *ENCODER.encode([pair.nl, pair.en])), marked, sure
    )
    assert found.evidence.startswith(evidence)
    assert "names 2022" not in found.evidence


def test_opposites_are_told_rather_than_other_marked_words():
    nl = "Drie verdachten, onder wie de zwager, werden vrijgesproken."
    pair, (found,) = told_of(nl, "Three suspects, including the brother-in-law, were convicted.", Kind.MEANING)
    assert (found.nl.of(pair.nl), found.en.of(pair.en)) == ("vrijgesproken", "convicted")
    assert found.evidence == "vrijgesproken and convicted are opposites (guilty/innocent)."


def flagged(pair, findings):
    return Verdict(0.9, "divergent", "major", findings, "", {}, findings)


def test_a_wrong_name_is_traced_to_the_sentence_it_belongs_to():
    pair, found = told_of("De kermis opent in Zutphen.", "The fair opens in Deventer.", Kind.ENTITY, original="en")
    others = [("nl", "Zutphen volgt."), ("en", "The one in Zutphen follows in May.")]
    (finding,) = with_origins(pair, flagged(pair, found), others).findings
    assert finding.suggestion.startswith("Deventer stands in the body; Zutphen belongs to another sentence")
    assert "follows in May" in finding.suggestion
    assert with_origins(pair, flagged(pair, found), others[:1]).findings == found


def test_a_wrong_figure_is_traced_across_number_formats():
    pair, found = told_of("Er kwamen 1.350 mensen.", "There were 1,530 people.", Kind.NUMBER, original="en")
    others = [("en", "Last year there were 1,350 of them.")]
    verdict_ = with_origins(pair, flagged(pair, found), others)
    assert verdict_.suggestion.startswith("1.350 → 1.530 (1,530")
    assert "Last year" in verdict_.differences[0].suggestion


def test_a_converted_unit_is_equal_and_noted():
    quiet = Judge(1.0, 1.0, joint=False)
    found = verdict("De trein reed 160 kilometer per uur.", "The train was doing 100 miles an hour.", quiet)
    assert (found.status, found.findings) == ("equivalent", ())
    assert found.note == "160 kilometer and 100 miles are the same quantity in other units."
    assert verdict_cells(found)["evidence"] == found.note
    assert verdict("Dat is 12 km verderop.", "That is 12 kilometres on.", quiet).note == ""
    assert verdict("Het duurde twee maanden.", "It took eight weeks.", quiet).note == ""


@pytest.mark.parametrize(
    ("nl", "en", "span", "harmless"),
    [
        ("Museumdirecteur Frits de Lange hoopt op meer.", "He hopes for more.", "Museumdirecteur Frits de Lange", True),
        ("Directeur Frits de Lange hoopt op meer.", "The museum hopes for more.", "Directeur Frits de Lange", False),
        ("Zij verkochten aan Amerikaanse beleggers.", "They sold.", "aan Amerikaanse beleggers", False),
        ("Volgens Frits de Lange komt hij niet.", "He is coming.", "Frits de Lange komt hij niet", False),
        ("Hij ging naar New York.", "He left.", "naar New York", False),
        ("Dat blijft, tenzij ze rotten, merkte Petra Snoek.", "It stays, she found.", "merkte Petra Snoek", True),
        ("Ze zag Angela Merkel.", "She saw it.", "Angela Merkel", False),
    ],
)  # fmt: skip
def test_a_name_where_the_other_side_says_he_lacks_nothing(nl, en, span, harmless):
    at = nl.index(span)
    finding = Finding(Kind.ADDITION, 0.7, Span(at, at + len(span)), None, "", "major")
    assert only_referred(Pair(nl, en, "en"), (finding,)) is harmless


def test_a_negation_in_an_aside_that_a_caption_leaves_out_is_only_shorter():
    nl = "Roelandt, die zelf niet bij de uitspraak aanwezig was, moet daarnaast een boete van 80.000 euro betalen."
    en = "The former notary will also have to pay a fine of 80,000 euros."
    at = nl.index("niet")
    finding = Finding(Kind.NEGATION, 0.7, Span(at, at + 4), None, "", "critical")
    assert only_shorter(Pair(nl, en, "nl", trimmed=True), (finding,))
    assert not only_shorter(Pair(nl, en, "nl"), (finding,))
    nl = "Roelandt hoeft niet te betalen, zei de rechter."
    at = nl.index("niet")
    finding = Finding(Kind.NEGATION, 0.7, Span(at, at + 4), None, "", "critical")
    assert not only_shorter(Pair(nl, en, "nl", trimmed=True), (finding,))


@pytest.mark.parametrize(("certainty", "status"), [(0.4, "equivalent"), (0.72, "divergent")])
def test_a_sure_negation_raises_the_probability_by_itself(certainty, status):
    review, divergent = thresholds()
    least = raised([Finding(Kind.NEGATION, certainty, Span(0, 4), None, "", "critical")])
    assert ("divergent" if least >= divergent else "equivalent" if least < review else "review") == status


def test_a_sure_negation_is_told_as_such_where_the_combination_sees_nothing():
    sure = Finding(Kind.NEGATION, 0.8, None, Span(0, 3), "told", "critical")
    pair = Pair("Zij wacht in de stad op hem.", "Not so, she waits in the city for him.")
    silent = Combined(0.1, dict.fromkeys(Kind, 0.0))
    assert [one.kind for one in told(pair, *ENCODER.encode([pair.nl, pair.en]), [sure], None, silent)] == [
        Kind.NEGATION
    ]


def test_a_lost_negation_in_an_aside_that_is_rendered_is_told():
    nl, en = "De minister, die niet aftreedt, sprak.", "The minister, who resigns, spoke."
    at = nl.index("niet")
    finding = Finding(Kind.NEGATION, 0.7, Span(at, at + 4), None, "", "critical")
    assert not only_shorter(Pair(nl, en, "nl", trimmed=True), (finding,))
