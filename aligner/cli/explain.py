"""`aligner explain`: why one row is as it is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from aligner.cli.show import plain


def explain(
    run: Annotated[Path, typer.Argument(help="The run folder.")],
    row_id: Annotated[str, typer.Argument(metavar="ID", help="The row's id, or its first characters.")],
) -> None:
    """Show one row: token alignment, scores, and the rules and thresholds that decided.

    Example:

      aligner explain corpus 3f2a
    """
    from aligner.api import find_row

    found = find_row(run, row_id)
    sys.stdout.write("\n".join(_lines(found["row"], found["details"], found["thresholds"])) + "\n")


def _lines(row: dict[str, Any], details: dict[str, Any], thresholds: dict[str, float]) -> list[str]:
    lines = [
        f"{row['id']}  {plain(row['document'])}  {row['alignment']}  similarity {float(row['similarity']):.3f}",
        f"  nl ({row['nl_role']}, {plain(row['nl_speaker']) or 'no speaker'}): {plain(row['nl'])}",
        f"  en ({row['en_role']}, {plain(row['en_speaker']) or 'no speaker'}): {plain(row['en'])}",
        "",
        f"status {row['status']}: divergence {float(row['divergence']):.3f}"
        f" (review from {thresholds['review']:.2f}, divergent from {thresholds['divergent']:.2f})",
    ]
    kinds = row["kinds"].split(";") if row["kinds"] else []
    nl_spans, en_spans = row["nl_span"].split(";"), row["en_span"].split(";")
    for kind, nl, en in zip(kinds, nl_spans, en_spans, strict=False):
        lines.append(f"  {kind}: nl {_words(row['nl'], nl)}  en {_words(row['en'], en)}")
    if row["evidence"]:
        lines.append(f"  {plain(row['evidence'])}")
    lines += ["", "scores:"]
    lines += [f"  {name:<28} {value:8.3f}" for name, value in details["scores"].items()]
    lines += ["", "word alignment (Dutch, score of its best counterpart, linked English words):"]
    links: dict[int, list[int]] = {}
    for a, b in details["links"]:
        links.setdefault(a, []).append(b)
    for number, (start, end, score) in enumerate(details["nl_words"]):
        linked = " ".join(
            plain(row["en"][details["en_words"][b][0] : details["en_words"][b][1]]) for b in links.get(number, [])
        )
        lines.append(f"  {plain(row['nl'][start:end]):<24} {score:6.3f}  {linked}")
    reached = {b for pairs in links.values() for b in pairs}
    left = [
        plain(row["en"][s:e]) + f" ({score:.2f})"
        for i, (s, e, score) in enumerate(details["en_words"])
        if i not in reached
    ]
    if left:
        lines.append("English words no Dutch word points to: " + ", ".join(left))
    return lines


def _words(text: str, span: str) -> str:
    if not span:
        return "–"
    start, end = span.split("-")
    return f"“{plain(text[int(start) : int(end)])}”"
