"""Controlled edits: one planted mistake in the English of a pair, to see what would be found of it.

Made for `check --probe` and the benchmark; nothing here was seen by the judge in training. Each edit changes one
thing and leaves the rest as it stands. What is put in (names, phrases) comes out of the pairs themselves.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from aligner.records import Kind, Pair, Span

#: The kinds that can be planted, in the order in which they are reported.
PLANTED = (Kind.NUMBER, Kind.NEGATION, Kind.ENTITY, Kind.OMISSION, Kind.ADDITION)

_FIGURES = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)*(?![\w-]|[.,]\d)")
_NUMERALS = (
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "twenty",
    "thirty",
)
_NUMERAL = re.compile(rf"(?<![\w-])(?:{'|'.join(_NUMERALS)})(?![\w-])", re.IGNORECASE)
# Words with capitals that are no names, or names of days, months and tongues, which are not exchanged for people.
_CAPITALS = """
I A An The And But Or So If In On At By To For Of Off With From As After Before When While This That These Those There
Here He She It We They You His Her Its Our Their My Your Not No Yes Mr Mrs Ms Dr
Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September
October November December Dutch English French German
"""
_NO_NAMES = frozenset(_CAPITALS.split())
_NAME = re.compile(r"(?<![\w'’-])[A-Z][\w'’-]*[a-z][\w'’-]*(?: (?:(?:van|de|der|den|of|the) )*[A-Z][\w'’-]+)*")
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|will|would|could|should|must|may|might|has|have|had|can)\b"
    r"(?! (?:not|never|no|to|hardly)\b)(?!n)"
)
_NEGATED = re.compile(
    r"\b(is|are|was|were|will|would|could|should|must|may|might|has|have|had|can|do|does|did) ?(?:not|n['’]t|never)\b"
    r"|\b(is|are|was|were|would|could|should|has|have|had|do|does|did)n['’]t\b|\b(can)(?:not|['’]t)\b|\b(wo)n['’]t\b"
)
#: Where a phrase begins that can be left out or put in: prepositions that open an adjunct, relative pronouns.
_OPENERS = re.compile(
    r"(?<=[a-z0-9)’'\"],) (?:which|who|where|including|despite|according)\b"
    r"|(?<=[a-z0-9)]) (?:because of|in front of|instead of|together with|during|without|within|after|before|since"
    r"|until|between|near|across|against|through|under|in|on|at|with|for|from|by)\b"
)
_STOP = re.compile(r"[,;:.!?]|\s(?:and|but|or|that|which|who|when|while|because|if|as|to)\b")


@dataclass(frozen=True, slots=True)
class Edited:
    """A pair with one planted mistake: its kind, and where it stands in the new English (None if left out)."""

    pair: Pair
    kind: Kind
    span: Span | None


class Planter:
    """Plants mistakes in pairs; names and phrases to put in are taken from `pairs`. The seed decides everything."""

    def __init__(self, pairs: Sequence[Pair], seed: int = 0) -> None:
        self._random = random.Random(seed)
        self._names = sorted({span.of(pair.en) for pair in pairs for span in names(pair.en)})
        self._phrases = sorted({span.of(pair.en) for pair in pairs for span in phrases(pair.en)})

    def plant(self, pair: Pair, kind: Kind) -> Edited | None:
        """The pair with one mistake of that kind in its English, None if it offers no place for one."""
        changed = {
            Kind.NUMBER: self._number,
            Kind.NEGATION: self._negation,
            Kind.ENTITY: self._entity,
            Kind.OMISSION: self._omission,
            Kind.ADDITION: self._addition,
        }[kind](pair.en)
        if changed is None:
            return None
        start, end, new = changed
        text = pair.en[:start] + new + pair.en[end:]
        if text == pair.en or len(text.split()) < 2:
            return None
        span = Span(start, start + len(new)) if new.strip() else None
        return Edited(Pair(pair.nl, text, pair.original), kind, span)

    def _number(self, text: str) -> tuple[int, int, str] | None:
        found = [*_FIGURES.finditer(text), *_NUMERAL.finditer(text)]
        if not found:
            return None
        place = self._random.choice(found)
        old = place.group()
        if old[0].isdigit():
            new = self._other_figures(old)
        else:
            new = self._random.choice([word for word in _NUMERALS if word != old.lower()])
            new = new.capitalize() if old[0].isupper() else new
        return place.start(), place.end(), new

    def _other_figures(self, old: str) -> str:
        """Other figures in the same form: a year stays a near year, two digits change places, or one is another."""
        digits = [at for at, char in enumerate(old) if char.isdigit()]
        changed = list(old)
        way = self._random.random()
        swaps = [at for at in digits[:-1] if old[at + 1].isdigit() and old[at] != old[at + 1] and old[at + 1] != "0"]
        if way < 0.35 and swaps:
            at = self._random.choice(swaps)
            changed[at], changed[at + 1] = old[at + 1], old[at]
        elif way < 0.5 and len(digits) > 1 and old.isdigit() and not re.fullmatch(r"(?:19|20)\d\d", old):
            return old + "0"
        else:
            at = self._random.choice(digits[-2:] if re.fullmatch(r"(?:19|20)\d\d", old) else digits)
            options = [str(digit) for digit in range(10) if str(digit) != old[at] and (digit or at != digits[0])]
            changed[at] = self._random.choice(options)
        return "".join(changed)

    def _negation(self, text: str) -> tuple[int, int, str] | None:
        negated = list(_NEGATED.finditer(text))
        plain = list(_AUXILIARY.finditer(text))
        if negated and (not plain or self._random.random() < 0.5):
            place = self._random.choice(negated)
            verb = next(group for group in place.groups() if group)
            return place.start(), place.end(), {"wo": "will"}.get(verb, verb)
        if not plain:
            return None
        place = self._random.choice(plain)
        return place.end(), place.end(), self._random.choice([" not", " not", " never"])

    def _entity(self, text: str) -> tuple[int, int, str] | None:
        found = names(text)
        self._random.shuffle(found)
        for place in found:
            old = place.of(text)
            size = len(old.split())
            # A name of as many words is the mistake that reads well.
            others = [
                name for name in self._names if len(name.split()) == size and name not in text and old not in name
            ]
            if others:
                return place.start, place.end, self._random.choice(others)
        return None

    def _omission(self, text: str) -> tuple[int, int, str] | None:
        found = phrases(text)
        if not found:
            return None
        place = self._random.choice(found)
        return place.start, place.end, ""

    def _addition(self, text: str) -> tuple[int, int, str] | None:
        words = set(re.findall(r"\w+", text.lower()))
        others = [phrase for phrase in self._phrases if len(words & set(re.findall(r"\w+", phrase.lower()))) < 3]
        if not others:
            return None
        places = [span.end for span in phrases(text)] or [match.start() for match in re.finditer(r"[.!?]?$", text)][:1]
        at = self._random.choice(places)
        return at, at, self._random.choice(others)


def names(text: str) -> list[Span]:
    """Names by their capitals, the first word of a sentence only if it is followed by another capital."""
    found = []
    for match in _NAME.finditer(text):
        start, words = match.start(), match.group().split(" ")
        while words and words[0].removesuffix("'s").removesuffix("’s") in _NO_NAMES:
            start += len(words.pop(0)) + 1
        if not words:
            continue
        end = match.end() - (2 if words[-1].endswith(("'s", "’s")) else 0)
        before = text[:start].rstrip(" \"'“‘(")
        if len(words) == 1 and (not before or before[-1] in ".!?:"):
            continue
        if text[start:end] not in _NO_NAMES:
            found.append(Span(start, end))
    return found


def phrases(text: str) -> list[Span]:
    """Adjuncts of three to nine words that a sentence can do without, each with the space before it."""
    found = []
    for match in _OPENERS.finditer(text):
        stop = _STOP.search(text, match.end())
        end = stop.start() if stop else len(text)
        if 3 <= len(text[match.start() : end].split()) <= 9 and match.start() > 8:
            found.append(Span(match.start(), end))
    return found
