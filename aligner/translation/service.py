"""The door to translation: finds the engines that are here, and turns any text into one translation or a reason.

Preferred is an installed Argos package of a direction, then the one that comes with aligner (`bundled`). Nothing is
downloaded.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

from aligner.embed.folders import cache_dir
from aligner.errors import ModelError, UsageError
from aligner.translation import packages, shipped
from aligner.translation.argos import PackageEngine
from aligner.translation.base import Translation, Translator
from aligner.translation.cache import CachedTranslator

log = logging.getLogger(__name__)

DIRECTIONS = (("nl", "en"), ("en", "nl"))
INSTALL = "aligner models install nl-en en-nl"
#: Words a piece of a sentence may have before it is cut at a comma, or anywhere: models stray on longer ones.
_LONG = 80
#: Stands for a sentence that could not be translated, in a text of more than ten.
GAP = "[…]"
_LETTER = re.compile(r"[^\W\d_]")
#: A sentence is taken to be in the target language already from this confidence on, and from this many words.
_SURE, _ENOUGH_WORDS = 0.8, 4


def open_translator(choice: str = "auto", direction: str = "") -> tuple[Translator | None, str]:
    """The translator that `choice` (auto, argos, bundled) names, or None with one line on what to type.

    With `direction` (`nl-en` or `en-nl`) only that one counts; without it, whatever is there, and a notice when
    one of the two is missing. Raises `UsageError` for another choice or direction.
    """
    if choice not in ("auto", "argos", "bundled"):
        raise UsageError(f"{choice!r} is no translator", "Choose one of: auto, argos, bundled.")
    wanted = [pair for pair in DIRECTIONS if direction in ("", "-".join(pair))]
    if not wanted:
        raise UsageError(f"{direction!r} is no direction", "Choose one of: nl-en, en-nl.")
    engines = {pair: engine for pair in wanted if (engine := _engine(choice, *pair)) is not None}
    missing = " and ".join("-".join(pair) for pair in wanted if pair not in engines)
    if not engines:
        return None, f"no translator for {missing} ({choice}), the translation cells stay empty: {_advice(choice)}"
    notice = f"no translator from {missing} ({choice}), those cells stay empty: {_advice(choice)}" if missing else ""
    return CachedTranslator(SentenceTranslator(engines), cache_dir() / "translations.sqlite"), notice


def translate_texts(texts: Sequence[str], to: str, choice: str = "auto") -> list[Translation]:
    """Every text in language `to` (nl or en), one out for every one in; empty texts stay empty.

    Raises `ModelError` when there is no translator into that language.
    """
    source = {"en": "nl", "nl": "en"}.get(to)
    if source is None:
        raise UsageError(f"cannot translate to {to!r}", "Choose one of: nl, en.")
    if not any(text.strip() for text in texts):
        return [Translation("", "") for _ in texts]
    translator, notice = open_translator(choice, f"{source}-{to}")
    if translator is None:
        raise ModelError(notice.partition(", the")[0], f"Type: {_advice(choice)}")
    return translator.translate(texts, source, to)


def _advice(choice: str) -> str:
    return "--translator argos" if choice == "bundled" else INSTALL


def _engine(choice: str, source: str, target: str) -> PackageEngine | None:
    """The best engine of a direction: the newest installed package, or the bundled one."""
    if choice != "bundled":
        for package in packages.installed():  # the newest of a direction comes first
            if (package.source, package.target) == (source, target):
                return PackageEngine(package)
    if choice != "argos":
        found = shipped.ensure_bundled(source, target)
        if found is not None:
            return PackageEngine(found, kind="bundled")
    return None


class SentenceTranslator:
    """Texts of any length over engines that take sentences: all sentences of all texts go in one batch."""

    def __init__(self, engines: dict[tuple[str, str], PackageEngine]) -> None:
        self._engines = engines
        self.name = "; ".join(engine.name for engine in engines.values())
        self.signature = "+".join(engine.signature for engine in engines.values())

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Translation]:
        """One translation a text, in order; an empty text gives an empty one."""
        engine = self._engines.get((source, target))
        if engine is None:
            return [Translation("", "", f"no translator from {source} to {target}") for _ in texts]
        plans = [_sentences(text, source) for text in texts]
        wanted = dict.fromkeys(part for plan in plans for part in plan)
        sentences = [part for part in wanted if _speaks(part) and not _already(part, source, target)]
        told = dict(zip(sentences, engine.translate(sentences), strict=True)) if sentences else {}
        return [_joined([told.get(part) or Translation(part, engine.name) for part in plan], engine) for plan in plans]


def _speaks(text: str) -> bool:
    """Whether there is anything to translate: signs, numbers and emoji stay as they are."""
    return bool(_LETTER.search(text))


def _already(sentence: str, source: str, target: str) -> bool:
    """Whether a sentence is in the target language: it then stays as it is."""
    from aligner.segment.language import detect

    if len(sentence.split()) < _ENOUGH_WORDS:
        return False
    guess = detect(sentence, prior=source)
    return guess.code == target and guess.confidence >= _SURE


def _sentences(text: str, lang: str) -> list[str]:
    from aligner.segment.sentences import split

    return [part for span in split(text, lang) for part in shortened(span.of(text))]


def shortened(sentence: str, limit: int = _LONG) -> list[str]:
    """A sentence in parts of at most `limit` words: cut after the last comma or semicolon that allows it.

    A "word" of hundreds of letters (a link, a table without blanks) is cut too.
    """
    words = [word[at : at + 200] for word in sentence.split() for at in range(0, len(word), 200)]
    parts: list[str] = []
    while len(words) > limit:
        ends = [at for at in range(limit // 2, limit) if words[at].endswith((",", ";", ":"))]
        cut = ends[-1] + 1 if ends else limit
        parts.append(" ".join(words[:cut]))
        words = words[cut:]
    return [*parts, " ".join(words)] if words else parts


def _joined(parts: list[Translation], engine: PackageEngine) -> Translation:
    """The sentences of one text as one: a failure if more than a tenth of them failed, else with gaps marked."""
    failures = [part.failed for part in parts if part.failed]
    if len(failures) > len(parts) / 10:
        return Translation("", engine.name, failures[0])
    return Translation(" ".join(part.text or GAP for part in parts), engine.name)
