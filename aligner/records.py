"""The records that travel from stage to stage: read → segment → embed → align → judge → translate → write.

All are frozen and know their place in the text. Offsets are in characters (Python `str` indices) into
`Document.text`, the text as read, unless a docstring says otherwise. This module imports nothing of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open range of characters, `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` in this range."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two ranges share a character."""
        return self.start < other.end and other.start < self.end

    def within(self, other: Span) -> bool:
        """Whether this range lies wholly inside `other`."""
        return other.start <= self.start and self.end <= other.end


class Role(StrEnum):
    """What a block is on the page."""

    TITLE = "title"
    DEK = "dek"
    CAPTION = "caption"
    CREDIT = "credit"
    BYLINE = "byline"
    DATELINE = "dateline"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    QUOTE = "quote"


#: Roles whose sentences may be the counterpart of a caption sentence.
BODY_ROLES = frozenset({Role.PARAGRAPH, Role.LIST, Role.QUOTE})

UNKNOWN = "unknown"  # the language code when there is too little to tell


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the page with one role, as a reader found it.

    `span` covers the block's own words (a caption without its credit); `lang` is an ISO 639-1 code
    or `unknown`, with `lang_confidence` in 0..1, both set by `segment.language`.
    """

    role: Role
    span: Span
    lang: str = UNKNOWN
    lang_confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader hands on: the text as read and its blocks in text order.

    `credits` are photo credits as on the page, labels and © kept. `lang` is the language the page
    declares (an ISO 639-1 code), empty if it declares none. Whoever reads the offsets needs `text` only.
    """

    document: str
    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    date: str = ""
    lang: str = ""
    credits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its range, the index of its block in `Document.blocks`, and its language."""

    span: Span
    block: int
    lang: str


class QuoteKind(StrEnum):
    """How words are reported."""

    DIRECT = "direct"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words somebody says.

    `span` is the content without the outer marks; `frame` are the ranges of the attribution's words
    ("zei Rutte", "he added") that are not content, marks and commas between them included.
    `speaker` is what stands at the cue, `speaker_full` the full name the article gives.
    """

    span: Span
    kind: QuoteKind
    lang: str
    block: int
    speaker: str = ""
    speaker_full: str = ""
    cue: str = ""
    frame: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A page with its languages, sentences and quotes: what every later stage works on."""

    document: str
    text: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    title: str = ""
    date: str = ""
    lang: str = UNKNOWN
    credits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """Text to be matched: one or more ranges in text order, with what is known of them.

    A caption unit is a segment; so is a body window. The ranges leave out outer quote marks and an
    attribution at the edge; an attribution that cuts a quote in two leaves two ranges.
    """

    spans: tuple[Span, ...]
    lang: str
    role: Role
    block: int
    quoted: bool = False
    speaker: str = ""

    def text(self, source: str) -> str:
        """The cell: the pieces with white space folded, joined by one space."""
        return " ".join(fold(span.of(source)) for span in self.spans)


@dataclass(frozen=True, slots=True)
class Bead:
    """A caption unit with the body text that says the same (`body` is None when nothing does).

    `similarity` is in 0..1; `counts` are the numbers of sentences on the caption's and the body's
    side. For an unaligned unit `reason` says why and `body` may hold the best candidate.
    """

    caption: Segment
    body: Segment | None
    similarity: float
    counts: tuple[int, int] = (1, 1)
    reason: str = ""


class Kind(StrEnum):
    """Kinds of divergence (the contract's list)."""

    OMISSION = "omission"
    ADDITION = "addition"
    NUMBER = "number"
    ENTITY = "entity"
    NEGATION = "negation"
    SPEAKER = "speaker"
    MEANING = "meaning"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cells to be judged: Dutch and English text with white space folded.

    `original` ("nl" or "en") is the side that the other renders: omission and addition are told of the
    rendering. `trimmed` tells that the original was cut to what the rendering covers (captions), so that
    only governing clauses can be missing. Speakers are full names, empty if unknown.
    """

    nl: str
    en: str
    original: str = "nl"
    nl_speaker: str = ""
    en_speaker: str = ""
    trimmed: bool = False

    def cell(self, lang: str) -> str:
        """The side in language `lang`."""
        return self.nl if lang == "nl" else self.en


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference of meaning: kind, probability 0..1, where it stands and one plain sentence.

    `nl` and `en` are offsets into the two cells (not into the document), None on a side without one.
    """

    kind: Kind
    probability: float
    nl: Span | None
    en: Span | None
    evidence: str
    severity: str = "major"
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says of a pair: one calibrated probability, a status, and its findings by certainty.

    `differences` are what the pair is told to have if it is flagged, whatever the thresholds; `findings` are these in
    a flagged pair and none in another. A pair without any is equivalent at every threshold. `scores` holds the raw
    signals by name; `note` is what is worth knowing of a pair that is not flagged.
    """

    divergence: float
    status: str
    severity: str = ""
    findings: tuple[Finding, ...] = ()
    suggestion: str = ""
    scores: dict[str, float] = field(default_factory=dict)
    differences: tuple[Finding, ...] = ()
    note: str = ""


def fold(text: str) -> str:
    """`text` with every run of white space as one space and none at the ends."""
    return " ".join(text.split())
