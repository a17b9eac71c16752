"""Pairs Dutch and English captions with the body text that says the same, and flags where the meaning diverges.

The jobs of the command line as functions that return data (no printing, no exit):
`align`, `check`, `pair`, `inspect`, `translate`, `read_tsv`. Importing this package loads nothing heavy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from aligner.errors import AlignerError, InputError, ModelError, RunError, UsageError

if TYPE_CHECKING:
    from aligner.api import Alignment as Alignment
    from aligner.api import align as align
    from aligner.api import check as check
    from aligner.api import inspect as inspect
    from aligner.api import pair as pair
    from aligner.config import Settings as Settings
    from aligner.write.tsv import read_tsv as read_tsv

__version__ = "0.1.0"

_LATE = {
    "align": "aligner.api",
    "Alignment": "aligner.api",
    "check": "aligner.api",
    "inspect": "aligner.api",
    "pair": "aligner.api",
    "read_tsv": "aligner.write.tsv",
    "Settings": "aligner.config",
}

__all__ = [
    "AlignerError",
    "Alignment",
    "InputError",
    "ModelError",
    "RunError",
    "Settings",
    "UsageError",
    "__version__",
    "align",
    "check",
    "inspect",
    "pair",
    "read_tsv",
]


def __getattr__(name: str) -> Any:
    if name in _LATE:
        return getattr(import_module(_LATE[name]), name)
    raise AttributeError(f"module 'aligner' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
