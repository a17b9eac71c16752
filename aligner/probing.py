"""`check --probe`: what would be found of mistakes planted in the user's own pairs, and what would be flagged wrongly.

The pairs as they stand are taken to be true; a pair that is flagged already takes no part in the counts of planted
mistakes, since it would be found whatever was planted in it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from aligner.batch import Event
from aligner.checking import CHUNK, FAILED, Checked, CheckSummary, check_target, judge_pairs, readable, why_not
from aligner.config import Settings
from aligner.judge.probe import PLANTED, Edited, Planter
from aligner.pipeline import Tools
from aligner.read.pairs import PairTable, open_pairs
from aligner.records import Pair
from aligner.toolbox import open_tools
from aligner.write.tsv import lines, write_tsv

COLUMNS = ("planted", "pairs", "divergent", "review", "found", "kind_first", "kind_told")
#: Pairs that mistakes are planted in: enough for shares of ±5 points, and half a minute of work.
MOST = 400


@dataclass(slots=True)
class _Counts:
    pairs: int = 0
    divergent: int = 0
    review: int = 0
    first: int = 0
    told: int = 0

    def row(self, name: str) -> dict[str, object]:
        hits = self.divergent + self.review
        return {
            "planted": name,
            "pairs": self.pairs,
            "divergent": self.divergent,
            "review": self.review,
            "found": hits / self.pairs if self.pairs else None,
            "kind_first": self.first / hits if hits and name != NOTHING else None,
            "kind_told": self.told / hits if hits and name != NOTHING else None,
        }


#: The row of the pairs as they stand: its `found` is the rate of false alarms.
NOTHING = "nothing"


@dataclass
class ProbeSummary(CheckSummary):
    """A summary with the table: for each kind how many were planted and found, and `nothing` for false alarms."""

    rows: list[dict[str, object]] = field(default_factory=list)

    def line(self) -> str:
        """The summary line that ends a run."""
        alarms = self.rows[0]["found"] if self.rows else None
        rate = f", {100 * alarms:.1f} % false alarms" if isinstance(alarms, float) else ""
        planted = sum(row["pairs"] for row in self.rows[1:] if isinstance(row["pairs"], int))
        return f"{self.pairs} pairs probed with {planted} mistakes{rate}, {self.unjudged} not judged"


def probe_file(
    path: str | Path,
    out: Path | IO[str],
    settings: Settings,
    *,
    quoting: str = "auto",
    progress: Callable[[Event], None] = lambda event: None,
) -> ProbeSummary:
    """Probe with the pairs of a file; the table goes to `out`. Findings are named as in the columns of `COLUMNS`."""
    check_target(out)
    with open_pairs(path, quoting) as table:
        summary = probe(table, open_tools(settings), progress=progress)
    if isinstance(out, Path):
        write_tsv(out, summary.rows, COLUMNS)
    else:
        out.writelines(lines(summary.rows, COLUMNS))
    return summary


def probe(
    table: PairTable,
    tools: Tools,
    *,
    most: int = MOST,
    seed: int = 0,
    progress: Callable[[Event], None] = lambda event: None,
) -> ProbeSummary:
    """Plant one mistake of each kind in up to `most` pairs drawn by `seed`, judge them, and count."""
    summary = ProbeSummary(notices=list(table.notices))
    pairs = _drawn(_fit(table, summary), most, seed)
    summary.pairs = len(pairs)
    planter = Planter(pairs, seed)
    plain = _Counts()
    by_kind = {kind: _Counts() for kind in PLANTED}
    for at in range(0, len(pairs), CHUNK // 8):  # a pair and its five edits are judged together
        chunk = pairs[at : at + CHUNK // 8]
        quiet = []
        for pair, one in zip(chunk, judge_pairs(chunk, tools), strict=True):
            _count(plain, one)
            summary.unjudged += one.verdict is None
            summary.failed += one.reason == FAILED
            if one.verdict is not None and one.verdict.status == "equivalent":
                quiet.append(pair)
        edited = [edit for pair in quiet for kind in PLANTED if (edit := planter.plant(pair, kind))]
        for edit, one in zip(edited, judge_pairs([edit.pair for edit in edited], tools), strict=True):
            _count(by_kind[edit.kind], one, edit)
        progress(Event(table.name, at + len(chunk), len(pairs), len(chunk)))
    summary.divergent, summary.review = plain.divergent, plain.review
    summary.rows = [plain.row(NOTHING), *(counts.row(str(kind)) for kind, counts in by_kind.items())]
    return summary


def _fit(table: PairTable, summary: ProbeSummary) -> Iterable[Pair]:
    for row in table.rows():
        (nl, _), (en, _) = readable(row.cells[table.nl]), readable(row.cells[table.en])
        if row.trouble or why_not(nl, en):
            summary.unjudged += 1
        else:
            yield Pair(nl, en)


def _drawn(pairs: Iterable[Pair], most: int, seed: int) -> list[Pair]:
    """A random sample of a stream of unknown length, in order of the file."""
    chance = random.Random(seed)
    kept: list[tuple[int, Pair]] = []
    for at, pair in enumerate(pairs):
        if len(kept) < most:
            kept.append((at, pair))
        elif (place := chance.randrange(at + 1)) < most:
            kept[place] = (at, pair)
    return [pair for _, pair in sorted(kept, key=lambda item: item[0])]


def _count(counts: _Counts, one: Checked, edit: Edited | None = None) -> None:
    if one.verdict is None:
        return
    counts.pairs += 1
    counts.divergent += one.verdict.status == "divergent"
    counts.review += one.verdict.status == "review"
    if edit is not None and one.verdict.findings:
        kinds = [finding.kind for finding in one.verdict.findings]
        counts.first += kinds[0] == edit.kind
        counts.told += edit.kind in kinds
