"""How fast a batch runs beside sentence-by-sentence calls, how it grows, and what a warm cache gives.

    python scripts/bench_batch.py [--articles 300] [--growth 200] [--stand-in 10000]

Articles come from templates of our own words, all different. The baseline embeds the same texts with
`SentenceTransformer.encode` one at a time; ours runs the whole of `aligner align`. Both in this process's machine, one
after the other: on a busy machine read the ratios, not the seconds.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WHO = ["minister", "alderman", "spokesman", "director", "mayor", "professor"]
WER = ["minister", "wethouder", "woordvoerder", "directeur", "burgemeester", "hoogleraar"]
NAMES = ["Anna Visser", "Joris Aerts", "Marijke Dekker", "Willem Terpstra", "Els Claes", "Peter Vos", "Lien Maes"]
THINGS = ["bridge", "library", "harbour", "hospital", "station", "school", "museum"]
DINGEN = ["brug", "bibliotheek", "haven", "kliniek", "halte", "school", "schouwburg"]
TOWNS = ["Aalsmeer", "Brielle", "Coevorden", "Delden", "Elburg", "Franeker", "Goes", "Hattem", "Lier", "Diest", "Aalst"]


def article(number: int) -> str:
    """An English article with a Dutch caption; no two numbers give the same sentences."""
    town, name = TOWNS[number % len(TOWNS)], NAMES[number % len(NAMES)]
    kind, cost, year = number % len(THINGS), 10 + number, 2030 + number % 40
    role = number % len(WHO)
    return (
        f"{town} to renew its {THINGS[kind]} for {cost} million\n\n"
        f"“De {DINGEN[kind]} van {town} gaat {cost} miljoen euro kosten. Zonder steun van het Rijk lukt dat niet voor {year},” "
        f"zei {WER[role]} {name}. / ANP\n\n"
        f"The council of {town} decided on plan {number} after a debate that lasted until the early hours.\n\n"
        f'"The {THINGS[kind]} of {town} is going to cost {cost} million euros. Without support from the state that will not '
        f'work before {year}," said {WHO[role]} {name}.\n\n'
        f"Residents have waited {3 + number % 30} years for the work, and {number + 40} of them wrote letters to the council.\n\n"
        f"The old {THINGS[kind]} will stay open until the new one is ready, the town promised in note {number}.\n"
    )


def write(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"{number:05}.txt").write_text(article(number), encoding="utf-8")
    return folder


def run(news: Path, out: Path, cache: Path, *more: str) -> tuple[float, int, dict[str, float]]:
    """Seconds, largest resident kB of a process of the run, seconds a stage."""
    code = (
        "import resource, sys; from aligner.cli.app import main\n"
        "try: main()\n"
        "finally: print(max(resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)),"
        " file=sys.stderr)"
    )
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, "align", str(news), "--out", str(out), "--translate", "none", "--quiet", *more],
        env=os.environ | {"ALIGNER_CACHE": str(cache)},
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    took = time.perf_counter() - begin
    if done.returncode:
        sys.exit(done.stderr)
    return took, int(done.stderr.split()[-1]), json.loads((out / "run.json").read_text())["seconds"]


def texts_of(news: Path) -> list[str]:
    """The sentences of all articles, as the pipeline asks the encoder for them."""
    from aligner.alignment.captions import candidates
    from aligner.read.reader import read_page
    from aligner.segment.document import segment

    pages = (read_page(str(path)) for path in sorted(news.iterdir()))
    return list(dict.fromkeys(itertools.chain.from_iterable(candidates(segment(page)).texts() for page in pages)))


def baseline(texts: list[str], sample: int) -> float:
    """Seconds for all texts, one call each, told from the first `sample` of them."""
    from sentence_transformers import SentenceTransformer

    from aligner.embed.bundled import ensure_bundled

    model = SentenceTransformer(str(ensure_bundled()), device="cpu")
    model.encode("query: warm")
    part = texts[:sample]
    begin = time.perf_counter()
    for text in part:
        model.encode(f"query: {text}")
    return (time.perf_counter() - begin) * len(texts) / len(part)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--sample", type=int, default=400, help="texts that the baseline really embeds")
    parser.add_argument("--growth", type=int, default=0, help="N: also N, 2 N and 4 N articles")
    parser.add_argument("--stand-in", type=int, default=0, help="N: also N articles with the stand-in encoder")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        news = write(place / "news", chosen.articles)
        # The encoder is unpacked once a machine: before anything is timed.
        from aligner.embed.bundled import ensure_bundled

        os.environ["ALIGNER_CACHE"] = str(place / "cache")
        ensure_bundled()
        cold, memory, stages = run(news, place / "cold", place / "cache")
        warm, _, _ = run(news, place / "warm", place / "cache")
        texts = texts_of(news)
        plain = baseline(texts, chosen.sample)
        own = sum(
            seconds for stage, seconds in stages.items() if stage in {"read", "segment", "align", "judge", "write"}
        )
        print(f"{chosen.articles} articles, {len(texts)} texts")
        print(f"stages (s, of all workers): {stages}")
        print(f"embedding: one at a time {plain:.1f} s, whole of ours {cold:.1f} s: {plain / cold:.1f} times")
        print(f"embedding alone: ours {stages['embed']:.1f} s (workers summed): {plain / stages['embed']:.1f} times")
        print(f"our code beside model time: {100 * own / stages['embed']:.0f} %")
        print(f"warm cache: {chosen.articles / warm:.1f} articles/s; largest process {memory / 1e6:.2f} GB")
        same = (place / "cold/corpus.tsv").read_bytes() == (place / "warm/corpus.tsv").read_bytes()
        print(f"cold and warm the same bytes: {same}")
        for base, more in ((chosen.growth, []), (chosen.stand_in, ["--encoder", "hash"])):
            for times in (1, 2, 4) if base == chosen.growth else (1, 2):
                if base:
                    count = base * times
                    part = write(place / f"n{base}-{count}", count)
                    took, size, _ = run(part, place / f"o{base}-{count}", place / f"c{base}-{count}", *more)
                    print(
                        f"{count} articles {' '.join(more)}: {took:.1f} s, {1000 * took / count:.0f} ms each, {size / 1e6:.2f} GB"
                    )


if __name__ == "__main__":
    main()
