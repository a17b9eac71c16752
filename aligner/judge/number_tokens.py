"""The tokens of a cell as the number reader looks at them, and what may follow a number."""

from __future__ import annotations

import re

from aligner.judge import number_tables as tables
from aligner.judge.figures import figures
from aligner.judge.number_values import Reading, Value
from aligner.judge.number_words import EN_SCALES, NL_SCALES, dutch, english
from aligner.records import Span

#: Figures (`1 500` too), words, other signs.
_TOKEN = re.compile(
    r"\d{1,3}(?: \d{3})+(?![\d.,]\d|\d)|\d+(?:[.,]\d+)*(?:[\u00a0\u202f\u2009]\d{3}(?!\d))*|[^\W\d_]+|[^\w\s]"
)


class Tokens:
    """Tokens of one cell, with questions about the neighbourhood of one of them."""

    def __init__(self, low: str, lang: str) -> None:
        self.low, self.lang = low, lang
        self.marks = list(_TOKEN.finditer(low))
        self.words = [mark.group() for mark in self.marks]
        self.units = tables.units(lang)
        self.scales = NL_SCALES if lang == "nl" else EN_SCALES

    def word(self, at: int) -> str:
        """The token at `at`, empty beyond the ends."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def skip_hyphen(self, at: int) -> int:
        """`at`, or the token behind it if a hyphen stands there."""
        return at + 1 if self.word(at) in {"-", "‑"} else at

    def glued(self, at: int) -> bool:
        """Whether token `at` follows the one before it without a space."""
        return 0 < at < len(self.marks) and self.marks[at].start() == self.marks[at - 1].end()

    def hedge(self, at: int) -> bool:
        """Whether a word of roughness stands before token `at`."""
        return (
            any(self.word(back) in tables.HEDGES[self.lang] for back in (at - 1, at - 2)) or self.word(at - 2) == "zo"
        )

    def make(
        self, at: int, after: int, readings: list[Reading], raw: tuple[float, ...], unit: str = "",
        weight: float = 1.0, hedged: bool = False, digits: bool = False,
    ) -> Value:  # fmt: skip
        """The value that the tokens from `at` up to `after` hold."""
        span = Span(self.marks[max(at, 0)].start(), self.marks[min(after, len(self.marks)) - 1].end())
        return Value(span, tuple(readings), tuple(raw), unit, weight, hedged, digits)

    def range_end(self, after: int) -> int:
        """Behind the second number of `5 tot 10 centimeter`, `two or three million`; 0 if there is none."""
        if self.word(after) not in {"à", "tot", "of", "en", "tegen", "to", "or", "and", "by", "-", "–"}:
            return 0
        second = self.word(after + 1)
        if second[:1].isdecimal():
            return self.skip_hyphen(after + 2)
        found = dutch(second) if self.lang == "nl" else english((second,))
        if not found or found[-1] != "cardinal":
            return 0
        step = self.skip_hyphen(after + 2)
        more = english((self.word(step),)) if self.lang == "en" else None
        return self.skip_hyphen(step + 1) if more and more[2] == "cardinal" else step

    def but_best(self, at: int, after: int) -> bool:
        """Whether it is `op twee na de grootste`, the third."""
        step = after + 2 if self.word(after + 1) in {"de", "het"} else after + 1
        best = any(re.fullmatch(r"\w+ste|meest|laatste", self.word(here)) for here in (step, step + 1))
        return self.word(at - 1) == "op" and self.word(after) == "na" and best

    def ratio(self, after: int, part: float) -> tuple[float, int] | None:
        """`op de acht`, `van de tien`, `in eight`, `out of every ten` behind `part`: the share and where it ends."""
        step = after
        heads = {"op", "van"} if self.lang == "nl" else {"in", "out", "of"}
        fill = {"de", "elke", "iedere", "of", "the", "every"}
        if self.word(step) not in heads:
            return None
        head = self.word(step)
        step += 1
        filled = False
        while self.word(step) in fill:
            step, filled = step + 1, True
        if self.lang == "nl" and not filled and head != "op":
            return None
        word = self.word(step)
        whole = figures(word, self.lang)[:1] if word[:1].isdecimal() else ()
        if not whole:
            found = dutch(word) if self.lang == "nl" else None
            if found and found[1] == "cardinal":
                whole = (found[0],)
            elif self.lang == "en" and self.word(step + 1) not in {"-", "‑", "million", "hundred", "thousand"}:
                parsed = english((word,))
                whole = (parsed[0],) if parsed and parsed[2] == "cardinal" else ()
        if not whole or not 0 < part < whole[0]:
            return None
        if head in {"van", "of", "out"} and whole[0] not in {2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100}:
            return None
        if head == "in" and (whole[0] > 1000 or self.word(step + 1) in self.units):
            return None
        return 100 * part / whole[0], step + 1

    def measure(self, step: int, amounts: tuple[float, ...], digits: bool) -> tuple[list[Reading], str, int]:
        """Readings, unit and end of a number with the unit at `step`."""
        word = self.word(step)
        dim, factor = self.units[word]
        if dim == "cents":
            return [("count", a * f) for a in amounts for f in (factor, 1.0)], "cent", step + 1
        end, low = step + 1, self.low[self.marks[step].end() : self.marks[step].end() + 14].lstrip()
        if dim == "length" and low.startswith(("per uur", "/u", "an hour", "per hour", "/h")):
            return [("speed", a * factor / 3600) for a in amounts], word, end
        if dim == "temp" and (low.startswith(("fahrenheit", "f ", "f.", "f,")) or self.lang == "en"):
            both = [("temp", (a - 32) / 1.8) for a in amounts]
            return (
                (both if low[:1] == "f" else [*both, *(("temp", a) for a in amounts)]),
                "f" if low[:1] == "f" else "",
                end,
            )
        if self.lang == "en" and word == "second" and not digits:
            return [("count", a) for a in amounts], "", step
        if word in {"voet", "duim", "stone", "foot"} and not digits:
            return [("count", a) for a in amounts], "", step
        unit = {"duration": f"{factor:.6f}"}.get(dim, f"{factor:.4f}")
        return [(dim, a * factor) for a in amounts], unit, end

    def lent(self, at: int, amounts: tuple[float, ...]) -> tuple[list[Reading], str]:
        """What scale or unit behind the second number of a range makes of the first: `twee à drie miljoen`."""
        word = self.word(at)
        if self.scales.get(word, 0.0) >= 1000:
            return [("count", a * self.scales[word]) for a in amounts], ""
        if word in {"%", "procent", "percent", "pct"} or (word == "per" and self.word(at + 1) == "cent"):
            return [("share", a) for a in amounts], "%"
        if word in self.units and self.units[word][0] not in {"cents", "temp"}:
            readings, unit, _ = self.measure(at, amounts, True)
            return readings, unit
        return [], ""

    def _soft_unit(self, at: int) -> bool:
        return self.units.get(self.word(at), ("", 0.0))[0] == "duration" and self.word(at) not in {"second", "night"}

    def _unit_or_scale(self, at: int) -> bool:
        return (
            self.word(at) in self.scales
            or self._soft_unit(at)
            or self.word(at) in {"dozijn", "procent", "kilometer", "kilo", "liter", "meter", "graad"}
        )
