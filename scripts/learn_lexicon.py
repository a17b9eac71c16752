"""Learns a small word-translation table (IBM model 1, both directions) for the negation and meaning readers.

    python scripts/learn_lexicon.py SHARED/parallel

Reads the project's written news pairs and permissively licensed parallel text only (public-domain Bible, CC BY
and MPL documentation); the tests' sets (NTREX, FLORES, Tatoeba) are left out. Writes
`aligner/judge/data/lexicon.tsv`: a Dutch stem, then the English stems it may stand for, best first.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from aligner.judge.lexicon import stem

SOURCES = {
    "news-nl-en-written.tsv.gz": 3,
    "bible_canisius1939_web.tsv.gz": 1,
    "gnome_user_docs.tsv.gz": 1,
    "libreoffice_help.tsv.gz": 1,
    "msdocs_project_operations.tsv.gz": 1,
}
MOST = {"libreoffice_help.tsv.gz": 8000}
ROUNDS = 5
LEAST = 5  # rarer stems get chance neighbours for translations


def stems(text: str, lang: str) -> list[str]:
    return sorted({stem(word, lang) for word in re.findall(r"[^\W\d_]{2,}", text.lower())})


def model(rows: list[tuple[list[int], list[int]]], size: int) -> tuple[np.ndarray, np.ndarray]:
    """Pairs (source * size + target) and t(target | source) after a few rounds of EM, each row one sentence."""
    source = np.concatenate([np.repeat(np.array(s, np.int64), len(t)) for s, t in rows])
    target = np.concatenate([np.tile(np.array(t, np.int64), len(s)) for s, t in rows])
    group = np.concatenate([np.tile(np.arange(len(t)), len(s)) for s, t in rows])
    starts = np.cumsum([0] + [len(t) for _, t in rows[:-1]])
    group += np.concatenate([np.full(len(s) * len(t), at) for (s, t), at in zip(rows, starts, strict=True)])
    pairs, which = np.unique(source * size + target, return_inverse=True)
    owner = pairs // size
    t = np.full(len(pairs), 1.0)
    for _ in range(ROUNDS):
        share = t[which]
        share /= np.bincount(group, share)[group]
        counts = np.bincount(which, share)
        t = counts / np.bincount(owner, counts)[owner]
    return pairs, t


def main() -> None:
    folder = Path(sys.argv[1])
    texts: list[tuple[list[str], list[str]]] = []
    for name, times in SOURCES.items():
        with gzip.open(folder / name, "rt", encoding="utf-8") as handle:
            for at, line in enumerate(handle):
                cells = line.rstrip("\n").split("\t")
                if len(cells) == 2 and at < MOST.get(name, 10**9) and len(cells[0]) < 260:
                    texts += [(stems(cells[0], "nl"), stems(cells[1], "en"))] * times
    counts = [Counter(word for row in texts for word in row[side]) for side in (0, 1)]
    ids = [{word: at + 1 for at, word in enumerate(w for w, n in c.items() if n >= LEAST)} for c in counts]
    names = [["", *table] for table in ids]
    size = max(map(len, names))
    rows = [([ids[0][w] for w in nl if w in ids[0]], [ids[1][w] for w in en if w in ids[1]]) for nl, en in texts]
    rows = [row for row in rows if row[0] and row[1]]
    forward, p = model([([0, *nl], en) for nl, en in rows], size)
    backward, q = model([([0, *en], nl) for nl, en in rows], size)
    back = dict(zip(((int(k) % size) * size + int(k) // size for k in backward), q.tolist(), strict=True))
    found: dict[int, list[tuple[float, int]]] = {}
    for key, chance in zip(forward.tolist(), p.tolist(), strict=True):
        nl, en = divmod(key, size)
        score = (chance * back.get(key, 0.0)) ** 0.5
        if nl and en and score >= 0.07 and (chance >= 0.1 or back.get(key, 0.0) >= 0.1):
            found.setdefault(nl, []).append((score, en))
    out = Path(__file__).parents[1] / "aligner/judge/data/lexicon.tsv"
    with out.open("w", encoding="utf-8") as handle:
        for nl in sorted(found, key=lambda at: names[0][at]):
            best = [names[1][en] for _, en in sorted(found[nl], reverse=True)[:8]]
            handle.write(names[0][nl] + "\t" + " ".join(best) + "\n")
    print(len(rows), "pairs,", len(found), "Dutch stems,", out.stat().st_size // 1000, "kB")


if __name__ == "__main__":
    main()
