"""False alarms and recall of the rule readers (numbers, names, negation), beside naive baselines.

    python scripts/bench_readers.py SHARED [--train corpora/divergence/train] [--show number]

SHARED is the folder with `data/` and `parallel/`. A pair counts as flagged from probability .7 on. The negation reader
looks at token states: pairs with a lone negation are encoded.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import importlib
import random
import re
import time
from collections.abc import Callable
from pathlib import Path

from aligner.config import Settings
from aligner.judge import negation
from aligner.judge.cues import unanswered
from aligner.records import Finding, Kind, Pair
from aligner.toolbox import open_tools

READERS = {"number": "numbers", "entity": "names", "negation": "negation", "meaning": "meaning"}
FLAG = 0.7
Compare = Callable[[Pair], list[Finding]]


def negation_reader() -> Compare:
    """The negation reader with the bundled encoder, asked only about pairs that may have a finding."""
    encoder = open_tools(Settings(translate="none")).encoder

    def compare(pair: Pair) -> list[Finding]:
        if unanswered(pair) is None and negation.prefixed(pair) is None:
            return []
        return negation.compare(pair, *encoder.encode([pair.nl, pair.en]))

    return compare


def pairs_of(path: Path) -> list[Pair]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as handle:
        lines = [line.rstrip("\n").split("\t") for line in handle]
    if "nl" in lines[0] and "en" in lines[0]:
        nl, en = lines[0].index("nl"), lines[0].index("en")
        lines = lines[1:]
    else:
        nl, en = len(lines[0]) - 2, len(lines[0]) - 1
    return [Pair(row[nl], row[en]) for row in lines if len(row) > max(nl, en)]


# The edits: written for this script alone, no word list of the readers is used.

_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen twenty",
    "January February April June July August September October November December",
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
)
NUMBER_WORDS, MONTHS, DAYS = (words.split() for words in _WORDS)
COINS = ["euros", "dollars", "pounds"]


def swap_word(text: str, words: list[str], rng: random.Random) -> str | None:
    hits = list(re.finditer(r"\b(?:" + "|".join(words) + r")\b", text))
    if not hits:
        return None
    hit = rng.choice(hits)
    return text[: hit.start()] + rng.choice([w for w in words if w != hit.group()]) + text[hit.end() :]


def swap_digit(text: str, rng: random.Random) -> str | None:
    hits = list(re.finditer(r"\d", text))
    if not hits:
        return None
    at = rng.choice(hits).start()
    return text[:at] + rng.choice([d for d in "123456789" if d != text[at]]) + text[at + 1 :]


def toggle_not(text: str, rng: random.Random) -> str | None:
    hit = re.search(r"\b(is|are|was|were|will|would|can|could|has|have|had|should|must|did|do|does)( not|n't)\b", text)
    if hit:
        return text[: hit.start()] + hit.group(1) + text[hit.end() :]
    hits = list(re.finditer(r"\b(?:is|are|was|were|will|would|could|should|must)\b(?! not)(?!n)", text))
    if not hits or "n't" in text or re.search(r"\b(?:not|no|never)\b", text):
        return None
    at = rng.choice(hits).end()
    return text[:at] + " not" + text[at:]


def swap_name(pair: Pair, rng: random.Random, pool: list[str]) -> str | None:
    """Another name for one that both sides write alike: `Court` or `Dutch` would be no fair swap."""
    text, other = pair.en, set(re.findall(r"\w+", pair.nl))
    hits = list(re.finditer(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?= [a-z]|[.,])", text))
    hits = [hit for hit in hits if hit.group() in other and text.count(hit.group()) == 1]
    if not hits:
        return None
    hit = rng.choice(hits)
    return text[: hit.start()] + rng.choice([name for name in pool if name != hit.group()]) + text[hit.end() :]


def edits(pairs: list[Pair], seed: int = 1) -> dict[str, list[tuple[str, Pair]]]:
    """Edited pairs by kind of divergence, each with the name of its edit."""
    rng = random.Random(seed)
    pool = [m for p in pairs for m in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?= [a-z]|[.,])", p.en) if m in p.nl]
    out: dict[str, list[tuple[str, Pair]]] = {"number": [], "entity": [], "negation": [], "meaning": []}
    for pair in pairs:
        made = {
            ("number", "digit"): swap_digit(pair.en, rng),
            ("number", "word"): swap_word(pair.en, NUMBER_WORDS, rng),
            ("number", "month"): swap_word(pair.en, MONTHS, rng),
            ("number", "weekday"): swap_word(pair.en, DAYS, rng),
            ("number", "currency"): swap_word(pair.en, COINS, rng),
            ("entity", "name"): swap_name(pair, rng, pool),
            ("negation", "not"): toggle_not(pair.en, rng),
        }
        for (kind, name), text in made.items():
            if text is not None:
                out[kind].append((name, Pair(pair.nl, text)))
    return out


# Baselines


def digits_differ(pair: Pair) -> bool:
    return sorted(re.findall(r"\d+", pair.nl)) != sorted(re.findall(r"\d+", pair.en))


def negations_differ(pair: Pair) -> bool:
    nl = len(re.findall(r"\b(?:niet|geen|nooit|niemand|niets|zonder|nergens|noch)\b", pair.nl.lower()))
    en = len(
        re.findall(r"\b(?:not|no|never|nobody|nothing|without|nowhere|nor|cannot|none)\b|n['’]t\b", pair.en.lower())
    )
    return nl != en


def capitals_differ(pair: Pair) -> bool:
    nl, en = (set(re.findall(r"(?<=\w )[A-Z]\w{3,}", text)) for text in (pair.nl, pair.en))
    return bool(nl - en) and bool(en - nl)


def never(pair: Pair) -> bool:
    return False


BASELINES = {"meaning": never, "number": digits_differ, "negation": negations_differ, "entity": capitals_differ}


def share(flags: list[bool]) -> str:
    return f"{100 * sum(flags) / max(len(flags), 1):5.1f}"


def flagged(compare: Compare, pair: Pair) -> bool:
    return any(finding.probability >= FLAG for finding in compare(pair))


def training(folder: Path) -> list[tuple[set[str], Pair, str, str]]:
    rows = []
    for path in sorted(folder.glob("*.tsv")):
        if path.name == "natural.tsv":
            continue
        with path.open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE):
                kinds = {kind for kind in (row["kinds"] or "").split(";") if kind}
                pair = Pair(row["nl"], row["en"], row["original"] or "nl")
                rows.append((kinds, pair, row["note"] or "", path.name))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--train", type=Path, default=Path("corpora/divergence/train"))
    parser.add_argument("--show", default="", help="print the false alarms (fa:KIND) or misses (miss:KIND) of a reader")
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--set", default="")
    args = parser.parse_args()
    sets = {
        "ntrex": args.shared / "data/ntrex-dev.tsv",
        "flores": args.shared / "data/flores-dev.tsv",
        "tatoeba": args.shared / "data/tatoeba.tsv",
        "written": args.shared / "parallel/news-nl-en-written.tsv.gz",
    }
    loaded = {name: pairs_of(path) for name, path in sets.items()}
    natural = training(args.train)
    edited = edits(loaded["ntrex"])
    for kind, module in READERS.items():
        reader = importlib.import_module(f"aligner.judge.{module}")
        compare: Compare = negation_reader() if reader is negation else reader.compare
        naive = BASELINES[kind]
        started = time.perf_counter()
        print(f"\n{kind}: flagged in %, ours at ≥ {FLAG} | naive")
        for name, pairs in loaded.items():
            flags = [flagged(compare, pair) for pair in pairs]
            print(f"  true pairs {name:8} {len(pairs):5}  {share(flags)} | {share([naive(p) for p in pairs])}")
            if args.show == f"fa:{kind}" and args.set in {"", name}:
                show(compare, [p for p, flag in zip(pairs, flags, strict=True) if flag], args.limit)
        for name in sorted({name for name, _ in edited[kind]}):
            rows = [pair for edit, pair in edited[kind] if edit == name]
            flags = [flagged(compare, pair) for pair in rows]
            print(f"  edit {name:14} {len(rows):5}  {share(flags)} | {share([naive(p) for p in rows])}")
            if args.show == f"miss:{kind}" and args.set == name:
                show(compare, [p for p, flag in zip(rows, flags, strict=True) if not flag], args.limit)
        for file in sorted({row[3] for row in natural}):
            faithful = [p for kinds, p, _, f in natural if not kinds and f == file]
            other = [p for kinds, p, _, f in natural if kinds and kind not in kinds and f == file]
            hits = [(p, note) for kinds, p, note, f in natural if kind in kinds and f == file]
            for label, rows in (("faithful", faithful), ("other kinds", other), ("RECALL", [p for p, _ in hits])):
                flags = [flagged(compare, pair) for pair in rows]
                print(f"  train {file} {label:11} {len(rows):4}  {share(flags)} | {share([naive(p) for p in rows])}")
                if args.show == f"fa:{kind}" and label == "faithful" and args.set in {"", file}:
                    show(compare, [p for p, flag in zip(rows, flags, strict=True) if flag], args.limit)
                if args.show == f"miss:{kind}" and label == "RECALL" and args.set in {"", file}:
                    show(compare, [p for p, flag in zip(rows, flags, strict=True) if not flag], args.limit)
        print(f"  {time.perf_counter() - started:.1f} s")


def show(compare: Compare, pairs: list[Pair], limit: int) -> None:
    for pair in pairs[:limit]:
        print("    -", pair.nl, "\n      ", pair.en)
        for finding in compare(pair):
            print("       >", finding.probability, finding.evidence, finding.suggestion)


if __name__ == "__main__":
    assert Kind  # the kinds named above are the contract's
    main()
