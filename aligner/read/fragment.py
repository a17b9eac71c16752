"""HTML that is an article's text and nothing else (a feed's content, a cell of a dump) to entries.

No extractor is asked: it looks for the article among menus, and finds nothing in two paragraphs.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from aligner.read.compose import Entry
from aligner.read.html_captions import find_captions
from aligner.read.html_tree import drop_pointers, parse, prune
from aligner.records import Role, fold

_MARKUP = re.compile(
    r"<(?:/?(?:p|div|br|figure|figcaption|h[1-6]|img|a|span|em|strong|b|i|ul|ol|li|article|section|blockquote|table)\b"
    r"|!doctype|html|body)[^<>]*>",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\s*(?:<!doctype\s+html|<html|<\?xml[^>]*>\s*<html)", re.IGNORECASE)
_ROLES = {f"h{level}": Role.HEADING for level in range(1, 7)} | {"li": Role.LIST, "blockquote": Role.QUOTE}
_BLOCKS = frozenset(
    [*_ROLES, "p", "div", "section", "article", "body", "ul", "ol", "dl", "dt", "dd", "table", "tr", "td", "th", "pre",
     "figure", "figcaption", "aside", "header", "footer", "main", "hr", "html"]
)  # fmt: skip
_LEFT_OUT = frozenset(["head", "nav", "iframe", "noscript", "video", "audio", "form", "title"])


def is_markup(text: str) -> bool:
    """Whether a text holds HTML tags."""
    return _MARKUP.search(text) is not None


def is_whole_page(text: str) -> bool:
    """Whether a text is an HTML page from its beginning."""
    return _WHOLE.match(text) is not None


def fragment_entries(text: str) -> list[Entry]:
    """The blocks of a fragment in order, captions and lone credits among them. Raises `InputError` as `parse` does."""
    root = parse(f"<html><body><div>{text}</div></body></html>")
    prune(root)
    drop_pointers(root)
    captions = {caption.element: caption for caption in find_captions(root)}
    entries: list[Entry] = []
    waiting: list[str] = []
    breaks = 0
    shut: HtmlElement | None = None

    def flush(home: HtmlElement | None) -> None:
        own = fold("".join(waiting))
        waiting.clear()
        if own:
            entries.append(Entry(len(entries), _role(home), own))

    for event, node in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            if shut is not None:
                continue
            if node in captions or node.tag in _LEFT_OUT:
                flush(node.getparent())
                shut = node
                if node in captions:
                    found = captions[node]
                    role = Role.CAPTION if found.text else Role.CREDIT
                    credit = found.credit if found.text else ""
                    entries.append(Entry(len(entries), role, found.text or found.credit, credit))
                continue
            if node.tag in _BLOCKS:
                flush(node.getparent())
            if node.tag == "br":
                breaks += 1
                waiting.append("\n")
                if breaks > 1:
                    flush(node.getparent())
            elif (node.text or "").strip():
                breaks = 0
            waiting.append(node.text or "")
        else:
            if shut is not None and node is not shut:
                continue
            if shut is None and node.tag in _BLOCKS:
                flush(node)
            shut = None
            if (node.tail or "").strip():
                breaks = 0
            waiting.append(node.tail or "")
    flush(root)
    return entries


def _role(home: HtmlElement | None) -> Role:
    while home is not None:
        if home.tag in _ROLES:
            return _ROLES[home.tag]
        home = home.getparent()
    return Role.PARAGRAPH
