"""Moses: two files of plain text, line by line the same sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import IO

from aligner.write.form import Form

# Everything that Python, Perl or Java may take for the end of a line.
_BREAKS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


def write(nl: IO[bytes], en: IO[bytes], rows: Iterable[Mapping[str, str]], form: Form) -> None:
    """Write the Dutch lines to `nl` and the English ones to `en`."""
    for row in rows:
        for stream, lang in ((nl, "nl"), (en, "en")):
            stream.write(_BREAKS.sub(" ", row[lang]).encode("utf-8", "replace") + b"\n")
