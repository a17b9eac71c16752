"""One article of an input before it is read: plain data, so that it can be hashed, skipped or sent to a worker."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath


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

    @property
    def content(self) -> str:
        """A hash of all that decides how it is read: articles of equal content differ in their names alone."""
        suffixes = "".join(PurePosixPath(self.document).suffixes).lower() if self.form is Form.FILE else ""
        how = f"{self.form} {suffixes}"
        return hashlib.sha256(f"{how}\0{self.charset}\0{self.sha256}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
