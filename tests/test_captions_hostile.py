"""Captions that no reader would pair, with the real encoder: only names, only figures, three hundred of them."""

from __future__ import annotations

import time

import pytest

import aligner

pytestmark = pytest.mark.model

BODY = [
    "The port of Hansvliet reopened on Monday after eleven days, harbour master Ann Bell said.",
    "Skippers Tom Ray, Sue Hill and Bart Maes had been waiting since 3 May with 2,100 tonnes of gravel.",
    "In 2016 a similar accident closed the lock for 14 days and cost 640,000 euros.",
    "Bell expects 35 ships a day from Wednesday, four more than in 2015.",
]


def page(captions: list[str], body: list[str]) -> str:
    figures = "".join(
        f"<figure><img src='{n}.jpg'><figcaption>{c}</figcaption></figure>" for n, c in enumerate(captions)
    )
    return f"<html lang='en'><body><article>{figures}{''.join(f'<p>{p}</p>' for p in body)}</article></body></html>"


def aligned(folder, captions: list[str], body: list[str] = BODY):
    (folder / "article.html").write_text(page(captions, body), encoding="utf-8")
    return aligner.align([folder], translate="none")


@pytest.mark.parametrize(
    "caption",
    ["Ann Bell, Tom Ray, Sue Hill, Bart Maes.", "2016 14 640 000 35 2015 2100 3.", "12-05-2016, 10:30, 3-0, 14 %."],
)
def test_names_or_figures_alone_render_nothing(tmp_path, caption):
    # rows of figures score highest with other aligners: every figure of the caption stands in the body
    done = aligned(tmp_path, [caption])
    assert done.corpus.empty
    if any(char.isalpha() for char in caption):  # a figure's text without a letter is a counter, and no caption
        assert list(done.unaligned["text"]) == [caption]
        assert done.unaligned["reason"].iloc[0] in ("none", "unknown language", "same language")


def test_every_caption_of_three_hundred_is_told_of_and_time_is_linear(tmp_path):
    def seconds(times: int) -> float:
        captions = [f"Schipper nummer {n} wacht voor de sluis van Hansvliet op beter weer." for n in range(times)]
        start = time.process_time()
        done = aligned(tmp_path, captions)
        assert len(done.corpus) + len(done.unaligned) == times
        return time.process_time() - start

    seconds(5)  # loads the model
    small, large = seconds(30), seconds(300)
    assert large < max(2.0, small * 10 * 3)  # quadratic would be a hundred times
