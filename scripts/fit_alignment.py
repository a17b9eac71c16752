"""Learns `aligner/alignment/decision.json`: is the best body window the counterpart of a caption unit?

    python scripts/fit_alignment.py          prints cross-validated figures and writes the weights

Learned from `corpora/examples`: the dev half and `train.jsonl` (never the gate half), and from NTREX development documents
(`../shared/data/ntrex-dev.tsv`) in which a sentence of one language is sought in the document of the other, with its
counterpart left in and taken out. Baseline: the cosine of the sentence vectors alone.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from score_examples import EXAMPLES, SAME_BODY, gold, token_f1
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from aligner.alignment.captions import Body, best_window, candidates
from aligner.alignment.decision import FEATURES
from aligner.alignment.units import why_not
from aligner.config import Settings
from aligner.embed.encoder import Encoded, Encoder
from aligner.read.reader import join_texts, read_page
from aligner.records import Document
from aligner.segment.document import segment
from aligner.toolbox import open_encoder

NTREX = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "ntrex-dev.tsv"
TARGET = Path(__file__).resolve().parent.parent / "aligner" / "alignment" / "decision.json"


def example_rows(document: Document, units: list[dict[str, Any]], encoder: Encoder, group: str) -> Iterator[dict[str, Any]]:
    """One row a unit of an article: features, whether the window found is right, and how good it is."""
    plan = candidates(document)
    texts = list(plan.texts())
    vectors = dict(zip(texts, encoder.encode(texts), strict=True))
    if not texts:
        return
    body = Body.of(plan, vectors)
    for unit, text in zip(plan.units, plan.unit_texts, strict=True):
        if why_not(document, unit.segment):
            continue
        known = max(units, key=lambda u: token_f1(u["text"], text))
        if token_f1(known["text"], text) < 0.6:
            continue
        found = best_window(vectors[text], body, unit.segment.quoted, Settings().max_window)
        told = " ".join(plan.element_texts[found.first : found.last + 1])
        wanted = " ".join(known["body"])
        # A window that holds the gold clause whole is right here: trimming comes later.
        hit = bool(known["body"]) and (token_f1(told, wanted) >= SAME_BODY or all(piece in told for piece in known["body"]))
        yield {"features": found.features, "label": hit, "gold": bool(known["body"]), "group": group, "weight": 3.0, "text": text, "told": told}


def examples(encoder: Encoder) -> Iterator[dict[str, Any]]:
    for article in gold("dev"):
        yield from example_rows(segment(read_page(str(EXAMPLES / article["document"]))), article["units"], encoder, article["document"])
    path = EXAMPLES / "train.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        article = json.loads(line)
        captions = "\n\n".join(f"“{u['text']}”" if u.get("quoted") else u["text"] for u in article["units"])
        page = join_texts(article["id"], captions, "\n\n".join(article["body"]))
        yield from example_rows(segment(page), article["units"], encoder, article["id"])


def ntrex(encoder: Encoder) -> Iterator[dict[str, Any]]:
    """Both directions; each sentence with its counterpart in the body, and without."""
    documents: dict[str, list[tuple[str, str]]] = {}
    with NTREX.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            documents.setdefault(row["document"], []).append((row["nl"], row["en"]))
    for name, pairs in documents.items():
        if len(pairs) < 6:
            continue
        sides = [encoder.encode([pair[side] for pair in pairs]) for side in (0, 1)]
        for captions, bodies in (sides, sides[::-1]):
            for number, caption in enumerate(captions):
                whole = _body(bodies, -1)
                found = best_window(caption, whole, False, 4)
                yield _row(found.features, found.first <= number <= found.last, True, name)
                lacking = best_window(caption, _body(bodies, number), False, 4)
                yield _row(lacking.features, False, False, name)


def _body(encoded: list[Encoded], without: int) -> Body:
    kept = [item for number, item in enumerate(encoded) if number != without]
    return Body(kept, np.stack([item.vector for item in kept]), list(range(len(kept))), [False] * len(kept))


def _row(features: dict[str, float], label: bool, gold: bool, group: str) -> dict[str, Any]:
    return {"features": features, "label": label, "gold": gold, "group": f"ntrex {group}", "weight": 0.1}


def arrays(rows: list[dict[str, Any]]) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64]]:
    x = np.array([[row["features"][name] for name in FEATURES] for row in rows])
    return x, np.array([row["label"] for row in rows]), np.array([row["weight"] for row in rows])


def main() -> int:
    encoder = open_encoder(Settings())
    rows = [*examples(encoder), *ntrex(encoder)]
    own = np.array([not row["group"].startswith("ntrex") for row in rows])
    x, y, w = arrays(rows)
    groups = [row["group"] for row in rows]
    out = np.zeros(len(rows))
    for train, test in GroupKFold(5).split(x, y, groups):
        scale = StandardScaler().fit(x[train], sample_weight=w[train])
        model = LogisticRegression(C=1.0, max_iter=1000).fit(scale.transform(x[train]), y[train], sample_weight=w[train])
        out[test] = model.predict_proba(scale.transform(x[test]))[:, 1]
    cosine = x[:, FEATURES.index("cosine")]
    for name, part in (("examples", own), ("ntrex", ~own)):
        right = np.array([row["label"] for row in rows]) & part
        there = np.array([row["gold"] for row in rows]) & part
        none = ~np.array([row["gold"] for row in rows]) & part
        print(
            f"{name}: {there.sum()} with a counterpart, right window first {right.sum() / there.sum():.3f}; AUC ours "
            f"{roc_auc_score(y[part], out[part]):.3f}, cosine {roc_auc_score(y[part], cosine[part]):.3f}; at 0.5: "
            f"{(out[none] >= 0.5).mean():.3f} of {none.sum()} without one aligned, {(out[right] < 0.5).mean():.3f} of the right ones lost"
        )
    if "--errors" in sys.argv:
        for row, p in zip(rows, out, strict=True):
            if not row["group"].startswith("ntrex") and ((p >= 0.5) != row["gold"] or (row["gold"] and not row["label"])):
                shown = {name: round(value, 2) for name, value in row["features"].items()}
                print(f"{p:.2f} gold {row['gold']} right {row['label']} {row['text']!r} -> {row['told']!r} {shown}")
    scale = StandardScaler().fit(x, sample_weight=w)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(scale.transform(x), y, sample_weight=w)
    weights = model.coef_[0] / scale.scale_
    bias = float(model.intercept_[0] - (weights * scale.mean_).sum())
    TARGET.write_text(
        json.dumps({"bias": round(bias, 4), "weights": {n: round(float(v), 4) for n, v in zip(FEATURES, weights, strict=True)}}, indent=1) + "\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
