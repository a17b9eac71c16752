"""Speed and quality of the translators that are here, beside argostranslate's own door and beside copying.

    python scripts/bench_translation.py --data ../shared/data [--package FILE] [--sentences 1000] [--samples 5]

Prints, in one run: sentences a second of our one batch and of `argostranslate.translate` (its sentence splitter
replaced by identity) on the same package with the share of equal translations; time from a cold start to the first
translation; chrF and BLEU on the development sets of FLORES and NTREX, with copying the source as the baseline; for
the bundled translator also those of argostranslate's own search on its package, without our care for names.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aligner.models.archive import extract
from aligner.translation import shipped
from aligner.translation.argos import PackageEngine
from aligner.translation.packages import Package, installed, read_package

SETS = ("flores-dev", "ntrex-dev")
COLD = """
import sys, time
started = time.perf_counter()
from pathlib import Path
from aligner.translation.argos import PackageEngine
from aligner.translation.packages import read_package
out = PackageEngine(read_package(Path(sys.argv[1]))).raw(["De kat zit op de mat."])
print(time.perf_counter() - started, "torch" in sys.modules)
"""


def rows(path: Path) -> list[tuple[str, str]]:
    """(Dutch, English) of a development set: its last two columns."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return [(cells[-2], cells[-1]) for cells in (line.split("\t") for line in lines)]


def sides(package: Package, pairs: Sequence[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """(sources, references) in the direction of the package."""
    nl, en = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return (nl, en) if package.source == "nl" else (en, nl)


def theirs(package: Package) -> Any:
    """argostranslate's translation of this package, with a splitter that leaves a sentence whole."""
    from argostranslate import package as argos_package
    from argostranslate import translate

    class Whole:
        def split_sentences(self, text: str) -> list[str]:
            return [text]

    made = translate.PackageTranslation(None, None, argos_package.Package(package.path))
    made.sentencizer = Whole()
    return made


def speed(package: Package, sources: Sequence[str]) -> None:
    engine = PackageEngine(package)
    engine.raw(sources[:2])  # loading is not counted on either side
    began = time.perf_counter()
    ours = engine.raw(sources)
    batched = len(sources) / (time.perf_counter() - began)
    other = theirs(package)
    other.hypotheses(sources[0], 1)
    began = time.perf_counter()
    given = [other.hypotheses(source, 1)[0].value for source in sources]
    single = len(sources) / (time.perf_counter() - began)
    equal = sum(a == b for a, b in zip(ours, given, strict=True)) / len(sources)
    print(f"  speed, {len(sources)} sentences: ours {batched:.1f}/s, argostranslate.translate {single:.1f}/s", end="")
    print(f" ({batched / single:.1f} times); equal {equal:.1%}")


def cold(package: Package) -> None:
    command = [sys.executable, "-c", COLD, str(package.path)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, torch = run.stdout.split()
    print(f"  cold start to the first translation: {float(seconds):.2f} s, torch imported: {torch}")


def quality(package: Package, kind: str, name: str, pairs: Sequence[tuple[str, str]], samples: int) -> None:
    import sacrebleu

    sources, references = sides(package, pairs)
    out = PackageEngine(package, kind).translate(sources)
    texts = [told.text for told in out]
    failed = sum(bool(told.failed) for told in out)
    rows = [(f"translated ({failed} failed)", texts)]
    if kind == "bundled":
        rows.append(("argostranslate's search", [text or "" for text in PackageEngine(package).raw(sources)]))
    for what, lines in [*rows, ("source copied", sources)]:
        bleu = sacrebleu.corpus_bleu(lines, [references]).score
        chrf = sacrebleu.corpus_chrf(lines, [references]).score
        print(f"  {name} {package.direction}, {len(lines)} sentences, {what}: chrF {chrf:.1f}, BLEU {bleu:.1f}")
    for at in range(0, len(sources), max(1, len(sources) // max(1, samples)))[:samples]:
        print(f"    {sources[at]}\n    → {texts[at] or out[at].failed}\n    = {references[at]}")


def chosen(file: Path | None, scratch: Path) -> list[tuple[Package, str]]:
    if file is not None:
        return [(read_package(file if file.is_dir() else extract(file, scratch)), "argos")]
    found = [(package, "argos") for package in installed() if package.direction in ("nl-en", "en-nl")]
    bundled = [shipped.ensure_bundled(*direction) for direction in (("nl", "en"), ("en", "nl"))]
    return found + [(package, "bundled") for package in bundled if package is not None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--package", type=Path, help="a package folder or file (default: all that are here)")
    parser.add_argument("--sentences", type=int, default=1000, help="for the speed; 0 leaves it out")
    parser.add_argument("--lines", type=int, default=10**6, help="of each set, for the quality")
    parser.add_argument("--samples", type=int, default=3)
    args = parser.parse_args()
    sets = {
        name: rows(args.data / f"{name}.tsv")[: args.lines] for name in SETS if (args.data / f"{name}.tsv").exists()
    }
    with tempfile.TemporaryDirectory() as scratch:
        packages = chosen(args.package, Path(scratch))
        if not packages:
            print("no translation package is here: aligner models install nl-en en-nl")
        for package, kind in packages:
            print(f"{kind} {package.direction} {package.version}")
            cold(package)
            for name, pairs in sets.items():
                quality(package, kind, name, pairs, args.samples)
            if args.sentences:
                together = [pair for pairs in sets.values() for pair in pairs][: args.sentences]
                speed(package, sides(package, together)[0])


if __name__ == "__main__":
    main()
