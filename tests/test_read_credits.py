"""Photo credits told from the words of a caption."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.read.credits import find_credit, is_credit, split_credit


@pytest.mark.parametrize(
    ("content", "tail", "credit"),
    [
        ("“Wij gaan door,” zei Vermeulen.", " / AFP", "AFP"),
        ("De brug is dicht.", " (Foto: ANP)", "Foto: ANP"),
        ("De brug is dicht.", "Foto: ANP / Mies de Wit", "Foto: ANP / Mies de Wit"),
        ("De brug is dicht.", "© ANP", "© ANP"),
        ("De brug tijdens de storm.", " — © BELGA", "© BELGA"),
        ("De brug is dicht.", " Beeld ANP / Hollandse Hoogte", "Beeld ANP / Hollandse Hoogte"),
        ("De brug is dicht.", " Foto eigen archief", ""),
        ("De brug is dicht.", " Foto: eigen archief", "Foto: eigen archief"),
        ("The bridge on Monday.", " (Photo by Ann Lee/AFP via Getty Images)", "Photo by Ann Lee/AFP via Getty Images"),
        ("The bridge on Monday.", " | Reuters", "Reuters"),
        ("The bridge on Monday.", " Photograph: Ann Lee/The Courier", "Photograph: Ann Lee/The Courier"),
        ("The bridge on Monday.", " REUTERS/Ann Lee", "REUTERS/Ann Lee"),
        ("The bridge on Monday", " / AFP", "AFP"),
        ("Die Brücke am Montag.", " Bild: dpa", "Bild: dpa"),
        ("Le pont lundi.", " Crédit photo : AFP", "Crédit photo : AFP"),
        ("El puente, el lunes.", " Ana Ruiz (EFE)", "Ana Ruiz (EFE)"),
        ("Galway’s Michael D. Byrne.", " | Ann Lee/PA Images via Getty Images", "Ann Lee/PA Images via Getty Images"),
    ],
)
def test_split(content: str, tail: str, credit: str):
    text = content + tail
    span, found = split_credit(text)
    assert found == credit
    assert span.of(text) == (content if credit else text)


@pytest.mark.parametrize(
    "text",
    [
        "Foto: de minister komt aan bij het paleis.",
        "Beeld van de brand in Gent",
        "Dat meldt persbureau Reuters.",
        "Dat zei zij tegen AFP.",
        "Hij deelde een foto: Vermeulen",
        "Getty Images won the case",
        "De minister (links) en haar broer (rechts).",
        "Vermeulen (VVD)",
        "Het kostte 3 / 4 van de prijs",
        "Volgens de bron: Rusland en China",
    ],
)
def test_text_is_not_eaten(text: str):
    assert split_credit(text)[1] == ""


@pytest.mark.parametrize(
    "text", ["Foto: ANP", "© Getty Images / Ann Lee", "REUTERS/Ann Lee", "(Photo: Belga)", "Screenshot: YouTube"]
)
def test_credit_alone(text: str):
    assert is_credit(text)


def test_credit_first():
    span, credit = split_credit("Foto: ANP | De brug is dicht")
    assert (credit, span.start) == ("Foto: ANP", 12)


@given(st.text(alphabet='ab AB.,/|()©:–\n"FotoANPReuters', max_size=80))
def test_spans_are_in_the_text_and_apart(text: str):
    found = find_credit(text)
    assert 0 <= found.content.start <= found.content.end <= len(text)
    if found.credit is not None:
        assert found.credit.of(text).strip()
        assert not found.credit.overlaps(found.content)
