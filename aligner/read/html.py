"""A web page to a page of blocks: main text by trafilatura, captions and head by our own readers.

`Page.text` is composed: the blocks in page order, parted by blank lines; every offset refers to it.
"""

from __future__ import annotations

import logging
import re

from lxml.etree import _Element
from lxml.html import HtmlElement

from aligner.errors import InputError
from aligner.read.compose import Entry, compose
from aligner.read.credits import is_credit
from aligner.read.dates import is_byline, is_date_line
from aligner.read.html_captions import Caption, find_captions
from aligner.read.html_meta import Meta, read_meta
from aligner.read.html_tree import (
    Line,
    common_ancestor,
    drop,
    drop_pointers,
    drop_related,
    line_of,
    names_of,
    parse,
    prune,
    squeeze,
    words,
)
from aligner.records import Page, Role, fold

_DEK = re.compile(
    r"(?:^|[\s_-])(?:dek|standfirst|subtitle|sub-?title|subhead(?:line|ing)?|sub-?hed|lead|lede|intro(?:ductie)?|chapo|chapeau|"
    r"summary|teaser-?text|onderkop|ondertitel|vorspann|ingress|perex|excerpt|deck|inleiding|strapline|abstract|description)(?:$|[\s_-])"
)
_SURE_DEK = re.compile(r"dek|standfirst|sub-?title|subhead|onderkop|ondertitel|chapo|perex|ingress|vorspann")
_AUTHOR = re.compile(r"(?:^|[\s_-])(?:byline|author|authors|auteur|auteurs|autor|post-?meta|meta)(?:$|[\s_-])")
_BEFORE, _AFTER = 2500, 1500  # characters around title and body in which a caption may stand


def read_html(document: str, text: str) -> Page:
    """The page of an HTML text; `InputError` if it holds no article."""
    root = parse(text)
    meta = read_meta(root)
    prune(root)
    drop_related(root)
    drop_pointers(root)
    title, heading = _title(root, meta)
    captions = find_captions(root, heading)
    line = line_of(root, {caption.element for caption in captions})
    for caption in captions:
        drop(caption.element)
    body = _placed(_body(root), line, max(line.find(title), 0))
    if not body:
        raise InputError("no article text found in the page", "save the page after it has loaded, or its text as .txt")
    # the headline may stand in the menu or in a teaser too: the last one before the text counts
    start = line.last(title, body[0].at + 1)
    entries = _kept(captions, _scope(line, body), line, start, body, title)
    entries += _merged(_head(root, heading, meta, line, start, title), body, title)
    if meta.caption or meta.credit:
        _from_meta(entries, meta, title)
    if title:
        entries.append(Entry(-1, Role.TITLE, title))
    entries.sort(key=lambda entry: entry.at)
    return compose(document, entries, title, meta.date, meta.lang)


def _title(root: HtmlElement, meta: Meta) -> tuple[str, HtmlElement | None]:
    """The headline as the page shows it, and its element."""
    shown = [(fold(words(node)), node) for node in root.iter("h1")]
    shown = [(text, node) for text, node in shown if text and len(text) < 400]
    page = next((fold(words(node)) for node in root.iter("title")), "")
    for wanted in (meta.title, *re.split(r"\s[|–—-]\s", page)[:1]):
        for text, node in shown:
            if len(squeeze(wanted)) >= 20 and squeeze(text).endswith(squeeze(wanted)):
                return wanted, node  # a section's name stands before it: "Verkehr: …"
    for wanted in (meta.title, page):
        for text, node in shown:
            if wanted and (
                squeeze(text).lower() in squeeze(wanted).lower() or squeeze(wanted).lower() in squeeze(text).lower()
            ):
                return text, node
    if shown:
        return max(shown, key=lambda one: len(one[0]))
    return (meta.title or re.split(r"\s[|–—-]\s", page)[0].strip()), None


def _head(
    root: HtmlElement, heading: HtmlElement | None, meta: Meta, line: Line, start: int, title: str
) -> list[Entry]:
    """Dek, author line and date line as the page shows them near its headline."""
    found: dict[Role, Entry] = {}
    begin = max(start, 0)
    for node in root.iter("p", "h2", "h3", "div", "span", "time", "address", "a", "ul"):
        names = names_of(node)
        if node.tag not in ("time", "h2") and not names and not node.get("rel"):
            continue
        if node.tag == "time" and Role.DATELINE not in found:
            role, own = Role.DATELINE, words(node)
        elif names and _DEK.search(names) and node.tag not in ("span", "a", "ul") and Role.DEK not in found:
            role, own = Role.DEK, words(node)
            if not 5 <= len(own.split()) <= 90 or len(node.xpath(".//p")) > 3 or _first_paragraph(node, own):
                continue
        elif (node.get("rel") == "author" or (names and _AUTHOR.search(names))) and Role.BYLINE not in found:
            role, own = Role.BYLINE, words(node)
            if not own or len(own) > 140:
                continue
        else:
            continue
        at = line.find(own, begin) if own else -1
        if own and at >= begin and squeeze(own) != squeeze(title) and at - begin < 3000:
            found[role] = Entry(at, role, own)
    if Role.DEK not in found and heading is not None and meta.description:
        after = heading.getnext()
        own = words(after) if after is not None and after.tag in ("h2", "p", "div") else ""
        if own and squeeze(own) == squeeze(meta.description):
            found[Role.DEK] = Entry(line.find(own, begin), Role.DEK, own)
    byline, dateline = found.get(Role.BYLINE), found.get(Role.DATELINE)
    if byline and dateline and squeeze(dateline.text) in squeeze(byline.text):
        del found[Role.DATELINE]
    return list(found.values())


def _scope(line: Line, body: list[Entry]) -> HtmlElement | None:
    """The lowest element that holds the text's paragraphs."""
    places = [line.element_at(entry.at) for entry in body if entry.role is Role.PARAGRAPH and len(entry.text) > 80]
    return common_ancestor([place for place in places if place is not None])


def _first_paragraph(node: HtmlElement, own: str) -> bool:
    """Whether an "intro" is the article's bold first paragraph: long, and among the others."""
    parent = node.getparent()
    among = parent is not None and sum(1 for _ in parent.iterchildren("p", "div")) >= 4
    return among and len(own.split()) > 30 and not _SURE_DEK.search(names_of(node))


def _body(root: HtmlElement) -> list[tuple[Role, str]]:
    """The article's text by trafilatura, as (role, text)."""
    from trafilatura import bare_extraction  # late: 0.3 s

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports empty pages as errors; we raise
    body = getattr(bare_extraction(root, fast=True, include_comments=False), "body", None)
    if _size(body) < 0.6 * _size_of_paragraphs(root):
        # The fast way stops at the first container that is long enough; the fallbacks take twice the time.
        other = getattr(bare_extraction(root, fast=False, include_comments=False), "body", None)
        body = other if _size(other) > _size(body) else body
    if body is None:
        return []
    found: list[tuple[Role, str]] = []
    for element in body:
        found += _pieces(element)
    return found


def _size(body: _Element | None) -> int:
    return 0 if body is None else sum(len(text) for text in body.itertext())


def _size_of_paragraphs(root: HtmlElement) -> int:
    """Characters of the long paragraphs of the page that are not links."""
    return sum(len(text) for node in root.iter("p") if len(text := node.text or "") > 80)


def _pieces(element: _Element) -> list[tuple[Role, str]]:
    """The blocks of one element of the extractor's tree."""
    tag = element.tag
    if tag == "list":
        return [(Role.LIST, text) for item in element.iter("item") for text in [_words(item)] if text]
    if tag == "head":
        return [(Role.HEADING, _words(element))]
    if tag == "table":
        return [(Role.PARAGRAPH, text) for cell in element.iter("cell") for text in [_words(cell)] if len(text) > 60]
    role = Role.QUOTE if tag == "quote" else Role.PARAGRAPH
    return [(role, text) for text in _split_breaks(element) if text]


def _words(element: _Element) -> str:
    return fold(" ".join(_split_breaks(element)))


def _split_breaks(element: _Element) -> list[str]:
    """The texts of an element between its line breaks; a single break in mid-sentence is a space."""
    parts: list[str] = [element.text or ""]
    for node in element.iterdescendants():
        if node.tag in ("lb", "p", "item", "cell"):
            parts.append("")
        parts[-1] += node.text or ""
        parts[-1] += node.tail or ""
    texts = [fold(part) for part in parts]
    out: list[str] = []
    for text in texts:
        if not text:
            continue
        if out and not re.search(r"[.!?…:][\"'”’»)\]]*$", out[-1]) and text[0].islower():
            out[-1] += " " + text
        else:
            out.append(text)
    return out


def _placed(body: list[tuple[Role, str]], line: Line, start: int) -> list[Entry]:
    """The extractor's pieces with their places; what repeats is left out (pull quotes, copies for phones)."""
    entries: list[Entry] = []
    seen: set[str] = set()
    whole = squeeze(" ".join(text for role, text in body if role is Role.PARAGRAPH))
    last = start
    for role, text in body:
        key = squeeze(text)
        if not key or (key in seen and len(key) > 30):
            continue
        if role is Role.QUOTE and key.strip("\"'“”„‘’«»") in whole:
            continue
        seen.add(key)
        at = line.find(text, last)
        last = at if at >= last else last
        entries.append(Entry(last, role, text))
    return entries


def _kept(
    captions: list[Caption], scope: HtmlElement | None, line: Line, start: int, body: list[Entry], title: str
) -> list[Entry]:
    """The captions that stand in or around the article, each once.

    A `figcaption` may stand well outside the text's own element (`scope`), a mere class hardly.
    """
    title_at = start if start >= 0 else body[0].at
    last = body[-1].at + len(squeeze(body[-1].text))
    found: list[Entry] = []
    twins: dict[str, Entry] = {}
    for caption in captions:
        at = line.at.get(caption.element, -1)
        if at < 0 or (caption.text and squeeze(caption.text).lower() == squeeze(title).lower()):
            continue
        if caption.sure:
            near = title_at - _BEFORE <= at <= last + _AFTER
        elif scope is not None and (scope is caption.home or scope in caption.home.iterancestors()):
            near = at <= last + _AFTER
        else:
            near = title_at - (300 if len(caption.text.split()) > 4 else 0) <= at <= last
        if not near:
            continue
        key = squeeze(caption.text)
        if key and key in twins:
            twins[key].credit = twins[key].credit or caption.credit
            continue
        role = Role.CAPTION if caption.text else Role.CREDIT
        found.append(Entry(at, role, caption.text or caption.credit, caption.credit if caption.text else ""))
        twins[key] = found[-1]
    return found


def _merged(head: list[Entry], body: list[Entry], title: str) -> list[Entry]:
    """Head and body without doubles; author and date lines that the extractor took for text get their role."""
    for entry in body[:4]:
        if entry.role is Role.PARAGRAPH:
            if is_date_line(entry.text):
                entry.role = Role.DATELINE
            elif is_byline(entry.text):
                entry.role = Role.BYLINE
    shown = {squeeze(entry.text) for entry in head} | {squeeze(title)}
    kept = [entry for entry in body if squeeze(entry.text) not in shown]
    return head + kept


def _from_meta(entries: list[Entry], meta: Meta, title: str) -> None:
    """The caption that only the page's metadata knows, if the page shows none."""
    if any(entry.role is Role.CAPTION for entry in entries):
        return
    own = squeeze(meta.caption).lower()
    known = any(own in squeeze(entry.text).lower() for entry in entries)
    if len(meta.caption.split()) >= 4 and own != squeeze(title).lower() and not known:
        entries.append(Entry(-1, Role.CAPTION, meta.caption, meta.credit if is_credit(meta.credit) else ""))
