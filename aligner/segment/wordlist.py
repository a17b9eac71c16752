"""Word lists as one string each, so that they stay readable and short in the source."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of `text`, as a set."""
    return frozenset(text.split())


def listed(text: str) -> list[str]:
    """The words of `text`, in order."""
    return text.split()
