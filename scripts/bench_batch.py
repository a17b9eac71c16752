"""How fast a batch runs beside sentence-by-sentence calls, how it grows, and what a warm cache gives.

    python scripts/bench_batch.py [--articles 300] [--growth 200] [--stand-in 10000]

Articles come from templates of our own words, all different. The baseline embeds the same texts with
`SentenceTransformer.encode` one at a time (with torch's usual threads and with one: the faster counts) and translates the
same Dutch cells with `argostranslate.translate` on the same bundled package, its sentence splitter replaced by identity.
Ours runs the whole of `aligner align`. One after the other in one run: on a busy machine read the ratios, not the seconds.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


MEASURED = """
import resource, sys
from aligner.cli.app import main
try:
    main()
finally:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(sum(one.ru_utime + one.ru_stime for one in used), max(one.ru_maxrss for one in used), file=sys.stderr)
"""


@dataclass(frozen=True)
class Cost:
    """What a run took: seconds, seconds of processor and GB of its largest process, seconds a stage of all workers."""

    seconds: float
    processor: float
    memory: float
    stages: dict[str, float]


def run(news: Path, out: Path, cache: Path, *more: str) -> Cost:
    """Run `aligner align` in a process of its own."""
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "align", str(news), "--out", str(out), "--quiet", *more],
        env=os.environ | {"ALIGNER_CACHE": str(cache)},
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    took = time.perf_counter() - begin
    if done.returncode:
        sys.exit(done.stderr)
    processor, memory = map(float, done.stderr.split()[-2:])
    return Cost(took, processor, memory / 1e6, json.loads((out / "run.json").read_text())["seconds"])


def texts_of(news: Path) -> list[str]:
    """The sentences of all articles, as the pipeline asks the encoder for them."""
    from aligner.alignment.captions import candidates
    from aligner.read.reader import read_page
    from aligner.segment.document import segment

    pages = (read_page(str(path)) for path in sorted(news.iterdir()))
    return list(dict.fromkeys(itertools.chain.from_iterable(candidates(segment(page)).texts() for page in pages)))


def one_by_one(work: Callable[[str], Any], texts: Sequence[str], sample: int) -> float:
    """Seconds for all texts, one call each, told from `sample` of them spread over all."""
    part = texts[:: max(1, len(texts) // sample)]
    work(part[0])
    begin = time.perf_counter()
    for text in part:
        work(text)
    return (time.perf_counter() - begin) * len(texts) / len(part)


def embedded(texts: Sequence[str], sample: int) -> tuple[float, str]:
    """Seconds that the baseline's encoder needs, and with how many threads it was faster."""
    import torch
    from sentence_transformers import SentenceTransformer

    from aligner.embed.bundled import ensure_bundled

    model = SentenceTransformer(str(ensure_bundled()), device="cpu")
    found = []
    for threads in sorted({1, os.cpu_count() or 1}):
        torch.set_num_threads(threads)
        took = one_by_one(lambda text: model.encode(f"query: {text}"), texts, sample)
        found.append((took, f"{threads} threads"))
        print(f"  baseline, {threads} threads: {took:.1f} s for {len(texts)} texts")
    return min(found)


def translated(texts: Sequence[str], sample: int) -> float:
    """Seconds that `argostranslate.translate` needs for the Dutch cells."""
    from bench_translation import theirs

    from aligner.translation.shipped import ensure_bundled

    package = ensure_bundled("nl", "en")
    assert package is not None, "no translator is bundled"
    model = theirs(package)
    return one_by_one(lambda text: model.hypotheses(text, 1), texts, sample)


def size_of(folder: Path, pattern: str) -> float:
    """Megabytes of the files in `folder` that match."""
    return sum(path.stat().st_size for path in folder.rglob(pattern) if path.is_file()) / 1e6


def speed(place: Path, articles: int, sample: int, jobs: int) -> None:
    """Cold, warm, and the baseline beside them."""
    from aligner.write.tsv import read_tsv

    news, cache = write(place / "news", articles), place / "cache"
    workers = ("--jobs", str(jobs), "--translator", "bundled")
    cold = run(news, place / "cold", cache, *workers)
    stages = cold.stages
    kept, ledger = size_of(cache, "*.sqlite*"), size_of(place / "cold", "ledger.sqlite*")
    warm = run(news, place / "warm", cache, *workers)
    texts = texts_of(news)
    dutch = list(dict.fromkeys(read_tsv(place / "cold/corpus.tsv")["nl"]))
    model = {name: stages[name] for name in ("embed", "read jointly", "translate")}
    own = {name: stages[name] for name in ("read", "segment", "align", "judge", "rows", "write")}
    print(f"{articles} articles, {len(texts)} texts to embed, {len(dutch)} to translate; {jobs} workers")
    print(f"stages (s, summed over the workers): {stages}")
    embedding, threads = embedded(texts, sample)
    translating = translated(dutch, sample)
    print(f"embedding: {embedding:.1f} s ({threads}), ours {stages['embed'] / jobs:.1f} s of {jobs} workers:", end=" ")
    print(f"{embedding / stages['embed'] * jobs:.1f} times")
    print(f"translation: {translating:.1f} s, ours {stages['translate'] / jobs:.1f} s:", end=" ")
    print(f"{translating / stages['translate'] * jobs:.1f} times")
    print(f"whole: {embedding + translating:.1f} s, ours {cold.seconds:.1f} s with everything else:", end=" ")
    print(f"{(embedding + translating) / cold.seconds:.1f} times")
    share = sum(own.values()) / sum(model.values())
    print(f"our code beside model time: {share:.0%} ({sum(own.values()):.1f} s, {sum(model.values()):.1f} s)")
    print(f"warm cache: {articles / warm.seconds:.1f} articles/s ({warm.stages})")
    each = f"{1000 * cold.seconds / articles:.0f} ms an article, {1000 * cold.processor / articles:.0f} ms of processor"
    print(f"cold: {each}; largest process {cold.memory:.2f} GB")
    print(
        f"an article keeps {1000 * kept / articles:.0f} kB in the caches, {1000 * ledger / articles:.1f} kB in the ledger"
    )
    same = (place / "cold/corpus.tsv").read_bytes() == (place / "warm/corpus.tsv").read_bytes()
    print(f"cold and warm the same bytes: {same}")


def growth(place: Path, counts: Sequence[int], rounds: int, *more: str) -> None:
    """Time and memory as the number of articles grows, each the median of `rounds`; caches empty each time."""
    for count in counts:
        news = write(place / f"n{count}", count)
        found = []
        for number in range(rounds):
            cache = place / f"c{count}-{number}"
            cache.mkdir()
            # The encoder is unpacked once a machine, not once a run.
            (cache / "models").symlink_to(place / "cache" / "models")
            found.append(run(news, place / f"o{count}-{number}", cache, "--translate", "none", *more))
            shutil.rmtree(place / f"o{count}-{number}")
            shutil.rmtree(cache)
        took, used, size = (
            statistics.median(getattr(cost, name) for cost in found) for name in ("seconds", "processor", "memory")
        )
        told = f"{count} articles {' '.join(more)}: {took:.1f} s, {used:.1f} s of processor ({1000 * used / count:.1f} ms each)"
        print(f"{told}, {size:.2f} GB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300, help="0: no comparison")
    parser.add_argument("--sample", type=int, default=300, help="texts that the baseline really does")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--growth", type=int, default=0, help="N: also N, 2 N and 4 N articles")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each step of --growth; the median counts")
    parser.add_argument(
        "--stand-in", type=int, default=0, help="N: also N/4, N/2 and N articles with the stand-in encoder"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        from aligner.embed.bundled import ensure_bundled
        from aligner.translation import shipped

        os.environ["ALIGNER_CACHE"] = str(place / "cache")
        ensure_bundled()  # once a machine, as the translator: before anything is timed
        shipped.ensure_bundled("nl", "en")
        if chosen.articles:
            speed(place, chosen.articles, chosen.sample, chosen.jobs)
        jobs = ("--jobs", str(chosen.jobs))
        if chosen.growth:
            growth(place, [chosen.growth * times for times in (1, 2, 4)], chosen.rounds, *jobs)
        if chosen.stand_in:
            counts = [chosen.stand_in // part for part in (4, 2, 1)]
            growth(place, counts, 1, "--encoder", "hash", *jobs)


if __name__ == "__main__":
    main()
