"""What people decided about rows of a run: kept in the run folder, found again after a re-run.

A verdict belongs to a row's id. If a re-run gave the same pair another id (the article changed elsewhere), it is found
by document and both texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

from filelock import FileLock, Timeout

from aligner.errors import RunError
from aligner.write.corpus import KINDS, Row, Run
from aligner.write.ledger import STATE
from aligner.write.tsv import write_atomically

SCHEMA = 1
FILE = "reviews.json"
#: accept: the pair says the same; reject: it does not; correct: it does with the corrected text.
VERDICTS = ("accept", "reject", "correct")
#: Columns that a reviewed row has behind its own.
REVIEW_COLUMNS = ("verdict", "comment")
#: What describes the judge's findings, and no longer holds once a person has decided.
_JUDGED = ("severity", "kinds", "nl_span", "en_span", "evidence", "suggestion")


@dataclass(frozen=True, slots=True)
class Review:
    """One decision, with the pair that it was made on. `corrected_*` are empty where the text is right."""

    verdict: str
    corrected_nl: str = ""
    corrected_en: str = ""
    comment: str = ""
    document: str = ""
    nl: str = ""
    en: str = ""

    def differs(self, other: Review) -> bool:
        """Whether the two cannot both hold; what only one of them says is no difference."""
        names = ("verdict", "corrected_nl", "corrected_en", "comment")
        return any(
            getattr(self, name) and getattr(other, name) and getattr(self, name) != getattr(other, name)
            for name in names
        )

    def joined(self, other: Review) -> Review:
        """`other`, with what only this one says."""
        names = ("verdict", "corrected_nl", "corrected_en", "comment")
        return replace(other, **{name: getattr(other, name) or getattr(self, name) for name in names})


@dataclass
class Reviews:
    """The decisions of a run by row id. `moved` are those whose id the run no longer has, by document and texts."""

    by_id: dict[str, Review] = field(default_factory=dict)
    moved: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def of(self, row: Mapping[str, str]) -> Review | None:
        """The decision on a row, None if nobody made one."""
        key = row["id"]
        if key not in self.by_id and self.moved:
            key = self.moved.get((row["document"], row["nl"], row["en"]), key)
        return self.by_id.get(key)

    def put(self, row: Mapping[str, str], review: Review) -> None:
        """Record a decision on a row, in place of an earlier one on the same pair under another id."""
        text = (row["document"], row["nl"], row["en"])
        self.by_id.pop(self.moved.pop(text, ""), None)
        self.by_id[row["id"]] = replace(review, document=text[0], nl=text[1], en=text[2])

    def stale(self, rows: Iterable[Mapping[str, str]]) -> list[str]:
        """Ids of decisions on pairs that are not among `rows`."""
        left = dict(self.by_id)
        for row in rows:
            left.pop(row["id"], None)
            left.pop(self.moved.get((row["document"], row["nl"], row["en"]), ""), None)
        return sorted(left)


def stored(run: Run) -> Reviews:
    """The decisions kept in a run's folder; none is no error. Raises `RunError` if they cannot be read."""
    reviews = _loaded(run.folder)
    if reviews.by_id:
        # A pair may stand twice in a document: only a decision that has lost its own row may go to another by its text.
        gone = reviews.by_id.keys() - {row["id"] for row in run.unchecked()}
        doubted = set()
        for key in sorted(gone):
            one = reviews.by_id[key]
            text = (one.document, one.nl, one.en)
            if text in reviews.moved and reviews.by_id[reviews.moved[text]].differs(one):
                doubted.add(text)
            reviews.moved[text] = key
        for text in doubted:
            del reviews.moved[text]  # nobody can tell which of the two decisions is meant
    return reviews


def _loaded(folder: Path) -> Reviews:
    path = folder / STATE / FILE
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record["schema"] != SCHEMA:
            raise RunError(
                f"the verdicts of {folder.name} were written by another version of aligner",
                "Export them with that version (`aligner review export`), and import the file here.",
            )
        names = {one.name for one in fields(Review)}
        if not all(one.keys() <= names and one["verdict"] in {*VERDICTS, ""} for one in record["reviews"].values()):
            raise ValueError("a verdict is not of the form this version writes")
        return Reviews({str(key): Review(**one) for key, one in record["reviews"].items()})
    except FileNotFoundError:
        return Reviews()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RunError(
            f"the verdicts of {folder.name} ({STATE}/{FILE}) are damaged: {error}", "Mend the file or move it away."
        ) from error


def keep(folder: Path, reviews: Reviews) -> None:
    """Write the decisions into the run folder."""
    record = {"schema": SCHEMA, "reviews": {key: asdict(one) for key, one in sorted(reviews.by_id.items())}}
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    write_atomically(folder / STATE / FILE, lambda stream: stream.write(text))


def locked(folder: Path) -> FileLock:
    """Hold this while reading, changing and writing decisions. Raises `RunError` if somebody else holds it."""
    try:
        (folder / STATE).mkdir(exist_ok=True)
        lock = FileLock(folder / STATE / "reviews.lock")
        lock.acquire(timeout=10)
    except Timeout as error:
        raise RunError("another import into this run is going on", "Wait for it to end.") from error
    except OSError as error:
        raise RunError(f"cannot write into {folder}: {error.strerror}", "Make it writable.") from error
    return lock


def reviewed_row(row: Row, reviews: Reviews) -> Row | None:
    """`row` with a person's decision in the place of the judge's; None if it was rejected."""
    review = reviews.of(row)
    if review is None or not review.verdict:
        return row | {"verdict": "", "comment": review.comment if review else ""}
    if review.verdict == "reject":
        return None
    told = row | dict.fromkeys(_JUDGED, "") | {"verdict": review.verdict, "comment": review.comment}
    told["status"] = "equivalent"
    for lang in ("nl", "en"):
        told[lang] = getattr(review, f"corrected_{lang}") or row[lang]
    return told


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a flag was right: rows flagged with a kind, how many people looked at, and what they said."""

    kind: str
    flagged: int
    right: int
    wrong: int

    @property
    def reviewed(self) -> int:
        """Rows with a verdict."""
        return self.right + self.wrong


def tally(rows: Iterable[Mapping[str, str]], reviews: Reviews) -> list[Tally]:
    """One line a kind, one for flagged rows at all, one for rows that were not flagged.

    A flag is right if a person rejected or corrected the pair. A row of several kinds counts for each of them, since a
    verdict does not say which one was meant. Rows not flagged are right if they were accepted.
    """
    counts: dict[str, list[int]] = {name: [0, 0, 0] for name in (*KINDS, "any flag", "not flagged")}
    for row in rows:
        flagged = row["status"] in {"review", "divergent"}
        names = (
            {kind for kind in row["kinds"].split(";") if kind in KINDS} | {"any flag"} if flagged else {"not flagged"}
        )
        review = reviews.of(row)
        for name in names:
            counts[name][0] += 1
            if review is not None and review.verdict:
                counts[name][1 if (review.verdict != "accept") == flagged else 2] += 1
    return [Tally(name, *numbers) for name, numbers in counts.items() if numbers[0] or name == "any flag"]
