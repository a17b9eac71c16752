"""Speed of the encoder beside bare `SentenceTransformer.encode`, same model, same texts, same process.

    python scripts/bench_embed.py TSV [--rows 250] [--rounds 3] [--threads N]

TSV has a header and columns `nl` and `en` (news sentences); 2 × rows texts are encoded. Rounds alternate and the
best of each is printed, since other work on the machine disturbs single rounds. The processor time is the figure
to trust on a busy machine, with `--threads 1` (idle threads of a second one spin and count).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from aligner.embed.bundled import ensure_bundled
from aligner.embed.encoder import SentenceTransformerEncoder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("tsv", type=Path)
    parser.add_argument("--rows", type=int, default=250)
    parser.add_argument("--rounds", type=int, default=3)
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
    wall, processor = dict.fromkeys(jobs, 1e9), dict.fromkeys(jobs, 1e9)
    for _ in range(options.rounds):
        for name, job in jobs.items():
            begin, used = time.perf_counter(), time.process_time()
            job()
            wall[name] = min(wall[name], time.perf_counter() - begin)
            processor[name] = min(processor[name], time.process_time() - used)
    base = next(iter(jobs))
    print(f"{len(texts)} texts; ours also give token states and do not depend on the batch")
    print(f"import and load: light {loaded_light:.1f} s, sentence-transformers {loaded_bare:.1f} s")
    for name in jobs:
        speed, share = len(texts) / wall[name], processor[base] / processor[name]
        print(f"{name:40} {speed:6.1f} texts/s  {wall[base] / wall[name]:5.2f} of bare, {share:5.2f} by processor time")


def read(path: Path, rows: int) -> list[str]:
    """The Dutch texts of the first rows, then the English ones."""
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    nl, en = lines[0].index("nl"), lines[0].index("en")
    return [row[nl] for row in lines[1 : rows + 1]] + [row[en] for row in lines[1 : rows + 1]]


if __name__ == "__main__":
    main()
