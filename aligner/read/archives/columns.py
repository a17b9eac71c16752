"""Which column of a table, or key of a JSON record, holds what of an article.

Named with `--columns caption=bijschrift,body=tekst`; else guessed from common names in several languages.
A dot goes into a record, through lists too: `caption=images.caption`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from aligner.errors import UsageError

#: Field → names by which columns are known, best first, as `_plain_name` writes them.
_NAMES = {
    "id": "id articleid documentid docid document uuid guid uid url canonicalurl permalink link slug webid identifier",
    "title": "title headline titel kop head heading titre titulo titolo tytul uberschrift schlagzeile webtitle",
    "dek": "dek standfirst subtitle subheadline subhead subheading deck intro lead lede chapeau chapo onderkop "
    "ondertitel inleiding vorspann summary abstract description",
    "byline": "byline author authors auteur auteurs autor autoren creator",
    "date": "date datum published publishedat publicationdate datepublished pubdate publishdate publicatiedatum "
    "created createdat webpublicationdate",
    "caption": "caption captions photocaption photocaptions imagecaption imagecaptions picturecaption mediacaption "
    "captiontext figcaption bijschrift bijschriften fotobijschrift fotobijschriften onderschrift fotoonderschrift "
    "bildunterschrift bildunterschriften bildtext legende legendes legendephoto cutline piedefoto didascalia podpis "
    "leadimagecaption featuredimagecaption maincaption imagedescription",
    "credit": "credit credits photocredit photocredits imagecredit fotocredit fotocredits fotograaf photographer "
    "copyright bildnachweis creditphoto credittext",
    "body": "body text content articlebody articletext bodytext bodyhtml contenthtml maintext fulltext maincontent "
    "articlecontent storytext storybody tekst inhoud artikel artikeltekst bodytekst broodtekst volltext texte contenu "
    "corps texto cuerpo testo corpo tresc paragraphs paragraaf alineas article story plaintext",
    "html": "html rawhtml pagehtml sourcehtml htmlsource page",
}
FIELDS = tuple(_NAMES)
_KNOWN = {field: names.split() for field, names in _NAMES.items()}
#: Keys of lists that hold pictures with a caption each.
_PICTURES = (
    "images image photos photo media pictures picture figures afbeeldingen fotos leadimage mainimage featuredimage "
    "topimage beelden bilder"
).split()
_INSIDE = {
    "caption": ("caption", "bijschrift", "onderschrift", "description", "legend"),
    "credit": ("credit", "credits", "credittext", "copyright", "photographer", "source"),
}
_TEXT_KEYS = ("text", "content", "value", "html", "name", "body")
_DEEPEST = 12


def parse_columns(setting: str) -> dict[str, str]:
    """`"caption=bijschrift,body=tekst"` as field → column; `UsageError` for anything else."""
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in setting.split(","))):
        field, sign, column = (piece.strip() for piece in part.partition("="))
        if not sign or not column or field not in FIELDS:
            raise UsageError(
                f"--columns {part!r} is not understood",
                f"Write FIELD=COLUMN, such as caption=bijschrift,body=tekst; fields: {', '.join(FIELDS)}.",
            )
        found[field] = column
    return found


def fields_of(record: Mapping[str, Any], chosen: Mapping[str, str]) -> dict[str, list[str]]:
    """The texts of a record by field, in the record's order; fields without text are left out."""
    known = {_plain_name(name): name for name in reversed(list(record))}
    found: dict[str, list[str]] = {}
    for field in FIELDS:
        if field in chosen:
            values = list(_at(record, chosen[field]))
        else:
            values = [record[known[name]] for name in _KNOWN[field] if name in known and record[known[name]]][:1]
            if not values and field in _INSIDE:
                values = list(_of_pictures(record, known, _INSIDE[field]))
        texts = [text for value in values for text in _texts(value)]
        if texts:
            found[field] = texts
    return found


def has_text(fields: Mapping[str, list[str]]) -> bool:
    """Whether there is anything to read: a body or a whole page."""
    return "body" in fields or "html" in fields


def has_column(record: Mapping[str, Any], chosen: Mapping[str, str]) -> bool:
    """Whether a record has a place for a body or a whole page, be it empty."""
    known = {_plain_name(name) for name in record}
    return any(
        next(_at(record, chosen[field]), record) is not record
        if field in chosen
        else not known.isdisjoint(_KNOWN[field])
        for field in ("body", "html")
    )


def missing(names: Iterable[str]) -> tuple[str, str]:
    """The reason and the hint for a record without a body."""
    shown = ", ".join(str(name)[:30] for name in list(names)[:12]) or "none"
    return f"no column with the article's text; its columns are: {shown}", "Name them: --columns caption=…,body=…"


def _plain_name(name: Any) -> str:
    return re.sub(r"[\W_]+", "", str(name)).lower()


def _at(value: Any, path: str) -> Iterator[Any]:
    """What stands at a dotted path: through lists, and by the whole name before its parts."""
    if isinstance(value, list | tuple):
        for one in value:
            yield from _at(one, path)
    elif isinstance(value, Mapping):
        if path in value:
            yield value[path]
            return
        head, dot, rest = path.partition(".")
        if dot and head in value:
            yield from _at(value[head], rest)


def _of_pictures(record: Mapping[str, Any], known: Mapping[str, str], names: tuple[str, ...]) -> Iterator[Any]:
    for key in _PICTURES:
        value = record.get(known.get(key, ""))
        for picture in value if isinstance(value, list | tuple) else [value]:
            if isinstance(picture, Mapping):
                inner = {_plain_name(name): name for name in picture}
                yield from [picture[inner[name]] for name in names if name in inner and picture[inner[name]]][:1]


def _texts(value: Any, depth: int = 0) -> Iterator[str]:
    """The texts of a value: a string, a number, a list of them, or objects that hold their text under a known key."""
    if isinstance(value, str):
        if value.strip():
            yield value
    elif isinstance(value, list | tuple):
        if depth < _DEEPEST:
            for one in value:
                yield from _texts(one, depth + 1)
    elif isinstance(value, Mapping):
        key = next((key for key in _TEXT_KEYS if value.get(key)), None)
        if key is not None and depth < _DEEPEST:
            yield from _texts(value[key], depth + 1)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
