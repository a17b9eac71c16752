"""TSV in the contract's dialect and CSV as in RFC 4180, for spreadsheets where asked."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import IO

from aligner.write.form import Form
from aligner.write.tsv import cell

#: Columns of scores, whose decimal mark depends on the country.
SCORES = frozenset({"similarity", "divergence", "best_score"})

# What a spreadsheet takes for a formula at the start of a cell, full-width forms included (OWASP, "CSV injection").
# Apostrophes before it belong to the pattern: one is added to any number of them, and so can be taken off again.
_FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]")


def defused(text: str) -> str:
    """`text` with an apostrophe before it if a spreadsheet would take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """What `defused` was given: `restored(defused(text)) == text` for every text."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def write_tsv(stream: IO[bytes], rows: Iterable[Mapping[str, str]], form: Form) -> None:
    """Tab, LF, no quoting; no mark at the start unless asked, since readers of TSV take it for a part of `id`."""
    with _TextFace(stream) as text:
        if form.bom:
            text.write("\ufeff")
        text.write("\t".join(form.columns) + "\n")
        for cells in _cells(rows, form):
            text.write("\t".join(map(cell, cells)) + "\n")


def write_csv(stream: IO[bytes], rows: Iterable[Mapping[str, str]], form: Form) -> None:
    """Comma (semicolon in Dutch), CRLF, quoting where needed; with the mark that tells Excel it is UTF-8."""
    if form.bom is not False:
        stream.write(codecs.BOM_UTF8)
    with _TextFace(stream) as text:
        writer = csv.writer(text, delimiter=";" if form.locale == "nl" else ",", lineterminator="\r\n")
        writer.writerow(form.columns)
        writer.writerows(_cells(rows, form))


class _TextFace(io.TextIOWrapper):
    """A UTF-8 text face of a binary stream, which is left open at the end."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(stream, encoding="utf-8", newline="", errors="replace", write_through=False)

    def __exit__(self, *exc: object) -> None:
        self.flush()
        self.detach()


def _cells(rows: Iterable[Mapping[str, str]], form: Form) -> Iterable[list[str]]:
    decimal = {name for name in form.columns if name in SCORES} if form.locale == "nl" else set()
    for row in rows:
        cells = [row.get(name, "") for name in form.columns]
        if decimal:
            cells = [
                text.replace(".", ",") if name in decimal else text
                for name, text in zip(form.columns, cells, strict=True)
            ]
        yield [defused(text) for text in cells] if form.excel_safe else cells
