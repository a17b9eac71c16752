"""Figures as written in either language: 1.000,5 and 1,000.5."""

from __future__ import annotations

import re


def figures(text: str, lang: str) -> tuple[float, ...]:
    """The amounts a figure may stand for, likeliest first; none for a code (`06`, `1.2.3`)."""
    bare = re.sub(r"[ \u00a0\u202f\u2009]", "", text)
    if not re.search(r"[.,]", bare):
        return () if len(bare) > 15 or (len(bare) > 1 and bare[0] == "0") else (float(bare),)
    parts = re.split(r"[.,]", bare)
    if sum(map(len, parts)) > 15:
        return ()
    signs = re.findall(r"[.,]", bare)
    grouped = all(len(part) == 3 for part in parts[1:]) and 1 <= len(parts[0]) <= 3 and parts[0] != "0"
    if len(set(signs)) == 2:
        if signs.count(signs[-1]) == 1:
            return (float("".join(parts[:-1]) + "." + parts[-1]),)
        return ()
    if len(signs) > 1:
        return (float("".join(parts)),) if grouped else ()
    decimal = float(".".join(parts))
    if not grouped:
        return (decimal,)
    thousands = float("".join(parts))
    return (thousands,) if signs[0] == ("." if lang == "nl" else ",") else (decimal, thousands)
