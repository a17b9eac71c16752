"""Export: rows of one or several runs, chosen and without copies, into a file of another form.

Rows pass one by one, so that memory stays flat (but for the ids seen, and the texts where near copies are sought).
Nothing here prints; what is to be told is in the `Outcome`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from aligner.errors import UsageError
from aligner.records import Role
from aligner.reviews import REVIEW_COLUMNS, Reviews, reviewed_row, stored
from aligner.write import corpus, files, tsv
from aligner.write.corpus import Problem, Row, Run
from aligner.write.duplicates import MODES, Duplicates
from aligner.write.form import ALL, Form
from aligner.write.writers import check_form, write_rows

#: Formats in which a row is a pair, so that a sentence without a counterpart has no place.
PAIRS_ONLY = frozenset({"tmx", "moses"})
SPREADSHEETS = frozenset({"tsv", "csv", "xlsx"})
SOURCES = ("auto", "nl", "en", "all")


@dataclass(frozen=True)
class Choice:
    """Which rows to take; empty means all. `reviewed` puts people's verdicts in the place of the judge's."""

    status: frozenset[str] = frozenset()
    min_similarity: float | None = None
    kinds: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    dedupe: str = ""
    reviewed: bool = False
    unaligned: bool = False

    def __post_init__(self) -> None:
        for name, known in (("status", corpus.STATUSES), ("kinds", corpus.KINDS), ("roles", tuple(map(str, Role)))):
            unknown = sorted(set(getattr(self, name)) - set(known))
            if unknown:
                raise UsageError(f"--{name} {unknown[0]} is not known", f"Choose from: {', '.join(known)}.")
        if self.dedupe and self.dedupe not in MODES:
            raise UsageError(f"--dedupe {self.dedupe} is not known", f"Choose one of: {', '.join(MODES)}.")
        if self.min_similarity is not None and not 0.0 <= self.min_similarity <= 1.0:
            raise UsageError(f"--min-similarity {self.min_similarity} is not in 0..1", "Give a number such as 0.8.")
        if self.unaligned and (self.status or self.kinds or self.dedupe or self.reviewed or self.min_similarity):
            raise UsageError(
                "--unaligned takes no filter but --roles",
                "Sentences without a counterpart have no status, kinds or score.",
            )

    def takes(self, row: Row) -> bool:
        """Whether a row passes the filters."""
        if self.status and row["status"] not in self.status:
            return False
        if self.min_similarity is not None and (corpus.number(row["similarity"]) or 0.0) < self.min_similarity:
            return False
        if self.kinds and self.kinds.isdisjoint(row["kinds"].split(";")):
            return False
        roles = {row["role"]} if self.unaligned else {row["nl_role"], row["en_role"]}
        return not self.roles or not self.roles.isdisjoint(roles)

    def words(self) -> str:
        """The choice as text, for the file's metadata."""
        told = [f"{name} {','.join(sorted(getattr(self, name)))}" for name in ("status", "kinds", "roles")]
        parts = [text for text in told if not text.endswith(" ")]
        if self.min_similarity is not None:
            parts.append(f"similarity at least {self.min_similarity:g}")
        parts += [f"without {self.dedupe} duplicates"] if self.dedupe else []
        return "; ".join(parts + (["reviewed"] if self.reviewed else []) + (["unaligned"] if self.unaligned else []))


@dataclass
class Outcome:
    """What became of an export: counts, and what is to be told."""

    read: int = 0
    written: int = 0
    filtered: int = 0
    repeated: int = 0
    exact: int = 0
    near: int = 0
    rejected: int = 0
    other_language: int = 0
    files: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The summary line that ends the command."""
        left = {
            "filtered out": self.filtered,
            "in several runs": self.repeated,
            "exact duplicates": self.exact,
            "near duplicates": self.near,
            "rejected in review": self.rejected,
            "in the other language": self.other_language,
            "damaged": sum(problem.dropped for problem in self.problems),
        }
        told = [f"{count} {what}" for what, count in left.items() if count]
        return f"{self.written} row{'' if self.written == 1 else 's'} exported" + (f"; {', '.join(told)}" * bool(told))


def export(
    paths: Sequence[Path | str],
    form_name: str,
    out: Path | IO[bytes],
    choice: Choice | None = None,
    *,
    source: str = "auto",
    codes: tuple[str, str] = ("nl", "en"),
    locale: str = "",
    excel_safe: bool = False,
    bom: bool | None = None,
    force: bool = False,
) -> Outcome:
    """Write the rows of the runs at `paths` to a file, or to a binary stream where the format is one text.

    `codes` are the language codes for Dutch and English in TMX and XLIFF. Raises `UsageError` for options that do not
    go together or a file in the way, `RunError` for a folder that is no run.
    """
    choice = choice or Choice()
    _check_options(form_name, out, choice, source, locale, excel_safe, bom)
    runs = corpus.open_runs(paths)
    outcome = Outcome()
    reviews = [stored(run) if choice.reviewed else Reviews() for run in runs]
    form = Form(
        columns=_columns(choice, runs),
        dates={run.name: run.written for run in runs},
        source=_source(source, form_name, runs, choice, outcome),
        codes=dict(zip(("nl", "en"), codes, strict=True)),
        locale=locale,
        excel_safe=excel_safe,
        bom=bom,
        chosen=choice.words(),
    )
    rows = _counted(_unaligned(runs, choice, form, form_name, outcome) if choice.unaligned
                    else _pairs(runs, reviews, choice, outcome), outcome)  # fmt: skip
    if isinstance(out, Path):
        targets = [out.with_name(f"{out.name}.{lang}") for lang in ("nl", "en")] if form_name == "moses" else [out]
        _keep_inputs(targets, runs)
        with files.replacing(targets, force=force) as temporary, ExitStack() as opened:
            write_rows(form_name, [opened.enter_context(path.open("wb")) for path in temporary], rows, form)
        outcome.files = targets
    else:
        write_rows(form_name, [out], rows, form)
    outcome.problems = [problem for run in runs for problem in run.problems]
    outcome.notices += form.notices + form.cleaner.notices()
    return outcome


def _check_options(
    form_name: str, out: object, choice: Choice, source: str, locale: str, excel_safe: bool, bom: bool | None
) -> None:
    check_form(form_name, out)
    if source not in SOURCES:
        raise UsageError(f"--source {source} is not known", f"Choose one of: {', '.join(SOURCES)}.")
    if source == "all" and form_name == "xliff":
        raise UsageError("an XLIFF file has one source language", "Choose --source nl or en.")
    if locale not in {"", "nl", "en"}:
        raise UsageError(f"--locale {locale} is not known", "Choose nl (decimal comma) or en.")
    if (locale == "nl" or excel_safe) and form_name not in SPREADSHEETS:
        raise UsageError(f"--locale nl and --excel-safe are for spreadsheets, not {form_name}", "Leave them out.")
    if bom is not None and form_name not in {"tsv", "csv"}:
        raise UsageError(f"--bom is for tsv and csv, not {form_name}", "Leave it out.")
    if choice.unaligned and form_name in PAIRS_ONLY:
        raise UsageError(
            f"{form_name} holds pairs; sentences without a counterpart do not fit in", "Use tsv, xlsx, xliff or jsonl."
        )


def _columns(choice: Choice, runs: Sequence[Run]) -> list[str]:
    columns = list(tsv.UNALIGNED_COLUMNS if choice.unaligned else tsv.CORPUS_COLUMNS)
    columns += list(REVIEW_COLUMNS) if choice.reviewed else []
    return columns + [corpus.RUN] * (len(runs) > 1)


def _source(source: str, form_name: str, runs: Sequence[Run], choice: Choice, outcome: Outcome) -> str:
    """The source language of the file: as asked, else that of all originals, else `*all*` (XLIFF: nl, and told)."""
    if source in {"nl", "en"}:
        return source
    if source == "all" or form_name not in {"tmx", "xliff"}:
        return ALL
    found: set[str] = set()
    for run in runs:
        for row in run.unaligned() if choice.unaligned else run.unchecked():
            if choice.takes(row):
                found.add(row["lang" if choice.unaligned else "original"])
            if {"nl", "en"} <= found:
                break
    known = found & {"nl", "en"}
    if len(known) == 1:
        return known.pop()
    if form_name == "xliff" and known:
        outcome.notices.append("the originals are in both languages: Dutch is the source of all (--source en turns it)")
        return "nl"
    return ALL


def _pairs(runs: Sequence[Run], reviews: Sequence[Reviews], choice: Choice, outcome: Outcome) -> Iterator[Row]:
    duplicates = Duplicates(choice.dedupe) if choice.dedupe else None
    seen: set[str] = set()
    for run, known in zip(runs, reviews, strict=True):
        for row in run.rows():
            outcome.read += 1
            if len(runs) > 1:
                if row["id"] in seen:
                    outcome.repeated += 1
                    continue
                seen.add(row["id"])
            row[corpus.RUN] = run.name
            told = reviewed_row(row, known) if choice.reviewed else row
            if told is None:
                outcome.rejected += 1
                continue
            if not choice.takes(told):
                outcome.filtered += 1
            elif duplicates is None or not duplicates(told):
                yield told
            else:
                outcome.exact, outcome.near = duplicates.exact, duplicates.near


def _unaligned(runs: Sequence[Run], choice: Choice, form: Form, form_name: str, outcome: Outcome) -> Iterator[Row]:
    for run in runs:
        for row in run.unaligned():
            outcome.read += 1
            row[corpus.RUN] = run.name
            if not choice.takes(row):
                outcome.filtered += 1
            elif form_name == "xliff" and row["lang"] != ("nl" if form.source == ALL else form.source):
                outcome.other_language += 1
            else:
                yield row


def _counted(rows: Iterator[Row], outcome: Outcome) -> Iterator[Row]:
    for row in rows:
        outcome.written += 1
        yield row


def _keep_inputs(targets: Sequence[Path], runs: Sequence[Run]) -> None:
    """A run's own files are never written over, not even with --force."""
    for run in runs:
        own = {(run.folder / name).resolve() for name in ("corpus.tsv", "unaligned.tsv", "failures.tsv", "run.json")}
        if own & {target.resolve() for target in targets}:
            raise UsageError("that file belongs to the run itself", "Choose another --out.")
