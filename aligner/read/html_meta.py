"""What a page says about itself: language, headline, standfirst, author, date, the picture's caption."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml.html import HtmlElement

from aligner.read.dates import iso_date
from aligner.records import fold

_ARTICLE = re.compile(r"Article|BlogPosting|Report|WebPage|NewsArticle|LiveBlog", re.IGNORECASE)
_DATE_NAMES = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date", "dc.date",
    "dcterms.created", "dc.date.issued",
    "dcterms.date", "pubdate", "publishdate", "publish-date", "sailthru.date", "parsely-pub-date", "article.published",
    "cxenseparse:recs:publishtime", "article:published", "published_at", "last-modified",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{4})(\d{2})(\d{2})(?:\d{6})?$")
_BIGGEST = 2_000_000  # characters of one JSON-LD script


@dataclass(slots=True)
class Meta:
    """Metadata; every field may be empty."""

    lang: str = ""
    title: str = ""
    description: str = ""
    author: str = ""
    date: str = ""
    caption: str = ""
    credit: str = ""


def read_meta(root: HtmlElement) -> Meta:
    """The metadata of a page, before its scripts are pruned."""
    named = _named(root)
    meta = Meta(lang=_language(root, named))
    for node in _json_articles(root):
        meta.title = meta.title or _text(node.get("headline"))
        meta.description = meta.description or _text(node.get("description"))
        meta.author = meta.author or _people(node.get("author"))
        meta.date = meta.date or _iso(_text(node.get("datePublished"))) or _iso(_text(node.get("dateCreated")))
        for image in _nodes(node.get("image")):
            meta.caption = meta.caption or _text(image.get("caption"))
            meta.credit = meta.credit or _text(image.get("creditText"))
    meta.title = fold(meta.title or named.get("og:title", "") or named.get("twitter:title", ""))
    meta.description = fold(meta.description or named.get("og:description", "") or named.get("description", ""))
    meta.author = fold(meta.author or named.get("author", "") or named.get("article:author", ""))
    if re.match(r"https?:|@", meta.author):
        meta.author = ""
    if not meta.date:
        meta.date = next((date for name in _DATE_NAMES if (date := _iso(named.get(name, "")))), "") or _date_on_page(
            root
        )
    meta.date = _local_date(meta.date, root, named)
    return meta


def _local_date(date: str, root: HtmlElement, named: dict[str, str]) -> str:
    """`date`, or the one in the page's address, else in the time it shows, if that is a day off: metadata is in UTC."""
    shown = next((found for node in root.iter("time") if (found := iso_date(fold("".join(node.itertext()))))), "")
    address = named.get("og:url", "") or next(
        (node.get("href", "") for node in root.iter("link") if (node.get("rel") or "") == "canonical"), ""
    )
    match = re.search(r"/(20\d\d)[/-](\d\d)[/-](\d\d)(?:[/-]|$)", address)
    other = "-".join(match.groups()) if match else shown
    if not other:
        return date
    try:
        days = abs((datetime.fromisoformat(other) - datetime.fromisoformat(date or other)).days)
    except ValueError:
        return date
    return other if days <= 1 else date


def _named(root: HtmlElement) -> dict[str, str]:
    """`meta` elements by name, property or itemprop, the first of each."""
    found: dict[str, str] = {}
    for node in root.iter("meta"):
        name = node.get("property") or node.get("name") or node.get("itemprop") or node.get("http-equiv")
        content = node.get("content")
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _language(root: HtmlElement, named: dict[str, str]) -> str:
    """The ISO 639-1 code that the page declares, or nothing."""
    for value in (root.get("lang"), root.get("xml:lang"), named.get("og:locale"), named.get("content-language")):
        code = re.match(r"\s*([A-Za-z]{2})(?:$|[-_,\s])", value or "")
        if code:
            return code[1].lower()
    return ""


def _json_articles(root: HtmlElement) -> list[dict[str, Any]]:
    """The JSON-LD objects that describe an article, news first."""
    found: list[dict[str, Any]] = []
    for script in root.iter("script"):
        kind = script.get("type") or ""
        if "ld+json" not in kind.lower() or not script.text or len(script.text) > _BIGGEST:
            continue
        try:
            data = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        found += [node for node in _nodes(data) if _ARTICLE.search(_text(node.get("@type")))]
    return sorted(found, key=lambda node: "webpage" in _text(node.get("@type")).lower())


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD value: itself, its list, its `@graph`."""
    waiting = [data]
    for _ in range(200):  # a page that lists thousands of objects describes no article
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting = node[:100] + waiting
        elif isinstance(node, dict):
            yield node
            graph = node.get("@graph") or node.get("mainEntity")
            if isinstance(graph, list | dict):
                waiting.append(graph)


def _text(value: Any) -> str:
    """A JSON value as text; of a list the first, of an object its name."""
    if isinstance(value, str):
        return fold(re.sub(r"<[^<>]{0,200}>", " ", value))
    if isinstance(value, list):
        return _text(value[0]) if value else ""
    if isinstance(value, dict):
        return _text(value.get("@value") or value.get("name") or "")
    return ""


def _people(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(name for name in (_text(one) for one in value[:6]) if name)
    return _text(value)


def _iso(value: str) -> str:
    match = _ISO.match(value.strip())
    if match:
        year, month, day = (match[1] or match[4], match[2] or match[5], match[3] or match[6])
        if "1900" < year < "2200" and "01" <= month <= "12" and "01" <= day <= "31":
            return f"{year}-{month}-{day}"
    return iso_date(value)


def _date_on_page(root: HtmlElement) -> str:
    """The first date that the page's own mark-up names as one."""
    for node in root.iter("time", "abbr"):
        date = _iso(node.get("datetime") or node.get("title") or node.text or "")
        if date:
            return date
    named = " or ".join(f"contains(@class,'{name}')" for name in ("date", "datum", "fecha", "publi"))
    named += " or contains(@data-testid,'date') or contains(@data-testid,'timestamp')"
    for node in root.xpath(f"//*[@itemprop='datePublished' or {named}]")[:10]:
        date = _iso(node.get("content") or node.get("datetime") or fold("".join(node.itertext()))[:80])
        if date:
            return date
    return ""
