"""Blocks with texts of their own to a page: the texts in page order, parted by blank lines, are `Page.text`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aligner.read.dates import iso_date
from aligner.records import Block, Page, Role, Span, fold


@dataclass(slots=True)
class Entry:
    """A block on its way to the composed text; `at` is its place on the page, by whatever measure."""

    at: int
    role: Role
    text: str
    credit: str = ""


def compose(document: str, entries: Sequence[Entry], title: str, date: str = "", lang: str = "") -> Page:
    """The page of entries in order, every offset in the composed text; the date is the entries' if none is given."""
    texts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for entry in entries:
        for role, own in ((entry.role, fold(entry.text)), (Role.CREDIT, fold(entry.credit))):
            if own:
                blocks.append(Block(role, Span(at, at + len(own))))
                texts.append(own)
                at += len(own) + 2
    text = "\n\n".join(texts)
    dated = (iso_date(entry.text) for entry in entries if entry.role in (Role.DATELINE, Role.BYLINE))
    credits = tuple(block.span.of(text) for block in blocks if block.role is Role.CREDIT)
    return Page(document, text, tuple(blocks), fold(title), date or next(filter(None, dated), ""), lang, credits)
