"""Web pages to blocks: captions, credits, head, body; and pages that mean harm."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.errors import InputError
from aligner.read.reader import read_data
from aligner.records import Page, Role

PARAGRAPHS = [
    "The council of Grootdorp has decided to close the old swimming pool at the end of the month, it said.",
    "According to the mayor there is no money left for the repair of the roof, which leaks every winter.",
    "Ria Blok, who has swum there every day for ten years, called the decision a disgrace for the village.",
    "A new pool would cost eleven million euros, and the province has refused to pay for any part of it.",
]


def page_of(*parts: str, head: str = "", attributes: str = "") -> Page:
    return read_data(
        "a.html", f"<!doctype html><html {attributes}><head>{head}</head><body>{''.join(parts)}</body></html>".encode()
    )


def article(figure: str) -> Page:
    first, *rest = [f"<p>{text}</p>" for text in PARAGRAPHS]
    return page_of("<article><h1>Village pool to close</h1>", first, figure, *rest, "</article>")


def texts(page: Page, role: Role) -> list[str]:
    return [block.span.of(page.text) for block in page.blocks if block.role is role]


CAPTION = "Zwemmers voor de dichte deur van het zwembad."


@pytest.mark.parametrize(
    ("figure", "credit"),
    [
        ("<figure><img><figcaption>{}</figcaption></figure>", ""),
        ("<figure><img><figcaption>{} Foto: ANP / Mies de Wit</figcaption></figure>", "Foto: ANP / Mies de Wit"),
        ("<figure><img><figcaption><p>{} <span>— © BELGA</span></p></figcaption></figure>", "© BELGA"),
        ("<figure><img><figcaption>{}<span class='credit'>Mies de Wit</span></figcaption></figure>", "Mies de Wit"),
        ("<figure><img><figcaption>{}</figcaption><footer>Mies de Wit/Imago</footer></figure>", "Mies de Wit/Imago"),
        ("<div class='wp-caption'><img><p class='wp-caption-text'>{}</p></div>", ""),
        (
            "<div class=image><img><p class=caption><span>{}</span> <span class=source>Bron: ANP</span></p></div>",
            "Bron: ANP",
        ),
        ("<div class='photo'><img><span class='onderschrift'>{}</span></div>", ""),
        ("<div><img><div itemprop='caption'>{}</div></div>", ""),
        ("<div class='o-media--image media'><a href='x.jpg'><img></a><div>{} / AFP</div></div>", "AFP"),
        ("<figure><img><figcaption>{}<button>Vergroot</button><script>x()</script></figcaption></figure>", ""),
        ("<figure><img><figcaption><span class='sr-only'>Image caption, </span>{}</figcaption></figure>", ""),
    ],
)
def test_captions_in_their_many_forms(figure: str, credit: str):
    page = article(figure.format(CAPTION))
    assert texts(page, Role.CAPTION) == [CAPTION]
    assert texts(page, Role.PARAGRAPH) == PARAGRAPHS
    assert page.credits == ((credit,) if credit else ())
    assert [str(block.role) for block in page.blocks][:3] == ["title", "paragraph", "caption"]


@pytest.mark.parametrize(
    "figure",
    [
        "<figure><img><figcaption>Village pool to close</figcaption></figure>",
        "<figure><img><figcaption><button>Bekijk de foto</button></figcaption></figure>",
        "<figure hidden><img><figcaption>Zwemmers voor de deur.</figcaption></figure>",
        "<div style='display: none'><figure><img><figcaption>Zwemmers voor de deur.</figcaption></figure></div>",
        "<div class=related><a href='/x'><figure><img><figcaption>Ander nieuws</figcaption></figure></a></div>",
    ],
)
def test_what_is_no_caption(figure: str):
    page = article(figure)
    assert texts(page, Role.CAPTION) == []
    assert texts(page, Role.PARAGRAPH) == PARAGRAPHS


def test_a_lone_credit_is_a_credit():
    page = article("<figure><img><figcaption>© Mies de Wit / ANP</figcaption></figure>")
    assert texts(page, Role.CAPTION) == []
    assert page.credits == ("© Mies de Wit / ANP",)


def test_copies_fold_into_one():
    figure = f"<figure><img><figcaption>{CAPTION}</figcaption></figure>"
    assert texts(article(figure + figure), Role.CAPTION) == [CAPTION]


def test_head():
    data = '{"@type":"NewsArticle","headline":"Village pool to close","datePublished":"2024-05-03T08:00:00+02:00"}'
    page = page_of(
        "<nav><a href='/'>Home</a></nav><article><h1>Village pool to close</h1>",
        "<p class='standfirst'>Nobody explained it to us.</p>",
        "<p class='byline'>By Ann Lee</p><time datetime='2024-05-03'>3 May 2024</time>",
        *[f"<p>{text}</p>" for text in PARAGRAPHS],
        "<h2>No money</h2><blockquote>Ria Blok, who has swum there every day for ten years</blockquote>",
        f"<p>{PARAGRAPHS[0][:-1]} yesterday.</p><p>Read more: <a href='/x'>Pools in trouble</a></p></article>",
        head=f"<script type='application/ld+json'>{data}</script>",
        attributes="lang='en-GB'",
    )
    assert (page.title, page.date, page.lang) == ("Village pool to close", "2024-05-03", "en")
    assert [str(block.role) for block in page.blocks] == [
        "title",
        "dek",
        "byline",
        "dateline",
        *["paragraph"] * 4,
        "heading",
        "paragraph",
    ]


def test_offsets_refer_to_the_composed_text():
    page = article(f"<figure><img><figcaption>{CAPTION} / AFP</figcaption></figure>")
    assert "\n\n".join(block.span.of(page.text) for block in page.blocks) == page.text


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<html><body><p>x" + "<div>" * 100_000, "nested"),
        ("<html><body>" + "<p>a" * 60_000, "mark-up"),
        ("<html><body><p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">x", "attributes"),
        ("<html><frameset><frame src=x></frameset></html>", "no article"),
    ],
)
def test_hostile_pages_fail_with_a_reason(page: str, reason: str):
    with pytest.raises(InputError, match=reason) as caught:
        read_data("a.html", page.encode())
    assert caught.value.hint


def test_entities_are_not_expanded_and_scripts_are_no_text():
    bomb = '<!DOCTYPE x [<!ENTITY a "lollollol"><!ENTITY b "&a;&a;&a;">]>'
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    page = read_data("a.html", f"{bomb}<html><body><script>var secret</script>{body}<p>&b;</p></body></html>".encode())
    assert "lollol" not in page.text
    assert "secret" not in page.text


def test_deep_json_is_survived():
    head = "<script type='application/ld+json'>" + "[" * 100_000 + "</script>"
    assert page_of(*[f"<p>{text}</p>" for text in PARAGRAPHS], head=head).blocks


MARKUP = (
    "<p>|</p>|<div class=caption>|<figure>|<img>|<figcaption>|</figure>|<h1>|<br>|<!--|<a href=x>|&amp;|Foto: ANP|"
    "De minister zei dat het plan niet doorgaat. |<script>|</script>|<table><td>|<ul><li>|]]>"
)
TAGS = st.sampled_from(MARKUP.split("|"))


@settings(max_examples=60)
@given(st.lists(TAGS, max_size=40).map("".join))
def test_any_markup_is_a_page_or_an_input_error(markup: str):
    try:
        page = read_data("a.html", markup.encode())
    except InputError:
        return
    end = 0
    for block in page.blocks:
        assert end <= block.span.start < block.span.end <= len(page.text)
        end = block.span.end


def test_nested_boxes_of_many_figures_are_read_in_time():
    """Of every box only two pictures are looked at: 1,000 figures in nested boxes took 14 s."""
    figure = "<figure><img src='a.jpg'><figcaption>De wethouder opent brug {} in Aalst.</figcaption></figure>"
    nests = [
        "".join("<div>" + figure.format(n) for n in range(at, at + 200)) + "</div>" * 200 for at in range(0, 1000, 200)
    ]
    body = "<p>The bridge was opened by the mayor on Monday morning, she said, and all went well.</p>" * 4
    begin = time.process_time()
    text = f"<html><body><article><h1>Bridge opens</h1>{body}{''.join(nests)}</article></body></html>"
    page = read_data("x.html", text.encode())
    assert time.process_time() - begin < 8
    assert sum(block.role is Role.CAPTION for block in page.blocks) > 100
