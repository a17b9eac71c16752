"""Pairs from a translation memory in TMX 1.x, as a stream: flat memory whatever the size.

Entities are not expanded and nothing is fetched. Codes inside a segment (`bpt`, `ept`, `ph`, `it`, `ut`) are left
out, the text of `hi` stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from aligner.errors import InputError
from aligner.read.pairs import PairTable, Row

if TYPE_CHECKING:
    from lxml.etree import _Element

COLUMNS = ("tuid", "nl", "en")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: Codes that stand for something between words (a line break, an image): words around them stay two words.
_BETWEEN = frozenset({"ph", "ut", "x"})
_CODES = _BETWEEN | {"bpt", "ept", "it"}


def tmx_table(handle: BinaryIO, name: str) -> PairTable:
    """The units of a TMX file as rows `tuid nl en`; a unit without one of the two has an empty cell.

    Raises `InputError` if the file is no well-formed TMX or no unit has both languages.
    """
    count, languages, both = 0, set(), 0
    for unit in _units(handle, name):
        found = _variants(unit)
        count += 1
        languages |= set(found)
        both += "nl" in found and "en" in found
    if not both:
        told = f"its languages are: {', '.join(sorted(languages)) or 'none'}"
        raise InputError(f"{name} has no unit with both Dutch and English; {told}", "Codes are taken from xml:lang.")

    def rows() -> Iterator[Row]:
        for unit in _units(handle, name):
            found = _variants(unit)
            yield Row([unit.get("tuid", ""), found.get("nl", ""), found.get("en", "")])

    return PairTable(name, COLUMNS, 1, 2, count, rows)


def _units(handle: BinaryIO, name: str) -> Iterator[_Element]:
    from lxml import etree

    handle.seek(0)
    try:
        parser = etree.iterparse(
            handle, events=("end",), tag=("tu", "{*}tu"), resolve_entities=False, no_network=True, load_dtd=False
        )
        for _, unit in parser:
            yield unit
            unit.clear()
            while unit.getprevious() is not None:
                parent = unit.getparent()
                if parent is None:
                    break
                del parent[0]
    except etree.XMLSyntaxError as error:
        message = str(error.msg or error).split("\n")[0]
        raise InputError(
            f"{name} is broken XML: {message}", "Export the memory again, or correct that line."
        ) from error
    if parser.root is None or _local(parser.root) != "tmx":
        found = _local(parser.root) if parser.root is not None else "nothing"
        raise InputError(f"{name} is no TMX: its root is <{found}>", "A translation memory begins with <tmx>.")


def _variants(unit: _Element) -> dict[str, str]:
    """Primary language code → text, the first variant of each language."""
    found: dict[str, str] = {}
    for variant in unit:
        if not isinstance(variant.tag, str) or _local(variant) != "tuv":
            continue
        code = (variant.get(_LANG) or variant.get("lang") or "").replace("_", "-").split("-")[0].strip().lower()
        code = {"nld": "nl", "dut": "nl", "eng": "en"}.get(code, code)
        for part in variant:
            if isinstance(part.tag, str) and _local(part) == "seg" and code not in found:
                found[code] = segment_text(part)
    return found


def segment_text(element: _Element) -> str:
    """The text of a segment without its codes."""
    text = element.text or ""
    for child in element:
        if not isinstance(child.tag, str):
            # A comment says nothing; an entity that is not expanded stays as it is written.
            inner = (child.text or "") if (child.text or "").startswith("&") else ""
        elif _local(child) in _CODES:
            inner = ""
            if _local(child) in _BETWEEN and text[-1:].isalnum() and (child.tail or "")[:1].isalnum():
                inner = " "
        else:
            inner = segment_text(child)
        text += inner + (child.tail or "")
    return text


def _local(element: _Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]
