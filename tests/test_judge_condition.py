"""Conditions and exceptions that stand on one side only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.embed.encoder import HashEncoder
from aligner.judge import condition
from aligner.judge.combine import Combined, thresholds
from aligner.judge.findings import told
from aligner.judge.signals import read_cells
from aligner.judge.verdict import raised
from aligner.records import Kind, Pair


@pytest.mark.parametrize(
    ("nl", "en"),
    [
        ("De burgemeester gaat akkoord, mits de raad instemt.", "He agrees, provided the council does."),
        ("De burgemeester gaat akkoord, mits de raad instemt.", "If the council agrees, so will the mayor."),
        ("De bruggen gaan dicht, tenzij het waait.", "Without wind the bridges will close."),
        ("Iedereen stemde voor, behalve Anna.", "Anna alone voted against."),
        ("Zonder akkoord leggen de loodsen het werk neer.", "Pilots will strike unless there is a deal."),
        ("De hele stad viert feest, de haven niet uitgezonderd.", "The whole city is celebrating, the port too."),
    ],
)
def test_a_condition_in_other_words_is_one(nl, en):
    assert [finding for finding in condition.compare(Pair(nl, en)) if finding.probability >= 0.5] == []


@pytest.mark.parametrize(
    ("nl", "en", "original", "kind", "clause"),
    [
        ("De burgemeester gaat akkoord, mits de raad instemt.", "The mayor agrees.", "nl", Kind.OMISSION, "mits"),
        ("De burgemeester gaat akkoord.", "He agrees, provided the council does.", "nl", Kind.ADDITION, "provided"),
        ("De burgemeester gaat akkoord.", "He agrees, unless costs rise.", "en", Kind.OMISSION, "unless costs rise"),
    ],
)
def test_a_condition_on_one_side_is_told_with_its_clause(nl, en, original, kind, clause):
    pair = Pair(nl, en, original)
    (finding,) = condition.compare(pair)
    span, cell = (finding.nl, nl) if finding.nl else (finding.en, en)
    assert (finding.kind, span.of(cell).startswith(clause)) == (kind, True)
    assert clause in finding.evidence
    unsure = Combined(0.1, dict.fromkeys(Kind, 0.1))
    encoded = HashEncoder().encode([nl, en])
    read = read_cells(pair, *encoded)
    (said,) = told(pair, *encoded, read, None, unsure)
    assert (said.kind, said.evidence) == (kind, finding.evidence)
    assert raised(read) > thresholds()[1]


words = st.sampled_from('mits tenzij unless provided als if de raad the council , . ” " behalve x'.split())


@given(st.lists(words, max_size=9), st.lists(words, max_size=9))
def test_whatever_the_cells_the_clause_lies_inside(nl, en):
    pair = Pair(" ".join(nl), " ".join(en))
    found = condition.lone(pair)
    assert found is None or 0 <= found.clause.start < found.clause.end <= len(pair.cell(found.side))
    condition.signals(pair)
