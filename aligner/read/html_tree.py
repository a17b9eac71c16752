"""The tree of a page: parsed safely, pruned of what is never text, and written out as one line of text.

The line (`Line`) is how positions are compared: captions are found in the tree, paragraphs come from the
extractor without a place, and both are looked up in the same string. Everything walks iteratively.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from lxml import etree, html
from lxml.html import HtmlElement

from aligner.errors import InputError
from aligner.read.dates import POINTER
from aligner.records import fold

#: More elements than any article has (real pages: up to 15,000); at the limit the extractor needs 10 s.
MAX_ELEMENTS = 40_000

_NO_TEXT = ("script", "style", "template", "svg", "math", "object", "embed", "select", "textarea", "input", "button",
            "dialog", "canvas", "map", "area", "link", "meta", "param", "track", "source")  # fmt: skip
_BREAKING = frozenset(
    [
        "p", "div", "br", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article",
        "header", "footer", "figure", "figcaption", "blockquote", "table", "tr", "td", "th", "aside", "nav", "main",
        "span", "small", "cite", "time", "address", "hr", "form", "pre", "body",
    ]
)  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{20000,}")
_DEEP = re.compile(r"depth|nest", re.IGNORECASE)


def parse(text: str) -> HtmlElement:
    """The root of the page; `InputError` if there is none or it is nested beyond reason."""
    # libxml2 stops at 256 levels unless told otherwise, and expands no entities of the page's own in HTML.
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False, recover=True
    )
    if any(tag[0].count("=") > 2000 for tag in _LONG_TAG.finditer(text)):
        # libxml2 compares every attribute with every other one: 200,000 of them take minutes
        raise InputError("broken HTML: a tag with thousands of attributes", "save the page's text as .txt")
    data = text.encode("utf-8", "replace")
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"broken HTML: {error}", "open the page in a browser and save it again") from error
    if any(_DEEP.search(entry.message) for entry in parser.error_log):
        raise InputError("broken HTML: nested too deeply", "open the page in a browser and save its text as .txt")
    count = sum(1 for _ in root.iter())
    if count > MAX_ELEMENTS:
        raise InputError(
            f"too much mark-up for an article: {count} elements, the limit is {MAX_ELEMENTS}",
            "save the article itself, or its text as .txt",
        )
    return root


def prune(root: HtmlElement) -> None:
    """Take out what is never text of the page: scripts, styles, forms' parts, hidden elements."""
    for element in list(root.iter(*_NO_TEXT)):
        if element.tag in ("source", "meta", "link", "track"):
            continue  # void: no text, and `meta` is still wanted
        if element.tag == "button" and next(element.iter("img", "picture"), None) is not None:
            element.tag = "div"  # a picture that opens when it is clicked: what stands beside it is its caption
            continue
        drop(element)
    for element in list(root.iter()):
        if isinstance(element.tag, str) and is_hidden(element) and element.tag not in ("html", "body"):
            drop(element)


def drop_pointers(root: HtmlElement) -> None:
    """Take out lines that point to other articles: "Lees ook: …", "Read more: …"."""
    for element in list(root.iter("p", "li", "h2", "h3", "h4", "div", "aside")):
        opening = (element.text or "").strip()
        if not opening and len(element) and element.tag not in ("div", "aside"):
            opening = (element[0].text or "").strip()
        linked = next(element.iter("a"), None) is not None
        points = POINTER.match(opening) and len(words(element)) < 200
        if linked and (points or (element.tag == "p" and _is_call(element))):
            drop(element)


_RELATED = re.compile(
    r"(?:^|[\s_-])(?:related|relacionad[ao]s?|correlat[ie]|relat[ei]|verwant|recirc|recommend(?:ed|ations?)?|"
    r"aanbevolen|empfehlungen|te-?puede-?interesar|meest-?gelezen|most-?(?:read|popular)|plus-?lus|mehr-?zum-?thema|"
    r"meer-?nieuws|more-?(?:news|stories)|lees-?(?:ook|meer)|also-?read|read-?(?:also|more|next)|lire-?aussi|"
    r"leggi-?anche|czytaj-?takze|trending|outbrain|taboola|newsletter|nieuwsbrief|cookie|consent|cmp|gdpr|paywall|"
    r"promo|subscribe|subscription|abonneren|comments?|reacties|kommentare|commentaires|comentarios)(?:$|[\s_-]|__)"
)
_HEADING = re.compile(
    r"(?:newsletter|nieuwsbrief|meest gelezen|most (?:read|popular)|les plus lus|trending|meer nieuws|more news|"
    r"i più letti|lo más (?:leído|visto)|mest lest|najczęściej czytane|mais lidas|meistgelesen)",
    re.IGNORECASE,
)


def drop_related(root: HtmlElement) -> None:
    """Take out boxes of teasers, newsletters, comments and consent that their class tells of.

    A box that holds the headline, or a fifth and more of the page's long paragraphs, is the page itself.
    """
    total = _in_paragraphs(root)
    for element in list(root.iter("div", "section", "aside", "ul", "nav")):
        names = names_of(element)
        if (
            ((names and _RELATED.search(names)) or _is_headed_as_related(element))
            and next(element.iter("h1"), None) is None
            and _in_paragraphs(element) < 0.2 * total
        ):
            drop(element)


def _is_headed_as_related(box: HtmlElement) -> bool:
    """Whether a small box begins with a heading such as "Most read"."""
    first = next((node for node in box if isinstance(node.tag, str)), None)
    return (
        first is not None
        and first.tag in ("h2", "h3", "h4", "h5", "strong")
        and _HEADING.match(words(first)) is not None
        and len(words(first)) < 60
    )


def _in_paragraphs(element: HtmlElement) -> int:
    """Characters in paragraphs of at least 60."""
    return sum(size for node in element.iter("p") if (size := len("".join(node.itertext()))) >= 60)


def _is_call(paragraph: HtmlElement) -> bool:
    """Whether a paragraph is one link in capitals: "CLICK HERE TO GET THE APP"."""
    own = words(paragraph)
    linked = "".join(words(link) for link in paragraph.iter("a"))
    return 3 <= len(own.split()) <= 20 and own.isupper() and squeeze(linked) == squeeze(own)


def is_hidden(element: HtmlElement) -> bool:
    """Whether a browser would not show the element, as far as its own attributes say."""
    if element.get("hidden") is not None and element.get("hidden") != "until-found":
        return True
    style = element.get("style")
    return bool(style and _HIDDEN_STYLE.search(style))


def drop(element: HtmlElement) -> None:
    """Remove an element but not the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail
    if tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
    parent.remove(element)


def words(element: HtmlElement) -> str:
    """The element's text on one line, with a space wherever a block or a span begins or ends."""
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        breaking = node.tag in _BREAKING
        if event == "start":
            if breaking:
                parts.append(" ")
            parts.append(node.text or "")
        else:
            if breaking:
                parts.append(" ")
            if node is not element:
                parts.append(node.tail or "")
    return fold("".join(parts))


def names_of(element: HtmlElement) -> str:
    """The element's classes, id and itemprop as one lower-case string."""
    return " ".join(
        value.lower() for value in (element.get("class"), element.get("id"), element.get("itemprop")) if value
    )


@dataclass
class Line:
    """The page's text as one folded string, and where marked elements stand in it."""

    text: str = ""
    at: dict[HtmlElement, int] = field(default_factory=dict)
    starts: list[tuple[int, HtmlElement]] = field(default_factory=list)

    def find(self, wanted: str, after: int = 0) -> int:
        """Where `wanted` begins, from `after` on if possible, else anywhere; -1 if it is not there."""
        head = squeeze(wanted)[:48]
        if not head:
            return -1  # the empty string is found everywhere
        found = self.text.find(head, after)
        return found if found >= 0 else self.text.find(head)

    def last(self, wanted: str, before: int) -> int:
        """The last place before `before` where `wanted` begins, -1 if there is none."""
        head = squeeze(wanted)[:48]
        return self.text.rfind(head, 0, before + len(head)) if head else -1

    def element_at(self, place: int) -> HtmlElement | None:
        """The element whose own text stands at `place`."""
        index = bisect_right(self.starts, place, key=lambda start: start[0]) - 1
        return self.starts[index][1] if index >= 0 else None


def squeeze(text: str) -> str:
    """`text` without any white space: extractors differ in where they put spaces."""
    return "".join(text.split())


def common_ancestor(elements: list[HtmlElement]) -> HtmlElement | None:
    """The lowest element that holds all of `elements`."""
    if not elements:
        return None
    chains = [[element, *element.iterancestors()] for element in elements]
    shared = set(chains[0]).intersection(*chains[1:])
    return next((node for node in chains[0] if node in shared), None)


def line_of(root: HtmlElement, marked: set[HtmlElement]) -> Line:
    """The text of the page without white space; the insides of `marked` elements are left out, their places kept."""
    line = Line()
    parts: list[str] = []
    length = 0
    inside = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        own = node in marked
        home = node if event == "start" else node.getparent()
        if event == "start":
            if own and not inside:
                line.at[node] = length
            inside += own
            piece = node.text
        else:
            inside -= own
            piece = node.tail
        if piece and not inside:
            piece = squeeze(piece)
            if piece and home is not None:
                line.starts.append((length, home))
            parts.append(piece)
            length += len(piece)
    line.text = "".join(parts)
    return line
