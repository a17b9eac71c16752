"""Speed of the encoder beside bare `SentenceTransformer.encode`, same model, same texts, same process.

    python scripts/bench_embed.py TSV [--rows 250] [--threads N]

TSV has a header and columns `nl` and `en` (news sentences); 2 × rows texts are encoded. Rounds alternate, the
best of three is printed for each, since other work on the machine disturbs single rounds.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from aligner.embed.bundled import ensure_bundled
from aligner.embed.encoder import SentenceTransformerEncoder

ROUNDS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("tsv", type=Path)
    parser.add_argument("--rows", type=int, default=250)
    parser.add_argument("--threads", type=int, default=None)
    options = parser.parse_args()
    texts = read(options.tsv, options.rows)

    begin = time.perf_counter()
    light = SentenceTransformerEncoder(threads=options.threads)
    light.encode(texts[:4])
    loaded_light = time.perf_counter() - begin
    begin = time.perf_counter()
    from sentence_transformers import SentenceTransformer

    bare = SentenceTransformer(str(ensure_bundled()), device="cpu", local_files_only=True)
    bare.encode(texts[:4])
    loaded_bare = time.perf_counter() - begin
    full = SentenceTransformerEncoder(ensure_bundled(), threads=options.threads)
    full.encode(texts[:4])

    prefixed = [light.prefix + text for text in texts]
    jobs: dict[str, Callable[[], object]] = {
        "bare SentenceTransformer.encode": lambda: bare.encode(prefixed, show_progress_bar=False),
        "aligner, bundled (light path)": lambda: light.encode(texts),
        "aligner, through sentence-transformers": lambda: full.encode(texts),
    }
    best = dict.fromkeys(jobs, 1e9)
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            begin = time.perf_counter()
            job()
            best[name] = min(best[name], time.perf_counter() - begin)
    base = best["bare SentenceTransformer.encode"]
    print(f"{len(texts)} texts; ours also give token states and do not depend on the batch")
    print(f"import and load: light {loaded_light:.1f} s, sentence-transformers {loaded_bare:.1f} s")
    for name, seconds in best.items():
        print(f"{name:40} {len(texts) / seconds:7.1f} texts/s   {base / seconds:5.2f} of bare")


def read(path: Path, rows: int) -> list[str]:
    """The Dutch texts of the first rows, then the English ones."""
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    nl, en = lines[0].index("nl"), lines[0].index("en")
    return [row[nl] for row in lines[1 : rows + 1]] + [row[en] for row in lines[1 : rows + 1]]


if __name__ == "__main__":
    main()
