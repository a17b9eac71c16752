"""Builds the models of a run from its settings: the edge where models are found and loaded."""

from __future__ import annotations

import os

from aligner.config import Settings
from aligner.pipeline import Tools


def open_tools(settings: Settings) -> Tools:
    """Encoder (with its disk cache), judge and, if one is installed, translator.

    Raises `ModelError` if the encoder cannot be loaded. A missing translator is a notice, not an error.
    """
    from aligner.embed.cache import CachedEncoder
    from aligner.embed.encoder import open_encoder
    from aligner.embed.folders import cache_folder
    from aligner.judge.verdict import Judge

    if settings.jobs:
        os.environ.setdefault("OMP_NUM_THREADS", str(settings.jobs))
    encoder = CachedEncoder(open_encoder(settings.encoder), cache_folder() / "embeddings.sqlite")
    tools = Tools(encoder, Judge(review=settings.review, divergent=settings.divergent))
    if settings.translate != "none":
        from aligner.translation.service import open_translator

        tools.translator, notice = open_translator(settings.translator)
        if notice:
            tools.notices.append(notice)
    return tools
