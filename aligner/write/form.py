"""What a format's writer is told beside the rows, and what it tells back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aligner.write.xmltext import Cleaner

#: The language of a pair's original has no single answer in the file.
ALL = "*all*"


@dataclass
class Form:
    """How a file is to look. `source` is nl, en or `*all*`; `dates` tells when each run was written (ISO 8601).

    A writer adds to `notices` what the reader of its file should know.
    """

    columns: Sequence[str]
    dates: Mapping[str, str]
    source: str = ALL
    codes: Mapping[str, str] = field(default_factory=lambda: {"nl": "nl", "en": "en"})
    locale: str = ""
    excel_safe: bool = False
    bom: bool | None = None
    chosen: str = ""  # the filters in words, kept in the file where it has a place for them
    notices: list[str] = field(default_factory=list)
    cleaner: Cleaner = field(default_factory=Cleaner)

    def created(self) -> str:
        """When the newest of the runs was written, so that the same run gives the same bytes."""
        return max(self.dates.values())

    def sides(self, original: str) -> tuple[str, str]:
        """Source and target language of a pair whose original is `original`."""
        source = original if self.source == ALL and original in {"nl", "en"} else self.source
        return ("en", "nl") if source == "en" else ("nl", "en")
