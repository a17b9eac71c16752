"""Words by which one clause governs another: conditions, exceptions, contrasts and hedges of both languages.

A caption that drops such a clause says more than its source did; one that drops any other clause is only shorter.
"""

from __future__ import annotations

import re

_OPENS = (
    "if|unless|provided|providing|as long as|so long as|only|except|but|although|though|even if|until|without|"
    "not until|once|on condition|pending|als|mits|tenzij|zolang|maar|behalve|alleen|indien|zodra|pas|tot|totdat|"
    "zonder|hoewel|al|op voorwaarde|ook als|zelfs als|uitgezonderd|met uitzondering van|behoudens|"
    "with the exception of|apart from|barring"
)
_HEDGES = (
    "allegedly|reportedly|supposedly|possibly|probably|perhaps|partly|in part|suspended|at least|at most|up to|"
    "according to|vermoedelijk|mogelijk|misschien|wellicht|waarschijnlijk|naar verluidt|zou|zouden|deels|gedeeltelijk|"
    "voorwaardelijk|minstens|ten minste|hooguit|hoogstens|volgens"
)
#: "Until then" is a date, no condition.
_CLAUSE = re.compile(
    rf"^\W*(?:(?:en|and|maar|but|or|of)\W+)?(?!(?:until|tot) (?:then|now|dan|nu)\b)(?:{_OPENS})\b", re.IGNORECASE
)
_PARTS = re.compile(r"(?<=[,;:])\s")
_ANYWHERE = re.compile(rf"\b(?:{_OPENS}|{_HEDGES})\b", re.IGNORECASE)


def opens_governing(clause: str) -> bool:
    """Whether a clause, or a part of it behind a comma, begins with a word by which it governs the one beside it."""
    return any(_CLAUSE.match(part) for part in _PARTS.split(clause))


def holds_governing(text: str) -> bool:
    """Whether a condition, exception, contrast or hedge stands anywhere in the words."""
    return bool(_ANYWHERE.search(text))
