"""Learns `aligner/alignment/decision.json`: is the best body window the counterpart of a caption unit?

    python scripts/fit_alignment.py          prints cross-validated figures and writes the weights

Learned from `corpora/examples` (dev and `train.jsonl`) and `corpora/captions` (dev), never from a gate half, and from
NTREX development documents (`../shared/data/ntrex-dev.tsv`) in which a sentence of one language is sought in the
document of the other, with its counterpart left in and taken out. Baseline: the cosine of the sentence vectors alone.
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
from aligner.alignment.decision import VECTOR_SCALE
from aligner.alignment.units import why_not
from aligner.config import Settings
from aligner.embed.encoder import Encoded, Encoder
from aligner.read.reader import join_texts, read_page
from aligner.records import Document
from aligner.segment.document import segment
from aligner.toolbox import open_encoder

NTREX = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "ntrex-dev.tsv"
Floats = NDArray[np.float64]
TARGET = Path(__file__).resolve().parent.parent / "aligner" / "alignment" / "decision.json"


def example_rows(
    document: Document, units: list[dict[str, Any]], encoder: Encoder, group: str
) -> Iterator[dict[str, Any]]:
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
        found = best_window(vectors[text], body, unit.segment.quoted, unit.segment.lang, Settings().max_window)
        told = " ".join(plan.element_texts[found.first : found.last + 1])
        wanted = " ".join(known["body"])
        # A window that holds the gold clause whole is right here: trimming comes later.
        hit = bool(known["body"]) and (
            token_f1(told, wanted) >= SAME_BODY or all(piece in told for piece in known["body"])
        )
        yield {
            "features": found.features,
            "label": hit,
            "gold": bool(known["body"]),
            "group": group,
            "weight": 3.0,
            "text": text,
            "told": told,
            "vector": vectors[text].vector,
        }


def examples(encoder: Encoder) -> Iterator[dict[str, Any]]:
    for article in gold("dev"):
        yield from example_rows(
            segment(read_page(str(EXAMPLES / article["document"]))), article["units"], encoder, article["document"]
        )
    path = EXAMPLES / "train.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        article = json.loads(line)
        captions = "\n\n".join(f"“{u['text']}”" if u.get("quoted") else u["text"] for u in article["units"])
        page = join_texts(article["id"], captions, "\n\n".join(article["body"]))
        yield from example_rows(segment(page), article["units"], encoder, article["id"])


def captions(encoder: Encoder) -> Iterator[dict[str, Any]]:
    """The development half of `corpora/captions`, another hand's articles."""
    path = EXAMPLES.parent / "captions" / "dev.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        article = json.loads(line)
        page = join_texts(article["id"], "\n\n".join(article["captions"]), "\n\n".join(article["body"]))
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
        for captions, bodies, lang in ((*sides, "nl"), (*sides[::-1], "en")):
            for number, caption in enumerate(captions):
                whole = _body(bodies, -1)
                found = best_window(caption, whole, False, lang, 4)
                yield _row(found.features, found.first <= number <= found.last, True, name)
                lacking = best_window(caption, _body(bodies, number), False, lang, 4)
                yield _row(lacking.features, False, False, name)


def _body(encoded: list[Encoded], without: int) -> Body:
    kept = [item for number, item in enumerate(encoded) if number != without]
    return Body(kept, np.stack([item.vector for item in kept]), list(range(len(kept))), [False] * len(kept))


def _row(features: dict[str, float], label: bool, gold: bool, group: str) -> dict[str, Any]:
    return {"features": features, "label": label, "gold": gold, "group": f"ntrex {group}", "weight": 0.1}


class Fit:
    """Logistic regression over standardised features and, if there are any, scaled vectors behind them."""

    def __init__(self, x: Floats, vectors: Floats | None, y: Any, weight: Floats) -> None:
        self._scale = StandardScaler().fit(x, sample_weight=weight)
        # The vector's 384 weights need a stronger prior than a dozen features: .05 was best of .02 to .3.
        strength = 1.0 if vectors is None else 0.05
        self._model = LogisticRegression(C=strength, max_iter=3000).fit(
            self._input(x, vectors), y, sample_weight=weight
        )

    def _input(self, x: Floats, vectors: Floats | None) -> Floats:
        scaled = self._scale.transform(x)
        return np.asarray(scaled if vectors is None else np.hstack([scaled, VECTOR_SCALE * vectors]))

    def __call__(self, x: Floats, vectors: Floats | None) -> Floats:
        return np.asarray(self._model.predict_proba(self._input(x, vectors))[:, 1])

    def weights(self, names: list[str]) -> dict[str, Any]:
        own = self._model.coef_[0][: len(names)] / self._scale.scale_
        bias = float(self._model.intercept_[0] - (own * self._scale.mean_).sum())
        found: dict[str, Any] = {
            "bias": round(bias, 4),
            "weights": {n: round(float(v), 4) for n, v in zip(names, own, strict=True)},
        }
        if rest := [round(float(v) * VECTOR_SCALE, 4) for v in self._model.coef_[0][len(names) :]]:
            found["vector"] = rest
        return found


def learned(rows: list[dict[str, Any]], title: str, *, vectors: bool, errors: bool) -> dict[str, Any]:
    """Print cross-validated figures of one set of weights and return it, learned from all rows."""
    names = sorted(rows[0]["features"])
    x = np.array([[row["features"][name] for name in names] for row in rows])
    v = np.stack([row["vector"] for row in rows]) if vectors else None
    y, w = np.array([row["label"] for row in rows]), np.array([row["weight"] for row in rows])
    groups = [row["group"] for row in rows]
    out = np.zeros(len(rows))
    for train, test in GroupKFold(10).split(x, y, groups):
        fit = Fit(x[train], None if v is None else v[train], y[train], w[train])
        out[test] = fit(x[test], None if v is None else v[test])
    cosine = x[:, names.index("cosine")]
    own = np.array([not row["group"].startswith("ntrex") for row in rows])
    has = np.array([row["gold"] for row in rows])
    for name, part in (("examples", own), ("ntrex", ~own)):
        if not part.any():
            continue
        right, there, none = y & part, has & part, ~has & part
        print(
            f"{title}, {name}: {there.sum()} with a counterpart, right window first {right.sum() / there.sum():.3f}; "
            f"AUC ours {roc_auc_score(y[part], out[part]):.3f}, cosine {roc_auc_score(y[part], cosine[part]):.3f}; at 0.5: "
            f"{(out[none] >= 0.5).mean():.3f} of {none.sum()} without one aligned, {(out[right] < 0.5).mean():.3f} of the right ones lost"
        )
        for limit in (0.3, 0.35, 0.4, 0.45):
            print(
                f"  at {limit}: {(out[none] >= limit).mean():.3f} aligned wrongly, {(out[right] < limit).mean():.3f} lost"
            )
    if errors:
        for row, p in zip(rows, out, strict=True):
            if not row["group"].startswith("ntrex") and (
                (p >= 0.5) != row["gold"] or (row["gold"] and not row["label"])
            ):
                print(f"{p:.2f} gold {row['gold']} right {row['label']} {row['text']!r} -> {row['told']!r}")
    return Fit(x, v, y, w).weights(names)


def main() -> int:
    encoder = open_encoder(Settings())
    own, others = [*examples(encoder), *captions(encoder)], list(ntrex(encoder))
    plain = learned([*own, *others], "plain", vectors=False, errors=False)
    # The vectors of NTREX sentences are no captions: what a caption looks like is learned from captions alone.
    bundled = learned(own, "bundled", vectors=True, errors="--errors" in sys.argv)
    TARGET.write_text(json.dumps({"bundled": bundled, "plain": plain}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
