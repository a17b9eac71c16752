"""XLIFF 2.1: a file for each document, a unit for each pair, what we found as states, notes and metadata."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import IO, TYPE_CHECKING

from aligner import __version__
from aligner.write.corpus import RUN
from aligner.write.form import ALL, Form
from aligner.write.tmx import places

if TYPE_CHECKING:
    from lxml.etree import _Element

CORE = "urn:oasis:names:tc:xliff:document:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
_SPACE: dict[str | None, str] = {None: CORE, "mda": METADATA}
#: A flagged pair has work to be done on it; XLIFF knows four states only, so that ours stands beside as `subState`.
_STATES = {"equivalent": "translated", "review": "translated", "divergent": "initial"}
_SHOWN = (
    "alignment", "original", "nl_role", "en_role", "quote", "nl_speaker", "en_speaker", "similarity", "divergence",
    "status", "severity", "kinds", "nl_span", "en_span", "translator", "encoder", "verdict", "lang", "role", "reason",
    "best_score",
)  # fmt: skip
#: Columns that a translator reads beside the text.
_NOTES = {
    "evidence": "difference",
    "suggestion": "suggestion",
    "comment": "comment",
    "nl_in_en": "machine translation of the Dutch",
    "en_in_nl": "machine translation of the English",
    "translation": "machine translation",
    "best_text": "nearest text in the other language",
}


def write(stream: IO[bytes], rows: Iterable[Mapping[str, str]], form: Form) -> None:
    """Write `rows`, grouped by run and document as they come. The source of the file is `form.source`.

    A row with a column `text` and no pair (unaligned) has a source alone; it must be in the source language.
    """
    from lxml import etree

    source = "nl" if form.source == ALL else form.source
    target = "en" if source == "nl" else "nl"
    with etree.xmlfile(stream, encoding="utf-8") as file:
        file.write_declaration()
        root = {"version": "2.1", "srcLang": form.codes[source], "trgLang": form.codes[target]}
        with file.element(f"{{{CORE}}}xliff", root, nsmap=_SPACE):
            groups = groupby(rows, key=lambda row: (row[RUN], row["document"]))
            number = 0
            for number, ((run, document), members) in enumerate(groups, start=1):
                name = form.cleaner(document, f"document {number}") or "unnamed"
                file.write("\n")
                with file.element(f"{{{CORE}}}file", {"id": f"f{number}", "original": name}):
                    file.write("\n", _metadata([("tool", f"aligner {__version__}"), ("run", form.cleaner(run, name))]))
                    for row in members:
                        file.write("\n", _unit(row, source, target, form))
                    file.write("\n")
            if not number:  # the schema wants a file with a unit; an empty one is the nearest to nothing
                file.write(_empty())
            file.write("\n")
    stream.write(b"\n")


def _unit(row: Mapping[str, str], source: str, target: str, form: Form) -> _Element:
    from lxml.etree import Element, SubElement

    key = row["id"]
    clean = form.cleaner
    unit = Element(f"{{{CORE}}}unit", {"id": _token(key)}, nsmap=_SPACE)
    told = [(name, clean(row[name], key)) for name in _SHOWN if row.get(name)]
    told += [(f"{lang}_offsets", places(row, lang)) for lang in ("nl", "en") if row.get(f"{lang}_start")]
    unit.append(_metadata(told))
    notes = [(label, clean(row[name], key)) for name, label in _NOTES.items() if row.get(name)]
    if notes:
        holder = SubElement(unit, f"{{{CORE}}}notes")
        for label, text in notes:
            SubElement(holder, f"{{{CORE}}}note", category=label).text = text
    if "text" in row:
        segment = SubElement(unit, f"{{{CORE}}}segment", state="initial")
        SubElement(segment, f"{{{CORE}}}source").text = clean(row["text"], key)
        return unit
    status = row.get("status", "")
    done = row.get("verdict") in {"accept", "correct"}
    segment = SubElement(unit, f"{{{CORE}}}segment", state="reviewed" if done else _STATES.get(status, "translated"))
    if status:
        segment.set("subState", f"aligner:{status}")
    for name, lang in (("source", source), ("target", target)):
        SubElement(segment, f"{{{CORE}}}{name}").text = clean(row[lang], key)
    return unit


def _metadata(pairs: Iterable[tuple[str, str]]) -> _Element:
    from lxml.etree import Element, SubElement

    holder = Element(f"{{{METADATA}}}metadata", nsmap={"mda": METADATA})
    group = SubElement(holder, f"{{{METADATA}}}metaGroup", category="aligner")
    for name, value in pairs:
        SubElement(group, f"{{{METADATA}}}meta", type=name).text = value
    return holder


def _empty() -> _Element:
    from lxml.etree import Element, SubElement

    file = Element(f"{{{CORE}}}file", id="f1")
    segment = SubElement(SubElement(file, f"{{{CORE}}}unit", id="none"), f"{{{CORE}}}segment")
    SubElement(segment, f"{{{CORE}}}source")
    return file


def _token(key: str) -> str:
    """`key` as an NMTOKEN; ours always are, one edited by hand may not be."""
    return "".join(char if char.isascii() and (char.isalnum() or char in "._-") else f"_{ord(char):x}" for char in key)
