"""Token alignment with hand-made states, and with the real encoder (`model`)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.embed.encoder import Encoded, HashEncoder, SentenceTransformerEncoder
from aligner.embed.tokens import coverage, match, project, word_scores, word_weights, words
from aligner.records import Span
from aligner.segment.function_words import FUNCTION_WORDS


def enc(text: str) -> Encoded:
    return HashEncoder().encode([text])[0]


def made(text: str, pieces: list[str]) -> Encoded:
    """An `Encoded` whose tokens are `pieces`, found in order; every state its own axis."""
    at, offsets = 0, []
    for piece in pieces:
        at = text.index(piece, at)
        offsets.append((at, at + len(piece)))
        at += len(piece)
    states = np.eye(len(pieces), 32, dtype=np.float16)
    return Encoded(text, np.ones(4, np.float32) / 2, states, np.array(offsets, np.int32).reshape(-1, 2))


def test_words_gather_tokens_and_leave_out_marks() -> None:
    encoded = made("Dat 100-jarige, € 1.250,50!", ["Dat", "100", "-", "jarige", ",", "€", "1.2", "50,50", "!"])
    found = [(encoded.text[w.start : w.end], w.tokens) for w in words(encoded)]
    assert found == [("Dat", (0,)), ("100-jarige", (1, 2, 3)), ("€", (5,)), ("1.250,50", (6, 7))]
    assert words(encoded)[0].span == Span(0, 3)


def test_a_token_over_two_words_belongs_to_the_first() -> None:
    encoded = made("a b c", ["a b", "c"])
    assert [w.tokens for w in words(encoded)] == [(0,), (1,)]


def test_equal_words_link_wherever_they_stand() -> None:
    a, b = enc("rode fiets in Assen"), enc("in Assen rode fiets")
    found = match(a, b)
    assert found.similarity.shape == (4, 4)
    assert found.word_links.tolist() == [[0, 2], [1, 3], [2, 0], [3, 1]]
    assert found.links.tolist() == found.word_links.tolist()
    assert (found.word_best_a > 0.9).all()


def test_a_lacking_word_scores_worst() -> None:
    a, b = enc("rode fiets gestolen gisteren"), enc("rode fiets gisteren")
    scores = word_scores(a, b)
    assert int(scores.best_a.argmin()) == 2
    one, two = coverage(match(a, b), k=1)
    assert one.worst < two.worst
    assert one.unlinked == pytest.approx(0.25)
    assert two.unlinked == 0.0
    assert one.contrast < 0


def test_projection() -> None:
    a, b = enc("gisteren fietste Anna naar Assen toe"), enc("Anna fietste zonder licht naar Assen toe gisteren")
    span = Span(a.text.index("naar"), len(a.text))
    got = project(match(a, b), span)
    assert got is not None
    assert got.of(b.text) == "naar Assen toe"
    assert project(match(a, enc("xyz qqq")), Span(0, 8)) is None
    assert project(match(a, b), Span(0, 0)) is None


@pytest.mark.parametrize(("x", "y"), [("", ""), ("", "iets hier"), ("iets hier", ""), ("?!", "iets"), ("iets", "…")])
def test_empty_sides(x: str, y: str) -> None:
    found = match(enc(x), enc(y))
    assert found.word_links.shape[1] == 2
    assert found.links.shape[1] == 2
    assert len(found.word_best_a) == len(found.words_a)
    coverage(found)
    assert project(found, Span(0, 5)) is None or (x, y) == ("iets", "iets")
    word_scores(enc(x), enc(y))


@settings(max_examples=50)
@given(st.text(max_size=40), st.text(max_size=40))
def test_shapes_and_symmetry(x: str, y: str) -> None:
    a, b = enc(x), enc(y)
    forth, back = match(a, b), match(b, a)
    assert forth.best_a.shape == forth.arg_a.shape == (len(a.states),)
    assert np.allclose(forth.similarity, back.similarity.T, atol=1e-5)
    assert np.allclose(forth.word_similarity, back.word_similarity.T, atol=1e-5)
    one, two = coverage(forth)
    for side in (one, two):
        assert -1.01 <= side.worst <= side.mean + 1e-5
        assert 0 <= side.unlinked <= 1.0001


def test_weights_by_language_or_guess() -> None:
    nl, en = enc("de fiets van Anna werd gestolen"), enc("the bike of Anna was stolen")
    assert word_weights(nl, "nl").tolist() == pytest.approx([0.2, 1, 0.2, 1, 0.2, 1])
    assert word_weights(nl).tolist() == word_weights(nl, "nl").tolist()
    assert word_weights(en).tolist() == word_weights(en, "en").tolist()
    assert word_weights(nl, "fr").min() == 1


def test_function_words_leave_meaning_alone() -> None:
    carrying = {"niet", "geen", "nooit", "zonder", "tenzij", "mits", "als", "maar", "zolang", "alle", "twee"}
    carrying |= {"not", "no", "never", "without", "unless", "if", "but", "all", "two"}
    for listed in FUNCTION_WORDS.values():
        assert not listed & carrying
        assert all(word == word.lower() for word in listed)


@pytest.mark.model
def test_real_tokens_find_the_counterpart_and_the_gap() -> None:
    texts = [
        "De brandweer redde gisteren twee katten uit een boom in Zwolle.",
        "Firefighters saved two cats from a tree in Zwolle yesterday.",
        "Firefighters saved two cats from a tree in Zwolle yesterday after a long and dangerous climb.",
    ]
    nl, en, longer = SentenceTransformerEncoder().encode(texts)
    found = match(nl, en)
    cats = Span(texts[0].index("twee katten"), texts[0].index(" uit"))
    got = project(found, cats)
    assert got is not None
    assert "cats" in got.of(texts[1])
    assert "Zwolle" not in got.of(texts[1])
    faithful, added = coverage(match(nl, en))[1], coverage(match(nl, longer))[1]
    assert added.worst < faithful.worst - 0.1
