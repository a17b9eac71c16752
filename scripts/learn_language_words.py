"""Learn how often words occur in each language: aligner/segment/data/language_words.tsv.

    python scripts/learn_language_words.py --parallel FOLDER

FOLDER holds `news-nl-en-written.tsv.gz` (nl, en), other `*.tsv.gz` of nl and en, and `news-x-en.tsv.gz` (code, text,
English). Counts are per million words, of the words in lower case that are no names (most often lower case),
kept when they occur at least four times; the file holds the rounded logarithm, one column a language.
Afrikaans has no corpus here: its words come from the list in `language_words.py`.
"""

from __future__ import annotations

import argparse
import gzip
import math
import re
from collections import Counter
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "aligner" / "segment" / "data" / "language_words.tsv"
_WORD = re.compile(r"[^\W\d_]+(?:['\-][^\W\d_]+)*")
SOURCES = ("news-nl-en-written", "msdocs_nav_bc", "bible_canisius1939_web", "kde_handbooks", "digikam_manual")
CODES = ("nl", "en", "de", "fr", "es", "it", "cs", "fi")
MOST = {"nl": 9000, "en": 9000}
OTHERS = 1500


def count(texts: list[str]) -> Counter[str]:
    """Words by frequency per million; capitalised ones count only if the word is oftener in lower case."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for text in texts:
        for word in _WORD.findall(text.replace("’", "'")):
            (lower if word[0].islower() else upper)[word.lower()] += 1
    total = sum(lower.values()) + sum(upper.values())
    kept: Counter[str] = Counter()
    for word, number in lower.items():
        if number + upper[word] >= 4 and number * 2 >= upper[word]:
            kept[word] = round((number + upper[word]) * 1e6 / total)
    return kept


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parallel", type=Path, required=True)
    folder = parser.parse_args().parallel
    texts: dict[str, list[str]] = {code: [] for code in CODES}
    for name in SOURCES:
        with gzip.open(folder / f"{name}.tsv.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                nl, en = line.rstrip("\n").split("\t")[:2]
                repeat = 5 if name.startswith("news") else 1  # the news text is small and the nearest to captions
                texts["nl"] += [nl] * repeat
                texts["en"] += [en] * repeat
    with gzip.open(folder / "news-x-en.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            code, text, english = line.rstrip("\n").split("\t")[:3]
            if code in texts:
                texts[code].append(text)
                texts["en"].append(english)
    counts = {code: count(found) for code, found in texts.items()}
    words: set[str] = set()
    for code, found in counts.items():
        words.update(word for word, _ in found.most_common(MOST.get(code, OTHERS)))
    OUT.parent.mkdir(exist_ok=True)
    with OUT.open("w", encoding="utf-8") as out:
        out.write("\t".join(("word", *CODES)) + "\n")
        for word in sorted(words):
            cells = [str(round(math.log2(counts[c][word] + 1))) if counts[c][word] else "" for c in CODES]
            out.write("\t".join((word, *cells)) + "\n")
    print(f"{len(words)} words, {OUT.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
