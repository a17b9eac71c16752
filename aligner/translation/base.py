"""What the pipeline needs of a translator: many texts in, many out, direction named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Translation:
    """One text's translation. `failed` says why there is none (then `text` is empty)."""

    text: str
    engine: str
    failed: str = ""


class Translator(Protocol):
    """A translation engine. `signature` changes whenever its output may."""

    @property
    def name(self) -> str:
        """Engine and version, for the `translator` column."""

    @property
    def signature(self) -> str:
        """A short string, equal only for engines that give equal translations."""

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Translation]:
        """One translation a text, in order; `source` and `target` are `nl` or `en`."""
