"""Excel workbooks: one sheet, text as text (never a formula or a link), scores as numbers.

XlsxWriter makes everything but the rows: with its care for each single cell, 200,000 rows take it four times as long.
The rows are streamed into its sheet, so that memory stays flat.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from aligner.errors import InputError
from aligner.write.corpus import number
from aligner.write.form import Form
from aligner.write.typed import NUMBERS

#: What Excel holds.
MOST_ROWS = 1_048_575
LONGEST = 32_767
_WIDE = frozenset({
    "nl", "en", "evidence", "suggestion", "nl_in_en", "en_in_nl", "text", "best_text", "translation", "corrected_nl",
    "corrected_en", "comment",
})  # fmt: skip
_SHEET = "xl/worksheets/sheet1.xml"
_TYPES = "[Content_Types].xml"
# Workbooks write characters that XML forbids as _x000D_: text that looks so has its underline written so.
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CHUNK = 500


def write(
    stream: IO[bytes], rows: Iterable[Mapping[str, str]], form: Form, *, choices: Mapping[str, list[str]] | None = None
) -> None:
    """Write `rows` into one sheet. `choices` are drop-down lists by column.

    Raises `InputError` for more rows than a sheet holds; a text longer than a cell holds is cut, and told.
    """
    around = _empty_book(form, choices or {}, 1)
    head, _, sample = around[_SHEET].decode().partition('<row r="2"')
    head = re.sub(r"<dimension [^>]*/>", "", head)  # not known before the end, and not needed
    styles = re.findall(r'<c r="[A-Z]+2" s="(\d+)"', sample)
    letters = re.findall(r'<c r="([A-Z]+)2"', sample)
    columns = list(zip(letters, styles, form.columns, strict=True))
    count = 0
    with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=4) as book:
        book.writestr(_entry(_TYPES), around[_TYPES])
        with book.open(_entry(_SHEET), "w", force_zip64=True) as sheet:
            sheet.write(head.encode())
            iterator = iter(rows)
            while chunk := list(islice(iterator, _CHUNK)):
                if count + len(chunk) > MOST_ROWS:
                    raise InputError(f"more than {MOST_ROWS:,} rows do not fit into one sheet", "Filter, or use csv.")
                sheet.write("".join(_row(row, at, columns, form) for at, row in enumerate(chunk, count + 2)).encode())
                count += len(chunk)
            # Now the filter and the drop-down lists know how far they reach.
            around = _empty_book(form, choices or {}, max(count, 1))
            sheet.write(b"</sheetData>" + around[_SHEET].partition(b"</sheetData>")[2])
        for name, data in around.items():
            if name not in {_TYPES, _SHEET}:
                book.writestr(_entry(name), data)


def _row(row: Mapping[str, str], at: int, columns: Sequence[tuple[str, str, str]], form: Form) -> str:
    return f'<row r="{at}">{"".join(_cells(row, at, columns, form))}</row>'


def _cells(row: Mapping[str, str], at: int, columns: Sequence[tuple[str, str, str]], form: Form) -> Iterator[str]:
    for letter, style, name in columns:
        text = row.get(name, "")
        if not text:
            continue
        value = number(text) if name in NUMBERS else None
        if value is not None:
            yield f'<c r="{letter}{at}" s="{style}"><v>{value!r}</v></c>'
            continue
        key = row.get("id", f"row {at}")
        if len(text) > LONGEST:
            form.notices.append(f"row {key}: {name} was cut to the {LONGEST:,} characters of a cell")
            text = text[:LONGEST]
        text = escape(form.cleaner(text, key))
        if "_x" in text:
            text = _ESCAPED.sub("_x005F_", text)
        yield f'<c r="{letter}{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _empty_book(form: Form, choices: Mapping[str, list[str]], last: int) -> dict[str, bytes]:
    """The files of a workbook with a header and one empty row that has each column's format, for `last` rows."""
    import xlsxwriter

    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        book.set_properties({"title": "aligner", "comments": form.chosen, "created": _date(form.created())})
        sheet = book.add_worksheet("pairs")
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        top = book.add_format({"valign": "top"})
        score = book.add_format({"num_format": "0.000", "valign": "top"})
        bold = book.add_format({"bold": True})
        for at, name in enumerate(form.columns):
            sheet.set_column(at, at, 48 if name in _WIDE else 18 if name in {"id", "document"} else 11)
            sheet.write_string(0, at, name, bold)
            sheet.write_blank(1, at, None, score if name in NUMBERS else wrap if name in _WIDE else top)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(form.columns) - 1)
        for name, allowed in choices.items():
            at = list(form.columns).index(name)
            sheet.data_validation(1, at, last, at, {"validate": "list", "source": allowed})
    with ZipFile(held) as made:
        return {name: made.read(name) for name in made.namelist()}


def _entry(name: str) -> ZipInfo:
    """An entry without a date, so that the same rows give the same bytes."""
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    return entry


def _date(iso: str) -> datetime:
    try:
        return datetime.fromisoformat(iso)
    except ValueError:
        return datetime(1980, 1, 1)
