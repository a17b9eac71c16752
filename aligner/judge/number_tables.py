"""Word tables of the number reader: units, currencies, vague amounts, multiples. Loaded once, on first use."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"

#: Dutch and English words for currencies; `pond`/`pound` may also be a weight.
CURRENCIES = {
    "nl": {"euro": "EUR", "euro's": "EUR", "dollar": "USD", "dollars": "USD", "pond": "GBP", "ponden": "GBP",
           "yen": "JPY", "yuan": "CNY", "roebel": "RUB", "frank": "CHF", "franken": "CHF", "kronen": "KR",
           "kroon": "KR", "roepie": "INR", "zloty": "PLN", "gulden": "NLG", "lira": "TRY", "sterling": "GBP"},
    "en": {"euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "pound": "GBP", "pounds": "GBP",
           "yen": "JPY", "yuan": "CNY", "rouble": "RUB", "roubles": "RUB", "ruble": "RUB", "rubles": "RUB",
           "franc": "CHF", "francs": "CHF", "crowns": "KR", "kroner": "KR", "kronor": "KR", "krone": "KR",
           "rupees": "INR", "zloty": "PLN", "guilders": "NLG", "guilder": "NLG", "lira": "TRY", "sterling": "GBP"},
}  # fmt: skip
SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
SIGNS_SHORT = {"usd": "USD", "eur": "EUR", "gbp": "GBP"}

#: Plural scales: an order of magnitude, not a number.
MAGNITUDES = {
    "nl": {"tientallen": 10.0, "dozijnen": 10.0, "honderden": 1e2, "duizenden": 1e3, "tienduizenden": 1e4,
           "honderdduizenden": 1e5, "miljoenen": 1e6, "miljarden": 1e9, "biljoenen": 1e12},
    "en": {"tens": 10.0, "dozens": 10.0, "scores": 20.0, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6,
           "billions": 1e9, "trillions": 1e12},
}  # fmt: skip
FEW = {
    "nl": frozenset(["paar", "enkele", "enige", "verscheidene", "verschillende", "meerdere", "ettelijke"]),
    "en": frozenset(["few", "several", "couple", "handful", "many"]),
}

#: Words that imply a quantity: (dimension, amount, weight). Weights below 0.5 explain but never conflict.
IMPLIED = {
    "nl": {"beide": ("count", 2, 0.2), "beiden": ("count", 2, 0.2), "allebei": ("count", 2, 0.2),
           "tweeling": ("count", 2, 0.2), "duo": ("count", 2, 0.2), "stel": ("count", 2, 0.2),
           "paar": ("count", 2, 0.2), "koppel": ("count", 2, 0.2), "trio": ("count", 3, 0.2),
           "drieling": ("count", 3, 0.2), "kwartet": ("count", 4, 0.2), "dozijn": ("count", 12, 0.3),
           "eenmaal": ("count", 1, 0.2), "eens": ("count", 1, 0.2), "eenmalig": ("count", 1, 0.2),
           "eenmalige": ("count", 1, 0.2), "dubbele": ("times", 2, 0.9), "dubbel": ("times", 2, 0.4),
           "halvering": ("times", 0.5, 0.95), "gehalveerd": ("times", 0.5, 0.95), "halveren": ("times", 0.5, 0.95),
           "halveert": ("times", 0.5, 0.95), "halveerde": ("times", 0.5, 0.95), "decennium": ("duration", 3652.5, 0.75),
           "decennia": ("magnitude", 36525, 0.2), "etmaal": ("duration", 1, 0.4), "helft": ("share", 50, 0.85),
           "halve": ("share", 50, 0.6), "half": ("share", 50, 0.6), "kwart": ("share", 25, 0.85),
           "driekwart": ("share", 75, 1), "kwartier": ("duration", 0.0104167, 0.8), "nul": ("count", 0, 0.3),
           "halfuur": ("duration", 0.0208333, 0.9), "halfjaar": ("duration", 182.6, 0.9),
           "tweederde": ("share", 66.67, 1), "eeuw": ("duration", 36525, 0.3), "ton": ("money:EUR", 1e5, 0.8)},
    "en": {"both": ("count", 2, 0.2), "pair": ("count", 2, 0.2), "couple": ("count", 2, 0.2),
           "twins": ("count", 2, 0.2), "duo": ("count", 2, 0.2), "brace": ("count", 2, 0.2),
           "trio": ("count", 3, 0.2), "triplets": ("count", 3, 0.2), "hat-trick": ("count", 3, 0.2),
           "quartet": ("count", 4, 0.2), "dozen": ("count", 12, 0.3), "twice": ("times", 2, 0.8),
           "thrice": ("times", 3, 0.6), "once": ("count", 1, 0.2), "single": ("count", 1, 0.2),
           "double": ("times", 2, 0.5), "doubled": ("times", 2, 0.95), "doubles": ("times", 2, 0.4),
           "doubling": ("times", 2, 0.95), "treble": ("times", 3, 0.5), "trebled": ("times", 3, 0.95),
           "triple": ("times", 3, 0.5), "tripled": ("times", 3, 0.95), "tripling": ("times", 3, 0.95),
           "quadrupled": ("times", 4, 0.95), "quadruple": ("times", 4, 0.5), "halved": ("times", 0.5, 0.95),
           "halving": ("times", 0.5, 0.95), "halve": ("times", 0.5, 0.95), "decade": ("duration", 3652.5, 0.75),
           "decades": ("magnitude", 36525, 0.2), "fortnight": ("duration", 14, 0.8), "half": ("share", 50, 0.8),
           "quarter": ("share", 25, 0.8), "quarters": ("share", 25, 0.2), "zero": ("count", 0, 0.3),
           "nil": ("count", 0, 0.3), "century": ("duration", 36525, 0.3), "fifth": ("share", 20, 0.2)},
}  # fmt: skip

_HEDGES_NL = (
    "ongeveer circa zo'n ruim bijna rond rondom pakweg krap dik kleine meer minder dan naar schatting tegen zowat "
    "nagenoeg grofweg boven onder hooguit minstens"
)
_HEDGES_EN = (
    "about around roughly nearly almost approximately some over under more less than just close estimated "
    "above below least most"
)
HEDGES = {"nl": frozenset(_HEDGES_NL.split()), "en": frozenset(_HEDGES_EN.split())}

FRACTIONS_EN = {
    "half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5,
    "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "eighth": 8, "eighths": 8, "ninth": 9, "tenth": 10,
    "tenths": 10, "hundredth": 100,
}  # fmt: skip
FRACTIONS_NL = {
    "derde": 3, "derden": 3, "kwart": 4, "vierde": 4, "vijfde": 5, "zesde": 6, "zevende": 7, "achtste": 8,
    "negende": 9, "tiende": 10, "twintigste": 20, "honderdste": 100,
}  # fmt: skip


@cache
def units(lang: str) -> dict[str, tuple[str, float]]:
    """Unit word → dimension and factor to its base unit."""
    table: dict[str, tuple[str, float]] = {}
    for line in (_DATA / "units.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        language, forms, dimension, factor = line.split("\t")
        if language == lang:
            table.update((form, (dimension, float(factor))) for form in forms.split())
    return table


@cache
def idioms(lang: str) -> re.Pattern[str]:
    """Stretches whose number words are no numbers (`op één lijn`, `second nature`, `Tweede Kamer`)."""
    lines = (_DATA / "idioms.tsv").read_text(encoding="utf-8").splitlines()[1:]
    patterns = [pattern for language, pattern in (line.split("\t") for line in lines) if language == lang]
    return re.compile(r"\b(?:" + "|".join(patterns) + r")(?!\w)")
