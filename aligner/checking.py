"""Judging pairs that exist already: a table in, the same table with the divergence columns out.

Every row keeps its place. One that cannot be judged has an empty `status` and the reason in `evidence`. Rows pass in
chunks, so that memory stays flat whatever the size of the file.
"""

from __future__ import annotations

import csv
import json
import logging
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import IO, Any

from aligner.batch import Event
from aligner.config import Settings
from aligner.embed.encoder import Encoded
from aligner.errors import ModelError, UsageError
from aligner.judge.terms import Accepted, accepted_of, read_accepted, without_accepted
from aligner.pipeline import Tools
from aligner.read.pairs import PairTable, Row, open_pairs
from aligner.records import UNKNOWN, Pair, Span, Verdict
from aligner.rows import verdict_cells
from aligner.segment.language import detect
from aligner.toolbox import open_tools
from aligner.write.tsv import cell, write_atomically

log = logging.getLogger(__name__)

#: The columns that `check` adds, in this order.
ADDED = ("similarity", "divergence", "status", "severity", "kinds", "nl_span", "en_span", "evidence")
#: Pairs embedded and judged together: enough to fill the encoder's batches, some 40 MB of token states.
CHUNK = 512
#: The reason of a row on which the judge itself failed: a fault of ours, not of the row.
FAILED = "the judge failed on this pair"
#: More words in a cell are not encoded at all: the encoder reads some 350, and would judge by them alone.
MOST_WORDS = 600
#: A cell is held to be in a third language from this many words and this confidence on. Of 4,374 cells of true pairs
#: (NTREX, Tatoeba, own natural pairs) none is then taken for another language; of four words one is.
_LEAST_WORDS, _SURE = 5, 0.9

_NAMES = {"nl": "Dutch", "en": "English"}
_LANGUAGES = _NAMES | {
    "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "af": "Afrikaans",
    "da": "Danish", "sv": "Swedish", "no": "Norwegian", "pl": "Polish", "ru": "Russian", "tr": "Turkish",
}  # fmt: skip


@dataclass(slots=True)
class CheckSummary:
    """How many pairs there were, and what became of them; `failed` are those not judged by a fault of ours."""

    pairs: int = 0
    divergent: int = 0
    review: int = 0
    unjudged: int = 0
    failed: int = 0
    notices: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The summary line that ends a run."""
        return (
            f"{self.pairs} pair{'' if self.pairs == 1 else 's'}, {self.divergent} divergent, "
            f"{self.review} for review, {self.unjudged} not judged"
        )


@dataclass(frozen=True)
class Checked:
    """One row judged: its verdict and similarity, or the reason why not."""

    similarity: float = 0.0
    verdict: Verdict | None = None
    reason: str = ""

    def cells(self) -> dict[str, Any]:
        """The added columns by name."""
        if self.verdict is None:
            return {"evidence": f"Not judged: {self.reason}."}
        return {"similarity": round(self.similarity, 3)} | verdict_cells(self.verdict)


def check_table(
    table: PairTable,
    tools: Tools,
    *,
    source: str | None = None,
    accepted: Sequence[Accepted] = (),
    written: Callable[[str], str] = cell,
    progress: Callable[[Event], None] = lambda event: None,
) -> tuple[list[str], Iterator[list[str]], CheckSummary]:
    """Header, rows and summary of a table judged; rows come as they are judged, the summary fills as they do.

    `source` is the side that the other renders (default: a column `original` of the table, else nl). `written` makes
    the form in which a cell is written; offsets refer to that form.
    """
    summary = CheckSummary(notices=list(table.notices))
    replaced = [name for name in ADDED if name in table.columns]
    if replaced:
        summary.notices.append(f"columns replaced: {', '.join(replaced)}")
    own = [at for at, name in enumerate(table.columns) if name not in ADDED]
    original = table.column("original") if source is None else None

    def rows() -> Iterator[list[str]]:
        stream = iter(table.rows())
        while chunk := list(islice(stream, CHUNK)):
            texts = [[written(text) for text in row.cells] for row in chunk]
            told = check_rows(
                [
                    (Row(cells, row.trouble), cells[table.nl], cells[table.en], source or _side(cells, original))
                    for row, cells in zip(chunk, texts, strict=True)
                ],
                tools,
                accepted,
            )
            flagged = 0
            for cells, one in zip(texts, told, strict=True):
                _count(summary, one)
                flagged += one.verdict is not None and one.verdict.status == "divergent"
                added = one.cells()
                yield [cells[at] for at in own] + [cell(added.get(name)) for name in ADDED]
            progress(Event(table.name, summary.pairs, max(table.count, summary.pairs), len(chunk), flagged))

    return [*(table.columns[at] for at in own), *ADDED], rows(), summary


def _side(cells: Sequence[str], original: int | None) -> str:
    return "en" if original is not None and cells[original].strip().lower() == "en" else "nl"


def _count(summary: CheckSummary, one: Checked) -> None:
    summary.pairs += 1
    summary.unjudged += one.verdict is None
    summary.failed += one.reason == FAILED
    summary.divergent += one.verdict is not None and one.verdict.status == "divergent"
    summary.review += one.verdict is not None and one.verdict.status == "review"


def check_rows(
    rows: Sequence[tuple[Row, str, str, str]], tools: Tools, accepted: Sequence[Accepted] = ()
) -> list[Checked]:
    """Judge rows given as (row, Dutch cell, English cell, original side), all embedded together; one outcome a row."""
    done: dict[int, Checked] = {}
    waiting: list[tuple[int, Pair, list[int], list[int]]] = []
    for at, (row, nl, en, original) in enumerate(rows):
        (nl_text, nl_map), (en_text, en_map) = readable(nl), readable(en)
        reason = row.trouble or why_not(nl_text, en_text, nl, en)
        if reason:
            done[at] = Checked(reason=reason)
        else:
            waiting.append((at, Pair(nl_text, en_text, original), nl_map, en_map))
    pairs = [pair for _, pair, _, _ in waiting]
    outcomes = judge_pairs(pairs, tools) if pairs else []
    for (at, pair, nl_map, en_map), outcome in zip(waiting, outcomes, strict=True):
        if outcome.verdict is not None:
            verdict = without_accepted(pair, outcome.verdict, accepted)
            done[at] = Checked(outcome.similarity, _moved(verdict, nl_map, en_map))
        else:
            done[at] = outcome
    return [done[at] for at in range(len(rows))]


def judge_pairs(pairs: Sequence[Pair], tools: Tools) -> list[Checked]:
    """Embed and judge; a pair that the encoder cannot read to its end has a reason instead of a verdict."""
    texts = list(dict.fromkeys(text for pair in pairs for text in (pair.nl, pair.en)))
    encoded = dict(zip(texts, tools.encoder.encode(texts), strict=True))
    done: dict[int, Checked] = {}
    fit: list[tuple[int, Pair]] = []
    for at, pair in enumerate(pairs):
        cut = [lang for lang in ("nl", "en") if _is_cut(encoded[pair.cell(lang)])]
        if cut:
            done[at] = Checked(reason=f"the {_NAMES[cut[0]]} cell is longer than the encoder reads")
        else:
            fit.append((at, pair))
    verdicts = _verdicts([(pair, encoded[pair.nl], encoded[pair.en]) for _, pair in fit], tools)
    for (at, pair), verdict in zip(fit, verdicts, strict=True):
        similarity = min(1.0, max(0.0, float(encoded[pair.nl].vector @ encoded[pair.en].vector)))
        done[at] = Checked(similarity, verdict, "" if verdict else FAILED)
    return [done[at] for at in range(len(pairs))]


def _verdicts(items: Sequence[tuple[Pair, Encoded, Encoded]], tools: Tools) -> list[Verdict | None]:
    """One verdict a pair; None for a pair on which the judge fails, so that it costs only itself."""
    if not items:
        return []
    try:
        return list(tools.judge.judge(items))
    except ModelError:
        raise
    except Exception:
        if len(items) == 1:
            log.debug("the judge failed on a pair", exc_info=True)
            return [None]
        log.debug("a chunk of %d pairs failed; trying them one by one", len(items), exc_info=True)
        return [verdict for item in items for verdict in _verdicts([item], tools)]


def _is_cut(encoded: Encoded) -> bool:
    """Whether a word of the text lies beyond the last token."""
    end = int(encoded.offsets[-1][1]) if len(encoded.offsets) else 0
    return any(char.isalnum() for char in encoded.text[end:])


def why_not(nl: str, en: str, nl_cell: str = "", en_cell: str = "") -> str:
    """Why a pair of readable texts cannot be judged, empty if it can. The cells tell empty from unreadable."""
    for lang, text, whole in (("nl", nl, nl_cell), ("en", en, en_cell)):
        if not text:
            return f"the {_NAMES[lang]} cell {'holds no readable characters' if whole.strip() else 'is empty'}"
        if len(text.split()) > MOST_WORDS:
            return f"the {_NAMES[lang]} cell has {len(text.split()):,} words, more than {MOST_WORDS}"
    if nl == en:
        return "both cells are the same text"
    found = {lang: _foreign(text, lang) for lang, text in (("nl", nl), ("en", en))}
    if (found["nl"], found["en"]) == ("en", "nl"):
        return "the columns look swapped: the Dutch cell is in English and the English cell in Dutch"
    for lang, code in found.items():
        if code:
            return f"the {_NAMES[lang]} cell is in {_LANGUAGES.get(code, f'another language ({code})')}"
    return ""


def _foreign(text: str, lang: str) -> str:
    """The language of `text` if that is clearly not `lang`, else empty."""
    if len(text.split()) < _LEAST_WORDS:
        return ""
    guess = detect(text, prior=lang)
    return guess.code if guess.code not in {lang, UNKNOWN} and guess.confidence >= _SURE else ""


# Control, invisible, surrogate, unassigned and private characters: nothing that can be compared.
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})


def readable(text: str) -> tuple[str, list[int]]:
    """`text` with white space folded and control and invisible characters left out, and each character's old place.

    The list is empty when nothing moved.
    """
    if text.isprintable() and "  " not in text and "\ufffd" not in text and text == text.strip():
        return text, []
    kept: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        if char.isspace():
            if kept and kept[-1] != " ":
                kept.append(" ")
                places.append(at)
        elif unicodedata.category(char) not in _DROPPED and char != "\ufffd":
            kept.append(char)
            places.append(at)
    if kept and kept[-1] == " ":
        kept.pop()
        places.pop()
    return "".join(kept), places


def _moved(verdict: Verdict, nl: list[int], en: list[int]) -> Verdict:
    """The verdict with its spans as offsets into the cells as they are written."""
    if not nl and not en:
        return verdict
    findings, differences = (
        tuple(replace(found, nl=_back(found.nl, nl), en=_back(found.en, en)) for found in listed)
        for listed in (verdict.findings, verdict.differences)
    )
    return replace(verdict, findings=findings, differences=differences)


def _back(span: Span | None, places: list[int]) -> Span | None:
    if span is None or not places or span.end <= span.start:
        return span
    return Span(places[span.start], places[span.end - 1] + 1)


def csv_cell(text: str) -> str:
    """A cell as CSV keeps it: line breaks stay, NUL does not."""
    return text.replace("\0", "\ufffd")


def write_rows(stream: IO[str], header: Sequence[str], rows: Iterable[Sequence[str]], *, as_csv: bool) -> None:
    """Write the TSV dialect of the contract, or CSV as in RFC 4180."""
    if as_csv:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(rows)
        return
    stream.write("\t".join(map(cell, header)) + "\n")
    for row in rows:
        stream.write("\t".join(row) + "\n")


def threshold_for(share: float, scores: Sequence[float]) -> float:
    """The lowest threshold at which at most that share of `scores`, those of true pairs, is flagged."""
    ordered = sorted(scores, reverse=True)
    allowed = int(share * len(ordered) + 1e-9)
    if allowed >= len(ordered):
        return 0.0
    # Just above the first score that must not be flagged; three decimals are what users see.
    return min(1.0, float(int(ordered[allowed] * 1000) + 1) / 1000)


def calibration_scores() -> list[float]:
    """What the judge gave the true pairs that it was calibrated on, as shipped; `UsageError` if none are."""
    path = files("aligner.judge") / "data" / "calibration.json"
    try:
        return [float(score) for score in json.loads(path.read_text(encoding="utf-8"))["true_pairs"]]
    except FileNotFoundError as error:
        raise UsageError(
            "this version carries no calibration scores", "Set the thresholds in aligner.toml: divergent = 0.8"
        ) from error


def settings_for(settings: Settings, max_false_alarms: float | None) -> Settings:
    """`settings` without translation, and with the `divergent` threshold that flags so few of the true pairs."""
    settings = settings.changed(translate="none")
    if max_false_alarms is None:
        return settings
    threshold = threshold_for(max_false_alarms, calibration_scores())
    review = min(threshold, settings.review) if settings.review is not None else threshold / 1.5
    return settings.changed(divergent=threshold, review=review)


def accepted_from(
    terms: str | Path | Iterable[Sequence[str]], allow: str | Path | Iterable[Sequence[str]]
) -> list[Accepted]:
    """Listed pairs of a glossary and of accepted differences, each a file or rows; empty ones are none."""
    found: list[Accepted] = []
    for given, one_sided in ((terms, False), (allow, True)):
        if isinstance(given, str | Path):
            found += read_accepted(given, one_sided=one_sided) if str(given) else []
        else:
            found += accepted_of(given, one_sided=one_sided)
    return found


def check_target(out: Path | IO[str]) -> None:
    """Raise `UsageError` before any work if `out` is a path that cannot become a file."""
    if not isinstance(out, Path):
        return
    if out.is_dir():
        raise UsageError(f"{out} is a folder", "Give the name of a file to write.")
    if not out.parent.is_dir():
        raise UsageError(f"there is no folder {out.parent}", "Make it, or write elsewhere.")
    if not os.access(out.parent, os.W_OK):
        raise UsageError(f"{out.parent} cannot be written to", "Write elsewhere.")


def check_file(
    path: str | Path,
    out: Path | IO[str],
    settings: Settings,
    *,
    source: str | None = None,
    quoting: str = "auto",
    accepted: Sequence[Accepted] = (),
    progress: Callable[[Event], None] = lambda event: None,
) -> CheckSummary:
    """Judge the pairs of a TSV, CSV or TMX file into `out`: a file (CSV by its suffix, else TSV) or a text stream.

    A file is written beside itself and renamed at the end, so that it is never seen half written.
    """
    check_target(out)
    as_csv = isinstance(out, Path) and out.suffix.lower() == ".csv"
    with open_pairs(path, quoting) as table:
        header, rows, summary = check_table(
            table,
            open_tools(settings),
            source=source,
            accepted=accepted,
            written=csv_cell if as_csv else cell,
            progress=progress,
        )
        if isinstance(out, Path):
            write_atomically(out, lambda stream: write_rows(stream, header, rows, as_csv=as_csv))
        else:
            write_rows(out, header, rows, as_csv=False)
    return summary
