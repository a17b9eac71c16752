"""Learn how certain it is that a lone negation is a divergence: `aligner/judge/data/negation.json`.

    python scripts/fit_negation.py [--write]

From the lone cues of the natural pairs in `corpora/divergence/train` and of true pairs (`../shared`, without the NTREX
documents that `bench_divergence.py` measures on) as they are and with a negation put in or taken out by the editor that
makes training pairs, or `none` put for `one`. Printed is what two halves, parted by the Dutch and each fitted on the other one, say of the pairs
left out. Only pairs with a lone cue are encoded, some 5,000.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from train_judge import place
from train_judge_edits import Editors

from aligner.config import Settings
from aligner.embed.encoder import Encoder
from aligner.embed.tokens import match
from aligner.judge.cues import unanswered
from aligner.judge.negation_evidence import evidence
from aligner.records import Pair
from aligner.toolbox import open_tools

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "aligner" / "judge" / "data" / "negation.json"
#: What a diverging pair of each sort weighs beside .8 for the faithful ones. A negation is one kind of mistake of many:
#: among diverging natural pairs all count, among edits a third of the prior.
PRIOR = {"natural": 0.2, "news": 0.06}
EDITS = 400  # of each file


@dataclass(frozen=True)
class Row:
    """A pair, where it comes from, and whether it diverges."""

    source: str
    pair: Pair
    diverges: bool


def natural(folder: Path) -> list[Row]:
    rows = []
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
                rows.append(Row("natural", Pair(row["nl"], row["en"], row["original"] or "nl"), bool(row["kinds"])))
    return rows


def true_pairs(shared: Path) -> list[list[Pair]]:
    """The true pairs of each file."""
    files = []
    for name in ("ntrex-dev", "flores-dev", "tatoeba"):
        with (shared / "data" / f"{name}.tsv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
        files.append([Pair(row["nl"], row["en"]) for row in rows if place(row.get("document", row["nl"])) >= 0.2])
    with gzip.open(shared / "parallel" / "news-nl-en-written.tsv.gz", "rt", encoding="utf-8") as stream:
        files.append([Pair(*line.rstrip("\n").split("\t")[:2]) for line in stream])
    return files


def news(files: list[list[Pair]], rng: random.Random) -> list[Row]:
    """True pairs, and some of each file with a negation put in or taken out on either side."""
    editors = Editors({"nl": [], "en": []}, {"nl": [], "en": []}, {"nl": {}, "en": {}})
    rows = [Row("news", pair, False) for pairs in files for pair in pairs]
    for pairs in files:
        for pair in rng.sample(pairs, min(EDITS, len(pairs))):
            side = rng.choice(("nl", "en"))
            edit = editors.negation(side, pair.cell(side), rng)
            if edit:
                rows.append(Row("news", _with(pair, side, edit.text), True))
        for pair in rng.sample(pairs, min(EDITS, len(pairs)))[: EDITS // 2]:
            side = rng.choice(("nl", "en"))
            text = none_for_one(side, pair.cell(side), rng)
            if text:
                rows.append(Row("news", _with(pair, side, text), True))
    return rows


def none_for_one(side: str, text: str, rng: random.Random) -> str | None:
    """`geen` for one `een`, `no` for one `a`: the editor of training pairs has no such edit."""
    old, new = (r"\been\b", "geen") if side == "nl" else (r"\ban?\b", "no")
    found = list(re.finditer(old + r"(?= [a-z]{4})", text))
    if not found:
        return None
    place = rng.choice(found)
    return text[: place.start()] + new + text[place.end() :]


def _with(pair: Pair, side: str, text: str) -> Pair:
    return Pair(text, pair.en) if side == "nl" else Pair(pair.nl, text)


def told(rows: list[Row], encoder: Encoder) -> list[list[dict[str, float]]]:
    """The evidence for each lone cue of each pair; pairs without one are not encoded."""
    lone = [unanswered(row.pair) for row in rows]
    texts = sorted({row.pair.cell(s) for row, left in zip(rows, lone, strict=True) if left for s in ("nl", "en")})
    known = {}
    for at in range(0, len(texts), 500):
        known |= {one.text: one for one in encoder.encode(texts[at : at + 500])}
    found: list[list[dict[str, float]]] = []
    for row, left in zip(rows, lone, strict=True):
        if left is None:
            found.append([])
            continue
        nl, en = known[row.pair.nl], known[row.pair.en]
        compared = match(nl, en) if left.side == "nl" else match(en, nl)
        found.append([dict(evidence(row.pair, left.side, cue, compared)) for cue in left.cues])
    return found


def weight(rows: list[Row]) -> np.ndarray:
    """So that the faithful pairs of each source weigh .8 together and the diverging ones their prior."""
    sizes = {(s, d): sum(row.source == s and row.diverges is d for row in rows) for s in PRIOR for d in (True, False)}
    return np.array(
        [(PRIOR[row.source] if row.diverges else 0.8) / sizes[row.source, row.diverges] for row in rows], float
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, default=ROOT / "corpora" / "divergence" / "train")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--write", action="store_true", help=f"write {OUT.relative_to(ROOT)}")
    options = parser.parse_args()
    rows = natural(options.train) + news(true_pairs(options.shared), random.Random(5))
    found = told(rows, open_tools(Settings(translate="none")).encoder)
    owner = np.array([i for i, cues in enumerate(found) for _ in cues])
    names = list(next(cues for cues in found if cues)[0])
    x = np.array([[cue[name] for name in names] for cues in found for cue in cues])
    y = np.array([rows[i].diverges for i in owner])
    weights = weight(rows)[owner]
    weights /= weights.mean()
    half = np.array([place(rows[i].pair.nl) < 0.5 for i in owner])
    scores = np.zeros(len(rows))
    for part in (half, ~half):
        model = LogisticRegression(C=1000, max_iter=5000).fit(x[part], y[part], sample_weight=weights[part])
        np.maximum.at(scores, owner[~part], model.predict_proba(x[~part])[:, 1])
    report(rows, scores)
    model = LogisticRegression(C=1000, max_iter=5000).fit(x, y, sample_weight=weights)
    learned = {"bias": round(float(model.intercept_[0]), 2)}
    learned |= {name: round(float(one), 2) for name, one in zip(names, model.coef_[0], strict=True)}
    for name, one in learned.items():
        print(f"  {name:20}{one:+.2f}")
    if options.write:
        OUT.write_text(json.dumps({"made_by": "scripts/fit_negation.py", "weights": learned}, indent=1) + "\n", "utf-8")


def report(rows: list[Row], scores: np.ndarray) -> None:
    for source in PRIOR:
        part = np.array([row.source == source for row in rows])
        gold = np.array([row.diverges for row in rows])
        print(f"{source}: {(part & gold).sum()} diverging, {(part & ~gold).sum()} faithful; ", end="")
        print(f"AUC {roc_auc_score(gold[part], scores[part]):.3f}")
        for least in (0.45, 0.6, 0.7):
            hits, alarms = ((scores >= least) & part & label for label in (gold, ~gold))
            print(f"  from {least}: {hits.sum() / (part & gold).sum():.3f} of the diverging, ", end="")
            print(f"{alarms.sum() / (part & ~gold).sum():.4f} of the faithful, precision ", end="")
            print(f"{hits.sum() / max(1, hits.sum() + alarms.sum()):.2f}")


if __name__ == "__main__":
    main()
