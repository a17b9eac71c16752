"""The data of the report: rows in the order they are shown, offsets as browsers count, context from the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from aligner.errors import RunError
from aligner.records import fold
from aligner.reviews import Reviews
from aligner.write.corpus import Row, Run, number, offsets_of, spans_of
from aligner.write.ledger import read_entries

_STATUS = {"divergent": 0, "review": 1}
_SEVERITY = {"critical": 0, "major": 1, "minor": 2}
_TEXTS = (
    "id", "nl", "en", "alignment", "original", "nl_role", "en_role", "nl_speaker", "en_speaker", "status", "severity",
    "evidence", "suggestion",
)  # fmt: skip
COLUMNS = (
    *_TEXTS, "document", "place", "similarity", "divergence", "kinds", "nl_span", "en_span", "review",
)  # fmt: skip
#: What only the selected pair shows: the page reads it after its first view.
MORE = ("nl_in_en", "en_in_nl", "nl_near", "en_near")
#: Characters of the article shown on each side of a cell.
NEAR = 240
#: Characters of context in one page. Flagged pairs come first: beyond it the others go without.
MOST_NEAR = 12_000_000

Near = tuple[str, str]


def ordered(rows: Iterable[Row]) -> list[tuple[int, Row]]:
    """Rows with their place in the run, those that matter most first: by status, severity and divergence."""

    def weight(item: tuple[int, Row]) -> tuple[int, int, float, int]:
        place, row = item
        severity = _SEVERITY.get(row["severity"], 3)
        return _STATUS.get(row["status"], 2), severity, -(number(row["divergence"]) or 0.0), place

    return sorted(enumerate(rows), key=weight)


def page_data(
    run: Run, rows: Sequence[tuple[int, Row]], reviews: Reviews, unaligned: Sequence[Row]
) -> tuple[dict[str, Any], list[list[Any]]]:
    """What the page's script needs for its first view, and what of each row (`MORE`) may come after."""
    documents: dict[str, int] = {}
    near = contexts(run.folder, rows)
    made, more = [], []
    for place, row in rows:
        kinds = row["kinds"].split(";") if row["kinds"] else []
        review = reviews.of(row)
        told: dict[str, Any] = {name: row[name] for name in _TEXTS} | {
            "document": documents.setdefault(row["document"], len(documents)),
            "place": place,
            "similarity": number(row["similarity"]),
            "divergence": number(row["divergence"]),
            "kinds": kinds,
            "review": [review.verdict, review.corrected_nl, review.corrected_en, review.comment] if review else 0,
        }
        for lang in ("nl", "en"):
            spans = spans_of(row[f"{lang}_span"], len(kinds)) or [None] * len(kinds)
            told[f"{lang}_span"] = [browser_span(row[lang], span) for span in spans]
        made.append([told[name] for name in COLUMNS])
        more.append([row["nl_in_en"], row["en_in_nl"], near.get((row["id"], "nl"), 0), near.get((row["id"], "en"), 0)])
    first = {
        "name": run.name,
        "key": sha256("\n".join(row["id"] for _, row in sorted(rows, key=lambda item: item[0])).encode()).hexdigest()[
            :16
        ],
        "columns": COLUMNS,
        "more": MORE,
        "documents": list(documents),
        "rows": made,
        "unaligned": [
            [row[name] for name in ("document", "text", "reason", "best_text", "translation")] for row in unaligned
        ],
    }
    return first, more


def browser_span(text: str, span: tuple[int, int] | None) -> list[int] | int:
    """A span in UTF-16 units, as scripts count; 0 for none. They differ where an emoji stands before it."""
    if span is None:
        return 0
    return [len(text[:edge].encode("utf-16-le", "surrogatepass")) // 2 for edge in span]


def contexts(folder: Path, rows: Sequence[tuple[int, Row]]) -> dict[tuple[str, str], Near]:
    """What stands before and after each cell in its article, by row id and language, as far as the ledger tells.

    A cell whose offsets no longer fit the article's text has none.
    """
    budget, wanted = MOST_NEAR, set()
    for _, row in rows:
        budget -= 4 * NEAR
        if budget < 0:
            break
        wanted.add(row["id"])
    by_document: dict[str, list[Row]] = {}
    for _, row in rows:
        if row["id"] in wanted:
            by_document.setdefault(row["document"], []).append(row)
    found: dict[tuple[str, str], Near] = {}
    try:
        for entry in read_entries(folder):
            text = str(entry.payload.get("text", ""))
            for row in by_document.get(entry.document, ()) if text else ():
                for lang in ("nl", "en"):
                    near = _near(text, row, lang)
                    if near:
                        found[row["id"], lang] = near
    except RunError:
        return found  # no ledger, or one of another version: the page does without
    return found


def _near(text: str, row: Mapping[str, str], lang: str) -> Near | None:
    starts, ends = offsets_of(row[f"{lang}_start"]), offsets_of(row[f"{lang}_end"])
    if not starts or not ends or len(starts) != len(ends):
        return None
    pieces = [fold(text[start:end]) for start, end in zip(starts, ends, strict=True)]
    if " ".join(pieces) != row[lang]:
        return None
    before, after = text[max(0, starts[0] - NEAR) : starts[0]], text[ends[-1] : ends[-1] + NEAR]
    if starts[0] > NEAR:
        before = f"… {before.partition(' ')[2]}"
    if ends[-1] + NEAR < len(text):
        after = f"{after.rpartition(' ')[0]} …"
    return fold(before), fold(after)


def as_script(data: Any) -> str:
    """JSON that may stand inside `<script>`: nothing in it can end the element or a line."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
