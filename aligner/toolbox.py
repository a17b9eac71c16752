"""Builds the models of a run from its settings: the edge where models are found and loaded."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.config import Settings
from aligner.embed.encoder import Encoder
from aligner.pipeline import Tools

if TYPE_CHECKING:
    from aligner.judge.verdict import Judge


def open_tools(settings: Settings) -> Tools:
    """Encoder (with its disk cache), judge and, if one is installed, translator.

    Raises `ModelError` if the encoder cannot be loaded. A missing translator is a notice, not an error.
    """
    tools = Tools(open_encoder(settings), open_judge(settings))
    if settings.terms:
        from aligner.judge.terms import read_accepted

        tools.terms = read_accepted(settings.terms, one_sided=False)
    if settings.translate != "none":
        from aligner.translation.service import open_translator

        tools.translator, notice = open_translator(settings.translator)
        if notice:
            tools.notices.append(notice)
    return tools


def made_by(settings: Settings) -> dict[str, str]:
    """What decides the rows of a run besides its settings: versions, models, and what the terms file says.

    Loads no model.
    """
    from aligner import __version__
    from aligner.judge.verdict import judge_signature

    found = {"version": __version__, "judge": judge_signature()}
    if settings.terms:
        path = Path(settings.terms)
        found["terms file"] = hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else "missing"
    if settings.translate != "none":
        from aligner.translation.service import open_translator

        translator, _ = open_translator(settings.translator)
        found["translations by"] = translator.signature if translator else "nothing installed"
    return found


def open_judge(settings: Settings) -> Judge:
    """The judge with the thresholds of the settings; the joint reader knows the bundled encoder's states only."""
    from aligner.embed.folders import cache_dir
    from aligner.embed.names import BUNDLED_NAMES
    from aligner.judge.verdict import Judge

    known = settings.encoder in BUNDLED_NAMES
    kept, threads = cache_dir() / "readings.sqlite", settings.jobs or None
    return Judge(settings.review, settings.divergent, joint=known, kept=kept, threads=threads)


def open_encoder(settings: Settings) -> Encoder:
    """The encoder that the settings name: `e5-small` is the bundled one, `hash` the stand-in for tests."""
    from aligner.embed import encoder
    from aligner.embed.cache import CachedEncoder
    from aligner.embed.folders import cache_dir

    if settings.encoder == encoder.HashEncoder.name:
        return encoder.HashEncoder()
    return CachedEncoder(
        encoder.SentenceTransformerEncoder(settings.encoder, threads=settings.jobs or None),
        cache_dir() / "embeddings.sqlite",
    )
