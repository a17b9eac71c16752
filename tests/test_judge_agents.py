"""Who speaks, from the cells alone."""

from __future__ import annotations

import pytest

from aligner.embed.encoder import HashEncoder
from aligner.judge import agents
from aligner.records import Kind, Pair


def _found(nl: str, en: str, **speakers: str):
    pair = Pair(nl, en, "nl", **speakers)
    one, other = HashEncoder().encode([nl, en])
    return agents.compare(pair, one, other), agents.signals(pair, one, other)


@pytest.mark.parametrize(
    ("text", "lang", "named"),
    [
        ("Het dak moet eraf, volgens de brandweer.", "nl", ["de brandweer"]),
        ("'Het dak moet eraf', zegt Bas Roelofs.", "nl", ["Bas Roelofs"]),
        ("The roof has to go, the fire service says.", "en", ["the fire service"]),
        ("'Het dak moet eraf', zegt hij.", "nl", []),
        ("Het dak moet er volgens hem zelf af.", "nl", []),
        ("Het dak moet eraf.", "nl", []),
    ],
)
def test_a_cell_names_who_speaks(text, lang, named):
    assert [span.of(text) for span in agents.agents(text, lang)] == named


def test_two_agents_are_told_with_their_places():
    nl, en = "“De bres is dicht”, zegt Bas Roelofs.", "“The breach is closed,” says Tineke Hart."
    (finding,), signals = _found(nl, en)
    assert finding.kind is Kind.SPEAKER
    assert (finding.nl.of(nl), finding.en.of(en)) == ("Bas Roelofs", "Tineke Hart")
    assert finding.evidence == "The Dutch gives the words to Bas Roelofs, the English to Tineke Hart."
    assert signals["agents_two"] == 1
    assert 0.5 <= finding.probability < 0.95  # not as sure as speakers resolved in an article


def test_one_agent_is_no_finding():
    found, signals = _found("“De bres is dicht”, zegt Bas Roelofs.", "Bas Roelofs said the breach was closed.")
    assert not found
    assert signals["agents_two"] == 0


def test_the_one_who_is_spoken_of_on_the_other_side_is_named_elsewhere():
    found, signals = _found("Bas Roelofs liegt, zegt Tineke Hart.", "Tineke Hart is lying, says Bas Roelofs.")
    assert found
    assert signals["agents_elsewhere"] > 0.5


def test_speakers_of_an_article_are_the_speaker_readers_matter():
    found, signals = _found(
        "“De bres is dicht”, zegt Bas Roelofs.", "“The breach is closed,” says Tineke Hart.",
        nl_speaker="Bas Roelofs", en_speaker="Bas Roelofs",
    )  # fmt: skip
    assert not found
    assert not any(signals.values())


def test_an_agent_on_one_side_only_is_a_signal():
    assert _found("Het dak moet eraf, volgens Bas Roelofs.", "The roof has to go.")[1]["agents_only"] == 1
    assert _found("Het dak moet eraf.", "The roof has to go, says Bas Roelofs.")[1]["agents_only"] == -1
