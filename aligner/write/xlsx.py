"""Excel workbooks: one sheet, text as text (never a formula or a link), scores as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO, Any

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


def write(
    stream: IO[bytes], rows: Iterable[Mapping[str, str]], form: Form, *, choices: Mapping[str, list[str]] | None = None
) -> None:
    """Write `rows` into one sheet, row after row so that memory stays flat. `choices` are drop-down lists by column.

    Raises `InputError` for more rows than a sheet holds; a text longer than a cell holds is cut, and told.
    """
    import xlsxwriter

    # strings_to_*: a text stays a text, whatever it looks like.
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": "aligner export", "comments": form.chosen, "created": _date(form.created())})
    sheet = book.add_worksheet("pairs")
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    top = book.add_format({"valign": "top"})
    score = book.add_format({"num_format": "0.000", "valign": "top"})
    bold = book.add_format({"bold": True})
    for at, name in enumerate(form.columns):
        sheet.set_column(at, at, 48 if name in _WIDE else 18 if name in {"id", "document"} else 11)
        sheet.write_string(0, at, name, bold)
    sheet.freeze_panes(1, 1)
    columns = [
        (at, name, score if name in NUMBERS else wrap if name in _WIDE else top) for at, name in enumerate(form.columns)
    ]
    last = 0
    for last, row in enumerate(rows, start=1):
        if last > MOST_ROWS:
            raise InputError(f"more than {MOST_ROWS:,} rows do not fit into one sheet", "Filter, or export to csv.")
        for at, name, layout in columns:
            text = row.get(name, "")
            if not text:
                continue
            value = number(text) if name in NUMBERS else None
            if value is not None:
                sheet.write_number(last, at, value, layout)
                continue
            if len(text) > LONGEST:
                form.notices.append(
                    f"row {row.get('id', last)}: {name} was cut to the {LONGEST:,} characters of a cell"
                )
                text = text[:LONGEST]
            sheet.write_string(last, at, form.cleaner(text, row.get("id", str(last))), layout)
    sheet.autofilter(0, 0, max(last, 1), len(form.columns) - 1)
    for name, allowed in (choices or {}).items():
        at = list(form.columns).index(name)
        sheet.data_validation(1, at, max(last, 1), at, {"validate": "list", "source": allowed})
    book.close()


def _date(iso: str) -> Any:
    from datetime import datetime

    try:
        return datetime.fromisoformat(iso)
    except ValueError:
        return datetime(1980, 1, 1)
