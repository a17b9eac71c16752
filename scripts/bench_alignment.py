"""Whole-document alignment: quality beside published figures and two plain baselines, speed, and how it scales.

python scripts/bench_alignment.py                       all of it
python scripts/bench_alignment.py --only quality        without the made documents: --only own
python scripts/bench_alignment.py --split gate          own documents that nobody tunes on
python scripts/bench_alignment.py --only programme      the dynamic programme alone, 1k → 10k → 50k sentences

Strict: the exact bead; lax: a bead that overlaps a gold bead on both sides; counted as vecalign's scorer does.
Baselines: `length` is Gale and Church's (1993) programme on characters; `cosine` is vecalign's cost (Thompson and Koehn
2019) on averaged sentence vectors of the same encoder, without embedding joined texts.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from alignment_data import Counts, Gold, Pair, made, ntrex, own, textberg

from aligner.alignment.bitext.documents import align_documents
from aligner.alignment.bitext.evidence import MOST, Evidence, windows
from aligner.alignment.bitext.path import Band, around, find_path, measure
from aligner.alignment.bitext.program import Costs, Lattice, best_ladder, climb, contenders, lattice
from aligner.config import Settings
from aligner.embed.cache import CachedEncoder
from aligner.embed.encoder import Encoder, SentenceTransformerEncoder
from aligner.toolbox import open_encoder, open_tools

#: Strict and lax F1 on the Text+Berg test articles, each from the tool's own README; not the development article here.
PUBLISHED = {
    "vecalign + LASER": (0.902, 0.986),
    "Bertalign + LaBSE": (0.936, 0.989),
    "SentAlign + LaBSE": (0.932, 0.964),
}
SIZES = (1_000, 10_000, 50_000)

Aligner = Callable[[Pair, Encoder], Gold]


def ours(pair: Pair, encoder: Encoder) -> Gold:
    return [(bead.a, bead.b) for bead in align_documents(pair.a, pair.b, encoder)]


def by_length(pair: Pair, encoder: Encoder) -> Gold:
    """Gale and Church: how likely the lengths are, given the kind of bead; 1-1, 1-2, 2-1, 2-2 and skips."""
    a, b = (np.array([max(len(text), 1) for text in side], float) for side in (pair.a, pair.b))
    ratio = b.sum() / a.sum()
    priors = {(1, 1): 0.89, (1, 2): 0.0445, (2, 1): 0.0445, (2, 2): 0.011}

    def score(p: int, q: int, i: int) -> np.ndarray:
        runs = np.convolve(b, np.ones(q), "valid")
        whole = a[i : i + p].sum()
        delta = np.abs(runs - whole * ratio) / np.sqrt(6.8 * (whole + runs / ratio) / 2)
        return np.array([math.log(max(math.erfc(d / math.sqrt(2)), 1e-30)) for d in delta]) + math.log(priors[p, q])

    return _plain(len(a), len(b), priors, score, -math.log(0.0099 / 2) + 3.0)


def by_cosine(pair: Pair, encoder: Encoder) -> Gold:
    """vecalign's cost on averaged vectors; a skip costs the 20th percentile of the one-to-one costs."""
    a, b = (np.array([one.vector for one in encoder.encode(side)]) for side in (pair.a, pair.b))
    far_a, far_b = (1 - a @ b.mean(axis=0)), (1 - b @ a.mean(axis=0))

    def joined(vectors: np.ndarray, size: int) -> np.ndarray:
        sums = np.concatenate([np.zeros((1, vectors.shape[1])), np.cumsum(vectors, axis=0)])
        runs = sums[size:] - sums[:-size]
        return runs / np.linalg.norm(runs, axis=1, keepdims=True)

    def cost(p: int, q: int) -> np.ndarray:
        rows, columns = joined(a, p), joined(b, q)
        chance_a = np.convolve(far_a, np.ones(p) / p, "valid")
        chance_b = np.convolve(far_b, np.ones(q) / q, "valid")
        return 2 * p * q * (1 - rows @ columns.T) / (chance_a[:, None] + chance_b)

    kinds = [(p, q) for p in range(1, 6) for q in range(1, 6) if p + q <= 7 and p <= len(a) and q <= len(b)]
    costs = {kind: cost(*kind) for kind in kinds}
    skip = float(np.quantile(costs[1, 1], 0.2))
    return _plain(len(a), len(b), dict.fromkeys(kinds, 1.0), lambda p, q, i: -costs[p, q][i], skip)


def _plain(
    n: int, m: int, kinds: dict[tuple[int, int], float], score: Callable[[int, int, int], np.ndarray], skip: float
) -> Gold:
    """The best ladder over the whole matrix."""
    borders = Band(np.zeros(n + 1, np.int64), np.full(n + 1, m + 1, np.int64))
    beads = []
    for i in range(n):
        row = []
        for p in range(1, max(kind[0] for kind in kinds) + 1):
            if i + p > n:
                break
            scores = np.full((m, max(kind[1] for kind in kinds)), -np.inf, np.float32)
            for q in range(1, min(scores.shape[1], m) + 1):
                if (p, q) in kinds:
                    scores[: m - q + 1, q - 1] = score(p, q, i)
            row.append(scores)
        beads.append(row)
    rungs = best_ladder(Lattice(borders, beads, np.full(n, skip), np.full(m, skip)))
    return [(tuple(rung.a), tuple(rung.b)) for rung in rungs]


ALIGNERS: dict[str, Aligner] = {"ours": ours, "cosine": by_cosine, "length": by_length}


def quality(split: str, *, with_made: bool) -> None:
    encoder = open_encoder(Settings())
    sets = {"Text+Berg de–fr, development article": textberg(), f"own nl–en, {split}": own(split)}
    if with_made:
        sets["NTREX nl–en: merged, split, deleted, inserted"] = made(moves=False)
        sets["the same with moved passages"] = made(moves=True)
    print(f"{'strict P / R / F1':>44}   lax F1")
    for name, pairs in sets.items():
        if not pairs:
            print(f"{name}: no data here")
            continue
        print(f"{name} ({len(pairs)} pairs, {sum(len(pair.gold) for pair in pairs)} beads)")
        for label, aligner in ALIGNERS.items():
            counts = Counts()
            for pair in pairs:
                counts.add(pair.gold, aligner(pair, encoder))
            precision, recall, f1 = counts.strict()
            print(f"  {label:<20} {precision:6.3f} {recall:6.3f} {f1:6.3f}  {counts.lax()[2]:7.3f}")
        if name.startswith("Text+Berg"):
            for label, (strict, lax) in PUBLISHED.items():
                print(f"  {label:<20} {'':13} {strict:6.3f}  {lax:7.3f}  (test articles)")


def speed() -> None:
    """1,000 sentences a side, NTREX: alignment cold and warm, and the whole table with judging."""
    pairs = [pair for _, document in ntrex() for pair in document]
    if not pairs:
        print("speed: no data here")
        return
    nl, en = [a for a, _ in pairs], [b for _, b in pairs]
    with tempfile.TemporaryDirectory() as scratch:
        for label in ("cold", "warm"):
            begin = time.perf_counter()
            with CachedEncoder(SentenceTransformerEncoder(), Path(scratch) / "cache.sqlite") as encoder:
                beads = align_documents(nl, en, encoder)
            print(
                f"{len(nl):,} sentences a side, {label} cache: {time.perf_counter() - begin:.1f} s, {len(beads)} beads"
            )
    from aligner.pairing import Text, pair_texts, rows

    tools = open_tools(Settings(translate="none"))
    paired = pair_texts(Text("nl", "nl", tuple(nl)), Text("en", "en", tuple(en)), tools)
    begin = time.perf_counter()
    count = sum(1 for _ in rows(paired, tools))
    print(f"judging its {count} rows: {time.perf_counter() - begin:.1f} s")


def programme() -> None:
    """Path, lattice, contenders and ladder of made-up documents, each size in a process of its own."""
    for size in SIZES:
        done = subprocess.run(
            [sys.executable, __file__, "--size", str(size)], capture_output=True, text=True, check=True
        )
        told = json.loads(done.stdout)
        print(
            f"programme alone, {size:>6,} sentences a side: {told['seconds']:6.1f} s "
            f"({told['cpu']:.1f} s of processor time), {told['megabytes']:5.0f} MB",
            flush=True,
        )


def one_size(n: int) -> None:
    rng = np.random.default_rng(0)
    b = rng.normal(size=(n, 384)).astype(np.float32)
    b /= np.linalg.norm(b, axis=1, keepdims=True)
    a = b + 0.03 * rng.normal(size=b.shape).astype(np.float32)
    a /= np.linalg.norm(a, axis=1, keepdims=True)
    begin, begin_cpu = time.perf_counter(), time.process_time()
    measure(a, b)
    borders = around(find_path(a, b), n, n, 8)
    evidence = _evidence(borders, n, rng)
    lengths = (np.full(n, 100), np.full(n, 100))
    found = lattice(evidence, borders, lengths, Costs())
    rungs = climb(contenders(found, 8.0), found.sizes)
    seconds, busy = time.perf_counter() - begin, time.process_time() - begin_cpu
    assert len(rungs) == n
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "cpu": busy, "megabytes": memory}))


def _evidence(borders: Band, n: int, rng: np.random.Generator) -> Evidence:
    """Evidence for the diagonal: little for other sentences, none for runs that leave the band."""
    rows = windows(borders, n)
    starts = np.concatenate([[0], np.cumsum(rows.high - rows.low)])
    row = np.repeat(np.arange(n), rows.high - rows.low)
    column = (
        np.arange(starts[-1]) - np.repeat(starts[:-1], rows.high - rows.low) + np.repeat(rows.low, rows.high - rows.low)
    )
    of_a, of_b = (np.full((starts[-1], MOST), -20, np.float32) for _ in range(2))
    for q in range(MOST):
        of_a[(column <= row) & (row <= column + q), q] = -1
        of_a[column + q >= np.repeat(rows.high, rows.high - rows.low), q] = -1e9
        of_b[(row <= column) & (column <= row + q), q] = -1
    nowhere = np.full(n, -20, np.float32)
    tokens = rng.integers(20, 40, n)
    return Evidence(rows, starts, of_a, of_b, nowhere, nowhere, tokens, tokens)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("quality", "own", "speed", "programme"))
    parser.add_argument("--split", choices=("dev", "gate"), default="gate")
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.size:
        one_size(options.size)
        return
    if options.only in {None, "quality", "own"}:
        quality(options.split, with_made=options.only != "own")
    if options.only in {None, "speed"}:
        speed()
    if options.only in {None, "programme"}:
        programme()


if __name__ == "__main__":
    main()
