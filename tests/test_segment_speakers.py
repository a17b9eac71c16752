"""Who is meant: couples, relatives, people named after the quote, bodies by another word."""

from __future__ import annotations

import pytest

from aligner.records import Block, Page, Role, Span
from aligner.segment.document import segment


def speakers(text: str) -> list[str]:
    """The full speaker of every quote of a text whose paragraphs are parted by empty lines."""
    blocks, at = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block(Role.PARAGRAPH, Span(at, at + len(part))))
        at += len(part) + 2
    return [quote.speaker_full for quote in segment(Page("a", text, tuple(blocks))).quotes]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # one surname for two
        (
            'Tom and Anna Hill saw the fox. "It bit me," Tom said.\n\n"It was a cat," said his wife.',
            ["Tom Hill", "Anna Hill"],
        ),
        (
            'Jan en Els Prins zagen de vos. "Hij beet", zegt Jan.\n\n"Het was een kat", lacht zijn vrouw.',
            ["Jan Prins", "Els Prins"],
        ),
        # the name comes after the quote
        ('"I saw it fall," said a plumber. Anna Hill was on the roof when the mast broke.', ["Anna Hill"]),
        ('"Ik zag hem vallen", zegt een loodgieter. Els Prins stond op het dak toen de mast brak.', ["Els Prins"]),
        # where somebody is from, what somebody is
        ('Tom Hill won the race. "I flew," the Canadian said.', ["Tom Hill"]),
        ('De zege ging naar Jan Prins. "Ik vloog", zei de Zwollenaar.', ["Jan Prins"]),
        # colleagues and rivals
        (
            'Tom Hill and Sue Bell both stood. "I won," Bell said. "She did not," her opponent said.',
            ["Sue Bell", "Tom Hill"],
        ),
        # bodies by another word
        ("De gemeente sluit het zwembad. Het stadsbestuur zegt dat er geen geld is.", ["de gemeente"]),
        ("The Ministry of Health has closed the lab. It said that the roof leaked.", ["the Ministry of Health"]),
        # a question is about nobody; the one talked to answers
        (
            'Anna Hill talks to Tom Bell about his boat\n\nWhen was it built?\n\n"In my youth. I forget when."',
            ["Tom Bell"],
        ),
        # a nickname, and the Dutch title mr.
        ('Tom "Sparky" Bell has retired. "I am tired," Sparky said.', ["Tom Bell"]),
        ('Haar advocaat, mr. Els Prins, zweeg eerst. "Het is klaar", zei zij later.', ["Els Prins"]),
        # the subject of the clause is not the one in "volgens haar"
        ('"Het is op", zei Els Prins. Jan Visser heeft volgens haar niets gezegd.', ["Els Prins"] * 3),
    ],
)
def test_meant(text: str, wanted: list[str]) -> None:
    assert speakers(text) == wanted
