"""Scores a run over `corpora/examples` against its gold. Used by `gate.py` and `bench_captions.py`.

A crash or a missing row counts as a miss. Token F1 is over folded, case-folded words.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "corpora" / "examples"

#: A row answers a gold unit if their caption texts share at least this token F1.
SAME_UNIT = 0.6
#: Its body text is the right one if it shares at least this token F1 with the gold pieces.
SAME_BODY = 0.5


def gold(split: str) -> list[dict[str, Any]]:
    """The gold articles of a split (`dev`, `gate`, or `all`), in file order."""
    lines = (EXAMPLES / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line) for line in lines if line.strip()]
    return [article for article in articles if split in ("all", article["split"])]


def digest() -> str:
    """SHA-256 over the gold and every example, so that a changed page trips the gate."""
    total = hashlib.sha256()
    for path in sorted(path for path in EXAMPLES.rglob("*") if path.is_file()):
        total.update(path.relative_to(EXAMPLES).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def token_f1(a: str, b: str) -> float:
    left, right = Counter(words(a)), Counter(words(b))
    shared = sum((left & right).values())
    return 2 * shared / (sum(left.values()) + sum(right.values())) if shared else 0.0


@dataclass
class Score:
    """Counts by name; `table()` gives the shares that the gate pins."""

    counts: Counter[str] = field(default_factory=Counter)
    body_f1: list[float] = field(default_factory=list)
    partial_f1: list[float] = field(default_factory=list)  # of units whose body text is part of its sentences
    errors: list[str] = field(default_factory=list)

    def share(self, part: str, whole: str) -> float:
        return self.counts[part] / self.counts[whole] if self.counts[whole] else 1.0

    def table(self) -> dict[str, float]:
        flagged = self.counts["flag hit"] + self.counts["flag false"]
        table = {
            "alignment: right body text": self.share("align right", "align gold"),
            "alignment: span token F1": sum(self.body_f1) / len(self.body_f1) if self.body_f1 else 0.0,
            "alignment: kept (not lost)": 1 - self.share("align lost", "align gold"),
            "unaligned: left alone": self.share("none right", "none gold"),
            "unaligned: right reason": self.share("reason right", "none gold"),
            "speaker: caption": self.share("caption speaker right", "speaker gold"),
            "speaker: body": self.share("body speaker right", "speaker gold"),
            "credits found": self.share("credit right", "credit gold"),
            "divergence: precision": self.counts["flag hit"] / flagged if flagged else 1.0,
            "divergence: recall": self.share("flag hit", "divergent gold"),
            "divergence: recall with review": self.share("flag or review hit", "divergent gold"),
            "faithful: not flagged": 1 - self.share("flag false", "faithful gold"),
            "faithful: not in review": 1 - self.share("review false", "faithful gold"),
            "divergence: right kind first": self.share("kind first", "flag hit"),
        }
        for kind in ("number", "entity", "negation", "speaker", "omission", "addition", "meaning"):
            table[f"recall of {kind}"] = self.share(f"kind {kind} hit", f"kind {kind} gold")
        return table


def score(
    articles: Iterable[Mapping[str, Any]],
    corpus: Sequence[Mapping[str, str]],
    unaligned: Sequence[Mapping[str, str]],
    credits: Mapping[str, Sequence[str]],
) -> Score:
    """Score rows of `corpus.tsv` and `unaligned.tsv` (all documents) against gold articles."""
    total = Score()
    for article in articles:
        name = article["document"]
        rows = [row for row in corpus if row["document"] == name]
        left = [row for row in unaligned if row["document"] == name]
        for credit in set(article["credits"]):
            total.counts["credit gold"] += 1
            if any(credit in found or found in credit for found in credits.get(name, ()) if found):
                total.counts["credit right"] += 1
            else:
                total.errors.append(f"{name}: credit not found: {credit!r}, got {list(credits.get(name, ()))}")
        for unit in article["units"]:
            row = _answer(unit["text"], rows, unit["lang"])
            alone = _answer(unit["text"], left, "text")
            if unit["body"]:
                _score_aligned(total, name, article["lang"], unit, row, alone)
            else:
                _score_unaligned(total, name, unit, row, alone)
    return total


def _answer(text: str, rows: Sequence[Mapping[str, str]], column: str) -> Mapping[str, str] | None:
    ranked = [(token_f1(text, row[column]), row) for row in rows if column in row]
    best = max(ranked, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= SAME_UNIT else None


def _score_aligned(
    total: Score,
    name: str,
    lang: str,
    unit: Mapping[str, Any],
    row: Mapping[str, str] | None,
    alone: Mapping[str, str] | None,
) -> None:
    total.counts["align gold"] += 1
    kinds = set(unit["kinds"])
    total.counts["divergent gold" if kinds else "faithful gold"] += 1
    for kind in kinds:
        total.counts[f"kind {kind} gold"] += 1
    speaking = bool(unit["caption_speaker"] or unit["body_speaker"])
    total.counts["speaker gold"] += speaking
    if row is None:
        total.counts["align lost"] += 1
        why = f"unaligned ({alone['best_score']}: {alone['best_text']!r})" if alone else "no row"
        total.errors.append(f"{name}: lost, {why}: {unit['text']!r} = {unit['body']}")
        return
    wanted = " ".join(unit["body"])
    f1 = token_f1(row[lang], wanted)
    if f1 < SAME_BODY:
        total.errors.append(f"{name}: wrong body for {unit['text']!r}: {row[lang]!r}, wanted {wanted!r}")
    else:
        total.counts["align right"] += 1
        total.body_f1.append(f1)
        if unit.get("partial"):
            total.partial_f1.append(f1)
        if f1 < 0.85:
            total.errors.append(f"{name}: span F1 {f1:.2f} for {unit['text']!r}: {row[lang]!r}, wanted {wanted!r}")
    caption_lang = unit["lang"]
    if speaking:
        for side, got in (("caption", row[f"{caption_lang}_speaker"]), ("body", row[f"{lang}_speaker"])):
            right = _same_name(got, unit[f"{side}_speaker"])
            total.counts[f"{side} speaker right"] += right
            if not right:
                total.errors.append(
                    f"{name}: {side} speaker {got!r}, wanted {unit[f'{side}_speaker']!r}: {unit['text']!r}"
                )
    flagged, review = row["status"] == "divergent", row["status"] == "review"
    told = row["kinds"].split(";") if row["kinds"] else []
    if kinds:
        total.counts["flag hit"] += flagged
        total.counts["flag or review hit"] += flagged or review
        total.counts["kind first"] += flagged and bool(told) and told[0] in kinds
        for kind in kinds & set(told):
            total.counts[f"kind {kind} hit"] += flagged or review
    else:
        total.counts["flag false"] += flagged
        total.counts["review false"] += review
    if (flagged and not kinds) or (kinds and not flagged) or (kinds and told and told[0] not in kinds):
        total.errors.append(
            f"{name}: {row['status']} {row['divergence']} {told}, gold {sorted(kinds)}: {row['nl']!r} | {row['en']!r} | {row['evidence']}"
        )


def _score_unaligned(
    total: Score, name: str, unit: Mapping[str, Any], row: Mapping[str, str] | None, alone: Mapping[str, str] | None
) -> None:
    total.counts["none gold"] += 1
    total.counts["none right"] += row is None
    right = alone is not None and alone["reason"] == unit["reason"]
    total.counts["reason right"] += right and row is None
    if row is not None:
        total.errors.append(f"{name}: wrongly aligned {row['similarity']}: {row['nl']!r} = {row['en']!r}")
    elif not right:
        told = alone["reason"] if alone else "no row"
        total.errors.append(f"{name}: reason {told!r}, wanted {unit['reason']!r}: {unit['text']!r}")


def _same_name(got: str, wanted: str) -> bool:
    a, b = words(got), words(wanted)
    return a == b or (
        bool(a) and bool(b) and (a[-1] == b[-1] and (set(a) <= set(b) or set(b) <= set(a))) and len(a) >= len(b)
    )
