"""Reading back what a run wrote, row by row: `corpus.tsv` and `unaligned.tsv` of one or several run folders.

A file may have been cut by a full disk or edited by hand. A row that cannot be used is left out, one that is odd is
kept; each is told as a `Problem` with its line, so that nothing passes in silence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from time import gmtime, strftime
from typing import Any, NamedTuple

from aligner import __version__
from aligner.errors import RunError
from aligner.write.ledger import LEDGER, STATE
from aligner.write.tsv import CORPUS_COLUMNS, UNALIGNED_COLUMNS

#: Without these a row is no pair; any other missing column is told and read as empty.
NEEDED = ("id", "nl", "en")
#: Where a row comes from, when several runs are read together.
RUN = "run"
STATUSES = ("equivalent", "review", "divergent")
KINDS = ("omission", "addition", "number", "entity", "negation", "speaker", "meaning", "unrelated")
SIDES = ("nl", "en")

Row = dict[str, str]


class Problem(NamedTuple):
    """Something wrong with a run: the line of its file (0: the file as a whole), and whether the row was left out."""

    run: str
    line: int
    message: str
    dropped: bool = False

    def __str__(self) -> str:
        place = f"{self.run}, line {self.line}" if self.line else self.run
        return f"{place}: {self.message}{'; left out' if self.dropped else ''}"


@dataclass
class Run:
    """A run folder to read from. `name` tells it apart from the others read with it.

    `lasting` are the problems of the folder as a whole; `problems` these and those of the rows read last.
    """

    folder: Path
    name: str
    written: str
    version: str
    lasting: tuple[Problem, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        """The rows of `corpus.tsv`, every column of the contract filled or empty, the problems noted on the way.

        May be called again; problems are then noted anew. Raises `RunError` if the file cannot be read as rows.
        """
        self.problems[:] = self.lasting
        seen: dict[int, int] = {}
        for line, row in self._records("corpus.tsv", CORPUS_COLUMNS, NEEDED):
            trouble = _unusable(row)
            key = int.from_bytes(sha256(row["id"].encode("utf-8")).digest()[:7], "big")
            if not trouble and key in seen:
                trouble = f"the id {row['id']} stands in line {seen[key]} already"
            if trouble:
                self._note(line, trouble, dropped=True)
                continue
            seen[key] = line
            for message in _oddities(row):
                self._note(line, message)
            yield row

    def unchecked(self) -> Iterator[Row]:
        """The rows of `corpus.tsv` as they stand, for a first look; `rows` then tells what is wrong with them."""
        for _, row in self._records("corpus.tsv", CORPUS_COLUMNS, NEEDED):
            yield row

    def unaligned(self) -> Iterator[Row]:
        """The rows of `unaligned.tsv`, with an `id` made of their content."""
        self.problems[:] = self.lasting
        for _, row in self._records("unaligned.tsv", UNALIGNED_COLUMNS, ("document", "text")):
            content = repr([row[name] for name in ("document", "lang", "start", "end", "text")])
            row["id"] = sha256(content.encode("utf-8")).hexdigest()[:16]
            yield row

    def _records(self, name: str, known: Sequence[str], needed: Sequence[str]) -> Iterator[tuple[int, Row]]:
        path = self.folder / name
        try:
            stream = path.open("rb")
        except OSError as error:
            raise RunError(f"{self.name}: {name} cannot be read: {error.strerror}", _AGAIN) from error
        with stream:
            header = _cells(stream.readline()) or [""]
            columns = [column.strip() for column in header]
            self._check_header(name, columns, known, needed)
            width = len(columns)
            blank = dict.fromkeys(known, "")
            number = 1
            for number, data in enumerate(stream, start=2):
                cells = _cells(data)
                if cells is None:
                    self._note(number, "the line is not UTF-8", dropped=True)
                elif len(cells) != width:
                    cut = "" if data.endswith(b"\n") else "the file ends in the middle of this row: "
                    self._note(number, f"{cut}{len(cells)} cells where the header has {width}", dropped=True)
                else:
                    if not data.endswith(b"\n"):
                        self._note(number, "the file ends without a line end, its last row may be cut")
                    yield number, {**blank, **dict(zip(columns, cells, strict=True))}

    def _check_header(self, name: str, columns: list[str], known: Sequence[str], needed: Sequence[str]) -> None:
        if len(columns) < 2 or set(needed) - set(columns):
            absent = ", ".join(column for column in needed if column not in columns)
            raise RunError(
                f"{self.name}: {name} has no header line"
                if len(columns) < 2
                else f"{self.name}: {name} has no column {absent}",
                "Its first line names the columns; `aligner align` into the same folder writes the file anew.",
            )
        if len(set(columns)) < len(columns):
            twice = next(column for column in columns if columns.count(column) > 1)
            raise RunError(f"{self.name}: {name} has two columns named {twice}", "Leave one of them.")
        missing = [column for column in known if column not in columns]
        if missing:
            self._note(0, f"{name} lacks columns, read as empty: {', '.join(missing)}")
        foreign = [column for column in columns if column not in known]
        if foreign:
            self._note(0, f"{name} has columns that this version does not know: {', '.join(foreign)}")

    def _note(self, line: int, message: str, *, dropped: bool = False) -> None:
        self.problems.append(Problem(self.name, line, message, dropped))


_AGAIN = "Run `aligner align` into that folder again: it goes on where it stopped."


def open_runs(paths: Sequence[Path | str]) -> list[Run]:
    """The run folders at `paths` (or the `corpus.tsv` inside), each with a name of its own.

    Raises `RunError` for what is no run, was given twice, or was stopped before it wrote its files.
    """
    folders = [_folder(Path(path)) for path in paths]
    if len({folder.resolve() for folder in folders}) < len(folders):
        raise RunError("the same run was given twice", "Name each run folder once.")
    short = [folder.resolve().name or str(folder) for folder in folders]
    names = [name if short.count(name) == 1 else str(path) for name, path in zip(short, folders, strict=True)]
    return [_open(folder, name) for folder, name in zip(folders, names, strict=True)]


def _folder(path: Path) -> Path:
    folder = path.parent if path.name == "corpus.tsv" and path.is_file() else path
    if not folder.is_dir():
        raise RunError(f"no such run folder: {path}", "Give the --out folder of an `aligner align` run.")
    if not (folder / "corpus.tsv").is_file():
        if (folder / STATE / LEDGER).is_file():
            raise RunError(f"the run in {folder} was stopped before it wrote corpus.tsv", _AGAIN)
        raise RunError(f"{folder} is not a run folder", "Give the --out folder of an `aligner align` run.")
    return folder


def _open(folder: Path, name: str) -> Run:
    problems: list[Problem] = []
    record: dict[str, Any] = {}
    try:
        loaded = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        record = loaded if isinstance(loaded, dict) else {}
        trouble = "" if record else "run.json is not what a run writes"
    except FileNotFoundError:
        trouble = "there is no run.json: the run may have been stopped halfway"
    except (OSError, ValueError):
        trouble = "run.json cannot be read"
    version = str(record.get("version", ""))
    if not trouble and version != __version__:
        trouble = f"written by aligner {version or 'of an unknown version'}, this is {__version__}"
    if trouble:
        problems.append(Problem(name, 0, trouble))
    modified = strftime("%Y-%m-%dT%H:%M:%SZ", gmtime((folder / "corpus.tsv").stat().st_mtime))
    return Run(folder, name, str(record.get("written") or modified), version, tuple(problems), list(problems))


def _cells(data: bytes) -> list[str] | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    # A spreadsheet may have saved the file with Windows line ends and a mark at its start.
    return text.removeprefix("\ufeff").removesuffix("\n").removesuffix("\r").split("\t")


def _unusable(row: Row) -> str:
    if not row["id"].strip():
        return "the row has no id"
    empty = [lang for lang in SIDES if not row[lang].strip()]
    return f"the cell {empty[0]} is empty" if empty else ""


def _oddities(row: Row) -> Iterator[str]:
    for name in ("similarity", "divergence"):
        if row[name] and number(row[name]) is None:
            yield f"{name} is no number: {row[name][:20]}"
    if row["status"] and row["status"] not in STATUSES:
        yield f"unknown status: {row['status'][:20]}"
    kinds = row["kinds"].split(";") if row["kinds"] else []
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        yield f"unknown kind: {unknown[0][:20]}"
    for lang in SIDES:
        spans = spans_of(row[f"{lang}_span"], len(kinds))
        if spans is None or any(span and span[1] > len(row[lang]) for span in spans):
            yield f"{lang}_span does not fit its cell and kinds: {row[f'{lang}_span'][:40]}"
        if offsets_of(row[f"{lang}_start"]) is None or offsets_of(row[f"{lang}_end"]) is None:
            yield f"the offsets of {lang} are no numbers"
    if all(row[f"{lang}_{edge}"] for lang in SIDES for edge in ("start", "end")) and not _fits_id(row):
        yield f"edited by hand: its text or place is not what the id {row['id'][:16]} was made of"


def _fits_id(row: Row) -> bool:
    """Whether the id is the hash that `rows.row_id` makes of this row."""
    places: list[list[int]] = []
    for lang in SIDES:
        starts, ends = offsets_of(row[f"{lang}_start"]), offsets_of(row[f"{lang}_end"])
        if starts is None or ends is None or len(starts) != len(ends):
            return False
        places += [list(pair) for pair in zip(starts, ends, strict=True)]
    content = repr((row["document"], row["nl"], row["en"], places))
    return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16] == row["id"]


def number(text: str) -> float | None:
    """A score as a number, None for anything that is not one in 0..1."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0.0 <= value <= 1.0 else None


def offsets_of(text: str) -> list[int] | None:
    """`;`-joined offsets as a list (empty for an empty cell), None if one is no number."""
    parts = text.split(";") if text else []
    return [int(part) for part in parts] if all(part.isdecimal() for part in parts) else None


def spans_of(text: str, count: int) -> list[tuple[int, int] | None] | None:
    """`count` spans as (start, end), None for an empty one; None if the cell is not of that form."""
    spans: list[tuple[int, int] | None] = []
    for part in text.split(";") if text or count else []:
        start, dash, end = part.partition("-")
        if not part:
            spans.append(None)
        elif dash and start.isdecimal() and end.isdecimal() and int(start) <= int(end):
            spans.append((int(start), int(end)))
        else:
            return None
    if not text:
        return [None] * count
    return spans if len(spans) == count else None
