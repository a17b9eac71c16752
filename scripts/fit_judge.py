"""Learns `aligner/judge/data/combine.json`: all signals of a pair to one calibrated probability and a share a kind.

    python scripts/fit_judge.py --work DIR       after `train_judge.py prepare` and `train` with the same DIR

Only pairs count that the joint reader was not trained on: the held-out natural rows, the calibrating half of
`corpora/divergence/held.tsv` (another hand's), and controlled edits of the held-out NTREX development documents. The `plain` set (other encoders) learns from all natural rows, without the joint
reader's signals. Figures are cross-validated; the prior of the calibration is 20 % diverging pairs.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold
from train_judge import NATURAL, SHARED, Batches, append, held_out, measured, natural, one_edit
from train_judge_edits import Editors, clauses_in, names_in

from aligner.config import Settings
from aligner.embed.encoder import Encoded
from aligner.judge.combine import MOST, as_signals, logit, weighed
from aligner.judge.joint import KINDS, JointReader
from aligner.judge.signals import joint_signals, read_cells, signals
from aligner.judge.verdict import raised
from aligner.records import Pair
from aligner.toolbox import open_encoder

#: Plain signals that the joint set sees again: by them it tells when to trust which.
JOINT_TOO = (
    "cells_short",
    "cover.length",
    "cover.cosine",
    "cover.apart",
    "cover.far",
    "speaker_conflict",
    "sure_number",
    "sure_entity",
    "certain_number",
    "certain_entity",
    "sure_meaning",
    "meaning_opposites",
    "meaning_conflict",
    "some_negation",
    "neg_conflict",
    "neg_odds",
    "neg_prefix",
    "agents_apart",
    "agents_two",
    "agents_elsewhere",
    "agents_only",
)
TARGET = Path(__file__).resolve().parent.parent / "aligner" / "judge" / "data" / "combine.json"
#: Pairs that no training has read.
HELD = NATURAL.parent / "held.tsv"
#: Pairs as they come, not chosen for being hard; its gate half is read nowhere.
USUAL = NATURAL.parent / "natural.tsv"
#: Of these files the weights that training goes on from had read other rows than are read now: none is new to them.
SEEN = frozenset("abcde")
#: Cross-validated probabilities of true pairs, natural and news, for `--max-false-alarms`.
CALIBRATION = TARGET.with_name("calibration.json")
PRIOR = 0.2
#: False alarms that the `divergent` threshold allows among true natural and true news pairs.
FALSE_ALARMS = {"natural": 0.06, "controlled": 0.04}
#: Where review begins, as a part of that threshold: a desk reads few pairs that are sound.
REVIEW = 0.8
#: What a reader's sure finding alone makes of a pair: no signal, but it counts when thresholds are set.
RAISED = "raised"
#: Modules that come after the signals: changing them leaves the signals as they are.
LATER = frozenset(
    {
        "combine.py",
        "decision.py",
        "findings.py",
        "joint.py",
        "notes.py",
        "origin.py",
        "probe.py",
        "readings.py",
        "reference.py",
        "terms.py",
        "verdict.py",
    }
)


def controlled(rng: random.Random, *, heldout: bool) -> list[dict[str, Any]]:
    """250 true pairs of the held-out NTREX documents, or of the others, each with two controlled edits or more.

    Of the held-out ones half: the others are for `bench_divergence.py`.
    """
    pairs = []
    with (SHARED / "data" / "ntrex-dev.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if held_out(row["document"], 0.2) == heldout and not (heldout and measured(row["document"])):
                pairs.append((row["nl"], row["en"]))
    pairs = rng.sample(pairs, min(250, len(pairs)))
    pools = [{s: [t for p in pairs for t in f(p[i])] for i, s in enumerate(("nl", "en"))} for f in (_names, clauses_in)]
    editors = Editors(pools[0], pools[1], {"nl": {}, "en": {}})
    rows: list[dict[str, Any]] = []
    for nl, en in pairs:
        rows.append({"nl": nl, "en": en, "kinds": [], "original": "nl"})
        for _ in range(500 // len(pairs)):
            edit = one_edit(editors, nl, en, rng, ("nl", "en"))
            if edit:
                rows.append(edit | {"original": "nl"})
    rows += near_neighbours(pairs)
    return [row | {"source": "controlled"} for row in rows]


def near_neighbours(pairs: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Each second Dutch sentence with the English sentence nearest to it that is not its own: unrelated, but close."""
    encoder = open_encoder(Settings())
    dutch, english = (
        np.stack([item.vector for item in encoder.encode([pair[side] for pair in pairs])]) for side in (0, 1)
    )
    cosines = dutch @ english.T
    np.fill_diagonal(cosines, -1.0)
    chosen = range(0, len(pairs), 2)
    return [
        {"nl": pairs[i][0], "en": pairs[int(cosines[i].argmax())][1], "kinds": ["unrelated"], "original": "nl"}
        for i in chosen
    ]


def _names(text: str) -> list[str]:
    return [text[a:b] for a, b in names_in(text)]


def encoded(rows: list[dict[str, Any]], work: Path) -> dict[str, Encoded]:
    """Encoded texts: of natural rows kept in the work folder, of controlled ones anew.

    What training prepared of the latter has means of layer 8 for vectors (`train_judge.shallow`): no cosines to learn from.
    """
    texts = sorted({row[side] for row in rows if row["source"] == "natural" for side in ("nl", "en")})
    others = sorted({row[side] for row in rows if row["source"] != "natural" for side in ("nl", "en")})
    append(work, texts, open_encoder(Settings()))
    data = Batches(work)
    vectors = np.load(work / "offsets.npz")["vectors"]
    return {
        text: Encoded(
            text, vectors[data.number[text]], np.array(data.states[data.rows(text)]), data.offsets[data.rows(text)]
        )
        for text in texts
    } | dict(zip(others, open_encoder(Settings()).encode(others), strict=True))


def gathered(rows: list[dict[str, Any]], texts: dict[str, Encoded], work: Path) -> list[dict[str, float]]:
    """The plain signals of each row; those that an earlier call computed with the same code are read again."""
    path = work / f"signals-{_code()}.json"
    known: dict[str, dict[str, float]] = json.loads(path.read_text()) if path.is_file() else {}
    told = []
    for row in rows:
        key = row["nl"] + "\t" + row["en"]
        if key not in known:
            # Omission and addition are told of the English in training, whichever side is the original.
            pair = Pair(row["nl"], row["en"], "nl")
            nl, en = texts[row["nl"]], texts[row["en"]]
            read = read_cells(pair, nl, en)
            known[key] = signals(pair, nl, en, read, None) | {RAISED: raised(read)}
        told.append(known[key])
    path.write_text(json.dumps(known, ensure_ascii=False))
    return told


def _code() -> str:
    """A hash over the readers' code and tables: signals of other code are computed anew."""
    folder = TARGET.parent
    parts = [
        p.read_bytes() for p in sorted([*folder.parent.glob("*.py"), *folder.glob("*.tsv")]) if p.name not in LATER
    ]
    return hashlib.sha256(b"".join(parts)).hexdigest()[:12]


def fit(
    rows: list[dict[str, Any]], told: list[dict[str, float]], title: str
) -> tuple[dict[str, Any], NDArray[np.float64]]:
    """The weights of one set, and its cross-validated probabilities."""
    names = sorted(told[0].keys() - {RAISED})
    x = np.array([[signal[name] for name in names] for signal in told])
    y = np.array([bool(row["kinds"]) for row in rows])
    own = np.array([row["source"] == "natural" for row in rows])
    mean, scale = x.mean(0), x.std(0)
    kept = scale > 1e-6
    names, mean, scale = [n for n, k in zip(names, kept, strict=True) if k], mean[kept], scale[kept]
    z = np.clip((x[:, kept] - mean) / scale, -4, 4)
    weight = at_prior(y, own)
    # Of all signals the experts learn, of these the sum: with all of them it learns the new natural pairs by heart.
    seen = [names.index(name) for name in ("joint.pair", "plain.divergence") if name in names]
    seen = seen or list(range(len(names)))
    has_kind = {str(kind): np.array([str(kind) in row["kinds"] for row in rows]) for kind in KINDS}
    strata = y.astype(int) + 2 * own
    out = np.zeros(len(rows))
    for train, test in StratifiedKFold(5, shuffle=True, random_state=1).split(z, strata):
        fitted = stacked(z, y, weight, strata, has_kind, seen, train)
        out[test] = fitted[1].predict_proba(opinions(fitted[0], z[test], seen))[:, 1]
    report(title, rows, y, own, out)
    experts, model = stacked(z, y, weight, strata, has_kind, seen, np.arange(len(rows)))
    kinds = {}
    # Which kind it is: natural pairs count twice as much as controlled ones, however many there are of either.
    share = np.where(own, 2.0 / max(1, (y & own).sum()), 1.0 / max(1, (y & ~own).sum())) * y.sum() / 3
    for kind, has in has_kind.items():
        chosen = LogisticRegression(C=0.1, max_iter=2000).fit(z[y], has[y], sample_weight=share[y])
        kinds[kind] = _weights(chosen, names)
    right = _first_kind(rows, z, y, out, names, kinds, own)
    print(f"{title}: right kind first in {right:.3f} of natural diverging pairs at or above 0.5 (in-sample kinds)")
    return {
        "signals": {n: [round(float(m), 5), round(float(s), 5)] for n, m, s in zip(names, mean, scale, strict=True)},
        "experts": {kind: _weights(expert, names) for kind, expert in experts.items()},
        "divergence": _weights(model, ["experts", *(names[at] for at in seen)]),
        "kinds": kinds,
    }, out


def stacked(
    z: Any, y: Any, weight: Any, strata: Any, has_kind: dict[str, Any], seen: list[int], rows: Any
) -> tuple[dict[str, LogisticRegression], LogisticRegression]:
    """The experts of `rows`, and what weighs them: learned from what experts say of rows that they have not seen."""

    def experts(part: Any) -> dict[str, LogisticRegression]:
        found = {}
        for kind, has in has_kind.items():
            used = part[has[part] | ~y[part]]
            of_kind = has[used]
            shares = weight[used].copy()
            # Each as frequent as all together: how much an expert's odds count is learned above.
            shares[of_kind] *= PRIOR / (1 - PRIOR) * shares[~of_kind].sum() / shares[of_kind].sum()
            found[kind] = LogisticRegression(C=0.03, max_iter=2000).fit(z[used], of_kind, sample_weight=shares)
        return found

    said = np.zeros((len(rows), 1 + len(seen)))
    for train, test in StratifiedKFold(4, shuffle=True, random_state=2).split(rows, strata[rows]):
        said[test] = opinions(experts(rows[train]), z[rows[test]], seen)
    model = LogisticRegression(C=0.1, max_iter=2000).fit(said, y[rows], sample_weight=weight[rows])
    return experts(rows), model


def opinions(experts: dict[str, LogisticRegression], z: Any, seen: list[int]) -> NDArray[np.float64]:
    """(rows, 1 + seen): what the experts say together (see `combine.weighed`), and the signals `seen`."""
    odds = np.stack([expert.decision_function(z) for expert in experts.values()], 1)
    return np.column_stack([np.log1p(np.exp(np.minimum(odds, MOST))).sum(1), z[:, seen]])


def _weights(model: LogisticRegression, names: list[str]) -> dict[str, float]:
    return {"bias": round(float(model.intercept_[0]), 4)} | {
        n: round(float(w), 4) for n, w in zip(names, model.coef_[0], strict=True)
    }


def _first_kind(
    rows: list[dict[str, Any]], z: Any, y: Any, out: Any, names: list[str], kinds: dict[str, Any], own: Any
) -> float:
    score = {k: z @ np.array([w[n] for n in names]) + w["bias"] for k, w in kinds.items()}
    hits = [
        max(score, key=lambda k, i=i: score[k][i]) in rows[i]["kinds"] for i in np.flatnonzero(y & own & (out >= 0.5))
    ]
    return float(np.mean(hits)) if hits else 0.0


def report(title: str, rows: list[dict[str, Any]], y: Any, own: Any, out: Any) -> None:
    for name, part in (("natural", own), ("controlled", ~own)):
        if not (y & part).any() or not (~y & part).any():
            continue
        line = [f"all {roc_auc_score(y[part], out[part]):.3f}"]
        for kind in KINDS:
            has = np.array([str(kind) in row["kinds"] for row in rows]) & part
            if has.sum() >= 5:
                line.append(
                    f"{kind} {roc_auc_score(np.r_[np.zeros((part & ~y).sum()), np.ones(has.sum())], np.r_[out[part & ~y], out[has]]):.3f}"
                )
        print(
            f"{title}, {name} ({(part & y).sum()} diverging, {(part & ~y).sum()} true): AUC {', '.join(line)}",
            flush=True,
        )


def calibration(rows: list[dict[str, Any]], out: NDArray[np.float64]) -> tuple[list[float], NDArray[np.float64]]:
    """Scale and offset of the log odds that suit `rows`, and the scores with them."""
    odds = np.array([[logit(score)] for score in out])
    y = np.array([bool(row["kinds"]) for row in rows])
    own = np.array([row["source"] == "natural" for row in rows])
    model = LogisticRegression(C=1e6).fit(odds, y, sample_weight=at_prior(y, own))
    found = [round(float(model.coef_[0, 0]), 4), round(float(model.intercept_[0]), 4)]
    print(f"calibration: scale {found[0]}, offset {found[1]} from {len(rows)} pairs")
    return found, model.predict_proba(odds)[:, 1]


def at_prior(y: Any, own: Any) -> NDArray[np.float64]:
    """Natural and controlled pairs weigh the same, true ones in each four times the diverging: the prior."""
    weight = np.zeros(len(y))
    for part in (own, ~own):
        for label, share in ((True, PRIOR), (False, 1 - PRIOR)):
            here = part & (y == label)
            weight[here] = 0.5 * share * len(y) / max(1, here.sum())
    return weight


def thresholds(rows: list[dict[str, Any]], out: NDArray[np.float64]) -> dict[str, float]:
    """From the scores of true pairs: the share of false alarms allowed on natural and on controlled ones."""
    true = np.array([not row["kinds"] for row in rows])
    own = np.array([row["source"] == "natural" for row in rows])
    parts = {"natural": own, "controlled": ~own}
    divergent = max(float(np.quantile(out[true & part], 1 - FALSE_ALARMS[name])) for name, part in parts.items())
    review = REVIEW * divergent
    found = out >= divergent
    for name, part in parts.items():
        wrong, hit = found & part & true, found & part & ~true
        print(
            f"{name}: divergent from {divergent:.3f}: recall {hit.sum() / max(1, (part & ~true).sum()):.3f}, "
            f"precision {hit.sum() / max(1, hit.sum() + wrong.sum()):.3f}, "
            f"false alarms {wrong.sum() / max(1, (part & true).sum()):.3f}; in review "
            f"{((out >= review) & ~found & part & true).sum() / max(1, (part & true).sum()):.3f} of the true ones"
        )
    return {"review": round(review, 3), "divergent": round(divergent, 3)}


def set_limits(
    model: dict[str, Any],
    learned: tuple[list[dict[str, Any]], list[dict[str, float]], NDArray[np.float64]],
    usual: tuple[list[dict[str, Any]], list[dict[str, float]]],
) -> dict[str, float]:
    """Calibrates `model` and returns its thresholds, both from pairs as they come.

    The natural training pairs were written where the judge is weak: it is less often right on them than on others. So
    what counts are `usual` ones, the calibrating half of the other hand's, and the controlled ones; of those that the
    model `learned` from, by their cross-validated scores.
    """
    rows, told, out = learned
    here = [i for i, row in enumerate(rows) if row["source"] == "controlled" or row["file"] == HELD.stem]
    scores = [out[i] for i in here] + [weighed(signal, model).divergence for signal in usual[1]]
    overruled = [told[i][RAISED] for i in here] + [signal[RAISED] for signal in usual[1]]
    rows = [rows[i] for i in here] + usual[0]
    model["calibration"], final = calibration(rows, np.maximum(scores, overruled))
    true = sorted(round(float(score), 4) for row, score in zip(rows, final, strict=True) if not row["kinds"])
    CALIBRATION.write_text(json.dumps({"true_pairs": true}) + "\n")
    return thresholds(rows, final)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--signals-only", action="store_true", help="compute and keep the plain signals, learn nothing")
    options = parser.parse_args()
    own = natural() + [row for row in natural([HELD]) if row["split"] == "calibrate"]
    usual = [row for row in natural([USUAL]) if row["split"] == "dev"]
    planted, others = controlled(random.Random(11), heldout=True), controlled(random.Random(12), heldout=False)
    texts = encoded(own + usual + planted + others, options.work)
    # New to the joint reader are rows of which it was trained on neither cell. A row whose Dutch it knows from another
    # rendering, right or wrong, is worse than known: it remembers that one (AUC .68 on such rows, .77 on new ones).
    trained = {e[side] for e in Batches(options.work).examples if not e.get("heldout") for side in ("nl", "en")}
    new = [row for row in own if row["file"] not in SEEN and row["nl"] not in trained and row["en"] not in trained]
    kept = new + planted
    chosen = {(row["nl"], row["en"]) for row in kept}
    rest = [row for row in own if (row["nl"], row["en"]) not in chosen] + others
    told, kept_told, usual_told = (gathered(rows, texts, options.work) for rows in (rest, kept, usual))
    if options.signals_only:
        return 0
    plain, out = fit(rest, told, "plain")
    limits, joint = set_limits(plain, (rest, told, out), (usual, usual_told)), None
    weights = options.work / "joint.safetensors"
    if weights.is_file():
        reader = JointReader(weights)

        def both(row: dict[str, Any], signal: dict[str, float]) -> dict[str, float]:
            """What the plain set says of a row, and the joint reader's own signals: neither has seen it."""
            said = joint_signals(reader([(texts[row["nl"]], texts[row["en"]])])[0])
            few = {name: signal[name] for name in (*JOINT_TOO, RAISED)}
            return as_signals(weighed(signal, plain)) | few | said

        kept_told = list(map(both, kept, kept_told))
        joint, out = fit(kept, kept_told, "joint")
        limits = set_limits(joint, (kept, kept_told, out), (usual, list(map(both, usual, usual_told))))
    TARGET.write_text(json.dumps({"thresholds": limits, "joint": joint, "plain": plain}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
