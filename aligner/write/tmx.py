"""Translation memories in TMX 1.4: plain text segments, `xml:lang` on each variant, what we know as `x-` properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import IO, TYPE_CHECKING

from aligner import __version__
from aligner.write.corpus import RUN
from aligner.write.form import ALL, Form

if TYPE_CHECKING:
    from lxml.etree import _Element

#: RWS Trados takes no longer segment.
LONGEST = 2000
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: Columns kept as properties of a unit. memoQ needs the `x-` before names of one's own.
_PROPS = (
    "document", RUN, "alignment", "original", "quote", "similarity", "divergence", "status", "severity", "kinds",
    "verdict", "comment",
)  # fmt: skip
_SIDE_PROPS = ("role", "speaker", "offsets")


def write(stream: IO[bytes], rows: Iterable[Mapping[str, str]], form: Form) -> None:
    """Write `rows` as one memory, unit after unit, so that memory stays flat.

    No DOCTYPE: parsers that fetch it would look for a tmx14.dtd beside the file and fail without one.
    """
    from lxml import etree

    runs = "; ".join(form.dates) if len(form.dates) > 1 else ""
    with etree.xmlfile(stream, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("tmx", version="1.4"):
            file.write("\n")
            header = etree.Element(
                "header",
                {
                    "creationtool": "aligner",
                    "creationtoolversion": __version__,
                    "segtype": "sentence",
                    "o-tmf": "aligner",
                    "adminlang": "en",
                    "srclang": form.source if form.source == ALL else form.codes[form.source],
                    "datatype": "plaintext",
                    "creationdate": tmx_date(form.created()),
                },
            )
            for name, value in (("x-runs", runs), ("x-chosen", form.chosen)):
                if value:
                    _prop(header, name, form.cleaner(value, "header"))
            file.write(header)
            file.write("\n")
            with file.element("body"):
                for row in rows:
                    file.write("\n", _unit(row, form))
                file.write("\n")
            file.write("\n")
    stream.write(b"\n")


def _unit(row: Mapping[str, str], form: Form) -> _Element:
    from lxml.etree import Element, SubElement

    key = row["id"]
    source, target = form.sides(row["original"])
    unit = Element("tu", tuid=form.cleaner(key, key), creationdate=tmx_date(form.dates[row[RUN]]))
    if form.source == ALL:
        unit.set("srclang", form.codes[source])
    for name in _PROPS:
        # Where there is one run its name tells nothing.
        if row.get(name) and (name != RUN or len(form.dates) > 1):
            _prop(unit, f"x-{name}", form.cleaner(row[name], key))
    for lang in (source, target):
        for name in _SIDE_PROPS:
            value = places(row, lang) if name == "offsets" else row[f"{lang}_{name}"]
            if value:
                _prop(unit, f"x-{lang}-{name}", form.cleaner(value, key))
    for lang in (source, target):
        text = form.cleaner(row[lang], key)
        if len(text) > LONGEST:
            form.notices.append(f"row {key}: the {lang} text has {len(text):,} characters; Trados takes {LONGEST:,}")
        variant = SubElement(unit, "tuv", {_LANG: form.codes[lang]})
        SubElement(variant, "seg").text = text
    return unit


def _prop(parent: _Element, name: str, value: str) -> None:
    from lxml.etree import SubElement

    SubElement(parent, "prop", type=name).text = value


def places(row: Mapping[str, str], lang: str) -> str:
    """The offsets of one side as `start-end`, `;`-joined."""
    starts, ends = row[f"{lang}_start"].split(";"), row[f"{lang}_end"].split(";")
    return ";".join(f"{start}-{end}" for start, end in zip(starts, ends, strict=False) if start and end)


def tmx_date(iso: str) -> str:
    """`2026-11-25T03:29:41Z` as TMX writes it: `20261125T032941Z`."""
    digits = re.sub(r"\D", "", iso)[:14].ljust(14, "0")
    return f"{digits[:8]}T{digits[8:]}Z"
