"""Documents for measuring whole-document alignment, with gold: own pairs, Text+Berg's, and ones made from NTREX.

The made ones are NTREX documents (Dutch–English, sentence by sentence) in which sentences were merged, split, deleted,
inserted, and, if asked, moved. The same seed makes the same documents.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpora" / "alignment"
SHARED = ROOT.parent / "shared" / "data"

Gold = list[tuple[tuple[int, ...], tuple[int, ...]]]


@dataclass(frozen=True)
class Pair:
    """Two documents as sentences, and which of them belong together; `moved` are the gold beads that crossed."""

    name: str
    a: list[str]
    b: list[str]
    gold: Gold
    langs: tuple[str, str] = ("nl", "en")


def _lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8").split("\n")[:-1]]


def _ladder(path: Path) -> Gold:
    found: Gold = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            a, b = line.split(":")[:2]
            found.append((tuple(json.loads(a)), tuple(json.loads(b))))
    return found


def own(split: str) -> list[Pair]:
    """The project's own document pairs of `dev` or `gate`."""
    return [
        Pair(path.stem, _lines(path.with_suffix(".nl")), _lines(path.with_suffix(".en")), _ladder(path))
        for path in sorted((CORPUS / split).glob("*.ladder"))
    ]


def textberg() -> list[Pair]:
    """Text+Berg's development article, German and French; nothing where ../shared is missing."""
    folder = SHARED / "textberg-dev"
    if not folder.is_dir():
        return []
    sides = [_lines(folder / f"dev.{lang}") for lang in ("de", "fr")]
    return [Pair("textberg-dev", sides[0], sides[1], _ladder(folder / "dev.defr"), ("de", "fr"))]


def ntrex() -> list[tuple[str, list[tuple[str, str]]]]:
    """NTREX dev documents as (name, sentence pairs)."""
    path = SHARED / "ntrex-dev.tsv"
    found: dict[str, list[tuple[str, str]]] = {}
    for line in path.read_text(encoding="utf-8").split("\n")[1:] if path.is_file() else ():
        if line:
            name, nl, en = line.split("\t")[:3]
            found.setdefault(name, []).append((nl.strip(), en.strip()))
    return list(found.items())


def made(*, moves: bool, seed: int = 7) -> list[Pair]:
    """NTREX documents of five sentences and more, altered; with `moves`, a passage of 1–3 beads moves in each long one."""
    documents = ntrex()
    strangers = [pair for _, pairs in documents for pair in pairs]
    rng = random.Random(seed)
    return [
        _altered(name, pairs, strangers, rng, moves=moves and len(pairs) >= 8)
        for name, pairs in documents
        if len(pairs) >= 5
    ]


Cells = tuple[list[str], list[str]]


def _altered(
    name: str, pairs: list[tuple[str, str]], strangers: list[tuple[str, str]], rng: random.Random, *, moves: bool
) -> Pair:
    beads: list[Cells] = []
    left = list(pairs)
    while left:
        chance = rng.random()
        if chance < 0.10 and len(left) >= 2:  # two sentences against one that holds both
            (a1, b1), (a2, b2) = left[:2]
            beads.append(([a1, a2], [f"{b1} {b2}"]) if rng.random() < 0.5 else ([f"{a1} {a2}"], [b1, b2]))
            left = left[2:]
            continue
        if chance < 0.13 and len(left) >= 3:
            a, b = [a for a, _ in left[:3]], [b for _, b in left[:3]]
            beads.append((a, [" ".join(b)]) if rng.random() < 0.5 else ([" ".join(a)], b))
            left = left[3:]
            continue
        a, b = left.pop(0)
        if chance < 0.21:
            beads.append((_split(a), [b]) if rng.random() < 0.5 else ([a], _split(b)))
        elif chance < 0.25:
            beads.append(([a], []) if rng.random() < 0.5 else ([], [b]))
        else:
            beads.append(([a], [b]))
            if chance > 0.96:
                stranger = rng.choice(strangers)
                beads.append(([stranger[0]], []) if rng.random() < 0.5 else ([], [stranger[1]]))
    return _numbered(name, beads, _order(beads, rng) if moves else range(len(beads)))


def _split(text: str) -> list[str]:
    """The text in two, behind the comma nearest to its middle, else at the space nearest to it."""
    places = [at + 1 for at, char in enumerate(text) if char == "," and text[at + 1 : at + 2] == " "]
    inner = [at for at in places if 12 < at < len(text) - 12]
    places = inner or [at for at, char in enumerate(text) if char == " " and 8 < at < len(text) - 8]
    if not places:
        return [text]
    cut = min(places, key=lambda at: abs(at - len(text) / 2))
    return [text[:cut].strip(), text[cut:].strip()]


def _order(beads: list[Cells], rng: random.Random) -> list[int]:
    """The order of the beads in the second document: a run of one to three stands elsewhere, four places off or more."""
    size = rng.randint(1, 3)
    start = rng.randrange(len(beads) - size + 1)
    rest = [at for at in range(len(beads)) if not start <= at < start + size]
    places = [at for at in range(len(rest) + 1) if abs(at - start) >= 4] or [0 if start else len(rest)]
    at = rng.choice(places)
    return [*rest[:at], *range(start, start + size), *rest[at:]]


def _numbered(name: str, beads: list[Cells], order: Iterable[int]) -> Pair:
    a = [text for bead in beads for text in bead[0]]
    b: list[str] = []
    places: dict[int, tuple[int, ...]] = {}
    for number in order:
        places[number] = tuple(range(len(b), len(b) + len(beads[number][1])))
        b += beads[number][1]
    return Pair(name, a, b, list(_gold(beads, places)))


def _gold(beads: list[Cells], places: dict[int, tuple[int, ...]]) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    at = 0
    for number, (texts, _) in enumerate(beads):
        yield tuple(range(at, at + len(texts))), places[number]
        at += len(texts)


@dataclass
class Counts:
    """Strict and lax hits as vecalign counts them: nulls count for precision, not for recall (Thompson and Koehn)."""

    told: int = 0
    told_strict: int = 0
    told_lax: int = 0
    gold: int = 0
    gold_strict: int = 0
    gold_lax: int = 0

    def add(self, gold: Gold, told: Gold) -> None:
        """Count one document; lax: a bead shares a sentence on both sides with a bead of the other ladder."""
        strict, lax = _hits(gold, told)
        self.told += len(told)
        self.told_strict += strict
        self.told_lax += lax
        whole_gold, whole_told = ([bead for bead in ladder if all(bead)] for ladder in (gold, told))
        strict, lax = _hits(whole_told, whole_gold)
        self.gold += len(whole_gold)
        self.gold_strict += strict
        self.gold_lax += lax

    def strict(self) -> tuple[float, float, float]:
        """Precision, recall, F1 of exact beads."""
        return _f1(self.told_strict, self.told, self.gold_strict, self.gold)

    def lax(self) -> tuple[float, float, float]:
        """Precision, recall, F1 of beads that overlap on both sides."""
        return _f1(self.told_lax, self.told, self.gold_lax, self.gold)


def _hits(known: Gold, told: Gold) -> tuple[int, int]:
    exact = set(known)
    links = {(i, j) for a, b in known for i in a for j in b}
    strict = sum(bead in exact for bead in told)
    lax = sum(bead in exact or any((i, j) in links for i in bead[0] for j in bead[1]) for bead in told)
    return strict, lax


def _f1(right: int, told: int, found: int, gold: int) -> tuple[float, float, float]:
    precision, recall = right / max(told, 1), found / max(gold, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-12)
