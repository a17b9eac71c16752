"""Plain text to blocks with roles."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aligner.errors import InputError
from aligner.read.dates import is_byline, is_date_line, iso_date
from aligner.read.layout import pieces
from aligner.read.plain import read_plain
from aligner.read.reader import join_texts, read_text
from aligner.records import Page, Role

BODY_EN = [
    "The council of Grootdorp has decided to close the old swimming pool at the end of the month.",
    "According to the mayor there is no money left for the repair of the roof, which leaks every winter.",
    '"We have waited for ten years and nothing has happened," said Ria Blok, who swims there every day.',
]
BODY_NL = [
    "De gemeente Grootdorp heeft besloten het oude zwembad aan het einde van de maand te sluiten.",
    "Volgens de burgemeester is er geen geld meer voor het herstel van het dak, dat elke winter lekt.",
    "“We hebben tien jaar gewacht en er is niets gebeurd”, zei Ria Blok, die er elke dag zwemt.",
]


def roles(page: Page) -> list[str]:
    return [str(block.role) for block in page.blocks]


def text_of(page: Page, role: Role) -> list[str]:
    return [block.span.of(page.text) for block in page.blocks if block.role is role]


def test_one_paragraph_a_line_without_blank_lines():
    lines = [
        "Village pool to close",
        "Residents are angry about a decision that nobody explained to them.",
        "Village pool to close",
        "“Wij hebben tien jaar gewacht en er is niets gebeurd”, zei Ria Blok bij het zwembad. / AFP",
        "March 3, 2024",
    ]
    page = read_plain("a.txt", "\n".join(lines) + "\n\n" + "\n\n".join(BODY_EN))
    assert roles(page) == ["title", "dek", "title", "caption", "credit", "dateline", *["paragraph"] * 3]
    assert page.credits == ("AFP",)
    assert page.date == "2024-03-03"
    assert page.title == "Village pool to close"


@pytest.mark.parametrize(
    ("body", "caption"),
    [
        (BODY_EN, "De zwemmers staan voor een dichte deur en weten niet wat zij nu moeten doen."),
        (BODY_NL, "The swimmers stand in front of a closed door and do not know what to do now."),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 3])
def test_caption_in_the_other_language_anywhere(body: list[str], caption: str, place: int):
    parts = ["Zwembad Grootdorp dicht", *body[:place], caption, *body[place:]]
    page = read_plain("a.txt", "\n\n".join(parts))
    assert text_of(page, Role.CAPTION) == [caption]
    assert text_of(page, Role.PARAGRAPH) == body


def test_caption_in_the_same_language_needs_a_credit_or_a_label():
    for caption, own in (
        ("Het zwembad, gisteren. Foto: Mies de Wit", "Het zwembad, gisteren."),
        ("Bijschrift: het zwembad staat al leeg sinds gisteren.", "het zwembad staat al leeg sinds gisteren."),
    ):
        page = read_plain("a.txt", "\n\n".join(["Zwembad dicht", BODY_NL[0], caption, *BODY_NL[1:]]))
        assert text_of(page, Role.CAPTION) == [own]


def test_a_sign_off_is_no_caption():
    page = read_plain("a.txt", "\n\n".join(["Village pool to close", *BODY_EN, "The pool opened in 1961. / AFP"]))
    assert text_of(page, Role.CAPTION) == []


def test_a_run_in_another_language_is_body():
    page = read_plain("a.txt", "\n\n".join(["Village pool to close", *BODY_EN * 3, *BODY_NL, BODY_NL[0]]))
    assert text_of(page, Role.CAPTION) == []


def test_headings_lists_and_pointers():
    parts = [
        "Village pool to close",
        BODY_EN[0],
        "No money left",
        BODY_EN[1],
        "- a new roof\n- warm water",
        "Read more: pools",
    ]
    page = read_plain("a.txt", "\n\n".join([*parts, BODY_EN[2]]))
    assert roles(page) == ["title", "paragraph", "heading", "paragraph", "list", "list", "paragraph"]
    assert text_of(page, Role.LIST) == ["a new roof", "warm water"]


def test_hard_wrapped_lines_stay_one_block():
    wrapped = "\n".join(
        [
            "The council of Grootdorp has decided to close the old swimming pool at",
            "the end of the month. According to the mayor there is no money left",
            "for the repair of the roof, which leaks every winter.",
        ]
    )
    page = read_plain("a.txt", f"Village pool to close\n\n{wrapped}\n\n{wrapped}")
    assert text_of(page, Role.PARAGRAPH) == [wrapped, wrapped]


def test_markdown():
    page = read_text(
        "a.md", "# Village pool to close\n\n" + BODY_EN[0] + "\n\n## No money\n\n![x](y.png)\n\n> " + BODY_EN[2]
    )
    assert roles(page) == ["title", "paragraph", "heading", "quote"]
    assert page.title == "Village pool to close"


def test_two_texts():
    page = join_texts("x", "De brug is dicht. / AFP\n\nNog een.", "The bridge is closed.\n\nIt will open.")
    assert roles(page) == ["caption", "credit", "caption", "paragraph", "paragraph"]
    assert page.credits == ("AFP",)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("March 26, 2025", "2025-03-26"),
        ("maandag 2 december 2024", "2024-12-02"),
        ("Gent, 6 juni", ""),
        ("Gepubliceerd op 12-03-2025, 14.30 uur", "2025-03-12"),
        ("Last updated on Oct 3, 2024 · 4 min read", "2024-10-03"),
    ],
)
def test_date_lines(line: str, date: str):
    assert is_date_line(line)
    assert iso_date(line) == date


def test_lines_that_are_no_date_or_author():
    assert not is_date_line("May 5 was a nice day")


@pytest.mark.parametrize("unit", ["A-", "Aa-", "Aa a-"])
def test_a_line_of_hyphens_is_no_date_line_soon(unit):
    begin = time.perf_counter()
    assert not is_date_line((unit * 60)[:120])
    assert time.perf_counter() - begin < 0.2  # 1.2 s when hyphens could be read two ways
    assert not is_byline("Door de regen kwam niemand")
    assert not is_byline("By midnight the fire was out")
    assert is_byline("Van onze redactie economie")
    assert is_byline("By Ann Lee in Grootdorp")


def test_no_letters():
    with pytest.raises(InputError):
        read_plain("a.txt", "123 456")


def test_many_lines_take_no_more_than_linear_time():
    begin = time.perf_counter()
    assert len(pieces("A b.\n" * 50_000)) == 50_000
    assert time.perf_counter() - begin < 10


WORDS = st.sampled_from(
    [
        "De",
        "the",
        "minister",
        "zei",
        "said",
        ".",
        "\n",
        "\n\n",
        "Foto: ANP",
        " / AFP",
        "-",
        "“",
        "”",
        "3 mei 2024",
        "By Ann",
    ]
)


@example("Foto: ANP - By Ann De")
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_blocks_are_sorted_apart_and_trimmed(text: str):
    try:
        page = read_plain("a.txt", text)
    except InputError:
        return
    end = 0
    for block in page.blocks:
        assert end <= block.span.start < block.span.end <= len(text)
        own = block.span.of(page.text)
        assert own == own.strip()
        end = block.span.end
    assert page.text == text
