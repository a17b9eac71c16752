"""JSON Lines: one object a row, scores as numbers and lists as lists."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import IO

from aligner.write.form import Form
from aligner.write.typed import typed


def write(stream: IO[bytes], rows: Iterable[Mapping[str, str]], form: Form) -> None:
    """Write `rows` in UTF-8, columns in their order."""
    for row in rows:
        record = {name: typed(name, row) for name in form.columns}
        # U+2028 and U+2029 are legal in JSON, but some readers take them for ends of lines.
        text = json.dumps(record, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        stream.write(text.replace("\x85", "\\u0085").encode("utf-8", "replace") + b"\n")
