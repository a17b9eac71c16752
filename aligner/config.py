"""Settings: defaults < `aligner.toml` or `[tool.aligner]` in `pyproject.toml` < flags.

An unknown key is an error that names the nearest known one. `Settings.signature()` is what a run is
keyed by: two runs with equal signatures write the same bytes for the same input.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from aligner.errors import UsageError

TRANSLATE_CHOICES = ("aligned", "all", "none")
TRANSLATOR_CHOICES = ("auto", "argos", "bundled")

#: Settings that change how a run is carried out but not one byte of what it writes.
_WITHOUT_EFFECT = frozenset({"jobs", "report", "include", "article_seconds", "worker_memory", "cluster"})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, with its default.

    `divergent` and `review` are probabilities: a pair at or above the first is `divergent`, at or above
    the second `review`. `none_below` is the probability of a counterpart under which a caption sentence
    stays unaligned. `max_window` is the number of body sentences that one caption unit may render.
    `columns` names the columns of tables (`caption=bijschrift,body=tekst`).
    `article_seconds` and `worker_memory` (GB) are what an article may take before it is given up; `cluster` is the
    address of a Dask scheduler, or `local`.
    """

    encoder: str = "e5-small"
    translate: str = "aligned"
    translator: str = "auto"
    jobs: int = 0
    report: bool = False
    include: tuple[str, ...] = ()
    columns: str = ""
    terms: str = ""
    divergent: float | None = None
    review: float | None = None
    none_below: float = 0.3
    max_window: int = 4
    article_seconds: int = 120
    worker_memory: float = 3.0
    cluster: str = ""

    def __post_init__(self) -> None:
        _choice("translate", self.translate, TRANSLATE_CHOICES)
        _choice("translator", self.translator, TRANSLATOR_CHOICES)
        for name in ("divergent", "review", "none_below"):
            value = getattr(self, name)
            if value is not None and not 0.0 <= value <= 1.0:
                raise UsageError(f"{name} = {value} is not a probability", "Give a number from 0 to 1.")
        if self.jobs < 0:
            raise UsageError(f"jobs = {self.jobs} is too few", "Give 1 or more, or 0 for all processors.")
        if self.article_seconds < 1 or self.worker_memory <= 0:
            raise UsageError("article_seconds and worker_memory must be above 0", "Their defaults are 120 and 3.0.")
        if not 1 <= self.max_window <= 6:
            raise UsageError(f"max_window = {self.max_window} is out of range", "Give a number from 1 to 6.")
        if self.divergent is not None and self.review is not None and self.review > self.divergent:
            raise UsageError(
                f"review = {self.review} lies above divergent = {self.divergent}",
                "Pairs are divergent from one threshold and for review from a lower one.",
            )

    def signature(self) -> dict[str, Any]:
        """The settings that decide what is written, by name, in a fixed order."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in _WITHOUT_EFFECT}

    def changed(self, **flags: Any) -> Settings:
        """A copy with those flags that are not None."""
        return replace(self, **{name: value for name, value in flags.items() if value is not None})


def _choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise UsageError(f"{name} = {value!r} is not known", f"Choose one of: {', '.join(choices)}.")


def load_settings(folder: Path | None = None) -> Settings:
    """Settings from the nearest `aligner.toml` or `[tool.aligner]` at or above `folder` (default: here).

    Raises `UsageError` naming file and key for broken TOML, an unknown key, or a value of the wrong type.
    """
    start = (folder or Path.cwd()).resolve()
    for place in (start, *start.parents):
        own = place / "aligner.toml"
        if own.is_file():
            return settings_from(_toml(own), "aligner.toml")
        project = place / "pyproject.toml"
        if project.is_file():
            table = _toml(project).get("tool", {}).get("aligner")
            if table is not None:
                return settings_from(table, "pyproject.toml, [tool.aligner]")
    return Settings()


def settings_from(table: Mapping[str, Any], origin: str) -> Settings:
    """Settings out of a table of names and values; dashes in names count as underscores."""
    known = {f.name: f for f in fields(Settings)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
            raise UsageError(f"{origin}: unknown setting {key!r}", f"Did you mean {near[0]!r}?")
        values[name] = _typed(name, value, origin)
    try:
        return Settings(**values)
    except UsageError as error:
        raise UsageError(f"{origin}: {error}", error.hint) from error


def _typed(name: str, value: Any, origin: str) -> Any:
    default = getattr(Settings(), name)
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        expected = "a list of strings"
    elif isinstance(default, bool):
        if isinstance(value, bool):
            return value
        expected = "true or false"
    elif isinstance(default, float) or default is None:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        expected = "a number"
    elif isinstance(default, int):
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        expected = "a whole number"
    else:
        if isinstance(value, str):
            return value
        expected = "a string"
    raise UsageError(f"{origin}: {name} = {value!r} is of the wrong type", f"It takes {expected}.")


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path.name} is not valid TOML: {error}", "Correct that line, or move the file away."
        ) from error
    except OSError as error:
        raise UsageError(
            f"{path.name} cannot be read: {error.strerror}", "Make it readable, or move it away."
        ) from error
