"""The names of an archive's articles: `dump.jsonl.gz/000123`, or the record's own id or address.

An id stays with its article when a feed or a dump grows at its head, so that finished articles are not done again.
"""

from __future__ import annotations

import hashlib
import re

from aligner.read.inputs import safe_name

_LONGEST = 160


class Namer:
    """Gives each article of an archive its name, each name once."""

    def __init__(self, archive: str) -> None:
        self._archive = archive
        self._taken: set[int] = set()
        self.number = 0

    def __call__(self, own: str = "") -> str:
        """The name of the next article; `own` is the record's id or address, if it has one."""
        self.number += 1
        part = _part(own) or f"{self.number:06d}"
        unique, count = part, 2
        # Hashes of eight bytes, not names: a million ids then take 60 MB and not 200.
        while (key := hash(unique)) in self._taken:
            unique, count = f"{part}~{count}", count + 1
        self._taken.add(key)
        return f"{self._archive}/{unique}"


def _part(own: str) -> str:
    name = re.sub(r"^[a-z][a-z0-9+.-]*://", "", " ".join(own.split()), flags=re.IGNORECASE)
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    name = safe_name("/".join(parts))
    if len(name) > _LONGEST:
        name = f"{name[: _LONGEST - 17]}-{hashlib.sha256(name.encode()).hexdigest()[:16]}"
    return name
