"""RSS 0.9 to 2.0, RDF and Atom with content: one article an entry, read as a stream.

Entities of the feed's own are refused and nothing is fetched. A feed that is broken half-way gives the
entries before the break, and a failure that says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from aligner.errors import InputError
from aligner.read.archives.naming import Namer
from aligner.read.archives.opening import Raw, Stream
from aligner.read.article import Article, Form
from aligner.read.decode import MAX_BYTES

if TYPE_CHECKING:
    from lxml.etree import _Element

FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_ENTITY = re.compile(rb"<!ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)
_TITLE = frozenset({"title"})
_BODY = ("encoded", "content", "body")
_SUMMARY = ("description", "summary", "subtitle")
_DATES = ("pubDate", "published", "date", "issued", "created", "updated", "modified")
_MEDIA = "search.yahoo.com/mrss"


def feed_articles(stream: Stream, document: str) -> Iterator[Article]:
    """The entries of a feed, each with its title, text, and the captions and credits of its pictures."""
    from lxml import etree  # late

    if _ENTITY.search(stream.peek(65536)):
        raise InputError("a feed with entities of its own, which may swell without end", "Take the DOCTYPE out.")
    name = Namer(document)
    parser = etree.iterparse(
        cast(Any, Raw(stream)),
        events=("end",),
        tag=("item", "entry", "{*}item", "{*}entry"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    try:
        for _, entry in parser:
            yield _article(entry, name)
            entry.clear()
            while (before := entry.getprevious()) is not None and (parent := before.getparent()) is not None:
                parent.remove(before)
    except etree.XMLSyntaxError as error:
        message = str(error.msg or error).split("\n")[0]
        raise InputError(f"broken XML after {name.number} entries: {message}", "Fetch the feed again.") from error
    fatal = [entry for entry in parser.error_log if entry.level_name == "FATAL"]
    cut = [entry for entry in fatal if "Premature end" in entry.message or "EndTag" in entry.message]
    if cut or (fatal and not name.number):
        message = (cut or fatal)[0].message
        raise InputError(f"broken XML after {name.number} entries: {message}", "Fetch the feed again.")


def _article(entry: _Element, name: Namer) -> Article:
    fields: dict[str, list[str]] = {}
    own = _first(entry, ("guid", "id")) or _link(entry)
    if title := _first(entry, _TITLE):
        fields["title"] = [title]
    summary = _first(entry, _SUMMARY)
    body = _first(entry, _BODY)
    if body and summary and summary not in body:
        fields["dek"] = [summary]
    if body or summary:
        fields["body"] = [body or summary]
    if date := _first(entry, _DATES):
        fields["date"] = [date]
    if author := _first(entry, ("creator", "author")):
        fields["byline"] = [author]
    captions, credits = _pictures(entry)
    if captions:
        fields["caption"] = captions
    if credits:
        fields["credit"] = credits
    data = json.dumps(fields, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    document = name(own)
    if "body" not in fields:
        return Article(document, data, problem="the entry has no text", hint="Save the page itself and give that.")
    if len(data) > MAX_BYTES:
        return Article(document, problem=f"too big: {len(data) / 1e6:.0f} MB", hint="Leave that entry out.")
    return Article(document, data, Form.FIELDS)


def _local(element: _Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _is_media(element: _Element) -> bool:
    return isinstance(element.tag, str) and _MEDIA in element.tag


def _first(entry: _Element, names: Any) -> str:
    """The text of the first child (in the order of `names`) that has any; media: elements are pictures."""
    for wanted in names:
        for child in entry:
            if _local(child) == wanted and not _is_media(child):
                text = _inner(child)
                if text.strip():
                    return text.strip()
    return ""


def _inner(element: _Element) -> str:
    """An element's text; XHTML inside it is written out as mark-up."""
    from lxml import etree

    if element.get("type") == "xhtml" or (len(element) and any(isinstance(child.tag, str) for child in element)):
        if _local(element) in ("author",):
            return " ".join(text.strip() for text in element.itertext() if "@" not in text).strip()
        marked = "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
        return (element.text or "") + re.sub(r"<(/?)\w+:(\w+)", r"<\1\2", marked)
    return "".join(element.itertext())


def _link(entry: _Element) -> str:
    for child in entry:
        if _local(child) == "link" and child.get("rel", "alternate") == "alternate":
            return (child.get("href") or child.text or "").strip()
    return ""


def _pictures(entry: _Element) -> tuple[list[str], list[str]]:
    """Captions (media:description, else media:text) and credits (media:credit, media:copyright) of an entry."""
    captions: list[str] = []
    credits: list[str] = []
    for element in entry.iterdescendants():
        text = "".join(element.itertext()).strip() if _is_media(element) else ""
        if not text:
            continue
        if _local(element) in ("description", "text"):
            captions.append(text)
        elif _local(element) in ("credit", "copyright"):
            credits.append(text)
    return list(dict.fromkeys(captions)), list(dict.fromkeys(credits))
