"""Machine translation never decides: what contradicts the verdict goes to review."""

from __future__ import annotations

from aligner.judge.second_opinion import weigh
from aligner.records import Finding, Kind, Pair, Span, Verdict

THRESHOLDS = {"threshold.review": 0.3, "threshold.divergent": 0.5}
PAIR = Pair("De brug kost 35 miljoen euro.", "The bridge costs 35 million euros.")
MEANING = Finding(Kind.MEANING, 0.8, Span(8, 12), Span(11, 16), "The verbs differ.")


def verdict(status: str, divergence: float, *findings: Finding) -> Verdict:
    return Verdict(divergence, status, "major" if findings else "", findings, scores=THRESHOLDS)


def test_a_flag_that_the_translation_does_not_share_goes_to_review():
    told = weigh(PAIR, verdict("divergent", 0.9, MEANING), "The bridge costs 35 million euros.", "")
    assert (told.status, told.findings) == ("review", (MEANING,))
    assert 0.3 <= told.divergence < 0.5


def test_a_flag_stays_where_the_translation_has_another_figure_or_negation():
    flagged = verdict("divergent", 0.9, MEANING)
    assert weigh(PAIR, flagged, "The bridge costs 53 million euros.", "") == flagged
    assert weigh(PAIR, flagged, "The bridge does not cost 35 million euros.", "") == flagged
    assert weigh(PAIR, flagged, "It is a costly thing to build over a river.", "") == flagged
    assert weigh(PAIR, flagged, "", "") == flagged


def test_translation_knows_nothing_of_speakers():
    flagged = verdict("divergent", 0.95, Finding(Kind.SPEAKER, 0.95, None, None, "Another speaker."))
    assert weigh(PAIR, flagged, PAIR.en, PAIR.nl) == flagged


def test_figures_that_clash_in_both_directions_raise_a_pair_to_review():
    quiet = verdict("equivalent", 0.1)
    told = weigh(PAIR, quiet, "The bridge costs 53 million euros.", "De brug kost 53 miljoen euro.")
    assert (told.status, told.severity, told.divergence) == ("review", "minor", 0.3)
    assert "53 million" in told.findings[0].evidence
    assert weigh(PAIR, quiet, "The bridge costs 53 million euros.", PAIR.nl) == quiet
