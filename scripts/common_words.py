"""Lists the small-letter words of the project's own written pairs, for the name reader.

    python scripts/common_words.py news-nl-en-written.tsv.gz

Writes `aligner/judge/data/common_nl.tsv` and `common_en.tsv`: a capital letter on one of these words
(`Court`, `Partij`) is no sign of a proper name. One line an initial letter.
"""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path

DATA = Path(__file__).parents[1] / "aligner/judge/data"


def main() -> None:
    words: dict[str, set[str]] = {"nl": set(), "en": set()}
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as handle:
        for line in handle:
            for lang, cell in zip(("nl", "en"), line.rstrip("\n").split("\t"), strict=True):
                words[lang].update(re.findall(r"(?<![\w'’-])[a-zà-ÿ]{2,}(?!\w)", cell))
    for lang, found in words.items():
        lines = []
        for initial in sorted({word[0] for word in found}):
            lines.append(initial + "\t" + " ".join(sorted(word for word in found if word[0] == initial)))
        (DATA / f"common_{lang}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
