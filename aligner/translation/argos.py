"""Argos Translate packages, used directly: their tokenizer and their CTranslate2 model, all sentences at once.

`argostranslate.translate` makes one `translate_batch` call a paragraph, imports stanza and spaCy (4.6 s) and
splits sentences again. The same beam and penalties over batches of all sentences give the same translations at about
ten times its speed (`scripts/bench_translation.py` prints both).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from aligner.embed.threads import processors
from aligner.errors import ModelError
from aligner.translation.base import Translation
from aligner.translation.guards import UNKNOWN_MARK, objection
from aligner.translation.packages import Package, content_signature

log = logging.getLogger(__name__)

#: argostranslate's own search: its settings' beam, and the penalty in its call.
BEAM, LENGTH_PENALTY = 4, 0.2
#: Sentences a batch, all of one length in pieces. Padding changes the last digits and with them close decisions of the
#: beam: of 150 sentences 136 to 148 came out as alone in padded batches, 150 without padding, at the same 85 a second.
BATCH = 16
#: Longer sentences are refused: models know 500 places or so, and no news sentence has 450 pieces.
MAX_PIECES = 450
#: Raised when translations change for another reason than the package's files.
REVISION = 1


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
        return [self._told(sentence, text) for sentence, text in zip(sentences, raw, strict=True)]

    def raw(self, sentences: Sequence[str]) -> list[str | None]:
        """What the model says, unguarded, one sentence a line; None for a sentence too long for it."""
        self._load()
        pieces = [self._tokenizer.encode(_sound(sentence)) for sentence in sentences]
        short = [at for at, tokens in enumerate(pieces) if len(tokens) <= MAX_PIECES]
        running = [(group, self._start([pieces[at] for at in group])) for group in _groups(pieces, short)]
        out: list[str | None] = [None] * len(pieces)
        for group, results in running:
            for at, result in zip(group, results, strict=True):
                text = self._tokenizer.decode(result.result().hypotheses[0])
                out[at] = text.removeprefix(" ")
        return out

    def _start(self, batch: list[list[str]]) -> Any:
        """Set a batch going; its results are waited for later, while others run."""
        return self._model.translate_batch(
            batch, replace_unknowns=True, beam_size=BEAM, length_penalty=LENGTH_PENALTY, asynchronous=True
        )

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
