"""Text that the bundled translator learns from: read, cleaned, mixed, and cut into pieces.

The target vocabulary is the encoder's own pieces, pruned: 8,000 of them (every frequent single character among them, to
spell with) make English news only 5 % longer than the full 250,000 do (28.3 pieces a sentence against 26.9), and the
softmax 2.7 times cheaper than the 21,856 pieces that occur three times or more.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer, models

SPECIAL = ("<pad>", "<s>", "</s>", "<unk>")  # ids 0 to 3 of the target vocabulary
VOCABULARY = 8000
MAX_SOURCE, MAX_TARGET = 110, 96

_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "‚": "'", "´": "'", "`": "'", "\u200b": ""}
)

#: How often a pair of each kind is drawn in one round (fractions: that share of the pairs, other ones every round).
#: News teaches the register, Dutch text the words; Finnish and Hungarian are far from Dutch and half as useful.
WEIGHTS = {
    **dict.fromkeys(("de", "fr", "es", "it", "ro", "cs"), 1.0),
    **dict.fromkeys(("ru", "lv", "et", "fi", "hu"), 0.5),
    "written": 3.0,
    "natural": 2.0,
    "mixed": 1.0,
    "words": 1.0,
    "manual": 0.3,
    "story": 0.6,
    "bible": 0.15,
}
_KIND_OF_FILE = {
    "bible_canisius1939_web": "bible",
    "wesnoth_game": "story",
    "widelands_game": "story",
    "freeciv_game": "story",
}
NATURAL = Path(__file__).parent.parent / "corpora/divergence/train"
HELD_OUT_WRITTEN = 150  # written news pairs kept back to measure on


@dataclass(frozen=True, slots=True)
class Example:
    """One pair to learn: its kind (a key of `WEIGHTS`), the source and the English."""

    kind: str
    source: str
    target: str


def clean(text: str) -> str:
    """NFKC, straight quotes, single spaces: the form of every English target."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_QUOTES).split())


def read_rows(path: Path) -> Iterator[list[str]]:
    """Rows of a gzip'd table."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def natural_pairs(folder: Path) -> Iterator[tuple[str, str]]:
    """The faithful ones of the project's own pairs for training the judge: freely worded Dutch and English news."""
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                if not row["kinds"]:
                    yield row["nl"], row["en"]


def examples(folder: Path, seed: int = 5) -> list[Example]:
    """Everything there is to learn from, in a fixed order."""
    rng = random.Random(seed)
    found = [Example(lang, source, clean(target)) for lang, source, target in read_rows(folder / "news-x-en.tsv.gz")]
    english = sorted({example.target for example in found})
    written = list(read_rows(folder / "news-nl-en-written.tsv.gz"))
    found += [Example("written", nl, clean(en)) for nl, en in written[HELD_OUT_WRITTEN:]]
    found += [Example("natural", nl, clean(en)) for nl, en in natural_pairs(NATURAL)]
    for path in sorted(folder.glob("*.tsv.gz")):
        name = path.name.removesuffix(".tsv.gz")
        if name.startswith("news-"):
            continue
        kind = _KIND_OF_FILE.get(name, "manual")
        found += [Example(kind, nl, clean(en)) for nl, en in read_rows(path) if kind != "manual" or _prose(nl, en)]
    lexicon = dictionary(folder / "dictionaries")
    found += word_lists(lexicon, rng)
    with gzip.open(folder / "news-english.txt.gz", "rt", encoding="utf-8") as lines:
        english += rng.sample([clean(line) for line in lines], 15_000)
    turned: dict[str, list[str]] = {}
    for nl, en in lexicon:
        turned.setdefault(en, []).append(nl)
    found += [Example("mixed", mix(text, turned, rng), text) for text in rng.sample(english, 30_000)]
    return [e for e in found if 1 <= len(e.target) <= 600 and 1 <= len(e.source) <= 700]


def _prose(nl: str, en: str) -> bool:
    """Whether a row of a manual is a sentence of words rather than a table cell, a path or a formula."""
    words = en.split()
    odd = sum(not re.fullmatch(r"[\"'(]?[A-Za-z][a-z'-]*[.,:;!?)\"']*", word) for word in words)
    return 6 <= len(words) <= 40 and odd <= 0.15 * len(words) and nl[:1].isupper() and nl[-1:] in ".!?"


def dictionary(folder: Path) -> list[tuple[str, str]]:
    """Single words of the dictionaries, Dutch and English; glued entries are in no dictionary twice."""
    pairs: list[tuple[str, str]] = []
    for path in sorted(folder.glob("*.tsv.gz")):
        glued = "nld_eng" in path.name
        for row in read_rows(path):
            nl, en = row[0].strip(), clean(row[1])
            if not re.fullmatch(r"[^\W\d_]{2,20}", nl) or not re.fullmatch(r"[A-Za-z]{2,14}", en):
                continue
            if (glued and len(en) > 9) or nl == en:
                continue
            pairs.append((nl, en))
    return sorted(set(pairs))


def word_lists(lexicon: list[tuple[str, str]], rng: random.Random) -> list[Example]:
    """Dictionary words in lists of four, so that one line pays for its start and end."""
    first: dict[str, str] = {}
    for nl, en in lexicon:
        first.setdefault(nl, en)
    words = sorted(first.items())
    rng.shuffle(words)
    groups = [words[at : at + 4] for at in range(0, len(words), 4)]
    return [Example("words", ", ".join(nl for nl, _ in g), ", ".join(en for _, en in g)) for g in groups]


def mix(text: str, lexicon: dict[str, list[str]], rng: random.Random) -> str:
    """English with Dutch words in it, some words lost and neighbours swapped: the decoder must make it whole."""
    out: list[str] = []
    for word in text.split():
        bare = word.strip(".,;:!?\"'()")
        if rng.random() < 0.06:
            continue
        if bare.lower() in lexicon and rng.random() < 0.6:
            dutch = rng.choice(lexicon[bare.lower()])
            out.append(word.replace(bare, dutch.capitalize() if bare[:1].isupper() else dutch))
        else:
            out.append(word)
        if len(out) > 1 and rng.random() < 0.08:
            out[-1], out[-2] = out[-2], out[-1]
    return " ".join(out) or text


def full_tokenizer(encoder: Path) -> Any:
    """The bundled encoder's own tokenizer."""
    return Tokenizer.from_file(str(encoder / "tokenizer.json"))


def target_pieces(encoder: Path, texts: Iterable[str], size: int = VOCABULARY) -> list[tuple[str, float]]:
    """The pruned vocabulary with its scores: special pieces, characters, then the most frequent pieces."""
    full = full_tokenizer(encoder)
    known = json.loads((encoder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    scores: dict[str, float] = dict(known)
    texts = list(texts)
    encoded = full.encode_batch_fast(texts, add_special_tokens=False)  # (its .tokens are empty strings: use ids)
    seen = np.bincount(np.concatenate([np.array(e.ids) for e in encoded]), minlength=len(known))
    counts = Counter({known[at][0]: int(seen[at]) for at in np.flatnonzero(seen)})
    characters = Counter("".join(texts))
    keep = {c for c, n in characters.items() if n >= 3 and c in scores} | {"▁"}
    keep |= {c for c in map(chr, range(33, 383)) if c in scores}
    for piece, _ in counts.most_common():
        if len(keep) >= size - len(SPECIAL):
            break
        if piece not in SPECIAL:
            keep.add(piece)
    ordered = sorted(keep, key=lambda piece: (-counts[piece], piece))
    return [(name, 0.0) for name in SPECIAL] + [(piece, scores[piece]) for piece in ordered]


def target_tokenizer(encoder: Path, pieces: list[tuple[str, float]]) -> Any:
    """The encoder's tokenizer over the pruned vocabulary."""
    tokenizer = full_tokenizer(encoder)
    state = json.loads(tokenizer.to_str())
    state["added_tokens"], state["post_processor"] = [], None
    tokenizer = Tokenizer.from_str(json.dumps(state))
    tokenizer.model = models.Unigram(pieces, unk_id=3, byte_fallback=False)
    return tokenizer


def detokenize(pieces: Iterable[str]) -> str:
    """Text out of pieces."""
    return "".join(pieces).replace("▁", " ").strip()


@dataclass(frozen=True)
class Corpus:
    """Pieces of all pairs as flat arrays: pair `i` has `source[starts[i]:starts[i+1]]`, and so on."""

    kinds: list[str]
    source: Any
    source_starts: Any
    target: Any
    target_starts: Any

    def __len__(self) -> int:
        return len(self.kinds)

    def source_of(self, at: int) -> Any:
        """Source pieces, with the encoder's marks at both ends."""
        return self.source[self.source_starts[at] : self.source_starts[at + 1]]

    def target_of(self, at: int) -> Any:
        """Target pieces, without marks."""
        return self.target[self.target_starts[at] : self.target_starts[at + 1]]


def build(folder: Path, encoder: Path, out: Path, pieces: list[tuple[str, float]] | None = None) -> None:
    """Write the corpus and the vocabulary to `out`: `corpus.npz`, `pieces.json`.

    `pieces` is the vocabulary of weights that are to be learned further; without it a new one is counted.
    """
    pairs = examples(folder)
    teaching = [e.target for e in pairs if e.kind not in ("manual", "bible", "story", "words")]
    teaching += [e.target for e in pairs if e.kind in ("manual", "story")][::4]
    pieces = pieces or target_pieces(encoder, teaching)
    sources = full_tokenizer(encoder).encode_batch_fast([e.source for e in pairs])
    targets = target_tokenizer(encoder, pieces).encode_batch_fast([e.target for e in pairs])
    keep = [
        at
        for at, (s, t) in enumerate(zip(sources, targets, strict=True))
        if 3 <= len(s.ids) <= MAX_SOURCE and 1 <= len(t.ids) <= MAX_TARGET and 3 not in t.ids
    ]
    out.mkdir(parents=True, exist_ok=True)
    (out / "pieces.json").write_text(json.dumps(pieces, ensure_ascii=False), encoding="utf-8")
    np.savez(
        out / "corpus.npz",
        kinds=np.array([pairs[at].kind for at in keep]),
        source=np.concatenate([np.array(sources[at].ids, np.int32) for at in keep]),
        source_starts=np.cumsum([0, *(len(sources[at].ids) for at in keep)]),
        target=np.concatenate([np.array(targets[at].ids, np.int16) for at in keep]),
        target_starts=np.cumsum([0, *(len(targets[at].ids) for at in keep)]),
    )


def load(out: Path) -> tuple[Corpus, list[tuple[str, float]]]:
    """What `build` wrote."""
    arrays = np.load(out / "corpus.npz")
    names = ("source", "source_starts", "target", "target_starts")
    pieces = [(piece, score) for piece, score in json.loads((out / "pieces.json").read_text(encoding="utf-8"))]
    return Corpus(arrays["kinds"].tolist(), *(arrays[name] for name in names)), pieces


def round_of(corpus: Corpus, number: int) -> list[int]:
    """The pairs of one round, by `WEIGHTS`; fractions take another share every round."""
    rng = random.Random(1000 + number)
    chosen: list[int] = []
    by_kind: dict[str, list[int]] = {}
    for at, kind in enumerate(corpus.kinds):
        by_kind.setdefault(kind, []).append(at)
    for kind, members in sorted(by_kind.items()):
        weight = WEIGHTS[kind]
        order = random.Random(kind).sample(members, len(members))
        share = round(len(order) * (weight % 1))
        start = number * share % max(1, len(order))
        chosen += order * int(weight) + [order[(start + k) % len(order)] for k in range(share)]
    rng.shuffle(chosen)
    return chosen


def batches(corpus: Corpus, number: int, tokens: int) -> list[list[int]]:
    """One round in batches of about `tokens` target pieces, pairs of like length together, batches shuffled.

    The random order is cut into pools of 4,000 pairs, each sorted: 3 % padding, and no batch is all of one kind.
    """
    order = round_of(corpus, number)
    slen, tlen = np.diff(corpus.source_starts), np.diff(corpus.target_starts)
    out: list[list[int]] = []
    for at in range(0, len(order), 4000):
        pool = sorted(order[at : at + 4000], key=lambda i: (int(tlen[i]), int(slen[i])))
        made: list[list[int]] = []
        batch: list[int] = []
        for i in pool:
            if batch and (len(batch) + 1) * (int(tlen[i]) + 1) > tokens:
                made.append(batch)
                batch = []
            batch.append(i)
        made.append(batch)
        random.Random(at + number).shuffle(made)
        out += made
    return out
