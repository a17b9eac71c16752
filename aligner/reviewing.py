"""Review files: a run's rows out to people as a table, and their decisions back in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from aligner.errors import InputError, UsageError
from aligner.reviews import Review, Tally, keep, locked, stored, tally
from aligner.write import corpus, files
from aligner.write.corpus import Problem, Row
from aligner.write.delimited import restored
from aligner.write.form import Form

#: What a review file shows, and the four columns that people fill in.
FILLED = ("verdict", "corrected_nl", "corrected_en", "comment")
COLUMNS = (
    "id", "document", "status", "severity", "kinds", "nl", "en", "evidence", "suggestion", *FILLED, "nl_speaker",
    "en_speaker", "nl_in_en", "en_in_nl", "similarity", "divergence",
)  # fmt: skip
#: How people write their verdicts; an Excel in Dutch asks for Dutch words.
_WORDS = {
    "accept": "accept", "accepted": "accept", "a": "accept", "ok": "accept", "yes": "accept", "ja": "accept",
    "goed": "accept", "reject": "reject", "rejected": "reject", "r": "reject", "no": "reject", "nee": "reject",
    "fout": "reject", "correct": "correct", "corrected": "correct", "": "",
}  # fmt: skip


@dataclass
class Exported:
    """What became of a review file: rows written, those that have a verdict already, and what is to be told."""

    written: int = 0
    decided: int = 0
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


@dataclass
class Imported:
    """What became of an import: `stale` and `conflicts` are rows of the file that were not taken, and why."""

    taken: int = 0
    same: int = 0
    untouched: int = 0
    moved: int = 0
    stale: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    table: list[Tally] = field(default_factory=list)

    def line(self) -> str:
        """The summary line that ends the command."""
        return (
            f"{self.taken} verdict{'' if self.taken == 1 else 's'} taken, {self.same} known already, "
            f"{self.untouched} rows without one, {len(self.stale)} stale, {len(self.conflicts)} in conflict"
        )


def export_review(
    run: Path | str,
    out: Path | IO[bytes],
    *,
    status: frozenset[str] = frozenset(),
    excel_safe: bool = False,
    force: bool = False,
) -> Exported:
    """Write the rows of a run, those of `status` only if given, for people to fill in: XLSX or CSV by suffix, else TSV.

    Verdicts that the run has already stand in the file.
    """
    unknown = sorted(status - set(corpus.STATUSES))
    if unknown:
        raise UsageError(f"--status {unknown[0]} is not known", f"Choose from: {', '.join(corpus.STATUSES)}.")
    source = corpus.open_runs([run])[0]
    reviews = stored(source)
    told = Exported()
    form = Form(columns=COLUMNS, dates={source.name: source.written}, excel_safe=excel_safe)

    def rows() -> Iterator[Row]:
        for row in source.rows():
            if status and row["status"] not in status:
                continue
            told.written += 1
            review = reviews.of(row)
            told.decided += review is not None and bool(review.verdict)
            yield row | {name: getattr(review, name) if review else "" for name in FILLED}

    if isinstance(out, Path):
        with files.replacing([out], force=force) as (temporary,), temporary.open("wb") as stream:
            _write(stream, rows(), form, out.suffix.lower())
    else:
        _write(out, rows(), form, ".tsv")
    told.problems = list(source.problems)
    told.notices = form.notices + form.cleaner.notices()
    return told


def _write(stream: IO[bytes], rows: Iterator[Row], form: Form, suffix: str) -> None:
    from aligner.write import delimited, xlsx

    if suffix == ".xlsx":
        xlsx.write(stream, rows, form, choices={"verdict": ["accept", "reject", "correct"]})
    elif suffix == ".csv":
        delimited.write_csv(stream, rows, form)
    else:
        delimited.write_tsv(stream, rows, form)


def import_review(run: Path | str, file: Path | str, *, force: bool = False) -> Imported:
    """Take the decisions of a review file into the run. A part of the rows is enough, in any order.

    A row whose pair the run no longer has is stale; one that says otherwise than an earlier verdict, or than another
    row of the file, is in conflict: neither is taken, unless `force` puts the file before earlier verdicts. Raises
    `InputError` for a file that is no review file.
    """
    source = corpus.open_runs([run])[0]
    with locked(source.folder):
        reviews = stored(source)
        rows = {row["id"]: row for row in source.rows()}
        told = Imported(problems=list(source.problems))
        found = _decisions(Path(file), rows, told)
        for key, (place, review) in found.items():
            before = reviews.of(rows[key])
            if before is not None and before.differs(review) and not force:
                told.conflicts.append(
                    f"{place} ({key}): says {_shown(review)}, the run has {_shown(before)} (--force takes the file's)"
                )
                continue
            after = before.joined(review) if before is not None and not force else review
            if before is not None and _decided(before) == _decided(after):
                told.same += 1
                continue
            reviews.put(rows[key], after)
            told.taken += 1
        if told.taken:
            keep(source.folder, reviews)
    gone = reviews.stale(rows.values())
    if gone:
        shown = ", ".join(gone[:10]) + (", …" if len(gone) > 10 else "")
        told.notices.append(f"{len(gone)} verdicts are on pairs that the run no longer has, and are kept: {shown}")
    told.table = tally(rows.values(), reviews)
    return told


def _decisions(path: Path, rows: dict[str, Row], told: Imported) -> dict[str, tuple[str, Review]]:
    """The file's decisions by row id, each with its place in the file."""
    by_text: dict[tuple[str, str, str], str | None] = {}
    for key, row in rows.items():
        text_key = (row["document"], row["nl"], row["en"])
        by_text[text_key] = None if text_key in by_text else key  # None: more than one row has these texts
    found: dict[str, tuple[str, Review]] = {}
    doubted: set[str] = set()
    for place, record, trouble in _records(path, told):
        text = {name: restored(record.get(name, "").strip()) for name in FILLED}
        key = record.get("id", "").strip()
        decided = [name for name in FILLED if text[name]]
        if not decided:
            told.untouched += 1
            continue
        if trouble:
            told.conflicts.append(f"{place}: {trouble}")
            continue
        if key not in rows:
            # A spreadsheet may have made a number of the id, or a re-run another one: the pair itself still tells.
            cells = [record.get(name, "") for name in ("document", "nl", "en")]
            same = by_text.get(_three(cells)) or by_text.get(_three(map(restored, cells)))
            if same is None:
                told.stale.append(f"{place} ({key or 'no id'}): the run has no such row: {cells[1][:60]}")
                continue
            key = same
            told.moved += 1
        row = rows[key]
        changed = [
            lang for lang in ("nl", "en") if lang in record and row[lang] not in {record[lang], restored(record[lang])}
        ]
        if changed:
            told.conflicts.append(
                f"{place} ({key}): the cell {changed[0]} is not as it was exported; "
                f"put a better text into corrected_{changed[0]}"
            )
            continue
        review = _review(text, row)
        if review is None:
            told.conflicts.append(
                f"{place} ({key}): unknown verdict {text['verdict'][:30]!r}: accept, reject or correct"
            )
        elif key in found and found[key][1].differs(review):
            told.conflicts.append(
                f"{place} ({key}): says otherwise than {found[key][0]} of the same file; neither taken"
            )
            doubted.add(key)
        elif _decided(review) == ("", "", "", ""):
            told.untouched += 1
        else:
            found[key] = (place, found[key][1].joined(review) if key in found else review)
    if told.moved:
        told.notices.append(f"{told.moved} rows had another id, and were found by their texts")
    return {key: value for key, value in found.items() if key not in doubted}


def _three(cells: Iterable[str]) -> tuple[str, str, str]:
    document, nl, en = cells
    return document, nl, en


def _review(text: dict[str, str], row: Row) -> Review | None:
    verdict = _WORDS.get(text["verdict"].casefold())
    if verdict is None:
        return None
    corrected = {lang: " ".join(text[f"corrected_{lang}"].split()) for lang in ("nl", "en")}
    corrected = {lang: "" if words == row[lang] else words for lang, words in corrected.items()}
    if any(corrected.values()):
        # Whoever writes a better text has decided, whatever stands in the verdict's column.
        verdict = "correct"
    elif verdict == "correct":
        verdict = "accept"  # corrected into what it was
    return Review(verdict, corrected["nl"], corrected["en"], text["comment"])


def _decided(review: Review) -> tuple[str, str, str, str]:
    return review.verdict, review.corrected_nl, review.corrected_en, review.comment


def _shown(review: Review) -> str:
    return "; ".join(part[:60] for part in _decided(review) if part)


def _records(path: Path, told: Imported) -> Iterator[tuple[str, dict[str, str], str]]:
    """Place, cells by column, and trouble of each row of a review file."""
    if not path.is_file():
        raise UsageError(f"no such file: {path}", "Give the file that `aligner review export` or the report wrote.")
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        yield from _workbook(path)
        return
    from aligner.read.pairs import open_pairs

    with open_pairs(path) as table:
        _check_columns(path.name, list(table.columns))
        told.notices += table.notices
        for number, row in enumerate(table.rows(), start=2):
            yield f"row {number}", dict(zip(table.columns, row.cells, strict=True)), row.trouble


def _workbook(path: Path) -> Iterator[tuple[str, dict[str, str], str]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise InputError(f"{path.name} is no workbook that can be read", "Save it as .xlsx or .tsv.") from error
    try:
        rows = book.worksheets[0].iter_rows(values_only=True)
        columns = [_text(value).strip() for value in next(rows, ())]
        _check_columns(path.name, columns)
        for number, values in enumerate(rows, start=2):
            cells = [_text(value) for value in values]
            if any(cells):
                yield f"row {number}", dict(zip(columns, cells, strict=False)), ""
    finally:
        book.close()


def _text(value: Any) -> str:
    from openpyxl.utils.escape import unescape

    # Workbooks write characters that XML forbids as _x000D_; openpyxl leaves them so.
    return "" if value is None else unescape(value) if isinstance(value, str) else str(value)


def _check_columns(name: str, columns: list[str]) -> None:
    missing = [column for column in ("id", "verdict") if column not in columns]
    if missing:
        raise InputError(
            f"{name} has no column {missing[0]}; it has: {', '.join(columns[:8])}",
            "Keep the header line that `aligner review export` wrote.",
        )
