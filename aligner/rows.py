"""Rows of `corpus.tsv` and `unaligned.tsv` out of beads and verdicts: names and forms of the contract."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aligner.embed.encoder import Encoded
from aligner.embed.tokens import match as match_tokens
from aligner.embed.tokens import words
from aligner.records import Bead, Document, Finding, Kind, Pair, Segment, Span, Verdict

_SEVERITIES = ("minor", "major", "critical")


def corpus_row(
    document: Document,
    bead: Bead,
    pair: Pair,
    verdict: Verdict,
    translated: Mapping[tuple[str, str], str],
    translator: str,
    encoder: str,
) -> dict[str, Any]:
    """One row of `corpus.tsv`; all values are strings but the two scores."""
    caption, body = bead.caption, bead.body
    assert body is not None, "only aligned beads have a row"
    nl, en = (caption, body) if caption.lang == "nl" else (body, caption)
    counts = bead.counts if caption.lang == "nl" else bead.counts[::-1]
    return {
        "id": row_id(document.document, pair, nl, en),
        "document": document.document,
        "nl": pair.nl,
        "en": pair.en,
        "alignment": f"{counts[0]}-{counts[1]}",
        "original": body.lang,
        "nl_role": str(document.blocks[nl.block].role),
        "en_role": str(document.blocks[en.block].role),
        "nl_start": _joined(span.start for span in nl.spans),
        "nl_end": _joined(span.end for span in nl.spans),
        "en_start": _joined(span.start for span in en.spans),
        "en_end": _joined(span.end for span in en.spans),
        "quote": _QUOTED[nl.quoted, en.quoted],
        "nl_speaker": nl.speaker,
        "en_speaker": en.speaker,
        "similarity": round(bead.similarity, 3),
        **verdict_cells(verdict),
        "nl_in_en": translated.get((pair.nl, "nl"), ""),
        "en_in_nl": translated.get((pair.en, "en"), ""),
        "translator": translator,
        "encoder": encoder,
    }


_QUOTED = {(True, True): "both", (True, False): "nl", (False, True): "en", (False, False): "none"}


def verdict_cells(verdict: Verdict) -> dict[str, Any]:
    """The columns that tell a verdict, shared by `align` and `check`."""
    findings = verdict.findings
    return {
        "divergence": round(verdict.divergence, 3),
        "status": verdict.status,
        "severity": verdict.severity,
        "kinds": ";".join(finding.kind for finding in findings),
        "nl_span": _spans([finding.nl for finding in findings]),
        "en_span": _spans([finding.en for finding in findings]),
        "evidence": " ".join(finding.evidence for finding in findings) or verdict.note,
        "suggestion": verdict.suggestion,
    }


def worst(findings: Sequence[Finding]) -> str:
    """The severest severity among `findings`, empty if there are none."""
    return max((finding.severity for finding in findings), key=_SEVERITIES.index, default="")


def unaligned_row(document: Document, bead: Bead, translated: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    """One row of `unaligned.tsv`; `bead.body` is the best candidate, if there was any."""
    caption = bead.caption
    text = caption.text(document.text)
    return {
        "document": document.document,
        "lang": caption.lang,
        "role": str(document.blocks[caption.block].role),
        "start": _joined(span.start for span in caption.spans),
        "end": _joined(span.end for span in caption.spans),
        "text": text,
        "reason": bead.reason,
        "best_text": bead.body.text(document.text) if bead.body else "",
        "best_score": f"{bead.similarity:.3f}" if bead.body else "",
        "translation": translated.get((text, caption.lang), ""),
    }


def translation_texts(document: Document, beads: Sequence[Bead], *, everything: bool) -> Iterator[tuple[str, str]]:
    """(text, language) of what is to be translated: aligned cells, and with `everything` the unaligned too."""
    for bead in beads:
        segments: list[Segment] = []
        if bead.body is not None and not bead.reason:
            segments = [bead.caption, bead.body]
        elif everything and bead.caption.lang in {"nl", "en"}:
            segments = [bead.caption]
        for segment in segments:
            yield segment.text(document.text), segment.lang


def row_details(pair: Pair, verdict: Verdict, nl: Encoded, en: Encoded) -> dict[str, Any]:
    """What `explain` and `reflag` need of a row: each word with its best counterpart, the raw scores, and the verdict
    before the decision."""
    matched = match_tokens(nl, en)
    return {
        "nl_words": [
            [*word.span, round(float(score), 3)] for word, score in zip(words(nl), matched.word_best_a, strict=True)
        ],
        "en_words": [
            [*word.span, round(float(score), 3)] for word, score in zip(words(en), matched.word_best_b, strict=True)
        ],
        "links": [[int(a), int(b)] for a, b in matched.word_links],
        "scores": {name: round(float(value), 4) for name, value in verdict.scores.items()},
        "divergence": float(verdict.divergence),
        "note": verdict.note,
        "differences": [
            {
                "kind": str(found.kind),
                "probability": float(found.probability),
                "nl": list(found.nl) if found.nl else None,
                "en": list(found.en) if found.en else None,
                "evidence": found.evidence,
                "severity": found.severity,
                "suggestion": found.suggestion,
            }
            for found in verdict.differences
        ],
    }


def verdict_of(details: Mapping[str, Any]) -> Verdict:
    """The verdict that `row_details` kept, still to be decided (`judge.decision`); `KeyError` if it kept none."""
    return Verdict(
        details["divergence"],
        "equivalent",
        scores=dict(details["scores"]),
        differences=tuple(
            Finding(
                Kind(found["kind"]),
                found["probability"],
                Span(*found["nl"]) if found["nl"] else None,
                Span(*found["en"]) if found["en"] else None,
                found["evidence"],
                found["severity"],
                found["suggestion"],
            )
            for found in details["differences"]
        ),
        note=details.get("note", ""),
    )


def under_name(payload: Mapping[str, Any], document: str) -> dict[str, Any]:
    """What `pipeline.Result.payload` gave for an article, for another of the same content: names and ids change."""
    rows, details = [], {}
    for row in payload["rows"]:
        offsets = [list(span) for side in ("nl", "en") for span in _offsets(row, side)]
        rows.append(row | {"document": document, "id": _id(document, row["nl"], row["en"], offsets)})
        details[rows[-1]["id"]] = payload["details"][row["id"]]
    unaligned = [row | {"document": document} for row in payload["unaligned"]]
    return {**payload, "rows": rows, "details": details, "unaligned": unaligned}


def _offsets(row: Mapping[str, Any], side: str) -> Iterator[tuple[int, int]]:
    starts, ends = (row[f"{side}_{name}"].split(";") for name in ("start", "end"))
    return zip(map(int, starts), map(int, ends), strict=True)


def row_id(document: str, pair: Pair, nl: Segment, en: Segment) -> str:
    """Sixteen hexadecimal digits of a hash over the document's name, both cells and their offsets."""
    return _id(document, pair.nl, pair.en, [list(span) for segment in (nl, en) for span in segment.spans])


def _id(document: str, nl: str, en: str, offsets: list[list[int]]) -> str:
    return hashlib.sha256(repr((document, nl, en, offsets)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _joined(values: Iterator[int]) -> str:
    return ";".join(str(value) for value in values)


def _spans(spans: Sequence[Span | None]) -> str:
    return ";".join("" if span is None else f"{span.start}-{span.end}" for span in spans)
