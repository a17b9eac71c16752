"""Other thresholds for a finished run: statuses, kinds and evidence follow, nothing is read or computed anew.

The ledger keeps each row's exact probability and what the row would be told to have if it were flagged; the decision
over these (`judge.decision`) is the one that the run itself used, so that the files are those of a run with these
thresholds from the start.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from aligner.batch import Summary, write_files
from aligner.checking import calibration_scores, threshold_for
from aligner.errors import RunError, UsageError
from aligner.judge.combine import thresholds
from aligner.judge.decision import decided
from aligner.rows import verdict_cells, verdict_of
from aligner.write import tsv
from aligner.write.ledger import Entry, Ledger, held_signature, read_entries

_AGAIN = "Run `aligner align` into that folder with --fresh; `reflag` then works on it."


def chosen(
    threshold: float | None, review: float | None = None, max_false_alarms: float | None = None
) -> tuple[float, float]:
    """(review, divergent) out of what a user gave: a threshold, or the share of true pairs that may be flagged.

    Without `review` it keeps the distance that the shipped thresholds have. Raises `UsageError` for no or two
    choices, a number outside 0..1, or a `review` above the threshold.
    """
    if (threshold is None) == (max_false_alarms is None):
        raise UsageError("reflag needs a threshold", "Give --threshold 0.4, or --max-false-alarms 2%.")
    divergent = threshold if threshold is not None else threshold_for(max_false_alarms or 0.0, calibration_scores())
    usual = thresholds()
    lower = review if review is not None else round(divergent * usual[0] / usual[1], 3)
    for name, value in (("threshold", divergent), ("review", lower)):
        if not 0.0 <= value <= 1.0:
            raise UsageError(f"{name} {value:g} is not a probability", "Give a number from 0 to 1.")
    if lower > divergent:
        raise UsageError(
            f"review {lower:g} lies above the threshold {divergent:g}",
            "Pairs are divergent from the threshold on and for review from a lower one.",
        )
    return lower, divergent


def reflag(run: Path, review: float, divergent: float) -> tuple[Summary, int]:
    """Decide every row of the run folder anew; returns its counts and how many rows changed their status.

    The ledger changes in one transaction, the files by temporary file and rename. The run is then keyed by these
    thresholds: to go on with it, `align` needs them in its settings. Raises `RunError` if the folder holds no run,
    another process writes into it, or the run was made before probabilities were kept.
    """
    signature = held_signature(run)
    for entry in read_entries(run):  # a first pass, so that an unfit run is refused before anything changes
        for row in _rows(entry):
            if "differences" not in entry.payload["details"].get(row["id"], {}):
                raise RunError(f"{run.name} was made by a version that kept no probabilities to flag by", _AGAIN)
    changed = 0

    def entries() -> Iterator[Entry]:
        nonlocal changed
        for entry in read_entries(run):
            for row in _rows(entry):
                before = row["status"]
                _decide(row, entry.payload["details"][row["id"]], review, divergent)
                changed += row["status"] != before
            yield entry

    signature |= {"review": review, "divergent": divergent}
    with Ledger(run, held_signature(run)) as ledger:
        ledger.settle(entries(), signature)
        summary = write_files(run, ledger)
    _note(run / "run.json", summary, review, divergent)
    if (run / "report.html").is_file():
        summary.notices.append("report.html shows the flags as they were: `aligner report` makes it anew")
    return summary, changed


def _rows(entry: Entry) -> Sequence[dict[str, Any]]:
    return () if entry.failed else entry.payload["rows"]


def _decide(row: dict[str, Any], details: dict[str, Any], review: float, divergent: float) -> None:
    verdict = decided(verdict_of(details), review, divergent)
    row.update(verdict_cells(verdict))
    details["scores"] = verdict.scores


def _note(path: Path, summary: Summary, review: float, divergent: float) -> None:
    """The thresholds and counts into `run.json`, which keeps whatever else it says; made anew if it cannot be read."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        record = {}
    record = record if isinstance(record, dict) else {}
    record["settings"] = {**record.get("settings", {}), "review": review, "divergent": divergent}
    counts = {name: getattr(summary, name) for name in ("documents", "aligned", "flagged", "review", "unaligned")}
    record["counts"] = {**record.get("counts", {}), **counts}
    record["reflagged"] = {
        "written": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "review": review,
        "divergent": divergent,
    }
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    tsv.write_atomically(path, lambda stream: stream.write(text))
