"""Captions: ours beside plain sentence cosine (the nearest body sentence), in one run.

    python scripts/bench_captions.py [--split dev|gate|all] [--errors]

On `corpora/examples` and `corpora/captions` (another hand's articles, set as pages with figures). The baseline gets its
best threshold for leaving captions alone, chosen on the same units: it is flattered. `partial` is the token F1 of the
units that render less than .8 of the words of their body sentences.
"""

from __future__ import annotations

import argparse
import html
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from score_examples import EXAMPLES, ROOT, SAME_BODY, Score, gold, score, token_f1, words

import aligner
from aligner.config import Settings
from aligner.read.reader import read_page
from aligner.records import BODY_ROLES, Document, Span
from aligner.segment.document import segment
from aligner.toolbox import open_encoder

NAMES = {
    "right body text": "alignment: right body text",
    "span token F1": "alignment: span token F1",
    "without counterpart, left alone": "unaligned: left alone",
    "with counterpart, kept": "alignment: kept (not lost)",
}

#: Figures that a cosine has not.
PLAIN = (
    "speaker: caption",
    "speaker: body",
    "credits found",
    "divergence: precision",
    "divergence: recall",
    "divergence: recall with review",
    "faithful: not flagged",
    "divergence: right kind first",
)


def as_page(article: dict[str, Any]) -> str:
    """An article of `corpora/captions` as a page: every caption a figure, spread over the body's paragraphs."""
    paragraphs = [f"<p>{html.escape(text, quote=False)}</p>" for text in article["body"]]
    for number, text in enumerate(article["captions"]):
        figure = f"<figure><img src='{number}.jpg'><figcaption>{html.escape(text, quote=False)}</figcaption></figure>"
        paragraphs.insert(min(len(paragraphs), 2 * number), figure)
    head = f"<html lang='{article['lang']}'><body><article>"
    return head + "\n".join(paragraphs) + "</article></body></html>"


def written(folder: Path, split: str) -> list[dict[str, Any]]:
    """Writes the articles of `corpora/captions` as pages; gives their gold."""
    articles = []
    for name in ("dev", "gate") if split == "all" else (split,):
        path = ROOT / "corpora" / "captions" / f"{name}.jsonl"
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            article = json.loads(line)
            article["document"] = f"{article['id']}.html"
            (folder / article["document"]).write_text(as_page(article), encoding="utf-8")
            articles.append(article)
    return articles


def mark_partial(document: Document, units: Sequence[dict[str, Any]]) -> None:
    """Notes at each unit whether its gold body text is less than .8 of the sentences that it stands in."""
    for unit in units:
        places = [document.text.find(piece) for piece in unit["body"]]
        spans = [Span(at, at + len(piece)) for at, piece in zip(places, unit["body"], strict=True) if at >= 0]
        touched = [s.span for s in document.sentences if any(s.span.overlaps(span) for span in spans)]
        whole = sum(len(words(span.of(document.text))) for span in touched)
        unit["partial"] = bool(spans) and sum(len(words(piece)) for piece in unit["body"]) < 0.8 * whole


def ours(folder: Path, articles: Sequence[dict[str, Any]]) -> Score:
    """Runs `aligner.align` on a folder, without translation, and scores it."""
    for article in articles:
        mark_partial(segment(read_page(str(folder / article["document"]))), article["units"])
    done = aligner.align([folder], translate="none")
    credits = {a["document"]: aligner.inspect(folder / a["document"])["credits"] for a in articles}
    return score(articles, done.corpus.to_dict("records"), done.unaligned.to_dict("records"), credits)


def baseline(folder: Path, articles: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Nearest body sentence of every gold unit by the cosine of sentence vectors."""
    encoder = open_encoder(Settings())
    rows: list[tuple[float, bool, bool, float, bool]] = []
    for article in articles:
        document: Document = segment(read_page(str(folder / article["document"])))
        body = [s.span.of(document.text) for s in document.sentences if document.blocks[s.block].role in BODY_ROLES]
        units = [unit for unit in article["units"] if unit["reason"] in ("", "none")]
        vectors = encoder.encode([unit["text"] for unit in units] + body)
        matrix = np.stack([item.vector for item in vectors[len(units) :]])
        for unit, item in zip(units, vectors, strict=False):
            cosines = matrix @ item.vector
            told, wanted = body[int(cosines.argmax())], " ".join(unit["body"])
            right = bool(unit["body"]) and (
                token_f1(told, wanted) >= SAME_BODY or all(piece in told for piece in unit["body"])
            )
            rows.append((float(cosines.max()), bool(unit["body"]), right, token_f1(told, wanted), unit["partial"]))
    scores = np.array([row[0] for row in rows])
    has, right = (np.array([row[i] for row in rows]) for i in (1, 2))
    limit = max(scores, key=lambda t: ((scores >= t) & has).sum() + ((scores < t) & ~has).sum())
    return {
        "right body text": float(right.sum() / has.sum()),
        "span token F1": float(np.mean([row[3] for row in rows if row[2]])),
        "without counterpart, left alone": float((scores[~has] < limit).mean()),
        "with counterpart, kept": float((scores[has] >= limit).mean()),
        "partial, span token F1": float(np.mean([row[3] for row in rows if row[2] and row[4]])),
    }


def partial(score_of: Score) -> float:
    """Mean token F1 over the units that render a part of their sentences."""
    return float(np.mean(score_of.partial_f1)) if score_of.partial_f1 else 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=("dev", "gate", "all"), default="gate")
    parser.add_argument("--errors", action="store_true", help="print what went wrong (dev only)")
    options = parser.parse_args()
    if options.errors and options.split != "dev":
        parser.error("--errors is for --split dev: nobody looks at the gate's errors")
    with tempfile.TemporaryDirectory() as folder:
        sets = {
            "examples": (EXAMPLES, gold(options.split)),
            "captions": (Path(folder), written(Path(folder), options.split)),
        }
        for title, (place, articles) in sets.items():
            if not articles:
                continue
            found = ours(place, articles)
            table, plain = found.table(), baseline(place, articles)
            print(f"{title + ' ' + options.split:<36} ours   cosine")
            for name, key in NAMES.items():
                print(f"{name:<34} {table[key]:6.3f}   {plain[name]:6.3f}")
            print(f"{'partial, span token F1':<34} {partial(found):6.3f}   {plain['partial, span token F1']:6.3f}")
            for key in PLAIN:
                print(f"{key:<34} {table[key]:6.3f}        –")
            for error in found.errors if options.errors else ():
                print(error)


if __name__ == "__main__":
    main()
