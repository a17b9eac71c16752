"""Controlled edits of true pairs, for training the joint reader. Evaluation has an edit generator of its own.

An edit changes one side of a pair and tells what kind of divergence that makes and which characters carry it on
either side. `omission` here means that the English lacks something, `addition` that it has something more.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
NUMBER_WORDS = {
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien vijftien twintig dertig veertig vijftig zestig".split(),
    "en": "two three four five six seven eight nine ten eleven twelve thirteen fifteen twenty thirty forty fifty sixty".split(),
}
SWAPS = {
    "nl": [
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "miljoen miljard",
        "honderd duizend",
        "honderden duizenden tientallen",
        "eerste tweede derde vierde vijfde laatste",
        "gisteren vandaag morgen",
        "euro dollar pond",
        "helft kwart derde",
        "procent procentpunt",
    ],
    "en": [
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "January February March April May June July August September October November December",
        "million billion trillion",
        "hundred thousand",
        "hundreds thousands dozens",
        "first second third fourth fifth last",
        "yesterday today tomorrow",
        "euros dollars pounds",
        "half quarter third",
    ],
}
OPPOSITES = {
    "nl": """meer minder|hoger lager|stijgen dalen|steeg daalde|stijging daling|gestegen gedaald|groter kleiner|voor na|voor tegen
winst verlies|winnen verliezen|won verloor|gewonnen verloren|altijd nooit|vroeger later|begin einde|eerste laatste|goed slecht|beter slechter
sterk zwak|snel langzaam|open dicht|kopen verkopen|kocht verkocht|toename afname|vraag aanbod|moet mag|moeten kunnen|kan moet|zal zou|zullen
zouden|wil moet|links rechts|noord zuid|noorden zuiden|oosten westen|oude nieuwe|jongere oudere|rijke arme|binnen buiten|boven onder|met zonder
voordeel nadeel|bevestigde ontkende|aanvaardde weigerde|slaagde faalde|toegelaten geweigerd|schuldig onschuldig|veel weinig|vele weinige|alle
sommige|iedereen niemand|verhogen verlagen|verhoogd verlaagd|beginnen stoppen|vertrok arriveerde|linkse rechtse|mannen vrouwen|man vrouw|zoon
dochter|broer zus|vader moeder|moeilijk makkelijk|mogelijk onmogelijk|zeker onzeker|vrijgesproken veroordeeld|ouders kinderen|minstens hoogstens""",
    "en": """more less|more fewer|higher lower|rise fall|rose fell|risen fallen|larger smaller|before after|for against|profit loss|win lose
won lost|always never|earlier later|beginning end|first last|good bad|better worse|strong weak|quickly slowly|open closed|buy sell|bought sold
increase decrease|increased decreased|must may|should could|can must|will would|will might|left right|north south|northern southern|east west
old new|younger older|rich poor|inside outside|above below|with without|advantage disadvantage|confirmed denied|accepted refused|succeeded failed
admitted rejected|guilty innocent|many few|all some|everyone nobody|raise cut|raised lowered|start stop|left arrived|men women|man woman|son
daughter|brother sister|father mother|difficult easy|possible impossible|certain uncertain|acquitted convicted|parents children|least most
strengthened weakened|supported opposed|employers workers|teacher pupil|cause result|import export|imports exports""",
}
NOT = {"nl": ("niet", "geen", "nooit", "nauwelijks"), "en": ("not", "no", "never", "hardly")}
AUXILIARIES = {
    "nl": frozenset(
        "is was zijn waren heeft had hebben hadden wordt werd worden werden zal zou kan kon mag moet wil gaat".split()
    ),
    "en": frozenset("is was are were has had have will would can could may should does did".split()),
}
OPENERS = {
    "nl": frozenset(
        "die dat omdat maar terwijl toen met voor door na volgens als sinds ondanks waar zodat hoewel en om".split()
    ),
    "en": frozenset(
        "who which that because but while when with for by after according if since despite where so although and to".split()
    ),
}


@dataclass(frozen=True)
class Edit:
    """`side` now reads `text`; `span` are the changed characters in it, `other` those at fault on the other side, if known."""

    side: str
    text: str
    kind: str
    span: tuple[int, int] | None


Editor = Callable[[str, str, random.Random], Edit | None]


class Editors:
    """All edits; names, clauses and neighbouring words are drawn from the pools learned from the corpus."""

    def __init__(
        self,
        names: dict[str, list[str]],
        clauses: dict[str, list[str]],
        near: dict[str, dict[str, list[str]]],
        antonyms: dict[str, list[str]] | None = None,
    ) -> None:
        self._names, self._clauses, self._near = names, clauses, near
        #: English word → its antonyms, beside the short lists above.
        self._antonyms = antonyms or {}
        self.by_kind: dict[str, list[Editor]] = {
            "number": [self.digits, self.digits, self.number_word, self.swapped],
            "entity": [self.name],
            "negation": [self.negation],
            "omission": [self.dropped],
            "addition": [self.inserted],
            "meaning": [self.opposite, self.antonym, self.neighbour, self.neighbour, self.names_swapped],
        }

    def digits(self, side: str, text: str, rng: random.Random) -> Edit | None:
        found = list(re.finditer(r"\d[\d.,]*\d|\d", text))
        if not found:
            return None
        match = rng.choice(found)
        old = match.group()
        places = [i for i, char in enumerate(old) if char.isdigit()]
        new = list(old)
        if len(places) > 1 and rng.random() < 0.3:
            a, b = rng.sample(places, 2)
            new[a], new[b] = new[b], new[a]
        else:
            for place in rng.sample(places, rng.choice([1, min(2, len(places))])):
                new[place] = rng.choice([d for d in "0123456789" if d != new[place] and not (d == "0" and place == 0)])
        changed = "".join(new)
        return None if changed == old else _replaced(side, text, match.span(), changed, "number")

    def number_word(self, side: str, text: str, rng: random.Random) -> Edit | None:
        found = [m for m in WORD.finditer(text) if m.group().lower() in NUMBER_WORDS[side]]
        if not found:
            return None
        match = rng.choice(found)
        new = rng.choice([w for w in NUMBER_WORDS[side] if w != match.group().lower()])
        return _replaced(side, text, match.span(), _cased(match.group(), new), "number")

    def swapped(self, side: str, text: str, rng: random.Random) -> Edit | None:
        groups = [group.split() for group in SWAPS[side]]
        found = [(m, g) for m in WORD.finditer(text) for g in groups if m.group() in g]
        if not found:
            return None
        match, group = rng.choice(found)
        return _replaced(side, text, match.span(), rng.choice([w for w in group if w != match.group()]), "number")

    def name(self, side: str, text: str, rng: random.Random) -> Edit | None:
        found = names_in(text)
        if not found:
            return None
        start, end = rng.choice(found)
        new = rng.choice(self._names[side])
        return None if new in text else _replaced(side, text, (start, end), new, "entity")

    def negation(self, side: str, text: str, rng: random.Random) -> Edit | None:
        words = list(WORD.finditer(text))
        there = [m for m in words if m.group().lower() in NOT[side]]
        if side == "en":
            short = [
                m
                for m in words
                if m.group().lower().endswith(("n't", "n’t")) and m.group().lower()[:3] not in ("can", "won")
            ]
            if short and rng.random() < 0.7:
                match = rng.choice(short)
                return _replaced(side, text, match.span(), match.group()[:-3], "negation")
        if there and rng.random() < 0.75:
            match = rng.choice(there)
            old = match.group().lower()
            if old == "geen":
                return _replaced(side, text, match.span(), _cased(match.group(), "een"), "negation")
            if old == "no":
                return _replaced(side, text, match.span(), _cased(match.group(), "a"), "negation")
            new = {"nooit": "altijd", "never": "always", "nauwelijks": "duidelijk", "hardly": "clearly"}.get(old, "")
            if new:
                return _replaced(side, text, match.span(), new, "negation")
            cut = text[: match.start()].rstrip() + " " + text[match.end() :].lstrip()
            at = max(0, len(text[: match.start()].rstrip()))
            return Edit(side, cut.strip(), "negation", _around(cut, at))
        places = [m for m in words if m.group().lower() in AUXILIARIES[side]]
        if not places:
            return None
        match = rng.choice(places)
        at = match.end()
        if side == "nl":
            later = [m for m in words if match.end() < m.start()][: rng.randint(1, 4)]
            at = later[-1].end() if later else match.end()
        word = rng.choice(
            ["niet", "niet", "nooit", "nauwelijks"] if side == "nl" else ["not", "not", "never", "hardly"]
        )
        return Edit(side, f"{text[:at]} {word}{text[at:]}", "negation", (at + 1, at + 1 + len(word)))

    def dropped(self, side: str, text: str, rng: random.Random) -> Edit | None:
        """Drops a clause or phrase. Dropping it from the English is an omission, from the Dutch an addition."""
        span = _phrase(side, text, rng)
        if span is None:
            return None
        cut = re.sub(r"\s+([,.])", r"\1", text[: span[0]].rstrip() + " " + text[span[1] :].lstrip()).strip()
        if len(cut.split()) < 4:
            return None
        cut = cut[0].upper() + cut[1:] if text[0].isupper() else cut
        return Edit(side, cut, "omission" if side == "en" else "addition", None)

    def inserted(self, side: str, text: str, rng: random.Random) -> Edit | None:
        """Puts in a clause of another sentence: an addition in the English, in the Dutch an omission of the English."""
        clause = rng.choice(self._clauses[side])
        places = [m.start() for m in re.finditer(r"(?=[,.;]( |$))", text)] or [len(text)]
        at = rng.choice(places)
        mark = "," if rng.random() < 0.6 else ""
        return Edit(
            side,
            f"{text[:at]}{mark} {clause}{text[at:]}",
            "addition" if side == "en" else "omission",
            (at + len(mark) + 1, at + len(mark) + 1 + len(clause)),
        )

    def opposite(self, side: str, text: str, rng: random.Random) -> Edit | None:
        pairs = [pair.split() for pair in OPPOSITES[side].replace("\n", "|").split("|")]
        found = [
            (m, pair[1] if m.group().lower() == pair[0] else pair[0])
            for m in WORD.finditer(text)
            for pair in pairs
            if len(pair) == 2 and m.group().lower() in pair
        ]
        if not found:
            return None
        match, new = rng.choice(found)
        return _replaced(side, text, match.span(), _cased(match.group(), new), "meaning")

    def antonym(self, side: str, text: str, rng: random.Random) -> Edit | None:
        found = [m for m in WORD.finditer(text) if side == "en" and m.group().lower() in self._antonyms]
        if not found:
            return self.opposite(side, text, rng)
        match = rng.choice(found)
        new = rng.choice(self._antonyms[match.group().lower()])
        return _replaced(side, text, match.span(), _cased(match.group(), new), "meaning")

    def neighbour(self, side: str, text: str, rng: random.Random) -> Edit | None:
        found = [m for m in WORD.finditer(text) if m.group() in self._near[side]]
        if not found:
            return None
        match = rng.choice(found)
        return _replaced(side, text, match.span(), rng.choice(self._near[side][match.group()]), "meaning")

    def names_swapped(self, side: str, text: str, rng: random.Random) -> Edit | None:
        found = names_in(text)
        if len(found) < 2:
            return None
        (a, b), (c, d) = sorted(rng.sample(found, 2))
        if text[a:b] == text[c:d]:
            return None
        changed = text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]
        return Edit(side, changed, "meaning", (a, d))


def names_in(text: str) -> list[tuple[int, int]]:
    """Runs of capitalised words that do not open a sentence."""
    found = []
    for match in re.finditer(
        r"(?<![.!?:“\"‘] )(?<!^)\b[A-Z][\w'’-]+(?: (?:(?:van|de|der|den|of|the) )*[A-Z][\w'’-]+)*", text
    ):
        if match.start() > 1 and text[match.start() - 1] not in "“\"‘'„«":
            found.append(match.span())
    return found


def clauses_in(text: str) -> list[str]:
    """Phrases between commas, three to nine words long."""
    parts = [part.strip(' .“”"') for part in re.split(r"[,;:]", text)[1:]]
    return [part for part in parts if 3 <= len(part.split()) <= 9 and not re.search(r"[“”\"]", part)]


def _phrase(side: str, text: str, rng: random.Random) -> tuple[int, int] | None:
    options: list[tuple[int, int]] = []
    commas = [0, *(m.end() for m in re.finditer(r",(?= )", text)), len(text.rstrip('.!?”"'))]
    for a, b in pairwise(commas):
        if 2 <= len(text[a:b].split()) <= 14:
            options.append((a, b))
    words = list(WORD.finditer(text))
    for number, match in enumerate(words):
        if match.group().lower() in OPENERS[side] and number > 1:
            last = min(len(words) - 1, number + rng.randint(1, 6))
            stop = text.find(",", match.end(), words[last].end())
            options.append((match.start(), words[last].end() if stop < 0 else stop))
    if words and rng.random() < 0.25:
        first = rng.randrange(len(words))
        options = [(words[first].start(), words[min(len(words) - 1, first + rng.randint(0, 2))].end())]
    return rng.choice(options) if options else None


def _replaced(side: str, text: str, span: tuple[int, int], new: str, kind: str) -> Edit:
    start, end = span
    return Edit(side, text[:start] + new + text[end:], kind, (start, start + len(new)))


def _around(text: str, at: int) -> tuple[int, int]:
    """The words on both sides of a place where something was cut out."""
    words = [m.span() for m in WORD.finditer(text)]
    before = [w for w in words if w[1] <= at + 1]
    after = [w for w in words if w[0] >= at]
    return (before[-1][0] if before else 0, after[0][1] if after else len(text))


def _cased(old: str, new: str) -> str:
    return new.capitalize() if old[:1].isupper() else new
