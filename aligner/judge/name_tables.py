"""What the name reader knows: exonyms, nationalities, bodies, and which capitalised words are no names."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

_DATA = Path(__file__).parent / "data"

PLACES = frozenset({"country", "city", "place", "water", "people"})


class Concept(NamedTuple):
    """One thing with names in both languages; `related` are things that a text may name in its stead."""

    key: str
    type: str
    related: frozenset[str]


@cache
def concepts(lang: str) -> dict[str, frozenset[Concept]]:
    """Name as written → what it may stand for: the curated table and the territories of CLDR."""
    table: dict[str, set[Concept]] = {}

    def add(name: str, concept: Concept) -> None:
        table.setdefault(name, set()).add(concept)

    known: dict[str, Concept] = {}
    for line in (_DATA / "names.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        key, kind, nl, en, related = line.split("\t")
        concept = known[key] = Concept(key, kind, frozenset(filter(None, related.split("|"))))
        for name in (nl if lang == "nl" else en).split("|"):
            add(name, concept)
            if lang == "nl" and " " not in name and name[-1] in "sr" and kind in PLACES:
                add(name + "e", concept)  # the inflected adjective: Haags, Haagse
    for code, name in _territories(lang):
        concept = known.get(code) or Concept(code, "country", frozenset())
        for form in {name, name.replace(" & ", " and "), name.replace("-", " ") if lang == "en" else name}:
            add(form, concept)
    return {name: frozenset(found) for name, found in table.items()}


def _territories(lang: str) -> list[tuple[str, str]]:
    from babel import Locale  # late: reading CLDR takes 50 ms

    names = Locale.parse(lang).territories
    return [(code, re.sub(r" \(.*\)$", "", name)) for code, name in names.items() if len(code) == 2 and code != "ZZ"]


@cache
def common(lang: str) -> frozenset[str]:
    """Words that occur with a small letter in ordinary text."""
    lines = (_DATA / f"common_{lang}.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines for word in line.split("\t")[1].split(" "))


#: Ends of Dutch compounds that name a body, an office or a law: translated, not copied.
_GENERIC_NL = re.compile(
    r"(?:dienst|bank|raad|raden|partij|bond|ministerie|kamer|minister|hof|instituut|commissie|wet|bureau|museum|school|"
    r"universiteit|vereniging|federatie|fonds|verdrag|akkoord|autoriteit|ziekenhuis|verbond|unie|centrum|centrale|"
    r"inspectie|politie|leger|macht|zaken|zee|meer|oceaan|eiland|eilanden|burg|huis|plein|straat|brug|kerk|paleis|"
    r"beker|cup|kampioenschap|kampioenschappen|rechter|rechtbank|schap|staten|staat|gebied|organisatie|programma|"
    r"schouwburg|prijs|dag|week|akademie|academie|orde|club|land|rijk|krant|blad|lid|leden|voorzitter|leider|regio|"
    r"provincie|gemeente|waterschap|korps|brigade|vloot|pact|planbureau|stichting|verkiezingen|oorlog|feest|feesten|"
    r"isten|ist|isme|aten|aat|isch|ische|heid|ing|ingen|iteit|schappij|loop|tocht|ronde|spelen|theater|orkest|zorg|"
    r"bouw|onderwijs|beheer|milieu|defensie|kundige|kunde)$"
)


@cache
def _generic_words() -> frozenset[str]:
    """Words with a capital that are no names: bodies, offices, titles, days and months."""
    return frozenset((_DATA / "generic.tsv").read_text(encoding="utf-8").split())


@lru_cache(maxsize=8192)
def generic(word: str, lang: str) -> bool:
    """Whether a capitalised word is translated rather than copied (`Court`, `Veiligheidsdienst`)."""
    low = word.lower()
    if low in _generic_words() or low in common(lang):
        return True
    if lang == "en":
        return low.endswith("s") and low[:-1] in common(lang)
    return bool(_GENERIC_NL.search(low)) and len(low) > 7


_SPELLINGS = (
    ("tsj", "ch"), ("sch", "sh"), ("sj", "sh"), ("oe", "u"), ("ij", "i"), ("dj", "j"), ("kh", "ch"), ("ph", "f"),
    ("ie", "i"), ("yy", "i"), ("y", "i"), ("j", "i"), ("w", "v"), ("c", "k"), ("z", "s"), ("ou", "u"), ("aa", "a"),
    ("kk", "k"), ("ii", "i"),
)  # fmt: skip


@lru_cache(maxsize=8192)
def bare(word: str) -> str:
    """Small letters without accents, apostrophes, or the genitive `'s`."""
    word = re.sub(r"['’]s?$", "", word)
    letters = unicodedata.normalize("NFKD", word.replace("ø", "o").replace("ł", "l").replace("ß", "ss").lower())
    return "".join(char for char in letters if char.isalnum())


@lru_cache(maxsize=8192)
def sounded(word: str) -> str:
    """`bare`, with the spellings by which Dutch and English write one foreign sound made equal."""
    text = bare(word)
    for old, new in _SPELLINGS:
        text = text.replace(old, new)
    return text
