"""Units, windows and clauses, with the stand-in encoder: what is compared, and what is cut."""

from __future__ import annotations

import time

import numpy as np
import pytest
from articles import FERRY, MARKET
from hypothesis import given
from hypothesis import strategies as st

from aligner.alignment.captions import Body, best_window, candidates, match
from aligner.alignment.trim import clauses_of, cut, rendered, reported_borders
from aligner.alignment.units import _relative_clauses, body_elements, caption_units
from aligner.config import Settings
from aligner.embed.encoder import HashEncoder
from aligner.read.reader import join_texts, read_text
from aligner.records import Quote, QuoteKind, Role, Segment, Span
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


def shown(unit, text, lang="en"):
    a, b = ENCODER.encode([unit, text])
    return rendered(a, b, lang).of(text)


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
    clauses = clauses_of(text, "en", [len(text) // 2] if len(text) > 2 else [])
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


def test_of_opens_a_clause_in_dutch_only():
    assert len(clauses_of("They made thirty kilos of honey last summer", "en")) == 1
    assert len(clauses_of("Ze betaalt dinsdag de boete of ze gaat naar de cel", "nl")) == 2


def test_what_depends_on_a_governing_clause_stays_with_it():
    text = "The meals go on, but only in schools where half of the pupils are poor."
    assert shown("the meals go on", text) == text.rstrip(".") or shown("the meals go on", text) == text


def test_until_then_is_no_condition():
    text = "Until then the cars must make a detour, and a small ferry carries the people on foot."
    assert shown("a small ferry carries the people on foot", text).startswith("and a small ferry")


def test_a_name_of_the_sentence_before_brings_that_sentence_into_no_window():
    sentences = ["Minister Anna Visser resigned on Monday.", "She hopes that other towns will follow."]
    encoded = ENCODER.encode(sentences)
    body = Body(encoded, np.stack([item.vector for item in encoded]), range(2), [False] * 2)
    caption = ENCODER.encode(["Minister Anna Visser hopes that other towns will follow."])[0]
    found = best_window(caption, body, False, "nl", 4)
    assert (found.first, found.last) == (1, 1)


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        (
            '"We have waited," said union leader Anna Visser, who has worked on the quays since 1998.',
            "union leader Anna Visser, who has worked on the quays since 1998",
        ),
        (
            '"We have waited," Anna Visser, who plays the violin in Berlin, said on Monday.',
            "Anna Visser, who plays the violin in Berlin",
        ),
    ],
)
def test_what_an_attribution_says_of_the_speaker_is_an_element(sentence, clause):
    _, plan = plan_of("De vioolspeelster in Berlijn.", sentence)
    assert clause in plan.element_texts


def test_reported_clauses_are_borders_only_behind_verbs_that_state():
    for verb, cut_off in (("said", True), ("denied", False), ("hopes", False)):
        body = f"Director Anna Visser {verb} that the jail is fourteen guards short."
        document, plan = plan_of("De gevangenis komt veertien cipiers tekort.", body)
        segment_ = plan.elements[0].segment
        assert bool(reported_borders(document, segment_)) is cut_off


@pytest.mark.parametrize(
    ("caption", "body"),
    [
        ("1 2 3 4 5 6 7 8 9", "10 20 30 40.\n\n50 60 70."),
        ("Anna Visser, Jan de Boer, Piet Smit", "Anna Visser. Jan de Boer. Piet Smit."),
        ("“Wij zijn er klaar voor.", "“We are ready.\n\nNobody closed the mark."),
        ("“Een.” “Twee.” “Drie.”", "\n\n".join(f'"Quote number {n} is about the bridge."' for n in range(40))),
        ("Het " + "lange bijschrift gaat maar door en " * 100 + "stopt.", "The long caption goes on and on."),
        ("The bridge is open again, said the mayor.", "De brug is weer open, zei de burgemeester."),
    ],
)
def test_bad_input_gives_a_bead_a_unit_and_no_crash(caption, body):
    document, plan = plan_of(caption, body)
    texts = [*dict.fromkeys(plan.texts())]
    vectors = dict(zip(texts, ENCODER.encode(texts), strict=True)) if texts else {}
    beads = match(document, plan, vectors, Settings(encoder="hash"))
    assert len(beads) == len(plan.units)
    assert all(bead.body is not None or bead.reason for bead in beads)


def test_the_time_grows_with_the_number_of_captions_only():
    body = "\n\n".join(f"The council of town {n} bought {n} boats for the harbour." for n in range(60))

    def compared(captions):
        document, plan = plan_of("\n\n".join(f"De gemeente kocht {n} boten." for n in range(captions)), body)
        texts = [*dict.fromkeys(plan.texts())]
        vectors = dict(zip(texts, ENCODER.encode(texts), strict=True))
        began = time.process_time()
        assert len(match(document, plan, vectors, Settings(encoder="hash"))) == captions
        return time.process_time() - began

    compared(10)
    assert compared(300) < 40 * compared(30) + 0.5


def test_a_clause_about_the_speaker_keeps_to_its_sentence_whatever_the_frame():
    text = "It is late. Ann Bell, who has run the port since 1998"
    whole, frame = Span(12, len(text)), Span(0, len(text))
    quote = Quote(Span(0, 2), QuoteKind.DIRECT, "en", 0, frame=(frame,))
    assert [span.of(text) for span in _relative_clauses(text, quote, whole)] == [text[12:]]
