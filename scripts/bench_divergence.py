"""How well divergence is told: controlled edits, harmless rewrites, SICK across languages, natural pairs.

    python scripts/bench_divergence.py [--split dev] [--limit 120] [--only edits sick natural speed]

Beside our probability stand the cosine and three simple rules, each alone: figures that stand on one side only, the
difference in negation words, and the token feature (mean of the three worst best matches of content words). True
pairs are the NTREX development documents that training leaves out; SICK is measured on, never trained on. Of the
gate half of the natural pairs only sums are printed. Needs `../shared/data` (`--data`).
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from bench_edits import harmless, neighbours, planted
from numpy.typing import NDArray
from train_judge import held_out, measured

from aligner.checking import judge_pairs
from aligner.config import Settings
from aligner.embed.encoder import Encoded
from aligner.embed.tokens import coverage, match, word_weights
from aligner.pipeline import Tools
from aligner.records import Pair, Verdict
from aligner.toolbox import open_tools

ROOT = Path(__file__).resolve().parent.parent
PRIOR = 0.2
#: Kinds that answer to an edit: an antonym is a change of meaning, a neighbour unrelated.
ANSWERS = {"antonym": {"meaning", "negation"}, "near neighbour": {"unrelated"}}

_NEGATION = {
    "nl": re.compile(r"\b(?:niet|geen|nooit|niemand|niets|nergens|zonder|noch|nauwelijks)\b", re.IGNORECASE),
    "en": re.compile(
        r"\b(?:not|no|never|nobody|nothing|none|nowhere|without|neither|nor|hardly|cannot)\b|n['’]t\b", re.IGNORECASE
    ),
}


@dataclass
class Judged:
    """Pairs with our verdicts and the baselines' scores; all scores rise with divergence."""

    pairs: list[Pair]
    verdicts: list[Verdict]
    scores: dict[str, NDArray[np.float64]] = field(default_factory=dict)

    def at(self, indices: Sequence[int]) -> Judged:
        """Those pairs only."""
        return Judged(
            [self.pairs[i] for i in indices],
            [self.verdicts[i] for i in indices],
            {name: values[list(indices)] for name, values in self.scores.items()},
        )

    def share(self, *statuses: str) -> float:
        """Share of the pairs with one of these statuses."""
        return sum(v.status in statuses for v in self.verdicts) / max(len(self.verdicts), 1)


BASELINES: dict[str, Callable[[Pair, Encoded, Encoded], float]] = {
    "cosine": lambda pair, nl, en: -float(nl.vector @ en.vector),
    "digits": lambda pair, nl, en: float(_figures(pair)),
    "negation": lambda pair, nl, en: float(
        abs(len(_NEGATION["nl"].findall(pair.nl)) - len(_NEGATION["en"].findall(pair.en)))
    ),
    "tokens": lambda pair, nl, en: -_worst(nl, en),
}


def _figures(pair: Pair) -> int:
    """How many figures stand on one side only, thousands and decimal marks left out."""
    nl, en = (sorted(re.findall(r"\d+", re.sub(r"(?<=\d)[.,](?=\d)", "", text))) for text in (pair.nl, pair.en))
    return len([f for f in nl if f not in en]) + len([f for f in en if f not in nl])


def _worst(nl: Encoded, en: Encoded) -> float:
    forth, back = coverage(match(nl, en), word_weights(nl, "nl"), word_weights(en, "en"))
    return min(forth.worst, back.worst)


def judged(pairs: Sequence[Pair], tools: Tools) -> Judged:
    """Judge pairs, 256 at a time; a pair that cannot be judged is an error here."""
    found = Judged([], [])
    scores: dict[str, list[float]] = {"ours": [], **{name: [] for name in BASELINES}}
    for at in range(0, len(pairs), 256):
        chunk = list(pairs[at : at + 256])
        texts = list(dict.fromkeys(text for pair in chunk for text in (pair.nl, pair.en)))
        encoded = dict(zip(texts, tools.encoder.encode(texts), strict=True))
        for pair, one in zip(chunk, judge_pairs(chunk, tools), strict=True):
            if one.verdict is None:
                raise SystemExit(f"not judged: {one.reason}")
            found.pairs.append(pair)
            found.verdicts.append(one.verdict)
            scores["ours"].append(one.verdict.divergence)
            for name, rule in BASELINES.items():
                scores[name].append(rule(pair, encoded[pair.nl], encoded[pair.en]))
    found.scores = {name: np.array(values, float) for name, values in scores.items()}
    return found


def auc(low: NDArray[np.float64], high: NDArray[np.float64]) -> float:
    """Probability that a score of `high` lies above one of `low`, ties counted half."""
    if not len(low) or not len(high):
        return float("nan")
    ordered = np.sort(low)
    below = np.searchsorted(ordered, high, "left") + np.searchsorted(ordered, high, "right")
    return float(below.sum() / (2 * len(low) * len(high)))


def table(title: str, rows: Sequence[tuple[str, int, Judged, Judged]]) -> None:
    """One line a row: AUC of ours and of every baseline between true and diverging pairs."""
    names = ["ours", *BASELINES]
    print(f"\n{title:34}{'pairs':>6}" + "".join(f"{name:>10}" for name in names))
    for name, count, true, wrong in rows:
        values = [auc(true.scores[method], wrong.scores[method]) for method in names]
        print(f"{name:34}{count:6}" + "".join(f"{value:10.3f}" for value in values))


def first_kinds(found: Judged, gold: Sequence[set[str]]) -> tuple[float, float, int]:
    """Among the pairs flagged divergent: share with a right kind first, kinds a flag, and how many they are."""
    flagged = [(v, g) for v, g in zip(found.verdicts, gold, strict=True) if v.status == "divergent"]
    right = sum(bool(v.findings) and str(v.findings[0].kind) in g for v, g in flagged)
    kinds = sum(len(v.findings) for v, _ in flagged)
    return right / max(len(flagged), 1), kinds / max(len(flagged), 1), len(flagged)


def edits(true_pairs: Sequence[Pair], tools: Tools, seed: int) -> tuple[Judged, Judged]:
    """Controlled edits and harmless rewrites; returns the true and the edited pairs, judged."""
    true = judged(true_pairs, tools)
    by_kind = {**planted(true_pairs, seed), "near neighbour": neighbours(true_pairs, tools.encoder)}
    found = {kind: judged([pair for _, pair in items], tools) for kind, items in by_kind.items()}
    table(
        "controlled edits (AUC)",
        [(k, len(items), true.at([i for i, _ in items]), found[k]) for k, items in by_kind.items()],
    )
    print(f"\nat the thresholds, {len(true.pairs)} true pairs: divergent {true.share('divergent'):.1%}, ", end="")
    print(f"review {true.share('review'):.1%}")
    print(f"{'edit':34}{'recall':>10}{'+review':>10}{'first kind':>12}{'kinds/flag':>12}")
    recalls, hits, total, kinds = [], 0.0, 0, 0.0
    for kind, part in found.items():
        gold = [ANSWERS.get(kind, {kind})] * len(part.pairs)
        right, several, flagged = first_kinds(part, gold)
        recalls.append(part.share("divergent"))
        hits, total, kinds = hits + right * flagged, total + flagged, kinds + several * flagged
        both = part.share("divergent", "review")
        print(f"{kind:34}{recalls[-1]:10.3f}{both:10.3f}{right:12.3f}{several:12.2f}")
    print(f"{'macro recall, all hits':34}{np.mean(recalls):10.3f}{'':10}{hits / max(total, 1):12.3f}", end="")
    print(f"{kinds / max(total, 1):12.2f}")
    print(f"\n{'harmless rewrites':34}{'pairs':>6}{'divergent':>10}{'review':>10}{'newly':>10}")
    rewrites = harmless(true_pairs, seed)
    every: list[tuple[int, Pair]] = []
    for name, items in [*rewrites.items(), ("all", every)]:
        if not items:
            continue
        part = judged([pair for _, pair in items], tools)
        new = [
            v.status == "divergent" != true.verdicts[i].status for v, (i, _) in zip(part.verdicts, items, strict=True)
        ]
        print(f"{name:34}{len(items):6}{part.share('divergent'):10.3f}{part.share('review'):10.3f}{np.mean(new):10.3f}")
        every += items if name != "all" else []
        if name == "all":
            true.scores["harmless"] = part.scores["ours"]
    wrong = Judged([], [], {"ours": np.concatenate([part.scores["ours"] for part in found.values()])})
    return true, wrong


def sick(path: Path, tools: Tools, limit: int, seed: int) -> None:
    """Contradiction against entailment, Dutch first sentence with English second."""
    rows: dict[str, list[Pair]] = {"CONTRADICTION": [], "ENTAILMENT": []}
    for row in read(path):
        if row["label"].upper() in rows:
            rows[row["label"].upper()].append(Pair(row["nl_a"], row["en_b"]))
    chance = random.Random(seed)
    parts = {label: judged(chance.sample(pairs, min(limit, len(pairs))), tools) for label, pairs in rows.items()}
    bare = {
        label: part.at(
            [i for i, p in enumerate(part.pairs) if not any(_NEGATION[s].search(p.cell(s)) for s in _NEGATION)]
        )
        for label, part in parts.items()
    }
    table(
        "SICK across languages (AUC)",
        [
            (name, len(found["CONTRADICTION"].pairs), found["ENTAILMENT"], found["CONTRADICTION"])
            for name, found in (("contradiction against entailment", parts), ("the same, no negation word", bare))
        ],
    )


def natural(path: Path, split: str, tools: Tools) -> tuple[Judged, Judged]:
    """Natural pairs of a split: sums only, whichever split it is. Returns faithful and diverging pairs, judged."""
    rows = [row for row in read(path) if row["split"] == split]
    found = judged([Pair(row["nl"], row["en"], row["original"] or "nl") for row in rows], tools)
    gold = [set(filter(None, row["kinds"].split(";"))) for row in rows]
    wrong = [i for i, kinds in enumerate(gold) if kinds]
    true, bad = found.at([i for i, kinds in enumerate(gold) if not kinds]), found.at(wrong)
    lines = [(f"natural pairs, {split}: all", len(bad.pairs), true, bad)]
    for kind in sorted({kind for kinds in gold for kind in kinds}):
        part = found.at([i for i in wrong if kind in gold[i]])
        lines.append((f"  {kind}", len(part.pairs), true, part))
    table("natural (AUC)", lines)
    hits, alarms = bad.share("divergent"), true.share("divergent")
    caught, called = hits * len(bad.pairs), hits * len(bad.pairs) + alarms * len(true.pairs)
    right, several, _ = first_kinds(bad, [gold[i] for i in wrong])
    print(f"flags: precision {caught / max(called, 1):.3f}, recall {hits:.3f}, false alarms {alarms:.3f}; ", end="")
    print(f"in review: diverging {bad.share('review'):.3f}, faithful {true.share('review'):.3f}")
    print(f"right kind first {right:.3f}, kinds a flag {several:.2f}")
    return true, bad


def calibration(name: str, true: NDArray[np.float64], wrong: NDArray[np.float64]) -> None:
    """Reliability at a prior of 20 %: pairs weighted so that a fifth of the weight diverges."""
    scores = np.concatenate([true, wrong])
    gold = np.concatenate([np.zeros(len(true)), np.ones(len(wrong))])
    weight = np.where(gold > 0, PRIOR / max(len(wrong), 1), (1 - PRIOR) / max(len(true), 1))
    bins = np.minimum((scores * 10).astype(int), 9)
    print(f"\ncalibration, {name}: {len(scores)} pairs at a prior of {PRIOR:.0%}")
    print(f"{'probability':>14}{'pairs':>8}{'weight':>9}{'told':>8}{'true':>8}")
    error = 0.0
    for number in range(10):
        here = bins == number
        if not here.any():
            continue
        share = weight[here].sum()
        told, real = (scores * weight)[here].sum() / share, (gold * weight)[here].sum() / share
        error += share * abs(told - real)
        bounds = f"{number / 10:.1f}–{(number + 1) / 10:.1f}"
        print(f"{bounds:>14}{here.sum():8}{share:9.3f}{told:8.3f}{real:8.3f}")
    print(f"expected calibration error {error:.3f}")


def speed(pairs: Sequence[Pair], tools: Tools, rounds: int = 2) -> None:
    """Encoding and judging, nothing cached, beside bare `SentenceTransformer.encode` on the same texts."""
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    from aligner.embed.bundled import ensure_bundled
    from aligner.embed.encoder import SentenceTransformerEncoder

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    ours = Tools(SentenceTransformerEncoder(), tools.judge)
    bare = SentenceTransformer(str(ensure_bundled()), device="cpu", local_files_only=True)
    texts = [f"query: {text}" for pair in pairs for text in (pair.nl, pair.en)]
    jobs: dict[str, Callable[[], Any]] = {
        "bare encode": lambda: bare.encode(texts, show_progress_bar=False),
        "ours": lambda: judge_pairs(pairs, ours),
        "ours, half": lambda: judge_pairs(pairs[: len(pairs) // 2], ours),
    }
    bare.encode(texts[:8])
    judge_pairs(pairs[:4], ours)
    best = dict.fromkeys(jobs, 1e9)
    for _ in range(rounds):  # alternating, since other work on the machine disturbs single rounds
        for name, job in jobs.items():
            begin = time.perf_counter()
            job()
            best[name] = min(best[name], time.perf_counter() - begin)
    print(f"\nspeed, {len(pairs)} pairs: ours {len(pairs) / best['ours']:.1f} pairs/s, ", end="")
    print(
        f"bare encode {len(pairs) / best['bare encode']:.1f}: {best['bare encode'] / best['ours']:.2f} of it; ", end=""
    )
    print(f"twice the pairs take {best['ours'] / best['ours, half']:.2f} times as long")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def held_out_pairs(path: Path) -> list[Pair]:
    """NTREX pairs of the tenth of documents that neither training nor calibration uses, by hashes of their names."""
    kept = [row for row in read(path) if held_out(row["document"], 0.2) and measured(row["document"])]
    rows = [row for row in kept if row["nl"].strip() and row["en"].strip()]
    return [Pair(" ".join(row["nl"].split()), " ".join(row["en"].split())) for row in rows]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--natural", type=Path, default=ROOT / "corpora" / "divergence" / "natural.tsv")
    parser.add_argument("--split", choices=("dev", "gate", "calibrate", "exam"), default="dev")
    parser.add_argument("--limit", type=int, default=120, help="true pairs, and SICK pairs of each label")
    parser.add_argument("--only", nargs="+", choices=("edits", "sick", "natural", "speed"))
    parser.add_argument("--encoder", default="e5-small")
    parser.add_argument("--seed", type=int, default=4)
    options = parser.parse_args()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # parts that are done are seen, also in a file
    wanted = set(options.only or ("edits", "sick", "natural", "speed"))
    begin = time.perf_counter()
    tools = open_tools(Settings(encoder=options.encoder, translate="none"))
    pairs = held_out_pairs(options.data / "ntrex-dev.tsv")
    pairs = random.Random(options.seed).sample(pairs, min(options.limit, len(pairs)))
    if "edits" in wanted:
        true, wrong = edits(pairs, tools, options.seed)
        told = np.concatenate([true.scores["ours"], true.scores.get("harmless", np.zeros(0))])
        calibration("true pairs and harmless rewrites against edits", told, wrong.scores["ours"])
    if "sick" in wanted:
        sick(options.data / "sick-dev.tsv", tools, options.limit, options.seed)
    if "natural" in wanted:
        faithful, diverging = natural(options.natural, options.split, tools)
        calibration(f"natural pairs, {options.split}", faithful.scores["ours"], diverging.scores["ours"])
    if "speed" in wanted:
        speed(pairs[:80], tools)
    print(f"\n{time.perf_counter() - begin:.0f} s; judge {tools.judge.signature}, encoder {tools.encoder.signature}")


if __name__ == "__main__":
    main()
