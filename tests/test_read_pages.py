"""Saved pages of invented newspapers: every caption with its credit, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aligner.read.reader import read_page
from aligner.records import Role

PAGES = Path(__file__).parent.parent / "corpora" / "pages"
GOLD = [json.loads(line) for line in (PAGES / "gold.jsonl").read_text(encoding="utf-8").splitlines()]


def bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold["page"])
def test_saved_pages(gold):
    page = read_page(str(PAGES / gold["page"]))
    captions = [bare(block.span.of(page.text)) for block in page.blocks if block.role is Role.CAPTION]
    assert sorted(captions) == sorted(map(bare, gold["captions"]))
    found = {bare(credit) for credit in page.credits}
    assert {bare(credit) for credit in gold["credits"]} <= found
    body = "".join(bare(block.span.of(page.text)) for block in page.blocks if block.role is Role.PARAGRAPH)
    assert bare(gold["body_first"]) in body
    assert bare(gold["body_last"]) in body
    assert page.title == gold["title"]
