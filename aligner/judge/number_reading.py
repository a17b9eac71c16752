"""All quantities of one cell, left to right: figures, words, fractions, units, currencies, times."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from aligner.judge import number_tables as tables
from aligner.judge import times
from aligner.judge.figures import figures
from aligner.judge.number_tokens import Tokens
from aligner.judge.number_values import Reading, Value
from aligner.judge.number_words import EN_SCALES, EN_UNITS, dutch, english, plain
from aligner.records import Span

_GLUED_SCALES = {"m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "k": 1e3, "mld": 1e9, "tn": 1e12}
_SMALL_SCALES = frozenset({"m", "k", "b"})
_COUNTED_PARTS = frozenset({"helft", "half", "kwartaal", "quarter", "ronde", "round", "set", "semester"})


@lru_cache(maxsize=512)
def values(text: str, lang: str) -> tuple[Value, ...]:
    """The quantities of `text` in text order."""
    low = text.lower()
    if len(low) != len(text):  # some capitals have longer small letters
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    low = low.replace("’", "'")
    low = times.blank(low, [Span(m.start(), m.end()) for m in tables.idioms(lang).finditer(low)])
    found, low = times.find(low, text, lang)
    return tuple(sorted([*found, *_Scan(low, lang).run()], key=lambda value: value.span))


class _Scan(Tokens):
    """One pass over the tokens of a cell."""

    def run(self) -> list[Value]:
        found, at = [], 0
        while at < len(self.words):
            value, after = self.at(at)
            if value is not None:
                found.append(value)
            at = max(after, at + 1)
        return found

    def at(self, at: int) -> tuple[Value | None, int]:
        word = self.words[at]
        if word[0].isdecimal():
            return self.figure(at)
        if not word[0].isalpha():
            return None, at
        for reader in (self.fraction, self.magnitude, self.number, self.implied):
            value, after = reader(at)
            if value is not None:
                return value, after
        return None, at

    # Figures

    def figure(self, at: int) -> tuple[Value | None, int]:
        text = self.words[at]
        if self.glued(at) and (self.word(at - 1)[-1:].isalpha() or self._code_before(at)):
            return self.make(at, at + 1, [("code", float(re.sub(r"\D", "", text)[:15]))], (), digits=True), at + 1
        amounts = figures(text, self.lang)
        if not amounts:
            code = re.sub(r"\D", "", text)[:15]
            return self.make(at, at + 1, [("code", float(code))], (), digits=True), at + 1
        after = at + 1
        if self.word(after) in {"½", "¼", "¾"}:
            amounts = tuple(a + {"½": 0.5, "¼": 0.25, "¾": 0.75}[self.word(after)] for a in amounts)
            after += 1
        tail = self.word(after) if self.glued(after) else ""
        if tail in {"e", "ste", "de", "st", "nd", "rd", "th"}:
            return self.ordinal(at, after + 1, amounts[0], True)
        if tail in _GLUED_SCALES:
            scaled = tuple(a * _GLUED_SCALES[tail] for a in amounts)
            if tail in _SMALL_SCALES and self.word(at - 1) not in tables.SIGNS:
                unit = [("length", a) for a in amounts] if tail == "m" else []
                return self.make(
                    at, after + 1, [*(("count", a) for a in scaled), *unit], (*scaled, *amounts), digits=True
                ), after + 1
            return self.finish(at, after + 1, scaled, digits=True)
        if len(text) == 2 and text.isdecimal():
            years = self.short_year(at, int(text))
            if years:
                return self.make(at, after, years, amounts, digits=True), after
        if self.word(after) == "en" and self.word(after + 1) == "een" and self.word(after + 2) in {"half", "halve"}:
            amounts, after = tuple(a + 0.5 for a in amounts), after + 3
        return self.finish(at, after, amounts, digits=True)

    def short_year(self, at: int, year: int) -> list[Reading]:
        """`1944-45`, `'98`: the years two figures may stand for."""
        before = self.word(at - 1)
        if before in {"'", "‘"} and self.glued(at):
            return [("year", 1800.0 + year), ("year", 1900.0 + year), ("year", 2000.0 + year)]
        first = self.word(at - 2)
        if before in {"-", "–", "/"} and len(first) == 4 and first.isdecimal() and first[:2] in {"18", "19", "20"}:
            return [("year", float(int(first[:2]) * 100 + year))]
        return []

    def _code_before(self, at: int) -> bool:
        """`F-16`, `Covid-19`: a letter, a hyphen and the figure without a space."""
        return self.word(at - 1) in {"-", "‑"} and self.glued(at - 1) and self.word(at - 2)[-1:].isalpha()

    # Words

    def number(self, at: int) -> tuple[Value | None, int]:
        if self.lang == "nl":
            return self.dutch_number(at)
        words: list[str] = []
        ends: list[int] = []
        here = at
        while here < len(self.words) and len(words) < 9:
            if self.words[here] in {"-", "‑"} and words:
                here += 1
                continue
            if not self.words[here].isalpha():
                break
            words.append(self.words[here])
            here += 1
            ends.append(here)
        parsed = english(tuple(words))
        if parsed is None:
            return None, at
        amount, used, use = parsed
        if used > len(ends):
            return None, at
        after = ends[used - 1]
        if use == "ordinal":
            if words[0] == "second" and used == 1 and self.word(at - 1).isdecimal():
                return None, at
            return self.ordinal(at, after, amount, False)
        if self.word(after) == "fold" or (words[0].endswith("fold")):
            return self.make(at, after + 1, [("times", amount)], (amount,)), after + 1
        amounts = (amount, round(amount, -1)) if words[used - 1] == "dozen" and amount > 12 else (amount,)
        return self.finish(at, after, amounts, weight=0.35 if amount == 1 else 1.0)

    def dutch_number(self, at: int) -> tuple[Value | None, int]:
        word = self.words[at]
        if word in {"anderhalf", "anderhalve"}:
            return self.finish(at, at + 1, (1.5,))
        for tail in ("enhalf", "enhalve"):
            if plain(word).endswith(tail) and (whole := dutch(plain(word)[: -len(tail)])) is not None:
                return self.finish(at, at + 1, (whole[0] + 0.5,))
        if word in {"half", "halve"} and self._unit_or_scale(at + 1):
            return self.finish(at, at + 1, (0.5,))
        parsed = dutch(word)
        if parsed is None and self.word(at + 1) in {"-", "‑"}:
            return None, at
        if parsed is None:
            if word in {"een", "per", "elke", "elk", "ieder", "iedere", "afgelopen"} and self._soft_unit(at + 1):
                return self.soft_unit(at, at + 1)
            if word == "een" and self.word(at + 1) == "op" and self.word(at + 2) == "de":
                return self.finish(at, at + 1, (1.0,), weight=0.35)
            return None, at
        amount, use = parsed
        after = at + 1
        if use == "cardinal" and self.but_best(at, after):
            return self.make(at - 1, after + 1, [("ordinal", amount + 1)], (amount + 1,), weight=0.9), after + 1
        if use == "ordinal":
            return self.ordinal(at, after, amount, False)
        if use in {"year", "day", "week", "month", "hour"}:
            factor = {"year": 365.25, "day": 1.0, "week": 7.0, "month": 30.4375, "hour": 1 / 24}[use]
            return self.make(at, after, [("duration", amount * factor)], (amount,), use), after
        if use == "times":
            return self.make(at, after, [("times", amount)], (amount,)), after
        if use == "percent":
            return self.make(at, after, [("share", amount)], (amount,), "%"), after
        if use == "century":
            return self.make(at, after, [("century", amount)], (amount,)), after
        while after < len(self.words):  # `duizend vijfhonderd`, `honderd en twintig`
            step = after + 1 if self.words[after] == "en" and amount >= 100 else after
            more = dutch(self.word(step))
            if (
                more is None
                or more[1] != "cardinal"
                or not (amount % 1000 == 0 or amount % 100 == 0)
                or (more[0] >= (1000 if amount >= 1000 and amount % 1000 == 0 else 100) or amount >= 1e6)
            ):
                break
            amount, after = amount + more[0], step + 1
        if (
            self.word(after) == "en"
            and self.word(after + 1) in {"een", "één"}
            and self.word(after + 2) in {"half", "halve"}
        ):
            amount, after = amount + 0.5, after + 3
        weight = 0.35 if amount == 1 else 0.8 if use == "about" else 1.0
        return self.finish(at, after, (amount,), weight=weight, hedged=use == "about")

    def ordinal(self, at: int, after: int, amount: float, digits: bool) -> tuple[Value | None, int]:
        step = self.skip_hyphen(after)
        if self.word(step) in {"eeuw", "eeuws", "eeuwse", "century", "eeuwen"}:
            return self.make(at, step + 1, [("century", amount)], (amount,), digits=digits), step + 1
        # "First" is mostly adverb or idiom; before a part of something that is counted it is a figure.
        weight = 0.3 if amount == 1 and self.word(step) not in _COUNTED_PARTS else 0.9
        if amount in {2.0, 3.0} and self.word(after) in {"verdieping", "floor", "storey", "etage"}:
            weight = 0.3  # the English ground floor is the American first
        return self.make(at, after, [("ordinal", amount)], (amount,), weight=weight, digits=digits), after

    # Fractions, vague amounts, implied quantities

    def fraction(self, at: int) -> tuple[Value | None, int]:
        """`een derde`, `two-thirds`, `drie kwart`, `half a million`, `an hour and a half`."""
        word, nl = self.words[at], self.lang == "nl"
        step = self.skip_hyphen(at + 1)
        nxt = self.word(step)
        if not nl and word == "half":
            after = step + 1 if nxt in {"a", "an"} else step
            if self.word(after) in EN_SCALES or (
                self.word(after) in self.units and self.word(after) not in {"second", "p"}
            ):
                return self.finish(at, after, (0.5,))
            if "again" in {self.word(there) for there in range(step, step + 4)} and nxt in {"as", "again"}:
                return self.make(at, step + 1, [("times", 1.5)], (1.5,)), step + 1  # half as many again
            if nxt in {"as", "that"} or self.word(at - 1) == "by":
                return self.make(at, at + 1, [("share", 50.0), ("times", 0.5)], (), weight=0.8), at + 1
            return None, at
        over = (tables.FRACTIONS_NL if nl else tables.FRACTIONS_EN).get(nxt)
        if over is None or (over == 2 and not nl):
            return None, at
        count = (
            1.0
            if word in {"een", "één", "a", "an", "one"}
            else (dutch(word) or (None,))[0]
            if nl
            else EN_UNITS.get(word)
        )
        if count is None or count >= over:
            return None, at
        unit = self.units.get(self.word(step + 3), ("", 0.0)) if self.word(step + 1) == "of" else ("", 0.0)
        if not nl and unit[0] == "duration" and self.word(step + 2) in {"a", "an"}:
            return self.make(at, step + 4, [("duration", count / over * unit[1])], ()), step + 4
        points = step + 3 if self.word(step + 1) == "of" else step + 1  # een kwart procentpunt, half of a point
        if self.word(points).startswith(("procent", "percent")):
            part = count / over
            dim = "points" if "punt" in self.word(points) or self.word(points + 1).startswith("point") else "share"
            end = points + 1 + self.word(points + 1).startswith("point")
            return self.make(at, end, [(dim, part)], (part,), "%"), end
        readings: list[Reading] = [("share", 100 * count / over)]
        raw: tuple[float, ...] = ()
        if count == 1:
            readings.append(("ordinal", float(over)))
            raw = (float(over),)
        weight = 1.0 if count > 1 else 0.9
        return self.make(at, step + 1, readings, raw, weight=weight), step + 1

    def magnitude(self, at: int) -> tuple[Value | None, int]:
        """`tientallen`, `hundreds of thousands`, `a few hundred`."""
        table = tables.MAGNITUDES[self.lang]
        word = self.words[at]
        if word in table:
            amount, after = table[word], at + 1
            while True:
                step = after + 1 if self.word(after) == "of" else after
                if self.word(step) in table:
                    amount, after = amount * table[self.word(step)], step + 1
                elif self.word(step) in self.scales and self.word(step) != "dozen":
                    amount, after = amount * self.scales[self.word(step)], step + 1
                else:
                    break
            if word == "tientallen" and self.word(after) in {"jaar", "jaren"}:
                return self.make(at, after + 1, [("magnitude", 36525.0)], (), weight=0.2), after + 1  # decades
            return self.make(at, after, [("magnitude", amount)], (), weight=0.9), after
        if word in tables.FEW[self.lang]:
            step = at + 1
            while self.word(step) in {"of", "a"}:
                step += 1
            scale = self.scales.get(self.word(step)) or table.get(self.word(step))
            if scale:
                return self.make(at, step + 1, [("magnitude", scale)], (), weight=0.8), step + 1
        for head, size in (("miljoenen", 1e6), ("miljarden", 1e9)):
            if self.lang == "nl" and word.startswith(head) and word != head:
                return self.make(at, at + 1, [("magnitude", size)], (), weight=0.4), at + 1
        return None, at

    def implied(self, at: int) -> tuple[Value | None, int]:
        word = self.words[at]
        if self.lang == "nl":
            for head, amount in (
                ("verdubbel", 2.0),
                ("verdrievoudig", 3.0),
                ("verviervoudig", 4.0),
                ("vertienvoudig", 10.0),
            ):
                if head in word and len(word) < 30:
                    return self.make(at, at + 1, [("times", amount)], (amount,), weight=0.95), at + 1
        elif word in {"a", "an", "per", "each", "every", "this"} and self._soft_unit(at + 1):
            return self.soft_unit(at, at + 1)
        entry = tables.IMPLIED[self.lang].get(word)
        if entry is None:
            return None, at
        dim, amount, weight = entry
        raw = (float(amount),) if dim in {"count", "times"} else ()
        return self.make(at, at + 1, [(dim, float(amount))], raw, weight=weight), at + 1

    def soft_unit(self, at: int, unit: int) -> tuple[Value | None, int]:
        """`a year`, `per week`: a quantity of one that may stand for twelve months or seven days."""
        dim, factor = self.units[self.words[unit]]
        if (
            self.word(unit + 1) in {"and", "en"}
            and self.word(unit + 2) in {"a", "een"}
            and self.word(unit + 3) in {"half", "halve"}
        ):
            return self.make(at, unit + 4, [(dim, 1.5 * factor)], (1.5,), self.words[unit]), unit + 4
        often = self.words[at] in {"per", "elke", "elk", "each", "every", "iedere", "ieder"}
        weight = 0.8 if often or (self.lang == "en" and factor < 400) else 0.8 if factor > 3000 else 0.6
        return self.make(at, unit + 1, [(dim, factor)], (1.0,), "", weight=weight), unit + 1

    # What follows a number

    def finish(
        self,
        at: int,
        after: int,
        amounts: tuple[float, ...],
        weight: float = 1.0,
        hedged: bool = False,
        digits: bool = False,
    ) -> tuple[Value | None, int]:
        """Scale, ratio, percent, currency and unit behind the number, currency sign before it."""
        step = self.skip_hyphen(after)
        scaled = False
        while (scale := self.scales.get(self.word(step))) is not None and (scale >= 100 or digits or scale == 12):
            # Ten, twelve: `4 dozen` is as round as `vijftig`.
            more = tuple(told for a in amounts if a > 1 for told in (a * 10, round(a * 12, -1))) if scale == 12 else ()
            amounts, after, scaled = (*(a * scale for a in amounts), *more), step + 1, True
            weight = 1.0
            step = self.skip_hyphen(after)
        ratio = self.ratio(after, amounts[0])
        if ratio is not None:
            share, end = ratio
            whole = amounts[0] * 100 / share
            parts = (
                self.make(at, after, [("count", amounts[0])], amounts[:1], weight=weight, digits=digits),
                self.make(end - 1, end, [("count", whole)], (whole,), digits=digits),
            )
            return replace(self.make(at, end, [("share", share)], (), digits=digits), parts=parts), end
        readings: list[Reading] = []
        sign = tables.SIGNS.get(self.word(at - 1)) or tables.SIGNS_SHORT.get(self.word(at - 1))
        start = at - 1 if sign else at
        unit, word, end = "", self.word(step), after
        if sign is None and word in tables.SIGNS:
            sign, end = tables.SIGNS[word], step + 1
        if word == "%" or word in {"procent", "percent", "pct", "pc"}:
            dim = "points" if self.word(step + 1) in {"point", "points"} else "share"
            unit, end = "%", step + 1 + (dim == "points")
            readings = [(dim, a) for a in amounts]
        elif (word == "per" and self.word(step + 1) == "cent") or (
            word == "percentage" and self.word(step + 1).startswith("point")
        ):
            unit, end = "%", step + 2
            readings = [("points" if word == "percentage" else "share", a) for a in amounts]
        elif word in {"procentpunt", "procentpunten"}:
            unit, end, readings = "%", step + 1, [("points", a) for a in amounts]
        elif word in tables.CURRENCIES[self.lang] and sign is None:
            sign, end = tables.CURRENCIES[self.lang][word], step + 1
            if word.startswith(("pond", "pound")):
                readings = [("mass", a * (0.5 if self.lang == "nl" else 0.4536)) for a in amounts]
        elif word in {"ton", "tons"}:
            end, unit = step + 1, "ton"
            readings = [("mass", a * 1000) for a in amounts]
            if self.lang == "nl":
                readings += [("money:EUR", a * 1e5) for a in amounts]
        elif word in {"keer", "maal", "times"}:
            end, readings = step + 1, [("times", a) for a in amounts]
        elif word in self.units and sign is None:
            readings, unit, end = self.measure(step, amounts, digits)
        if sign:
            readings += [(f"money:{sign}", a) for a in amounts]
            weight = max(weight, 0.9)
        if not readings:
            readings = [("count", a) for a in amounts]
            if not scaled and (tail := self.range_end(after)):
                lent, unit = self.lent(tail, amounts)
                readings += lent
                amounts = (*amounts, *(a for dim, a in lent if dim == "count"))
            if digits and re.fullmatch(r"(?:[01]?\d|2[0-4])\.[0-5]\d", self.words[at]):
                readings += times.bare_clock(self.words[at])
            whole = amounts[0]
            if digits and not scaled and len(self.words[at]) == 4 and whole.is_integer() and 1000 <= whole <= 2100:
                readings = [("year", whole), ("count", whole)]
        elif weight < 1 and amounts == (1.0,) and unit:
            weight = 0.45
        raw = amounts if not unit.startswith("ton") else (*amounts, *(a * 1e5 for a in amounts if self.lang == "nl"))
        return self.make(start, end, readings, raw, unit, weight, hedged or self.hedge(start), digits), end
