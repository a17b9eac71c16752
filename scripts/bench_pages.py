"""Measure the HTML reader on saved pages with gold, beside trafilatura, readability-lxml and newspaper4k.

    python scripts/bench_pages.py FOLDER [--verbose] [--seconds 5] [--warc-mb 1000]

FOLDER (`corpora/pages`, or any other) holds the pages and `gold.jsonl` (keys: page, title, dek, captions, credits, body_first, body_last,
date, not_body). Recall and precision count whole captions; two texts are the same if they agree in
words when case, spaces and marks at the ends are put aside. Precision excludes no caption of ours. Tools
that keep no roles are scored by whether the words of a caption occur in their text ("words kept").
"""

from __future__ import annotations

import argparse
import difflib
import json
import logging
import multiprocessing
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from aligner.errors import InputError
from aligner.read.reader import read_data
from aligner.records import Page, Role


class Result(NamedTuple):
    """What a tool says of a page, as far as it says anything."""

    title: str
    body: str
    date: str
    captions: list[str] | None = None
    credits: list[str] | None = None


def key(text: str | None) -> str:
    """Letters and digits in lower case."""
    return re.sub(r"[\W_]+", "", (text or "").lower())


def same(one: str, other: str) -> bool:
    """Whether two captions are the same text."""
    a, b = key(one), key(other)
    return bool(a) and (a == b or difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() > 0.92)


def same_credit(gold: str, ours: str) -> bool:
    """Whether the gold credit is ours, labels put aside (the gold keeps them on some pages only)."""
    a, b = key(gold), key(ours)
    return a == b or (a in b and len(b) - len(a) <= 16) or (b in a and len(a) - len(b) <= 8)


def ours(html: str) -> Result:
    """Our reader."""
    try:
        page = read_data("page.html", html.encode("utf-8"))
    except InputError as error:
        print("failed:", error, file=sys.stderr)
        return Result("", "", "", [], [])
    body = "\n".join(b.span.of(page.text) for b in page.blocks if b.role in _BODY)
    return Result(page.title, body, page.date, _texts(page, Role.CAPTION), list(page.credits))


_BODY = (Role.PARAGRAPH, Role.LIST, Role.QUOTE, Role.HEADING)


def _texts(page: Page, role: Role) -> list[str]:
    return [block.span.of(page.text) for block in page.blocks if block.role is role]


def by_trafilatura(html: str) -> Result:
    """trafilatura alone with its best options (no comments, with its fallbacks)."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(html, include_comments=False, with_metadata=True)
    if found is None:
        return Result("", "", "")
    return Result(found.title or "", found.text or "", found.date or "")


def by_readability(html: str) -> Result:
    """readability-lxml."""
    from lxml import html as lxml_html
    from readability import Document  # type: ignore[import-not-found, unused-ignore]

    found = Document(html)
    return Result(found.short_title(), lxml_html.fromstring(found.summary()).text_content(), "")


def by_newspaper(html: str) -> Result:
    """newspaper4k."""
    import newspaper  # type: ignore[import-not-found, unused-ignore]

    # it would fetch every image of the page to measure it
    article = newspaper.Article("https://example.org/a", fetch_images=False)
    article.download(input_html=html)
    article.parse()
    date = article.publish_date.strftime("%Y-%m-%d") if article.publish_date else ""
    return Result(article.title or "", article.text or "", date)


TOOLS: dict[str, Callable[[str], Result]] = {
    "aligner": ours,
    "trafilatura": by_trafilatura,
    "readability-lxml": by_readability,
    "newspaper4k": by_newspaper,
}


def score(gold: dict[str, Any], result: Result, counts: Counter[str], verbose: bool) -> None:
    """Add one page's hits and totals to `counts`."""
    body = key(result.body)

    def add(name: str, hit: bool, note: str = "") -> None:
        counts[f"{name} of"] += 1
        counts[name] += hit
        if verbose and not hit:
            print(f"  {gold['page']} {name}: {note[:150]}", file=sys.stderr)

    add("title", key(gold["title"]) == key(result.title), result.title)
    add("date", gold["date"] == result.date, f"{result.date} for {gold['date']}")
    add("first paragraph", key(gold["body_first"]) in body, gold["body_first"])
    add("last paragraph", key(gold["body_last"]) in body, gold["body_last"])
    for text in gold["not_body"]:
        add("unwanted kept out", key(text) not in body, text)
    for text in gold["captions"]:
        add("caption words kept", key(text) in body + key(" ".join(result.captions or [])), text)
    if result.captions is None:
        return
    left = list(result.captions)
    for text in gold["captions"]:
        hit = next((one for one in left if same(one, text)), None)
        add("captions recall", hit is not None, text)
        if hit is not None:
            left.remove(hit)
    counts["captions precision of"] += len(result.captions)
    counts["captions precision"] += len(result.captions) - len(left)
    for text in left if verbose else []:
        print(f"  {gold['page']} extra caption: {text[:150]}", file=sys.stderr)
    for text in dict.fromkeys(gold["credits"]):
        add("credits recall", any(same_credit(text, one) for one in result.credits or []), text)


def _work(job: tuple[str, str, float]) -> tuple[int, float]:
    """Read one page with one tool again and again for some seconds."""
    tool, html, seconds = job
    TOOLS[tool](html)
    begin, done = time.perf_counter(), 0
    while time.perf_counter() - begin < seconds:
        TOOLS[tool](html)
        done += 1
    return done, time.perf_counter() - begin


def speed(tool: str, pages: list[str], seconds: float) -> float:
    """Pages a second with two processes: twice the pages over the mean seconds a page."""
    jobs = [(tool, page, seconds / len(pages)) for page in pages]
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        times = [spent / max(done, 1) for done, spent in pool.map(_work, jobs, 1)]
    return 2 * len(times) / sum(times)


def write_warc(path: Path, pages: list[str], megabytes: int) -> int:
    """A WARC of at least so many megabytes, made of the pages over and over; returns how many it holds."""
    count = size = 0
    with path.open("wb") as file:
        while size < megabytes * 1_000_000:
            body = pages[count % len(pages)].encode("utf-8")
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
            head = f"WARC-Target-URI: https://news.example/{count}\r\nContent-Length: {len(http)}\r\n"
            kind = "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http;msgtype=response\r\n"
            size += file.write(f"{kind}{head}\r\n".encode() + http + b"\r\n\r\n")
            count += 1
    return count


def _stream(path: str) -> tuple[int, float, list[int]]:
    """Articles of an archive, seconds, and the process's greatest memory in MB after a tenth and at the end."""
    import resource

    from aligner.read.archives.stream import articles
    from aligner.read.inputs import find_inputs
    from aligner.read.reader import read_article

    def memory() -> int:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

    total, done, count, peaks = Path(path).stat().st_size, 0, 0, [0]
    begin = time.perf_counter()
    for article in articles(find_inputs([path]).items, {}):
        count += 1
        done += len(article.data)
        if count % 50 == 1:
            read_article(article)  # all of them would measure the reader again
        if not peaks[0] and done > total / 10:
            peaks[0] = memory()
    return count, time.perf_counter() - begin, [*peaks, memory()]


def warc(pages: list[str], megabytes: int) -> None:
    """Print what streaming a WARC of some size costs."""
    with tempfile.TemporaryDirectory() as folder, multiprocessing.get_context("spawn").Pool(1) as pool:
        path = Path(folder) / "made.warc"
        written = write_warc(path, pages, megabytes)
        count, seconds, peaks = pool.apply(_stream, (str(path),))
    assert count == written, f"{count} articles of {written}"
    print(f"WARC of {megabytes} MB: {count} articles streamed in {seconds:.1f} s (every 50th read), peak memory "
          f"{peaks[0]} MB after a tenth, {peaks[1]} MB at the end")  # fmt: skip


def main() -> None:
    """Print one column a tool."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--seconds", type=float, default=8.0, help="for the measure of speed; 0 leaves it out")
    parser.add_argument("--warc-mb", type=int, default=100, help="size of the WARC to stream; 0 leaves it out")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    gold = [json.loads(line) for line in (options.folder / "gold.jsonl").read_text("utf-8").splitlines()]
    pages = {one["page"]: (options.folder / one["page"]).read_bytes().decode("utf-8", "replace") for one in gold}
    table: dict[str, Counter[str]] = {}
    for name, tool in TOOLS.items():
        counts: Counter[str] = Counter()
        try:
            for one in gold:
                score(one, tool(pages[one["page"]]), counts, options.verbose and name == "aligner")
        except ImportError:
            print(f"{name} is not installed", file=sys.stderr)
            continue
        table[name] = counts
    rows = [name.removesuffix(" of") for name in table["aligner"] if name.endswith(" of")]
    print("| measure | " + " | ".join(table) + " |")
    print("| --- |" + " --- |" * len(table))
    for row in rows:
        cells = [
            f"{c[row]}/{c[row + ' of']} {c[row] / c[row + ' of']:.3f}" if c[row + " of"] else "–"
            for c in table.values()
        ]
        print(f"| {row} | " + " | ".join(cells) + " |")
    if options.seconds:
        told = ", ".join(f"{tool} {speed(tool, list(pages.values()), options.seconds):.1f}" for tool in list(table)[:2])
        print(f"\npages a second on two processes: {told}")
    if options.warc_mb:
        warc(list(pages.values()), options.warc_mb)


if __name__ == "__main__":
    main()
