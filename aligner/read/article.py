"""One article of an input before it is read: plain data, so that it can be hashed, skipped or sent to a worker."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """What an article's bytes are."""

    FILE = "file"  # told by the name's suffix, else by the first characters
    HTML = "html"
    TEXT = "text"
    FIELDS = "fields"  # a JSON object: field (title, caption, body, …) → list of texts


@dataclass(frozen=True, slots=True)
class Article:
    """An article's name in the output and its bytes; `problem` is set, and the bytes may be empty, if it is broken.

    `charset` is what its container declares (an HTTP header), empty if nothing does.
    """

    document: str
    data: bytes = b""
    form: Form = Form.FILE
    charset: str = ""
    problem: str = ""
    hint: str = ""

    @property
    def sha256(self) -> str:
        """The hash of the bytes: an article whose name and hash are known is done."""
        return hashlib.sha256(self.data).hexdigest()
