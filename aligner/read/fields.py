"""The fields of a record (a table's row, a feed's entry) to a page: title, dek, byline, date, caption, credit, body.

Captions stand before the body, as they do on a page. Text may be HTML; a record that holds a whole page is
read as one, and the other fields then fill what it lacks.
"""

from __future__ import annotations

import html
import json
from dataclasses import replace
from email.utils import parsedate_to_datetime

from aligner.errors import InputError
from aligner.read.compose import Entry, compose
from aligner.read.credits import find_credit, is_credit
from aligner.read.dates import iso_date
from aligner.read.decode import clean
from aligner.read.fragment import fragment_entries, is_markup, is_whole_page
from aligner.read.layout import bullet, pieces
from aligner.read.plain import read_plain
from aligner.records import Page, Role, fold

Fields = dict[str, list[str]]


def read_fields(document: str, data: bytes) -> Page:
    """The page of a record's fields as JSON; `InputError` if they hold no text."""
    given: Fields = {field: [clean(text) for text in texts] for field, texts in json.loads(data).items()}
    whole = next((text for text in (*given.get("html", []), *given.get("body", [])) if is_whole_page(text)), "")
    if whole:
        return _filled(_page(document, whole), given)
    body = _body([*given.get("body", []), *given.get("html", [])])
    if not any(entry.role in (Role.PARAGRAPH, Role.LIST, Role.QUOTE) for entry in body):
        raise InputError("the record holds no text", "Name the column that does: --columns body=…")
    captions = _captions(given)
    if not captions and not any(entry.role is Role.CAPTION for entry in body):
        plain = _as_text_file(document, given)
        if plain is not None:
            return _filled(plain, given)
    title = _one(given, "title")
    known = {_key(entry.text) for entry in captions}
    head = [Entry(0, role, text) for field, role in _HEAD if (text := _one(given, field))]
    rest = [entry for entry in body if entry.role is not Role.CAPTION or _key(entry.text) not in known]
    if title and rest and _key(rest[0].text) == _key(title):
        del rest[0]
    return compose(document, [*head, *captions, *rest], title, _date(_one(given, "date")))


_HEAD = (("title", Role.TITLE), ("dek", Role.DEK), ("byline", Role.BYLINE))


def _page(document: str, text: str) -> Page:
    from aligner.read.html import read_html  # late: trafilatura

    return read_html(document, text)


def _filled(page: Page, given: Fields) -> Page:
    return replace(page, title=page.title or _one(given, "title"), date=page.date or _date(_one(given, "date")))


def _as_text_file(document: str, given: Fields) -> Page | None:
    """The page of a plain text whose captions stand somewhere in it; None if it is mark-up or the title is lost."""
    texts = given.get("body", [])
    if not texts or any(is_markup(text) for text in texts):
        return None
    title = _one(given, "title")
    head = [title] if title and not fold(texts[0]).startswith(title) else []
    page = read_plain(document, "\n\n".join([*head, *texts]))
    captioned = any(block.role is Role.CAPTION for block in page.blocks)
    return page if captioned and (not title or _key(page.title) == _key(title)) else None


def _body(texts: list[str]) -> list[Entry]:
    found: list[Entry] = []
    for text in texts:
        if is_markup(text):
            found += fragment_entries(text)
            continue
        plain = html.unescape(text)
        for piece in pieces(plain):
            own = piece.span.of(plain)
            skip = bullet(own)
            found.append(Entry(0, Role.LIST if skip else Role.PARAGRAPH, own[skip:]))
    return found


def _captions(given: Fields) -> list[Entry]:
    """Captions with their credits: one split off, or the record's own, if it has as many as captions."""
    texts = [piece for text in given.get("caption", []) for piece in _lines(text)]
    credits = [fold(_plain(text)) for text in given.get("credit", [])]
    found: list[Entry] = []
    for place, text in enumerate(dict.fromkeys(texts)):
        split = find_credit(text)
        own = split.credit.of(text) if split.credit is not None else ""
        if not own and (len(credits) == len(texts) or (len(credits) == 1 and place == 0)):
            own = credits[min(place, len(credits) - 1)]
        if split.content.start < split.content.end:
            found.append(Entry(0, Role.CAPTION, split.content.of(text), own))
        elif own:
            found.append(Entry(0, Role.CREDIT, own))
    shown = {entry.credit for entry in found} | {entry.text for entry in found}
    lone = [credit for credit in credits if credit not in shown and (found or is_credit(credit))]
    return found + [Entry(0, Role.CREDIT, credit) for credit in lone]


def _lines(text: str) -> list[str]:
    """The captions of a cell: several may stand in it, each in a paragraph of its own."""
    plain = _plain(text)
    return [fold(piece.span.of(plain)) for piece in pieces(plain)]


def _plain(text: str) -> str:
    if not is_markup(text):
        return html.unescape(text)
    return "\n\n".join(part for entry in fragment_entries(text) for part in (f"{entry.text} {entry.credit}".strip(),))


def _one(given: Fields, field: str) -> str:
    return fold(_plain(next(iter(given.get(field, [])), "")))


def _date(text: str) -> str:
    if found := iso_date(text):
        return found
    try:
        return parsedate_to_datetime(text).date().isoformat()  # RFC 822, as RSS has it
    except (TypeError, ValueError, IndexError):
        return ""


def _key(text: str) -> str:
    return fold(text).casefold()
