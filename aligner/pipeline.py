"""The order of the steps: segment → embed → align → read jointly → judge → translate → rows.

Pages in, one result a page out; no printing, and no disk but the caches of the models in `Tools`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from aligner.alignment.captions import Candidates, candidates, match
from aligner.alignment.trim import trim
from aligner.config import Settings
from aligner.embed.encoder import Encoded, Encoder
from aligner.errors import InputError
from aligner.judge.origin import with_origins
from aligner.judge.second_opinion import weigh
from aligner.judge.terms import Accepted, without_accepted
from aligner.judge.verdict import Judge
from aligner.records import Bead, Document, Page, Pair, Verdict, fold
from aligner.rows import corpus_row, row_details, translation_texts, unaligned_row
from aligner.segment.document import segment
from aligner.translation.base import Translator

if TYPE_CHECKING:
    from aligner.judge.joint import Reading


class Stopwatch:
    """Seconds spent a stage: `with clock("embed"): ...` adds to `clock.seconds["embed"]`."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Time the block under `stage`."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - begin


@dataclass
class Tools:
    """The models a run works with, built once. `translator` is None when none is installed.

    `terms` are house terms and names that count as equal.
    """

    encoder: Encoder
    judge: Judge
    translator: Translator | None = None
    terms: Sequence[Accepted] = ()
    notices: list[str] = field(default_factory=list)

    def models(self) -> dict[str, Any]:
        """Names and signatures, for `run.json`."""
        return {
            "encoder": {"name": self.encoder.name, "signature": self.encoder.signature},
            "judge": {"signature": self.judge.signature},
            "translator": (
                {"name": self.translator.name, "signature": self.translator.signature} if self.translator else None
            ),
        }


@dataclass(frozen=True, slots=True)
class Result:
    """One article's outcome: rows of `corpus.tsv` and `unaligned.tsv`, and what `explain` and `report` show."""

    document: str
    text: str
    rows: tuple[dict[str, Any], ...]
    unaligned: tuple[dict[str, Any], ...]
    details: dict[str, dict[str, Any]]
    date: str = ""

    def payload(self) -> dict[str, Any]:
        """As the ledger keeps it."""
        return {
            "text": self.text,
            "date": self.date,
            "rows": list(self.rows),
            "unaligned": list(self.unaligned),
            "details": self.details,
        }


def process(pages: Sequence[Page], tools: Tools, settings: Settings, clock: Stopwatch) -> list[Result | InputError]:
    """Align and judge `pages`, all their texts embedded and translated together; one outcome a page, in order."""
    with clock("segment"):
        documents = [segment(page) for page in pages]
        plans = [candidates(document) for document in documents]
    with clock("embed"):
        vectors = _embed(tools.encoder, (text for plan in plans for text in plan.texts()))
    with clock("align"):
        beads = [match(document, plan, vectors, settings) for document, plan in zip(documents, plans, strict=True)]
    with clock("embed"):
        vectors = _cells_too(vectors, tools.encoder, documents, beads)
    with clock("align"):
        beads = [_trimmed(document, found, vectors) for document, found in zip(documents, beads, strict=True)]
    with clock("embed"):
        vectors = _cells_too(vectors, tools.encoder, documents, beads)
    pairs = [
        [_pair(document, bead) for bead in found if _aligned(bead)]
        for document, found in zip(documents, beads, strict=True)
    ]
    cells = [(vectors[pair.nl], vectors[pair.en]) for told in pairs for pair in told]
    with clock("read jointly"):
        readings = iter(tools.judge.read(cells))
    with clock("judge"):
        verdicts = [
            _judged(
                document,
                [bead for bead in found if _aligned(bead)],
                told,
                list(islice(readings, len(told))),
                vectors,
                tools,
            )
            for document, found, told in zip(documents, beads, pairs, strict=True)
        ]
    with clock("translate"):
        translated = _translate(tools, settings, documents, beads)
    if tools.translator is not None and "bundled" not in tools.translator.name:
        verdicts = [
            [_weighed(pair, verdict, translated) for pair, verdict in zip(told, found, strict=True)]
            for told, found in zip(pairs, verdicts, strict=True)
        ]
    with clock("rows"):
        return [
            _result(document, plan, found, told, verdict, vectors, translated, tools)
            for document, plan, found, told, verdict in zip(documents, plans, beads, pairs, verdicts, strict=True)
        ]


def _embed(encoder: Encoder, texts: Iterator[str]) -> dict[str, Encoded]:
    distinct = list(dict.fromkeys(texts))
    return dict(zip(distinct, encoder.encode(distinct), strict=True)) if distinct else {}


def _cells_too(
    vectors: dict[str, Encoded], encoder: Encoder, documents: Sequence[Document], beads: Sequence[Sequence[Bead]]
) -> dict[str, Encoded]:
    """`vectors` with the cells of aligned beads: several sentences, or a part of one, are texts of their own."""
    cells = (
        side.text(document.text)
        for document, found in zip(documents, beads, strict=True)
        for bead in found
        if _aligned(bead)
        for side in (bead.caption, bead.body)
        if side is not None
    )
    return vectors | _embed(encoder, (text for text in cells if text not in vectors))


def _trimmed(document: Document, beads: Sequence[Bead], vectors: dict[str, Encoded]) -> list[Bead]:
    return [
        trim(document, bead, *(vectors[side.text(document.text)] for side in (bead.caption, bead.body)))
        if bead.body is not None and not bead.reason
        else bead
        for bead in beads
    ]


def _aligned(bead: Bead) -> bool:
    return bead.body is not None and not bead.reason


def _pair(document: Document, bead: Bead) -> Pair:
    caption, body = bead.caption, bead.body
    assert body is not None, "only aligned beads are judged"
    nl, en = (caption, body) if caption.lang == "nl" else (body, caption)
    return Pair(
        nl=nl.text(document.text),
        en=en.text(document.text),
        original=body.lang,
        nl_speaker=nl.speaker,
        en_speaker=en.speaker,
        trimmed=True,
    )


def _judged(
    document: Document,
    beads: Sequence[Bead],
    pairs: Sequence[Pair],
    readings: Sequence[Reading | None],
    vectors: dict[str, Encoded],
    tools: Tools,
) -> list[Verdict]:
    """One verdict a pair: without what house terms explain, with the sentence that a wrong value belongs to."""
    verdicts = tools.judge.judge([(pair, vectors[pair.nl], vectors[pair.en]) for pair in pairs], readings)
    return [
        with_origins(pair, without_accepted(pair, verdict, tools.terms), _outside(document, bead))
        for bead, pair, verdict in zip(beads, pairs, verdicts, strict=True)
    ]


def _outside(document: Document, bead: Bead) -> list[tuple[str, str]]:
    """(language, text) of the article's sentences that no piece of the bead touches."""
    inside = [span for side in (bead.caption, bead.body) if side is not None for span in side.spans]
    return [
        (sentence.lang, fold(sentence.span.of(document.text)))
        for sentence in document.sentences
        if all(sentence.span.end <= span.start or sentence.span.start >= span.end for span in inside)
    ]


def _weighed(pair: Pair, verdict: Verdict, translated: dict[tuple[str, str], str]) -> Verdict:
    return weigh(pair, verdict, translated.get((pair.nl, "nl"), ""), translated.get((pair.en, "en"), ""))


def _translate(
    tools: Tools, settings: Settings, documents: Sequence[Document], beads: Sequence[Sequence[Bead]]
) -> dict[tuple[str, str], str]:
    """(text, its language) → translation, for the texts that `settings.translate` asks for."""
    if tools.translator is None or settings.translate == "none":
        return {}
    wanted: dict[str, dict[str, None]] = {"nl": {}, "en": {}}
    for document, found in zip(documents, beads, strict=True):
        for text, lang in translation_texts(document, found, everything=settings.translate == "all"):
            wanted[lang][text] = None
    translated: dict[tuple[str, str], str] = {}
    for lang, texts in wanted.items():
        if texts:
            outcomes = tools.translator.translate(list(texts), lang, "en" if lang == "nl" else "nl")
            translated.update(
                {(text, lang): "" if out.failed else out.text for text, out in zip(texts, outcomes, strict=True)}
            )
    return translated


def _result(
    document: Document,
    plan: Candidates,
    beads: Sequence[Bead],
    pairs: Sequence[Pair],
    verdicts: Sequence[Verdict],
    vectors: dict[str, Encoded],
    translated: dict[tuple[str, str], str],
    tools: Tools,
) -> Result | InputError:
    if not plan.units:
        if reason := plan.why_nothing:
            return InputError(
                reason, "aligner needs a caption or sentences in Dutch beside English text, or the reverse."
            )
        return Result(document.document, document.text, (), (), {})
    rows, unaligned, details = [], [], {}
    judged = iter(zip(pairs, verdicts, strict=True))
    translator = tools.translator.name if tools.translator and translated else ""
    for bead in beads:
        if not _aligned(bead):
            unaligned.append(unaligned_row(document, bead, translated))
            continue
        pair, verdict = next(judged)
        row = corpus_row(document, bead, pair, verdict, translated, translator, tools.encoder.name)
        rows.append(row)
        details[row["id"]] = row_details(pair, verdict, vectors[pair.nl], vectors[pair.en])
    return Result(document.document, document.text, tuple(rows), tuple(unaligned), details, document.date)
