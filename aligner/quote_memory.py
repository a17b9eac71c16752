"""Quote memory: renderings of the same quote across articles, dates and runs, and where they drift apart.

A statement is quoted for months: agencies shorten it, desks translate it anew. Rows of one speaker that say the same
are put together; the most trustworthy of them is the reference, and the judge compares every other rendering with it
crosswise (its Dutch with the reference's English, and the reverse), so that drift carries kinds and a reason too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from aligner.checking import Checked, judge_pairs
from aligner.judge.speaker import name_words, same_speaker
from aligner.pipeline import Tools
from aligner.records import Pair
from aligner.write import corpus, files
from aligner.write.corpus import Problem, Row, Run
from aligner.write.form import ALL, Form
from aligner.write.ledger import read_dates
from aligner.write.writers import check_form, write_rows

#: What a rendering is told by; `drift` is the probability that it does not say what the reference says.
COLUMNS = (
    "quote_id", "rendering", "speaker", "date", "nl", "en", "original", "drift", "drift_status", "drift_kinds",
    "drift_evidence", "divergence", "status", "nl_speaker", "en_speaker", "document", corpus.RUN, "id",
)  # fmt: skip
FORMATS = ("tsv", "csv", "xlsx", "tmx", "jsonl")
_SAFEST = {"equivalent": 0, "": 1, "review": 2, "divergent": 3}
_CHUNK = 512


@dataclass
class Memory:
    """Rows by quote, the reference first; counts; what is to be told of the runs read."""

    rows: list[Row] = field(default_factory=list)
    quotes: int = 0
    repeated: int = 0
    drifting: int = 0
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The summary line that ends the command."""
        return (
            f"{len(self.rows)} renderings of {self.quotes} quotes, {self.repeated} quoted more than once, "
            f"{self.drifting} renderings drift"
        )


@dataclass
class _Quote:
    """Rows that render one quote; the first one found leads, later ones are compared with it."""

    rows: list[Row]
    vectors: dict[str, Any]


def quote_memory(paths: Sequence[Path | str], tools: Tools, *, speaker: str = "") -> Memory:
    """The quotes of the runs at `paths`; with `speaker` only those of a person or body of that name.

    Raises `RunError` for a folder that is no run.
    """
    runs = corpus.open_runs(paths)
    memory = Memory()
    rows = [row for row in _quoted(runs) if not speaker or _named(row, speaker)]
    memory.problems = [problem for run in runs for problem in run.problems]
    quotes = _grouped(rows, tools)
    told = _drifts([quote.rows for quote in quotes], tools)
    for quote in quotes:
        memory.rows += _told(quote.rows, told)
    memory.quotes = len(quotes)
    memory.repeated = sum(len(quote.rows) > 1 for quote in quotes)
    memory.drifting = sum(row["drift_status"] == "divergent" for row in memory.rows)
    return memory


def write_memory(
    memory: Memory, runs: Sequence[Path | str], form_name: str, out: Path | IO[bytes], *, force: bool = False
) -> None:
    """Write the renderings to a file, or a binary stream where the format is text.

    A translation memory (`tmx`) takes each wording once and leaves out what drifts or diverges.
    """
    check_form(form_name, out, FORMATS)
    dates = {run.name: run.written for run in corpus.open_runs(runs)}
    form = Form(columns=list(COLUMNS), dates=dates, source=ALL)
    rows = iter(_memory_units(memory.rows) if form_name == "tmx" else memory.rows)
    if isinstance(out, Path):
        with files.replacing([out], force=force) as (temporary,), temporary.open("wb") as stream:
            write_rows(form_name, [stream], rows, form)
    else:
        write_rows(form_name, [out], rows, form)
    memory.notices += form.notices + form.cleaner.notices()


def _quoted(runs: Sequence[Run]) -> Iterator[Row]:
    """Rows that are a quote on either side, each once, with their run and the date of their article."""
    seen: set[str] = set()
    for run in runs:
        dates = read_dates(run.folder)
        for row in run.rows():
            if row["quote"] in ("", "none") or row["id"] in seen:
                continue
            seen.add(row["id"])
            yield row | {
                corpus.RUN: run.name,
                "date": dates.get(row["document"], ""),
                "speaker": max(row["nl_speaker"], row["en_speaker"], key=len),
            }


def _named(row: Row, speaker: str) -> bool:
    return any(name and same_speaker(name, speaker) for name in (row["nl_speaker"], row["en_speaker"]))


def _grouped(rows: Sequence[Row], tools: Tools) -> list[_Quote]:
    """Rows in order of date, each with the quote of its speaker that it is most like, or one of its own."""
    ordered = sorted(rows, key=lambda row: (row["date"] or "9999", row["document"], row["id"]))
    quotes: list[_Quote] = []
    by_name: dict[str, list[_Quote]] = {}
    for at in range(0, len(ordered), _CHUNK):
        chunk = ordered[at : at + _CHUNK]
        texts = list(dict.fromkeys(row[lang] for row in chunk for lang in corpus.SIDES))
        vectors = {text: one.vector for text, one in zip(texts, tools.encoder.encode(texts), strict=True)}
        for row in chunk:
            names = name_words(row["speaker"]) or [""]
            known = {id(quote): quote for name in names for quote in by_name.get(name, ())}
            mine = {lang: vectors[row[lang]] for lang in corpus.SIDES}
            scored = [(_likeness(row, mine, quote), quote) for quote in known.values()]
            likeness, best = max(scored, key=lambda one: one[0], default=(0.0, None))
            if best is not None and likeness >= 1.0:
                best.rows.append(row)
                continue
            quote = _Quote([row], mine)
            quotes.append(quote)
            for name in names:
                by_name.setdefault(name, []).append(quote)
    return quotes


#: Two wordings in one language are one quote from this likeness of vectors or of letters on.
SAME_VECTOR, SAME_LETTERS = 0.93, 80.0


def _likeness(row: Row, vectors: dict[str, Any], quote: _Quote) -> float:
    """How far above the line the better side is: 1 and more is the same quote."""
    from rapidfuzz.fuzz import token_sort_ratio

    if not same_speaker(row["speaker"], quote.rows[0]["speaker"]):
        return 0.0
    lead = quote.rows[0]
    return max(
        max(
            float(vectors[lang] @ quote.vectors[lang]) / SAME_VECTOR,
            token_sort_ratio(row[lang], lead[lang]) / SAME_LETTERS,
        )
        for lang in corpus.SIDES
    )


def _reference(rows: Sequence[Row]) -> Row:
    """The rendering to compare with: one whose own pair is in order, the oldest of these."""
    return min(rows, key=lambda row: _SAFEST.get(row["status"], 1))


def _crosswise(row: Row, reference: Row) -> list[Pair]:
    """The pairs that tell whether two renderings say the same; none where both sides are equal."""
    pairs = []
    if row["nl"] != reference["nl"]:
        pairs.append(_pair(row, reference))
    if row["en"] != reference["en"]:
        pairs.append(_pair(reference, row))
    return pairs


def _pair(dutch: Row, english: Row) -> Pair:
    return Pair(dutch["nl"], english["en"], dutch["original"], dutch["nl_speaker"], english["en_speaker"])


def _drifts(groups: Sequence[Sequence[Row]], tools: Tools) -> dict[Pair, Checked]:
    """Every cross pair judged once."""
    led = [(rows, _reference(rows)) for rows in groups]
    pairs = list(dict.fromkeys(pair for rows, lead in led for row in rows for pair in _crosswise(row, lead)))
    told: dict[Pair, Checked] = {}
    for at in range(0, len(pairs), _CHUNK):
        chunk = pairs[at : at + _CHUNK]
        told.update(zip(chunk, judge_pairs(chunk, tools), strict=True))
    return told


def _told(rows: Sequence[Row], told: dict[Pair, Checked]) -> list[Row]:
    """The rows of one quote as they are shown: reference first, equal wordings under one number."""
    reference = _reference(rows)
    ordered = [reference, *(row for row in rows if row is not reference)]
    quote_id = sha256(f"{reference['speaker']}\t{reference[reference['original'] or 'nl']}".encode()).hexdigest()[:12]
    numbers: dict[tuple[str, str], int] = {}
    return [
        row
        | {"quote_id": quote_id, "rendering": str(numbers.setdefault((row["nl"], row["en"]), len(numbers) + 1))}
        | _drift([told[pair] for pair in _crosswise(row, reference)])
        for row in ordered
    ]


def _drift(checked: Sequence[Checked]) -> dict[str, str]:
    verdicts = [one.verdict for one in checked if one.verdict is not None]
    worst = max(verdicts, key=lambda verdict: verdict.divergence, default=None)
    if worst is None:
        reasons = " ".join(f"Not compared: {one.reason}." for one in checked if one.reason)
        return {"drift": "", "drift_status": "", "drift_kinds": "", "drift_evidence": reasons}
    return {
        "drift": f"{worst.divergence:.3f}",
        "drift_status": worst.status,
        "drift_kinds": ";".join(finding.kind for finding in worst.findings),
        "drift_evidence": " ".join(finding.evidence for finding in worst.findings),
    }


def _memory_units(rows: Sequence[Row]) -> Iterator[Row]:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        wording = (row["nl"], row["en"])
        if wording in seen or "divergent" in (row["status"], row["drift_status"]):
            continue
        seen.add(wording)
        yield row
