"""Seconds to write, open and filter the report of a run, in headless chromium (Debian's, with chromedriver).

    python scripts/bench_report.py [--pairs 20000]

A fourth of the pairs is flagged; each has two machine translations and an article around it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

_FILTER = """
const [id, value] = arguments;
const field = document.getElementById(id), count = document.getElementById("count"), before = count.textContent;
const begin = performance.now();
field.value = value;
field.dispatchEvent(new Event("input"));
return new Promise((done) => {
  const end = () => done(performance.now() - begin);
  const look = () => count.textContent !== before ? requestAnimationFrame(end) : setTimeout(look, 1);
  look();
});
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pairs", type=int, default=20_000)
    options = parser.parse_args()
    from browser import open_browser  # type: ignore[import-not-found]
    from runs import FLAGGED, make_run, row  # type: ignore[import-not-found]

    from aligner.write.report import write_report

    with tempfile.TemporaryDirectory() as scratch:
        rows, texts = [], {}
        for at in range(options.pairs):
            nl = f"Volgens burgemeester Anna Visser kost de brug bij dorp {at} ruim 12 miljoen euro, meer dan geraamd."
            en = f"The bridge near village {at} costs over 15 million euros, more than planned, said mayor Anna Visser."
            filler = "Dit is een zin uit het artikel die er verder niet toe doet. " * 6
            text = f"{en}\n\n{filler}{nl} {filler}"
            start = text.index(nl)
            places = {"nl_start": str(start), "nl_end": str(start + len(nl)), "en_start": "0", "en_end": str(len(en))}
            changes = (
                (FLAGGED if at % 4 == 0 else {}) | places | {"document": f"doc{at}.txt", "en_in_nl": nl, "nl_in_en": en}
            )
            rows.append(row(at, nl, en, **changes))
            texts[f"doc{at}.txt"] = text
        run = make_run(Path(scratch) / "run", rows)
        _ledger(run, texts)
        begin = time.perf_counter()
        path = write_report(run).path
        took, size = time.perf_counter() - begin, path.stat().st_size / 1e6
        print(f"{options.pairs:,} pairs: written in {took:.1f} s, {size:.1f} MB")
        browser = open_browser(scratch)
        try:
            opened = []
            for _ in range(3):
                browser.get(path.as_uri())
                opened.append(
                    browser.execute_script("return performance.getEntriesByType('navigation')[0].loadEventEnd")
                )
            print(f"opens in {min(opened) / 1000:.2f} s (of {', '.join(f'{one / 1000:.2f}' for one in opened)})")
            for id_, value in (("status", "divergent"), ("status", ""), ("kind", "number"), ("kind", ""),
                               ("text", "dorp 777"), ("text", "dorp 778")):  # fmt: skip
                print(f"{id_} = {value!r}: {browser.execute_script(_FILTER, id_, value):.0f} ms")
        finally:
            browser.quit()


def _ledger(run: Path, texts: dict[str, str]) -> None:
    from aligner.write.ledger import Entry, Ledger

    with Ledger(run, {}) as ledger:
        ledger._db.execute("PRAGMA synchronous=OFF")
        for document, text in texts.items():
            ledger.put(Entry(document, "0" * 64, False, {"text": text, "rows": [], "unaligned": [], "details": {}}))


if __name__ == "__main__":
    main()
