"""Two whole documents into pairs: reading both sides, aligning, judging Dutch–English beads, rows.

Every sentence of both documents is in exactly one row; what has no counterpart has an empty cell on the other side.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from aligner.alignment.bitext.documents import Bead, align_documents, joined_text
from aligner.alignment.bitext.doubts import Side, doubts
from aligner.checking import Checked, check_rows
from aligner.errors import InputError, UsageError
from aligner.pipeline import Tools
from aligner.read.archives.stream import read
from aligner.read.decode import clean, decode
from aligner.read.inputs import find_inputs, safe_name
from aligner.read.pairs import Row, open_pairs
from aligner.read.reader import read_text
from aligner.records import Role, Span, Verdict, fold
from aligner.segment.sentences import split
from aligner.write.tsv import CORPUS_COLUMNS

#: Beads judged together, as in `checking`.
CHUNK = 512
#: Columns that tell of the bead beside those of `corpus.tsv`: `_sentences` are 0-based and `;`-joined.
BEAD_COLUMNS = ("cost", "moved")
_JUDGED = {"nl", "en"}


@dataclass(frozen=True)
class Text:
    """One side: its sentences in order, with white space folded, and their places in `source`.

    `spans` are character offsets into `source`, the text as `inspect --json` gives it; `roles` what each sentence's
    block is on the page.
    """

    name: str
    lang: str
    sentences: tuple[str, ...]
    spans: tuple[Span, ...] = ()
    roles: tuple[str, ...] = ()
    source: str = ""


@dataclass
class Paired:
    """What became of two documents: beads in order, and what is to be told of them."""

    a: Text
    b: Text
    beads: list[Bead]
    warnings: list[str] = field(default_factory=list)
    divergent: int = 0
    review: int = 0
    failed: int = 0

    @property
    def judged(self) -> bool:
        """Whether the pair of languages is one that the judge reads."""
        return {self.a.lang, self.b.lang} == _JUDGED

    def line(self) -> str:
        """The summary line that ends a run."""
        paired = [bead for bead in self.beads if bead.a and bead.b]
        moved = sum(bead.moved for bead in paired)
        alone = sum(len(bead.a) + len(bead.b) for bead in self.beads if not (bead.a and bead.b))
        return f"{len(paired)} aligned, {self.divergent} flagged, {alone} unaligned, {self.failed} failed" + (
            f" ({moved} moved)" if moved else ""
        )


def read_side(path: str | Path, lang: str, *, split_lines: bool = False) -> Text:
    """One document from a file: its blocks cut into sentences, or with `split_lines` one sentence a line.

    An empty file is a document without sentences. Raises `InputError` if the file cannot be read.
    """
    item = find_inputs([str(path)]).items[0]
    data = read(item)
    if not data.strip(b" \t\r\n\xef\xbb\xbf\x00\xff\xfe"):
        return Text(item.document, lang, ())
    try:
        if split_lines:
            return _lines(item.document, lang, data)
        page = read_text(item.document, decode(data))
    except InputError as error:
        raise InputError(f"{item.document}: {error}", error.hint) from error
    spans: list[Span] = []
    roles: list[str] = []
    for block in page.blocks:
        found = split(block.span.of(page.text), lang)
        spans += [Span(span.start + block.span.start, span.end + block.span.start) for span in found]
        roles += [str(block.role)] * len(found)
    sentences = tuple(fold(span.of(page.text)) for span in spans)
    return Text(item.document, lang, sentences, tuple(spans), tuple(roles), page.text)


def read_columns(path: str | Path, *, split_lines: bool = False) -> tuple[Text, Text]:
    """Both documents out of one table with columns `nl` and `en` (TSV or CSV): each filled cell is a paragraph.

    What stands in one row need not belong together. With `split_lines` a cell is one sentence. Raises `InputError`
    if the file is no such table.
    """
    with open_pairs(path) as table:
        cells: dict[str, list[str]] = {"nl": [], "en": []}
        for row in table.rows():
            for lang, column in (("nl", table.nl), ("en", table.en)):
                text = clean(row.cells[column]) if column < len(row.cells) else ""
                if text.strip():
                    cells[lang].append(text)
        name = table.name
    return _paragraphs(name, "nl", cells["nl"], split_lines), _paragraphs(name, "en", cells["en"], split_lines)


def _paragraphs(name: str, lang: str, paragraphs: Sequence[str], whole: bool) -> Text:
    """A document of these paragraphs, parted by blank lines; with `whole` each is one sentence."""
    spans: list[Span] = []
    at = 0
    for text in paragraphs:
        found = [Span(0, len(text))] if whole else split(text, lang)
        spans += [Span(span.start + at, span.end + at) for span in found]
        at += len(text) + 2
    source = "\n\n".join(paragraphs)
    sentences = tuple(fold(span.of(source)) for span in spans)
    return Text(name, lang, sentences, tuple(spans), (str(Role.PARAGRAPH),) * len(spans), source)


def _lines(name: str, lang: str, data: bytes) -> Text:
    """One sentence a line, blank lines included; only LF and CR LF end a line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = decode(data)
    lines = text.split("\n")
    if lines[-1] == "":
        del lines[-1]
    spans: list[Span] = []
    at = 0
    for line in lines:
        spans.append(Span(at, at + len(line.removesuffix("\r"))))
        at += len(line) + 1
    sentences = tuple(fold(clean(line)) for line in lines)
    return Text(name, lang, sentences, tuple(spans), (str(Role.PARAGRAPH),) * len(lines), text)


def languages(text: str) -> tuple[str, str]:
    """`nl,en` as two codes; raises `UsageError` for anything else than two different ISO 639 codes."""
    codes = [code.strip().lower() for code in text.split(",")]
    if len(codes) != 2 or not all(code.isascii() and code.isalpha() and 2 <= len(code) <= 3 for code in codes):
        raise UsageError(f"--langs {text} is not two language codes", "Give them as nl,en, the first file's first.")
    if codes[0] == codes[1]:
        raise UsageError(f"--langs {text} names one language twice", "Give two, as in nl,en.")
    return codes[0], codes[1]


def pair_texts(
    a: Text, b: Text, tools: Tools, progress: Callable[[int, int], None] = lambda done, total: None
) -> Paired:
    """Align two documents, with warnings where they do not seem to fit."""
    beads = align_documents(a.sentences, b.sentences, tools.encoder, progress)
    sides = [Side(text.name, text.lang, text.sentences) for text in (a, b)]
    return Paired(a, b, beads, doubts(sides[0], sides[1], beads))


def columns(paired: Paired) -> list[str]:
    """The columns of the table: those of `corpus.tsv` under the two languages' codes, and those of the bead."""
    a, b = ("nl", "en") if paired.judged else (paired.a.lang, paired.b.lang)
    own = [f"{a}_sentences", f"{b}_sentences", *BEAD_COLUMNS]
    if paired.judged:
        at = CORPUS_COLUMNS.index("alignment") + 1
        return [*CORPUS_COLUMNS[:at], *own, *CORPUS_COLUMNS[at:]]
    places = [f"{a}_role", f"{b}_role", f"{a}_start", f"{a}_end", f"{b}_start", f"{b}_end"]
    return ["id", "document", a, b, "alignment", *own, "original", *places, "similarity", "encoder"]


def rows(
    paired: Paired,
    tools: Tools,
    original: str = "",
    *,
    judge: bool = True,
    verdicts: dict[str, Verdict] | None = None,
) -> Iterator[dict[str, Any]]:
    """One row a bead, judged where the languages are Dutch and English; counts go into `paired`.

    `original` is the language that the other side renders (default: the first document's). `verdicts` is filled with
    the verdict of each judged row, by its id.
    """
    original = original or paired.a.lang
    stream = iter(paired.beads)
    while chunk := list(islice(stream, CHUNK)):
        found = [_row(paired, bead, original, tools.encoder.name) for bead in chunk]
        if judge and paired.judged:
            whole = [at for at, bead in enumerate(chunk) if bead.a and bead.b]
            asked = [
                (Row([found[at]["nl"], found[at]["en"]]), found[at]["nl"], found[at]["en"], original) for at in whole
            ]
            for at, checked in zip(whole, check_rows(asked, tools, tools.terms), strict=True):
                _judged(paired, found[at], checked)
                if verdicts is not None and checked.verdict is not None:
                    verdicts[found[at]["id"]] = checked.verdict
        yield from found


def _judged(paired: Paired, row: dict[str, Any], checked: Checked) -> None:
    similarity = row["similarity"]
    row.update(checked.cells())
    row["similarity"] = similarity
    if checked.verdict is None:
        paired.failed += checked.reason.startswith("the judge failed")
        return
    row["suggestion"] = checked.verdict.suggestion
    paired.divergent += checked.verdict.status == "divergent"
    paired.review += checked.verdict.status == "review"


def _row(paired: Paired, bead: Bead, original: str, encoder: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "document": document_name(paired),
        "original": original,
        "cost": f"{bead.cost:.3f}",
        "moved": "moved" if bead.moved else "",
        "similarity": bead.similarity if bead.a and bead.b else "",
        "encoder": encoder,
        "quote": "none",
        "nl_speaker": "",
        "en_speaker": "",
    }
    counts = {}
    for text, run in ((paired.a, bead.a), (paired.b, bead.b)):
        lang = text.lang
        counts[lang] = len(run)
        row[lang] = joined_text(text.sentences, run)
        row[f"{lang}_sentences"] = ";".join(map(str, run))
        row[f"{lang}_role"] = text.roles[run[0]] if run and text.roles else ""
        row[f"{lang}_start"] = ";".join(str(text.spans[at].start) for at in run) if text.spans else ""
        row[f"{lang}_end"] = ";".join(str(text.spans[at].end) for at in run) if text.spans else ""
    order = ("nl", "en") if paired.judged else (paired.a.lang, paired.b.lang)
    row["alignment"] = f"{counts[order[0]]}-{counts[order[1]]}"
    # As `rows.row_id` makes it, so that readers of a run folder find the row unaltered; without offsets, by sentence.
    places = [
        [span.start, span.end] if text.spans else [at]
        for text, run in sorted(((paired.a, bead.a), (paired.b, bead.b)), key=lambda side: order.index(side[0].lang))
        for at in run
        for span in (text.spans[at] if text.spans else Span(0, 0),)
    ]
    content = repr((row["document"], row[order[0]], row[order[1]], places))
    row["id"] = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return row


def document_name(paired: Paired) -> str:
    """What the two are called together in the `document` column."""
    return safe_name(f"{paired.a.name}+{paired.b.name}")


def ladder(beads: Sequence[Bead]) -> Iterator[str]:
    """`[0,1]:[2]:cost` a bead, 0-based, as vecalign and hunalign's successors print it."""
    for bead in beads:
        a, b = (",".join(map(str, run)) for run in (bead.a, bead.b))
        yield f"[{a}]:[{b}]:{bead.cost:.6f}\n"
