"""Captions of a page, from its own tree: extractors throw them away.

Three kinds are looked for, in this order: `figcaption`; elements whose class or itemprop means caption in
a language of Europe, beside an image; and the words left in a figure or image box that has neither.
Credits stand in elements of their own, in the box beside the caption, or at the caption's end.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from aligner.read.credits import find_credit, is_credit, names_only
from aligner.read.html_tree import names_of, words
from aligner.records import fold

_CAPTION = re.compile(
    r"caption|(?:bij|onder)schrift|foto-?tekst|(?:^|[\s_-])l[eé]gend[ea]?(?:$|[\s_-])|bildunterschrift|bildtext|bildetekst|"
    r"billedtekst|kuvateksti|didascalia|pie-?(?:de-?)?foto|leyenda|cutline|(?:image|img|photo|picture|media|foto|bild|slide|gallery|visuel|visual|figure)[\w]*"
    r"[_-]{0,2}(?:text|desc|description|title-text|info)(?:$|[\s_-])|popisek|podpis-?zdj|opis-?zdj"
)
_NO_CAPTION = re.compile(
    r"(?:no|has|with|without|hide|show)-?caption|closed-?caption|captions?-?(?:off|on|btn|button|settings|toggle|track|menu|icon)|"
    r"captioned|text-?track|captcha"
)
_CREDIT = re.compile(
    r"credit|copyright|photographer|fotogra[af]|(?:^|[\s_-])(?:source|bron|herkomst|quelle|agency|rights|rechte|copy|byline|"
    r"author|auteur|autor|provider)(?:$|[\s_-])|byline-|_?image_?source|copyrightholder|imgsource|(?:photo|foto|image)-?by"
)
_BOX = re.compile(
    r"(?:^|[\s_-])(?:image|img|photo|foto|picture|media|asset|beeld|afbeelding|bild|figure|illustration|gallery|slide)"
    r"(?:$|[\s_-])|(?:image|photo|foto|picture|media)-?(?:block|box|wrapper|container)|^figure"
)
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:related|recommend(?:ed|ation|ations)?|teasers?|promo|promoted|sponsored|newsletter|most-?read|"
    r"meest-?gelezen|"
    r"comments?|reacties|avatar|author-?(?:bio|box|image|photo)|cookie|consent|popup|modal(?:window)?|advert(?:isement)?|ads?|"
    r"outbrain|taboola|lees-?ook|read-?more|also-?read|sidebar|navigation|breadcrumbs?|share|social)(?:$|[\s_-])"
)
_SCREEN_READER = re.compile(r"visually-?hidden|sr-only|screen-?reader|a11y-hidden|offscreen")
_SKIP = frozenset(["button", "noscript", "img", "picture", "video", "audio", "iframe", "time"])
_PICTURES = ("img", "picture", "video", "amp-img", "iframe", "amp-video", "audio", "svg")
_HOLDERS = frozenset(
    ["p", "div", "span", "small", "em", "i", "figcaption", "dd", "cite", "aside", "td", "section", "strong"]
)
_CREDIT_TAGS = frozenset(["cite", "footer"])
_BUTTON = re.compile(
    r"(?:open|view|show|enlarge|expand|zoom|close|vergroot|bekijk|toon|sluit|play|afspelen|share|deel|fullscreen|"
    r"volledig scherm)\b(?:\s+\S+){0,4}|image caption,?|image source,?|\d+\s*(?:/|of|van)\s*\d+|"
    r"advertentie|advertisement|loading\W*|lightbox",
    re.IGNORECASE,
)
_LONGEST = 1500
_LEVELS = 5  # how far above a caption its image may hang


@dataclass(slots=True)
class Caption:
    """A caption as found: its element, its words, its credit as on the page, and how sure its mark-up is."""

    element: HtmlElement
    home: HtmlElement  # the element's parent, kept because the caption is taken out of the tree
    text: str
    credit: str
    sure: bool


def find_captions(root: HtmlElement, heading: HtmlElement | None = None) -> list[Caption]:
    """The captions and lone credits of the page in tree order; the text of a lone credit's caption is empty.

    `heading` is the headline's element: what stands around it is not "elsewhere", whatever its class.
    """
    trunk = set() if heading is None else set(heading.iterancestors())
    near = _near_pictures(root)
    taken: set[HtmlElement] = set()
    found: list[Caption] = []
    for element in root.iter():
        if element in taken or not isinstance(element.tag, str):
            continue
        kind = _kind(element, near)
        if not kind or _is_elsewhere(element, trunk):
            continue
        caption = _read(element, kind)
        if caption is None:
            continue
        found.append(caption)
        taken.update(element.iter())
    return found


def _near_pictures(root: HtmlElement) -> set[HtmlElement]:
    """Every element that has a picture inside it, up to some levels above."""
    near: set[HtmlElement] = set()
    for picture in root.iter(*_PICTURES):
        parent = picture.getparent()
        for _ in range(_LEVELS):
            if parent is None or parent.tag in ("body", "html", "main", "article"):
                break
            near.add(parent)
            parent = parent.getparent()
    return near


def _kind(element: HtmlElement, near: set[HtmlElement]) -> str:
    """What mark-up says: `tag`, `class`, `attribute`, `box`, `bare` (a box without a telling class), or nothing."""
    if element.tag == "figcaption":
        return "tag"
    named = element.tag in _HOLDERS and (element.get("class") or element.get("itemprop") or element.get("id"))
    if named:
        names = names_of(element)
        if (
            _CAPTION.search(names)
            and not _NO_CAPTION.search(names)
            and element.tag not in _SKIP
            and element.tag != "figure"
        ):
            pictured = element.tag == "caption" or next(element.iter(*_PICTURES), None) is not None
            if not pictured and _beside(element, near):
                return "class"
    if _in_attribute(element):
        return "attribute"
    if element.tag in ("small", "em", "i", "font") and _follows_picture(element):
        return "class"
    if element.tag in ("p", "div") and _follows_picture(element):
        return "class" if _is_slanted(element) else "bare"
    if element in near and _shows_several(element) and element.tag != "figure":
        return ""  # several pictures: each has a box of its own
    if element in near and (
        element.tag == "figure" or (named and element.tag in ("div", "li") and _BOX.search(names_of(element)))
    ):
        return "box" if not _has_caption(element) else ""
    if element in near and element.tag == "div" and not _has_caption(element):
        return "bare"
    return ""


_ATTRIBUTES = ("data-caption", "data-img-caption", "data-image-caption", "data-fancybox-caption", "data-sub-html")


def _in_attribute(element: HtmlElement) -> str:
    """The caption that a gallery keeps in an attribute of its picture or link, if no element shows one."""
    for name in _ATTRIBUTES:
        value = element.get(name) or ""
        if len(value.split()) >= 3:
            if "<" in value:
                value = re.sub(r"<[^<>]{0,300}>", " ", value)
            return fold(html.unescape(value))
    return ""


def _shows_several(element: HtmlElement) -> bool:
    """Whether an element shows more than one picture, copies for browsers without scripts aside."""
    pictures = element.iter("img", "amp-img", "video")
    shown = (picture for picture in pictures if next(picture.iterancestors("noscript"), None) is None)
    return len(list(islice(shown, 2))) > 1  # two are looked at, not the thousands that nested boxes may hold


def _is_slanted(element: HtmlElement) -> bool:
    """Whether all of a short paragraph stands in italics or small print, as captions do that no class tells of."""
    own = words(element)
    inner = [node for node in element.iterchildren() if node.tag in ("em", "i", "small")]
    return 3 <= len(own.split()) <= 60 and len(inner) == 1 and words(inner[0]) == own


def _follows_picture(element: HtmlElement) -> bool:
    """Whether a picture without a word of text stands right before the element, line breaks aside."""
    before = element.getprevious()
    while before is not None and before.tag == "br" and not (before.tail or "").strip():
        before = before.getprevious()
    if before is None or (before.tail or "").strip() or words(before):
        return False
    if any(_leads_away(link) for link in before.iter("a")):
        return False  # a teaser's picture
    return before.tag in _PICTURES or next(before.iter(*_PICTURES), None) is not None


def _beside(element: HtmlElement, near: set[HtmlElement]) -> bool:
    """Whether an element not far above holds a picture too."""
    parent = element.getparent()
    for _ in range(_LEVELS):
        if parent is None or parent.tag == "body":
            return False
        if parent in near:
            return True
        parent = parent.getparent()
    return False


def _has_caption(box: HtmlElement) -> bool:
    """Whether a caption with mark-up of its own stands in the box."""
    for inner in box.iterdescendants():
        if isinstance(inner.tag, str) and (
            inner.tag in ("figcaption", "figure")
            or (_CAPTION.search(names_of(inner)) and not _NO_CAPTION.search(names_of(inner)) and words(inner))
        ):
            return True
    return False


def _is_elsewhere(element: HtmlElement, trunk: set[HtmlElement]) -> bool:
    """Whether the element belongs to navigation, teasers, comments or an author's box."""
    node: HtmlElement | None = element
    while node is not None and node.tag != "body" and node not in trunk:
        if node.tag == "nav" or (node.tag == "footer" and node is not element):
            return True
        if _ELSEWHERE.search(names_of(node)) and node.tag not in ("article", "main", "figure"):
            return True
        if node.tag == "a" and _leads_away(node):
            return True
        node = node.getparent()
    return False


def _leads_away(link: HtmlElement) -> bool:
    """Whether a link around a caption goes to another page (a teaser) and not to the bigger picture."""
    target = (link.get("href") or "").lower()
    if not target or target.startswith(("#", "javascript")):
        return False
    return not re.search(r"\.(?:jpe?g|png|webp|gif|avif)|gallery|foto|photo|image|picture|lightbox|slideshow", target)


def _is_teaser(link: HtmlElement) -> bool:
    """Whether a link in an image box is the headline of another article; a link on the agency's name is not."""
    own = words(link) if _leads_away(link) else ""
    return bool(own) and not (len(own.split()) <= 5 and names_only(own))


def _read(element: HtmlElement, kind: str) -> Caption | None:
    """The caption of an element, or None if what stands there is none."""
    home = element.getparent()
    if home is None or len("".join(element.itertext())) > 4 * _LONGEST:
        return None
    text, credit = (_in_attribute(element), "") if kind == "attribute" else _parts(element)
    if kind in ("box", "bare"):
        if element.xpath(".//h1|.//h2|.//h3|.//h4|.//article|.//form|.//ul|.//table") or len(text) > 600:
            return None
        if len(element.xpath(".//p")) > 3 or any(_is_teaser(link) for link in element.iter("a")):
            return None
    if len(text) > _LONGEST:
        return None
    if kind not in ("box", "bare", "attribute") and not credit:
        credit = _credit_beside(element)
    if kind == "tag" and not credit and _is_one_link(element):
        return None  # "Sign up to our newsletter" under a picture that leads there
    if text:
        split = find_credit(text)
        if split.credit is not None and (not credit or split.content.start < split.content.end):
            inner = split.credit.of(text)
            text = split.content.of(text)
            credit = credit if credit and inner in credit else " ".join(part for part in (inner, credit) if part)
    credit = credit.strip(" \u00a0–—-|/•·,")
    if credit[:1] == "(" and credit[-1:] == ")" and credit.count("(") == 1:
        credit = credit[1:-1].strip()
    if text and (_BUTTON.fullmatch(text) or not any(char.isalpha() for char in text)):
        text = ""
    if not text and (not credit or kind == "class"):
        return None  # a lone credit counts in a figure; elsewhere "source" is the article's
    if kind == "box" and not credit and len(text.split()) < 3:
        return None
    if kind == "bare" and not (credit and 3 <= len(text.split()) <= 80):
        return None  # no class and no tag tells of a caption: only a credit behind a few words does
    return Caption(element, home, text, credit, kind == "tag")


def _parts(element: HtmlElement) -> tuple[str, str]:
    """The words of an element without its credit, and the credit marked as such inside it."""
    text: list[str] = []
    credit: list[str] = []
    skipped: HtmlElement | None = None
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if skipped is None and node is not element:
                if node.tag in _SKIP or _SCREEN_READER.search(names_of(node)) or node.get("role") == "button":
                    skipped = node
                elif _marks_credit(node) or _closes_with_names(node, text, element):
                    skipped = node
                    credit.append(words(node))
                elif (node.tag in _HEADINGS or _TITLE.search(names_of(node))) and _is_headed(element):
                    skipped = node
            if skipped is None:
                text += [
                    " " if node.tag != "a" and node.tag not in ("em", "i", "b", "strong", "sup", "sub") else "",
                    node.text or "",
                ]
        else:
            if node is skipped:
                skipped = None
            if skipped is None and node is not element:
                text += [
                    " " if node.tag in ("p", "div", "br", "span", "li", "h4", "h5", "small") else "",
                    node.tail or "",
                ]
    return _tidy("".join(text)), fold(" ".join(part for part in credit if part))


_TITLE = re.compile(r"(?:^|[\s_-])(?:title|titel|headline|kicker|heading)(?:$|\s)")
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


def _is_headed(element: HtmlElement) -> bool:
    """Whether a caption has a title of its own (of a video, of a slide) above its words."""
    return any(len(words(node).split()) >= 4 for node in element.iter("p", "span", "div") if node is not element)


def _closes_with_names(node: HtmlElement, before: list[str], element: HtmlElement) -> bool:
    """Whether the caption's last element holds names alone, after a sentence's end or within brackets: a credit."""
    if node.tag not in ("span", "small", "p", "div", "cite", "em", "i", "strong", "b", "a") or len(node) > 2:
        return False
    after: HtmlElement | None = node
    while after is not None and after is not element:
        if (after.tail or "").strip(" \n\t.)") or any(words(other) for other in after.itersiblings()):
            return False
        after = after.getparent()
    own = words(node)
    text = "".join(before).rstrip()
    if not own or len(own) > 80 or len(text.split()) < 3 or not names_only(own.strip("()[]")):
        return False
    bracketed = own[0] in "([" and own[-1] in ")]"
    ended = text[-1] in '.!?…"”’»)|' and node.tag not in ("a", "em", "i", "strong", "b")
    return bracketed or ended or (own.isupper() and len(own.split()) > 1 and node.tag in ("span", "small", "div", "p"))


def _tidy(text: str) -> str:
    """Folded text without the space that a closing tag left before a comma or full stop."""
    return re.sub(r"\s+([,.;:!?])(?=\s|$)", r"\1", fold(text))


def _marks_credit(node: HtmlElement) -> bool:
    """Whether an element inside a caption holds its credit."""
    names = names_of(node)
    if not (node.tag in _CREDIT_TAGS or (names and _CREDIT.search(names) and not _CAPTION.search(names))):
        if node.tag not in ("small", "span", "em", "i", "p", "div"):
            return False
        own = words(node)
        return bool(own) and len(own) < 120 and is_credit(own)
    own = words(node)
    # a caption that somebody put into an element called "source" is still a caption
    return bool(own) and len(own) <= 160 and not re.search(r"[a-zß-ÿ]{3}[.!?]\s+\S", own)


def _is_one_link(element: HtmlElement) -> bool:
    """Whether all the element's words are one link to another page."""
    own = words(element)
    return bool(own) and any(words(link) == own and _leads_away(link) for link in element.iter("a"))


def _seen(node: HtmlElement) -> str:
    """An element's words without those for screen readers alone."""
    if not any(_SCREEN_READER.search(names_of(inner)) for inner in node.iterdescendants("span", "div")):
        return words(node)
    return _parts(node)[0]


def _credit_beside(element: HtmlElement) -> str:
    """The credit in the same figure or box, outside the caption's own element."""
    box = element.getparent()
    around = {element, *element.iterancestors(), *element.iterdescendants()}
    for _ in range(3):
        if box is None or box.tag in ("body", "article", "main", "section", "header"):
            return ""
        if len("".join(box.itertext())) > 3000:
            return ""
        for node in box.iterdescendants():
            if not isinstance(node.tag, str) or node in around or node.tag in _SKIP or node.tag == "figcaption":
                continue
            own = _seen(node)
            if own and len(own) < 160 and (is_credit(own) or (_marks_credit(node) and names_only(own))):
                return own
        if box.tag == "figure" or _BOX.search(names_of(box)):
            return ""
        box = box.getparent()
    return ""
