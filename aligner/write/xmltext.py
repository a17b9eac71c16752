"""What XML can hold: characters that XML 1.0 forbids are taken out, and counted so that they can be told."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

# All but tab, LF, CR, and the ranges of https://www.w3.org/TR/xml/#charsets; U+007F-U+009F are allowed but discouraged.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass
class Cleaner:
    """Takes illegal characters out of texts and remembers which rows lost how many."""

    removed: Counter[str] = field(default_factory=Counter)

    def __call__(self, text: str, row_id: str) -> str:
        """`text` without what XML forbids."""
        cleaned, count = _ILLEGAL.subn("", text)
        if count:
            self.removed[row_id] += count
            return cleaned.strip()  # a cell has no space at its ends, and tools differ on whether they keep one
        return cleaned

    def notices(self) -> list[str]:
        """One line for each row that lost characters."""
        return [
            f"row {row_id}: {count} character{'' if count == 1 else 's'} that XML forbids removed"
            for row_id, count in self.removed.items()
        ]
