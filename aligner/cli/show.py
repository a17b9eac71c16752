"""What people see: messages on stderr, tables on stdout (`progress` has the bar).

Text from pages is untrusted: it goes through `plain`, which leaves no control characters and no mark-up.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

_SHARE = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*(%?)\s*")
# Besides control characters: marks that turn the direction of writing, which could disguise a line.
_HIDDEN = {"Cc", "Cf", "Co", "Cs"}


def plain(text: str) -> str:
    """`text` safe for a terminal: control, formatting and surrogate characters become `�` or a space."""
    return "".join(
        char if unicodedata.category(char) not in _HIDDEN else " " if char.isspace() else "\ufffd" for char in text
    )


def say(message: str) -> None:
    """One line on stderr."""
    sys.stderr.write(f"{plain(message)}\n")


def share(text: str | None, option: str) -> float | None:
    """`2%`, `2,5 %` or `0.02` as a share, None as None; `UsageError` naming the option for anything else."""
    from aligner.errors import UsageError

    if text is None:
        return None
    found = _SHARE.fullmatch(text)
    value = float(found[1].replace(",", ".")) / (100 if found[2] else 1) if found else -1.0
    if not 0.0 < value < 1.0:
        raise UsageError(f"{option} {text} is no share", "Give a percentage such as 2%, or a number between 0 and 1.")
    return value


def complain(message: str, hint: str = "") -> None:
    """An error and the next thing to try, on stderr."""
    say(f"aligner: {message}")
    if hint:
        say(f"  {hint}")


def print_pairs(rows: Sequence[Mapping[str, Any]], unaligned: Sequence[Mapping[str, Any]]) -> None:
    """Rows of `corpus.tsv` as a table for people, then what has no counterpart."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    if rows:
        table = Table(box=box.SIMPLE_HEAD, show_lines=True)
        for name, ratio in (("Dutch", 5), ("English", 5), ("speaker", 2), ("status", 3)):
            table.add_column(name, ratio=ratio, overflow="fold")
        for row in rows:
            speakers = " / ".join(dict.fromkeys(name for name in (row["nl_speaker"], row["en_speaker"]) if name))
            status = Text(row["status"], style=_STYLES.get(row["status"], ""))
            if row["kinds"]:
                status.append(
                    f"\n{row['kinds'].replace(';', ', ')} ({float(row['divergence']):.2f})\n{plain(row['evidence'])}",
                    style="",
                )
            table.add_row(Text(plain(row["nl"])), Text(plain(row["en"])), Text(plain(speakers)), status)
        console.print(table)
    for row in unaligned:
        console.print(Text(f"no counterpart ({row['reason']}): {plain(row['text'])}"))


_STYLES = {"equivalent": "green", "review": "yellow", "divergent": "bold red"}
