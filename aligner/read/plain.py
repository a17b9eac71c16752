"""Plain text (and light Markdown) to a page: every piece of the text gets its role.

Nothing marks a caption in plain text, so it is told by what stands around it: a photo credit at its end, a
label at its beginning, a language other than the body's, and its place. The order of the rules is the
order of their certainty; what no rule claims is a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from aligner.errors import InputError
from aligner.read.credits import Credit, find_credit, has_agency
from aligner.read.dates import POINTER, is_byline, is_date_line, iso_date
from aligner.read.layout import bullet, pieces
from aligner.records import UNKNOWN, Block, Page, Role, Span, fold

#: Beyond these a text is an archive, a table or a dump; the time to read grows with them (6 s at the limit).
MAX_PIECES = 50_000
MAX_PIECE = 1_000_000

#: A run of this many paragraphs in another language, none with credit or label, is body, not captions.
_RUN = 4
_HEADER = 9  # pieces that the head of an article has at most
_CAPTION_WORDS = 110

_LABEL = re.compile(
    r"(?:(?:foto|photo|picture|image|beeld)?\s?(?:bij|onder)schrift|(?:photo )?caption|foto|photo|picture|image|beeld|"
    r"bildunterschrift|l[ée]gende)(?:\s+\d{1,2})?\s*:\s+",
    re.IGNORECASE,
)
_PLACE_LABEL = re.compile(
    r"(?:(?:foto )?(?:boven|onder|links|rechts)|above|below|left|right|van links naar rechts|vlnr|from left)\s*:",
    re.IGNORECASE,
)
_FINAL = re.compile(r"[.!?…:;,][\"'”’»“)\]]*$|[\"”»]$")
_MARKDOWN = re.compile(r"(?P<mark>#{1,6}\s+|>\s?)")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")


@dataclass(slots=True)
class _Part:
    """A piece on its way to a block."""

    span: Span
    chunk: int
    text: str
    role: Role | None = None
    lang: str = UNKNOWN
    credit: Credit | None = None  # offsets into `text`
    label: int = 0  # length of a label that is no part of the caption
    dropped: bool = False

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def final(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(_FINAL.search(self.text))

    @property
    def credited(self) -> bool:
        return self.credit is not None and self.credit.credit is not None


def read_plain(document: str, text: str, *, markdown: bool = False) -> Page:
    """The page of a plain text that is already decoded and cleaned; `InputError` if it holds no words."""
    if not any(char.isalpha() for char in text):
        raise InputError("no text: no letters in it", "check the download or the export that made it")
    found = pieces(text)
    longest = max(piece.span.end - piece.span.start for piece in found)
    if len(found) > MAX_PIECES or longest > MAX_PIECE:
        raise InputError(
            f"no article: {len(found)} paragraphs, the longest of {longest} characters "
            f"(the limits are {MAX_PIECES} and {MAX_PIECE})",
            "split it into one file an article",
        )
    parts = [_Part(piece.span, piece.chunk, piece.span.of(text)) for piece in found]
    if markdown:
        parts = _markdown(parts, text)
    for part in parts:
        _look(part)
    body = _body_language(parts)
    _header(parts, body)
    _captions(parts, body)
    _rest(parts)
    return _page(document, text, parts)


def language(text: str) -> str:
    """The language of a piece, "unknown" if it is too short to tell. The reader's only door to `segment`."""
    from aligner.segment.language import detect  # late: it loads a model

    return detect(text).code


def _markdown(parts: list[_Part], text: str) -> list[_Part]:
    """Headings, quotes and images by their marks; the marks are not part of the blocks."""
    kept: list[_Part] = []
    titled = False
    for part in parts:
        match = _MARKDOWN.match(part.text)
        if _IMAGE.fullmatch(part.text):
            continue
        if match:
            rest = part.text[match.end() :].rstrip("# ")
            if not rest.strip():
                continue
            part.span = Span(part.span.start + match.end(), part.span.start + match.end() + len(rest))
            part.text = part.span.of(text)
            if match["mark"][0] == ">":
                part.role = Role.QUOTE
            else:
                part.role = Role.HEADING if titled else Role.TITLE
                titled = True
        kept.append(part)
    return kept


def _look(part: _Part) -> None:
    """What a piece tells by itself."""
    if part.role is not None:
        return
    text = part.text
    if is_date_line(text):
        part.role = Role.DATELINE
    elif is_byline(text):
        part.role = Role.BYLINE
    elif POINTER.match(text) and part.words <= 25:
        part.dropped = True
    elif bullet(text) and not text.startswith(("– ", "— ")):
        part.role = Role.LIST
    else:
        part.credit = find_credit(text) if part.words <= _CAPTION_WORDS else None
        match = _LABEL.match(text)
        if match and part.words > 2 and not (part.credit and part.credit.credit and not _filled(part.credit.content)):
            part.label = match.end()
        if part.words >= 4:
            part.lang = language(fold(_own_words(part)))


def _filled(span: Span) -> bool:
    return span.start < span.end


def _own_words(part: _Part) -> str:
    """The piece without its credit and label."""
    content = part.credit.content.of(part.text) if part.credit else part.text
    return content[part.label :] if part.label < len(content) else content


def _body_language(parts: list[_Part]) -> str:
    """The language of most of the text, counted over what is neither credited nor labelled nor short."""
    counts: Counter[str] = Counter()
    for part in parts:
        plain = part.role is None and not part.credited and not part.label
        if plain and part.lang != UNKNOWN and part.words >= 8 and not part.dropped:
            counts[part.lang] += len(part.text)
    if not counts:
        for part in parts:
            if part.role is None and part.lang != UNKNOWN:
                counts[part.lang] += len(part.text)
    return counts.most_common(1)[0][0] if counts else UNKNOWN


def _foreign(part: _Part, body: str) -> bool:
    """Whether the piece is in a language that is known and not the body's."""
    return UNKNOWN not in (part.lang, body) and part.lang != body


def _header(parts: list[_Part], body: str) -> None:
    """Title, dek and the repeated title: what stands before the body."""
    free = [part for part in parts if not part.dropped]
    if not free:
        return
    first = next((part for part in free[:3] if part.role in (None, Role.TITLE)), None)
    if first is None or (first.role is None and not _titular(first, free, body)):
        return
    at = free.index(first)
    if first.role is None and at + 1 < len(free) and _kicker(first, free[at + 1], body):
        first.role = Role.HEADING
        at += 1
        first = free[at]
    first.role = Role.TITLE
    end = _header_end(free, at, first.text)
    deks = 0
    for place in range(at + 1, len(free)):
        part = free[place]
        if part.role is not None:
            continue
        if _same(part.text, first.text) and place < _HEADER:
            part.role = Role.TITLE
        elif place >= end and not (place == at + 1 and _dek_like(part, first, free)):
            break
        elif _is_caption(part, body, last=False):
            continue
        elif part.words <= 60:
            # A second text in the head, in whole sentences, can only belong to the picture.
            part.role = Role.DEK if not deks or not part.final else Role.CAPTION
            deks += 1


def _titular(part: _Part, free: list[_Part], body: str) -> bool:
    """Whether the first piece can be a headline."""
    if part.words > 30 or part.label or part.credited or len(free) < 2:
        return False
    ending = part.text.rstrip("\"'”’»")
    if ending.endswith((".", ",", ";")) and not ending.endswith("..."):
        # a headline with a full stop is short, and said again or followed by a head
        return part.words <= 14 and any(_same(other.text, part.text) for other in free[1:_HEADER])
    return not _foreign(part, body) or part.words <= 12


def _kicker(first: _Part, second: _Part, body: str) -> bool:
    """Whether the first line is a section's name above the headline: `BUITENLAND`."""
    return (
        first.words <= 3 and first.text.isupper() and second.role is None and not second.text.isupper()
        and 3 <= second.words <= 25 and not second.final and not _foreign(second, body)
    )  # fmt: skip


def _same(one: str, other: str) -> bool:
    return fold(one).casefold() == fold(other).casefold()


def _header_end(free: list[_Part], at: int, title: str) -> int:
    """The place after the last piece that only a head has: author, date, the title again."""
    end = at + 1
    for place in range(at + 1, min(len(free), at + _HEADER)):
        part = free[place]
        if part.role in (Role.DATELINE, Role.BYLINE) or _same(part.text, title):
            if sum(p.words for p in free[end:place] if p.role is None and not p.credited) > 150:
                break  # paragraphs of the body have gone before: the author stands at the foot
            end = place + 1
    return end


def _dek_like(part: _Part, title: _Part, free: list[_Part]) -> bool:
    """Whether the piece after the title is a dek though no author or date comes after it."""
    alone = sum(other.chunk == title.chunk for other in free) <= 3
    return 5 <= part.words <= 45 and not part.credited and (not part.final or (alone and part.chunk == title.chunk))


def _captions(parts: list[_Part], body: str) -> None:
    """Captions, and credits that stand alone; runs in another language are left to the body."""
    free = [part for part in parts if not part.dropped]
    running = _runs(free, body)
    for place, part in enumerate(free):
        if part.role is not None:
            continue
        if part.credited and part.credit and not _filled(part.credit.content):
            part.role = Role.CREDIT
            before = free[place - 1] if place else None
            if before and before.role is None and before.chunk == part.chunk and before.words <= 60:
                before.role = Role.CAPTION
        elif id(part) not in running and _is_caption(part, body, last=place >= len(free) - 1):
            part.role = Role.CAPTION


def _runs(free: list[_Part], body: str) -> set[int]:
    """The pieces (by id) of runs in another language that are too long to be captions."""
    found: set[int] = set()
    run: list[_Part] = []
    for part in [*free, None]:
        if part is not None and part.role is None and _foreign(part, body) and not part.credited and not part.label:
            run.append(part)
            continue
        if part is not None and part.role is None and part.lang == UNKNOWN and run:
            continue  # a heading inside the run
        if len(run) >= _RUN:
            found.update(id(one) for one in run)
        run = []
    return found


def _is_caption(part: _Part, body: str, *, last: bool) -> bool:
    """Whether credit, label or language make the piece a caption."""
    if part.words > _CAPTION_WORDS:
        return False
    if part.label or _PLACE_LABEL.match(part.text):
        return True
    if part.credited and part.credit and part.credit.credit and _filled(part.credit.content):
        if _foreign(part, body):
            return True
        # In the body's own language an agency may also sign a paragraph off, above all the last one.
        credit = part.credit.credit.of(part.text)
        signed = len(credit.split()) == 1 and has_agency(credit)
        return part.words <= 60 and not (signed and (last or part.words > 45))
    return _foreign(part, body)


def _rest(parts: list[_Part]) -> None:
    """Headings, and paragraphs for all that is left."""
    free = [part for part in parts if not part.dropped]
    for place, part in enumerate(free):
        if part.role is None:
            follows = any(later.words >= 12 for later in free[place + 1 : place + 3])
            part.role = Role.HEADING if follows and _heading(part) else Role.PARAGRAPH


def _heading(part: _Part) -> bool:
    if part.words > 10 or len(part.text) > 90 or "\n" in part.text:
        return False
    if part.text.endswith("?"):
        return part.words <= 7 and part.text[0].isupper()
    return not part.final and part.text[0] not in "\"'“”„‘’«»–—"


def _page(document: str, text: str, parts: list[_Part]) -> Page:
    blocks: list[Block] = []
    found: list[str] = []
    for part in parts:
        if part.dropped or part.role is None:
            continue
        start = part.span.start
        if part.role in (Role.CAPTION, Role.CREDIT) and part.credit is not None:
            blocks += _with_credit(part, part.credit, found, text)
        elif part.role is Role.LIST:
            blocks.append(Block(Role.LIST, Span(start + bullet(part.text), part.span.end)))
        else:
            blocks.append(Block(part.role, part.span))
    title = next((fold(block.span.of(text)) for block in blocks if block.role is Role.TITLE), "")
    dates = [iso_date(part.text) for part in parts if part.role in (Role.DATELINE, Role.BYLINE)]
    return Page(document, text, tuple(blocks), title, next((date for date in dates if date), ""), "", tuple(found))


def _with_credit(part: _Part, credit: Credit, found: list[str], text: str) -> list[Block]:
    """A caption's block and its credit's, in text order; the credit's text is added to `found`."""
    base = part.span.start
    content = credit.content
    if content.start < part.label < content.end:  # a credit in front has the label
        content = Span(part.label, content.end)
    blocks = [Block(Role.CAPTION, Span(base + content.start, base + content.end))] if _filled(content) else []
    if credit.credit is not None:
        span = Span(base + credit.credit.start, base + credit.credit.end)
        blocks.append(Block(Role.CREDIT, span))
        found.append(fold(span.of(text)))
    return sorted(blocks, key=lambda block: block.span)
