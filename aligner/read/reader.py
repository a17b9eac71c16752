"""One input to one page: the right reader by the name's suffix and by the first characters."""

from __future__ import annotations

import re
from pathlib import Path

from aligner.errors import InputError
from aligner.read.archives.columns import parse_columns
from aligner.read.archives.opening import inner_name
from aligner.read.archives.stream import one_article, read
from aligner.read.article import Article, Form
from aligner.read.credits import find_credit
from aligner.read.decode import decode
from aligner.read.inputs import find_inputs, safe_name
from aligner.read.layout import bullet, pieces
from aligner.read.plain import read_plain
from aligner.records import Block, Page, Role, Span

_HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
_MARKDOWN_SUFFIXES = (".md", ".markdown")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|div|section|figure|p|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:|urlset|tmx|xliff|nitf|newsml|\?xml)",
    re.IGNORECASE | re.DOTALL,
)


def read_article(article: Article) -> Page:
    """The page of an article; `InputError` says why there is none."""
    if article.problem:
        raise InputError(article.problem, article.hint)
    if article.form is Form.FIELDS:
        from aligner.read.fields import read_fields  # late: lxml

        return read_fields(article.document, article.data)
    if article.form is Form.FILE:
        return read_data(article.document, article.data)
    text = decode(article.data, article.charset)
    if article.form is Form.HTML:
        from aligner.read.html import read_html  # late: lxml and trafilatura

        return read_html(article.document, text)
    return read_plain(article.document, text)


def read_page(path: str, columns: str = "") -> Page:
    """The page of one file (or `-`), or of one article of an archive: `dump.jsonl/000123`.

    An archive's own path means its first article. `columns` is the setting of that name.
    """
    return read_article(one_article(path, parse_columns(columns)))


def read_data(document: str, data: bytes) -> Page:
    """The page of an input's bytes, read by the suffix of `document`, or by what the text looks like."""
    return read_text(document, decode(data))


def read_text(document: str, text: str) -> Page:
    """The page of a text that is decoded and cleaned already."""
    suffix = Path(inner_name(document)).suffix.lower()
    if suffix in _MARKDOWN_SUFFIXES:
        return read_plain(document, text, markdown=True)
    if suffix in _HTML_SUFFIXES or _HTML.match(text[:2000]):
        from aligner.read.html import read_html  # late: lxml and trafilatura

        return read_html(document, text)
    if _XML.match(text[:2000]):
        raise InputError("an XML file that is no article", "pass plain text or HTML")
    return read_plain(document, text)


def two_texts(caption: Path, body: Path) -> Page:
    """A page of two loose files: every paragraph of one is a caption, every paragraph of the other body."""
    first, second = (decode(read(find_inputs([str(path)]).items[0])) for path in (caption, body))
    return join_texts(safe_name(f"{caption.name}+{body.name}"), first, second)


def join_texts(document: str, caption_text: str, body_text: str) -> Page:
    """A page of two texts: the first's paragraphs as captions, credits split off, the second's as body."""
    text = f"{caption_text}\n\n{body_text}"
    border = len(caption_text)
    blocks: list[Block] = []
    found: list[str] = []
    for piece in pieces(text):
        start, own = piece.span.start, piece.span.of(text)
        if start >= border:
            skip = bullet(own)
            blocks.append(Block(Role.LIST if skip else Role.PARAGRAPH, Span(start + skip, piece.span.end)))
            continue
        credit = find_credit(own)
        placed = [(Role.CAPTION, credit.content), (Role.CREDIT, credit.credit)]
        if credit.credit is not None:
            found.append(credit.credit.of(own))
        blocks += sorted(
            (
                Block(role, Span(start + s.start, start + s.end))
                for role, s in placed
                if s is not None and s.start < s.end
            ),
            key=lambda block: block.span,
        )
    return Page(document, text, tuple(blocks), credits=tuple(found))
