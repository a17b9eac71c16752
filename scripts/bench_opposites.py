"""What opposites in the same place are worth: precision on natural pairs, false alarms on true ones, recall on edits.

    python scripts/bench_opposites.py [--wordnet DIR]       DIR holds WordNet's data.adj and its like

Halves by the hash of the Dutch; beside ours the bare table, opposites anywhere in the pair. With `--wordnet` one word of
the English of every second NTREX pair that training may use is turned into its antonym: a word list that no table here
was made from. Only pairs with a word of the table on both sides are encoded.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import random
import re
from collections.abc import Iterable
from pathlib import Path

from bench_divergence import read
from bench_readers import pairs_of
from wordnet import antonyms

from aligner.config import Settings
from aligner.embed.encoder import Encoded
from aligner.judge.opposites import compare, opposing
from aligner.records import Pair
from aligner.toolbox import open_encoder

ROOT = Path(__file__).resolve().parent.parent
#: Certainty from which a pair is flagged by opposites alone, and from which it is in review.
LEVELS = {"flag": 0.7, "review": 0.5}


def half(pair: Pair) -> int:
    return int(hashlib.sha256(pair.nl.encode()).hexdigest()[:8], 16) % 2


def natural(folder: Path) -> dict[str, list[Pair]]:
    """Diverging and faithful training pairs."""
    found: dict[str, list[Pair]] = {"diverging": [], "faithful": []}
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
                found["diverging" if row["kinds"] else "faithful"].append(Pair(row["nl"], row["en"]))
    return found


def turned(pairs: Iterable[Pair], folder: Path, seed: int = 1) -> list[Pair]:
    """Pairs with one English word put for its only antonym; negating prefixes are another kind of mistake."""
    opposite: dict[str, list[str]] = {}
    for one, other in antonyms(folder):
        if not one.endswith(other) and not other.endswith(one):
            opposite.setdefault(one, []).append(other)
            opposite.setdefault(other, []).append(one)
    chance, out = random.Random(seed), []
    for pair in pairs:
        places = [m for m in re.finditer(r"\b[a-z]{4,}\b", pair.en) if len(opposite.get(m.group(), ())) == 1]
        if places:
            at = chance.choice(places)
            out.append(Pair(pair.nl, pair.en[: at.start()] + opposite[at.group()][0] + pair.en[at.end() :]))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--train", type=Path, default=ROOT / "corpora" / "divergence" / "train")
    parser.add_argument("--wordnet", type=Path)
    options = parser.parse_args()
    data = options.shared / "data"
    sets = natural(options.train) | {
        f"true, {name}": pairs_of(data / f"{name}.tsv") for name in ("flores-dev", "tatoeba")
    }
    news = [Pair(row["nl"], row["en"]) for row in read(data / "ntrex-dev.tsv") if row["nl"] and row["en"]]
    sets |= {"true, ntrex-dev": news, "true, written": pairs_of(options.shared / "parallel/news-nl-en-written.tsv.gz")}
    if options.wordnet:
        sets["antonyms, ntrex-dev"] = turned(news[::2], options.wordnet)
    texts = sorted({text for pairs in sets.values() for p in pairs if opposing(p) for text in (p.nl, p.en)})
    encoded: dict[str, Encoded] = dict(zip(texts, open_encoder(Settings()).encode(texts), strict=True))
    print(f"{'share in %':24}{'half':>5}{'pairs':>7}{'flag':>8}{'+review':>9}{'anywhere':>10}")
    hits: dict[tuple[str, int], list[int]] = {}
    for name, pairs in sets.items():
        for number in (0, 1):
            mine = [pair for pair in pairs if half(pair) == number]
            near = [pair for pair in mine if opposing(pair)]
            best = [max((f.probability for f in compare(p, encoded[p.nl], encoded[p.en])), default=0.0) for p in near]
            hits[name, number] = [*(sum(one >= level for one in best) for level in LEVELS.values()), len(near)]
            shares = [100 * hit / max(len(mine), 1) for hit in hits[name, number]]
            print(f"{name:24}{number:5}{len(mine):7}{shares[0]:8.2f}{shares[1]:9.2f}{shares[2]:10.2f}")
    for number in (0, 1):
        right, wrong = hits["diverging", number], hits["faithful", number]
        shares = [r / max(r + w, 1) for r, w in zip(right, wrong, strict=True)]
        print(f"{'precision, natural':24}{number:5}{'':7}{shares[0]:8.3f}{shares[1]:9.3f}{shares[2]:10.3f}")


if __name__ == "__main__":
    main()
