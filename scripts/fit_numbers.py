"""Learn how certain it is that two quantities stand against each other: `aligner/judge/data/numbers.json`.

    python scripts/fit_numbers.py [--write]

From the natural pairs of `corpora/divergence/train` (those that diverge in something else left out) and from the true
pairs of `../shared/data`, without the NTREX documents that `bench_divergence.py` measures on. Each pair counts by the
two quantities that stand against each other most plainly. Printed is what five folds, parted by the original, say of
the pairs left out: share of true findings by certainty, as the readers' findings must be.
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from train_judge import place

from aligner.judge.number_certainty import features
from aligner.judge.number_matching import match
from aligner.records import Pair

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "aligner" / "judge" / "data" / "numbers.json"
FOLDS, STRENGTH = 5, 0.5


def candidates(pair: Pair) -> list[dict[str, float]]:
    """The features of all quantities that may stand against each other in a pair."""
    found = match(pair)
    nl, en = (*found.nl_left, *found.nl_again), (*found.en_left, *found.en_again)
    return [told for a in nl for b in en if (told := features(pair, a, b, found))]


def natural(folder: Path) -> list[tuple[Pair, bool]]:
    """(pair, whether a number diverges), pairs that diverge otherwise left out."""
    pairs = []
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
                if not row["kinds"] or "number" in row["kinds"]:
                    pairs.append((Pair(row["nl"], row["en"], row["original"] or "nl"), bool(row["kinds"])))
    return pairs


def true_pairs(data: Path) -> list[tuple[Pair, bool]]:
    pairs = []
    for name in ("ntrex-dev", "flores-dev", "tatoeba"):
        with (data / f"{name}.tsv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
                if place(row.get("document", row["nl"])) >= 0.2:
                    pairs.append((Pair(row["nl"], row["en"]), False))
    return pairs


def learn(sets: list[list[list[float]]], gold: list[bool]) -> LogisticRegression:
    """Weights for the plainest two quantities of each pair: chosen anew after each fit, since the fit says which."""
    chosen = [found[0] for found in sets]
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    for _ in range(5):
        model = model.fit(np.array(chosen), np.array(gold))
        chosen = [found[int(model.decision_function(np.array(found)).argmax())] for found in sets]
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, default=ROOT / "corpora" / "divergence" / "train")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--write", action="store_true", help=f"write {OUT.relative_to(ROOT)}")
    options = parser.parse_args()
    pairs = natural(options.train) + true_pairs(options.data)
    told = [(pair, number, found) for pair, number in pairs if (found := candidates(pair))]
    names = list(told[0][2][0])
    sets = [[[one[name] for name in names] for one in found] for _, _, found in told]
    gold = [number for _, number, _ in told]
    fold = np.array([int(place(pair.cell(pair.original)) * FOLDS) for pair, _, _ in told])
    scores = np.zeros(len(told))
    for number in range(FOLDS):
        others = np.flatnonzero(fold != number)
        model = learn([sets[i] for i in others], [gold[i] for i in others])
        for i in np.flatnonzero(fold == number):
            scores[i] = model.predict_proba(np.array(sets[i]))[:, 1].max()
    total = {kind: sum(number == kind for _, number in pairs) for kind in (False, True)}
    print(f"{total[True]} pairs with a wrong number, {total[False]} faithful; {len(told)} have quantities at odds")
    print(f"{'certainty':>12}{'pairs':>7}{'true':>7}")
    truth = np.array(gold)
    for low, high in ((0.0, 0.2), (0.2, 0.4), (0.4, 0.55), (0.55, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
        here = (scores >= low) & (scores < high)
        print(f"{low:>6.2f}–{min(high, 1):.2f}{here.sum():7}{truth[here].mean() if here.any() else 0:7.2f}")
    sure = scores >= 0.7
    print(f"from .7 on: {(sure & truth).sum() / total[True]:.1%} of the wrong, ", end="")
    print(f"{(sure & ~truth).sum() / total[False]:.2%} of the faithful")
    model = learn(sets, gold)
    weights = {"bias": round(float(model.intercept_[0]), 3)}
    weights |= {name: round(float(weight), 3) for name, weight in zip(names, model.coef_[0], strict=True)}
    for name, weight in weights.items():
        print(f"  {name:20}{weight:+.2f}")
    if options.write:
        OUT.write_text(json.dumps({"made_by": "scripts/fit_numbers.py", "weights": weights}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
