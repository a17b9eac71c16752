"""The evaluation's edits: mistakes and harmless rewrites planted in the English of true pairs.

Number, negation, entity, omission and addition come from `aligner.judge.probe`, the editor that `check --probe`
uses. Antonyms, near neighbours and harmless rewrites are made here. No code and no word list is shared with the
editor that makes training pairs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from aligner.embed.encoder import Encoder
from aligner.judge.probe import PLANTED, Planter
from aligner.records import Pair

_OPPOSITES = """
more less|higher lower|rise fall|rose fell|rising falling|increase decrease|increased decreased|win lose|won lost
winner loser|winning losing|victory defeat|before after|first last|early late|earlier later|young old|old new
large small|larger smaller|big small|bigger smaller|biggest smallest|largest smallest|best worst|better worse
good bad|strong weak|stronger weaker|strength weakness|long short|open closed|opened closed
opening closing|start end|started ended|begin end|began ended|accept reject|accepted rejected|allow forbid
allowed banned|support oppose|supported opposed|agree disagree|agreed refused|success failure|successful unsuccessful
possible impossible|legal illegal|safe dangerous|rich poor|public private|inside outside|above below|north south
northern southern|east west|eastern western|men women|man woman|boys girls|husband wife|father mother
buy sell|bought sold|love hate|loved hated|remember forget|always never|many few|most least|majority minority
positive negative|easy difficult|hot cold|dark light|true false|happy unhappy|alive dead|near far
up down|full empty|quickly slowly|gain loss|gained lost|profit loss|deny admit|denied admitted|guilty innocent
"""
_BOTH = [pair.split() for line in _OPPOSITES.strip().split("\n") for pair in line.split("|")]
OPPOSITE: dict[str, str] = {}
for _one, _other in _BOTH:
    OPPOSITE.setdefault(_one, _other)
    OPPOSITE.setdefault(_other, _one)
_OPPOSED = re.compile(rf"\b(?:{'|'.join(sorted(OPPOSITE, key=len, reverse=True))})\b")

_WORDED = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9"}
_SHORT = {
    "is not": "isn't", "was not": "wasn't", "did not": "didn't", "does not": "doesn't", "do not": "don't",
    "will not": "won't", "cannot": "can't", "could not": "couldn't", "would not": "wouldn't", "has not": "hasn't",
    "have not": "haven't", "it is": "it's", "they are": "they're", "I am": "I'm", "we are": "we're",
}  # fmt: skip
_SPELT = {
    "labor": "labour", "color": "colour", "center": "centre", "organization": "organisation", "program": "programme",
    "defense": "defence", "toward": "towards", "gray": "grey", "United States": "U.S.", "United Kingdom": "UK",
    "United Nations": "UN", "percent": "per cent",
}  # fmt: skip
# One way only: the other way round these are not always the same (`over the border`, `since May`).
_SYNONYM = {
    "more than": "over", "because": "since", "although": "though", "near": "close to", "many": "a lot of",
    "began": "started", "children": "kids", "however": "though", "nearly": "almost", "purchase": "buy",
    "approximately": "around", "said": "says", "told": "has told", "large": "big", "as well as": "and also",
}  # fmt: skip


def reworded(table: dict[str, str], text: str, chance: random.Random) -> str:
    """One wording of a table put for another, chosen among those that the text offers."""
    ways = list(table.items())
    chance.shuffle(ways)
    for old, new in ways:
        changed, count = re.subn(rf"(?<![\w'’.,-]){re.escape(old)}(?![\w'’-]|[.,]\d)", new, text, count=1)
        if count:
            return changed
    return text


def _numbers(text: str, chance: random.Random) -> str:
    return reworded(_WORDED, re.sub(r"(?<=\d),(?=\d{3}\b)", "", text), chance)


def _quotes(text: str, chance: random.Random) -> str:
    text = text.translate(str.maketrans("“”‘’", "\"\"''"))
    return re.sub(r'"([^"]*)"', r"“\1”", text) if chance.random() < 0.5 else re.sub(r'"([^"]*)"', r"‘\1’", text)


def _moved(text: str, chance: random.Random) -> str:
    """An opening adjunct moved to the end: `On Tuesday, he left.` as `He left on Tuesday.`"""
    found = re.fullmatch(r"((?:On|At|After|During|By|Since|Last) [^,;:\"“]{3,40}), ([^\"“]+?)([.!]?)", text)
    if not found:
        return text
    head, rest, end = found.groups()
    return f"{rest[0].upper()}{rest[1:]} {head[0].lower()}{head[1:]}{end}"


def _signs(text: str, chance: random.Random) -> str:
    text = re.sub(r"(\d)%", r"\1 percent", text)
    amount = r"(\d+(?:[.,]\d+)*)( (?:million|billion))?(?!\w|[.,]\d)"  # £2.8bn stays whole
    return re.sub(rf"£{amount}", r"\1\2 pounds", re.sub(rf"\${amount}", r"\1\2 dollars", text))


REWRITES: dict[str, Callable[[str, random.Random], str]] = {
    "number form": _numbers,
    "quote style": _quotes,
    "word order": _moved,
    "signs as words": _signs,
    "contraction": lambda text, chance: reworded(_SHORT, text, chance),
    "spelling": lambda text, chance: reworded(_SPELT | {new: old for old, new in _SPELT.items()}, text, chance),
    "synonym": lambda text, chance: reworded(_SYNONYM, text, chance),
}


def planted(pairs: Sequence[Pair], seed: int) -> dict[str, list[tuple[int, Pair]]]:
    """Kind of mistake → (number of the true pair, the pair with that mistake); antonyms among them."""
    planter, chance = Planter(pairs, seed), random.Random(seed)
    found: dict[str, list[tuple[int, Pair]]] = {str(kind): [] for kind in PLANTED}
    for at, pair in enumerate(pairs):
        for kind in PLANTED:
            if edit := planter.plant(pair, kind):
                found[str(kind)].append((at, edit.pair))
    found["antonym"] = []
    for at, pair in enumerate(pairs):
        if places := list(_OPPOSED.finditer(pair.en)):
            place = chance.choice(places)
            english = pair.en[: place.start()] + OPPOSITE[place.group()] + pair.en[place.end() :]
            found["antonym"].append((at, replace(pair, en=english)))
    return found


def neighbours(pairs: Sequence[Pair], encoder: Encoder) -> list[tuple[int, Pair]]:
    """Each pair with the English of the pair whose English is nearest to its own."""
    vectors = np.stack([one.vector for one in encoder.encode([pair.en for pair in pairs])])
    scores = vectors @ vectors.T
    np.fill_diagonal(scores, -1.0)
    nearest = scores.argmax(axis=1)
    return [(at, replace(pair, en=pairs[int(nearest[at])].en)) for at, pair in enumerate(pairs)]


def harmless(pairs: Sequence[Pair], seed: int) -> dict[str, list[tuple[int, Pair]]]:
    """Rewrite → (number of the true pair, the pair with its English rewritten), where the rewrite changes anything."""
    chance = random.Random(seed)
    found: dict[str, list[tuple[int, Pair]]] = {}
    for name, rewrite in REWRITES.items():
        changed = [(at, replace(pair, en=rewrite(pair.en, chance))) for at, pair in enumerate(pairs)]
        found[name] = [(at, pair) for at, pair in changed if pair.en != pairs[at].en]
    return found
