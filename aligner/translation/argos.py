"""Argos Translate packages, used directly: their tokenizer and their CTranslate2 model, all sentences at once.

`argostranslate.translate` makes one `translate_batch` call a paragraph, imports stanza and spaCy (4.6 s) and
splits sentences again. The same beam and penalties over batches of all sentences give the same translations at three
to ten times its speed, by the processor: 3.5 with AVX2, about ten with AVX-512 (`scripts/bench_translation.py`).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from aligner.embed.threads import processors
from aligner.errors import ModelError
from aligner.translation.base import Translation
from aligner.translation.copying import carry_over
from aligner.translation.guards import UNKNOWN_MARK, objection
from aligner.translation.packages import Package, content_signature

log = logging.getLogger(__name__)

#: argostranslate's own search: its settings' beam, and the penalty in its call.
ARGOS_SEARCH = {"beam_size": 4, "length_penalty": 0.2}
#: The bundled translator leaves half of long sentences out with .2: chrF 36.1 against 37.0 on 155 development sentences
#: (BLEU 10.1 and 10.3). Its attention is wanted for names and figures.
BUNDLED_SEARCH = {"beam_size": 4, "length_penalty": 1.0, "return_attention": True}
#: And what a guard objects to (loops, nearly always) is tried once more so.
BUNDLED_RETRY = {**BUNDLED_SEARCH, "no_repeat_ngram_size": 3, "repetition_penalty": 1.1}
#: Sentences a batch, all of one length in pieces. Padding changes the last digits and with them close decisions of the
#: beam: of 150 sentences 136 to 148 came out as alone in padded batches, 150 without padding, at the same 85 a second.
BATCH = 16
#: Longer sentences are refused: models know 500 places or so, and no news sentence has 450 pieces.
MAX_PIECES = 450
#: Raised when translations change for another reason than the package's files.
REVISION = 2


class PackageEngine:
    """One package: sentences in, translations out, in one direction. Loaded at the first use.

    `kind` is what the cells say: `argos`, or `bundled` for the translator that comes with aligner.
    """

    def __init__(self, package: Package, kind: str = "argos") -> None:
        self.package = package
        self.kind = kind
        self.name = f"{kind} {package.direction} {package.version}"
        self.signature = f"{kind}-{package.direction}-{content_signature(package.path)}-{REVISION}"
        self._tokenizer: Any = None
        self._model: Any = None

    def translate(self, sentences: Sequence[str]) -> list[Translation]:
        """One translation a sentence, in order; what a guard objects to is a failure with its reason.

        Raises `ModelError` when the package cannot be loaded.
        """
        raw = self.raw(sentences)
        out = [self._told(sentence, text) for sentence, text in zip(sentences, raw, strict=True)]
        again = [at for at, told in enumerate(out) if told.failed and raw[at] is not None]
        if self.kind == "bundled" and again:
            second = self._search([sentences[at] for at in again], BUNDLED_RETRY)
            for at, text in zip(again, second, strict=True):
                out[at] = self._told(sentences[at], text)
        return out

    def raw(self, sentences: Sequence[str]) -> list[str | None]:
        """What the model says, unguarded, one sentence a line; None for a sentence too long for it."""
        return self._search(sentences, BUNDLED_SEARCH if self.kind == "bundled" else ARGOS_SEARCH)

    def _search(self, sentences: Sequence[str], options: dict[str, Any]) -> list[str | None]:
        self._load()
        pieces = [self._tokenizer.encode(_sound(sentence)) for sentence in sentences]
        short = [at for at, tokens in enumerate(pieces) if len(tokens) <= MAX_PIECES]
        running = [
            (
                group,
                self._model.translate_batch(
                    [pieces[at] for at in group], asynchronous=True, replace_unknowns=True, **options
                ),
            )
            for group in _groups(pieces, short)
        ]  # all batches are set going before the first result is waited for
        out: list[str | None] = [None] * len(pieces)
        for group, results in running:
            for at, result in zip(group, results, strict=True):
                out[at] = self._text(pieces[at], result.result())
        return out

    def _text(self, source: list[str], result: Any) -> str:
        target = result.hypotheses[0]
        if result.attention and self.package.direction == "nl-en":
            return carry_over(source, target, result.attention[0])
        return str(self._tokenizer.decode(target)).removeprefix(" ")

    def _told(self, sentence: str, text: str | None) -> Translation:
        if text is None:
            return Translation("", self.name, f"longer than {MAX_PIECES} pieces")
        reason = objection(sentence, text, self.package.target)
        if reason:
            return Translation("", self.name, reason)
        return Translation(text.replace(UNKNOWN_MARK, "").strip(), self.name)

    def _load(self) -> None:
        if self._model is not None:
            return
        import ctranslate2

        folder = self.package.path
        try:
            tokenizer = self._tokenizer_of()
            tokenizer.encode("a")  # the file is read at the first use: trouble is met here
            kinds = ctranslate2.get_supported_compute_types("cpu")
            self._model = ctranslate2.Translator(
                str(folder / "model"),
                device="cpu",
                compute_type="int8" if "int8" in kinds else "auto",
                inter_threads=processors(),  # two threads on two batches beat two on one
                intra_threads=1,
            )
        except (RuntimeError, OSError, ValueError, ImportError) as error:
            raise ModelError(
                f"the translation package {folder.name} cannot be loaded: {error}",
                f"Type `aligner models remove {self.package.direction}`, then install it again.",
            ) from error
        self._tokenizer = tokenizer

    def _tokenizer_of(self) -> Any:
        """argostranslate's own tokenizer classes: importing that one module makes no folders and loads no stanza."""
        from argostranslate.tokenizer import BPETokenizer, SentencePieceTokenizer

        folder = self.package.path
        if (folder / "sentencepiece.model").is_file():
            return SentencePieceTokenizer(folder / "sentencepiece.model")
        return BPETokenizer(folder / "bpe.model", self.package.source, self.package.target)


def _groups(pieces: list[list[str]], places: list[int]) -> list[list[int]]:
    """The places in batches of equal length, longest first."""
    by_length: dict[int, list[int]] = {}
    for at in places:
        by_length.setdefault(len(pieces[at]), []).append(at)
    rows = [by_length[length] for length in sorted(by_length, reverse=True)]
    return [row[at : at + BATCH] for row in rows for at in range(0, len(row), BATCH)]


def _sound(text: str) -> str:
    """One line of sound Unicode: lone surrogates as U+FFFD, white space as blanks."""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
