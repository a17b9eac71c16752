"""Quotes and speakers on own texts: styles of marks, frames, names; and hostile articles."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.records import BODY_ROLES, Block, Document, Page, Role, Span
from aligner.segment.document import segment


def page(*paragraphs: str | tuple[Role, str]) -> Page:
    blocks, parts, at = [], [], 0
    for item in paragraphs:
        role, text = item if isinstance(item, tuple) else (Role.PARAGRAPH, item)
        blocks.append(Block(role, Span(at, at + len(text))))
        parts.append(text)
        at += len(text) + 2
    return Page("test.txt", "\n\n".join(parts), tuple(blocks))


def found(*paragraphs: str | tuple[Role, str]) -> list[tuple[str, str, str]]:
    document = segment(page(*paragraphs))
    return [(q.kind.value[0], q.span.of(document.text), q.speaker_full) for q in document.quotes]


MARKS = ["“{}” ", '"{}" ', "‘{}’ ", "'{}' ", "„{}” ", "«{}» ", "« {} » ", "„{}“ "]


@pytest.mark.parametrize("marks", MARKS)
def test_every_style_of_marks(marks):
    said = marks.format("We blijven foto's maken, 's avonds ook,")
    assert found(f"{said}zei Tineke Mulder.") == [("d", "We blijven foto's maken, 's avonds ook", "Tineke Mulder")]


ONE = [
    ("“Het ijs is te dun,” zegt ijsmeester Gerrit Hofstra.", "d", "Het ijs is te dun", "Gerrit Hofstra"),
    ('"Het ijs is te dun", aldus Gerrit Hofstra.', "d", "Het ijs is te dun", "Gerrit Hofstra"),
    ("Gerrit Hofstra zei: „Het ijs is te dun.”", "d", "Het ijs is te dun.", "Gerrit Hofstra"),
    ("Ijsmeester Gerrit Hofstra: ‘Het ijs is te dun.’", "d", "Het ijs is te dun.", "Gerrit Hofstra"),
    ("Volgens Gerrit Hofstra is het ijs te dun.", "i", "is het ijs te dun", "Gerrit Hofstra"),
    ("Gerrit Hofstra laat weten dat het ijs te dun is.", "i", "het ijs te dun is", "Gerrit Hofstra"),
    ("Het ijs is te dun, vindt Gerrit Hofstra.", "i", "Het ijs is te dun", "Gerrit Hofstra"),
    ("Eerder zei Gerrit Hofstra al dat het ijs te dun is.", "i", "het ijs te dun is", "Gerrit Hofstra"),
    ("Gerrit Hofstra zegt het ijs te mijden.", "i", "het ijs te mijden", "Gerrit Hofstra"),
    ("De ijsclub meldt dat het ijs te dun is.", "i", "het ijs te dun is", "de ijsclub"),
    ("“The ice is thin,” said warden Grace Hobbs.", "d", "The ice is thin", "Grace Hobbs"),
    ('"The ice is thin," warden Grace Hobbs warned on Friday.', "d", "The ice is thin", "Grace Hobbs"),
    ('"Is the ice thin?" Grace Hobbs asked.', "d", "Is the ice thin?", "Grace Hobbs"),
    ("According to Grace Hobbs, the ice is thin.", "i", "the ice is thin", "Grace Hobbs"),
    ("Grace Hobbs told skaters that the ice was thin.", "i", "the ice was thin", "Grace Hobbs"),
    ("Grace Hobbs, who keeps the pond, said the ice was thin.", "i", "the ice was thin", "Grace Hobbs"),
    ("The ice was thin, Grace Hobbs said.", "i", "The ice was thin", "Grace Hobbs"),
    ("Police said the ice was thin.", "i", "the ice was thin", "police"),
    ('Grace Hobbs called the ice "a pane of glass".', "i", 'the ice "a pane of glass"', "Grace Hobbs"),
]


@pytest.mark.parametrize(("text", "kind", "content", "who"), ONE)
def test_frames_in_any_order(text, kind, content, who):
    assert found(text) == [(kind, content, who)]


def test_a_split_quote_is_two_and_both_have_the_speaker():
    assert found('"Wie wacht," zei Karin Smeets, "verliest. Altijd."') == [
        ("d", "Wie wacht", "Karin Smeets"),
        ("d", "verliest. Altijd.", "Karin Smeets"),
    ]


def test_several_sentences_in_one_pair_of_marks_are_one_quote():
    assert found("“We waited. Nobody came. We left,” said Ruth Penn.") == [
        ("d", "We waited. Nobody came. We left", "Ruth Penn")
    ]


def test_pronouns_and_last_names_find_the_full_name():
    quotes = found(
        "Harbour master Joyce Adeyemi closed the port. Engineer Paul Stott objected.",
        '"It floats," Stott said. "It always did."',
        '"It leaks," she replied. Adeyemi added that repairs would take a week.',
    )
    assert [q[2] for q in quotes] == ["Paul Stott", "Paul Stott", "Joyce Adeyemi", "Joyce Adeyemi"]


def test_a_dutch_caption_finds_its_name_in_the_english_body():
    quotes = found(
        (Role.CAPTION, "“Wij blijven open,” zei Adeyemi."),
        "Harbour master Joyce Adeyemi spoke on Monday.",
        '"We stay open," she said.',
    )
    assert quotes == [("d", "Wij blijven open", "Joyce Adeyemi"), ("d", "We stay open", "Joyce Adeyemi")]


def test_roles_find_their_holder_in_both_languages():
    quotes = found(
        (Role.CAPTION, "„Ik slaap er niet van,” zegt de burgemeester."),
        "Mayor Ellen Roper has had enough. “I cannot sleep,” the mayor said.",
    )
    assert [q[2] for q in quotes] == ["Ellen Roper", "Ellen Roper"]


def test_a_quote_over_paragraphs_has_one_speaker():
    quotes = found(
        "Gwen Faber las de brief voor:",
        "“Wij hebben gewacht. Niemand belde.",
        "“Nu gaan wij weg.”",
        "De zaal zweeg.",
    )
    assert [(q[1], q[2]) for q in quotes] == [
        ("Wij hebben gewacht. Niemand belde.", "Gwen Faber"),
        ("Nu gaan wij weg.", "Gwen Faber"),
    ]


def test_two_speakers_in_one_sentence():
    quotes = found("“Links,” zei Anna Dekker, terwijl Bram Kok riep: “Rechts!”")
    assert [(q[1], q[2]) for q in quotes] == [("Links", "Anna Dekker"), ("Rechts!", "Bram Kok")]


def test_dialogue_with_dashes_takes_turns():
    quotes = found(
        "Anna en Bram zijn thuis.", "– Heb je honger? vraagt Anna.", "– Altijd, zegt Bram.", "– Dan koken we."
    )
    assert [(q[1], q[2]) for q in quotes] == [("Heb je honger?", "Anna"), ("Altijd", "Bram"), ("Dan koken we.", "Anna")]


@pytest.mark.parametrize(
    "text",
    [
        "De film “De lange weg” draait in het “groene” theater.",
        "'s Avonds was 't druk; foto's, zo'n menigte, rock 'n' roll in de jaren '80.",
        "The so-called ‘miracle’ cure is sold as “Vita Plus”.",
        "Het parket begon een onderzoek en wees de klacht af.",
        "The farmers' market and the '90s band's songs drew a crowd.",
    ],
)
def test_no_speech_here(text):
    assert found(text) == []


def test_a_headline_with_a_name_and_a_colon_needs_no_marks():
    quotes = found((Role.TITLE, "Hobbs to skaters: Stay off the ice"), "Warden Grace Hobbs said the ice was thin.")
    assert quotes[0] == ("d", "Stay off the ice", "Grace Hobbs")
    assert found((Role.TITLE, "Storm: thousands without power"), "A storm hit the coast.") == []


def test_frames_are_noted_and_lie_outside_the_content():
    document = segment(page("“The ice is thin,” said Grace Hobbs on Friday."))
    (quote,) = document.quotes
    assert [span.of(document.text) for span in quote.frame] == ["said Grace Hobbs on Friday"]
    assert quote.cue == "said"


# ---------------------------------------------------------------- whatever comes


def check(document: Document) -> None:
    text = document.text
    for sentence in document.sentences:
        assert sentence.span.within(document.blocks[sentence.block].span)
    assert list(document.sentences) == sorted(document.sentences, key=lambda s: s.span)
    assert list(document.quotes) == sorted(document.quotes, key=lambda q: (q.span, q.kind))
    for quote in document.quotes:
        assert quote.span.within(document.blocks[quote.block].span)
        assert quote.span.of(text).strip() == quote.span.of(text) != ""
        assert all(span.within(document.blocks[quote.block].span) for span in quote.frame)


PIECES = [
    "“", "”", '"', "'", "’", "‘", "„", "«", "»", "— ", "– ", ", ", ". ", "? ", ": ", "; ", " ", "\n", "(", ")",
    "zei ", "zegt ", "said ", "she ", "hij ", "Jan ", "van der ", "Berg", "De ", "Mary Hill",
    "volgens ", "according to ",
    "dat ", "that ", "the minister", "Minister ", "'s ", "foto's ", "adding ", "aldus ",
    "voegde ", "toe", "and ", "het ",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=25).map("".join), max_size=5))
def test_any_text_gives_sound_spans(paragraphs):
    roles = [Role.CAPTION, Role.PARAGRAPH, Role.TITLE, Role.QUOTE, Role.PARAGRAPH]
    check(segment(page(*zip(roles, paragraphs, strict=False))))


HOSTILE = {
    "all quotes": ["“Ik zei het toch.” “Wat zei je?” “Niets.”"] * 60,
    "unclosed in line one": ["“Wij gaan nooit meer terug, zei Jan Prins.", "Het regende.", "De trein reed door. " * 20],
    "300 captions": [(Role.CAPTION, f"Bewoner {n} voor zijn huis in Urk.") for n in range(300)],
    "only names": ["Jan Smit, Piet de Boer, Mary Hill, John Doe " * 40] * 3,
    "only numbers": ["12 345 6.7 89% 10:30 " * 60] * 3,
    "only marks": ["“”\"'‘’«»„" * 200] * 3,
    "one long caption": [(Role.CAPTION, "De man die zei dat hij, zo zei men, zei wat hij zei, " * 40)],
    "empty": [],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_articles(name):
    document = segment(page(*HOSTILE[name]))
    check(document)
    if name == "only numbers":
        assert document.lang == "unknown"
        assert not document.quotes


def test_an_unclosed_mark_does_not_swallow_the_article():
    document = segment(page(*HOSTILE["unclosed in line one"]))
    assert all(q.block == 0 for q in document.quotes)


@pytest.mark.parametrize(
    "paragraph",
    [
        '"Het is klaar," zei Jan Prins. Volgens de minister klopt dat. "Nee," zei zij, "dat klopt niet." ',
        "Jan Prins en Mary Hill zeiden dat de politie, aldus de burgemeester, niets had gezegd, ",
        '“ ‘ " « ',
        "'Kom 'n keer ",
    ],
)
def test_time_is_linear(paragraph):
    def seconds(times: int) -> float:
        made = page(*[paragraph * 10] * times)
        start = time.process_time()
        segment(made)
        return time.process_time() - start

    seconds(2)
    small, large = seconds(25), seconds(200)
    assert large < max(0.5, small * 8 * 4)  # eight times the text; quadratic would be sixty-four


def test_one_endless_paragraph_is_linear_too():
    start = time.process_time()
    segment(page('"Het is klaar," zei Jan Prins, en "nee," zei zij dat hij, volgens hem, zei ' * 3000))
    assert time.process_time() - start < 30


def test_document_language_is_the_bodys():
    document = segment(
        page(
            (Role.TITLE, "Haven weer open"),
            (Role.CAPTION, "De haven van Vlissingen, gisteren."),
            "The port reopened on Monday after two weeks. Ships had been waiting at sea.",
        )
    )
    assert document.lang == "en"
    assert document.blocks[1].lang == "nl"
    assert all(s.lang == "en" for s in document.sentences if document.blocks[s.block].role in BODY_ROLES)


def test_a_caption_that_switches_language_has_sentences_in_both():
    document = segment(
        page(
            (Role.CAPTION, "De schippers wachten al dagen op beter weer. The skippers have been waiting for days."),
            "The port reopened on Monday after two weeks.",
        )
    )
    assert [s.lang for s in document.sentences[:2]] == ["nl", "en"]
