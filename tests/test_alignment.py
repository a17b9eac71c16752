"""Units, windows and clauses, with the stand-in encoder: what is compared, and what is cut."""

from __future__ import annotations

import numpy as np
import pytest
from articles import FERRY, MARKET
from hypothesis import given
from hypothesis import strategies as st

from aligner.alignment.captions import Body, best_window, candidates, match
from aligner.alignment.trim import clauses_of, cut, rendered
from aligner.alignment.units import body_elements, caption_units
from aligner.config import Settings
from aligner.embed.encoder import HashEncoder
from aligner.read.reader import join_texts, read_text
from aligner.records import Role, Segment, Span
from aligner.segment.document import segment

ENCODER = HashEncoder()


def plan_of(caption, body):
    document = segment(join_texts("a.txt", caption, body))
    return document, candidates(document)


BODY = (
    'The bridge will open again in May, said mayor Anna Visser. "We have waited long enough," she added.\n\n'
    '"The steel is sound," Visser said. "The bolts are not."\n\n'
    "Engineers replaced four hundred bolts last winter, but the paint will have to wait."
)


def test_a_quote_is_compared_without_its_attribution():
    document, plan = plan_of("“We hebben lang genoeg gewacht”, zegt burgemeester Anna Visser. (Foto: ANP)", BODY)
    assert plan.unit_texts == ("We hebben lang genoeg gewacht",)
    assert plan.units[0].segment.quoted
    assert plan.units[0].segment.speaker == "Anna Visser"
    assert "We have waited long enough" in plan.element_texts
    assert document.credits == ("Foto: ANP",)


def test_a_sentence_that_only_attributes_is_no_element():
    _, plan = plan_of("De brug gaat in mei weer open.", BODY)
    assert not [text for text in plan.element_texts if text in ("she added.", "Visser said.", "she added")]
    assert "The steel is sound" in plan.element_texts
    assert "The bolts are not." in plan.element_texts


def test_indirect_speech_stands_whole_and_has_its_speaker():
    _, plan = plan_of("Volgens burgemeester Anna Visser gaat de brug in mei weer open.", BODY)
    assert plan.unit_texts == ("Volgens burgemeester Anna Visser gaat de brug in mei weer open.",)
    assert plan.units[0].segment.speaker == "Anna Visser"


@pytest.mark.parametrize("text", [FERRY, MARKET])
def test_units_and_elements_keep_to_their_blocks(text):
    document = segment(read_text("a.txt", text))
    for element in caption_units(document) + body_elements(document):
        block = document.blocks[element.segment.block]
        assert all(span.within(block.span) for span in element.segment.spans)
        assert list(element.segment.spans) == sorted(element.segment.spans)


def test_the_other_languages_body_sentences_are_units_too():
    document = segment(read_text("a.txt", MARKET))
    assert [document.blocks[unit.segment.block].role for unit in caption_units(document)] == [Role.CAPTION]


def test_an_article_in_one_language_without_caption_says_why():
    text = "Council agrees budget\n\nThe council agreed the budget on Tuesday after a debate of six hours."
    plan = candidates(segment(read_text("a.txt", text)))
    assert not plan.units
    assert "only one language" in plan.why_nothing


def test_reasons_of_units_that_cannot_be_aligned():
    body = "The bridge will open again in May. Engineers replaced four hundred bolts last winter."
    for caption, reason in (
        ("The mayor looks at the bridge from the river bank on Monday.", "same language"),
        ("Die Bürgermeisterin betrachtet am Montag die Brücke vom Ufer aus.", "unknown language"),
    ):
        document, plan = plan_of(caption, body)
        beads = match(
            document, plan, dict(zip(plan.texts(), ENCODER.encode(list(plan.texts())), strict=True)), Settings()
        )
        assert [bead.reason for bead in beads] == [reason]


def test_the_window_is_the_text_that_shares_the_words_in_any_order():
    sentences = ["Alpha beta gamma delta.", "Epsilon zeta eta theta.", "Iota kappa lambda mu.", "Nu xi omicron pi."]
    encoded = ENCODER.encode(sentences)
    body = Body(encoded, np.stack([item.vector for item in encoded]), range(4), [False] * 4)
    found = best_window(ENCODER.encode(["iota kappa lambda mu"])[0], body, False, "nl", 4)
    assert (found.first, found.last) == (2, 2)
    both = best_window(ENCODER.encode(["epsilon zeta eta theta iota kappa lambda mu"])[0], body, False, "nl", 4)
    assert (both.first, both.last) == (1, 2)
    one = best_window(ENCODER.encode(["epsilon zeta eta theta iota kappa lambda mu"])[0], body, False, "nl", 1)
    assert one.first == one.last


def shown(unit, text):
    a, b = ENCODER.encode([unit, text])
    return rendered(a, b).of(text)


def test_a_clause_that_is_not_rendered_is_cut():
    text = "Engineers replaced four hundred bolts last winter, and the mayor thanked them with a cake on Friday."
    assert (
        shown("engineers replaced four hundred bolts last winter", text)
        == "Engineers replaced four hundred bolts last winter"
    )


@pytest.mark.parametrize(
    "tail", ["unless the council objects to the plan", "but only if the river stays low", "as long as nobody complains"]
)
def test_a_governing_clause_stays(tail):
    text = f"The bridge opens again on Monday, {tail}."
    assert tail in shown("the bridge opens again on Monday", text)


@given(st.text(alphabet="ab ,;.-() ifbut\n", max_size=80))
def test_clauses_cover_the_text_in_order(text):
    clauses = clauses_of(text)
    assert "".join(clause.of(text) for clause in clauses) == (text if clauses else "")


@given(st.lists(st.text(alphabet="ab \n", min_size=1, max_size=12), min_size=1, max_size=3), st.data())
def test_a_cut_gives_back_the_characters_asked_for(pieces, data):
    source = "|".join(pieces)
    spans, at = [], 0
    for piece in pieces:
        spans.append(Span(at, at + len(piece)))
        at += len(piece) + 1
    whole = Segment(tuple(spans), "nl", Role.CAPTION, 0)
    text = whole.text(source)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    kept = cut(whole, source, Span(start, end))
    assert " ".join(" ".join(s.of(source).split()) for s in kept).split() == text[start:end].split()
