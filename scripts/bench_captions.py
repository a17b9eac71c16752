"""Captions on `corpora/examples`: ours beside plain sentence cosine (the nearest body sentence), in one run.

    python scripts/bench_captions.py [--split dev|gate|all]

The baseline gets its best threshold for leaving captions alone, chosen on the same units: it is flattered.
"""

from __future__ import annotations

import argparse

import numpy as np
from gate import measured
from score_examples import EXAMPLES, SAME_BODY, gold, token_f1

from aligner.config import Settings
from aligner.read.reader import read_page
from aligner.records import BODY_ROLES
from aligner.segment.document import segment
from aligner.toolbox import open_encoder


def baseline(split: str) -> dict[str, float]:
    """Nearest body sentence of every gold unit by the cosine of sentence vectors."""
    encoder = open_encoder(Settings())
    rows: list[tuple[float, bool, bool, float, bool]] = []
    for article in gold(split):
        document = segment(read_page(str(EXAMPLES / article["document"])))
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
            partial = bool(unit["body"]) and len(wanted) < 0.8 * len(told)
            rows.append((float(cosines.max()), bool(unit["body"]), right, token_f1(told, wanted), partial))
    score = np.array([row[0] for row in rows])
    has, right = (np.array([row[i] for row in rows]) for i in (1, 2))
    limit = max(score, key=lambda t: ((score >= t) & has).sum() + ((score < t) & ~has).sum())
    return {
        "right body text": float(right.sum() / has.sum()),
        "span token F1": float(np.mean([row[3] for row in rows if row[2]])),
        "without counterpart, left alone": float((score[~has] < limit).mean()),
        "with counterpart, kept": float((score[has] >= limit).mean()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=("dev", "gate", "all"), default="gate")
    split = parser.parse_args().split
    ours = measured(split).table()
    names = {
        "right body text": "alignment: right body text",
        "span token F1": "alignment: span token F1",
        "without counterpart, left alone": "unaligned: left alone",
        "with counterpart, kept": "alignment: kept (not lost)",
    }
    plain = baseline(split)
    print(f"{split:<36} ours   cosine")
    for name, key in names.items():
        print(f"{name:<34} {ours[key]:6.3f}   {plain[name]:6.3f}")
    for key in ("speaker: caption", "speaker: body", "credits found"):
        print(f"{key:<34} {ours[key]:6.3f}        –")


if __name__ == "__main__":
    main()
