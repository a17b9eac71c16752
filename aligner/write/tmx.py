"""Translation memories in TMX 1.4: plain text segments, `xml:lang` on each variant, what we know as `x-` properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from aligner import __version__
from aligner.write.corpus import RUN
from aligner.write.form import ALL, Form

#: RWS Trados takes no longer segment.
LONGEST = 2000
#: Columns kept as properties of a unit. memoQ needs the `x-` before names of one's own.
_PROPS = (
    "document", RUN, "alignment", "original", "quote", "similarity", "divergence", "status", "severity", "kinds",
    "verdict", "comment", "quote_id", "speaker", "date", "drift",
)  # fmt: skip
_SIDE_PROPS = ("role", "speaker", "offsets")


def write(stream: IO[bytes], rows: Iterable[Mapping[str, str]], form: Form) -> None:
    """Write `rows` as one memory, unit after unit, so that memory stays flat.

    No DOCTYPE: parsers that fetch it would look for a tmx14.dtd beside the file and fail without one. The units are of
    one plain form, and put together as text: by lxml, 200,000 of them take three times as long.
    """
    head = {
        "creationtool": "aligner",
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": "aligner",
        "adminlang": "en",
        "srclang": form.source if form.source == ALL else form.codes[form.source],
        "datatype": "plaintext",
        "creationdate": tmx_date(form.created()),
    }
    runs = "; ".join(form.dates) if len(form.dates) > 1 else ""
    about = [("x-runs", runs), ("x-chosen", form.chosen)]
    attributes = " ".join(f"{name}={quoteattr(value)}" for name, value in head.items())
    props = "".join(_prop(name, form.cleaner(value, "header")) for name, value in about if value)
    stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n')
    stream.write(f"<header {attributes}>{props}</header>\n<body>\n".encode())
    dates = {run: tmx_date(date) for run, date in form.dates.items()}
    for row in rows:
        stream.write(_unit(row, form, dates).encode())
    stream.write(b"</body>\n</tmx>\n")


def _unit(row: Mapping[str, str], form: Form, dates: Mapping[str, str]) -> str:
    key = row["id"]
    clean = form.cleaner
    source, target = form.sides(row["original"])
    direction = f" srclang={quoteattr(form.codes[source])}" if form.source == ALL else ""
    parts = [f'<tu tuid={quoteattr(clean(key, key))} creationdate="{dates[row[RUN]]}"{direction}>']
    for name in _PROPS:
        # Where there is one run its name tells nothing.
        if row.get(name) and (name != RUN or len(dates) > 1):
            parts.append(_prop(f"x-{name}", clean(row[name], key)))
    for lang in (source, target):
        for name in _SIDE_PROPS:
            value = places(row, lang) if name == "offsets" else row[f"{lang}_{name}"]
            if value:
                parts.append(_prop(f"x-{lang}-{name}", clean(value, key)))
    for lang in (source, target):
        text = clean(row[lang], key)
        if len(text) > LONGEST:
            form.notices.append(f"row {key}: the {lang} text has {len(text):,} characters; Trados takes {LONGEST:,}")
        parts.append(f"\n<tuv xml:lang={quoteattr(form.codes[lang])}><seg>{escape(text)}</seg></tuv>")
    return "".join([*parts, "\n</tu>\n"])


def _prop(name: str, value: str) -> str:
    return f'<prop type="{name}">{escape(value)}</prop>'


def places(row: Mapping[str, str], lang: str) -> str:
    """The offsets of one side as `start-end`, `;`-joined."""
    starts, ends = row[f"{lang}_start"].split(";"), row[f"{lang}_end"].split(";")
    return ";".join(f"{start}-{end}" for start, end in zip(starts, ends, strict=False) if start and end)


def tmx_date(iso: str) -> str:
    """`2026-11-25T03:29:41Z` as TMX writes it: `20261125T032941Z`."""
    digits = re.sub(r"\D", "", iso)[:14].ljust(14, "0")
    return f"{digits[:8]}T{digits[8:]}Z"
