"""Errors of the library. Each has a `hint`: the next thing to try.

AlignerError
├── UsageError        wrong option, setting or combination of them (exit 2)
├── InputError        one input cannot be read: listed, the rest goes on (exit 1)
├── ModelError        an encoder or translation package is missing, broken or refused
└── RunError          a run folder is missing, foreign, locked or of another version
"""

from __future__ import annotations


class AlignerError(Exception):
    """Base of all errors raised on purpose; `hint` says what to do next (may be empty)."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(AlignerError):
    """A wrong option, setting, or combination of them."""


class InputError(AlignerError):
    """One input cannot be read or judged; the others go on."""


class ModelError(AlignerError):
    """A model is missing, damaged, or refused to load."""


class RunError(AlignerError):
    """A run folder cannot be used."""
