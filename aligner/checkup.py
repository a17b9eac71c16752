"""What works on this machine: the data behind `aligner doctor`."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from aligner import __version__
from aligner.errors import AlignerError

#: Packages that the main job needs, as they are called on PyPI.
PACKAGES = [
    "sentence-transformers",
    "torch",
    "transformers",
    "tokenizers",
    "safetensors",
    "argostranslate",
    "ctranslate2",
    "sentencepiece",
    "pandas",
    "numpy",
    "typer",
    "rich",
    "trafilatura",
    "lxml",
]


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing looked at: whether it works, in what state it is, and what to type if it does not.

    `needed` things stop the main job when they do not work; the others only take a feature away.
    """

    name: str
    works: bool
    state: str
    advice: str = ""
    needed: bool = True


def checkup() -> list[Checked]:
    """Look at everything the tool relies on; never raises for what it finds broken."""
    return [
        Checked("aligner", True, f"{__version__}, Python {platform.python_version()}, {os.cpu_count()} processors"),
        _packages(),
        _guarded("cache", _cache),
        _guarded("encoder", _encoder),
        _guarded("translation", _translation, needed=False),
    ]


def _guarded(name: str, look: Callable[[], Checked], *, needed: bool = True) -> Checked:
    try:
        return look()
    except AlignerError as error:
        return Checked(name, False, str(error), error.hint, needed)
    except (OSError, ImportError) as error:
        return Checked(
            name, False, f"{type(error).__name__}: {error}", "Install aligner again in a fresh environment.", needed
        )


def _packages() -> Checked:
    found, missing = [], []
    for name in PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        return Checked("packages", False, f"missing: {', '.join(missing)}", f"pip install {' '.join(missing)}")
    return Checked("packages", True, ", ".join(found))


def _cache() -> Checked:
    from aligner.embed.folders import cache_dir

    folder = cache_dir()
    free = shutil.disk_usage(folder).free / 1e9
    if free < 0.5:
        return Checked(
            "cache", False, f"{folder}, {free:.1f} GB free", "Free some space, or set ALIGNER_CACHE to another folder."
        )
    return Checked("cache", True, f"{folder}, {free:.1f} GB free")


def _encoder() -> Checked:
    from aligner.embed.bundled import bundled_path, ensure_bundled, problems

    fresh = bool(problems(bundled_path()))
    folder = ensure_bundled()
    if wrong := problems(folder, full=True):
        return Checked("encoder", False, "; ".join(wrong), f"Delete {folder}: the next run unpacks it anew.")
    where = f"{'unpacked into' if fresh else 'in'} {folder}"
    return Checked("encoder", True, f"multilingual-e5-small {where}, hashes right")


def _translation() -> Checked:
    from aligner.translation.service import open_translator

    translator, notice = open_translator("auto")
    if translator is None:
        state, _, advice = notice.partition(": ")
        return Checked("translation", False, state, advice, needed=False)
    return Checked("translation", True, translator.name, needed=False)
